"""Tests whether groups of people differ in several means, such as shifts or shares."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import p_text, whitener
from analysis.patterns import distinct, people_of


@dataclass(frozen=True, kw_only=True)
class BetweenTest:
    """Result of a test that the means of some values are the same in every group."""

    statistic: float
    df: float
    p_value: float
    n: int
    n_groups: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        return (
            f"Between {self.n_groups} groups: chi2({self.df:.1f}) = {self.statistic:.2f}, "
            f"{p_text(self.p_value)}; n = {self.n:,}"
        )

    __repr__ = __str__


def means_test(
    values: np.ndarray | pd.DataFrame,
    group: np.ndarray | pd.Series,
    *,
    frequency: np.ndarray | pd.Series | None = None,
    weight: np.ndarray | pd.Series | None = None,
) -> BetweenTest:
    """Test whether groups of people have the same means.

    Parameters
    ----------
    values : numpy.ndarray or pandas.DataFrame
        Shape (rows, k); may be linearly dependent.
    group : numpy.ndarray or pandas.Series
        The group of each row.
    frequency : numpy.ndarray or pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).
    weight : numpy.ndarray or pandas.Series, optional
        The weight of each person of a row; 1 without.

    Returns
    -------
    BetweenTest
        Chi-squared. With one group, or where nothing varies: statistic 0, df 0, p 1.

    Raises
    ------
    ValueError
        If a value or a weight is not finite, all weights of a group are 0, or a frequency is not a
        whole number of people.

    Notes
    -----
    Weights are taken in units of their mean in the person's group, so that groups with larger
    weights do not vary more. With e = w (d - m) the weighted distance of a person from the mean m
    of all, S the covariance of e, of rank r, and e_g the mean of group g, the statistic is
    q = sum_g n_g e_g' S+ e_g: n times Pillai's trace, and Pearson's chi-squared for shares of one
    answer. Rare values give q a longer tail than chi-squared on r (G - 1) has. So its exact mean
    and variance over all ways of dealing the people to the groups (Kazi-Aoual et al. 1995,
    Comput. Stat. Data Anal. 20) are matched: q is scaled to have mean `df` = 2 mean^2 / variance.
    docs/coverage.md has its size.

    Examples
    --------
    >>> values = np.array([[1.0], [1], [1], [0], [1], [0], [0], [0]])
    >>> means_test(values, np.repeat([0, 1], 4))
    Between 2 groups: chi2(1.1) = 1.94, p = 0.186; n = 8
    """
    people, values, group = (
        people_of(frequency, values),
        np.asarray(values, float),
        np.asarray(group),
    )
    kept = people > 0
    weight = np.ones(len(values)) if weight is None else np.asarray(weight, dtype=float)
    values, group, people, weight = values[kept], group[kept], people[kept], weight[kept]
    for what, given in (("values", values), ("weights", weight)):
        bad = given[~np.isfinite(given)]
        if bad.size:
            raise ValueError(f"{bad[0]} is among the {what}; each must be finite")
    groups, number = np.unique(group, return_inverse=True)
    kinds = distinct([number, weight, values], people=people)
    values, number, weight = (each[kinds.first] for each in (values, number, weight))
    people = kinds.people
    sizes, heavy = (np.bincount(number, each) for each in (people, people * weight))
    if not heavy.all():
        raise ValueError(
            f"all weights of {str(groups[heavy == 0][0])!r} are 0; leave that group out"
        )
    weight = weight * (sizes / heavy)[number]
    mean = (people * weight) @ values / people.sum()
    score = weight[:, None] * (values - mean)
    n = int(people.sum())
    white, _ = whitener(score.T @ (people[:, None] * score) / n)
    rank = white.shape[1]
    nothing = BetweenTest(statistic=0.0, df=0.0, p_value=1.0, n=n, n_groups=len(groups))
    if len(groups) < 2 or not rank:
        return nothing
    scores = score @ white
    here = [number == at for at in range(len(groups))]
    sums = np.array([people[each] @ scores[each] for each in here])
    raw = float((np.square(sums).sum(axis=1) / sizes).sum())
    fourth = float(people @ np.square(np.square(scores).sum(axis=1)))
    expected, variance = _moments(n, rank, fourth, sizes)
    if variance <= 1e-9:
        return nothing
    df = 2 * expected**2 / variance
    statistic = raw * df / expected
    return BetweenTest(
        statistic=statistic,
        df=float(df),
        p_value=float(stats.chi2.sf(statistic, df)),
        n=n,
        n_groups=len(groups),
    )


def _moments(n: int, rank: int, fourth: float, sizes: np.ndarray) -> tuple[float, float]:
    """Return mean and variance of q over all ways of dealing n people to groups of these sizes.

    The inner products of the people have trace n r, squared trace n^2 r and squared diagonal
    `fourth`; the projection on the groups has trace and squared trace G - 1.
    """
    if n < 4:
        return 0.0, 0.0
    trace, square, diagonal = n * rank, n**2 * rank, fourth
    trace_g = square_g = len(sizes) - 1
    diagonal_g = float((sizes * (1 / sizes - 1 / n) ** 2).sum())
    expected = trace * trace_g / (n - 1)
    first = 2 * ((n - 1) * square - trace**2) * ((n - 1) * square_g - trace_g**2)
    first /= (n - 1) ** 2 * (n + 1) * (n - 2)
    second = n * (n + 1) * diagonal - (n - 1) * (trace**2 + 2 * square)
    second *= n * (n + 1) * diagonal_g - (n - 1) * (trace_g**2 + 2 * square_g)
    second /= (n + 1) * n * (n - 1) * (n - 2) * (n - 3)
    return expected, first + second
