"""Numbers that every room needs: quadratic forms, Newton, max-t, Holm, densities, text."""

from analysis.numerics._holm import holm
from analysis.numerics._max_t import critical_value
from analysis.numerics._newton import Convergence, minimise
from analysis.numerics._quadratic import correlation, quadratic_form, whitener
from analysis.numerics._quadrature import Density, density
from analysis.numerics._text import (
    interval,
    outwards,
    p_text,
    percent,
    points,
    ratio,
    ratio_interval,
)

__all__ = [
    "Convergence",
    "Density",
    "correlation",
    "critical_value",
    "density",
    "holm",
    "interval",
    "minimise",
    "outwards",
    "p_text",
    "percent",
    "points",
    "quadratic_form",
    "ratio",
    "ratio_interval",
    "whitener",
]
