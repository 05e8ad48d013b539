"""Differences between predicted shares."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

from analysis.margins._table import NAMED, Margins
from analysis.numerics import correlation, critical_value, holm

#: Differences are kept so far from -1 and 1.
TINY = 1e-12


def differences(
    margins: Margins,
    *,
    against: str = "reference",
    answer: str = NAMED,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Compare predicted shares with the reference, with the first category, or in all pairs.

    Parameters
    ----------
    margins : Margins
        As `shares` or `indicators` returns them.
    against : str
        "reference" (everybody as they are, or without the indicator), "first" or "pairs".
    answer : str
        Whose share; the named answers together by default.
    conf_level : float
        Level at which all intervals hold together, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        `variable, level, against, estimate, std_error, conf_low, conf_high, statistic, p_value,
        p_adjusted, n`: differences of shares, simultaneous intervals (max-t), and p-values
        adjusted by Holm's method over all rows.

    Raises
    ------
    ValueError
        If `against` is unknown.

    Notes
    -----
    Intervals are made on Fisher's scale, atanh(d) -+ c se / (1 - d^2), c being the critical value
    of max-t, and so stay between -1 and 1; of shares near 0 and 1 in small groups they hold the
    true difference more often than d -+ c se. The test is Wald's, d / se, so that next to its
    level test and interval can disagree. With weights and few groups c and p-values are those of t
    at the same tail, which holds for several together, since they share the error of one
    covariance.

    Examples
    --------
    >>> from analysis import ordinal
    >>> from analysis.margins import predicted_shares
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True),
    ...     "group": pd.Categorical([*"pqqppqqpqp"]),
    ... })
    >>> fitted = ordinal.fit("rating ~ group", data)
    >>> margins = predicted_shares(fitted, "group", answers=["c"])
    >>> differences(margins, against="first")[["level", "against", "estimate"]].round(3)
      level against  estimate
    0     q       p       0.2
    """
    at, size = margins.position(answer), len(margins.levels)
    names = margins.levels["level"]
    if against == "reference":
        pairs = [(row, None) for row in range(size)]
    elif against == "first":
        pairs = [(row, 0) for row in range(1, size)]
    elif against == "pairs":
        pairs = [(second, first) for first, second in combinations(range(size), 2)]
    else:
        raise ValueError(f"against is {against!r}; choose reference, first or pairs")
    value, slopes, labels = [], [], []
    for row, other in pairs:
        left, left_slopes = margins.estimate[row, at], margins.gradient[row, at]
        right = margins.reference[row, at] if other is None else margins.estimate[other, at]
        right_slopes = (
            margins.reference_gradient[row, at] if other is None else margins.gradient[other, at]
        )
        value.append(left - right)
        slopes.append(left_slopes - right_slopes)
        labels.append("" if other is None else names[other])
    value, slopes = np.array(value), np.array(slopes)
    covariance = slopes @ margins.cov @ slopes.T
    error = np.sqrt(np.diag(covariance))
    inside = np.clip(value, -1 + TINY, 1 - TINY)
    critical = critical_value([correlation(covariance)[0]], conf_level)
    if np.isfinite(margins.df):
        critical = stats.t.isf(stats.norm.sf(critical), margins.df)
    reach = critical * error / (1 - inside**2)
    statistic = np.divide(value, error, out=np.zeros_like(value), where=error > 0)
    p_value = 2 * stats.t.sf(np.abs(statistic), margins.df)
    rows = [row for row, _ in pairs]
    return pd.DataFrame(
        {
            "variable": margins.levels["variable"].to_numpy()[rows],
            "level": names.to_numpy()[rows],
            "against": labels,
            "estimate": value,
            "std_error": error,
            "conf_low": np.tanh(np.arctanh(inside) - reach),
            "conf_high": np.tanh(np.arctanh(inside) + reach),
            "statistic": statistic,
            "p_value": p_value,
            "p_adjusted": holm(p_value),
            "n": margins.levels["n"].to_numpy()[rows],
        }
    )
