"""Power and width for the difference of two paired shares, all samples added up."""

import numpy as np
from scipy import stats


def mcnemar_power(shift: float, discordant: float, n: int, *, alpha: float = 0.05) -> float:
    """Return the power of McNemar's exact test.

    Parameters
    ----------
    shift : float
        Second share less first share, between -1 and 1.
    discordant : float
        Share of people whose two answers differ, at least as large as the shift.
    n : int
        People.
    alpha : float
        Level of the two-sided test.

    Returns
    -------
    float
        The probability of a p-value of `alpha` or below.

    Raises
    ------
    ValueError
        If the shift is larger than the share of discordant people, or a number has no meaning.

    Notes
    -----
    Of n people M ~ Binomial(n, s) are discordant and C ~ Binomial(M, (s + d) / 2s) of them moved
    up, with s the discordant share and d the shift; the test doubles the binomial tail of the
    smaller kind (`paired.mcnemar_p`). All pairs of M and C are added up, so nothing is
    approximated. As n grows the power rises with small steps down, since the test is discrete.

    Examples
    --------
    >>> round(mcnemar_power(1.0, 1.0, 6), 6), mcnemar_power(1.0, 1.0, 5)
    (1.0, 0.0)
    >>> round(mcnemar_power(0.14, 0.25, 100), 3)
    0.771
    """
    check_shift(shift, discordant, n, alpha)
    moved = np.arange(n + 1)
    least = stats.binom.ppf(alpha / 2, moved, 0.5)
    least = np.where(2 * stats.binom.cdf(least, moved, 0.5) > alpha, least - 1, least)
    return _added_up(least, shift, discordant, n)


def shift_interval_power(shift: float, discordant: float, n: int, *, alpha: float = 0.05) -> float:
    """Return the probability that Bonett and Price's interval leaves out 0.

    Parameters
    ----------
    shift, discordant, n, alpha
        As for `mcnemar_power`; the level of the interval is 1 less `alpha`.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        As `mcnemar_power`.

    Notes
    -----
    With N = n + 2, M = b + c + 2 and D = c - b the interval of Bonett and Price (2012, J. Educ.
    Behav. Stat. 37; `paired.difference.adjusted_wald_interval`) is
    D / N +- z sqrt((M / N - (D / N)^2) / N). It leaves out 0 where D^2 > z^2 M / (1 + z^2 / N).

    Examples
    --------
    >>> round(shift_interval_power(0.14, 0.25, 100), 3)
    0.818
    """
    check_shift(shift, discordant, n, alpha)
    moved, z = np.arange(n + 1), stats.norm.isf(alpha / 2)
    apart = z * np.sqrt((moved + 2) / (1 + z**2 / (n + 2)))
    least = np.ceil((moved - apart) / 2 - 1e-12) - 1
    return _added_up(least, shift, discordant, n)


def shift_interval_width(
    shift: float, discordant: float, n: float, *, conf_level: float = 0.95
) -> float:
    """Return how wide Bonett and Price's interval is at the expected counts.

    Parameters
    ----------
    shift, discordant, n
        As for `mcnemar_power`; `n` may be an effective number of people.
    conf_level : float
        Level of the interval.

    Returns
    -------
    float
        Upper less lower end.

    Raises
    ------
    ValueError
        As `mcnemar_power`.

    Examples
    --------
    >>> round(shift_interval_width(0.1, 0.3, 400), 3)
    0.106
    """
    check_shift(shift, discordant, n, 1 - conf_level)
    larger, z = n + 2, stats.norm.isf((1 - conf_level) / 2)
    variance = (n * discordant + 2) / larger - (n * shift / larger) ** 2
    return float(2 * z * np.sqrt(variance / larger))


def check_shift(shift: float, discordant: float, n: float, alpha: float) -> None:
    """Refuse what is no shift, share, number of people or level.

    Parameters
    ----------
    shift, discordant, n, alpha
        As for `mcnemar_power`.

    Raises
    ------
    ValueError
        With the values.
    """
    if not 0 < discordant <= 1 or not abs(shift) <= discordant + 1e-12:
        raise ValueError(
            f"a shift of {shift:g} with a share of {discordant:g} of discordant people; the share "
            "is above 0, at most 1, and no smaller than the shift"
        )
    check_people(n, alpha)


def check_people(n: float, alpha: float) -> None:
    """Refuse what is no number of people or no level of a test.

    Parameters
    ----------
    n, alpha
        As for `mcnemar_power`.

    Raises
    ------
    ValueError
        With the value.
    """
    if not 1 <= n < np.inf:
        raise ValueError(f"n = {n:g}; give a number of people, 1 or more")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha = {alpha:g}; a level lies between 0 and 1")


def _added_up(least: np.ndarray, shift: float, discordant: float, n: int) -> float:
    """Add up the samples in which at most `least` people moved against the others.

    `least` has a value for each number of discordant people from 0 to n; below 0 none is counted.
    """
    moved = np.arange(n + 1)
    up = float(np.clip((discordant + shift) / (2 * discordant), 0.0, 1.0))
    few = stats.binom.cdf(least, moved, up)
    many = stats.binom.sf(moved - least - 1, moved, up)
    rejected = np.where(least >= 0, few + many, 0.0)
    return float(min(stats.binom.pmf(moved, n, discordant) @ rejected, 1.0))
