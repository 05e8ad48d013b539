"""The room of notebook 06, first part: who would use a private video chat in a public building."""

from analysis.chapters.video_chat.compared import against_preference, by_preference, with_adjusted
from analysis.chapters.video_chat.headlines import headline_rows
from analysis.chapters.video_chat.kept import KEPT, KEPT_KINDS, kept_and_left, kept_sentence
from analysis.chapters.video_chat.models import (
    ADJUSTED_COLUMNS,
    furthest_at_top,
    odds_tests,
    share_tests,
    side_by_side,
    top_alone,
)
from analysis.chapters.video_chat.needs import left_out
from analysis.chapters.video_chat.people import groupings, likely, told
from analysis.chapters.video_chat.places import asked_where, weighted_place
from analysis.chapters.video_chat.sentences import (
    answer_texts,
    differ_sentence,
    missing_sentence,
    said,
    top_sentence,
    who_sentences,
)
from analysis.chapters.video_chat.service_sentences import against_sentence, places_sentence
from analysis.chapters.video_chat.short import short_texts
from analysis.chapters.video_chat.tables import (
    answers_by_first,
    overall_share,
    ranges_by_first,
    shown_answer_shares,
    shown_group_shares,
    with_everybody,
)
from analysis.chapters.video_chat.titles import (
    COMPARED,
    adjusted_title,
    answers_subtitle,
    answers_title,
    places_caption,
    places_subtitle,
    places_title,
    preference_note,
    unweighted_sentence,
)

__all__ = [
    "ADJUSTED_COLUMNS",
    "COMPARED",
    "KEPT",
    "KEPT_KINDS",
    "adjusted_title",
    "against_preference",
    "against_sentence",
    "answer_texts",
    "answers_by_first",
    "answers_subtitle",
    "answers_title",
    "asked_where",
    "by_preference",
    "differ_sentence",
    "furthest_at_top",
    "groupings",
    "headline_rows",
    "kept_and_left",
    "kept_sentence",
    "left_out",
    "likely",
    "missing_sentence",
    "odds_tests",
    "overall_share",
    "places_caption",
    "places_sentence",
    "places_subtitle",
    "places_title",
    "preference_note",
    "ranges_by_first",
    "said",
    "share_tests",
    "short_texts",
    "shown_answer_shares",
    "shown_group_shares",
    "side_by_side",
    "told",
    "top_alone",
    "top_sentence",
    "unweighted_sentence",
    "weighted_place",
    "who_sentences",
    "with_adjusted",
    "with_everybody",
]
