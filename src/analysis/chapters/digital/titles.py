"""Titles, notes and columns of the figure and tables on digital channels in notebook 06."""

from collections.abc import Mapping

import pandas as pd

from analysis.chapters.digital.people import NAMES, digital_groupings, in_groups
from analysis.chapters.digital.sentences import digital_channels
from analysis.chapters.digital.tables import GAP_COLUMNS
from analysis.report import listed, p_text, percent
from analysis.survey.codebook import Words

#: What kinds of number these are.
GAP_KINDS = {
    "estimate": "whole points", "share_used": "whole percent", "share_preferred": "whole percent",
    "weighted_used": "text", "weighted_preferred": "text",
}  # fmt: skip

#: The line below the table of gaps.
GAP_NOTE = (
    "Intervals hold together within a grouping; those of groups have the "
    "variance pooled over the grouping, so that no small count shows. Gaps are rounded from exact "
    "shares."
)


def gap_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay gaps out for display, the two weighted shares in a column each.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `every_gap` returns it.

    Returns
    -------
    pandas.DataFrame
        `GAP_COLUMNS` with `weighted_used, weighted_preferred` as text in place of `weighted`.

    Examples
    --------
    >>> row = dict.fromkeys(GAP_COLUMNS, 0.5)
    >>> table = gap_table(pd.DataFrame([row | {"weighted": "44%, 51%"}, row | {"weighted": "[c]"}]))
    >>> table.iloc[:, -2:].to_numpy().tolist()
    [['44%', '51%'], ['[c]', '[c]']]
    """
    used, comma, preferred = (
        rows["weighted"].str.partition(", ")[part].rename(None) for part in range(3)
    )
    shares = {"weighted_used": used, "weighted_preferred": preferred.where(comma != "", used)}
    return rows[GAP_COLUMNS].drop(columns="weighted").assign(**shares)


def gap_note(people: pd.DataFrame) -> str:
    """Say whose shares the table of gaps has, and how its numbers are made.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.answered_both` returns it.

    Returns
    -------
    str
        `GAP_NOTE`, with the two bases before it where they differ.

    Examples
    --------
    >>> people = pd.DataFrame({"used_digital": [1.0] * 3, "age": ["a", "b", None]})
    >>> gap_note(people).split("; ")[0]
    'Everybody: the 3 people who said what they used and prefer, as in 03'
    """
    told = in_groups(people)
    if len(told) == len(people):
        return GAP_NOTE
    named = listed([each for each in NAMES if each in people])
    return (
        f"Everybody: the {len(people):,} people who said what they used and prefer, as in 03; "
        f"groups: the {len(told):,} of them who also told {named}. {GAP_NOTE}"
    )


def digital_subtitle(people: pd.DataFrame) -> str:
    """Say of how many people the shares of the figure are.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.answered_both` returns it.

    Returns
    -------
    str
        With the people who told their groups, where these are fewer.

    Examples
    --------
    >>> people = pd.DataFrame({"used_digital": [1.0] * 3, "age": ["a", "b", None]})
    >>> digital_subtitle(people)
    'Two answers each; everybody: 3 people, groups: the 2 of them who told theirs'
    """
    told = in_groups(people)
    if len(told) == len(people):
        return f"Two answers each of {len(people):,} people, by group"
    return (
        f"Two answers each; everybody: {len(people):,} people, groups: the {len(told):,} of them "
        "who told theirs"
    )


def digital_title(shown: pd.DataFrame, tests: pd.DataFrame, words: Words) -> str:
    """Head the figure of digital channels.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `tables.every_gap` returns it.
    tests : pandas.DataFrame
        As `models.gap_tests` returns it.
    words : Words
        The survey's words.

    Returns
    -------
    str
        Without a full stop: who prefers digital channels least and most often, of the grouping
        that differs most; of everybody where none does; "" of nobody.
    """
    if shown.empty:
        return ""
    wishes = tests[(tests["test"] == "prefer") & (tests["p_adjusted"] < 0.05)]
    if len(wishes):
        by = wishes.loc[wishes["p_adjusted"].idxmin(), "grouping"]
        ends = shown[shown["variable"] == by].dropna(subset=["estimate"])
        ends = ends.sort_values("share_preferred", kind="stable")
        if len(ends) > 1:
            cells = [_end(ends), _end(ends.iloc[::-1])]
            return f"{' to '.join(cells)} {words.preferred} one of the {digital_channels(words)}"
    row = shown[shown["variable"] == "everybody"].iloc[0]
    if pd.isna(row["estimate"]):
        return f"Use of {digital_channels(words)}, and preference"
    return (
        f"Everybody: {percent(row['share_used'])} {words.used}, {percent(row['share_preferred'])} "
        f"{words.preferred} one of the {digital_channels(words)}"
    )


def _end(rows: pd.DataFrame) -> str:
    """Name the group at the top; where others share its percentage, as one of them."""
    first = rows.iloc[0]
    alike = int((rows["share_preferred"].round(2) == round(first["share_preferred"], 2)).sum()) - 1
    others = f" and {alike} more" * (alike > 0)
    return f"{percent(first['share_preferred'])} ({first['level']}{others})"


def model_note(tests: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Say what the tests of the two models of digital channels find.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `models.model_tests` returns it.
    names : mapping of str to str
        What the groups of a grouping are called.

    Returns
    -------
    str
        One line; "" without groups.
    """
    if tests.empty:
        return ""
    cells = [
        f"{row.outcome}, {names[row.term]}: {p_text(row.p_adjusted)}" for row in tests.itertuples()
    ]
    return f"Likelihood ratios, one family, Holm-adjusted: {'; '.join(cells)}."


def adjusted_for(people: pd.DataFrame) -> str:
    """Name what stands side by side in the models of digital channels.

    Parameters
    ----------
    people : pandas.DataFrame
        As `tables.shown_people` returns it.

    Returns
    -------
    str
        As it follows "adjusted for".

    Examples
    --------
    >>> adjusted_for(pd.DataFrame({"age": pd.Categorical(["a", "b"])}))
    'nothing else than age'
    """
    named = digital_groupings(people)
    return "each other: " + listed(named) if len(named) > 1 else f"nothing else than {named[0]}"
