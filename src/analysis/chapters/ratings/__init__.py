"""The room of notebook 05: how do people rate visibility and accessibility."""

from analysis.chapters.ratings.district_sentences import district_title
from analysis.chapters.ratings.district_tables import (
    compared_districts,
    district_tests,
    highest_first,
    map_values,
    tau_within,
)
from analysis.chapters.ratings.group_tables import (
    below_everybody,
    group_tests,
    most_apart,
    shares_by,
)
from analysis.chapters.ratings.headlines import headline_rows
from analysis.chapters.ratings.needs import left_out
from analysis.chapters.ratings.pair_sentences import pair_texts, together_title, within_sentence
from analysis.chapters.ratings.people import ROLES, groupings, pairs, rated
from analysis.chapters.ratings.sentences import (
    answer_texts,
    differing_sentence,
    differing_title,
    rated_title,
)
from analysis.chapters.ratings.short import short_texts
from analysis.chapters.ratings.tables import (
    answer_bars,
    answer_pairs,
    correlations,
    overall_shares,
    pair_ranges,
    unweighted_and_weighted,
)

__all__ = [
    "ROLES",
    "answer_bars",
    "answer_pairs",
    "answer_texts",
    "below_everybody",
    "compared_districts",
    "correlations",
    "differing_sentence",
    "differing_title",
    "district_tests",
    "district_title",
    "group_tests",
    "groupings",
    "headline_rows",
    "highest_first",
    "left_out",
    "map_values",
    "most_apart",
    "overall_shares",
    "pair_ranges",
    "pair_texts",
    "pairs",
    "rated",
    "rated_title",
    "shares_by",
    "short_texts",
    "tau_within",
    "together_title",
    "unweighted_and_weighted",
    "within_sentence",
]
