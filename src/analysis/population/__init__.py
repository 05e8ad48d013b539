"""The population that a survey is compared with and weighted to, as its codebook names it."""

from analysis.population._belonging import belonging, cells, no_cells
from analysis.population._table import read_population
from analysis.population._weighing import Weighing, no_weights, weigh

__all__ = [
    "Weighing",
    "belonging",
    "cells",
    "no_cells",
    "no_weights",
    "read_population",
    "weigh",
]
