"""Two answers of the same people compared: the channel used and the channel preferred.

For person i and channel k let d_ik = 1[i prefers k] - 1[i used k]. The shift of channel k is the
(weighted) mean of d_k. Questions with one answer and with several are the same in these terms.
Each function below is in the module that the import names.
"""

from analysis.paired.agreement import agreement, moves, reached
from analysis.paired.channel_shifts import shifts
from analysis.paired.heterogeneity import Heterogeneity, heterogeneities, heterogeneity
from analysis.paired.kappa import Kappa, kappa
from analysis.paired.permutation import PermutationTest, permutation_test
from analysis.paired.quasi_symmetry import QuasiSymmetry, exchanged, quasi_symmetry
from analysis.paired.square import PairedTest, bhapkar, bowker, counts, stuart_maxwell
from analysis.paired.wald import ShiftTest, shift_test

__all__ = [
    "Heterogeneity",
    "Kappa",
    "PairedTest",
    "PermutationTest",
    "QuasiSymmetry",
    "ShiftTest",
    "agreement",
    "bhapkar",
    "bowker",
    "counts",
    "exchanged",
    "heterogeneities",
    "heterogeneity",
    "kappa",
    "moves",
    "permutation_test",
    "quasi_symmetry",
    "reached",
    "shift_test",
    "shifts",
    "stuart_maxwell",
]
