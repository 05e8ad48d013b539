"""Who leaves the data and who is flagged, as the codebook says."""

from dataclasses import dataclass

#: Words that deny what follows, of which the codebook may list others (apostrophes are dropped).
NEGATORS = (
    "not", "no", "never", "nor", "neither", "none", "nobody", "without", "unable", "instead of",
    "rather than", "failed to", "cannot", "cant", "couldnt", "dont", "doesnt", "didnt", "wont",
    "wouldnt", "isnt", "wasnt", "arent", "werent", "hasnt", "havent", "hadnt", "shouldnt",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CleaningRules:
    """Who leaves and who is flagged; an empty rule is one that the survey has no use for."""

    blank: tuple[str, ...] = ("",)
    test_texts: tuple[str, ...] = ()
    no_connection: tuple[str, ...] = ()
    abandoned_without: tuple[str, ...] = ()
    double_within_minutes: int = 0
    last_reply_counts: bool = False
    speeder_seconds: int = 0
    straight_line: tuple[str, ...] = ()
    was_preferred_yes: str = ""
    negators: tuple[str, ...] = NEGATORS
