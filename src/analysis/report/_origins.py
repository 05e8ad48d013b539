"""What the headlines of each notebook were made from, by content, beside findings.csv."""

import json

from analysis import exports, files
from analysis.errors import SurveyError
from analysis.survey import Survey, made_from

#: The record beside findings.csv: notebook -> file -> SHA-256.
NAME = "findings_from.json"

#: What is said of a file that is another one now.
_OTHER = {
    "responses.csv": "from other replies than responses.csv has now",
    "codebook.toml": "with another codebook",
    "population.csv": "with another population",
    "raw": "from another raw file than is here now",
}


def note(survey: Survey, notebook: str) -> None:
    """Note what the headlines of a notebook are made from now.

    Parameters
    ----------
    survey : Survey
        The survey; of a part of the people nothing is noted.
    notebook : str
        Name of the notebook without ending.
    """
    if survey.subset:
        return
    told = _read(survey) | {notebook: _now(survey)}
    text = json.dumps(dict(sorted(told.items())), indent=1, ensure_ascii=False) + "\n"
    files.replace_text(survey.processed / NAME, text)


def outdated(survey: Survey, notebooks: list[str]) -> str:
    """Say why headlines are not of the replies and the codebook that are here now.

    Parameters
    ----------
    survey : Survey
        The survey, with its results written.
    notebooks : list of str
        Those whose headlines are used.

    Returns
    -------
    str
        A clause that names the notebooks; "" if all headlines are of what is here. What cannot be
        read now, such as a raw file that is elsewhere, is not compared.
    """
    told, now = _read(survey), _now(survey)
    unknown = [each for each in notebooks if each not in told]
    if unknown:
        return f"of {', '.join(unknown)} it is not known what they were made from"
    for name, digest in now.items():
        other = [each for each in notebooks if told[each].get(name, digest) != digest]
        if other:
            said = _OTHER.get(name, f"with another {name}")
            return f"those of {', '.join(other)} were made {said}"
    return ""


def _read(survey: Survey) -> dict[str, dict[str, str]]:
    """Return the record; empty where there is none, or it is damaged."""
    try:
        told = json.loads((survey.processed / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _now(survey: Survey) -> dict[str, str]:
    """Return the SHA-256 of the cleaned replies and of what they follow from, as far as here."""
    responses, keys = survey.processed / "responses.csv", {}
    if responses.is_file():
        keys["responses.csv"] = exports.sha256(responses)
    for raw in (True, False):
        try:
            return keys | made_from.hashes(survey, raw=raw)
        except (OSError, SurveyError):
            continue
    return keys
