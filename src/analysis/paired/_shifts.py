"""The shift of each answer: the share that prefers it less the share that used it."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import correlation, critical_value, holm
from analysis.paired import difference
from analysis.paired._blocks import Block, read_blocks
from analysis.paired._checks import Answers, check_conf_level
from analysis.paired._mcnemar import mcnemar_p, swap_p
from analysis.paired._pairs import Pairs
from analysis.weights import Weights


def shifts(
    used: Answers,
    preferred: Answers,
    *,
    weights: pd.Series | Weights | None = None,
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
    weights : pandas.Series or Weights, optional
        Survey weights, a value a person, in any unit. Intervals and p-values are then those of
        linearisation. `Weights` hold these people and perhaps more: all that were weighted, and
        raked ones the margins that they meet.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`). `Weights` bring their
        own: beside them it need not be given, and must be the same.
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
    and t of n - 1 df, `statistic` (m / s)^2 on 1 and n - 1 df, of which `df` is the first.
    What raked weights' margins say of the shift is known and does not count (`Weights.residuals`),
    as in `proportions.shares`. Where nobody moved to or from an answer, or all did alike, there is
    no linearised error: Bonett and Price's interval with t and McNemar's test of Kish's effective
    number of people stand in. Simultaneous intervals put the max-t critical value in place of
    1.96 or t, from the correlations of the shifts (`numerics.critical_value`).

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
    if weights is not None and mid_p:
        raise ValueError("mid_p is True and there are weights; the exact tests count people")
    blocks = read_blocks(used, preferred, weights=weights, frequency=frequency, by=by)
    for block in blocks:
        if weights is not None and block.pairs.n < 2:
            raise ValueError(
                f"{block.name or 'the base'} holds {block.pairs.n} person; weights need two"
            )
    correlations = [correlation(block.covariance)[0] for block in blocks]
    frames = []
    for block in blocks:
        df = None if weights is None else block.pairs.n - 1
        bound = critical_value(correlations, conf_level, df=df)
        if weights is None:
            rows = _counted(block, conf_level, bound, mid_p)
        else:
            rows = _weighted(block, conf_level, bound)
        if by is not None:
            names = [each.name for each in blocks]
            rows.insert(0, group_name(by), pd.Categorical([block.name] * len(rows), names))
        frames.append(rows)
    table = pd.concat(frames, ignore_index=True)
    table["p_adjusted"] = holm(table["p_value"])
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


def _counted(block: Block, conf_level: float, bound: float, mid_p: bool) -> pd.DataFrame:
    """Return the rows of one group from counts of people."""
    people = _counts(block.pairs)
    both, b, c = (people[name] for name in ("n_both", "n_used_only", "n_preferred_only"))
    z, n = stats.norm.isf((1 - conf_level) / 2), block.pairs.n
    low, high = difference.adjusted_wald_interval(both, b, c, n, z)
    wide_low, wide_high = difference.adjusted_wald_interval(both, b, c, n, bound)
    return _frame(
        block,
        intervals=(low, high, wide_low, wide_high),
        statistic=(c - b) ** 2 / np.maximum(b + c, 1),
        p_value=mcnemar_p(b, c, mid_p=mid_p),
        people=people,
    )


def _weighted(block: Block, conf_level: float, bound: float) -> pd.DataFrame:
    """Return the rows of one group from linearised standard errors."""
    mean, std_error, df = block.mean, np.sqrt(np.diag(block.covariance)), block.pairs.n - 1
    people, n = _counts(block.pairs), block.pairs.effective_n
    used_only, preferred_only = people["n_used_only"], people["n_preferred_only"]
    to, fro = preferred_only == block.pairs.n, used_only == block.pairs.n
    alike = to | fro | (used_only + preferred_only == 0)
    ends = []
    for reach in (stats.t.isf((1 - conf_level) / 2, df), bound):
        bare = difference.adjusted_wald_interval(0 * mean, n * fro, n * to, n, reach)
        linearised = mean - reach * std_error, mean + reach * std_error
        ends += [np.where(alike, *each) for each in zip(bare, linearised, strict=True)]
    moved = np.abs(mean) > 1e-12
    ratio = np.divide(mean, std_error, out=np.where(moved, np.inf, 0.0), where=std_error > 1e-12)
    return _frame(
        block,
        intervals=tuple(np.clip(end, -1.0, 1.0) for end in ends),
        statistic=np.where(alike, n * moved, ratio**2),
        p_value=np.where(alike, np.where(moved, swap_p(n), 1.0), 2 * stats.t.sf(np.abs(ratio), df)),
        people=people,
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
    block: Block,
    *,
    intervals: tuple[np.ndarray, ...],
    statistic: np.ndarray,
    p_value: np.ndarray,
    people: dict[str, np.ndarray],
) -> pd.DataFrame:
    """Return a row an answer, the columns in their order; `p_adjusted` is filled in later."""
    low, high, wide_low, wide_high = intervals
    pairs = block.pairs
    total = pairs.weight.sum()
    return pd.DataFrame(
        {
            "answer": pd.Categorical(pairs.labels, categories=pairs.labels),
            "share_used": pairs.weight @ pairs.used / total,
            "share_preferred": pairs.weight @ pairs.preferred / total,
            "estimate": block.mean,
            "std_error": np.sqrt(np.diag(block.covariance)),
            "conf_low": low,
            "conf_high": high,
            "simultaneous_low": wide_low,
            "simultaneous_high": wide_high,
            "statistic": statistic,
            "df": 1,
            "p_value": p_value,
            "p_adjusted": np.nan,
            "n": pairs.n,
        }
        | people
    )
