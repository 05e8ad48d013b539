"""Numbers that every room needs: quadratic forms, Newton's method, max-t, numbers as text."""

from analysis.numerics._max_t import critical_value
from analysis.numerics._newton import Convergence, minimise
from analysis.numerics._quadratic import correlation, quadratic_form, whitener
from analysis.numerics._text import interval, p_text, percent, points

__all__ = [
    "Convergence",
    "correlation",
    "critical_value",
    "interval",
    "minimise",
    "p_text",
    "percent",
    "points",
    "quadratic_form",
    "whitener",
]
