"""Kinds of figure, a module each: they draw a table of numbers.

Each function below is in the module that the import names.
"""

from analysis.figures._curves import curves
from analysis.figures._diverging import diverging
from analysis.figures._dots import dots
from analysis.figures._dumbbell import dumbbell
from analysis.figures._funnel import funnel, outside_limits
from analysis.figures._heat_map import heat_map
from analysis.figures._intervals import intervals
from analysis.figures._panels import panels
from analysis.figures._profile_panels import profile_panels
from analysis.figures._saving import SavedFigure, save, show
from analysis.figures._specification_curves import specification_curves
from analysis.figures._tiles import places, tile_map
from analysis.figures._tipping import tipping_curve

__all__ = [
    "SavedFigure",
    "curves",
    "diverging",
    "dots",
    "dumbbell",
    "funnel",
    "heat_map",
    "intervals",
    "outside_limits",
    "panels",
    "places",
    "profile_panels",
    "save",
    "show",
    "specification_curves",
    "tile_map",
    "tipping_curve",
]
