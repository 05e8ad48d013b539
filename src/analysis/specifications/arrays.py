"""Which combinations of choices are tried: all, or a balanced part (an orthogonal array)."""

from collections.abc import Mapping
from itertools import product

import numpy as np

#: The most columns of three levels and of two that the balanced parts have room for.
MOST_THREE, MOST_TWO = 13, 16


def combinations(levels: Mapping[str, int], *, at_most: int, bits: int = 5) -> list[dict[str, int]]:
    """Combine the levels of some choices: all combinations, or a balanced part of them.

    Parameters
    ----------
    levels : mapping of str to int
        For each choice how many levels it has: 1 to 4.
    at_most : int
        All combinations are taken if there are no more than this.
    bits : int
        The part has 2 to this power combinations of the choices of two and of four levels, if
        there are more choices than this.

    Returns
    -------
    list of dict
        The number of the level of each choice, 0 the first. The first combination is the first
        level of each; none stands twice.

    Raises
    ------
    ValueError
        If a choice has no level or more than four, or there are too many choices.

    Notes
    -----
    The part is the product of an array for choices of three levels (all 3 or 9 combinations of one
    or two, else the 9 or 27 points of Bose's construction over the field of three elements) and of
    one for those of two (words of odd weight over the field of two elements, so that no choice is
    confounded with the interaction of two others: resolution IV; Box and Hunter 1961,
    Technometrics 3); a choice of four levels takes two columns of it. So every pair of levels of
    any two choices stands equally often, and a mean over the rows of one level is free of the
    effects of all other choices.

    Examples
    --------
    >>> combinations({"weights": 3, "late": 2}, at_most=10)[:3]
    [{'weights': 0, 'late': 0}, {'weights': 0, 'late': 1}, {'weights': 1, 'late': 0}]
    >>> many = combinations({f"choice {i}": 2 for i in range(12)}, at_most=100)
    >>> len(many), sum(row["choice 3"] and row["choice 7"] for row in many)
    (32, 8)
    """
    wrong = {name: count for name, count in levels.items() if not 1 <= count <= 4}
    if wrong:
        raise ValueError(f"{wrong}: a choice has 1 to 4 levels; split it into several")
    if np.prod([float(count) for count in levels.values()]) <= at_most:
        every = product(*(range(count) for count in levels.values()))
        return [dict(zip(levels, each, strict=True)) for each in every]
    three = [name for name, count in levels.items() if count == 3]
    four = [name for name, count in levels.items() if count == 4]
    two = [name for name, count in levels.items() if count == 2]
    if len(three) > MOST_THREE or 2 * len(four) + len(two) > MOST_TWO:
        raise ValueError(
            f"{len(three)} choices of three levels, {len(four)} of four and {len(two)} of two: "
            f"there is room for {MOST_THREE} of three and {MOST_TWO} columns of two"
        )
    columns = two_level_array(2 * len(four) + len(two), bits=bits)
    found = []
    for first in three_level_array(len(three)):
        for row in columns:
            pairs = row[: 2 * len(four)].reshape(-1, 2) @ np.array([2, 1])
            values = [*zip(three, first, strict=True), *zip(four, pairs, strict=True)]
            values += zip(two, row[2 * len(four) :], strict=True)
            values = dict(values)
            found.append({name: int(values.get(name, 0)) for name in levels})
    return found


def two_level_array(columns: int, *, bits: int) -> np.ndarray:
    """Return an array of two levels, of resolution IV or all combinations.

    Parameters
    ----------
    columns : int
        How many choices.
    bits : int
        Rows are 2 to this power, or more where so many columns need them.

    Returns
    -------
    numpy.ndarray
        Zeros and ones, shape (rows, columns); the first row is zeros.

    Examples
    --------
    >>> two_level_array(2, bits=5).tolist()
    [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> two_level_array(8, bits=4).shape
    (16, 8)
    """
    bits = min(bits, columns)
    while columns > bits and 2 ** (bits - 1) < columns:
        bits += 1
    points = np.array(list(product((0, 1), repeat=bits)))
    words = points[points.sum(axis=1) % 2 == 1]
    single = np.eye(bits, dtype=int)
    others = sorted((tuple(each) for each in words if each.sum() > 1), key=lambda w: (-sum(w), w))
    generators = np.vstack([single, *(np.array([each]) for each in others)])[:columns]
    return points @ generators.T % 2


def three_level_array(columns: int) -> np.ndarray:
    """Return an array of three levels in which every pair of levels stands equally often.

    Parameters
    ----------
    columns : int
        How many choices, at most 13.

    Returns
    -------
    numpy.ndarray
        0, 1 and 2, shape (1, 3, 9 or 27, columns); the first row is zeros.

    Examples
    --------
    >>> three_level_array(4).shape, three_level_array(5).shape
    ((9, 4), (27, 5))
    """
    bits = next(each for each in range(4) if columns <= (3**each - 1) // 2)
    points = np.array(list(product(range(3), repeat=bits)), dtype=int).reshape(3**bits, bits)
    leading = [each for each in points if each.any() and each[np.flatnonzero(each)[0]] == 1]
    leading = sorted(leading, key=lambda word: (int((word > 0).sum()), tuple(-word)))
    generators = np.array(leading[:columns], dtype=int).reshape(columns, bits)
    return points @ generators.T % 3
