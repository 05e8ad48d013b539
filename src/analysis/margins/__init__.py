"""Predicted shares of an ordinal model: what readers ask for instead of odds ratios.

Each function below is in the module that the import names.
"""

from analysis.margins.contrasts import differences
from analysis.margins.predicted import by_terms, indicators, shares
from analysis.margins.table import TOP, Margins

__all__ = ["TOP", "Margins", "by_terms", "differences", "indicators", "shares"]
