"""Rows and columns of a table that would hold nothing but marks, named below it instead."""

from collections.abc import Collection

import pandas as pd

from analysis.privacy import ABSENT, HIDDEN
from analysis.survey.wording import listed

_WHY = "Not shown, since too few people gave one kind of answer, or others would tell of few"


def without_hidden(table: pd.DataFrame, people: Collection[str]) -> tuple[pd.DataFrame, str]:
    """Leave out the rows and columns of which nothing is shown, and say so.

    Parameters
    ----------
    table : pandas.DataFrame
        Texts, as readers see them; the first column names the rows.
    people : collection of str
        Headings of columns that say how many people a row rests on. A row that shows nothing
        else leaves, and the sentence says how many they are.

    Returns
    -------
    tuple of pandas.DataFrame and str
        The rows and columns that show something, and a sentence that names the others; "" where
        all stay. A table that shows nothing at all stays as it is.

    Examples
    --------
    >>> table = pd.DataFrame({"Channel": ["phone", "web"], "Share": ["40%", "[c]"], "n": [90, 12]})
    >>> shown, left = without_hidden(table, ["n"])
    >>> len(shown), left
    (1, 'Not shown, since too few people gave one kind of answer, or others would tell of few: web \
(12).')
    """
    first, *rest = table.columns
    numbers = [each for each in rest if each not in people]
    gone = _all_hidden(table[numbers], axis=1)
    if not numbers or gone.all():
        return table, ""
    stays = table[~gone]
    empty = _all_hidden(stays[numbers], axis=0) if gone.any() or len(table) > 1 else gone.iloc[:0]
    bare = [name for name in numbers if empty.get(name, False)]
    if len(bare) == len(numbers):
        return table, ""
    counted = next((each for each in rest if each in people), None)
    names = [_named(row, first, counted) for row in table[gone].to_dict("records")]
    names += [f'the column "{each}"' for each in bare if not each.startswith("95% interval")]
    left = f"{_WHY}: {listed(names, most=20)}." if names else ""
    return stays.drop(columns=bare).reset_index(drop=True), left


def _all_hidden(cells: pd.DataFrame, *, axis: int) -> pd.Series:
    """Tell of which rows or columns all cells are marks, one of them of a hidden number."""
    secret = cells == HIDDEN
    return (secret | (cells == ABSENT)).all(axis=axis) & secret.any(axis=axis)


def _named(row: dict, first: str, counted: str | None) -> str:
    """Name a row by its first cell, and how many people it rests on where that is shown."""
    known = counted is not None and row[counted] not in (HIDDEN, ABSENT)
    return f"{row[first]} ({row[counted]})" if known else str(row[first])
