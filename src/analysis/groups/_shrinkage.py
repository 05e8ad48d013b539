"""Estimates of many groups drawn together: the normal-normal model with its spread."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.numerics import density

#: The fewest groups whose spread has a distribution: over two it would not add up.
FEWEST_GROUPS = 3


@dataclass(frozen=True, kw_only=True)
class Shrinkage:
    """The mean of the groups, the spread between them, and each group's shrunken estimate.

    `mean` and `spread` are one tidy row each; `groups` has a row a group: `estimate, std_error,
    conf_low, conf_high, weight`, the last the share of the group's own estimate in the shrunken
    one at the estimated spread.
    """

    mean: pd.Series
    spread: pd.Series
    groups: pd.DataFrame


def normal_normal(
    estimates: np.ndarray,
    variances: np.ndarray,
    *,
    widest: float = np.inf,
    conf_level: float = 0.95,
) -> Shrinkage:
    """Shrink the estimates of groups towards their mean, as far as chance explains them.

    Parameters
    ----------
    estimates : numpy.ndarray
        One a group, shape (groups,).
    variances : numpy.ndarray
        Their sampling variances, shape (groups,).
    widest : float
        The largest spread there can be, such as 1 of values that lie between -1 and 1.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Shrinkage
        `spread` is the standard deviation between groups: its restricted-maximum-likelihood
        estimate and the shortest interval that holds `conf_level` of its probability.

    Raises
    ------
    ValueError
        If there are fewer than three groups, or a value is not finite or a variance not positive.

    Notes
    -----
    y_g ~ N(theta_g, v_g), theta_g ~ N(mu, tau^2), with flat priors on mu and on tau up to the
    widest, integrated over tau (Gelman et al. 2013, Bayesian Data Analysis, section 5.4). The
    density of tau is then the restricted likelihood, so its mode is the REML estimate of R's
    `metafor`. Because tau is integrated and not plugged in, intervals of groups stay honest where
    the estimate of tau is 0.

    For large tau the density of G groups falls like tau^-(G - 1) (Gelman 2006, Bayesian Anal. 1):
    two groups leave it without an integral. Of three it has one, but the tail is heavy: the
    interval of tau is long, and groups are hardly drawn together unless they agree. Without a
    `widest`, `mean` has no standard deviation below five groups; it is infinite then.

    Examples
    --------
    >>> schools = normal_normal(
    ...     np.array([28.0, 8, -3, 7, -1, 1, 18, 12]),
    ...     np.array([15.0, 10, 16, 11, 9, 11, 10, 18]) ** 2,
    ... )
    >>> [round(float(each)) for each in schools.groups["estimate"]]
    [11, 8, 6, 8, 5, 6, 11, 8]
    """
    y, v = np.asarray(estimates, float), np.asarray(variances, float)
    if len(y) != len(v):
        raise ValueError(f"{len(y)} estimates and {len(v)} variances; give one of each a group")
    if len(y) < FEWEST_GROUPS:
        raise ValueError(f"{len(y)} groups say nothing of a spread; three or more are needed")
    wrong = [*y[~np.isfinite(y)], *v[~(np.isfinite(v) & (v > 0))]]
    if wrong:
        raise ValueError(f"{wrong[0]} is no estimate or no variance; variances must be positive")
    bounded = bool(np.isfinite(widest))
    scale = widest if bounded else float(np.sqrt(v.mean() + np.var(y)))
    found = density(lambda each: _log_restricted(each, y, v), scale=scale, bounded=bounded)
    tau, mass, mode = found.nodes, found.mass, found.mode
    low, high = found.shortest(conf_level)
    total = v + tau[:, None] ** 2
    precision = (1 / total).sum(axis=1)
    centre = (y / total).sum(axis=1) / precision
    kept = tau[:, None] ** 2 / total
    means = centre[:, None] + kept * (y - centre[:, None])
    deviations = np.sqrt(kept * v + (1 - kept) ** 2 / precision[:, None])
    groups = _mixture(mass, means, deviations, conf_level)
    groups["weight"] = mode**2 / (mode**2 + v)
    mean = _mixture(mass, centre[:, None], 1 / np.sqrt(precision)[:, None], conf_level).iloc[0]
    if len(y) < 5 and not bounded:
        mean["std_error"] = np.inf
    spread = pd.Series({"estimate": mode, "conf_low": low, "conf_high": high})
    return Shrinkage(mean=mean, spread=spread, groups=groups)


def _log_restricted(tau: np.ndarray, y: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return the log restricted likelihood of each spread."""
    total = v + np.reshape(tau, (-1, 1)) ** 2
    precision = (1 / total).sum(axis=1)
    centre = (y / total).sum(axis=1) / precision
    squares = ((y - centre[:, None]) ** 2 / total).sum(axis=1)
    return -0.5 * (np.log(total).sum(axis=1) + np.log(precision) + squares)


def _mixture(
    mass: np.ndarray, means: np.ndarray, deviations: np.ndarray, conf_level: float
) -> pd.DataFrame:
    """Return mean, standard deviation and quantiles of a mixture of normals, a row a column."""
    mean = mass @ means
    spread = np.sqrt(mass @ (deviations**2 + means**2) - mean**2)
    ends = []
    for share in ((1 - conf_level) / 2, (1 + conf_level) / 2):
        low, high = (means - 9 * deviations).min(axis=0), (means + 9 * deviations).max(axis=0)
        for _ in range(45):
            middle = (low + high) / 2
            below = mass @ special.ndtr((middle - means) / deviations)
            low, high = np.where(below < share, middle, low), np.where(below < share, high, middle)
        ends.append((low + high) / 2)
    return pd.DataFrame(
        {"estimate": mean, "std_error": spread, "conf_low": ends[0], "conf_high": ends[1]}
    )
