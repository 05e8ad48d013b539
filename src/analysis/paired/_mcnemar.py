"""Exact p-values from swapping the two answers of each person: one answer, and the least p."""

import numpy as np
from scipy import stats


def mcnemar_p(used_only: np.ndarray, preferred_only: np.ndarray, *, mid_p: bool) -> np.ndarray:
    """Return the exact two-sided p-value of McNemar's test, or its mid-p.

    Parameters
    ----------
    used_only, preferred_only : numpy.ndarray
        People with each kind of discordant answers, same shape.
    mid_p : bool
        True counts the tables as extreme as the one seen half.

    Returns
    -------
    numpy.ndarray
        Same shape; 1 where nobody is discordant.

    Examples
    --------
    >>> mcnemar_p(np.array([6, 3]), np.array([0, 3]), mid_p=False).tolist()
    [0.03125, 1.0]
    >>> mcnemar_p(np.array([6, 3]), np.array([0, 3]), mid_p=True).round(6).tolist()
    [0.015625, 0.84375]
    """
    least, total = np.minimum(used_only, preferred_only), used_only + preferred_only
    exact = np.minimum(2 * stats.binom.cdf(least, total, 0.5), 1.0)
    if not mid_p:
        return exact
    here = stats.binom.pmf(least, total, 0.5)
    mid = exact - np.where(used_only == preferred_only, here / 2, here)
    return np.where(total > 0, mid, 1.0)


def swap_p(n_discordant: float) -> float:
    """Return the smallest p-value that people who all moved alike can give.

    Parameters
    ----------
    n_discordant : float
        People who gave different answers; may be an effective number of people.

    Returns
    -------
    float
        2 / 2^n, at most 1: McNemar's exact p if all of them moved one way.

    Notes
    -----
    If each person is as likely to have given the two answers the other way round, the answers seen
    and all of them swapped are two of 2^n ways that are equally likely. So no test that swaps the
    answers has a smaller p, weighted or not, and a test for large samples should have none either.

    Examples
    --------
    >>> swap_p(0), swap_p(2), swap_p(6)
    (1.0, 0.5, 0.03125)
    """
    return min(2 * 0.5**n_discordant, 1.0)
