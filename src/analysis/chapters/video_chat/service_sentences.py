"""Sentences on where people would use a video chat, and whom it would serve."""

import pandas as pd

from analysis.report import in_sentence, interval, listed, p_text, percent, points
from analysis.survey.codebook import Words


def places_sentence(places: pd.DataFrame, most: int = 3) -> str:
    """Name the places that most people would use it in.

    Parameters
    ----------
    places : pandas.DataFrame
        As `places.shown_places` returns it, most first.
    most : int
        How many are named.

    Returns
    -------
    str
        One sentence with intervals and people; a remark if none can be shown, "" of no places.

    Examples
    --------
    >>> places = pd.DataFrame({"level": ["Library"], "estimate": [0.5], "conf_low": [0.4],
    ...                        "conf_high": [0.6], "n": [90]})
    >>> places_sentence(places)
    'Of 90 people who named a place, 50% (40% to 60%) ticked library.'
    """
    if places.empty:
        return ""
    known = places.dropna(subset=["estimate"]).head(most)
    if known.empty:
        return "Each place was ticked by too few people, or by all but a few, for it to be shown."
    cells = [
        f"{percent(row.estimate)} ({interval(row.conf_low, row.conf_high, 'whole percent')}) "
        f"ticked {in_sentence(row.level)}"
        for row in known.itertuples()
    ]
    return f"Of {int(known['n'].iloc[0]):,} people who named a place, {listed(cells)}."


def against_sentence(row: pd.Series | None, answered: str, words: Words) -> str:
    """Say whether people who used a channel against their preference answer otherwise.

    Parameters
    ----------
    row : pandas.Series or None
        As `compared.against_preference` returns it: first who used what they prefer, second who
        used another one.
    answered : str
        What the shares did.
    words : Words
        The survey's words.

    Returns
    -------
    str
        One sentence; "" where the comparison is left out.

    Examples
    --------
    >>> row = pd.Series({"share_first": 0.3, "share_second": 0.35, "estimate": 0.05,
    ...     "conf_low": -0.03, "conf_high": 0.13, "p_value": 0.2, "n_first": 300, "n_second": 200})
    >>> from analysis import survey
    >>> print(against_sentence(row, "would", survey.load("herts_2023").words))
    Of 200 people who used another channel than the one they prefer 35% would, of 300 who used \
that one 30%: +5 points (95% interval -3 to +13; p = 0.200).
    """
    if row is None:
        return ""
    span = interval(row["conf_low"], row["conf_high"], "whole points")
    return (
        f"Of {int(row['n_second']):,} people who used another {words.channel} than the one they "
        f"prefer {percent(row['share_second'])} {answered}, of {int(row['n_first']):,} who used "
        f"that one {percent(row['share_first'])}: {points(row['estimate'], 0)} points "
        f"(95% interval {span}; {p_text(row['p_value'])})."
    )
