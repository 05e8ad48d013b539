"""Why an interval, a test or an extreme misses what is wanted of it: found by looking, not made."""

#: Quantity or test -> the reason, a clause.
REASONS: dict[str, str] = {}

#: Extreme -> what lies behind it, a sentence.
EXTREMES: dict[str, str] = {}
