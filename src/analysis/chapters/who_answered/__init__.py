"""The room of notebook 02: who answered, and how unlike the population are they."""

from analysis.chapters.who_answered.headlines import headline_rows
from analysis.chapters.who_answered.needs import left_out
from analysis.chapters.who_answered.short import short_texts

__all__ = ["headline_rows", "left_out", "short_texts"]
