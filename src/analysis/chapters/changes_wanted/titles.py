"""Titles of the figures on what people would change, and headings and notes of the tables."""

import pandas as pd

from analysis.chapters.changes_wanted.tables import told_with_weights
from analysis.population import Weighing
from analysis.privacy import Rule
from analysis.proportions import Share
from analysis.report import (
    at_start,
    beside_first,
    how_many,
    in_sentence,
    interval,
    listed,
    p_text,
    percent,
    points,
)
from analysis.survey.codebook import Codebook
from analysis.themes.theme_codes import CodedThemes, rules_of


def base_note(codebook: Codebook) -> str:
    """Say that the base of the themes has answers that say nothing, and what becomes of these.

    Parameters
    ----------
    codebook : Codebook
        With its themes.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis import survey
    >>> base_note(survey.load("herts_2023").codebook).split(":")[0]
    'The base is everybody who wrote something, also an answer that says nothing'
    """
    said = "The base is everybody who wrote something, also an answer that says nothing"
    phrases = rules_of(codebook).says_nothing
    if phrases:
        named = listed([f'"{each}"' for each in phrases])
        return f"{said}: it has no theme where it is one that the codebook names ({named})."
    return f'{said}, such as "no" or "n/a": the codebook names none (`says_nothing`).'


def most_title(pair: pd.DataFrame, themes: pd.DataFrame) -> str:
    """Head the figure of what people would change, and why.

    Parameters
    ----------
    pair : pandas.DataFrame
        As `tables.what_beside_why` returns it.
    themes : pandas.DataFrame
        As `tables.shown_themes` returns it, of what people would change.

    Returns
    -------
    str
        Without a full stop: the theme named most, and those from which it cannot be told; ""
        without themes.

    Examples
    --------
    >>> themes = pd.DataFrame({"level": ["Hours", "Patrols"], "estimate": [0.2, 0.1],
    ...                        "conf_low": [0.15, 0.07], "conf_high": [0.25, 0.13]})
    >>> most_title(themes[["level"]], themes)
    'What people would change, named most: hours, 20% of people'
    """
    rows = themes[themes["level"].isin(pair["level"])].dropna(subset=["estimate"])
    if rows.empty:
        return ""
    rows = rows.sort_values("estimate", ascending=False, kind="stable")
    first = f"{rows['level'].iloc[0]}, {percent(rows['estimate'].iloc[0])} of people"
    return f"What people would change, named most: {in_sentence(first)}{beside_first(rows)}"


def weighted_note(what: CodedThemes, weighing: Weighing | None, *, rule: Rule) -> str:
    """Say of how many people the weighted shares are.

    Parameters
    ----------
    what : CodedThemes
        A row a person.
    weighing : Weighing or None
        As `population.weigh` returns it.
    rule : Rule
        How few people are too few.

    Returns
    -------
    str
        A note below the table; "" where there are no weighted shares.
    """
    if not told_with_weights(what, weighing, rule=rule):
        return ""
    return f"Weighted: the {len(weighing.people(what.indicators)):,} of them who have a weight."


def group_headings(wide: pd.DataFrame) -> dict[str, str]:
    """Head the columns of a table of themes by group with the groups and their sizes.

    Parameters
    ----------
    wide : pandas.DataFrame
        As `groups.themes_side_by_side` returns it.

    Returns
    -------
    dict
        Column -> heading.

    Examples
    --------
    >>> group_headings(pd.DataFrame({"level": ["Digital"], "n": [1234.0]}))
    {'theme': 'Theme', 'Digital': 'Digital (n = 1,234)'}
    """
    sizes = zip(wide["level"], wide["n"], strict=True)
    return {"theme": "Theme"} | {each: f"{each} (n = {int(n):,})" for each, n in sizes}


def apart_title(apart: pd.DataFrame) -> str:
    """Head a figure of how groups of people differ from everybody else in the themes they name.

    Parameters
    ----------
    apart : pandas.DataFrame
        As `contrasts.groups_against_others` returns it.

    Returns
    -------
    str
        The largest difference, and how many intervals leave out 0; "" without rows.

    Examples
    --------
    >>> apart = pd.DataFrame({"group": ["Telephone", "Digital"], "level": ["Waiting", "Waiting"],
    ...     "estimate": [0.14, -0.02], "conf_low": [0.07, -0.1], "conf_high": [0.2, 0.06],
    ...     "clear": [True, False]})
    >>> apart_title(apart)
    'Farthest from everybody else: telephone, waiting, +14 points (+7 to +20); 1 of 2 leave out 0'
    """
    if apart.empty:
        return ""
    most = apart.loc[apart["estimate"].abs().idxmax()]
    clear = int(apart["clear"].sum())
    ends = interval(most["conf_low"], most["conf_high"], "whole points")
    return (
        f"Farthest from everybody else: {in_sentence(str(most['group']))}, "
        f"{in_sentence(str(most['level']))}, {points(most['estimate'], 0)} points ({ends}); "
        f"{clear} of {len(apart)} leave out 0"
    )


def range_title(rows: pd.DataFrame, theme: str, groups: str, p_adjusted: float) -> str:
    """Say in a title from where to where the share of a theme runs, if groups differ.

    Parameters
    ----------
    rows : pandas.DataFrame
        `level, estimate`, the highest first.
    theme : str
        What is named.
    groups : str
        What the levels are.
    p_adjusted : float
        Of the test whether they differ; NaN without one.

    Returns
    -------
    str
        Without a full stop; "" without rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["Here", "There"], "estimate": [0.3, 0.2]})
    >>> range_title(rows, "Opening hours", "districts", 0.01)
    'Opening hours: from 20% (There) to 30% (Here) between districts'
    >>> range_title(rows, "Opening hours", "districts", 0.4)
    'Opening hours: these data do not show that districts differ (p = 0.400, Holm)'
    """
    if rows.empty:
        return ""
    if not p_adjusted < 0.05:
        shown = "" if pd.isna(p_adjusted) else f" ({p_text(p_adjusted)}, Holm)"
        return f"{theme}: these data do not show that {groups} differ{shown}"
    last, first = rows.iloc[-1], rows.iloc[0]
    ends = [f"{percent(row['estimate'])} ({row['level']})" for row in (last, first)]
    return f"{theme}: from {ends[0]} to {ends[1]} between {groups}"


def same_title(same: Share, *, rule: Rule) -> str:
    """Say in a title how often the reason is about the same as the change.

    Parameters
    ----------
    same, rule
        As for `sentences.same_sentence`.

    Returns
    -------
    str
        Without a full stop; it names no share where there is none.
    """
    said = how_many(same, rule)
    if not said:
        return "What people would change, and what their reason is about"
    return f"{at_start(said)} give a reason about what they would change"


def same_subtitle(same: Share) -> str:
    """Say what the figure of what against why shows, and of how many people its title is."""
    said = "People, rounded; rows: what, columns: why"
    return f"{said}. {same.n:,} with a theme in both answers" if same.n else said
