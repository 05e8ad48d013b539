"""Random intercepts: weights within groups, the covariance, and each group's intercept."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.ordinal._fitted import RandomIntercept
from analysis.ordinal._patterns import Patterns
from analysis.ordinal._quadrature import Mixed

#: A spread between groups below this counts as none: the maximum lies at 0.
NO_SPREAD = 1e-4

#: What the weights of the people of a group are made to add up to.
SCALINGS = ("size", "effective", "none")


def scaled(patterns: Patterns, scaling: str) -> np.ndarray:
    """Scale survey weights within groups, for the pseudo-likelihood of a random intercept.

    Parameters
    ----------
    patterns : Patterns
        People collapsed by group and predictors.
    scaling : str
        With n_g people of group g and their weights w: "size" multiplies by n_g / sum w, so that
        they add up to n_g; "effective" by sum w / sum w^2, so that they add up to the effective
        n; "none" by 1.

    Returns
    -------
    numpy.ndarray
        As `patterns.counts`, which are returned as they are without weights.

    Raises
    ------
    ValueError
        If there is no such scaling.

    Notes
    -----
    Each group counts once. With people's scaled weights w* the log pseudo-likelihood is
    sum_g log integral prod_i f(y_gi | v)^(w*_gi) phi(v) dv (Rabe-Hesketh and Skrondal 2006, J. R.
    Stat. Soc. A 169; Asparouhov 2006, Commun. Stat. 35). The scale of the weights within a group
    matters, since the integral sets them against phi: methods 2 and 1 of Pfeffermann et al. 1998,
    J. R. Stat. Soc. B 60. Groups have weight 1: all of them are there, or drawn with one chance.

    Examples
    --------
    >>> from analysis.ordinal._patterns import to_patterns
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abab"], ordered=True),
    ...     "place": pd.Categorical([*"ppqq"]), "w": [1.0, 3.0, 2.0, 2.0],
    ... })
    >>> patterns = to_patterns("rating ~ 1", data, weights="w", group="place")
    >>> scaled(patterns, "size").tolist(), scaled(patterns, "effective").tolist()
    ([[0.5, 1.5], [1.0, 1.0]], [[0.4, 1.2000000000000002], [1.0, 1.0]])
    """
    if scaling not in SCALINGS:
        raise ValueError(f"scaling is {scaling!r}; choose from {', '.join(SCALINGS)}")
    if not patterns.weighted or scaling == "none":
        return patterns.counts
    people, weight, square = (
        np.bincount(patterns.group, each.sum(axis=1))
        for each in (patterns.people, patterns.counts, patterns.squares)
    )
    factor = people / weight if scaling == "size" else weight / square
    return patterns.counts * factor[patterns.group, None]


def covariance_of(mixed: Mixed, parameters: np.ndarray, *, weighted: bool) -> np.ndarray:
    """Return the covariance of coefficients, thresholds and spread.

    Parameters
    ----------
    mixed : Mixed
        The likelihood.
    parameters : numpy.ndarray
        Where it is largest.
    weighted : bool
        Whether it is a pseudo-likelihood of survey weights.

    Returns
    -------
    numpy.ndarray
        The inverse of the Hessian H; with weights the sandwich over the J groups with scores g,
        J / (J - 1) H^-1 (sum_g g g') H^-1. Where there is no spread, of the fixed part alone, and
        NaN besides.

    Notes
    -----
    Binder 1983, Int. Stat. Rev. 51. Groups are few: the sandwich of ten is rough, and of J groups
    it has a rank of J - 1 at most (docs/recovery.md has what its intervals cover).
    """
    covariance = np.full((len(parameters),) * 2, np.nan)
    kept = slice(None) if parameters[-1] > NO_SPREAD else slice(-1)
    if not weighted:
        covariance[kept, kept] = np.linalg.inv(mixed.information(parameters)[kept, kept])
        return covariance
    scores, hessian = mixed.scores(parameters)
    groups, bread = len(scores), np.linalg.inv(hessian[kept, kept])
    meat = scores[:, kept].T @ scores[:, kept]
    covariance[kept, kept] = groups / (groups - 1) * bread @ meat @ bread
    return covariance


def intercepts(
    name: str, patterns: Patterns, mixed: Mixed, parameters: np.ndarray
) -> RandomIntercept:
    """Return the most likely intercept of each group, in the direction of better answers.

    Parameters
    ----------
    name : str
        What the groups are called.
    patterns : Patterns
        The people.
    mixed : Mixed
        The likelihood.
    parameters : numpy.ndarray
        Where it is largest.

    Returns
    -------
    RandomIntercept
        With survey weights without standard errors: the curvature of a pseudo-likelihood is not
        the inverse of a variance.
    """
    spread = float(parameters[-1]) if parameters[-1] > NO_SPREAD else 0.0
    mode, curve = mixed.modes(parameters)
    estimate = spread * mode
    error = np.full_like(mode, np.nan) if patterns.weighted else spread / np.sqrt(curve)
    reach = stats.norm.isf(0.025) * error
    effects = pd.DataFrame(
        {
            "level": list(patterns.groups),
            "estimate": estimate,
            "std_error": error,
            "conf_low": estimate - reach,
            "conf_high": estimate + reach,
            "n": mixed.sums(patterns.people.sum(axis=1)).astype(int),
        }
    )
    return RandomIntercept(group=name, sd=spread, effects=effects, nodes=len(mixed.x))
