"""Titles of the figures on satisfaction, and sentences on who got what they prefer."""

import pandas as pd

from analysis.chapters.satisfaction.boundaries import GroupBrant
from analysis.chapters.satisfaction.channel_sentences import reference
from analysis.ordinal import ModelTest
from analysis.report import (
    furthest,
    furthest_sentence,
    interval,
    p_text,
    percent,
    points,
)
from analysis.survey import Survey
from analysis.survey.codebook import Words


def channels_title(drawn: pd.DataFrame, survey: Survey) -> str:
    """Say in a title how many channels can be told from what they are compared with.

    Parameters
    ----------
    drawn : pandas.DataFrame
        `apart` of the channels shown.
    survey : Survey
        The survey.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> from analysis import survey
    >>> channels_title(pd.DataFrame({"apart": [True, False]}), survey.load("herts_2023"))
    '1 of the 2 channels shown can be told from everybody by the share that rated their \
experience good or very good'
    """
    words = survey.words
    count = f"{drawn['apart'].sum()} of the {len(drawn)} {words.channels} shown"
    return f"{count} can be told from {reference(survey)} by the share that {words.satisfied}"


def districts_title(shown: pd.DataFrame, districts: str) -> str:
    """Say in a title between which districts the partly pooled shares run.

    Parameters
    ----------
    shown : pandas.DataFrame
        `level, estimate, few` from the highest share to the lowest; rows of few people, which are
        in steps of five, are not named.
    districts : str
        What they are.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> shown = pd.DataFrame({"level": ["Here", "There"], "estimate": [0.6, 0.4], "few": False})
    >>> districts_title(shown, "districts")
    'Partly pooled, districts run from 40% in There to 60% in Here'
    """
    if shown.empty:
        return f"No share of {districts} may be shown"
    aside = "; those in steps of five stand aside" * bool(shown["few"].any())
    shown = shown[~shown["few"].astype(bool)]
    if shown.empty:
        return f"Shares of {districts}, partly pooled"
    low, high = (
        f"{percent(shown['estimate'].iloc[at])} in {shown['level'].iloc[at]}" for at in (-1, 0)
    )
    ends = [percent(shown["estimate"].iloc[at]) for at in (-1, 0)]
    if ends[0] == ends[1]:
        return f"Partly pooled, all {districts} told in whole percent are at {ends[0]}{aside}"
    return f"Partly pooled, {districts} run from {low} to {high}{aside}"


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


def funnel_subtitle(about: str, groups: pd.DataFrame, districts: str) -> str:
    """Say what the figure of shares by size shows, and that it hides some.

    Parameters
    ----------
    about : str
        Whose share it is.
    groups, districts
        As for `funnel_title`.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> print(funnel_subtitle("Share", pd.DataFrame({"raw_share": [0.2, None]}), "districts"))
    Share, unadjusted. Not drawn, since hidden: 1 of 2 districts; the lowest or the highest may be \
among them
    """
    hidden = int(groups["raw_share"].isna().sum())
    if not hidden:
        return f"{about}, unadjusted"
    return (
        f"{about}, unadjusted. Not drawn, since hidden: {hidden} of {len(groups)} {districts}; "
        "the lowest or the highest may be among them"
    )


def got_who(survey: Survey) -> str:
    """Say what people did who used what they prefer, as it follows "people who".

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        Where people could prefer several channels: every one of them.

    Examples
    --------
    >>> from analysis import survey
    >>> got_who(survey.load("herts_2023"))
    'used most recently what they would prefer'
    """
    words = survey.words
    several = survey.codebook.question("preferred").kind == "multiple"
    what = f"every {words.channel} that" if several else "what"
    return f"{words.used} {what} they {words.preferred}"


def got_sentence(survey: Survey, row: pd.Series, *, adjusted: bool) -> str:
    """Say how the people who got what they prefer differ from the others.

    Parameters
    ----------
    survey : Survey
        The survey.
    row : pandas.Series
        `share_yes, share_no, estimate, conf_low, conf_high, n`, and `p_value`, adjusted.
    adjusted : bool
        Whether the model holds anything else equal.

    Returns
    -------
    str
        One sentence; an association, not an effect.

    Examples
    --------
    >>> from analysis import survey
    >>> row = pd.Series({"share_yes": 0.6, "share_no": 0.5, "estimate": 0.1, "conf_low": 0.02,
    ...                  "conf_high": 0.18, "p_value": 0.01, "n": 500})
    >>> print(got_sentence(survey.load("herts_2023"), row, adjusted=True))
    Of people who used most recently what they would prefer 60% rated their experience good or \
very good, of the others 50%, adjusted: +10 points (+2 to +18; Holm-adjusted p = 0.010; 500 people).
    """
    span = interval(row["conf_low"], row["conf_high"], "whole points")
    satisfied = survey.words.satisfied
    return (
        f"Of people who {got_who(survey)} {percent(row['share_yes'])} {satisfied}, of the others "
        f"{percent(row['share_no'])}{', adjusted' * adjusted}: {points(row['estimate'], 0)} points "
        f"({span}; Holm-adjusted {p_text(row['p_value'])}; {int(row['n']):,} people)."
    )


def top_sentence(
    channels: pd.DataFrame,
    alone: pd.DataFrame,
    tests: tuple[ModelTest, ModelTest | None],
    words: Words,
) -> str:
    """Say whether a model without proportional odds gives other shares.

    Parameters
    ----------
    channels : pandas.DataFrame
        As `tables.shown_channels` returns it.
    alone : pandas.DataFrame
        As `tables.shown_model` returns it for the model of the top answers alone.
    tests : tuple of ModelTest
        The tests of the channels in the model and in the one of the top answers alone.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        Two sentences; "" if there is no model of the top answers alone.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> shown = pd.DataFrame({"level": ["Webchat", "Desk"], "estimate": [0.5, 0.6],
    ...                       "conf_low": 0.4, "conf_high": 0.7})
    >>> test = ModelTest(kind="likelihood ratio", statistic=20.0, df=8, p_value=0.01, n=700)
    >>> print(top_sentence(shown, shown.assign(estimate=[0.47, 0.6]), (test, test), words))
    In a model of the top answers alone, which does not suppose proportional odds, the share that \
moves most is that of webchat, by 3 points; every share stays within its interval. It finds the \
same of channels (p = 0.010, unadjusted).
    """
    if alone.empty:
        return ""
    first, second = (test.p_value for test in tests)
    same = "the same" if (first < 0.05) == (second < 0.05) else "something else"
    moved = furthest_sentence(furthest(channels, alone))
    return f"{moved} It finds {same} of {words.channels} ({p_text(second)}, unadjusted)."


def cuts_title(cuts: pd.DataFrame) -> str:
    """Say in a title how many boundaries agree with proportional odds.

    Parameters
    ----------
    cuts : pandas.DataFrame
        As `tables.shown_cuts` returns it.

    Returns
    -------
    str
        Without a full stop; "" without boundaries.

    Examples
    --------
    >>> cuts = pd.DataFrame({"conf_low": [0.1, 0.3], "conf_high": 0.5, "proportional": 0.2})
    >>> cuts_title(cuts)
    '1 of 2 intervals hold the value for all boundaries'
    """
    if cuts.empty:
        return ""
    value = cuts["proportional"]
    inside = (cuts["conf_low"] <= value) & (value <= cuts["conf_high"])
    return f"{inside.sum()} of {len(cuts)} intervals hold the value for all boundaries"


def cuts_subtitle(found: GroupBrant) -> str:
    """Say what the figure of boundaries shows, of whom.

    Parameters
    ----------
    found : GroupBrant
        As `boundaries.group_brant` returns it.

    Returns
    -------
    str
        Without a full stop; "" without a test.

    Examples
    --------
    >>> cuts_subtitle(GroupBrant(test=None, names={}, against="Telephone"))
    ''
    """
    if found.test is None:
        return ""
    against = found.against or "people who did not"
    text = f"Log odds ratio of an answer above each boundary, against {against}"
    return f"{text}; {found.test.n:,} people"
