"""Cumulative link models of an ordered answer, by maximum likelihood.

P(Y <= j) = F(theta_j - x'b): one effect of each predictor on the whole scale, unless freed. Each
function below is in the module that the import names.
"""

from analysis.ordinal._comparison import ModelTest, compare, family, wald
from analysis.ordinal._fitted import OrdinalFit, RandomIntercept
from analysis.ordinal._fitting import fit, fit_patterns, free
from analysis.ordinal._likelihood import Cumulative, answer_shares
from analysis.ordinal._links import find_link
from analysis.ordinal._obstacles import obstacle
from analysis.ordinal._patterns import Patterns
from analysis.ordinal._profile import spread_interval, weighted_spread
from analysis.ordinal._rao_score import rao, score
from analysis.ordinal._scale import on_scale
from analysis.ordinal._separation import separated_terms

__all__ = [
    "Cumulative",
    "ModelTest",
    "OrdinalFit",
    "Patterns",
    "RandomIntercept",
    "answer_shares",
    "compare",
    "family",
    "find_link",
    "fit",
    "fit_patterns",
    "free",
    "obstacle",
    "on_scale",
    "rao",
    "score",
    "separated_terms",
    "spread_interval",
    "wald",
    "weighted_spread",
]
