"""The distinct rows of arrays in one order, whatever the order and number of the rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

#: The largest number that a row may be coded to.
LARGEST = 2**63 - 1

#: Whole numbers that lie within so wide a range are coded without being sorted.
NARROW = 2**16


@dataclass(frozen=True, kw_only=True)
class Distinct:
    """The distinct rows in ascending order: where one of each stands, and its people.

    `first` is the position of the first row of each kind, `number` the kind of each row, `people`
    how many people have each kind.
    """

    first: np.ndarray
    number: np.ndarray
    people: np.ndarray

    def __len__(self) -> int:
        return len(self.first)


def distinct(columns: Sequence[np.ndarray], *, people: np.ndarray | None = None) -> Distinct:
    """Find the distinct rows of some columns, and count their people.

    Parameters
    ----------
    columns : sequence of numpy.ndarray
        Booleans or numbers, none missing; each of shape (rows,) or (rows, any).
    people : numpy.ndarray, optional
        How many people each row stands for, 1 or more; 1 without it.

    Returns
    -------
    Distinct
        In ascending order by the first column, then the second and so on.

    Notes
    -----
    What is summed over the distinct rows, each times its people, does not depend on the order of
    the rows given, nor on whether they are people or already counted: that is how `frequency`
    gives the same numbers as a row a person, to the last digit.

    Examples
    --------
    >>> found = distinct([np.array([2.5, 1.0, 2.5]), np.array([True, False, True])])
    >>> found.first.tolist(), found.number.tolist(), found.people.tolist()
    ([1, 0], [1, 0, 1], [1, 2])
    """
    number, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for code, many in _codes(columns):
        if size > LARGEST // many:
            found, number = np.unique(number, return_inverse=True)
            size = len(found)
        number = number * many + code
        size *= many
    first, number = _first(number, size)
    if people is None:
        counted = np.bincount(number, minlength=len(first))
    else:
        counted = np.bincount(number, people, len(first)).astype(np.int64)
    return Distinct(first=first, number=number, people=counted)


def _codes(columns: Sequence[np.ndarray]) -> Iterator[tuple[np.ndarray, int]]:
    """Give codes in the order of the values, and how many there can be, column by column."""
    for column in columns:
        if column.ndim == 2 and (column.dtype == bool or _are_indicators(column)):
            for start in range(0, column.shape[1], 8):
                part = column[:, start : start + 8]
                wide = part.shape[1]
                yield np.packbits(part != 0, axis=1)[:, 0] >> (8 - wide), 2**wide
        elif column.ndim == 2:
            yield from (_ranked(each) for each in column.T)
        else:
            yield _ranked(column)


def _are_indicators(values: np.ndarray) -> bool:
    return bool(((values == 0) | (values == 1)).all())


def _ranked(values: np.ndarray) -> tuple[np.ndarray, int]:
    if values.dtype == bool:
        return values, 2
    if len(values):
        low, high = values.min(), values.max()
        whole = np.issubdtype(values.dtype, np.integer) or (
            high - low < NARROW and (values == np.rint(values)).all()
        )
        if whole and int(high) - int(low) < NARROW:
            return (values - low).astype(np.int64), int(high) - int(low) + 1
    found, code = np.unique(values, return_inverse=True)
    return code, max(len(found), 1)


def _first(number: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where each distinct number first stands, and the rank of each number."""
    if size > max(NARROW, 2 * len(number)):
        _, first, number = np.unique(number, return_index=True, return_inverse=True)
        return first, number
    places = np.full(size, -1, dtype=np.int64)
    places[number[::-1]] = np.arange(len(number) - 1, -1, -1)
    here = places >= 0
    return places[here], (np.cumsum(here) - 1)[number]
