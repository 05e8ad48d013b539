"""The population that a survey is compared with and weighted to, as its codebook names it."""

from analysis.population._table import read_population
from analysis.population._weighing import Weighing, no_weights, weigh

__all__ = [
    "Weighing",
    "no_weights",
    "read_population",
    "weigh",
]
