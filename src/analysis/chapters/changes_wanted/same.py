"""Whose reason is about what they would change."""

import pandas as pd

from analysis.themes.theme_codes import CodedThemes


def same_theme(what: CodedThemes, why: CodedThemes) -> pd.Series:
    """Mark who gives a reason about something that they would change.

    Parameters
    ----------
    what, why : CodedThemes
        Answers to the two questions.

    Returns
    -------
    pandas.Series
        Boolean, of the people with a theme in both answers.
    """
    one, two = what.indicators[~what.uncoded], why.indicators[~why.uncoded]
    both = one.index.intersection(two.index)
    return (one.loc[both] & two.loc[both]).any(axis=1)
