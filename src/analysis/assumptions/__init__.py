"""Whether a model's assumptions hold: proportional odds, and enough people in each cell.

Each function below is in the module that the import names.
"""

from analysis.assumptions._brant import OMNIBUS, Brant, brant
from analysis.assumptions._counts import FEWEST, expected
from analysis.assumptions._proportional import against_others, freed_terms

__all__ = [
    "FEWEST",
    "OMNIBUS",
    "Brant",
    "against_others",
    "brant",
    "expected",
    "freed_terms",
]
