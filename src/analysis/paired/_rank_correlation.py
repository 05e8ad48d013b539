"""How closely two ordered answers of the same people go together: Kendall's tau-b."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import holm, interval, p_text
from analysis.paired._kendall import exact_p, tau_of
from analysis.patterns import people_of

#: Up to so many people the test looks at all ways of dealing out the answers.
FEW = 10


@dataclass(frozen=True, kw_only=True)
class RankCorrelation:
    """Kendall's tau-b with its interval, and the test of no association."""

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    statistic: float
    p_value: float
    n: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        ends = interval(self.conf_low, self.conf_high, "number")
        return (
            f"tau-b = {self.estimate:.2f} (95% interval {ends}), {p_text(self.p_value)}; "
            f"n = {self.n:,}"
        )

    __repr__ = __str__


def tau_b(
    first: pd.Series,
    second: pd.Series,
    *,
    by: pd.Series | None = None,
    frequency: pd.Series | None = None,
    conf_level: float = 0.95,
) -> RankCorrelation:
    """Measure how closely two ordered answers go together, of everybody or within groups.

    Parameters
    ----------
    first, second : pandas.Series
        Ordered Categorical, an answer a person, none missing.
    by : pandas.Series, optional
        The group of each person. Then the result is the average of the correlations within
        groups, each counted by its people: what is left when groups are held fixed. Groups in
        which one of the answers is the same for all say nothing and are left out.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    RankCorrelation
        Between -1 and 1; 0 if the answers have nothing to do with each other.

    Raises
    ------
    ValueError
        If an answer is missing or not ordered, or everybody gave the same answer.

    Notes
    -----
    Pairs of people in the same order less pairs in the opposite one, as a share of the pairs
    that are tied in neither answer, averaged over both (Kendall 1945, Biometrika 33). The standard
    error is that under multinomial sampling with ties (Brown and Benedetti 1977, JASA 72). The
    test takes the variance over all ways of dealing out the answers (Kendall and Gibbons 1990,
    Rank Correlation Methods, 5th ed., section 4.7; R's `cor.test` without exact p), and up to 10
    people, in one group, all these ways themselves: see `_kendall`. The interval is made on
    Fisher's z scale, so it stays within -1 and 1. In 4,000 simulated samples of five answers, with
    tau-b from 0 to 0.76, it held in 94.3 to 95.2% at 100 people, 94.2 to 95.2% at 300 and 94.5 to
    95.5% at 1,000; without Fisher's z in 93.8 to 94.8% at 100. Where nothing varies, as in a
    perfect association, the standard error of the test stands in for that of 0, and the interval
    of a perfect association goes that far from 1 or -1. scipy's `kendalltau` has the same value
    and no interval, and no exact p with ties.

    Examples
    --------
    >>> scale = pd.CategoricalDtype(["poor", "fair", "good"], ordered=True)
    >>> first = pd.Series(["poor", "fair", "good"] * 8, dtype=scale)
    >>> second = pd.Series((["poor", "fair", "good"] * 4 + ["fair"] * 12), dtype=scale)
    >>> tau_b(first, second)
    tau-b = 0.67 (95% interval 0.46 to 0.82), p < 0.001; n = 24
    """
    people = people_of(frequency, first)
    some = people > 0
    people, codes = people[some], [_codes(answers[some]) for answers in (first, second)]
    if by is None:
        parts = [tau_of(*codes, people)]
        if parts[0] is None:
            raise ValueError("everybody gave the same answer to one of the questions")
    else:
        groups = pd.factorize(by[some], sort=True)[0]
        parts = [
            tau_of(*(each[groups == at] for each in (*codes, people)))
            for at in np.unique(groups[groups >= 0])
        ]
        parts = [part for part in parts if part is not None]
        if not parts:
            raise ValueError("in no group do both answers vary; leave the groups out")
    n = np.array([part.n for part in parts])
    share = n / n.sum()
    estimate = float(share @ [part.tau for part in parts])
    error = float(np.sqrt(share**2 @ [part.variance or part.null_variance for part in parts]))
    statistic = estimate / float(np.sqrt(share**2 @ [part.null_variance for part in parts]))
    p_value = 2 * stats.norm.sf(abs(statistic))
    if len(parts) == 1 and n[0] <= FEW:
        p_value = exact_p(parts[0].rows, parts[0].columns, parts[0].net)
    half = stats.norm.ppf((1 + conf_level) / 2) * error
    if abs(estimate) > 1 - 1e-9:
        low, high = max(estimate - half, -1.0), min(estimate + half, 1.0)
    else:
        half /= 1 - estimate**2
        low, high = np.tanh(np.arctanh(estimate) + np.array([-half, half]))
    return RankCorrelation(
        estimate=estimate,
        std_error=error,
        conf_low=float(low),
        conf_high=float(high),
        statistic=statistic,
        p_value=float(p_value),
        n=int(n.sum()),
    )


def pairwise(
    answers: pd.DataFrame, *, frequency: pd.Series | None = None
) -> dict[tuple[str, str], RankCorrelation]:
    """Measure how closely each two of several ordered answers go together.

    Parameters
    ----------
    answers : pandas.DataFrame
        Ordered Categorical columns; for each two of them, who did not answer both is left out.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    dict
        Names of two columns, in order -> `tau_b`.
    """
    times, found = pd.Series(people_of(frequency, answers), index=answers.index), {}
    for one, two in itertools.combinations(answers, 2):
        known = answers[[one, two]].notna().all(axis=1)
        rows = answers[known]
        found[one, two] = tau_b(rows[one], rows[two], frequency=times[known])
    return found


def tau_family(found: Mapping[str, RankCorrelation]) -> pd.DataFrame:
    """Put correlations whose tests are one family into a table, adjusted for each other.

    Parameters
    ----------
    found : mapping of str to RankCorrelation
        What goes together -> its correlation.

    Returns
    -------
    pandas.DataFrame
        `term, estimate, std_error, conf_low, conf_high, statistic, p_value, p_adjusted` (Holm),
        `n`, a row a correlation; intervals one by one.
    """
    table = pd.concat([each.to_frame().assign(term=name) for name, each in found.items()])
    table["p_adjusted"] = holm(table["p_value"])
    columns = ["term", "estimate", "std_error", "conf_low", "conf_high", "statistic", "p_value"]
    return table[[*columns, "p_adjusted", "n"]].reset_index(drop=True)


def _codes(answers: pd.Series) -> np.ndarray:
    ordered = isinstance(answers.dtype, pd.CategoricalDtype) and answers.dtype.ordered
    if not ordered:
        raise ValueError(f"{answers.name!r} is not ordered; give an ordered Categorical")
    if answers.isna().any():
        raise ValueError(f"{int(answers.isna().sum())} people have no answer to {answers.name!r}")
    return answers.array.codes
