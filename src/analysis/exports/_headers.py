"""Which rows of an export name its columns, and what the columns are called."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from analysis.exports._cells import tidy
from analysis.exports._raw_file import FORMATS, RawFile
from analysis.exports._rows import cells_below

#: What the second header row says where a question has no options.
_NO_OPTION = {"", "response", "open-ended response"}

#: What Qualtrics writes below the wording of each column, but in its old exports.
_IMPORT_ID = re.compile(r"\{\s*[\"']ImportId[\"']\s*:")


#: What Qualtrics puts between a question and its option where one of the options takes a text.
_CHOICE = re.compile(r"(?P<question>.+?) ?- ?Selected Choice(?: ?- ?(?P<option>.+))?")
_CHOICE_TEXT = re.compile(
    r"(?P<question>.+?)(?P<mark> ?- ?)(?P<option>(?:(?!(?P=mark)).)+)(?P=mark)text", re.I
)


@dataclass(frozen=True, kw_only=True)
class HeaderPart:
    """What a column is of: a question, and the option, if it has one.

    With `text` the column holds what people wrote behind the option. `run` is the same for columns
    that stand below one question.
    """

    question: str
    option: str = ""
    text: bool = False
    run: int = 0


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
        if not cell.strip() and _says_something(rows, at, 1)
    ]  # fmt: skip
    return bool(blank) and all(rows[1][at].strip() for at in blank)


def _says_something(rows: Sequence[Sequence[str]], place: int, start: int) -> bool:
    """Tell whether a column holds more than white space, from a row on."""
    texts = pc.unique(cells_below(rows, place, start)).to_pylist()
    return any(text.strip() for text in texts)


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
        name or (f"column {at + 1}" if _says_something(rows, at, header.rows) else "")
        for at, name in enumerate(names)
    ]
    return _told_apart(names)


def _joined(questions: list[str], options: list[str], wanted: set[str]) -> list[str]:
    names = []
    for above, part in zip(questions, _joined_parts(questions, options), strict=True):
        whole = f"{part.question} {part.option}".strip()
        names.append(whole)
        if above and above in wanted and whole not in wanted:
            names[-1] = above
    return names


def _joined_parts(questions: list[str], options: list[str]) -> list[HeaderPart]:
    parts, question, run = [], "", 0
    for above, option in zip(questions, options, strict=True):
        question, run = above or question, run + bool(above)
        option = "" if option.casefold() in _NO_OPTION else option
        parts.append(HeaderPart(question=question, option=option, run=run))
    return parts


def header_parts(rows: Sequence[Sequence[str]], header: Header) -> list[HeaderPart | None]:
    """Tell question from option, where the header rows keep them apart.

    Parameters
    ----------
    rows : sequence of sequence of str
        The export, its header rows first.
    header : Header
        Which rows name the columns.

    Returns
    -------
    list of HeaderPart or None
        One a column. None where one row names the columns, or one cell both question and option.

    Examples
    --------
    >>> rows = [["Which? (Tick all)", ""], ["Phone", "Web"]]
    >>> [each.option for each in header_parts(rows, Header(rows=2, joined=True))]
    ['Phone', 'Web']
    >>> header_parts([["Q1_4_TEXT"], ["Which? - Other - Text"]], Header(rows=2))[0].text
    True
    """
    if header.joined:
        return _joined_parts(*([tidy(cell) for cell in row] for row in rows[:2]))
    if header.rows < 2:
        return [None] * len(rows[0])
    pairs = zip(rows[0], rows[1], strict=True)
    return [_choice_part(tidy(name), tidy(wording)) for name, wording in pairs]


def _choice_part(name: str, wording: str) -> HeaderPart | None:
    """Take apart what Qualtrics writes where an option takes a text."""
    written = name.upper().endswith("_TEXT")
    told = (_CHOICE_TEXT if written else _CHOICE).fullmatch(wording)
    if told is None:
        return None
    return HeaderPart(question=told["question"], option=told["option"] or "", text=written)


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
