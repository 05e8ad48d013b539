"""What may be shown: the only room that knows how few people are too few.

Every rule is here: which numbers are hidden, which others with them, what is rounded and how far,
which intervals and p-values are widened, what is taken out of open text. Chapters say which people
a number rests on, ask, and apply the answer. Each function below is in the module that the import
names.
"""

from analysis.privacy._answers import (
    answer_counts,
    answer_ranges,
    ranged_answers,
    rounded_distribution,
    shown_answers,
    shown_distribution,
)
from analysis.privacy._bounds import JOINT, bounded_p, widened_shifts
from analysis.privacy._changes import may_tell_change
from analysis.privacy._controlled import behind_cell
from analysis.privacy._crossed import crossed_shares, round_crossed, round_one
from analysis.privacy._details import Detail, find_details
from analysis.privacy._dictionary import is_listed_name, is_ordinary, is_plain_word
from analysis.privacy._marks import ABSENT, HIDDEN, HIDDEN_NUMBER, hide, is_hidden, mark
from analysis.privacy._parts import kept_parts
from analysis.privacy._pattern import suppression_pattern
from analysis.privacy._predictions import may_show, shown_margins, shown_predictions
from analysis.privacy._ranges import RangedTable, range_words, ranged_table
from analysis.privacy._redaction import ordinary_words, redact, without_markup
from analysis.privacy._rounding import (
    behind_rounded,
    rough_sizes,
    round_people,
    round_table,
    rounded_out,
    rounded_totals,
)
from analysis.privacy._rule import (
    Rule,
    drawn_again,
    rule_of,
    with_rule,
    with_stricter_rule,
)
from analysis.privacy._shares import (
    COARSE,
    FINE,
    SHARE_NUMBERS,
    outside_step,
    outside_told,
    shown_shares,
    tells_outside,
)
from analysis.privacy._shifts import hidden_shift_levels, shown_group_shifts, shown_shifts
from analysis.privacy._suppression import hide_small
from analysis.privacy._told import ToldShare, told_share, told_split
from analysis.privacy._waves import (
    hidden_groups_in_either,
    hidden_in_either,
    hidden_places_in_either,
    hidden_weighted_in_either,
)
from analysis.privacy._weighted import (
    hidden_weighted,
    hidden_weighted_groups,
    weights_tell,
)

__all__ = [
    "ABSENT",
    "COARSE",
    "FINE",
    "HIDDEN",
    "HIDDEN_NUMBER",
    "JOINT",
    "SHARE_NUMBERS",
    "Detail",
    "RangedTable",
    "Rule",
    "ToldShare",
    "answer_counts",
    "answer_ranges",
    "behind_cell",
    "behind_rounded",
    "bounded_p",
    "crossed_shares",
    "drawn_again",
    "find_details",
    "hidden_groups_in_either",
    "hidden_in_either",
    "hidden_places_in_either",
    "hidden_shift_levels",
    "hidden_weighted",
    "hidden_weighted_groups",
    "hidden_weighted_in_either",
    "hide",
    "hide_small",
    "is_hidden",
    "is_listed_name",
    "is_ordinary",
    "is_plain_word",
    "kept_parts",
    "mark",
    "may_show",
    "may_tell_change",
    "ordinary_words",
    "outside_step",
    "outside_told",
    "range_words",
    "ranged_answers",
    "ranged_table",
    "redact",
    "rough_sizes",
    "round_crossed",
    "round_one",
    "round_people",
    "round_table",
    "rounded_distribution",
    "rounded_out",
    "rounded_totals",
    "rule_of",
    "shown_answers",
    "shown_distribution",
    "shown_group_shifts",
    "shown_margins",
    "shown_predictions",
    "shown_shares",
    "shown_shifts",
    "suppression_pattern",
    "tells_outside",
    "told_share",
    "told_split",
    "weights_tell",
    "widened_shifts",
    "with_rule",
    "with_stricter_rule",
    "without_markup",
]
