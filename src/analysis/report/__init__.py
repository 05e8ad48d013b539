"""What several notebooks show: tables, prose, sentences, headlines and common comparisons.

Each function below is in the module that the import names.
"""

from analysis.numerics import interval, p_text, percent, points
from analysis.privacy import HIDDEN
from analysis.report._composition import composition, dissimilarity, shown_composition
from analysis.report._coverage import shown_coverage
from analysis.report._display import Prose, Shown, literal
from analysis.report._districts import (
    DistrictShares,
    coarse_note,
    district_shares,
    ranked,
    rated_districts,
    with_gaps,
)
from analysis.report._extremes import apart_clause, beside_first, first_of, size_clause
from analysis.report._groupings import (
    adjusted,
    has_two_groups,
    labelled,
    likelihood_ratios,
    shown_adjusted,
    told_by_most,
    with_labels,
)
from analysis.report._joined_groups import joined_ages, joined_channel_groups
from analysis.report._models import furthest, models_beside, term_table, with_and_without
from analysis.report._origins import outdated
from analysis.report._parts import LEFT_OUT, NOTEBOOK, Parts, leave_out, parts_needed
from analysis.report._plain import (
    give_or_take,
    give_or_take_points,
    margin,
    shares_margin,
    worst_sentence,
)
from analysis.report._prose import IN_SHORT, answer, because, days, line, prose, quote, several
from analysis.report._questions import question
from analysis.report._reasons import (
    all_of,
    few_groups,
    few_people,
    not_asked,
    not_between_districts,
)
from analysis.report._remainders import remainder_note
from analysis.report._sentences import (
    adjusted_text,
    difference_sentence,
    furthest_sentence,
    odds_sentence,
    range_text,
    spread_sentence,
    spread_text,
)
from analysis.report._tables import estimate, show, show_counts, show_ledger
from analysis.report._told_shares import how_many, told_interval, told_text
from analysis.report._weighted import (
    Weighted,
    told_weighted,
    weighted_clause,
    weighted_row,
    weighted_share,
    with_weights,
)
from analysis.survey.wording import at_start, in_sentence, listed

__all__ = [
    "HIDDEN",
    "IN_SHORT",
    "LEFT_OUT",
    "NOTEBOOK",
    "DistrictShares",
    "Parts",
    "Prose",
    "Shown",
    "Weighted",
    "adjusted",
    "adjusted_text",
    "all_of",
    "answer",
    "apart_clause",
    "at_start",
    "because",
    "beside_first",
    "coarse_note",
    "composition",
    "days",
    "difference_sentence",
    "dissimilarity",
    "district_shares",
    "estimate",
    "few_groups",
    "few_people",
    "first_of",
    "furthest",
    "furthest_sentence",
    "give_or_take",
    "give_or_take_points",
    "has_two_groups",
    "how_many",
    "in_sentence",
    "interval",
    "joined_ages",
    "joined_channel_groups",
    "labelled",
    "leave_out",
    "likelihood_ratios",
    "line",
    "listed",
    "literal",
    "margin",
    "models_beside",
    "not_asked",
    "not_between_districts",
    "odds_sentence",
    "outdated",
    "p_text",
    "parts_needed",
    "percent",
    "points",
    "prose",
    "question",
    "quote",
    "range_text",
    "ranked",
    "rated_districts",
    "remainder_note",
    "several",
    "shares_margin",
    "show",
    "show_counts",
    "show_ledger",
    "shown_adjusted",
    "shown_composition",
    "shown_coverage",
    "size_clause",
    "spread_sentence",
    "spread_text",
    "term_table",
    "told_by_most",
    "told_interval",
    "told_text",
    "told_weighted",
    "weighted_clause",
    "weighted_row",
    "weighted_share",
    "with_and_without",
    "with_gaps",
    "with_labels",
    "with_weights",
    "worst_sentence",
]
