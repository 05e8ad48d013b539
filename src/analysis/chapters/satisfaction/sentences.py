"""Sentences on satisfaction: of the answer, and of the sections on channels and districts."""

import pandas as pd

from analysis.chapters.satisfaction.channel_sentences import channel_texts
from analysis.chapters.satisfaction.models import PartTests
from analysis.chapters.satisfaction.pooling import lowest_places
from analysis.groups import Pooled
from analysis.proportions import Share
from analysis.report import (
    difference_sentence,
    interval,
    listed,
    p_text,
    percent,
    spread_sentence,
    spread_text,
)
from analysis.survey import Survey
from analysis.survey.codebook import Words


def answer_texts(
    survey: Survey,
    overall: Share,
    channels: pd.DataFrame,
    districts: pd.DataFrame,
    tests: PartTests,
    pooled: Pooled | None,
) -> list[str]:
    """Answer whether satisfaction differs by channel and by district.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : Share
        Everybody's share.
    channels, districts : pandas.DataFrame
        As `tables.shown_channels` and `tables.shown_districts` return them.
    tests : PartTests
        As `models.part_tests` returns them.
    pooled : Pooled or None
        As `pooling.pooled_districts` returns it.

    Returns
    -------
    list of str
        The paragraphs: of everybody, of channels, of districts; "" of what is left out.
    """
    words = survey.words
    by_channel = part_texts(words, tests)[0]
    which, run = channel_texts(survey, channels, tests)
    return [
        overall_sentence(overall, words.satisfied),
        f"{by_channel} {which} {run}".strip(),
        " ".join(district_texts(words, districts, tests, pooled)).strip(),
    ]


def district_texts(
    words: Words, districts: pd.DataFrame, tests: PartTests, pooled: Pooled | None
) -> list[str]:
    """Say whether districts differ, how far shares are apart, and which may be the lowest.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    districts : pandas.DataFrame
        As `tables.shown_districts` returns it.
    tests : PartTests
        As `models.part_tests` returns them.
    pooled : Pooled or None
        As `pooling.pooled_districts` returns it.

    Returns
    -------
    list of str
        Three texts; all "" where districts are left out.
    """
    if pooled is None:
        return ["", "", ""]
    lowest = lowest_sentence(districts, tests.p_adjusted("districts"))
    return [part_texts(words, tests)[1], shares_sentence(pooled, words), lowest]


def shares_sentence(pooled: Pooled, words: Words) -> str:
    """Say how far the shares of districts are apart, whatever the model of the scale finds.

    Parameters
    ----------
    pooled : Pooled
        The shares of the districts, drawn together.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence. It supposes neither proportional odds nor that channels are accounted for.
    """
    spread, p_value = spread_text(pooled.spread), p_text(pooled.p_value)
    return (
        f"By itself, the share that {words.satisfied} has a standard deviation between "
        f"{words.districts} of {spread} ({p_value}, unadjusted)."
    )


def part_texts(words: Words, tests: PartTests) -> list[str]:
    """Say what the tests of the parts of the model find.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    tests : PartTests
        As `models.part_tests` returns them.

    Returns
    -------
    list of str
        A sentence on channels, one on districts, and one on the two crossed; "" of a part that
        is left out.
    """
    rated, p = f"The {words.satisfaction}", tests.p_adjusted
    texts = {"channels": "", "districts": "", "crossed": ""}
    if tests.has("channels"):
        texts["channels"] = difference_sentence(rated, words.channels, p("channels"))
    if tests.spread is not None:
        districts, spread = words.districts, tests.spread
        texts["districts"] = spread_sentence(rated, districts, p("districts"), spread, logit=True)
    if tests.has("crossed"):
        texts["crossed"] = interaction_sentence(p("crossed"), words.channels, words.districts)
    return list(texts.values())


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


def lowest_sentence(groups: pd.DataFrame, p_adjusted: float) -> str:
    """Name the groups that are likely to be among the lowest.

    Parameters
    ----------
    groups : pandas.DataFrame
        `level, chance_lowest` of all groups, of the `lowest_places`; hidden groups have NA.
    p_adjusted : float
        Of the test that groups do not differ: without a difference none is named.

    Returns
    -------
    str
        One sentence: those with a chance of a half or more; "" if groups do not differ.

    Examples
    --------
    >>> groups = pd.DataFrame({"level": ["Here", "There", "Yon"], "chance_lowest": [0.88, 0.2, 0]})
    >>> lowest_sentence(groups, 0.01)
    'The chance to be among the lowest 1 is a half or more for Here (88%).'
    >>> lowest_sentence(groups, 0.2)
    ''
    """
    lowest = lowest_places(groups)
    if not p_adjusted < 0.05 or not lowest:
        return ""
    likely = groups[groups["chance_lowest"] >= 0.5].sort_values("chance_lowest", ascending=False)
    if likely.empty:
        return f"For none of them is the chance to be among the lowest {lowest} a half or more."
    named = [f"{row.level} ({_chance(row.chance_lowest)})" for row in likely.itertuples()]
    return f"The chance to be among the lowest {lowest} is a half or more for {listed(named)}."


def _chance(chance: float) -> str:
    return "over 99%" if chance > 0.99 else percent(chance)


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
