"""Raking where going from margin to margin is slow: Newton's method, and why no weights exist."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import optimize

from analysis.numerics import minimise

#: The smallest weight that counts as one, in mean weights; linear programs are as exact as that.
LEAST = 1e-6

#: Newton's method ends one step beyond its criterion; after these calls the margins are met.
CALLS = 5

Codes = Mapping[str, np.ndarray]
Counts = Mapping[str, pd.Series]


def newton_weights(
    weights: np.ndarray, codes: Codes, counts: Counts, people: np.ndarray
) -> tuple[np.ndarray, int]:
    """Return the raked weights by Newton's method on the dual of the problem.

    Parameters
    ----------
    weights : numpy.ndarray
        Where raking has come to: the weight of each person of a combination of categories.
    codes : mapping of str to numpy.ndarray
        For each margin the number of the category of each combination.
    counts : mapping of str to pandas.Series
        For each margin the population of each category; equal totals.
    people : numpy.ndarray
        How many people have each combination.

    Returns
    -------
    tuple of numpy.ndarray and int
        The weights, of the same shape, and the steps taken.

    Raises
    ------
    ValueError
        If no weights above 0 meet the margins: which category cannot get its people, or that
        some weight would have to be 0.

    Notes
    -----
    With w the weights so far, X the indicators of all categories and t their populations, raked
    weights are w exp(X b), b the minimum of sum w exp(X b) - t'b, whose gradient is by how much
    the margins are missed (Deville and Sarndal 1992, JASA 87, section 3). There is a minimum if and
    only if some weights above 0 meet the margins; that is asked first, by a linear program.

    Examples
    --------
    >>> codes = {"sex": np.array([0, 1, 1]), "age": np.array([0, 1, 0])}
    >>> counts = {"sex": pd.Series([10.0, 10.0]), "age": pd.Series([10.5, 9.5])}
    >>> newton_weights(np.ones(3), codes, counts, np.ones(3))[0].round(9).tolist()
    [10.0, 9.5, 0.5]
    """
    wanted = np.concatenate([count.to_numpy() for count in counts.values()])
    total = next(iter(counts.values())).sum()
    inside = np.hstack([np.eye(len(count))[codes[name]] for name, count in counts.items()])
    reason = impossible(inside, wanted / total * people.sum(), people, counts)
    if reason:
        raise ValueError(reason)
    mass, wanted = people * weights / total, wanted / total

    def value(b: np.ndarray) -> float:
        with np.errstate(over="ignore"):
            return float(mass @ np.exp(inside @ b) - wanted @ b)

    def derivatives(b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        reached = mass * np.exp(inside @ b)
        return inside.T @ reached - wanted, inside.T @ (reached[:, None] * inside)

    at, steps = np.zeros(len(wanted)), 0
    for _ in range(CALLS):
        at, end = minimise(value, derivatives, at)
        steps += end.iterations
    return weights * np.exp(inside @ at), steps


def impossible(inside: np.ndarray, wanted: np.ndarray, people: np.ndarray, counts: Counts) -> str:
    """Say why no weights above 0 meet margins, "" if some do; in units of the mean weight.

    `inside` has a row a combination of categories, `people` says how many have each. The last
    unknown of the program is the least weight of anybody, as large as it can be.
    """
    exact = {"A_eq": np.column_stack([inside.T, np.zeros(len(wanted))]), "b_eq": wanted}
    floor = {"A_ub": np.column_stack([-np.eye(len(people)), people]), "b_ub": 0 * people}
    best = optimize.linprog(np.r_[0.0 * people, -1.0], **exact, **floor)
    if best.status == 0 and best.x[-1] > LEAST:
        return ""
    names = [f"{category!r} ({name})" for name in counts for category in counts[name].index]
    within = optimize.linprog(-inside.sum(axis=1), A_ub=inside.T, b_ub=wanted)
    reached, unit = within.x @ inside, next(iter(counts.values())).sum() / people.sum()
    short = [
        f"{reached[at] * unit:,.6g} of {wanted[at] * unit:,.6g} {names[at]}"
        for at in np.flatnonzero(reached < wanted - LEAST * len(wanted))
    ]
    if short:
        return (
            f"no weights above 0 meet all of {', '.join(counts)}: without exceeding a category the "
            f"respondents stand for at most {', '.join(short)}; too few of them are in those "
            "categories together: join these with neighbours (`groups.collapse`), or correct the "
            "table"
        )
    most = [optimize.linprog(-row, A_eq=inside.T, b_eq=wanted).fun for row in np.eye(len(people))]
    nobody = [
        " and ".join(name for name, here in zip(names, row, strict=True) if here)
        for row, each in zip(inside, most, strict=True)
        if each > -LEAST
    ]
    return (
        f"no weights above 0 meet all of {', '.join(counts)}: respondents with "
        f"{'; '.join(nobody[:3])} would weigh 0: join categories (`groups.collapse`)"
    )
