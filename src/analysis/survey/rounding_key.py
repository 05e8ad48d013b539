"""The key by which counts are rounded at random: known to whoever holds the replies alone."""

from pathlib import Path

from analysis import exports, paths
from analysis.errors import SurveyError
from analysis.survey.codebook import Codebook
from analysis.survey.raw_places import find_raw

#: Goes before the replies, so that the key is none of the hashes that are published.
_PURPOSE = b"controlled rounding"


def key_of(codebook: Codebook, survey: str) -> str:
    """Make the key of a survey's random rounding from its replies.

    Parameters
    ----------
    codebook : Codebook
        Its [file] names the raw files.
    survey : str
        The name of its folder.

    Returns
    -------
    str
        64 hexadecimal digits: the same for the same replies, so that the same numbers are told
        again. Of the raw files, where these are; else of `responses.csv`; of nothing without it.

    Examples
    --------
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> len(key_of(codebook, "herts_2023"))
    64
    """
    return exports.sha256(_replies(codebook, survey), before=_PURPOSE)


def _replies(codebook: Codebook, survey: str) -> list[Path]:
    try:
        return find_raw(codebook, survey)
    except SurveyError:
        written = paths.PROCESSED / survey / "responses.csv"
        return [written] if written.is_file() else []
