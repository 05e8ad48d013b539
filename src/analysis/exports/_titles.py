"""Rows above the header of an export that are no part of its table, such as a title."""

import re
from collections.abc import Sequence

from analysis.exports._cells import tidy
from analysis.exports._headers import find_header
from analysis.exports._raw_file import RawFile

#: A row of a title has at most so many cells that hold something.
_CELLS = 2

#: What names no column: a number, a day, a time.
_NO_NAME = re.compile(r"[\d\s:/.,+-]+")


def title_rows(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows above the header.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows of an export, all of one length, empty ones among them.

    Returns
    -------
    int
        0 if the first row is the header, or if it is not certain that a later one is: those above
        hold one or two cells, the header names more than half of the columns, and nothing in it
        stands below it again.

    Examples
    --------
    >>> title_rows([["Contact survey 2025", ""], ["", ""], ["Age", "Sex"], ["44", "Female"]])
    2
    >>> title_rows([["Age", ""], ["44", "Female"]])
    0
    """
    held = [sum(bool(cell.strip()) for cell in row) for row in rows]
    width = max(held, default=0)
    for at, n in enumerate(held):
        if find_header(rows[at:], RawFile(name="")).joined:
            return at
        if n >= 2 and 2 * n > width:
            return at if _is_title(rows[:at]) and _is_header(rows[at], rows[at + 1 :]) else 0
        if n > _CELLS:
            return 0
    return 0


def _is_title(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows are a title: one line, or several with an empty one among them."""
    held = [any(cell.strip() for cell in row) for row in rows]
    return held.count(True) == 1 or (True in held and False in held)


def _is_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row names columns, and is not the first reply: then its cells would recur."""
    names = {at: tidy(cell) for at, cell in enumerate(row) if cell.strip()}
    recurs = any(tidy(each[at]) == name for each in below for at, name in names.items())
    differ = len(set(names.values())) == len(names)
    return differ and not recurs and not any(map(_NO_NAME.fullmatch, names.values()))
