"""What commands made of a survey's replies besides its report, kept while it is of these replies.

A command that takes long, or that a report does not repeat, writes a folder among the processed
tables with a record in it: what its files were made from, by content, and which they are. A report
replaces the folders of the survey whole, and takes along what the records name.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import exports, files, paths
from analysis.errors import SurveyError
from analysis.survey.loading import load
from analysis.survey.surveys import Survey

#: The record, in the folder of what a command made.
RECORD = "made_from.json"

#: Kinds of results, each a folder a survey, as they lie below the folder that a run writes to.
KINDS = {"processed": "data/processed", "figures": "figures", "reports": "reports"}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a command made: the folder of its record, what this says, and why it holds no more.

    `stale` is a clause, "" if it is of the same replies still. Without `files` in it the record is
    of its own folder, and whoever reads that compares.
    """

    folder: Path
    told: Mapping[str, object]
    stale: str

    @property
    def page(self) -> tuple[str, str] | None:
        """File and title of its page beside the report, if it has one and is not stale."""
        if self.stale or "page" not in self.told:
            return None
        return str(self.told["page"]), str(self.told["title"])


def hashes(survey: Survey, *, raw: bool = True) -> dict[str, str]:
    """Say what a survey is made from, by content.

    Parameters
    ----------
    survey : Survey
        The survey.
    raw : bool
        False leaves out the raw file, which may lie elsewhere.

    Returns
    -------
    dict
        The raw file, the codebook and the table of the population -> SHA-256.

    Examples
    --------
    >>> from analysis import survey
    >>> list(hashes(survey.load("herts_2023")))
    ['raw', 'codebook.toml', 'population.csv']
    """
    folder = paths.RAW / survey.name
    named = [folder / "codebook.toml"]
    if survey.codebook.population_counts is not None:
        named.append(folder / survey.codebook.population_counts.file)
    first = {"raw": survey.raw_sha256()} if raw else {}
    return first | {each.name: exports.sha256(each) for each in named}


def record(
    surveys: Sequence[Survey],
    made: Mapping[str, Iterable[str]],
    *,
    command: str,
    page: tuple[str, str] | None = None,
) -> str:
    """Write the record of what a command made.

    Parameters
    ----------
    surveys : sequence of Survey
        Those whose replies it is about.
    made : mapping of str to iterable of str
        A kind of `KINDS` -> its files, relative to the folder of the survey that they lie with.
    command : str
        What makes them again.
    page : tuple of str, optional
        File and title of a page beside the report.

    Returns
    -------
    str
        The content of `RECORD`.
    """
    told: dict[str, object] = {
        "made_from": {each.name: hashes(each) for each in surveys},
        "files": {kind: sorted(names) for kind, names in made.items()},
        "command": command,
    }
    if page:
        told |= {"page": page[0], "title": page[1]}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def kept(survey: Survey) -> list[Kept]:
    """Read the records of what commands made of a survey.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    list of Kept
        In the order of their folders; none of an earlier run without records.
    """
    found = []
    for path in sorted((paths.PROCESSED / survey.name).glob(f"*/{RECORD}")):
        try:
            told = json.loads(path.read_text("utf-8"))
        except ValueError:
            told, stale = {"files": {}}, f"its {RECORD} is damaged"
        else:
            stale = _stale(told["made_from"]) if "files" in told else ""
        found.append(Kept(folder=path.parent, told=told, stale=stale))
    return found


def _stale(made: Mapping[str, Mapping[str, str]]) -> str:
    """Say which of the surveys that something was made from is another one now, by content."""
    for name, keys in made.items():
        try:
            now = hashes(load(name))
        except (OSError, SurveyError):
            return f"{name}, which it is of, cannot be read"
        if now != keys:
            return f"it is of other replies, another codebook or another population of {name}"
    return ""


def carry_over(
    found: Iterable[Kept], survey: Survey, folder: Path
) -> tuple[list[str], dict[Path, None]]:
    """Let what commands made outlive a run, as far as it is of the same replies.

    Parameters
    ----------
    found : iterable of Kept
        As `kept` returns it.
    survey : Survey
        The survey.
    folder : pathlib.Path
        Where the run writes, in place of the checkout. What it has written there stays.

    Returns
    -------
    tuple
        A line for each thing that is removed, and its files beside the report (for
        `placing.prepare`), which a run that makes no report has to remove itself.
    """
    lines, gone = [], {}
    here = {kind: folder / below / survey.name for kind, below in KINDS.items()}
    last = {"processed": paths.PROCESSED, "figures": paths.FIGURES, "reports": paths.REPORTS}
    for each in found:
        name, named = each.folder.name, dict(each.told.get("files", {}))
        own = [f"{name}/{path.name}" for path in sorted(each.folder.iterdir())]
        if each.stale:
            how = f"; make it again: {each.told['command']}" if "command" in each.told else ""
            lines.append(f"removed {name}, since {each.stale}{how}")
            beside = named.get("reports", [])
            gone |= {last["reports"] / survey.name / file: None for file in beside}
            continue
        if "files" not in each.told:
            named = {} if (here["processed"] / name).is_dir() else {"processed": own}
        else:
            named["processed"] = [*named.get("processed", []), f"{name}/{RECORD}"]
        for kind, names in named.items():
            for file in names:
                source, target = last[kind] / survey.name / file, here[kind] / file
                if source.is_file() and not target.exists():
                    files.replace_bytes(target, source.read_bytes())
    return lines, gone
