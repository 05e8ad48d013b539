"""The population that a survey is compared with and weighted to, as its codebook names it."""

<<<<<<< HEAD
from analysis.population._weighing import Weighing, no_weights, weigh

__all__ = [
    "Weighing",
    "no_weights",
=======
from analysis.population._table import read_population
from analysis.population._weighing import Weighing, weigh

__all__ = [
    "Weighing",
    "read_population",
>>>>>>> wt_b2
    "weigh",
]
