"""How strong what was not measured would have to be to overturn a result.

Selection: people chose to answer, some more readily than others (`shifted_share`,
`shifted_difference`, `shifted_contrast`, and the `tipping_point` of each). Confounding: the
`e_value` of an association. Skipped questions: `bounds` whatever the answers would have been. Each
function below is in the module that the import names.
"""

from analysis.sensitivity._bounds import Bounds, bounds, paired_bounds
from analysis.sensitivity._contrast import Contrast, shifted_contrast
from analysis.sensitivity._e_value import EValue, e_value, ratio_of_odds, ratio_of_shares
from analysis.sensitivity._pairs import Pairs, effective_pairs, shifted_difference
from analysis.sensitivity._share import Shifted, implied_gamma, ratio_of_chances, shifted_share
from analysis.sensitivity._tipping import TippingPoint, curve, tipping_point

__all__ = [
    "Bounds",
    "Contrast",
    "EValue",
    "Pairs",
    "Shifted",
    "TippingPoint",
    "bounds",
    "curve",
    "e_value",
    "effective_pairs",
    "implied_gamma",
    "paired_bounds",
    "ratio_of_chances",
    "ratio_of_odds",
    "ratio_of_shares",
    "shifted_contrast",
    "shifted_difference",
    "shifted_share",
    "tipping_point",
]
