"""Differences between two independent samples: two surveys, or two waves of one."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.proportions._linearised import Linearised

#: An estimate with its lower and upper limit: numbers, or arrays of one shape.
Limits = tuple[np.ndarray | float, np.ndarray | float, np.ndarray | float]


def square_and_add(first: Limits, second: Limits) -> tuple[np.ndarray, np.ndarray]:
    """Make the interval of a difference from the intervals of two independent estimates.

    Parameters
    ----------
    first, second : tuple
        Estimate, lower and upper limit of each sample, at one level.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper limit of the second estimate less the first, at that level.

    Notes
    -----
    With estimates p, limits l and u and d = p2 - p1:
    d - sqrt((p2 - l2)^2 + (u1 - p1)^2) to d + sqrt((u2 - p2)^2 + (p1 - l1)^2). Of Wilson's
    intervals it is Newcombe's for a difference of independent shares (1998, Stat. Med. 17, method
    10), which `compare` gives; of any others that hold their level see Zou and Donner (2008, Stat.
    Med. 27). A limit on the wrong side of its estimate, as shrunken intervals can have, adds
    nothing on that side.

    Examples
    --------
    >>> low, high = square_and_add((0.6, 0.4904, 0.7004), (0.8, 0.6922, 0.8769))
    >>> round(float(low), 3), round(float(high), 3)
    (0.053, 0.334)
    """
    (p1, low1, high1), (p2, low2, high2) = (
        [np.asarray(each, dtype=float) for each in limits] for limits in (first, second)
    )
    down = np.hypot(np.maximum(p2 - low2, 0.0), np.maximum(high1 - p1, 0.0))
    up = np.hypot(np.maximum(high2 - p2, 0.0), np.maximum(p1 - low1, 0.0))
    return p2 - p1 - down, p2 - p1 + up


def independent_differences(
    first: Linearised, second: Linearised, *, conf_level: float = 0.95
) -> pd.DataFrame:
    """Compare the estimates of two independent samples, each with its own weights and margins.

    Parameters
    ----------
    first, second : Linearised
        As `linearised` or `linearised_means` return them, of the same answers in the same order.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row an answer: `answer, first, second`, the two estimates, `estimate` (second less
        first), `std_error, conf_low, conf_high, statistic, df, p_value, n_first, n_second`. Where
        neither sample varies there is no error: interval and test are NaN.

    Raises
    ------
    ValueError
        If the answers of the two are not the same.

    Notes
    -----
    Nobody is in both samples, so the variances add: v = v1 + v2, each by linearisation with what
    the margins of its own raking explain taken out (`linearised_means`): as R's `svycontrast` of a
    design with a stratum a wave, raked within strata. Interval d -+ t sqrt(v), and Welch's test,
    on v^2 / (v1^2 / (n1 - 1) + v2^2 / (n2 - 1)) degrees of freedom (Satterthwaite 1946, Biometrics
    Bull. 2), n the people who have a value and a weight. Without weights it is Welch's t-test.

    Examples
    --------
    >>> from analysis.proportions import linearised
    >>> kinds = pd.CategoricalDtype(["no", "yes"])
    >>> waves = [pd.Series(["yes"] * yes + ["no"] * (80 - yes), dtype=kinds) for yes in (30, 45)]
    >>> rows = independent_differences(*map(linearised, waves))
    >>> rows[["answer", "estimate", "conf_low", "conf_high"]].round(3)
      answer  estimate  conf_low  conf_high
    0     no    -0.188    -0.342     -0.033
    1    yes     0.188     0.033      0.342
    """
    names = list(first.estimates.index)
    if names != list(second.estimates.index):
        raise ValueError(
            f"the first sample has {names}, the second {list(second.estimates.index)}; compare the "
            "same answers in one order"
        )
    v1, v2 = (np.diag(each.cov) for each in (first, second))
    variance, estimate = v1 + v2, (second.estimates - first.estimates).to_numpy()
    known = variance > 1e-24
    spread = v1**2 / max(first.n - 1, 1) + v2**2 / max(second.n - 1, 1)
    df = np.divide(variance**2, spread, out=np.full_like(variance, np.nan), where=known)
    error = np.where(known, np.sqrt(variance), np.nan)
    reach, statistic = stats.t.isf((1 - conf_level) / 2, df) * error, estimate / error
    return pd.DataFrame(
        {
            "answer": names,
            "first": first.estimates.to_numpy(),
            "second": second.estimates.to_numpy(),
            "estimate": estimate,
            "std_error": error,
            "conf_low": np.clip(estimate - reach, -2.0, 2.0),
            "conf_high": np.clip(estimate + reach, -2.0, 2.0),
            "statistic": statistic,
            "df": df,
            "p_value": 2 * stats.t.sf(np.abs(statistic), df),
            "n_first": first.n,
            "n_second": second.n,
        }
    )
