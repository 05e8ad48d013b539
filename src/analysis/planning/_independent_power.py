"""Power for the difference of the shares of two groups of people."""

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, power_proportions_2indep

from analysis.planning._paired_power import check_people

#: How many standard deviations from its mean a count is followed: beyond is a chance below 1e-8.
_FAR = 6


def two_shares_power(
    first: float, second: float, n_first: float, n_second: float, *, alpha: float = 0.05
) -> float:
    """Return the power of the test of two independent shares in large samples.

    Parameters
    ----------
    first, second : float
        The true shares, between 0 and 1.
    n_first, n_second : float
        People of each group; may be effective numbers of people.
    alpha : float
        Level of the two-sided test.

    Returns
    -------
    float
        Of the test with pooled variance, from statsmodels.

    Raises
    ------
    ValueError
        If a share or number of people is no such thing.

    Notes
    -----
    `power_proportions_2indep` of statsmodels: variance pooled under the null hypothesis, each
    group's own under the alternative (Fleiss, Levin and Paik 2003, Statistical Methods for Rates
    and Proportions, chapter 4).

    Examples
    --------
    >>> round(two_shares_power(0.5, 0.6, 388, 388), 3)
    0.801
    """
    _check(first, second, n_first, n_second, alpha)
    found = power_proportions_2indep(
        second - first, first, n_first, ratio=n_second / n_first, alpha=alpha, return_results=False
    )
    return float(found)


def newcombe_power(
    first: float, second: float, n_first: int, n_second: int, *, alpha: float = 0.05
) -> float:
    """Return the probability that Newcombe's interval of a difference leaves out 0.

    Parameters
    ----------
    first, second, alpha
        As for `two_shares_power`; the level of the interval is 1 less `alpha`.
    n_first, n_second : int
        People of each group.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        As `two_shares_power`.

    Notes
    -----
    All pairs of counts are added up, as far as they are not too far from the expected ones to
    matter. The interval is Newcombe's hybrid of two Wilson intervals (1998, Stat. Med. 17, method
    10 for independent shares; of statsmodels), that of `proportions.compare`. Fisher's exact test
    beside it is more cautious: docs/power.md has by how much.

    Examples
    --------
    >>> round(newcombe_power(0.5, 0.6, 388, 388), 2)
    0.8
    """
    _check(first, second, n_first, n_second, alpha)
    one, other = (_counts(*each) for each in ((first, n_first), (second, n_second)))
    yes_first, yes_second = np.meshgrid(one, other, indexing="ij")
    low, high = confint_proportions_2indep(
        yes_second, n_second, yes_first, n_first, method="newcomb", alpha=alpha
    )
    outside = (low > 0) | (high < 0)
    chance = stats.binom.pmf(one, n_first, first) @ outside
    return float(min(chance @ stats.binom.pmf(other, n_second, second), 1.0))


def _counts(share: float, n: int) -> np.ndarray:
    """Return the counts that have any chance."""
    reach = _FAR * np.sqrt(n * share * (1 - share)) + 1
    ends = max(np.floor(n * share - reach), 0), min(np.ceil(n * share + reach), n)
    return np.arange(int(ends[0]), int(ends[1]) + 1)


def _check(first: float, second: float, n_first: float, n_second: float, alpha: float) -> None:
    if not (0 < first < 1 and 0 < second < 1):
        raise ValueError(f"shares {first:g} and {second:g}; both lie between 0 and 1")
    check_people(min(n_first, n_second), alpha)
    check_people(max(n_first, n_second), alpha)
