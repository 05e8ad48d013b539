"""Columns as codes, and one number a row that says what all its codes are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.patterns._distinct import LARGEST, NARROW

#: Up to so many combinations that could be are counted, with a place for each; more are sorted.
PLACES = 2**20


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A column as codes from 0, the last of which is for a missing value; what they stand for."""

    codes: np.ndarray
    size: int
    values: pd.Index
    kind: object

    def values_of(self, codes: np.ndarray) -> pd.api.extensions.ExtensionArray | np.ndarray:
        """Return what codes stand for, of the type of the column."""
        if isinstance(self.kind, pd.CategoricalDtype):
            back = np.where(codes == self.size - 1, -1, codes)
            return pd.Categorical.from_codes(back, dtype=self.kind)
        taken = self.values.take(np.minimum(codes, max(len(self.values) - 1, 0)))
        found = pd.Series(taken) if len(self.values) else pd.Series(np.nan, index=range(len(codes)))
        missing = codes == self.size - 1
        if missing.any():
            found[missing] = None if found.dtype == object else np.nan
        return found.astype(self.kind).array


def code(column: pd.Series) -> Coded:
    """Code a column in the order of its categories, or of its values.

    Parameters
    ----------
    column : pandas.Series
        Categorical, boolean, numbers or text; NaN where missing.

    Returns
    -------
    Coded
        Small integers where they suffice.

    Examples
    --------
    >>> code(pd.Series([1.0, np.nan, 0.0])).codes.tolist()
    [1, 2, 0]
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        values, codes = column.cat.categories, column.array.codes
    elif _are_indicators(column):
        values, codes = pd.Index([0.0, 1.0]), column.to_numpy()
        codes = np.where(np.isnan(codes), -1, codes == 1).astype(np.int8)
    else:
        codes, values = pd.factorize(column, sort=True)
    size = len(values) + 1
    if (codes < 0).any():
        codes = codes.astype(np.min_scalar_type(-size - 1))
        codes = np.where(codes < 0, size - 1, codes)
    return Coded(codes=codes, size=size, values=pd.Index(values), kind=column.dtype)


def _are_indicators(column: pd.Series) -> bool:
    if column.dtype != np.float64:
        return False
    values = column.to_numpy()
    return bool(((values == 0) | (values == 1) | np.isnan(values)).all())


def rows_and_sums(
    columns: Iterable[Coded], kinds: list[Coded], n: int, amounts: Sequence[np.ndarray | None]
) -> tuple[np.ndarray, list[np.ndarray | None]]:
    """Find the distinct rows of codes, and add amounts up over them.

    Parameters
    ----------
    columns : iterable of Coded
        Taken one at a time, so that no more than one column of codes is in memory.
    kinds : list of Coded
        Filled with the columns, their codes left out.
    n : int
        How many rows.
    amounts : sequence of numpy.ndarray or None
        Numbers of people (None: 1 each), then sums of weights and of squares, or None.

    Returns
    -------
    tuple of numpy.ndarray and list
        Codes, a row a distinct row in ascending order; and the sums, None where there are none.
    """
    number, size, known, sizes = np.zeros(n, dtype=np.int64), 1, np.zeros((1, 0), np.int64), []
    for each in columns:
        if size > LARGEST // each.size:
            found, number = np.unique(number, return_inverse=True)
            known, sizes, size = _labels(found, known, sizes), [], len(found)
        number *= each.size
        number += each.codes
        size, sizes = size * each.size, [*sizes, each.size]
        kinds.append(replace(each, codes=each.codes[:0]))
    if size <= max(NARROW, min(PLACES, n)):
        sums = [
            None if each is None and at else np.bincount(number, each, size)
            for at, each in enumerate(amounts)
        ]
        some = np.flatnonzero(np.bincount(number, minlength=size))
        return _labels(some, known, sizes), [None if each is None else each[some] for each in sums]
    if all(each is None for each in amounts):
        number.sort()
        starts = np.flatnonzero(np.r_[True, number[1:] != number[:-1]]) if n else np.zeros(0, int)
        return _labels(number[starts], known, sizes), [np.diff(np.r_[starts, n]), None, None]
    found, number = np.unique(number, return_inverse=True)
    sums = [
        None if each is None and at else np.bincount(number, each, len(found))
        for at, each in enumerate(amounts)
    ]
    return _labels(found, known, sizes), sums


def _labels(number: np.ndarray, known: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Return the codes that make each number: those known of its first part, then one a size."""
    columns = []
    for size in reversed(sizes):
        columns.append(number % size)
        number = number // size
    return np.column_stack([known[number], *columns[::-1]])
