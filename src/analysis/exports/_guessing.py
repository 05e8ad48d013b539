"""How an export is written, found from the file itself: a start for its codebook."""

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import SurveyError
from analysis.exports._cells import tidy
from analysis.exports._headers import is_qualtrics
from analysis.exports._raw_file import RawFile
from analysis.exports._reading import OneFile, files_of, read_one

#: First headers that each tool writes of itself; small letters, in their order.
_FIRST_HEADERS = {
    "microsoft_forms": (("id", "start time", "completion time"),),
    "google_forms": (("timestamp",),),
    "limesurvey": (("response id", "date submitted"), ("id", "submitdate"), ("id. response id",)),
    "surveymonkey": (("respondent id", "collector id"), ("respondentid", "collectorid")),
    "smartsurvey": (("userid", "userno"), ("user id", "user no")),
}

#: Encodings of text without a byte order mark: one that is certain, and one of Windows.
_ENCODINGS = ("utf-8-sig", "cp1252")


def guess(path: Path) -> RawFile:
    """Find out how an export is written.

    Parameters
    ----------
    path : pathlib.Path
        A file, or a folder of files; opened read-only.

    Returns
    -------
    RawFile
        With its name, format, delimiter, encodings and header rows. How times are written, which
        columns to ignore and what a comma in a number means is for people to say.

    Raises
    ------
    SurveyError
        If the file cannot be read.
    """
    first = files_of(path)[0]
    try:
        one, encodings = read_one(first, RawFile(name=path.name)), RawFile.encodings
    except SurveyError:
        one, encodings = read_one(first, RawFile(name=path.name, encodings=_ENCODINGS)), _ENCODINGS
    chosen = _format(one)
    return RawFile(
        name=path.name,
        format=chosen,
        delimiter=one.table.delimiter if one.kind == "text" else RawFile.delimiter,
        encodings=encodings,
    )


def _format(one: OneFile) -> str:
    if one.kind in ("spss", "parquet"):
        return one.kind
    if is_qualtrics(one.table.rows) or (one.header.rows == 2 and not one.header.joined):
        return "qualtrics"
    tool = _tool(one.table.rows[0])
    if one.header.joined:
        return "smartsurvey" if tool == "smartsurvey" else "surveymonkey"
    if tool and tool != "surveymonkey":  # of which a file of one row would be something else
        return tool
    return "xlsx" if one.kind == "workbook" else "csv"


def _tool(headers: Sequence[str]) -> str:
    written = tuple(tidy(cell).casefold() for cell in headers)
    for tool, starts in _FIRST_HEADERS.items():
        if any(written[: len(start)] == start for start in starts):
            return tool
    return ""
