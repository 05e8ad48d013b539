"""Why an interval, a test or an extreme misses what is wanted of it: found by looking, not made."""

_ROUNDED = (
    "its ends are rounded outwards, so that no count can be worked out, which makes short "
    "intervals longer than they need to be: the price of disclosure control"
)

_OTHER_TEXT = (
    'free text behind "Other" that means a listed channel in words that the codebook does not '
    'list stays "Other" in one of the two answers'
)

_NOT_TOLD = (
    "people who did not tell age or sex have a weight, but keep the share that they have among "
    "those who answered, so weights undo a little less than they should; without them the bias "
    "is gone"
)

#: Quantity -> why its interval contains the truth more often than wanted, or leaves out 0 less
#: often where that is the truth; a clause.
WIDER: dict[str, str] = {
    "composition": _ROUNDED,
    "visibility_good": _ROUNDED,
    "accessibility_good": _ROUNDED,
    "digital_gap": _ROUNDED,
    "got_preferred": _ROUNDED,
    "video_age": _ROUNDED,
    "all_shifts": (
        "the interval of a channel that few people moved from or to is widened to whole points, "
        "besides holding together with the others"
    ),
    "moved": (
        "intervals of moves hold for all headlines together (max-t), so that of one alone is "
        "longer than it would need to be"
    ),
    "gap": (
        "on many measures districts hardly differ, and the people of a survey are too few to show "
        "how little: intervals allow for a wider spread than there is"
    ),
    "moved_most": (
        "intervals of moves hold for all headlines together (max-t), whichever moves most; ends "
        "are rounded outwards besides"
    ),
}

#: Quantity -> why its estimates are wrong on average, a clause. What people do not tell was looked
#: at in the same surveys without those people.
BIASES: dict[str, str] = {
    "visibility_accessibility": (
        "people who tick the same place in every rating are flagged and stay; they make two "
        "ratings go together more than they do, and without them the bias is gone"
    ),
    "districts": (
        "the most likely spread of ten districts is too small, in the study of docs/recovery.md by "
        "0.04 where it is 0.2 or 0.4: ten are few, and their mean is estimated along with it"
    ),
    "satisfied": (
        "people who tick the same place in every rating are flagged and stay; without them the "
        "bias is gone"
    ),
    "same_answer": _OTHER_TEXT,
    "digital_elsewhere": _OTHER_TEXT,
    "gap": (
        "a gap is shown only where enough people of the district gave the answer, in which chance "
        "has a part; gaps shown in fewer than half of the surveys are 1.1 points too high, those "
        "that are nearly always shown 0.2 too low"
    ),
    "moved": _NOT_TOLD,
    "change_same_as_why": (
        "the traps of the generator, answers on a theme in words of another, leave the reason "
        "as it was (more than half of the bias); and the phrases do not find every theme"
    ),
    "composition": "shares are rounded to whole percent",
    "reached": "where counts are rounded the middle of the range stands for the share",
    "theme": "the phrases of a theme do not find every answer that names it",
}

#: The same of estimates with weights, where these are the reason.
WEIGHTED_BIASES: dict[str, str] = {"video_likely": _NOT_TOLD, "digital_gap": _NOT_TOLD}

#: Extreme -> when it is said ("over" if it is shown to be overstated, "under" if understated,
#: "not over" if it is not shown to be overstated, "ever"), and what lies behind it, a sentence.
EXTREMES: dict[str, tuple[str, str]] = {
    "moved_most": (
        "under",
        "The headline moved most is understated: people who did not tell age or sex have a weight "
        "that cannot bring them to the population.",
    ),
    "least_reached": (
        "over",
        "The channel least reached is chosen among several that few people prefer, whose shares "
        "have wide intervals and lie close together: the one named owes its place to chance in "
        "good part.",
    ),
    "most_missing": (
        "over",
        "The group most missing is chosen among many groups of age and sex, of which two are "
        "about as far from the population.",
    ),
    "largest_shift": (
        "not over",
        "The largest shift is not shown to overstate itself: it is far ahead of the others; with "
        "few replies, or channels that are alike, it would.",
    ),
    "district_lowest": (
        "ever",
        "Districts are drawn towards each other before one is named, which takes most of the "
        "exaggeration out.",
    ),
}
