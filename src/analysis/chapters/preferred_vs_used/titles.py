"""Titles of figures, and notes of tables, on what people used and prefer."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.chapters.preferred_vs_used.sentences import grouping_names
from analysis.privacy import ToldShare
from analysis.report import (
    in_sentence,
    interval,
    listed,
    p_text,
    percent,
    points,
    told_text,
)
from analysis.survey import Survey
from analysis.survey.codebook import Words


def shift_title(row: pd.Series, words: Words) -> str:
    """Say in a title how a channel is used and preferred.

    Parameters
    ----------
    row : pandas.Series
        `channel, share_used, share_preferred`.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> row = pd.Series({"channel": "Web", "share_used": 0.4, "share_preferred": 0.5})
    >>> shift_title(row, words)
    'Web: 40% used most recently, 50% would prefer'
    """
    before, after = percent(row["share_used"]), percent(row["share_preferred"])
    return f"{row['channel']}: {before} {words.used}, {after} {words.preferred}"


def shifts_title(top: pd.DataFrame, words: Words) -> str:
    """Head the figure of shifts with the largest one.

    Parameters
    ----------
    top : pandas.DataFrame
        As `tables.largest_shift` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        Without a full stop; it names nothing where no channel can be named.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> shifts_title(pd.DataFrame(), words)
    'What people used most recently, and what they would prefer'
    """
    if top.empty:
        return f"What people {words.used}, and what they {words.preferred}"
    return shift_title(top.iloc[0], words)


def groups_note(survey: Survey) -> str:
    """Say which channels each group has.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        A sentence a group of two channels or more; "" where none is.

    Examples
    --------
    >>> from analysis import survey
    >>> groups_note(survey.load("herts_2023")).split(": ")[0]
    'Digital'
    """
    members: dict[str, list[str]] = {}
    for channel, group in survey.codebook.question("preferred").groups.items():
        members.setdefault(group, []).append(in_sentence(channel))
    told = [f"{group}: {listed(each, most=12)}." for group, each in members.items() if each[1:]]
    return " ".join(told)


def widened_note(not_offered: Sequence[str]) -> str:
    """Say how intervals of shifts are shown, and which channels were not on offer.

    Parameters
    ----------
    not_offered : sequence of str
        Channels that nobody can have used.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> print(widened_note([]))
    Intervals in whole points are widened, so that no small count shows.
    """
    note = "Intervals in whole points are widened, so that no small count shows."
    if not_offered:
        note += f" Not offered for use, so preferred alone: {listed(list(not_offered))}."
    return note


def weighting_note(shifts: pd.DataFrame, weighted: pd.DataFrame) -> str:
    """Say how far weighting moves the shifts at most.

    Parameters
    ----------
    shifts, weighted : pandas.DataFrame
        As `paired.shifts` returns them, without and with weights, the same channels.

    Returns
    -------
    str
        Two sentences; "" without weights.

    Examples
    --------
    >>> shifts = pd.DataFrame({"estimate": [0.1, -0.2]})
    >>> weighting_note(shifts, pd.DataFrame({"estimate": [0.11, -0.25]}))
    'Weighting moves no shift by more than 5.0 points. p: with weights.'
    >>> weighting_note(shifts, shifts.head(0))
    ''
    """
    if weighted.empty:
        return ""
    apart = (weighted["estimate"] - shifts["estimate"]).abs().max()
    most = points(apart).strip("+")
    return f"Weighting moves no shift by more than {most} points. p: with weights."


def moves_title(stayed: Mapping[str, ToldShare]) -> str:
    """Say in a title which group of channels keeps most of its people, and which fewest.

    Parameters
    ----------
    stayed : mapping of str to ToldShare
        As `pairs.stayed` returns it.

    Returns
    -------
    str
        Without a full stop. A group is named only if its interval, whatever the counts were before
        they were rounded, lies beyond those of all others; its share is exact, or the range that
        rounding leaves.

    Examples
    --------
    >>> from analysis.privacy import Rule, told_share
    >>> rule = Rule(10)
    >>> moves_title({"Web": told_share(59, 62, rule=rule, exact=False),
    ...              "Phone": told_share(40, 100, rule=rule, exact=True)})
    'Web keeps most of its people (88% to 100%), phone keeps fewest of its people (40%)'
    """
    low = pd.Series({group: told.conf_low for group, told in stayed.items()}, dtype=float)
    high = pd.Series({group: told.conf_high for group, told in stayed.items()}, dtype=float)
    parts = []
    if len(low) > 1:
        first, last = low.idxmax(), high.idxmin()
        if low[first] > high.drop(first).max():
            parts.append(f"{first} keeps most of its people ({told_text(stayed[first])})")
        if high[last] < low.drop(last).min():
            label = in_sentence(str(last)) if parts else last
            parts.append(f"{label} keeps fewest of its people ({told_text(stayed[last])})")
    return ", ".join(parts) or "What people used, and what they would rather have"


def between_title(tests: pd.DataFrame, grouping: str, words: Words) -> str:
    """Say in a title whether the shifts differ between some groups of people.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `paired.heterogeneities` returns it.
    grouping : str
        Which one.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        Without a full stop; "" if they were not compared.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> tests = pd.DataFrame({"grouping": ["district"], "p_adjusted": [0.01]})
    >>> between_title(tests, "district", words)
    'Shifts differ between districts (Holm-adjusted p = 0.010)'
    """
    p_values = tests.set_index("grouping")["p_adjusted"]
    if grouping not in p_values:
        return ""
    p_value = float(p_values[grouping])
    start = "Shifts differ" if p_value < 0.05 else "These data do not show that shifts differ"
    return f"{start} between {grouping_names(words)[grouping]} (Holm-adjusted {p_text(p_value)})"


def spread_note(answers: pd.DataFrame, kept: Sequence[str]) -> str:
    """Say how far the groups of people are apart.

    Parameters
    ----------
    answers : pandas.DataFrame
        `answers` of what `paired.heterogeneity` returns.
    kept : sequence of str
        The channels that are named.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> answers = pd.DataFrame({"answer": ["Web"], "estimate": 0.12, "conf_low": 0.05,
    ...                         "conf_high": 0.2})
    >>> spread_note(answers, ["Web"])
    'Standard deviation between them in points: web 12.0 (5.0 to 20.0).'
    """
    rows = answers[answers["answer"].isin(kept)]
    named = [
        f"{in_sentence(str(row.answer))} {100 * row.estimate:.1f} "
        f"({interval(row.conf_low, row.conf_high, 'points').replace('+', '')})"
        for row in rows.itertuples()
    ]
    return f"Standard deviation between them in points: {'; '.join(named)}."
