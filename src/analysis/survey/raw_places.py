"""Where the files of a survey lie, and that none of them leads out of there."""

import os
from pathlib import Path

from analysis import exports, paths
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
        If one is in none of these places, with where to get it; or if it, or a file of a folder,
        leads out of the place where it was found.
    """
    places = [paths.RAW / survey]
    if paths.RAW_ELSEWHERE:
        places += [paths.RAW_ELSEWHERE / survey, paths.RAW_ELSEWHERE]
    found = []
    for name in codebook.file.names:
        there = [place for place in places if (place / name).exists()]
        if not there:
            raise SurveyError(
                f"{name} of {survey} is neither in data/raw/{survey} nor below the folder named "
                f"by ANALYSIS_RAW; {codebook.where_to_get}"
            )
        raw = inside(there[0] / name, there[0])
        for each in exports.files_of(raw) if raw.is_dir() else []:
            inside(each, there[0])
        found.append(raw)
    return found


def inside(path: Path, folder: Path) -> Path:
    """Refuse a file that leads out of a folder, by a symbolic link, by `..` or by itself.

    Parameters
    ----------
    path : pathlib.Path
        The file, which need not exist.
    folder : pathlib.Path
        Where it has to lie. That the folder itself is a link is nobody's concern: where it really
        is, is the boundary.

    Returns
    -------
    pathlib.Path
        The same path.

    Raises
    ------
    SurveyError
        If it lies elsewhere, whatever is there.

    Examples
    --------
    >>> inside(Path("raw/demo/replies.csv"), Path("raw/demo")).name
    'replies.csv'
    >>> try:
    ...     inside(Path("raw/demo/../other.csv"), Path("raw/demo"))
    ... except SurveyError as error:
    ...     print(error)
    other.csv leads out of the folder demo, by a link or by its path; put the file itself there
    """
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise SurveyError(
            f"{path.name} leads out of the folder {folder.name}, by a link or by its path; put the "
            "file itself there"
        )
    return path
