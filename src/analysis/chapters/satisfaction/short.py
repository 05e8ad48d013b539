"""Satisfaction in a few plain sentences."""

import pandas as pd

from analysis.chapters.satisfaction.channel_sentences import reference
from analysis.chapters.satisfaction.titles import got_who
from analysis.primary import Primary
from analysis.proportions import Share
from analysis.report import (
    Weighted,
    give_or_take,
    in_sentence,
    listed,
    percent,
    points,
    worst_sentence,
)
from analysis.survey import Survey


def short_texts(
    survey: Survey,
    overall: Share,
    answers: pd.DataFrame,
    channels: pd.DataFrame,
    plan: Primary,
    weighted: Weighted | None = None,
) -> list[str]:
    """Answer in plain words how satisfied people are, and whether it differs.

    Districts have their own notebook (08), whose short answer tells of them.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : Share
        Everybody's share.
    answers : pandas.DataFrame
        `answer, estimate` of everybody, as far as they may be shown.
    channels : pandas.DataFrame
        As `tables.shown_channels` returns it.
    plan : Primary
        As `primary.primary` returns it.
    weighted : Weighted, optional
        The difference of who used what they prefer, with weights.

    Returns
    -------
    list of str
        Of everybody, of channels, of who got what they prefer; "" where left out.
    """
    return [
        everybody_sentence(survey, overall, answers),
        channels_plain(survey, channels, plan),
        got_plain(survey, plan, weighted),
    ]


def everybody_sentence(survey: Survey, overall: Share, answers: pd.DataFrame) -> str:
    """Say how many gave one of the best answers, and how many one of the worst.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : Share
        The share of the best.
    answers : pandas.DataFrame
        `answer, estimate`.

    Returns
    -------
    str
        One sentence.
    """
    said = f"{percent(overall.estimate)} of {overall.n:,} people {survey.words.satisfied}"
    bad = worst_sentence(survey, "satisfaction", answers, n=overall.n)
    return f"{said}, {give_or_take(overall)}" + f". {bad}" * bool(bad) + "."


def channels_plain(survey: Survey, channels: pd.DataFrame, plan: Primary) -> str:
    """Say whether some channel is rated otherwise than the others.

    Parameters
    ----------
    survey : Survey
        The survey.
    channels : pandas.DataFrame
        As `tables.shown_channels` returns it.
    plan : Primary
        As `primary.primary` returns it.

    Returns
    -------
    str
        One sentence; "" where channels are left out.
    """
    words = survey.words
    if not plan.has("channels"):
        return ""
    if not plan.differ("channels"):
        return f"That the {words.satisfaction} differs between {words.channels} is not shown."
    apart = channels[channels["apart"].astype(bool)].sort_values("estimate", kind="stable")
    if apart.empty:
        return (
            f"The {words.satisfaction} differs between {words.channels}; which one is rated better "
            "or worse than the rest cannot be said."
        )
    named = [
        f"{in_sentence(row.level)} ({percent(row.estimate)}, {give_or_take(row)})"
        for row in apart.itertuples()
    ]
    return f"Rated differently from {reference(survey)}: {listed(named)}."


def got_plain(survey: Survey, plan: Primary, weighted: Weighted | None = None) -> str:
    """Say what goes with having used what one prefers.

    Parameters
    ----------
    survey : Survey
        The survey.
    plan : Primary
        As `primary.primary` returns it.
    weighted : Weighted, optional
        The difference with weights.

    Returns
    -------
    str
        One sentence, and another where weights lead to another conclusion; "" where it is left
        out.
    """
    if not plan.has("got"):
        return ""
    words, row = survey.words, plan.got.iloc[-1]
    if not plan.differ("got"):
        who = f"people who {got_who(survey)} and others"
        said = f"That the {words.satisfaction} differs between {who} is not shown."
        return said + _with_weights(weighted, row)
    yes, no = percent(row["share_yes"]), percent(row["share_no"])
    points = round(100 * abs(row["estimate"]))
    apart = f"a difference of {points} points, {give_or_take(row)}; {int(row['n']):,} people"
    who = f"Of people who {got_who(survey)}, {yes} {words.satisfied}"
    return f"{who}; of the others, {no} ({apart})." + _with_weights(weighted, row)


def _with_weights(weighted: Weighted | None, plain: pd.Series) -> str:
    """Say the difference with weights where one of the two is shown and the other is not."""
    if weighted is None:
        return ""
    shown = [each.conf_low > 0 or each.conf_high < 0 for each in (plain, weighted)]
    if shown[0] == shown[1]:
        return ""
    size = f"{points(weighted.estimate, 0)} points, {give_or_take(weighted)}"
    verdict = "one is shown" if shown[1] else "no difference is shown"
    return f" Weighted to the population {verdict} ({size})."
