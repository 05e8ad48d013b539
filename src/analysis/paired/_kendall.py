"""Kendall's tau-b of a table, with its variances and the exact distribution of its pairs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import comb, prod

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Tau:
    """tau-b of one group with its variance, that under no association, and what these rest on.

    `net` counts ordered pairs of people in the same order less those in the opposite one;
    `rows` and `columns` are the people by their first and by their second answer.
    """

    tau: float
    variance: float
    null_variance: float
    net: float
    rows: np.ndarray
    columns: np.ndarray

    @property
    def n(self) -> int:
        """How many people."""
        return int(self.rows.sum())


def tau_of(first: np.ndarray, second: np.ndarray, people: np.ndarray) -> Tau | None:
    """Return tau-b of a group of people, with its variances.

    Parameters
    ----------
    first, second : numpy.ndarray
        Codes of the two answers from 0, shape (rows,).
    people : numpy.ndarray
        How many people each row stands for.

    Returns
    -------
    Tau or None
        None if one of the answers is the same for all.

    Examples
    --------
    >>> found = tau_of(np.array([0, 1, 2]), np.array([0, 2, 1]), np.ones(3))
    >>> round(found.tau, 4), found.net, found.n
    (0.3333, 2.0, 3)
    """
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), people)
    n, rows, columns = table.sum(), table.sum(axis=1), table.sum(axis=0)
    row_pairs, column_pairs = n**2 - rows @ rows, n**2 - columns @ columns
    if row_pairs == 0 or column_pairs == 0:
        return None
    below = np.zeros(np.add(table.shape, 1))
    below[1:, 1:] = table.cumsum(axis=0).cumsum(axis=1)
    less = below[:-1, :-1]
    more = n - below[1:, -1:] - below[-1:, 1:] + below[1:, 1:]
    less_more = below[:-1, -1:] - below[:-1, 1:]
    more_less = below[-1:, :-1] - below[1:, :-1]
    gap = less + more - less_more - more_less
    net = float((table * gap).sum())
    scale = np.sqrt(row_pairs * column_pairs)
    tau = net / scale
    ties = rows[:, None] * column_pairs + columns * row_pairs
    squares = (table * (2 * scale * gap + tau * ties) ** 2).sum()
    spread = squares - n**3 * tau**2 * (row_pairs + column_pairs) ** 2
    return Tau(
        tau=float(np.clip(tau, -1.0, 1.0)),
        # What rounding leaves of a variance of 0 is none.
        variance=float(spread / scale**4) if spread > 1e-12 * squares else 0.0,
        null_variance=4 * _half_net_variance(rows, columns) / scale**2,
        net=net,
        rows=rows,
        columns=columns,
    )


def _half_net_variance(rows: np.ndarray, columns: np.ndarray) -> float:
    """Return Kendall's variance of net / 2 if every way of dealing out the answers is as likely.

    With n(n-1)(2n+5) less the same of all ties, over 18, and two terms of both kinds of ties.
    """
    n = rows.sum()
    single, *tied = ((each * (each - 1) * (2 * each + 5)).sum() for each in (n, rows, columns))
    pairs = [(each * (each - 1)).sum() for each in (rows, columns)]
    triples = [(each * (each - 1) * (each - 2)).sum() for each in (rows, columns)]
    found = (single - sum(tied)) / 18 + prod(pairs) / (2 * n * (n - 1))
    return float(found + prod(triples) / (9 * n * (n - 1) * max(n - 2, 1)))


def exact_p(rows: np.ndarray, columns: np.ndarray, net: float) -> float:
    """Return how often an association as strong comes from dealing out the answers at random.

    Parameters
    ----------
    rows, columns : numpy.ndarray
        People by their first and by their second answer, at most a dozen.
    net : float
        As in `Tau`.

    Returns
    -------
    float
        The share, among all ways of giving the second answers to the people, of those with a net
        number of pairs as far from 0.

    Notes
    -----
    The second answers are given out from the lowest up; ways that have reached the same people
    by first answer and the same net number are counted together.

    Examples
    --------
    >>> exact_p(np.array([2, 2]), np.array([2, 2]), 8.0)
    0.3333333333333333
    """
    sizes = [int(each) for each in rows if each]
    ways = Counter({((0,) * len(sizes), 0): 1})
    for people in (int(each) for each in columns if each):
        more: Counter = Counter()
        for (taken, half), count in ways.items():
            for take in _takes(taken, sizes, people):
                steps = (sum(taken[:at]) - sum(taken[at + 1 :]) for at in range(len(sizes)))
                gain = sum(each * step for each, step in zip(take, steps, strict=True))
                free = (size - each for size, each in zip(sizes, taken, strict=True))
                chosen = prod(comb(left, each) for left, each in zip(free, take, strict=True))
                now = tuple(each + new for each, new in zip(taken, take, strict=True))
                more[now, half + gain] += count * chosen
        ways = more
    beyond = sum(count for (_, half), count in ways.items() if 2 * abs(half) >= abs(net) - 1e-9)
    return beyond / ways.total()


def _takes(taken: tuple[int, ...], sizes: list[int], people: int) -> Iterator[tuple[int, ...]]:
    """Give each number of people by first answer who could have the next second answer."""
    left = [size - each for size, each in zip(sizes, taken, strict=True)]
    for take in product(*(range(min(each, people) + 1) for each in left)):
        if sum(take) == people:
            yield take
