"""Bounds of a share whatever the people who skipped a question would have said."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from analysis.sensitivity._pairs import Pairs


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The lowest and highest value that missing answers allow, and an interval for the true one.

    Of `n` people who answered and `unknown` who returned a reply, were asked and did not answer, or
    do not know. People who returned no reply are in neither.
    """

    low: float
    high: float
    conf_low: float
    conf_high: float
    n: int
    unknown: int

    def __str__(self) -> str:
        span = f"{self.conf_low:.3f} to {self.conf_high:.3f}"
        return f"{self.low:.3f} to {self.high:.3f} (interval {span})"

    __repr__ = __str__


def bounds(n_yes: int, n: int, unknown: int, *, conf_level: float = 0.95) -> Bounds:
    """Bound a share of the people asked, whatever those without an answer would have said.

    Parameters
    ----------
    n_yes, n : int
        How many of how many who answered say yes.
    unknown : int
        How many returned a reply and were asked besides, and gave no answer or do not know.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    Bounds
        Of all n + unknown people: everybody who returned a reply and was asked.

    Raises
    ------
    ValueError
        If the counts are not those of people, or nobody was asked.

    Notes
    -----
    Manski's (1989, J. Hum. Resour. 24) worst cases: nobody of the unknown says yes, or all do. The
    interval covers the true share, wherever it lies between them, at the level (Imbens and Manski
    2004, Econometrica 72): low - c s_l to high + c s_h with c from
    Phi(c + (high - low) / max(s_l, s_h)) - Phi(-c) = level, s the standard errors of the bounds. So
    c is 1.96 if all is known and 1.645 if the bounds are far apart.

    Examples
    --------
    >>> bounds(40, 80, 20)
    0.400 to 0.600 (interval 0.319 to 0.681)
    """
    if not (0 <= n_yes <= n and unknown >= 0 and n + unknown > 0):
        raise ValueError(f"{n_yes} of {n} and {unknown} unknown are no counts of people asked")
    total = n + unknown
    low, high = n_yes / total, (n_yes + unknown) / total
    errors = [float(np.sqrt(each * (1 - each) / total)) for each in (low, high)]
    return _made((low, high), errors, (n, unknown), (0.0, 1.0), conf_level)


def paired_bounds(pairs: Pairs, unknown: int, *, conf_level: float = 0.95) -> Bounds:
    """Bound a paired difference of shares, whatever those without both answers would have said.

    Parameters
    ----------
    pairs : Pairs
        The people who gave both answers.
    unknown : int
        How many were asked both besides, and did not give both.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    Bounds
        Of all people asked: each unknown may have moved one way, or the other. Who gave one answer
        leaves less room than that; it is not used.

    Raises
    ------
    ValueError
        If `unknown` is below 0.

    Examples
    --------
    >>> paired_bounds(Pairs(both=40, first_only=10, second_only=30, neither=10), 10)
    0.100 to 0.300 (interval -0.015 to 0.405)
    """
    if unknown < 0:
        raise ValueError(f"{unknown} unknown is no count of people")
    total = pairs.n + unknown
    moved = pairs.first_only, pairs.second_only
    ends, errors = [], []
    for first, second in ((moved[0] + unknown, moved[1]), (moved[0], moved[1] + unknown)):
        mean = (second - first) / total
        ends.append(mean)
        errors.append(float(np.sqrt(max((first + second) / total - mean**2, 0.0) / total)))
    return _made(ends, errors, (round(pairs.n), unknown), (-1.0, 1.0), conf_level)


def _made(
    ends: tuple[float, float] | list[float],
    errors: list[float],
    people: tuple[int, int],
    limits: tuple[float, float],
    conf_level: float,
) -> Bounds:
    reach = _critical(ends[1] - ends[0], max(errors), conf_level)
    return Bounds(
        low=ends[0],
        high=ends[1],
        conf_low=max(ends[0] - reach * errors[0], limits[0]),
        conf_high=min(ends[1] + reach * errors[1], limits[1]),
        n=people[0],
        unknown=people[1],
    )


def _critical(width: float, error: float, conf_level: float) -> float:
    """Return Imbens and Manski's critical value, between the one- and the two-sided one."""
    one, two = (float(stats.norm.isf((1 - conf_level) / sides)) for sides in (1, 2))
    if error == 0:
        return one

    def missing(value: float) -> float:
        return float(stats.norm.cdf(value + width / error) - stats.norm.cdf(-value)) - conf_level

    if missing(one) >= 0:  # so far apart that only one end counts
        return one
    return float(optimize.brentq(missing, one, two + 1e-9))
