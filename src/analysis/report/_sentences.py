"""Sentences that several notebooks make from their tables."""

import pandas as pd

from analysis.numerics import interval, p_text, percent
from analysis.report._extremes import beside_first
from analysis.survey.wording import in_sentence


def spread_sentence(
    what: str, between: str, p_adjusted: float, spread: pd.Series, *, logit: bool = False
) -> str:
    """Say whether groups differ by more than chance explains, and by how much.

    Parameters
    ----------
    what, between : str
        What is compared, between what.
    p_adjusted : float
        Of the test that the spread is 0.
    spread : pandas.Series
        `estimate, conf_low, conf_high` of the standard deviation of shares between the groups.
    logit : bool
        True if `spread` is on the logit scale of a model of the whole scale.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> spread = pd.Series({"estimate": 0.058, "conf_low": 0.021, "conf_high": 0.119})
    >>> print(spread_sentence("Satisfaction", "districts", 0.007, spread))
    Satisfaction differs between districts by more than chance explains (Holm-adjusted p = 0.007; \
standard deviation 5.8 points, 2.1 to 11.9).
    """
    size = f"standard deviation {spread_text(spread, logit=logit)}"
    shown = f"(Holm-adjusted {p_text(p_adjusted)}; {size})"
    if p_adjusted < 0.05:
        return f"{what} differs between {between} by more than chance explains {shown}."
    return f"These data do not show that {in_sentence(what)} differs between {between} {shown}."


def spread_text(spread: pd.Series, *, logit: bool = False) -> str:
    """Say how far groups are apart.

    Parameters
    ----------
    spread : pandas.Series
        `estimate, conf_low, conf_high` of the standard deviation between the groups.
    logit : bool
        True if it is on the logit scale, else it is one of shares.

    Returns
    -------
    str
        As it follows "standard deviation".

    Examples
    --------
    >>> spread_text(pd.Series({"estimate": 0.058, "conf_low": 0.0, "conf_high": 0.119}))
    '5.8 points, 0.0 to 11.9'
    >>> spread_text(pd.Series({"estimate": 0.2, "conf_low": 0.0, "conf_high": 0.5}), logit=True)
    '0.20 on the logit scale, 0.00 to 0.50'
    """
    value, low, high = spread["estimate"], spread["conf_low"], spread["conf_high"]
    if logit:
        return f"{value:.2f} on the logit scale, {interval(low, high, 'number')}"
    span = interval(low, high, "points").replace("+", "")
    return f"{100 * value:.1f} points, {span}"


def odds_sentence(freed: pd.DataFrame) -> str:
    """Say what the tests of proportional odds find.

    Parameters
    ----------
    freed : pandas.DataFrame
        `p_adjusted` of the tests of the terms.

    Returns
    -------
    str
        One sentence; "" without tests.

    Examples
    --------
    >>> odds_sentence(pd.DataFrame({"p_adjusted": [0.2, 0.3]}))
    'The tests do not speak against proportional odds (smallest Holm-adjusted p = 0.200).'
    """
    if freed.empty:
        return ""
    least = float(freed["p_adjusted"].min())
    start = "The tests do not speak against" if least >= 0.05 else "A test speaks against"
    return f"{start} proportional odds (smallest Holm-adjusted {p_text(least)})."


def furthest_sentence(furthest: pd.Series) -> str:
    """Say how far a model of the top answers alone moves shares.

    Parameters
    ----------
    furthest : pandas.Series
        `level, apart, outside`: which share moves most, by how much, and how many leave their
        interval.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> print(furthest_sentence(pd.Series({"level": "16-24", "apart": 0.03, "outside": 0})))
    In a model of the top answers alone, which does not suppose proportional odds, the share that \
moves most is that of 16-24, by 3 points; every share stays within its interval.
    """
    far, out = round(100 * furthest["apart"]), int(furthest["outside"])
    left = "1 leaves its interval" if out == 1 else f"{out} leave their interval"
    stay = left if out else "every share stays within its interval"
    return (
        "In a model of the top answers alone, which does not suppose proportional odds, the share "
        f"that moves most is that of {in_sentence(furthest['level'])}, by {far} "
        f"point{'s' * (far != 1)}; {stay}."
    )


def adjusted_text(row: pd.Series, satisfied: str, *, how: str = "adjusted") -> str:
    """Say the adjusted share of one category, in whole percent.

    Parameters
    ----------
    row : pandas.Series
        `level, estimate, conf_low, conf_high, n`.
    satisfied : str
        What the share did.
    how : str
        What was done to the share, if it was not adjusted.

    Returns
    -------
    str
        One sentence with interval and people.

    Examples
    --------
    >>> row = pd.Series({"level": "Webchat", "estimate": 0.6, "conf_low": 0.45,
    ...                  "conf_high": 0.75, "n": 43})
    >>> adjusted_text(row, "were content")
    'Webchat: 60% were content, adjusted (45% to 75%; 43 people).'
    """
    span = interval(row["conf_low"], row["conf_high"], "whole percent")
    people = f"{int(row['n']):,} people"
    return f"{row['level']}: {percent(row['estimate'])} {satisfied}, {how} ({span}; {people})."


def range_text(
    start: str,
    shares: pd.DataFrame,
    *,
    aside: str = "",
    proper: bool = False,
    what: str = "adjusted share",
) -> str:
    """Say which category has the lowest and which the highest share.

    Parameters
    ----------
    start : str
        How the sentence begins.
    shares : pandas.DataFrame
        As `privacy.shown_predictions` returns them.
    aside : str
        A category that is not named, since it gathers different things.
    proper : bool
        True if the names keep their capital inside a sentence.
    what : str
        What the numbers are.

    Returns
    -------
    str
        One sentence with intervals; "" if there are fewer than two categories.

    Examples
    --------
    >>> shares = pd.DataFrame({"level": ["A", "B"], "estimate": [0.5, 0.6],
    ...                        "conf_low": [0.4, 0.55], "conf_high": [0.54, 0.7]})
    >>> range_text("By group", shares)
    'By group, the adjusted share runs from 50% (40% to 54%) for A to 60% (55% to 70%) for B.'
    """
    known = shares.dropna(subset=["estimate"]).sort_values("estimate", kind="stable")
    known = known[known["level"] != aside]
    if len(known) < 2:
        return ""
    named = str if proper else in_sentence
    low, high = (
        f"{percent(row['estimate'])} "
        f"({interval(row['conf_low'], row['conf_high'], 'whole percent')}{beside_first(order)}) "
        f"for {named(row['level'])}"
        for order in (known, known.iloc[::-1])
        for _, row in order.head(1).iterrows()
    )
    left_out = f' ("{aside}" aside)' if aside else ""
    return f"{start}, the {what} runs from {low} to {high}{left_out}."


def difference_sentence(what: str, between: str, p_adjusted: float) -> str:
    """Say what a test found, without taking a lack of evidence for a lack of difference.

    Parameters
    ----------
    what, between : str
        What is compared, between what: "Satisfaction", "districts".
    p_adjusted : float
        The adjusted p-value.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> difference_sentence("Satisfaction", "districts", 0.2)
    'These data do not show that satisfaction differs between districts (Holm-adjusted p = 0.200).'
    """
    shown = f"Holm-adjusted {p_text(p_adjusted)}"
    if p_adjusted < 0.05:
        return f"{what} differs between {between} ({shown})."
    return f"These data do not show that {in_sentence(what)} differs between {between} ({shown})."
