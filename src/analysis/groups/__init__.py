"""Groups of people: tests between them, estimates drawn together, small ones joined."""

from analysis.groups._joining import collapse, joined
from analysis.groups._means import BetweenTest, means_test
from analysis.groups._shrinkage import normal_normal

__all__ = [
    "BetweenTest",
    "collapse",
    "joined",
    "means_test",
    "normal_normal",
]
