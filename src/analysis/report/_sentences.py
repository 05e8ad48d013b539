"""Sentences that several notebooks make from their tables."""

import pandas as pd

from analysis.numerics import interval, p_text, percent
from analysis.privacy import Rule, ToldShare
from analysis.proportions import Share
from analysis.survey.wording import in_sentence


def how_many(share: Share, rule: Rule) -> str:
    """Say how many people a share is of, where few are on one side by a bound.

    Parameters
    ----------
    share : Share
        Any share.
    rule : Rule
        The fewest people that a shown number may rest on.

    Returns
    -------
    str
        A percentage, or the bound that the rule allows; "" if few are on both sides, or of nobody.

    Examples
    --------
    >>> shares = [Share(estimate=0.5, conf_low=0.4, conf_high=0.6, n_yes=yes, n=60)
    ...           for yes in (30, 9, 51)]
    >>> [how_many(each, Rule(10)) for each in shares]
    ['50%', 'fewer than 10', 'all but fewer than 10']
    >>> how_many(Share(estimate=0.5, conf_low=0.2, conf_high=0.8, n_yes=7, n=14), Rule(10))
    ''
    """
    yes, others = share.n_yes, share.n - share.n_yes
    if rule.enough(yes, others):
        return percent(share.estimate)
    if rule.few(yes) and rule.few(others):
        return ""
    few = f"fewer than {rule.people()}"
    return few if rule.few(yes) else f"all but {few}"


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


def range_text(start: str, shares: pd.DataFrame, *, aside: str = "", proper: bool = False) -> str:
    """Say which category has the lowest and which the highest adjusted share.

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

    Returns
    -------
    str
        One sentence with intervals; "" if there are fewer than two categories.

    Examples
    --------
    >>> shares = pd.DataFrame({"level": ["A", "B"], "estimate": [0.5, 0.6],
    ...                        "conf_low": [0.4, 0.5], "conf_high": [0.6, 0.7]})
    >>> range_text("By group", shares)
    'By group, the adjusted share runs from 50% (40% to 60%) for A to 60% (50% to 70%) for B.'
    """
    known = shares.dropna(subset=["estimate"]).sort_values("estimate", kind="stable")
    known = known[known["level"] != aside]
    if len(known) < 2:
        return ""
    named = str if proper else in_sentence
    low, high = (
        f"{percent(row['estimate'])} "
        f"({interval(row['conf_low'], row['conf_high'], 'whole percent')}) "
        f"for {named(row['level'])}"
        for _, row in known.iloc[[0, -1]].iterrows()
    )
    left_out = f' ("{aside}" aside)' if aside else ""
    return f"{start}, the adjusted share runs from {low} to {high}{left_out}."


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


def told_text(told: ToldShare | pd.Series, *, digits: int = 0) -> str:
    """Write a share as far as it is told: a number, or the range that rounding leaves.

    Parameters
    ----------
    told : ToldShare or pandas.Series
        The share, with its `low` and `high`, `conf_low` and `conf_high`.
    digits : int
        Decimals of an exact share; a range is in whole percent.

    Returns
    -------
    str
        Such as "12%" or "8% to 13%".

    Examples
    --------
    >>> from analysis.privacy import Rule, told_share
    >>> told_text(told_share(23, 187, rule=Rule(10), exact=True), digits=1)
    '12.3%'
    >>> told_text(told_share(23, 187, rule=Rule(10), exact=False))
    '8% to 13%'
    """
    if told.low == told.high:
        return percent(told.low, digits)
    return interval(told.low, told.high, "whole percent")


def told_interval(told: ToldShare | pd.Series) -> str:
    """Write the interval of a share: in whole percent where the share is a range.

    Parameters
    ----------
    told : ToldShare or pandas.Series
        The share, with its `low` and `high`, `conf_low` and `conf_high`.

    Returns
    -------
    str
        Such as "8.3% to 17.8%" or "4% to 19%".

    Examples
    --------
    >>> from analysis.privacy import Rule, told_share
    >>> told_interval(told_share(23, 187, rule=Rule(10), exact=True))
    '8.3% to 17.8%'
    >>> told_interval(told_share(23, 187, rule=Rule(10), exact=False))
    '4% to 19%'
    """
    kind = "percent" if told.low == told.high else "whole percent"
    return interval(told.conf_low, told.conf_high, kind)
