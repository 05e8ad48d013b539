"""Predicted shares of an ordinal model: what readers ask for instead of odds ratios.

Each function below is in the module that the import names.
"""

from analysis.margins._contrasts import differences
from analysis.margins._predicted import by_terms, indicators, predicted_shares
from analysis.margins._table import NAMED, Margins

__all__ = [
    "NAMED",
    "Margins",
    "by_terms",
    "differences",
    "indicators",
    "predicted_shares",
]
