"""Sentences on who gave the same answer twice, what shifts, and for whom."""

import pandas as pd

from analysis.chapters.preferred_vs_used.people import same_words
from analysis.chapters.preferred_vs_used.tables import told_shifts
from analysis.primary import Primary
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import (
    at_start,
    how_many,
    in_sentence,
    interval,
    listed,
    p_text,
    percent,
    points,
)
from analysis.survey import Survey
from analysis.survey.codebook import Words

#: The most channels that are named as gaining, and as losing.
MOST = 3


def answer_texts(
    survey: Survey,
    same: Share | None,
    plan: Primary,
    visible: tuple[pd.DataFrame, pd.DataFrame],
    by_tests: pd.DataFrame,
) -> list[str]:
    """Answer whether people use the channel they say they prefer.

    Parameters
    ----------
    survey : Survey
        The survey.
    same : Share or None
        As `people.same_twice` returns it.
    plan : Primary
        As `primary.primary` returns it.
    visible : tuple of pandas.DataFrame
        As `tables.visible_shifts` returns them.
    by_tests : pandas.DataFrame
        As `people.between` returns it, of the groupings of people.

    Returns
    -------
    list of str
        The paragraphs: how many gave the same answer and for how many channels the two differ;
        which these are; between which people; what the survey means by preference.
    """
    words, (told, grouped) = survey.words, told_shifts(*visible)
    what = survey.channel_groups if grouped else words.channels
    how = {"status": plan.status("shift"), "what": what}
    counted = count_sentence(told, words, plan.p_adjusted("shift"), **how)
    return [
        f"{same_sentence(survey, same)} {counted}".strip(),
        shift_sentence(told, words),
        grouping_sentence(by_tests, words),
        words.preference,
    ]


def same_sentence(survey: Survey, same: Share | None) -> str:
    """Say of how many people the two answers agree.

    Parameters
    ----------
    survey : Survey
        The survey.
    same : Share or None
        As `people.same_twice` returns it.

    Returns
    -------
    str
        One sentence with base and interval, or with a bound where few did or few did not; "" if
        there is no share, or few on both sides.

    Examples
    --------
    >>> from analysis import survey
    >>> same = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    >>> print(same_sentence(survey.load("herts_2023"), same))
    60% of 100 people who named any channel gave the same answer to both questions (95% interval \
50.0% to 70.0%).
    """
    rule = rule_of(survey.codebook)
    said = "" if same is None else how_many(same, rule)
    if not said:
        return ""
    who = f"of {same.n:,} people who named any {survey.words.channel} {same_words(survey)}"
    if not rule.enough(same.n_yes, same.n - same.n_yes):
        return f"{at_start(said)} {who}."
    span = interval(same.conf_low, same.conf_high)
    return f"{said} {who} (95% interval {span})."


def count_sentence(
    shifts: pd.DataFrame, words: Words, p_adjusted: float, *, what: str, status: str = "primary"
) -> str:
    """Say for how many channels the two answers differ, and what the test of all at once says.

    Parameters
    ----------
    shifts : pandas.DataFrame
        `differs, offered`, of what can be shown: a channel that was not on offer is not counted.
    words : Words
        How the survey speaks.
    p_adjusted : float
        Of the test of all channels at once, among the primary comparisons; NaN if it is left out.
    what : str
        What the rows are.
    status : str
        Of that test: "primary" or "secondary".

    Returns
    -------
    str
        One sentence, or two; "" if there is nothing to say.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> shifts = pd.DataFrame({"differs": [True, True, False], "offered": [True, False, True]})
    >>> print(count_sentence(shifts, words, 0.01, what="channels"))
    What people used most recently and what they would prefer differ for 1 of 2 channels on \
offer (95% intervals that hold together); swapping each person's answers, all at once (primary \
comparison): Holm-adjusted p = 0.010.
    """
    found, of = (shifts["differs"] & shifts["offered"]).sum(), shifts["offered"].sum()
    swapped = (
        ""
        if pd.isna(p_adjusted)
        else f"all at once ({status} comparison): Holm-adjusted {p_text(p_adjusted)}."
    )
    if not of:
        return f"Swapping each person's answers, {swapped}" if swapped else ""
    offered = "" if shifts["offered"].all() else " on offer"
    said = (
        f"What people {words.used} and what they {words.preferred} differ for {found} of {of} "
        f"{what}{offered} (95% intervals that hold together)"
    )
    return f"{said}; swapping each person's answers, {swapped}" if swapped else f"{said}."


def shift_sentence(shifts: pd.DataFrame, words: Words) -> str:
    """Say which channels gain and which lose, the largest `MOST` of each.

    Parameters
    ----------
    shifts : pandas.DataFrame
        `channel, share_used, share_preferred, estimate, conf_low, conf_high, differs, offered`;
        rows with hidden numbers, and rows that do not differ, are not named, nor a channel that
        was not on offer: its shift is no finding.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One or two paragraphs; "" if no channel can be named.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> shifts = pd.DataFrame({"channel": ["Web"], "share_used": 0.4, "share_preferred": 0.5,
    ...                        "estimate": 0.1, "conf_low": 0.02, "conf_high": 0.18,
    ...                        "differs": True, "offered": True})
    >>> print(shift_sentence(shifts, words))
    More people would prefer than used most recently: web (40% against 50%; +10.0 points, +2.0 to \
+18.0).
    """
    differ = shifts[shifts["differs"] & shifts["offered"]]
    differ = differ.sort_values("estimate")
    sentences = []
    for direction, rows in (
        ("More people", differ[differ["estimate"] > 0][::-1]),
        ("Fewer people", differ[differ["estimate"] < 0]),
    ):
        named = [
            f"{in_sentence(str(row.channel))} ({percent(row.share_used)} against "
            f"{percent(row.share_preferred)}; {points(row.estimate)} points, "
            f"{interval(row.conf_low, row.conf_high, 'points')})"
            for row in rows.head(MOST).itertuples()
        ]
        if named:
            sentences.append(
                f"{direction} {words.preferred} than {words.used}: {listed(named)}"
                + (f", and {len(rows) - MOST} more." if len(rows) > MOST else ".")
            )
    return "\n\n".join(sentences)


def grouping_names(words: Words) -> dict[str, str]:
    """Say what the groupings of people are called.

    Parameters
    ----------
    words : Words
        How the survey speaks.

    Returns
    -------
    dict
        Question -> its groups, in the plural.
    """
    return {"district": words.districts, "age": "age groups", "reason": "reasons for contact"}


def grouping_sentence(tests: pd.DataFrame, words: Words) -> str:
    """Say between which groups of people the shifts differ.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `paired.heterogeneities` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One or two sentences; "" if nothing was compared.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> tests = pd.DataFrame({"grouping": ["district", "age"], "p_adjusted": [0.01, 0.2]})
    >>> print(grouping_sentence(tests, words))
    The shifts differ between districts (p = 0.010), Holm-adjusted. These data do not show that \
the shifts differ between age groups (p = 0.200), Holm-adjusted.
    """
    names, differ = grouping_names(words), tests["p_adjusted"] < 0.05
    parts = []
    for start, rows, join in (
        ("The shifts differ between", tests[differ], "and"),
        ("These data do not show that the shifts differ between", tests[~differ], "or"),
    ):
        if len(rows):
            named = [
                f"{names[row.grouping]} ({p_text(row.p_adjusted)})" for row in rows.itertuples()
            ]
            last = f" {join} ".join([", ".join(named[:-1])] * (len(named) > 1) + named[-1:])
            parts.append(f"{start} {last}, Holm-adjusted.")
    return " ".join(parts)
