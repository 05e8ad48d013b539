"""What the categories that are hidden hold together: readers work it out, so it is said."""

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.numerics import interval, percent
from analysis.survey.wording import listed


def remainder_note(rows: pd.DataFrame, *, first: str = "level") -> str:
    """Say what the categories whose own share is hidden have together, in a table's note.

    Parameters
    ----------
    rows : pandas.DataFrame
        `rest_n, rest_top` as `privacy.shown_margins` adds them, and a column of names.
    first : str
        The column of names.

    Returns
    -------
    str
        One sentence, with Wilson's interval; "" where none are hidden, or it may not be said.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["Web", "Post"], "rest_n": 72.0, "rest_top": 39.0})
    >>> remainder_note(rows)
    'Web and Post together, unadjusted: 54% (42% to 66%) of 72 people.'
    """
    known = rows.dropna(subset=["rest_n"])
    if known.empty:
        return ""
    n, top = (float(known[each].iloc[0]) for each in ("rest_n", "rest_top"))
    low, high = (float(end) for end in proportion_confint(top, n, method="wilson"))
    names = listed([str(each) for each in known[first]], most=12)
    ends = interval(low, high, "whole percent")
    return f"{names} together, unadjusted: {percent(top / n)} ({ends}) of {n:,.0f} people."
