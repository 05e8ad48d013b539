"""The share of top answers in each district, drawn together, with the test that they differ."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import ordinal, pooling
from analysis.codebook import Codebook
from analysis.ordinal import ModelTest
from analysis.satisfaction_tables import COARSE, FINE, shown_shares


@dataclass(frozen=True, kw_only=True)
class DistrictShares:
    """Shares of the districts as far as they may be shown, and the test that they differ.

    `rows`: `level, n, raw_share, estimate, conf_low, conf_high, few, chance_lowest, gap, gap_low,
    gap_high`, rounded; hidden numbers are NA. `spread` has `estimate, conf_low, conf_high` of the
    standard deviation between districts on the logit scale. `overall` is everybody's share.
    """

    rows: pd.DataFrame
    test: ModelTest
    spread: pd.Series
    overall: float


def district_shares(
    answers: pd.Series,
    districts: pd.Series,
    codebook: Codebook,
    *,
    rng: np.random.Generator,
    top: int = 2,
) -> DistrictShares | None:
    """Estimate the share of top answers in each district, without ranking noise.

    Parameters
    ----------
    answers : pandas.Series
        Ordered Categorical; who has no answer is left out.
    districts : pandas.Series
        Categorical; who has none is left out.
    codebook : Codebook
        Its threshold.
    rng : numpy.random.Generator
        Source of randomness, for the intervals.
    top : int
        How many of the highest answers count.

    Returns
    -------
    DistrictShares or None
        None if fewer than three districts answered, or no answer below the top was given.

    Notes
    -----
    A cumulative logit with a random intercept by district; its spread is integrated
    (`pooling.pooled_shares`), and the test is the likelihood ratio against no spread, with half
    the p-value of chi-squared. Gaps are from the mean of all districts.
    """
    people = pd.DataFrame({"answer": answers, "district": districts}).dropna()
    for name in people:
        people[name] = people[name].cat.remove_unused_categories()
    if people["district"].nunique() < 3 or people["answer"].nunique() <= top:
        return None
    model = ordinal.fit("answer ~ 1", people, random="district")
    test = ordinal.compare(model, ordinal.fit("answer ~ 1", people))
    found = pooling.pooled_shares(model, rng=rng, top=top)
    shown = shown_shares(found.groups, codebook)
    gaps = found.groups[["gap", "gap_low", "gap_high"]].mask(shown["estimate"].isna())
    step = np.where(shown["few"], COARSE, FINE)
    shown[["gap", "gap_low", "gap_high"]] = rounded(gaps, step=step)
    return DistrictShares(rows=shown, test=test, spread=found.spread, overall=found.overall)


def rounded(ends: pd.DataFrame | np.ndarray, *, step: np.ndarray | float = FINE) -> np.ndarray:
    """Round gaps, and their intervals outwards.

    Parameters
    ----------
    ends : pandas.DataFrame or numpy.ndarray
        Gap and the ends of its interval, shape (districts, 3).
    step : numpy.ndarray or float
        What is rounded to, one or one a district.

    Returns
    -------
    numpy.ndarray
        The same shape; NaN stays.

    Examples
    --------
    >>> rounded(np.array([[0.047, 0.0111, 0.0899]])).tolist()
    [[0.05, 0.01, 0.09]]
    """
    gap, low, high = np.asarray(ends, dtype=float).T / step
    whole = np.column_stack([np.round(gap), np.floor(low), np.ceil(high)])
    return (whole * np.reshape(step, (-1, 1))).round(2) + 0.0
