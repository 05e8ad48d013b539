"""Sentences on satisfaction: of the answer, and of the sections on channels and districts."""

from collections.abc import Sequence

import pandas as pd

from analysis.chapters.satisfaction.channel_sentences import channel_texts
from analysis.chapters.satisfaction.models import WeightedSpread
from analysis.chapters.satisfaction.titles import got_sentence
from analysis.ordinal import ModelTest
from analysis.primary import DistrictVerdict, Primary
from analysis.primary.district_sentences import verdict_texts
from analysis.proportions import Share
from analysis.report import (
    Weighted,
    difference_sentence,
    interval,
    p_text,
    percent,
    spread_text,
    with_weights,
)
from analysis.survey import Survey
from analysis.survey.codebook import Words


def answer_texts(
    survey: Survey,
    overall: Share,
    channels: pd.DataFrame,
    plan: Primary,
    verdict: DistrictVerdict | None,
    without: ModelTest | None,
    weighted: Sequence[Weighted | None] = (None, None),
) -> list[str]:
    """Answer whether satisfaction differs by channel and by district.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : Share
        Everybody's share.
    channels : pandas.DataFrame
        As `tables.shown_channels` returns it.
    plan : Primary
        As `primary.primary` returns it.
    verdict : DistrictVerdict or None
        As `primary.district_verdict` returns it.
    without : ModelTest or None
        As `models.without_other` returns it.
    weighted : sequence of Weighted or None
        As `overall.weighted_headlines` returns them.

    Returns
    -------
    list of str
        The paragraphs: of everybody, of channels, of districts, of who used what they prefer; "" of
        what is left out.
    """
    words = survey.words
    which, run = channel_texts(survey, channels, plan, without)
    return [
        with_weights(overall_sentence(overall, words.satisfied), overall, weighted[0]),
        f"{channels_sentence(words, plan)} {which} {run}".strip(),
        " ".join(verdict_texts(words, verdict)).strip(),
        got_text(survey, plan, weighted[1]),
    ]


def got_text(survey: Survey, plan: Primary, weighted: Weighted | None) -> str:
    """Say how the people who used what they prefer differ from the others, in the largest model.

    Parameters
    ----------
    survey : Survey
        The survey.
    plan : Primary
        As `primary.primary` returns it.
    weighted : Weighted or None
        The same with weights.

    Returns
    -------
    str
        One sentence; "" where it is left out.
    """
    if plan.got.empty:
        return ""
    row = plan.got.iloc[-1].copy()
    row["p_value"] = plan.p_adjusted("got")
    alone = plan.made.terms or "together" not in plan.made.left_out
    adjusted = bool(alone) or row["model"] == "reason"
    said = got_sentence(survey, row, adjusted=adjusted)
    return with_weights(said, row, weighted, difference=True)


def channels_sentence(words: Words, plan: Primary) -> str:
    """Say what the test of the channels finds.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    plan : Primary
        As `primary.primary` returns it.

    Returns
    -------
    str
        One sentence; "" where channels are left out.
    """
    if not plan.has("channels"):
        return ""
    p_adjusted = plan.p_adjusted("channels")
    return difference_sentence(f"The {words.satisfaction}", words.channels, p_adjusted)


def shares_sentence(verdict: DistrictVerdict | None, words: Words) -> str:
    """Say how far the shares of districts are apart, whatever the model of the scale finds.

    Parameters
    ----------
    verdict : DistrictVerdict or None
        As `primary.district_verdict` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence; "" without districts. It supposes neither proportional odds nor that channels
        are accounted for.
    """
    if verdict is None:
        return ""
    spread, p_value = spread_text(verdict.shares.spread), p_text(verdict.shares.test.p_value)
    return (
        f"By itself, the share that {words.satisfied} has a standard deviation between "
        f"{words.districts} of {spread} (secondary test, which uses less of each answer: "
        f"{p_value}, unadjusted)."
    )


def weighted_spread_sentence(found: WeightedSpread | None, words: Words) -> str:
    """Say how far districts are apart with weights.

    Parameters
    ----------
    found : WeightedSpread or None
        As `models.spread_with_weights` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence; "" without.

    Examples
    --------
    >>> from analysis import survey
    >>> spread = pd.Series({"estimate": 0.31, "conf_low": 0.12, "conf_high": 0.8})
    >>> heavy = WeightedSpread(spread=spread, plain=0.22, n=661, without=51)
    >>> print(weighted_spread_sentence(heavy, survey.load("herts_2023").words))
    Weighted, the standard deviation between districts in the plan's model is 0.31 on the logit \
scale, 0.12 to 0.80 (secondary, rough interval; 661 people, 51 without a weight are left out); \
unweighted it is 0.22 among these people.
    """
    if found is None:
        return ""
    size, people = found.spread, f"{found.n:,} people"
    shown = spread_text(size, logit=True) if size["estimate"] else "0.00 on the logit scale"
    rough = "rough interval" if size["estimate"] else "without an interval, since it is at its end"
    left = f", {found.without:,} without a weight are left out" if found.without else ""
    return (
        f"Weighted, the standard deviation between {words.districts} in the plan's model is "
        f"{shown} (secondary, {rough}; {people}{left}); unweighted it is {found.plain:.2f} among "
        "these people."
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
    '75% of 4 people were content (95% interval 30.0% to 95.5%).'
    """
    who = f"{percent(overall.estimate)} of {overall.n:,} people {satisfied}"
    return f"{who} (95% interval {interval(overall.conf_low, overall.conf_high)})."


def interaction_sentence(crossed: ModelTest | None, words: Words) -> str:
    """Say whether differences between channels are the same in all districts.

    Parameters
    ----------
    crossed : ModelTest or None
        As `models.crossed_test` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence; "" without the test.

    Examples
    --------
    >>> from analysis import survey
    >>> test = ModelTest(kind="score", statistic=39.4, df=44, p_value=0.44, n=700)
    >>> interaction_sentence(test, survey.load("herts_2023").words)
    'Exploratory: these data do not show that differences between channels depend on the district \
(score test, p = 0.440, unadjusted).'
    """
    if crossed is None:
        return ""
    shown = f"(score test, {p_text(crossed.p_value)}, unadjusted)"
    depend = f"differences between {words.channels} depend on the {words.district} {shown}"
    if crossed.p_value < 0.05:
        return f"Exploratory: {depend}."
    return f"Exploratory: these data do not show that {depend}."
