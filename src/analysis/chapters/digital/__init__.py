"""The room of notebook 06, second part: who uses, and who prefers, digital channels."""

from analysis.chapters.digital.headlines import headline_rows
from analysis.chapters.digital.models import elsewhere, gap_tests, side_by_side
from analysis.chapters.digital.needs import left_out
from analysis.chapters.digital.people import NAMES
from analysis.chapters.digital.sentences import (
    answer_text,
    elsewhere_sentence,
)
from analysis.chapters.digital.tables import compared_people, every_gap
from analysis.chapters.digital.titles import (
    GAP_KINDS,
    adjusted_for,
    digital_subtitle,
    digital_title,
    gap_note,
    gap_table,
    model_note,
)

__all__ = [
    "GAP_KINDS",
    "NAMES",
    "adjusted_for",
    "answer_text",
    "compared_people",
    "digital_subtitle",
    "digital_title",
    "elsewhere",
    "elsewhere_sentence",
    "every_gap",
    "gap_note",
    "gap_table",
    "gap_tests",
    "headline_rows",
    "left_out",
    "model_note",
    "side_by_side",
]
