"""How well the methods find what is known to be true, for notebook 10; and what it needs."""

from analysis.chapters.known_truth.names import headings
from analysis.chapters.known_truth.needs import left_out
from analysis.chapters.known_truth.stored import manifest, read_table

__all__ = ["headings", "left_out", "manifest", "read_table"]
