"""Closed forms for McNemar's test: how many people, and what power, in large samples."""

import math

import numpy as np
from scipy import stats

from analysis.planning._paired_power import check_shift


def closed_n(
    shift: float,
    discordant: float,
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    method: str = "connor",
) -> int:
    """Say by a closed form how many people McNemar's test needs.

    Parameters
    ----------
    shift, discordant, alpha
        As for `mcnemar_power`; the shift is not 0.
    power : float
        The power wanted.
    method : str
        "connor", "miettinen" or "lachenbruch".

    Returns
    -------
    int
        People, rounded up.

    Raises
    ------
    ValueError
        As `mcnemar_power`; or if the shift is 0, the power no power, or the method unknown.

    Notes
    -----
    With d the shift, s the discordant share, a and b the normal quantiles of 1 - alpha / 2 and of
    the power: Connor (1987, Biometrics 43) has (a sqrt(s) + b sqrt(s - d^2))^2 / d^2; Miettinen
    (1968, Biometrics 24) (a s + b sqrt(s^2 - d^2 (3 + s) / 4))^2 / (s d^2); Lachenbruch (1992,
    Stat. Med. 11), from the number of discordant people that the test needs if their share is
    given, (a + b)^2 s / d^2. All three are of the test without continuity correction: the exact
    test needs more people (`smallest_n` with `mcnemar_power`).

    Examples
    --------
    >>> [closed_n(0.1, 0.25, method=each) for each in ("connor", "miettinen", "lachenbruch")]
    [194, 189, 197]
    """
    check_shift(shift, discordant, 1, alpha)
    if shift == 0 or not 0 < power < 1:
        raise ValueError(f"a shift of {shift:g} and a power of {power:g}; give others than 0 and 1")
    a, b, s, d = stats.norm.isf(alpha / 2), stats.norm.ppf(power), discordant, abs(shift)
    found = {
        "connor": (a * np.sqrt(s) + b * np.sqrt(s - d**2)) ** 2 / d**2,
        "miettinen": (a * s + b * np.sqrt(s**2 - d**2 * (3 + s) / 4)) ** 2 / (s * d**2),
        "lachenbruch": (a + b) ** 2 * s / d**2,
    }
    if method not in found:
        raise ValueError(f"method {method!r} is unknown; use one of {sorted(found)}")
    return math.ceil(found[method])


def closed_power(shift: float, discordant: float, n: float, *, alpha: float = 0.05) -> float:
    """Return the power of McNemar's test in large samples.

    Parameters
    ----------
    shift, discordant, n, alpha
        As for `mcnemar_power`; `n` may be an effective number of people.

    Returns
    -------
    float
        Connor's formula solved for the power, both tails.

    Raises
    ------
    ValueError
        As `mcnemar_power`.

    Examples
    --------
    >>> round(closed_power(0.1, 0.25, 194), 3), round(closed_power(0.0, 0.25, 194), 3)
    (0.8, 0.05)
    """
    check_shift(shift, discordant, n, alpha)
    reach = stats.norm.isf(alpha / 2) * np.sqrt(discordant)
    spread = np.sqrt(max(discordant - shift**2, 1e-12))
    tails = [(sign * shift * np.sqrt(n) - reach) / spread for sign in (-1, 1)]
    return float(stats.norm.cdf(tails).sum())


def closed_effect(discordant: float, n: float, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the least shift that people can show, by the shortest closed form.

    Parameters
    ----------
    discordant, n, alpha
        As for `closed_power`.
    power : float
        The power wanted.

    Returns
    -------
    float
        Lachenbruch's formula (`closed_n`) solved for the shift, (a + b) sqrt(s / n). With a
        quarter discordant it is the least difference of a share near 50% from a share that is
        known without error, the rule of thumb of many plans.

    Raises
    ------
    ValueError
        As `mcnemar_power`.

    Examples
    --------
    >>> [round(closed_effect(0.25, n), 3) for n in (45, 100, 150)]
    [0.209, 0.14, 0.114]
    """
    check_shift(0.0, discordant, n, alpha)
    quantiles = stats.norm.isf(alpha / 2) + stats.norm.ppf(power)
    return float(quantiles * np.sqrt(discordant / n))


def discordant_ends(first: float, second: float) -> tuple[float, float, float]:
    """Say how many people can be discordant if only the two shares are known.

    Parameters
    ----------
    first, second : float
        Shares of the same people, between 0 and 1.

    Returns
    -------
    tuple of float
        The least share, the middle and the largest. Lachenbruch (1992) plans with the middle.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1.

    Examples
    --------
    >>> [round(each, 3) for each in discordant_ends(0.8, 0.9)]
    [0.1, 0.2, 0.3]
    """
    if not (0 <= first <= 1 and 0 <= second <= 1):
        raise ValueError(f"shares {first:g} and {second:g}; both lie between 0 and 1")
    least, most = abs(first - second), min(first + second, 2 - first - second)
    return least, (least + most) / 2, most
