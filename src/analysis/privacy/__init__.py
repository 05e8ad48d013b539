"""What may be shown: the only room that knows how few people are too few.

Every rule is here: which numbers are hidden, which others with them, what is rounded and how far,
which intervals and p-values are widened, what is taken out of open text. Chapters say which people
a number rests on, and ask; they never decide.
"""

from analysis.privacy._answers import (
    answer_counts,
    rounded_distribution,
    shown_answers,
    shown_distribution,
    with_not_told,
)
from analysis.privacy._bounds import JOINT, widened_shifts
from analysis.privacy._marks import HIDDEN
from analysis.privacy._predictions import shown_margins, shown_predictions
from analysis.privacy._redaction import ordinary_words, redact
from analysis.privacy._rounding import round_people, round_table, rounded_out
from analysis.privacy._shares import SHARE_NUMBERS, shown_shares
from analysis.privacy._shifts import shown_group_shifts, shown_shifts
from analysis.privacy._suppression import hide_small, people_needed, require_shown

__all__ = [
    "HIDDEN",
    "JOINT",
    "SHARE_NUMBERS",
    "answer_counts",
    "hide_small",
    "ordinary_words",
    "people_needed",
    "redact",
    "require_shown",
    "round_people",
    "round_table",
    "rounded_distribution",
    "rounded_out",
    "shown_answers",
    "shown_distribution",
    "shown_group_shifts",
    "shown_margins",
    "shown_predictions",
    "shown_shares",
    "shown_shifts",
    "widened_shifts",
    "with_not_told",
]
