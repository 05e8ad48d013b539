"""Titles of figures, notes of tables and headlines on what people used and prefer."""

from collections.abc import Sequence

import pandas as pd

from analysis.chapters.preferred_vs_used.sentences import grouping_names
from analysis.privacy import Rule
from analysis.report import in_sentence, interval, listed, p_text, percent, points
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


def shift_finding(row: pd.Series, words: Words, n: int) -> str:
    """Say the shift of a channel with its interval and base.

    Parameters
    ----------
    row : pandas.Series
        `channel, share_used, share_preferred, estimate, conf_low, conf_high`.
    words : Words
        How the survey speaks.
    n : int
        The people compared.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> row = pd.Series({"channel": "Web", "share_used": 0.4, "share_preferred": 0.5,
    ...                  "estimate": 0.1, "conf_low": 0.02, "conf_high": 0.18})
    >>> shift_finding(row, words, 500)
    'Web: 40% used most recently, 50% would prefer; +10.0 points (+2.0 to +18.0), 500 people.'
    """
    span = interval(row["conf_low"], row["conf_high"], "points")
    return f"{shift_title(row, words)}; {points(row['estimate'])} points ({span}), {n:,} people."


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


def moves_title(moves: pd.DataFrame, rule: Rule) -> str:
    """Say in a title which group of channels keeps most of its people, and which fewest.

    Parameters
    ----------
    moves : pandas.DataFrame
        `group, n`, then a column a group of channels with rounded counts of people.
    rule : Rule
        What they are rounded to.

    Returns
    -------
    str
        Without a full stop. A group is named only if it comes first or last whatever the counts
        were before they were rounded.

    Examples
    --------
    >>> moves = pd.DataFrame({"group": ["Web", "Phone"], "n": 100, "Web": [80, 60],
    ...                       "Phone": [20, 40]})
    >>> moves_title(moves, Rule(10))
    'Web keeps most of its people (about 80%), phone keeps fewest of its people (about 40%)'
    """
    rows = moves.set_index("group")
    kept = pd.Series({name: row[name] for name, row in rows.iterrows()}, dtype=float)
    low, high = (kept - rule.people() / 2) / rows["n"], (kept + rule.people() / 2) / rows["n"]
    share = (kept / rows["n"]).dropna()
    parts = []
    if share.size:
        first, last = share.idxmax(), share.idxmin()
        if low[first] > high.drop(first).max():
            parts.append(f"{first} keeps most of its people (about {_about(share[first])})")
        if high[last] < low.drop(last).min():
            label = in_sentence(str(last)) if parts else last
            parts.append(f"{label} keeps fewest of its people (about {_about(share[last])})")
    return ", ".join(parts) or "What people used, and what they would rather have"


def _about(share: float) -> str:
    """Write a share made from a rounded count, which may be larger than its base."""
    return percent(min(share, 1.0))


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


def reached_finding(row: pd.Series, words: Words) -> str:
    """Say how many of those who prefer a channel used it.

    Parameters
    ----------
    row : pandas.Series
        `channel, estimate, conf_low, conf_high, n, counted`.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> row = pd.Series({"channel": "Web", "estimate": 0.3, "conf_low": 0.2, "conf_high": 0.4,
    ...                  "n": 101, "counted": "exactly"})
    >>> print(reached_finding(row, words))
    Web: 30% of the 101 people who would prefer it used it (20.0% to 40.0%).
    """
    about = "about " if row["counted"].startswith("rounded") else ""
    return (
        f"{row['channel']}: {about}{percent(row['estimate'])} of the {int(row['n']):,} people who "
        f"{words.preferred} it {words.used_short.lower()} it "
        f"({interval(row['conf_low'], row['conf_high'])})."
    )
