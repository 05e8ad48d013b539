"""Shares of people, weighted or not, by group: intervals, comparisons, tests."""

from analysis.proportions.comparison import compare, contrasts
from analysis.proportions.linearised import linearised
from analysis.proportions.rao_scott import RaoScott, family, rao_scott
from analysis.proportions.shares import shares
from analysis.proportions.unweighted import Share, distribution, share

__all__ = [
    "RaoScott", "Share", "compare", "contrasts", "distribution", "family", "linearised",
    "rao_scott", "share", "shares",
]  # fmt: skip
