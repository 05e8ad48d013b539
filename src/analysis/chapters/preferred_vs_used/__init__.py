"""The room of notebook 03: do people use the channel they say they prefer."""

from analysis.chapters.preferred_vs_used.claims import claim_note, claim_paragraphs, claims_of
from analysis.chapters.preferred_vs_used.headlines import headline_rows
from analysis.chapters.preferred_vs_used.needs import left_out
from analysis.chapters.preferred_vs_used.short import short_texts
from analysis.chapters.preferred_vs_used.shown import shift_tables, weighted_tables
from analysis.chapters.preferred_vs_used.weighted import (
    weighted_headlines,
    weighted_people,
    weighted_shares,
    weighted_shifts,
    weighted_test,
)

__all__ = [
    "claim_note",
    "claim_paragraphs",
    "claims_of",
    "headline_rows",
    "left_out",
    "shift_tables",
    "short_texts",
    "weighted_headlines",
    "weighted_people",
    "weighted_shares",
    "weighted_shifts",
    "weighted_tables",
    "weighted_test",
]
