"""People counted by what they have in common: a cell for each combination of codes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.patterns import distinct

#: Rows taken at a time, so that memory does not grow with the number of people.
CHUNK = 2**16


def count_cells(
    codes: Sequence[np.ndarray],
    sizes: Sequence[int],
    amounts: Sequence[np.ndarray | None],
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Add amounts up over the people with the same codes.

    Parameters
    ----------
    codes : sequence of numpy.ndarray
        Integer codes from 0, each shape (people,). The last one becomes the columns.
    sizes : sequence of int
        How many codes each has.
    amounts : sequence of numpy.ndarray or None
        What to add up, each shape (people,); None counts people.

    Returns
    -------
    tuple of numpy.ndarray and list of numpy.ndarray
        Codes of the patterns with anybody in them, shape (patterns, len(codes) - 1), in
        ascending order; and the sums, each shape (patterns,
        sizes[-1]).

    Notes
    -----
    Codes are combined into one number, first code slowest, and the numbers counted. Where there
    are more combinations than people, the numbers are sorted instead.

    Examples
    --------
    >>> patterns, (people,) = count_cells(
    ...     [np.array([0, 1, 1]), np.array([1, 0, 1])], [2, 2], [None]
    ... )
    >>> patterns.tolist(), people.tolist()
    ([[0], [1]], [[0.0, 1.0], [1.0, 1.0]])
    """
    n, last, outer = len(codes[0]), int(sizes[-1]), [int(size) for size in sizes[:-1]]
    combinations = 1
    for size in outer:
        combinations *= size
    if combinations * last <= max(CHUNK, n):
        sums = [np.zeros(combinations * last) for _ in amounts]
        for start in range(0, n, CHUNK):
            rows = slice(start, start + CHUNK)
            number = _combined([code[rows] for code in codes], sizes)
            for total, amount in zip(sums, amounts, strict=True):
                weight = None if amount is None else amount[rows]
                total += np.bincount(number, weight, minlength=len(total))
        tables = [total.reshape(combinations, last) for total in sums]
        some = np.flatnonzero(np.any([table.any(axis=1) for table in tables], axis=0))
        return _separated(some, outer), [table[some] for table in tables]
    number = np.zeros(n, dtype=np.int64)
    labels = np.zeros((1, 0), dtype=np.int64)
    for code, size in zip(codes[:-1], outer, strict=True):
        # Numbered anew after each code, so the number cannot overflow.
        found, number = np.unique(number * size + code, return_inverse=True)
        labels = np.column_stack([labels[found // size], found % size])
    number = number * last + codes[-1]
    sums = [np.bincount(number, each, minlength=len(labels) * last) for each in amounts]
    return labels, [np.asarray(each, float).reshape(len(labels), last) for each in sums]


def _combined(codes: Sequence[np.ndarray], sizes: Sequence[int]) -> np.ndarray:
    """Return one number for each row's codes, the first code slowest."""
    number = codes[0].astype(np.int64)
    for code, size in zip(codes[1:], sizes[1:], strict=True):
        number *= size
        number += code
    return number


def _separated(number: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Return the codes that make each number, a column a code."""
    columns = []
    for size in reversed(sizes):
        columns.append(number % size)
        number = number // size
    return np.column_stack(columns[::-1]) if columns else np.zeros((len(number), 0), np.int64)


def people_and_weight(
    data: pd.DataFrame, times: pd.Series | None, weights: str | None
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return how many people each row stands for, and the weight of each of them.

    Parameters
    ----------
    data : pandas.DataFrame
        A row for one person or more.
    times : pandas.Series or None
        How many, 1 if None.
    weights : str or None
        The column of survey weights.

    Returns
    -------
    tuple of numpy.ndarray
        None for 1 each, and where there are no weights.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or all are 0.
    """
    people = None if times is None else times.to_numpy(dtype=float)
    if weights is None:
        return people, None
    if weights not in data:
        raise ValueError(f"{weights!r}, the column of weights, is not in the data")
    weight = data[weights].to_numpy(dtype=float)
    wrong = weight[~(np.isfinite(weight) & (weight >= 0))]
    if wrong.size:
        raise ValueError(f"{wrong[0]} is among the weights; each must be finite and 0 or more")
    if not weight.any():
        raise ValueError(f"the weights {weights!r} are all 0; nobody is left")
    # Who weighs nothing is nobody.
    return np.where(weight > 0, 1.0 if people is None else people, 0.0), weight


def distinct_weights(
    codes: Sequence[np.ndarray],
    sizes: Sequence[int],
    people: np.ndarray | None,
    weight: np.ndarray | None,
) -> tuple[Sequence[np.ndarray], Sequence[int], list[np.ndarray | None]]:
    """Return what is added up in cells: people and, with weights, their sums and squares.

    Parameters
    ----------
    codes : sequence of numpy.ndarray
        Integer codes from 0, each shape (rows,).
    sizes : sequence of int
        How many codes each has.
    people, weight : numpy.ndarray or None
        As `people_and_weight` returns them.

    Returns
    -------
    tuple
        Codes, sizes and amounts as `count_cells` takes them: with weights of the distinct rows of
        codes and weight, each times its people, so that the order of the rows does not matter.
    """
    if weight is None:
        return codes, sizes, [people]
    some = people > 0
    codes, weight = [each[some] for each in codes], weight[some]
    kinds = distinct([*codes, weight], people=people[some])
    weight, times = weight[kinds.first], kinds.people.astype(float)
    codes = [each[kinds.first] for each in codes]
    return codes, sizes, [times, times * weight, times * weight**2]


def fingerprint(answers: pd.Series, people: np.ndarray | None, *, by_row: bool = True) -> int:
    """Return a number that the same people with the same answers share, in whatever order.

    Parameters
    ----------
    answers : pandas.Series
        Categorical, the answer of each row, none missing; the index says who it is.
    people : numpy.ndarray or None
        How many people each row stands for, 1 if None.
    by_row : bool
        False where rows are counts of alike people, whose index says nothing: then the answers
        and their numbers alone.

    Returns
    -------
    int
        The sum over the people of a hash of their row and answer, modulo 2^64; others have
        another one but for a chance of about 2^-64.

    Examples
    --------
    >>> answers = pd.Series(pd.Categorical([*"aab"]))
    >>> turned = answers.iloc[::-1]
    >>> fingerprint(answers, None) == fingerprint(turned, None)
    True
    >>> fingerprint(answers, None) == fingerprint(turned.reset_index(drop=True), None)
    False
    """
    labels = np.array([str(label) for label in answers.cat.categories], dtype=object)
    mixed = pd.util.hash_array(labels)[answers.array.codes] | np.uint64(1)
    if by_row:
        mixed = mixed * pd.util.hash_pandas_object(answers.index).to_numpy()
    if people is not None:
        mixed = mixed * people.astype(np.uint64)
    return int(mixed.sum(dtype=np.uint64))
