"""The shift of each answer: the share that prefers it less the share that used it."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from analysis.numerics import correlation, critical_value
from analysis.paired import difference
from analysis.paired._pairs import Answers, Pairs, check_conf_level, read_pairs


def shifts(
    used: Answers,
    preferred: Answers,
    *,
    weights: pd.Series | None = None,
    frequency: pd.Series | None = None,
    by: pd.Series | None = None,
    conf_level: float = 0.95,
    mid_p: bool = False,
) -> pd.DataFrame:
    """Compare the share that prefers each answer with the share that used it.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        One answer each: two Categorical Series with the same categories. Several answers: two
        frames of indicators 0 and 1, shape (people, answers), same columns. The same people in
        the same order, no missing value.
    weights : pandas.Series, optional
        Survey weights, a value a person, in any unit. Intervals and p-values are then those of
        linearisation.
    frequency : pandas.Series, optional
        How many people a row stands for.
    by : pandas.Series, optional
        Categorical; a block of rows a group of people.
    conf_level : float
        Level of the intervals, between 0 and 1.
    mid_p : bool
        True gives the mid-p-value of McNemar's test instead of the exact one; without weights.

    Returns
    -------
    pandas.DataFrame
        A row an answer: the group if there is one, `answer, share_used, share_preferred`,
        `estimate` (the shift, a difference of shares), `std_error, conf_low, conf_high`,
        `simultaneous_low, simultaneous_high` (they hold for all rows together), `statistic, df,
        p_value, p_adjusted` (Holm over all rows), `n`, then the people `n_used, n_preferred,
        n_both, n_used_only, n_preferred_only`, without weights.

    Raises
    ------
    ValueError
        If people or answers differ, somebody stands twice, an answer or group is missing, an
        indicator is not 0 or 1, or a weight or frequency is no such thing; or if there are
        weights and one person, or weights and `mid_p`.

    Notes
    -----
    Without weights: Bonett and Price's interval (`difference.adjusted_wald_interval`;
    docs/coverage.md says why), McNemar's chi-squared (c - b)^2 / (b + c) with 1 df, and the exact
    p-value that doubles the binomial tail of min(b, c) in b + c, with b who used only and c who
    prefer only; the mid-p takes off the probability of min(b, c) (Fagerland, Lydersen and Laake
    2013, BMC Med. Res. Methodol. 13). With weights: m +- t s with s the linearised standard error
    and t of n - 1 df, `statistic` (m / s)^2 on 1 and n - 1 df, of which `df` is the first; such
    intervals are too short for answers that few people of a small sample name (docs/coverage.md).
    Simultaneous
    intervals put the max-t critical value in place of 1.96 or t, from the correlations of the
    shifts (`numerics.critical_value`).

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone"] * 8 + ["online"] * 4, dtype=kinds)
    >>> preferred = pd.Series(["phone"] * 2 + ["online"] * 10, dtype=kinds)
    >>> shifts(used, preferred)[["answer", "estimate", "n_used_only", "p_value"]]
      answer  estimate  n_used_only  p_value
    0   phone      -0.5            6  0.03125
    1  online       0.5            0  0.03125
    """
    check_conf_level(conf_level)
    pairs = read_pairs(used, preferred, weights=weights, frequency=frequency, by=by).collapsed()
    if pairs.weighted and mid_p:
        raise ValueError("mid_p is True and there are weights; the exact tests count people")
    blocks = list(pairs.by_group())
    for name, block in blocks:
        if pairs.weighted and block.n < 2:
            raise ValueError(f"{name or 'the base'} holds {block.n} person; weights need two")
    moments = [block.moments() for _, block in blocks]
    correlations = [correlation(covariance)[0] for _, covariance in moments]
    frames = []
    for (name, block), moment in zip(blocks, moments, strict=True):
        df = block.n - 1 if pairs.weighted else None
        bound = critical_value(correlations, conf_level, df=df)
        frame = _weighted if pairs.weighted else _counted
        rows = frame(block, moment, conf_level, bound, mid_p)
        if by is not None:
            rows.insert(0, group_name(by), pd.Categorical([name] * len(rows), pairs.groups))
        frames.append(rows)
    table = pd.concat(frames, ignore_index=True)
    table["p_adjusted"] = multipletests(table["p_value"], method="holm")[1]
    return table


def group_name(by: pd.Series) -> str:
    """Return what the column of groups is called: the name of `by`, or "group".

    Parameters
    ----------
    by : pandas.Series
        The group of each person.

    Returns
    -------
    str
        Never the name of another column: "group" then too.

    Examples
    --------
    >>> group_name(pd.Series(["x"], name="district")), group_name(pd.Series(["x"], name="n"))
    ('district', 'group')
    """
    taken = {"answer", "raw_estimate", "estimate", "n"}
    return "group" if by.name is None or by.name in taken else str(by.name)


def _counted(
    pairs: Pairs,
    moment: tuple[np.ndarray, np.ndarray],
    conf_level: float,
    bound: float,
    mid_p: bool,
) -> pd.DataFrame:
    """Return the rows of one group from counts of people."""
    people = _counts(pairs)
    both, b, c = (people[name] for name in ("n_both", "n_used_only", "n_preferred_only"))
    z = stats.norm.isf((1 - conf_level) / 2)
    low, high = difference.adjusted_wald_interval(both, b, c, pairs.n, z)
    wide_low, wide_high = difference.adjusted_wald_interval(both, b, c, pairs.n, bound)
    return _frame(
        pairs,
        moment,
        intervals=(low, high, wide_low, wide_high),
        statistic=(c - b) ** 2 / np.maximum(b + c, 1),
        df=1,
        p_value=mcnemar_p(b, c, mid_p=mid_p),
        people=people,
    )


def _weighted(
    pairs: Pairs,
    moment: tuple[np.ndarray, np.ndarray],
    conf_level: float,
    bound: float,
    mid_p: bool,
) -> pd.DataFrame:
    """Return the rows of one group from linearised standard errors."""
    mean, covariance = moment
    std_error, df = np.sqrt(np.diag(covariance)), pairs.n - 1
    t = stats.t.isf((1 - conf_level) / 2, df)
    ends = [mean - t * std_error, mean + t * std_error]
    ends += [mean - bound * std_error, mean + bound * std_error]
    moved = np.abs(mean) > 1e-12
    ratio = np.divide(mean, std_error, out=np.where(moved, np.inf, 0.0), where=std_error > 1e-12)
    return _frame(
        pairs,
        moment,
        intervals=tuple(np.clip(end, -1.0, 1.0) for end in ends),
        statistic=ratio**2,
        df=1,
        p_value=2 * stats.t.sf(np.abs(ratio), df),
        people=_counts(pairs),
    )


def _counts(pairs: Pairs) -> dict[str, np.ndarray]:
    used, preferred, people = pairs.used, pairs.preferred, pairs.people
    return {
        "n_used": people @ used,
        "n_preferred": people @ preferred,
        "n_both": people @ (used & preferred),
        "n_used_only": people @ (used & ~preferred),
        "n_preferred_only": people @ (preferred & ~used),
    }


def _frame(
    pairs: Pairs,
    moment: tuple[np.ndarray, np.ndarray],
    *,
    intervals: tuple[np.ndarray, ...],
    statistic: np.ndarray,
    df: int,
    p_value: np.ndarray,
    people: dict[str, np.ndarray],
) -> pd.DataFrame:
    mean, covariance = moment
    low, high, wide_low, wide_high = intervals
    total = pairs.weight.sum()
    return pd.DataFrame(
        {
            "answer": pd.Categorical(pairs.labels, categories=pairs.labels),
            "share_used": pairs.weight @ pairs.used / total,
            "share_preferred": pairs.weight @ pairs.preferred / total,
            "estimate": mean,
            "std_error": np.sqrt(np.diag(covariance)),
            "conf_low": low,
            "conf_high": high,
            "simultaneous_low": wide_low,
            "simultaneous_high": wide_high,
            "statistic": statistic,
            "df": df,
            "p_value": p_value,
            "p_adjusted": np.nan,
            "n": pairs.n,
        }
        | people
    )


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
