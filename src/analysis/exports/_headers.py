"""Which rows of an export name its columns, and what the columns are called."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.exports._cells import tidy
from analysis.exports._raw_file import FORMATS, RawFile

#: What the second header row says where a question has no options.
_NO_OPTION = {"", "response", "open-ended response"}

#: What Qualtrics writes below the wording of each column, but in its old exports.
_IMPORT_ID = re.compile(r"\{\s*[\"']ImportId[\"']\s*:")


@dataclass(frozen=True, kw_only=True)
class Header:
    """The first rows of an export: how many name the columns, and whether names are joined."""

    rows: int
    joined: bool = False


def find_header(rows: Sequence[Sequence[str]], file: RawFile) -> Header:
    """Tell which rows name the columns.

    Parameters
    ----------
    rows : sequence of sequence of str
        The export.
    file : RawFile
        Its `header_rows` goes before its format, and that before what the rows show.

    Returns
    -------
    Header
        Without a format, rows of Qualtrics and SurveyMonkey are known by what these tools alone
        write: the ids of import, and "Response" below a question beside questions left blank.

    Examples
    --------
    >>> rows = [["Sex", "Which?", ""], ["Response", "Phone", "Web"], ["Male", "Phone", ""]]
    >>> find_header(rows, RawFile(name="a.csv"))
    Header(rows=2, joined=True)
    """
    known = FORMATS[file.format]
    if file.header_rows:
        two = file.header_rows == 2 and file.format != "qualtrics"
        return Header(rows=file.header_rows, joined=two)
    if known.header_rows:
        return Header(rows=known.header_rows, joined=known.joined)
    if known.joined:
        two = _goes_on_below(rows)
        return Header(rows=1 + two, joined=two)
    if is_qualtrics(rows):
        return Header(rows=3)
    if file.format == "qualtrics" or _is_old_qualtrics(rows):
        return Header(rows=2)
    two = _goes_on_below(rows) and not _NO_OPTION.isdisjoint(
        {tidy(cell).casefold() for cell in rows[1]} - {""}
    )
    return Header(rows=1 + two, joined=two)


def is_qualtrics(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the third row holds the ids of import that Qualtrics writes.

    Parameters
    ----------
    rows : sequence of sequence of str
        The export.

    Returns
    -------
    bool
    """
    return len(rows) > 2 and any(map(str.strip, rows[2])) and all(
        _IMPORT_ID.match(cell.strip()) for cell in rows[2] if cell.strip()
    )  # fmt: skip


def _is_old_qualtrics(rows: Sequence[Sequence[str]]) -> bool:
    starts = [[tidy(cell).casefold() for cell in row[:2]] for row in rows[:2]]
    return starts == [["v1", "v2"], ["responseid", "responseset"]]


def _goes_on_below(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the second row names what the first leaves blank, in every such column."""
    if len(rows) < 2:
        return False
    blank = [
        at for at, cell in enumerate(rows[0])
        if not cell.strip() and any(row[at].strip() for row in rows[1:])
    ]  # fmt: skip
    return bool(blank) and all(rows[1][at].strip() for at in blank)


def column_names(
    rows: Sequence[Sequence[str]], header: Header, wanted: Iterable[str] = ()
) -> list[str]:
    """Name the columns of an export.

    Parameters
    ----------
    rows : sequence of sequence of str
        The export, its header rows first.
    header : Header
        Which rows name the columns.
    wanted : iterable of str
        Columns that somebody asks for. Where names are joined, a question alone is enough for
        the column that it stands above.

    Returns
    -------
    list of str
        A name a column, all different: of columns that share a name each gets its number
        ("Why? (1)", "Why? (2)"); one without a name is "column 7" if it holds something, and ""
        if it does not.
    """
    names = [tidy(cell) for cell in rows[0]]
    if header.joined:
        names = _joined(names, [tidy(cell) for cell in rows[1]], {tidy(name) for name in wanted})
    names = [
        name or (f"column {at + 1}" if any(row[at].strip() for row in rows[header.rows :]) else "")
        for at, name in enumerate(names)
    ]
    return _told_apart(names)


def _joined(questions: list[str], options: list[str], wanted: set[str]) -> list[str]:
    names, question = [], ""
    for above, option in zip(questions, options, strict=True):
        question = above or question
        whole = question if option.casefold() in _NO_OPTION else f"{question} {option}".strip()
        names.append(whole)
        if above and above in wanted and whole not in wanted:
            names[-1] = above
    return names


def _told_apart(names: list[str]) -> list[str]:
    counts = Counter(names)
    taken, numbers, told = {*names, "raw_row"}, Counter(), []
    for name in names:
        if not name or (counts[name] == 1 and name != "raw_row"):
            told.append(name)
            continue
        numbers[name] += 1
        while f"{name} ({numbers[name]})" in taken:
            numbers[name] += 1
        told.append(f"{name} ({numbers[name]})")
    return told


def is_listed(column: str, listed: Iterable[str]) -> bool:
    """Tell whether a list of headers means a column.

    Parameters
    ----------
    column : str
        A name as `column_names` gives it.
    listed : iterable of str
        Headers; one that several columns share means them all, "" those without a name.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_listed("Why? (2)", ["Why?"]), is_listed("column 3", [""]), is_listed("Why", ["Why?"])
    (True, True, False)
    """
    headers = {tidy(name) for name in listed}
    nameless = "" in headers and re.fullmatch(r"column \d+", column)
    return column in headers or bool(nameless) or re.sub(r" \(\d+\)$", "", column) in headers
