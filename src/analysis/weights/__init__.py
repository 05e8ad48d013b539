"""Weights that bring the people who answered to the margins of a population, and their cost."""

from analysis.weights._obstacles import obstacle
from analysis.weights._people import Weights
from analysis.weights._raking import RakedWeights, rake
from analysis.weights._trimming import price, trim

__all__ = [
    "RakedWeights",
    "Weights",
    "obstacle",
    "price",
    "rake",
    "trim",
]
