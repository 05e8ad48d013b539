"""Exports that are text: their encoding, their delimiter, their rows."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from analysis.errors import SurveyError
from analysis.exports._cells import tidy

#: Byte order marks; the longer ones first, because one begins with another.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: What else separates cells, if not what the codebook says.
_DELIMITERS = (",", ";", "\t", "|")

#: A first line that says what separates the cells.
_SAID = re.compile(r"\s*\"?sep=([^\w\s\"]|\t)\"?\r?\n")

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class TextTable:
    """The rows of a file of text, all of one length, and how they were found."""

    rows: list[list[str]]
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
    >>> read_text("a.csv", b"A;B\r\n1;2,5;\r\n", delimiter=",", encodings=["utf-8"]).rows
    [['A', 'B'], ['1', '2,5']]
    """
    text, encoding = _decoded(name, content, encodings)
    said = _SAID.match(text)
    if said:
        text, delimiter = text[said.end() :], said[1]
    chosen = _Parsed(name, text, delimiter, skip, line=int(bool(said)))
    asked = {tidy(each) for each in wanted}
    known = not asked.isdisjoint(chosen.names)
    if not said and (chosen.problem or (not known and (asked or chosen.width < 2))):
        chosen = _by_another(name, text, chosen, asked, skip)
    if chosen.problem:
        raise SurveyError(chosen.problem)
    if not chosen.rows:
        raise SurveyError(f"{name} is empty; export the replies again")
    return TextTable(rows=chosen.rows, delimiter=chosen.delimiter, encoding=encoding)


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
    text, _ = _decoded(name, content, encodings)
    said = _SAID.match(text)
    ways = {}
    for delimiter in (said[1],) if said else _DELIMITERS:
        start = io.StringIO(text[said.end() :] if said else text, newline="")
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows += itertools.islice(csv.reader(start, delimiter=delimiter), most)
        width = max(map(len, rows), default=0)
        ways[delimiter] = [row + [""] * (width - len(row)) for row in rows]
    return ways


def _by_another(name: str, text: str, stated: "_Parsed", asked: set[str], skip: int) -> "_Parsed":
    """Read by the one other delimiter that fits; as stated if none does."""
    others = [_Parsed(name, text, each, skip) for each in _DELIMITERS if each != stated.delimiter]
    fitting = [each for each in others if not each.problem and each.width > 1]
    known = [each for each in fitting if not asked.isdisjoint(each.names)]
    if known or (not stated.problem and stated.width > 1):
        fitting = known
    if len(fitting) > 1:
        marks = " or ".join(repr(each.delimiter) for each in fitting)
        raise SurveyError(
            f"{name} is not separated by {stated.delimiter!r}, as codebook.toml says, and could be "
            f"by {marks}; say which in [file] delimiter"
        )
    likelier = [each for each in others if each.width > 1]
    if fitting:
        return fitting[0]
    return likelier[0] if likelier and stated.width < 2 else stated


def _decoded(name: str, content: bytes, encodings: Iterable[str]) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise SurveyError(
                    f"{name} begins with the byte order mark of {encoding.removesuffix('-sig')}, "
                    f"but is not in it at byte {error.start}; export it again, or save it anew in "
                    "one encoding"
                ) from None
    failures = []
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            failures.append(f"{encoding} fails at byte {error.start}")
        except (LookupError, ValueError):
            failures.append(f"{encoding} is not an encoding")
        else:
            strange = _NO_TEXT.search(text)
            if not strange:
                return text, encoding
            failures.append(f"{encoding} gives a character that no text has, at {strange.start()}")
    raise SurveyError(
        f"{name} is in none of the encodings of codebook.toml ({'; '.join(failures)}); "
        "add its encoding to [file] encodings, or save it as UTF-8 if it is text"
    )


class _Parsed:
    """The rows that one delimiter makes, or what is wrong with the first that does not fit."""

    def __init__(self, name: str, text: str, delimiter: str, skip: int, line: int = 0) -> None:
        self.delimiter, self.problem, self.named = delimiter, "", 0
        self.rows: list[list[str]] = []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            for row in itertools.islice(reader, skip, None):
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
        return len(self.rows[0]) if self.rows else 0

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
