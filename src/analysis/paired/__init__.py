"""Two answers of the same people compared, such as what they used and what they prefer.

For person i and answer k let d_ik = 1[i prefers k] - 1[i used k]. The shift of answer k is the
(weighted) mean of d_k. Questions with one answer and with several are the same in these terms.
Each function below is in the module that the import names.
"""

from analysis.paired._agreement import agreement, moves, reached
from analysis.paired._heterogeneity import Heterogeneity, heterogeneities, heterogeneity
from analysis.paired._kappa import Kappa, kappa
from analysis.paired._mcnemar import mcnemar_p, swap_p
from analysis.paired._pairs import read_pairs
from analysis.paired._permutation import PermutationTest, permutation_test
from analysis.paired._quasi_symmetry import QuasiSymmetry, exchanged, quasi_symmetry
from analysis.paired._rank_correlation import RankCorrelation, pairwise, tau_b, tau_family
from analysis.paired._shifts import shifts
from analysis.paired._square import PairedTest, bhapkar, bowker, counts, stuart_maxwell
from analysis.paired._wald import ShiftTest, shift_test

__all__ = [
    "Heterogeneity",
    "Kappa",
    "PairedTest",
    "PermutationTest",
    "QuasiSymmetry",
    "RankCorrelation",
    "ShiftTest",
    "agreement",
    "bhapkar",
    "bowker",
    "counts",
    "exchanged",
    "heterogeneities",
    "heterogeneity",
    "kappa",
    "mcnemar_p",
    "moves",
    "pairwise",
    "permutation_test",
    "quasi_symmetry",
    "reached",
    "read_pairs",
    "shift_test",
    "shifts",
    "stuart_maxwell",
    "swap_p",
    "tau_b",
    "tau_family",
]
