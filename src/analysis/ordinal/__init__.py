"""Cumulative link models of an ordered answer, by maximum likelihood.

P(Y <= j) = F(theta_j - x'b): one effect of each predictor on the whole scale, unless freed. Each
function below is in the module that the import names.
"""

from analysis.ordinal.comparison import ModelTest, compare, family, wald
from analysis.ordinal.fitted import OrdinalFit, RandomIntercept
from analysis.ordinal.fitting import fit, free
from analysis.ordinal.profile import spread_interval
from analysis.ordinal.rao_score import score

__all__ = [
    "ModelTest",
    "OrdinalFit",
    "RandomIntercept",
    "compare",
    "family",
    "fit",
    "free",
    "score",
    "spread_interval",
    "wald",
]
