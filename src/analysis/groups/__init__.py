"""Groups of people: tests between them, estimates drawn together, small ones joined."""

from analysis.groups._joining import collapse, joined
from analysis.groups._means import BetweenTest, means_test
from analysis.groups._multilevel import Multilevel, multilevel, with_mix_of_all
from analysis.groups._pooling import Pooled, pooled_shares, pooling_obstacle
from analysis.groups._shrinkage import FEWEST_GROUPS, normal_normal

__all__ = [
    "FEWEST_GROUPS",
    "BetweenTest",
    "Multilevel",
    "Pooled",
    "collapse",
    "joined",
    "means_test",
    "multilevel",
    "normal_normal",
    "pooled_shares",
    "pooling_obstacle",
    "with_mix_of_all",
]
