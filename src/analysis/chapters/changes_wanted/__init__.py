"""The room of notebook 07: what would people change, and why."""

from analysis.chapters.changes_wanted.headlines import headline_rows
from analysis.chapters.changes_wanted.needs import left_out
from analysis.chapters.changes_wanted.short import short_texts

__all__ = ["headline_rows", "left_out", "short_texts"]
