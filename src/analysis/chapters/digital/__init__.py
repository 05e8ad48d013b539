"""The room of notebook 06, second part: who uses, and who prefers, digital channels."""

from analysis.chapters.digital.headlines import headline_rows
from analysis.chapters.digital.models import elsewhere, gap_tests, side_by_side
from analysis.chapters.digital.needs import left_out
from analysis.chapters.digital.people import NAMES
from analysis.chapters.digital.sentences import (
    GAP_NOTE,
    answer_text,
    digital_title,
    elsewhere_sentence,
    model_note,
)
from analysis.chapters.digital.tables import GAP_COLUMNS, GAP_KINDS, compared_people, every_gap

__all__ = [
    "GAP_COLUMNS",
    "GAP_KINDS",
    "GAP_NOTE",
    "NAMES",
    "answer_text",
    "compared_people",
    "digital_title",
    "elsewhere",
    "elsewhere_sentence",
    "every_gap",
    "gap_tests",
    "headline_rows",
    "left_out",
    "model_note",
    "side_by_side",
]
