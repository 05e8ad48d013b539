"""The room of notebook 06, first part: who would use a private video chat in a public building."""

from analysis.chapters.video_chat.headlines import headline_rows
from analysis.chapters.video_chat.models import (
    ADJUSTED_COLUMNS,
    by_preference,
    furthest_at_top,
    share_tests,
    shown_compared,
    top_alone,
    with_adjusted,
)
from analysis.chapters.video_chat.people import groupings, likely, told
from analysis.chapters.video_chat.sentences import (
    answer_texts,
    differ_sentence,
    missing_sentence,
    said,
    top_sentence,
    who_sentences,
)
from analysis.chapters.video_chat.service_sentences import against_sentence, places_sentence
from analysis.chapters.video_chat.tables import (
    asked_where,
    rounded_answers,
    shown_answer_shares,
    shown_group_shares,
    weighted_share,
    with_everybody,
)
from analysis.chapters.video_chat.titles import (
    COMPARED,
    adjusted_title,
    places_caption,
    places_subtitle,
    places_title,
    preference_note,
)

__all__ = [
    "ADJUSTED_COLUMNS",
    "COMPARED",
    "adjusted_title",
    "against_sentence",
    "answer_texts",
    "asked_where",
    "by_preference",
    "differ_sentence",
    "furthest_at_top",
    "groupings",
    "headline_rows",
    "likely",
    "missing_sentence",
    "places_caption",
    "places_sentence",
    "places_subtitle",
    "places_title",
    "preference_note",
    "rounded_answers",
    "said",
    "share_tests",
    "shown_answer_shares",
    "shown_compared",
    "shown_group_shares",
    "told",
    "top_alone",
    "top_sentence",
    "weighted_share",
    "who_sentences",
    "with_adjusted",
    "with_everybody",
]
