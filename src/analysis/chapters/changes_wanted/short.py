"""What people would change in a plain sentence."""

import pandas as pd

from analysis.chapters.changes_wanted.tables import named_themes
from analysis.report import give_or_take, in_sentence, listed, margin, percent


def short_texts(themes: pd.DataFrame) -> list[str]:
    """Answer in plain words what people would change.

    Parameters
    ----------
    themes : pandas.DataFrame
        As `tables.shown_themes` returns it.

    Returns
    -------
    list of str
        The three changes named most, and whether one of them comes first; nothing without shares.

    Examples
    --------
    >>> themes = pd.DataFrame({"level": ["Hours", "Speed"], "estimate": [0.2, 0.18],
    ...     "conf_low": [0.17, 0.15], "conf_high": [0.23, 0.21], "n": 650})
    >>> print(*short_texts(themes))
    Of 650 people who said what they would change 20% named hours and 18% speed, each give or take \
3 points. Which of them is named most cannot be said.
    """
    rows = named_themes(themes).sort_values("estimate", ascending=False, kind="stable").head(3)
    if rows.empty:
        return []
    first, *others = rows.itertuples()
    names = [f"{percent(first.estimate)} named {in_sentence(first.level)}"]
    names += [f"{percent(row.estimate)} {in_sentence(row.level)}" for row in others]
    widest = max(rows.itertuples(), key=margin)
    who = f"Of {int(first.n):,} people who said what they would change"
    said = f"{who} {listed(names)}, each {give_or_take(widest)}."
    if others and others[0].conf_high >= first.conf_low:
        said += " Which of them is named most cannot be said."
    return [said]
