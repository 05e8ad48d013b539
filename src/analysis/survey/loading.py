"""Which surveys there are, and which one is meant."""

import os
from dataclasses import replace

from analysis import paths
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.survey import codebook_reader, handed
from analysis.survey.codebook import CONTROLLED
from analysis.survey.raw_places import inside
from analysis.survey.rounding_key import key_of
from analysis.survey.surveys import Survey

DEFAULT = "herts_2023"


def survey_names() -> list[str]:
    """List the surveys that have a codebook.

    Returns
    -------
    list of str
        Names of the folders of data/raw, sorted.
    """
    return sorted(path.parent.name for path in paths.RAW.glob("*/codebook.toml"))


def load(name: str | None = None) -> Survey:
    """Load a survey by its name.

    Parameters
    ----------
    name : str, optional
        A folder of data/raw. Without it the environment variable SURVEY decides, and without
        that the default survey is taken.

    Returns
    -------
    Survey
        With its codebook read and checked.

    Raises
    ------
    SurveyError
        If there is no such survey, or its codebook contradicts itself.

    Notes
    -----
    If a run was killed when it put its results in place, they are put in place first
    (`placing.finish`): nobody reads the tables of one run beside those of another.

    Examples
    --------
    >>> load("herts_2023").codebook.synthetic
    True
    """
    placing.finish()
    chosen = name if name is not None else os.environ.get("SURVEY") or DEFAULT
    if chosen not in survey_names():
        raise SurveyError(
            f"there is no survey {chosen!r} in data/raw; choose {' or '.join(survey_names())}, "
            f"or {_how_to_make(chosen)}"
        )
    folder = paths.RAW / chosen
    codebook = codebook_reader.read_codebook(inside(folder / "codebook.toml", folder))
    if codebook.disclosure_method == CONTROLLED:
        codebook = replace(codebook, rounding_key=key_of(codebook, chosen))
    return handed.take(Survey(name=chosen, codebook=codebook))


def _how_to_make(name: str) -> str:
    """Say how a survey gets its folder; ANALYSIS_RAW is looked through for raw files alone."""
    if paths.RAW_ELSEWHERE and (paths.RAW_ELSEWHERE / name / "codebook.toml").is_file():
        return (
            f"copy codebook.toml to data/raw/{name}: below the folder named by ANALYSIS_RAW raw "
            "files are found, and no codebooks"
        )
    return "draft its codebook from an export: python -m analysis new-survey NAME EXPORT"
