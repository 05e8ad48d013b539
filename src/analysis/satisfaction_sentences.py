"""Sentences on satisfaction, made from the tables of its notebook."""

import pandas as pd

from analysis.ordinal import ModelTest
from analysis.proportions import Share
from analysis.report import interval, p_text, percent, points
from analysis.sentences import in_sentence, listed


def overall_sentence(overall: Share, satisfied: str) -> str:
    """Say the share of everybody.

    Parameters
    ----------
    overall : Share
        The share.
    satisfied : str
        What it did.

    Returns
    -------
    str
        One sentence with interval and people.

    Examples
    --------
    >>> from analysis.proportions import share
    >>> overall_sentence(share(pd.Series([True, True, True, False])), "were content")
    '75% of 4 people were content (95% interval 30.1% to 95.4%).'
    """
    who = f"{percent(overall.estimate)} of {overall.n:,} people {satisfied}"
    return f"{who} (95% interval {interval(overall.conf_low, overall.conf_high)})."


def spread_sentence(what: str, between: str, p_adjusted: float, spread: pd.Series) -> str:
    """Say whether groups differ by more than chance explains, and by how much.

    Parameters
    ----------
    what, between : str
        What is compared, between what.
    p_adjusted : float
        Of the test that the spread is 0.
    spread : pandas.Series
        `estimate, conf_low, conf_high` of the standard deviation, on the logit scale.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> spread = pd.Series({"estimate": 0.26, "conf_low": 0.09, "conf_high": 0.52})
    >>> print(spread_sentence("Satisfaction", "districts", 0.007, spread))
    Satisfaction differs between districts by more than chance explains (Holm-adjusted p = 0.007; \
standard deviation 0.26 on the logit scale, 0.09 to 0.52).
    """
    size = f"standard deviation {spread['estimate']:.2f} on the logit scale"
    span = f"{spread['conf_low']:.2f} to {spread['conf_high']:.2f}"
    shown = f"(Holm-adjusted {p_text(p_adjusted)}; {size}, {span})"
    if p_adjusted < 0.05:
        return f"{what} differs between {between} by more than chance explains {shown}."
    return f"These data do not show that {in_sentence(what)} differs between {between} {shown}."


def lowest_sentence(groups: pd.DataFrame, lowest: int) -> str:
    """Name the groups that are likely to be among the lowest.

    Parameters
    ----------
    groups : pandas.DataFrame
        `level, chance_lowest`; hidden groups have NA.
    lowest : int
        How many places count.

    Returns
    -------
    str
        One sentence: those with a chance of a half or more.

    Examples
    --------
    >>> groups = pd.DataFrame({"level": ["Here", "There"], "chance_lowest": [0.88, 0.2]})
    >>> lowest_sentence(groups, 3)
    'The chance to be among the lowest 3 is a half or more for Here (88%).'
    """
    likely = groups[groups["chance_lowest"] >= 0.5].sort_values("chance_lowest", ascending=False)
    if likely.empty:
        return f"For none of them is the chance to be among the lowest {lowest} a half or more."
    named = [
        f"{row.level} ({_chance(row.chance_lowest)})" for row in likely.itertuples(index=False)
    ]
    return f"The chance to be among the lowest {lowest} is a half or more for {listed(named)}."


def _chance(chance: float) -> str:
    return "over 99%" if chance > 0.99 else percent(chance)


def funnel_title(outside: list[str], groups: pd.DataFrame, districts: str) -> str:
    """Say in a title how many groups lie outside the limits of chance.

    Parameters
    ----------
    outside : list of str
        As `ratings.outside_limits` returns it.
    groups : pandas.DataFrame
        `raw_share`; hidden groups have NA.
    districts : str
        What the groups are.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> funnel_title(["Here"], pd.DataFrame({"raw_share": [0.2, 0.5, None]}), "districts")
    '1 of 2 districts lies outside the 95% limits of chance'
    """
    shown = int(groups["raw_share"].notna().sum())
    verb = "lies" if len(outside) == 1 else "lie"
    return f"{len(outside)} of {shown} {districts} {verb} outside the 95% limits of chance"


def got_sentence(who: str, satisfied: str, row: pd.Series) -> str:
    """Say how the people who got what they prefer differ from the others.

    Parameters
    ----------
    who : str
        What these people did, as it follows "people who".
    satisfied : str
        What the share did.
    row : pandas.Series
        `share_yes, share_no, estimate, conf_low, conf_high, p_value, n`.

    Returns
    -------
    str
        One sentence; an association, not an effect.

    Examples
    --------
    >>> row = pd.Series({"share_yes": 0.6, "share_no": 0.5, "estimate": 0.1, "conf_low": 0.02,
    ...                  "conf_high": 0.18, "p_value": 0.01, "n": 500})
    >>> print(got_sentence("used what they prefer", "were content", row))
    Of people who used what they prefer 60% were content, of the others 50%, adjusted: +10 points \
(+2 to +18; p = 0.010; 500 people).
    """
    span = interval(row["conf_low"], row["conf_high"], "whole points")
    return (
        f"Of people who {who} {percent(row['share_yes'])} {satisfied}, of the others "
        f"{percent(row['share_no'])}, adjusted: {points(row['estimate'], 0)} points ({span}; "
        f"{p_text(row['p_value'])}; {int(row['n']):,} people)."
    )


def interaction_sentence(test: ModelTest, p_adjusted: float, channels: str, districts: str) -> str:
    """Say whether differences between channels are the same in all districts.

    Parameters
    ----------
    test : ModelTest
        The test of the interaction.
    p_adjusted : float
        Its adjusted p-value.
    channels, districts : str
        What is crossed.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> test = ModelTest(kind="score", statistic=64.0, df=63, p_value=0.44, n=712)
    >>> interaction_sentence(test, 0.44, "channels", "districts")
    'These data do not show that channels differ otherwise from district to district (p = 0.440).'
    """
    each = districts.removesuffix("s")
    if p_adjusted < 0.05:
        return f"How {channels} differ depends on the {each} ({p_text(p_adjusted)})."
    return (
        f"These data do not show that {channels} differ otherwise from {each} to {each} "
        f"({p_text(p_adjusted)})."
    )


def assumption_sentence(table: pd.DataFrame, freed: str, apart: float, same_ends: bool) -> str:
    """Say what the tests of proportional odds find, and whether it matters.

    Parameters
    ----------
    table : pandas.DataFrame
        `term, p_adjusted` of the tests, the first row for all terms together.
    freed : str
        What the second model frees.
    apart : float
        The largest difference between the shares of the two models, between 0 and 1.
    same_ends : bool
        Whether highest and lowest category are the same in both.

    Returns
    -------
    str
        Two sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"term": ["all terms", "x"], "p_adjusted": [0.2, 0.3]})
    >>> print(assumption_sentence(table, "districts", 0.012, True))
    The tests do not speak against proportional odds (smallest adjusted p = 0.200). With districts \
freed no share moves by more than 1 point, and the highest and the lowest stay the same: the \
conclusion does not change.
    """
    least = float(table["p_adjusted"].min())
    start = "The tests do not speak against" if least >= 0.05 else "A test speaks against"
    moved = f"{round(100 * apart):.0f} point" + "s" * (round(100 * apart) != 1)
    ends = (
        "and the highest and the lowest stay the same: the conclusion does not change"
        if same_ends
        else "but the highest or the lowest is another one: do not rest on which it is"
    )
    return (
        f"{start} proportional odds (smallest adjusted {p_text(least)}). With {freed} freed no "
        f"share moves by more than {moved}, {ends}."
    )


def share_text(row: pd.Series, satisfied: str) -> str:
    """Say the adjusted share of one category, in whole percent.

    Parameters
    ----------
    row : pandas.Series
        `level, estimate, conf_low, conf_high, n`.
    satisfied : str
        What the share did.

    Returns
    -------
    str
        One sentence with interval and people.

    Examples
    --------
    >>> row = pd.Series({"level": "Webchat", "estimate": 0.6, "conf_low": 0.45,
    ...                  "conf_high": 0.75, "n": 43})
    >>> share_text(row, "were content")
    'Webchat: 60% were content, adjusted (45% to 75%; 43 people).'
    """
    span = f"{percent(row['conf_low'])} to {percent(row['conf_high'])}"
    people = f"{int(row['n']):,} people"
    return f"{row['level']}: {percent(row['estimate'])} {satisfied}, adjusted ({span}; {people})."


def range_text(start: str, shares: pd.DataFrame, *, aside: str = "", proper: bool = False) -> str:
    """Say which category has the lowest and which the highest adjusted share.

    Parameters
    ----------
    start : str
        How the sentence begins.
    shares : pandas.DataFrame
        As `satisfaction_tables.shown_shares` returns them.
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
        f"{percent(row['estimate'])} ({percent(row['conf_low'])} to {percent(row['conf_high'])}) "
        f"for {named(row['level'])}"
        for _, row in known.iloc[[0, -1]].iterrows()
    )
    left_out = f' ("{aside}" aside)' if aside else ""
    return f"{start}, the adjusted share runs from {low} to {high}{left_out}."
