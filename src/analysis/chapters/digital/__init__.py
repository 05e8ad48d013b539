"""The room of notebook 06, second part: who uses, and who prefers, digital channels."""

from analysis.chapters.digital.headlines import headline_rows
from analysis.chapters.digital.models import elsewhere, gap_tests, model_tests, use_and_preference
from analysis.chapters.digital.people import answered_both
from analysis.chapters.digital.sentences import (
    GAP_NOTE,
    answer_text,
    digital_title,
    elsewhere_sentence,
    model_note,
)
from analysis.chapters.digital.tables import GAP_COLUMNS, GAP_KINDS, every_gap

__all__ = [
    "GAP_COLUMNS",
    "GAP_KINDS",
    "GAP_NOTE",
    "answer_text",
    "answered_both",
    "digital_title",
    "elsewhere",
    "elsewhere_sentence",
    "every_gap",
    "gap_tests",
    "headline_rows",
    "model_note",
    "model_tests",
    "use_and_preference",
]
