"""What the categories that are hidden hold together, as far as it may be said."""

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.numerics import interval
from analysis.survey.wording import listed


def remainder_note(rows: pd.DataFrame, *, first: str = "level") -> str:
    """Say what the categories whose own share is hidden have together, in a table's note.

    Parameters
    ----------
    rows : pandas.DataFrame
        `rest_n, rest_low, rest_high` as `privacy.shown_margins` adds them, and a column of names.
    first : str
        The column of names.

    Returns
    -------
    str
        One sentence; the interval holds Wilson's of all numbers of people that the rounded one
        may stand for. "" where none are hidden, or it may not be said.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"level": ["Web", "Post"], "rest_n": 72.0, "rest_low": 35.0, "rest_high": 44.0}
    ... )
    >>> remainder_note(rows)
    'Web and Post together, unadjusted: 48% to 62% (37% to 72%) of 72 people.'
    """
    known = rows.dropna(subset=["rest_n"])
    if known.empty:
        return ""
    n, *people = (float(known[each].iloc[0]) for each in ("rest_n", "rest_low", "rest_high"))
    low, high = (float(proportion_confint(each, n, method="wilson")[at])
                 for at, each in enumerate(people))  # fmt: skip
    names = listed([str(each) for each in known[first]], most=12)
    share = interval(people[0] / n, people[1] / n, "whole percent")
    ends = interval(low, high, "whole percent")
    return f"{names} together, unadjusted: {share} ({ends}) of {n:,.0f} people."
