"""Shares of people, weighted or not, by group: intervals, comparisons, tests."""

from analysis.proportions._comparison import compare
from analysis.proportions._independent import independent_differences, square_and_add
from analysis.proportions._linearised import linearised, linearised_means, linearised_variance
from analysis.proportions._rao_scott import RaoScott, family, rao_scott
from analysis.proportions._shares import shares
from analysis.proportions._unweighted import Share, distribution, share

__all__ = [
    "RaoScott",
    "Share",
    "compare",
    "distribution",
    "family",
    "independent_differences",
    "linearised",
    "linearised_means",
    "linearised_variance",
    "rao_scott",
    "share",
    "shares",
    "square_and_add",
]
