"""Predicted shares of an ordinal model: what readers ask for instead of odds ratios."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special, stats

from analysis.ordinal import OrdinalFit


def top_share(
    fit: OrdinalFit,
    data: pd.DataFrame,
    variables: Sequence[str],
    *,
    top: int = 2,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Predict the share that gives one of the best answers, with everybody in each category.

    Parameters
    ----------
    fit : OrdinalFit
        The model.
    data : pandas.DataFrame
        The people averaged over: those of the fit.
    variables : sequence of str
        Predictors to vary. A Categorical gives a row a category that the fit knows; an
        indicator gives one row, for the value 1.
    top : int
        How many of the highest answers count.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        `variable, level, estimate, std_error, conf_low, conf_high, n` and `n_top`, `raw_share`:
        how many of the `n` people who are in the category gave a top answer. `level` is the
        category, or the indicator's name.

    Raises
    ------
    ValueError
        If `top` is not between 1 and the number of answers less one, or a variable is not a
        predictor of the fit.

    Notes
    -----
    Everybody is set to the category, all else as it is, and the probabilities P(Y > j) are
    averaged (g-computation; Graubard and Korn 1999, Biometrics 55). The interval is the delta
    method's on the logit of the share, brought back to shares, so it stays between 0 and 1. It
    takes the composition of the people as given. The share describes an association in the
    model; it does not say what would happen if people changed category.
    """
    answers = len(fit.answers)
    if not 1 <= top < answers:
        raise ValueError(f"top is {top}; choose from 1 to {answers - 1}")
    outcome = fit.formula.split("~")[0].strip()
    is_top = data[outcome].isin(fit.answers[-top:]).to_numpy()
    z = stats.norm.isf((1 - conf_level) / 2)
    rows = []
    for variable in variables:
        if variable not in fit.design.required_variables:
            raise ValueError(f"{variable!r} is not a predictor of {fit.formula!r}")
        for level, value in _levels(fit, data, variable):
            share, std_error = _average(fit, data.assign(**{variable: value}), answers - top - 1)
            centre, reach = special.logit(share), z * std_error / (share * (1 - share))
            here = (data[variable] == (level if level != variable else 1)).to_numpy()
            rows.append(
                {
                    "variable": variable,
                    "level": level,
                    "estimate": share,
                    "std_error": std_error,
                    "conf_low": special.expit(centre - reach),
                    "conf_high": special.expit(centre + reach),
                    "n": int(here.sum()),
                    "n_top": int((here & is_top).sum()),
                    "raw_share": float(is_top[here].mean()),
                }
            )
    return pd.DataFrame(rows)


def _levels(fit: OrdinalFit, data: pd.DataFrame, variable: str) -> list[tuple[str, object]]:
    """Return name and value of each category that the fit knows."""
    if not isinstance(data[variable].dtype, pd.CategoricalDtype):
        return [(variable, 1.0)]
    dropped = {name.removeprefix(f"{variable}: ") for name in fit.dropped}
    categories = [each for each in data[variable].cat.categories if each not in dropped]
    return [
        (each, pd.Categorical([each] * len(data), categories=categories)) for each in categories
    ]


def _average(fit: OrdinalFit, data: pd.DataFrame, threshold: int) -> tuple[float, float]:
    """Return the mean of P(Y > threshold) and its standard error by the delta method."""
    design = fit.design_matrix(data)
    linear = design @ fit.coefficients["estimate"].to_numpy()
    probability = special.expit(linear - fit.thresholds["estimate"].iloc[threshold])
    density = probability * (1 - probability)
    gradient = np.zeros(len(fit.cov))
    gradient[: design.shape[1]] = (density[:, None] * design).mean(axis=0)
    gradient[design.shape[1] + threshold] = -density.mean()
    variance = float(gradient @ fit.cov.to_numpy() @ gradient)
    return float(probability.mean()), float(np.sqrt(variance))
