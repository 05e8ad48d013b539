"""How an export is written, found from the file itself: a start for its codebook."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from analysis.errors import SurveyError
from analysis.exports._cells import tidy
from analysis.exports._files import files_of
from analysis.exports._headers import is_qualtrics
from analysis.exports._media import medium
from analysis.exports._raw_file import RawFile
from analysis.exports._reading import OneFile, read_one
from analysis.exports._stored import sheet_names
from analysis.exports._text import first_rows
from analysis.exports._titles import title_rows

#: First headers that each tool writes of itself; small letters, in their order.
_FIRST_HEADERS = {
    "microsoft_forms": (("id", "start time", "completion time"),),
    "google_forms": (("timestamp",),),
    "limesurvey": (("response id", "date submitted"), ("id", "submitdate"), ("id. response id",)),
    "surveymonkey": (("respondent id", "collector id"), ("respondentid", "collectorid")),
    "smartsurvey": (("userid", "userno"), ("user id", "user no")),
}

#: So many rows are looked at for a title above the header.
_LOOKED_AT = 30

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
        With its name, format, delimiter, encodings, the rows of a title above the header, and the
        sheet of a workbook that has several. How times are written, which columns to ignore and
        what a comma in a number means is for people to say.

    Raises
    ------
    SurveyError
        If the file cannot be read, or several of its sheets could hold the replies.
    """
    first = files_of(path)[0]
    plain = RawFile(name=path.name)
    try:
        one, file = _read(first, plain)
    except SurveyError:
        one, file = _read(first, replace(plain, encodings=_ENCODINGS))
    return replace(
        file,
        format=_format(one),
        delimiter=one.table.delimiter if one.kind == "text" else RawFile.delimiter,
    )


def _read(path: Path, file: RawFile) -> tuple[OneFile, RawFile]:
    """Read a file from its sheet of replies and below its title, and say how."""
    content = path.read_bytes()
    kind = medium(path.name, content)
    if kind == "workbook":
        return _read_workbook(path, file)
    if kind != "text":
        return read_one(path, file), file
    ways = first_rows(path.name, content, encodings=file.encodings, most=_LOOKED_AT)
    try:
        one = read_one(path, file)
    except SurveyError:
        one = None
    if one is None or len(one.table.rows[0]) < 2:  # a title may have been taken for the header
        rows = max(ways.values(), key=lambda way: len(way[0]) if way else 0)
    else:
        rows = ways[one.table.delimiter]
    if skip := title_rows(rows):
        below = replace(file, skip_rows=skip)
        with suppress(SurveyError):
            return read_one(path, below), below
    return one or read_one(path, file), file


def _read_workbook(path: Path, file: RawFile) -> tuple[OneFile, RawFile]:
    """Read the one sheet of a workbook that can hold replies; the first if none can."""
    names = sheet_names(path)
    if len(names) < 2:
        return _read_sheet(path, file)
    found = []
    for name in names:
        with suppress(SurveyError):  # an empty sheet
            one, below = _read_sheet(path, replace(file, sheet=name))
            headers = [cell for cell in one.table.rows[0] if cell.strip()]
            if len(headers) > 1 and len(one.table.rows) > one.header.rows:
                found.append((one, below))
    of_tools = [each for each in found if _tool(each[0].table.rows[0])]
    if len(found) > 1 and len(of_tools) != 1:
        named = ", ".join(repr(below.sheet) for _, below in found)
        raise SurveyError(
            f"{path.name} has {len(found)} sheets that could hold the replies ({named}); delete "
            "the others in a copy of the workbook"
        )
    return (of_tools or found or [(read_one(path, file), file)])[0]


def _read_sheet(path: Path, file: RawFile) -> tuple[OneFile, RawFile]:
    one = read_one(path, file)
    skip = title_rows(one.table.rows[:_LOOKED_AT])
    if not skip:
        return one, file
    below = replace(file, skip_rows=skip)
    return read_one(path, below), below


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
