"""The spread between groups that explains the effects of a model in which they are fixed."""

import numpy as np
import pandas as pd
from scipy import optimize, stats

from analysis.ordinal import OrdinalFit

#: No spread on the scale of a link is looked for beyond this.
WIDEST = 10.0


def between_fixed(fitted: OrdinalFit, term: str, *, conf_level: float = 0.95) -> pd.Series:
    """Estimate the spread between groups from their effects as fixed terms.

    Parameters
    ----------
    fitted : OrdinalFit
        A model with the groups as a term, with weights or without.
    term : str
        The term.
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    pandas.Series
        `estimate, conf_low, conf_high`: the standard deviation between groups on the scale of the
        link, not negative.

    Raises
    ------
    ValueError
        If the fit has no such term.

    Notes
    -----
    The k - 1 effects b, differences from the first group, are taken as normal with covariance
    V + s^2 (I + 11'), V the covariance of the model: groups that differ by chance s have such
    differences. s maximises the likelihood of the differences, which is the restricted one of the
    effects, and so a little above that of a model with a random intercept. The interval has all s
    whose deviance is within the quantile of chi-squared with 1 degree of freedom (two-stage
    random-effects meta-analysis with known covariances; Gasparrini, Armstrong and Kenward 2012,
    Stat. Med. 31, 3821-3839).

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbcaabbcc"], ordered=True),
    ...     "group": pd.Categorical([*"pqrpqqrpqprrpqrp"]),
    ... })
    >>> float(between_fixed(ordinal.fit("rating ~ group", data), "group")["conf_low"])
    0.0
    """
    if term not in fitted.data.terms:
        raise ValueError(f"{term!r} is no term of {fitted.formula!r}")
    names = fitted.data.terms[term]
    effects = fitted.coefficients.set_index("term")["estimate"].loc[names].to_numpy()
    known = fitted.cov.loc[names, names].to_numpy()
    between = np.eye(len(names)) + 1.0

    def deviance(spread: float) -> float:
        covariance = known + spread**2 * between
        half = np.linalg.cholesky(covariance)
        standard = np.linalg.solve(half, effects)
        return float(standard @ standard + 2 * np.log(np.diag(half)).sum())

    best = optimize.minimize_scalar(deviance, bounds=(0.0, WIDEST), method="bounded")
    estimate, least = float(best.x), float(best.fun)
    if deviance(0.0) <= least + 1e-9:
        estimate, least = 0.0, deviance(0.0)
    limit = least + stats.chi2.ppf(conf_level, 1)

    def above(spread: float) -> float:
        return deviance(spread) - limit

    low = 0.0 if above(0.0) <= 0 else float(optimize.brentq(above, 0.0, estimate))
    high = WIDEST if above(WIDEST) <= 0 else float(optimize.brentq(above, estimate, WIDEST))
    return pd.Series({"estimate": estimate, "conf_low": low, "conf_high": high})
