"""Intervals of the spread between groups: by profile likelihood, and with survey weights."""

import numpy as np
import pandas as pd
from scipy import optimize, stats

from analysis.numerics import minimise
from analysis.ordinal._fitted import OrdinalFit
from analysis.ordinal._links import find_link
from analysis.ordinal._quadrature import WIDEST, Mixed


def spread_interval(fitted: OrdinalFit, *, conf_level: float = 0.95) -> pd.Series:
    """Give the profile-likelihood interval of the standard deviation between groups.

    Parameters
    ----------
    fitted : OrdinalFit
        A fit with a random intercept, without survey weights.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    pandas.Series
        `estimate, conf_low, conf_high`: the spreads at which the log-likelihood, maximised over
        all else, is within half a quantile of chi-squared on 1 degree of freedom of its maximum.
        The lower end is 0 where no spread at all is within it, the upper end infinite where it
        lies beyond what is searched, as it can with three groups or with answers of one kind.

    Raises
    ------
    ValueError
        If the fit has no random intercept, or survey weights (`weighted_spread` then).

    Notes
    -----
    With few groups the maximum-likelihood spread is too small on average; the interval is
    lopsided as it should be, and a Wald interval is not. docs/recovery.md has the bias.

    Examples
    --------
    >>> from analysis.ordinal import fit
    >>> rng = np.random.default_rng(3)
    >>> place = pd.Categorical(np.repeat([*"pqrstu"], 40))
    >>> latent = rng.logistic(size=240) + rng.normal(size=6)[place.codes]
    >>> rating = pd.cut(pd.Series(latent), [-np.inf, -1, 1, np.inf], labels=[*"abc"])
    >>> fitted = fit("rating ~ 1", pd.DataFrame({"rating": rating, "place": place}), random="place")
    >>> spread_interval(fitted).round(2).tolist()
    [0.63, 0.31, 1.39]
    """
    _check_groups(fitted)
    if fitted.weighted:
        raise ValueError(
            f"{fitted.formula!r} has survey weights, so no likelihood to profile; use "
            "weighted_spread"
        )
    patterns = fitted.data
    model = Mixed(
        patterns.counts,
        patterns.exog,
        patterns.freed,
        find_link(fitted.link),
        patterns.group,
        fitted.random.nodes,
    )
    fall = stats.chi2.isf(1 - conf_level, 1) / 2
    at = fitted.parameters[:-1]

    def lost(spread: float) -> float:
        """Return how far the maximised log-likelihood lies below the maximum, less the fall."""
        nonlocal at

        def derivatives(rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            gradient, hessian = model.derivatives(np.r_[rest, spread])
            return gradient[:-1], hessian[:-1, :-1]

        at, _ = minimise(lambda rest: model.value(np.r_[rest, spread]), derivatives, at)
        return model.value(np.r_[at, spread]) + fitted.log_likelihood - fall

    spread = fitted.random.sd
    low = 0.0
    if spread > 0 and lost(0.0) > 0:
        low = optimize.brentq(lost, 0.0, spread, xtol=1e-6)
    high = max(2 * spread, 0.5)
    while lost(high) < 0 and high < WIDEST:
        high = min(2 * high, WIDEST)
    high = np.inf if lost(high) < 0 else optimize.brentq(lost, spread, high, xtol=1e-6)
    return pd.Series({"estimate": spread, "conf_low": low, "conf_high": high})


def weighted_spread(fitted: OrdinalFit, *, conf_level: float = 0.95) -> pd.Series:
    """Give the interval of the standard deviation between groups with survey weights.

    Parameters
    ----------
    fitted : OrdinalFit
        A fit with survey weights and a random intercept.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    pandas.Series
        `estimate, conf_low, conf_high`: with s the spread and e its standard error by the sandwich
        over J groups, s exp(-+ t e / s), t of J - 1 degrees of freedom. NaN ends where s is 0,
        since then there is no e.

    Raises
    ------
    ValueError
        If the fit has no random intercept, or no survey weights (`spread_interval` then).

    Notes
    -----
    Rough with few groups; docs/recovery.md has what it covers with ten.

    Examples
    --------
    >>> from analysis.ordinal import fit
    >>> rng = np.random.default_rng(3)
    >>> place = pd.Categorical(np.repeat([*"pqrstu"], 40))
    >>> latent = rng.logistic(size=240) + rng.normal(size=6)[place.codes]
    >>> rating = pd.cut(pd.Series(latent), [-np.inf, -1, 1, np.inf], labels=[*"abc"])
    >>> data = pd.DataFrame({"rating": rating, "place": place, "w": rng.uniform(1, 3, 240)})
    >>> fitted = fit("rating ~ 1", data, weights="w", random="place")
    >>> weighted_spread(fitted).round(2).tolist()
    [0.63, 0.34, 1.17]
    """
    _check_groups(fitted)
    if not fitted.weighted:
        raise ValueError(f"{fitted.formula!r} has no survey weights; use spread_interval")
    spread, error = fitted.random.sd, np.sqrt(fitted.cov.iloc[-1, -1])
    reach = stats.t.isf((1 - conf_level) / 2, fitted.df) * (error / spread if spread else np.nan)
    with np.errstate(over="ignore"):
        ends = spread * np.exp([-reach, reach])
    return pd.Series({"estimate": spread, "conf_low": ends[0], "conf_high": ends[1]})


def _check_groups(fitted: OrdinalFit) -> None:
    if fitted.random is None:
        raise ValueError(f"{fitted.formula!r} has no random intercept; fit it with `random`")
