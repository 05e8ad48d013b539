"""Sentences on satisfaction, made from the tables of its notebook."""

import pandas as pd

from analysis.ordinal import ModelTest
from analysis.proportions import Share
from analysis.report import (
    furthest_sentence,
    in_sentence,
    interval,
    listed,
    p_text,
    percent,
    points,
)


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


def lowest_sentence(groups: pd.DataFrame, lowest: int, p_adjusted: float) -> str:
    """Name the groups that are likely to be among the lowest.

    Parameters
    ----------
    groups : pandas.DataFrame
        `level, chance_lowest`; hidden groups have NA.
    lowest : int
        How many places count.
    p_adjusted : float
        Of the test that groups do not differ: without a difference none is named.

    Returns
    -------
    str
        One sentence: those with a chance of a half or more; "" if groups do not differ.

    Examples
    --------
    >>> groups = pd.DataFrame({"level": ["Here", "There"], "chance_lowest": [0.88, 0.2]})
    >>> lowest_sentence(groups, 3, 0.01)
    'The chance to be among the lowest 3 is a half or more for Here (88%).'
    >>> lowest_sentence(groups, 3, 0.2)
    ''
    """
    likely = groups[groups["chance_lowest"] >= 0.5].sort_values("chance_lowest", ascending=False)
    if p_adjusted >= 0.05 or lowest < 1:
        return ""
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
        As `figures.outside_limits` returns it.
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
    '1 of 2 districts shown outside the 95% limits; chance alone: 0.1'
    """
    shown = int(groups["raw_share"].notna().sum())
    found = f"{len(outside)} of {shown} {districts} shown outside the 95% limits"
    return f"{found}; chance alone: {0.05 * shown:.1f}"


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


def interaction_sentence(p_adjusted: float, channels: str, districts: str) -> str:
    """Say whether differences between channels are the same in all districts.

    Parameters
    ----------
    p_adjusted : float
        The adjusted p-value of the interaction.
    channels, districts : str
        What is crossed.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> interaction_sentence(0.44, "channels", "districts")
    'These data do not show that differences between channels depend on the district \
(Holm-adjusted p = 0.440).'
    """
    each, shown = districts.removesuffix("s"), f"(Holm-adjusted {p_text(p_adjusted)})"
    if p_adjusted < 0.05:
        return f"Differences between {channels} depend on the {each} {shown}."
    return (
        f"These data do not show that differences between {channels} depend on the {each} {shown}."
    )


def apart_sentence(
    shown: pd.DataFrame, reference: str, *, without: ModelTest | None = None, other: str = ""
) -> str:
    """Name the categories that can be told from the others, and say what rests on the rest.

    Parameters
    ----------
    shown : pandas.DataFrame
        `level, apart`.
    reference : str
        What a category is compared with.
    without : ModelTest, optional
        The test without the people of the category that gathers all others.
    other : str
        What that category is called.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> shown = pd.DataFrame({"level": ["Phone", "Web"], "apart": [False, True]})
    >>> apart_sentence(shown, "everybody")
    'One by one, with intervals that hold together, 1 of 2 differs from everybody: web.'
    """
    names = [
        f'"{each}"' if each == other else in_sentence(each)
        for each in shown.loc[shown["apart"], "level"]
    ]
    known = shown.dropna(subset=["estimate"]) if "estimate" in shown else shown
    of = f"{len(known)}" + " that can be shown" * (len(known) < len(shown))
    found = f"{len(names) or 'none'} of {of} {'differ' if len(names) > 1 else 'differs'}"
    which = f"{found} from {reference}" + f": {listed(names)}" * bool(names)
    text = f"One by one, with intervals that hold together, {which}."
    if without is not None:
        alone = f"{p_text(without.p_value)} (unadjusted)"
        text += f' Without the people of "{other}" the test gives {alone}.'
    return text


def top_sentence(furthest: pd.Series, tests: tuple[ModelTest, ModelTest], channels: str) -> str:
    """Say whether a model without proportional odds gives other shares.

    Parameters
    ----------
    furthest : pandas.Series
        As `report.furthest` returns it.
    tests : tuple of ModelTest
        The tests of the channels in the model and in the one of the top answers alone.
    channels : str
        What is tested.

    Returns
    -------
    str
        Two sentences.

    Examples
    --------
    >>> furthest = pd.Series({"level": "Webchat", "apart": 0.03, "outside": 0})
    >>> test = ModelTest(kind="likelihood ratio", statistic=20.0, df=8, p_value=0.01, n=700)
    >>> print(top_sentence(furthest, (test, test), "channels"))
    In a model of the top answers alone, which does not suppose proportional odds, the share that \
moves most is that of webchat, by 3 points; every share stays within its interval. It finds the \
same of channels (p = 0.010, unadjusted).
    """
    same = (tests[0].p_value < 0.05) == (tests[1].p_value < 0.05)
    verdict = f"It finds {'the same' if same else 'something else'} of {channels}"
    return f"{furthest_sentence(furthest)} {verdict} ({p_text(tests[1].p_value)}, unadjusted)."
