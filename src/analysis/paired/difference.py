"""Intervals for the difference of two paired shares, from counts of people.

`adjusted_wald_interval` is the one that `shifts` uses; the others are here to be compared with
it by `python -m analysis coverage`, which made docs/coverage.md.
"""

from collections.abc import Callable

import numpy as np

#: Halvings of an interval of length 2 at most: an error below 1e-15.
HALVINGS = 52

Interval = tuple[np.ndarray, np.ndarray]


def score_interval(
    both: np.ndarray,
    used_only: np.ndarray,
    preferred_only: np.ndarray,
    n: np.ndarray | int,
    z: np.ndarray | float,
) -> Interval:
    """Tango's score interval for a paired difference.

    Parameters
    ----------
    both, used_only, preferred_only : numpy.ndarray
        People by their two answers, any shape; `both` does not matter here.
    n : int or numpy.ndarray
        All people, also those with neither answer.
    z : float or numpy.ndarray
        How many standard errors, such as 1.96.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper ends, within -1 and 1.

    Notes
    -----
    All d at which the score test does not reject: |c - b - n d| <= z sqrt(n (2 q + d (1 - d)))
    with b used only, c prefer only, and q the estimate of the probability of b given d, the
    larger root of 2n q^2 + (-b - c + (2n - c + b) d) q - b d (1 - d) = 0 (Tango 1998, Stat. Med.
    17). The ends are found by halving.

    Examples
    --------
    >>> low, high = score_interval(np.array([43]), np.array([0]), np.array([1]), 44, 1.959964)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (-0.0594, 0.1181)
    """
    b, c = np.asarray(used_only, float), np.asarray(preferred_only, float)
    b, c, n, z = np.broadcast_arrays(b, c, np.asarray(n, float), np.asarray(z, float))
    return -_upper_end(c, b, n, z), _upper_end(b, c, n, z)


def _upper_end(b: np.ndarray, c: np.ndarray, n: np.ndarray, z: np.ndarray) -> np.ndarray:
    low, high = (c - b) / n, np.ones_like(n)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        spread = middle * (1 - middle)
        linear = -b - c + (2 * n - c + b) * middle
        root = np.sqrt(np.maximum(linear**2 + 8 * n * b * spread, 0.0))
        variance = n * np.maximum((root - linear) / (2 * n) + spread, 0.0)
        inside = n * middle - (c - b) <= z * np.sqrt(variance)
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return (low + high) / 2


def wald_interval(
    both: np.ndarray, used_only: np.ndarray, preferred_only: np.ndarray, n: int, z: float
) -> Interval:
    """Wald's interval: of length 0 where nobody gave different answers.

    Parameters
    ----------
    both, used_only, preferred_only, n, z
        As for `score_interval`.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper ends.
    """
    return _around(used_only / n, preferred_only / n, n, z)


def adjusted_wald_interval(
    both: np.ndarray, used_only: np.ndarray, preferred_only: np.ndarray, n: int, z: float
) -> Interval:
    """Wald's interval with one person added to each kind of discordant pair.

    Parameters
    ----------
    both, used_only, preferred_only, n, z
        As for `score_interval`.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper ends, within -1 and 1.

    Notes
    -----
    With b who used only and c who prefer only, b' = (b + 1) / (n + 2) and c' likewise, it is
    c' - b' +- z sqrt((b' + c' - (c' - b')^2) / (n + 2)) (Bonett and Price 2012, J. Educ. Behav.
    Stat. 37).

    Examples
    --------
    >>> counts = np.array([43]), np.array([0]), np.array([1])
    >>> low, high = adjusted_wald_interval(*counts, 44, 1.959964)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (-0.0518, 0.0953)
    """
    return _around((used_only + 1) / (n + 2), (preferred_only + 1) / (n + 2), n + 2, z)


def _around(p_used: np.ndarray, p_preferred: np.ndarray, n: int, z: float) -> Interval:
    centre = p_preferred - p_used
    reach = z * np.sqrt(np.maximum(p_used + p_preferred - centre**2, 0.0) / n)
    return np.maximum(centre - reach, -1.0), np.minimum(centre + reach, 1.0)


def square_and_add_interval(
    both: np.ndarray, used_only: np.ndarray, preferred_only: np.ndarray, n: int, z: float
) -> Interval:
    """Newcombe's hybrid of two Wilson intervals, with their correlation.

    Parameters
    ----------
    both, used_only, preferred_only, n, z
        As for `score_interval`.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper ends (Newcombe 1998, Stat. Med. 17, method 10).
    """
    p_used, p_preferred = (both + used_only) / n, (both + preferred_only) / n
    low_used, high_used = _wilson(p_used, n, z)
    low_preferred, high_preferred = _wilson(p_preferred, n, z)
    neither = n - both - used_only - preferred_only
    product = both * neither - used_only * preferred_only
    product = np.where(product > 0, np.maximum(product - n / 2, 0.0), product)
    margins = p_used * (1 - p_used) * p_preferred * (1 - p_preferred) * float(n) ** 4
    phi = np.where(margins > 0, product / np.sqrt(np.where(margins > 0, margins, 1.0)), 0.0)
    difference = p_preferred - p_used

    down, up = p_preferred - low_preferred, high_used - p_used
    low = difference - np.sqrt(np.maximum(down**2 - 2 * phi * down * up + up**2, 0.0))
    up, down = high_preferred - p_preferred, p_used - low_used
    high = difference + np.sqrt(np.maximum(up**2 - 2 * phi * up * down + down**2, 0.0))
    return low, high


def _wilson(share: np.ndarray, n: int, z: float) -> Interval:
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return centre - reach, centre + reach


#: The intervals compared, by name; the first is the one in use.
METHODS: dict[str, Callable[..., Interval]] = {
    "Bonett-Price": adjusted_wald_interval,
    "Tango score": score_interval,
    "Newcombe 10": square_and_add_interval,
    "Wald": wald_interval,
}
