"""From the raw export to cleaned responses: who leaves, and what the answers stand for."""

from analysis.cleaning.replies import Cleaned, clean

__all__ = [
    "Cleaned",
    "clean",
]
