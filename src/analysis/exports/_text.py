"""Exports that are text: their encoding, their delimiter, their rows."""

import csv
import itertools
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from analysis.errors import SurveyError
from analysis.exports._cells import tidy
from analysis.exports._opened import Opened, opened
from analysis.exports._rows import Rows

#: What else separates cells, if not what the codebook says.
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, kw_only=True)
class TextTable:
    """The rows of a file of text, all of one length, and how they were found."""

    rows: Rows
    delimiter: str
    encoding: str


def read_text(
    name: str,
    content: bytes,
    *,
    delimiter: str,
    encodings: Iterable[str],
    wanted: Iterable[str] = (),
    skip: int = 0,
) -> TextTable:
    r"""Read a file of text into rows of cells.

    Parameters
    ----------
    name : str
        The file's name, for errors.
    content : bytes
        All of it.
    delimiter : str
        What should separate its cells. A line `sep=;` at the top goes before it, and so does
        another delimiter if the file cannot be read by this one, and by that one alone.
    encodings : iterable of str
        Tried in their order; a byte order mark goes before them.
    wanted : iterable of str
        Columns that somebody asks for: a first row that is one of them is not cut any further.
    skip : int
        How many rows stand above the header, empty ones among them; a line `sep=;` is none.

    Returns
    -------
    TextTable
        Empty lines are left out, and so are empty cells beyond the end of the first row.

    Raises
    ------
    SurveyError
        If it is in none of the encodings, or its rows differ in length.

    Examples
    --------
    >>> list(read_text("a.csv", b"A;B\r\n1;2,5;\r\n", delimiter=",", encodings=["utf-8"]).rows)
    [['A', 'B'], ['1', '2,5']]
    """
    file = opened(name, content, encodings)
    said, delimiter = file.said, file.said or delimiter
    chosen = _Parsed(file, delimiter, skip)
    asked = {tidy(each) for each in wanted}
    known = not asked.isdisjoint(chosen.names)
    if not said and (chosen.problem or (not known and (asked or chosen.width < 2))):
        chosen = _by_another(file, chosen, asked, skip)
    if chosen.problem:
        raise SurveyError(chosen.problem)
    if not chosen.rows:
        raise SurveyError(f"{name} is empty; export the replies again")
    return TextTable(rows=chosen.rows, delimiter=chosen.delimiter, encoding=file.encoding)


def first_rows(
    name: str, content: bytes, *, encodings: Iterable[str], most: int
) -> dict[str, list[list[str]]]:
    r"""Cut the first rows of a file of text, whether or not they are of one length.

    Parameters
    ----------
    name : str
        The file's name, for errors.
    content : bytes
        All of it.
    encodings : iterable of str
        As of `read_text`.
    most : int
        How many rows.

    Returns
    -------
    dict
        Delimiter -> the rows as it cuts them, of one length, empty lines among them; where the
        file states its delimiter, that one alone.

    Raises
    ------
    SurveyError
        If it is in none of the encodings.

    Examples
    --------
    >>> first_rows("a.csv", b"sep=;\nOur survey\n\nA;B\n", encodings=["utf-8"], most=9)
    {';': [['Our survey', ''], ['', ''], ['A', 'B']]}
    """
    file, ways = opened(name, content, encodings), {}
    for delimiter in (file.said,) if file.said else _DELIMITERS:
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows += itertools.islice(csv.reader(file.text(), delimiter=delimiter), most)
        width = max(map(len, rows), default=0)
        ways[delimiter] = [row + [""] * (width - len(row)) for row in rows]
    return ways


def _by_another(file: Opened, stated: "_Parsed", asked: set[str], skip: int) -> "_Parsed":
    """Read by the one other delimiter that fits; as stated if none does."""
    others = [_Parsed(file, each, skip) for each in _DELIMITERS if each != stated.delimiter]
    fitting = [each for each in others if not each.problem and each.width > 1]
    known = [each for each in fitting if not asked.isdisjoint(each.names)]
    if known or (not stated.problem and stated.width > 1):
        fitting = known
    if len(fitting) > 1:
        marks = " or ".join(repr(each.delimiter) for each in fitting)
        raise SurveyError(
            f"{file.name} is not separated by {stated.delimiter!r}, as codebook.toml says, and "
            f"could be by {marks}; say which in [file] delimiter"
        )
    likelier = [each for each in others if each.width > 1]
    if fitting:
        return fitting[0]
    return likelier[0] if likelier and stated.width < 2 else stated


class _Parsed:
    """The rows that one delimiter makes, or what is wrong with the first that does not fit."""

    def __init__(self, file: Opened, delimiter: str, skip: int) -> None:
        self.delimiter, self.problem, self.named, self.rows = delimiter, "", 0, Rows()
        table = None if skip else file.regular(delimiter)
        if table is not None:
            self.rows.add_table(table)
            return
        name, line, rows = file.name, int(bool(file.said)), self.rows
        reader = csv.reader(file.text(), delimiter=delimiter, strict=True)
        try:
            for row in itertools.islice(reader, skip, None):
                if row and len(row) == rows.width:
                    rows.append(row)
                    continue
                self._add(row, f"at line {reader.line_num + line}")
                if self.problem:
                    self.problem = f"{name} has {self.problem}"
                    return
        except csv.Error as error:
            self.problem = (
                f"{name} cannot be read at line {reader.line_num + line} ({error}), with "
                f"{delimiter!r} between its cells; look there, or export the replies again"
            )

    @property
    def width(self) -> int:
        return self.rows.width

    @property
    def names(self) -> set[str]:
        return {tidy(cell) for cell in self.rows[0]} if self.rows else set()

    def _add(self, row: list[str], where: str) -> None:
        if not any(cell.strip() for cell in row) and (not self.rows or len(row) < self.width):
            return  # an empty line, as some tools write at the end
        if not self.rows:
            self.rows.append(row)
            self.named = max(at for at, cell in enumerate(row, start=1) if cell.strip())
            return
        surplus = any(cell.strip() for cell in row[self.width :])
        if surplus or len(row) < self.named:
            cells = f"{len(row)} {'cell' if len(row) == 1 else 'cells'} instead of {self.width}"
            title = ", say in [file] skip_rows how many rows of title stand above the header"
            self.problem = (
                f"{cells} {where}, with {self.delimiter!r} between them; look there"
                f"{title if self.width < 3 else ''}, or export the replies again"
            )
            return
        self.rows.append((row + [""] * self.width)[: self.width])
