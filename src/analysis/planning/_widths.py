"""A share of one group of people: width of its interval, test against a known share, weights."""

import math

import numpy as np
from scipy import stats

from analysis.planning._paired_power import check_people


def share_width(share: float, n: float, *, conf_level: float = 0.95) -> float:
    """Return how wide Wilson's interval of a share is.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    n : float
        People; may be an effective number of people.
    conf_level : float
        Level of the interval.

    Returns
    -------
    float
        Upper less lower end where the share found is the true one.

    Raises
    ------
    ValueError
        If the share or the number of people is no such thing.

    Examples
    --------
    >>> round(share_width(0.5, 96), 3)
    0.196
    """
    _check(share, n, 1 - conf_level)
    z = stats.norm.isf((1 - conf_level) / 2)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return float(2 * half)


def share_power(known: float, share: float, n: float, *, alpha: float = 0.05) -> float:
    """Return the power of the test of a share against one that is known without error.

    Parameters
    ----------
    known, share : float
        The share tested against, and the true one, between 0 and 1.
    n : float
        People; may be an effective number of people.
    alpha : float
        Level of the two-sided test.

    Returns
    -------
    float
        Of the score test in large samples, both tails.

    Raises
    ------
    ValueError
        As `share_width`.

    Examples
    --------
    >>> round(share_power(0.5, 0.64, 100), 2)
    0.81
    """
    _check(known, n, alpha)
    _check(share, n, alpha)
    reach = stats.norm.isf(alpha / 2) * np.sqrt(known * (1 - known))
    tails = [
        (sign * (share - known) * np.sqrt(n) - reach) / np.sqrt(share * (1 - share))
        for sign in (-1, 1)
    ]
    return float(stats.norm.cdf(tails).sum())


def with_weights(n: float, design_effect: float) -> int:
    """Say how many people with unequal weights tell as much as some with equal ones.

    Parameters
    ----------
    n : float
        People with equal weights.
    design_effect : float
        Kish's, 1 or more (`weights.Weights.design_effect`).

    Returns
    -------
    int
        `n` times the design effect, rounded up (Kish 1965, Survey Sampling).

    Raises
    ------
    ValueError
        If the design effect is below 1.

    Examples
    --------
    >>> with_weights(200, 1.6)
    320
    """
    if not 1 <= design_effect < np.inf:
        raise ValueError(f"a design effect of {design_effect:g}; that of weights is 1 or more")
    return math.ceil(round(n * design_effect, 6))


def _check(share: float, n: float, alpha: float) -> None:
    if not 0 < share < 1:
        raise ValueError(f"a share of {share:g}; it lies between 0 and 1")
    check_people(n, alpha)
