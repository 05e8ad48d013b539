"""Where the raw files of a survey lie."""

from pathlib import Path

from analysis import paths
from analysis.errors import SurveyError
from analysis.survey.codebook import Codebook


def find_raw(codebook: Codebook, survey: str) -> list[Path]:
    """Find the raw files that a codebook names.

    Parameters
    ----------
    codebook : Codebook
        Its [file] names a file, a folder, or several files.
    survey : str
        The name of its folder.

    Returns
    -------
    list of pathlib.Path
        Each in data/raw/<survey>, else below the folder named by ANALYSIS_RAW.

    Raises
    ------
    SurveyError
        If one is in none of these places, with where to get it.
    """
    places = [paths.RAW / survey]
    if paths.RAW_ELSEWHERE:
        places += [paths.RAW_ELSEWHERE / survey, paths.RAW_ELSEWHERE]
    found = []
    for name in codebook.file.names:
        there = [place / name for place in places if (place / name).exists()]
        if not there:
            raise SurveyError(
                f"{name} of {survey} is neither in data/raw/{survey} nor below the folder named "
                f"by ANALYSIS_RAW; {codebook.where_to_get}"
            )
        found.append(there[0])
    return found
