"""Sentences about themes by groups of people."""

import pandas as pd

from analysis.report import in_sentence, interval, listed, p_text, percent, points


def groups_sentence(table: pd.DataFrame, groupings: dict[str, str]) -> str:
    """Say which themes some groups of people name more than others.

    Parameters
    ----------
    table : pandas.DataFrame
        As `groups.compare_groups` returns it.
    groupings : dict of str to str
        Grouping -> its groups, in the plural.

    Returns
    -------
    str
        A sentence for each grouping.

    Examples
    --------
    >>> table = pd.DataFrame({"grouping": ["District"], "level": ["Hours"], "p_adjusted": [0.3]})
    >>> print(groups_sentence(table, {"District": "districts"}))
    These data do not show that districts differ in how often people name a theme (smallest \
Holm-adjusted p = 0.300, 1 theme).
    """
    parts = []
    for grouping, groups in groupings.items():
        rows = table[table["grouping"] == grouping]
        if rows.empty:
            parts.append(f"Too few people name any one theme to compare {groups}.")
            continue
        least = rows["p_adjusted"].min()
        apart = [
            theme_in_sentence(str(each)) for each in rows.loc[rows["p_adjusted"] < 0.05, "level"]
        ]
        size = f"{len(rows)} theme{'s' * (len(rows) != 1)}"
        if apart:
            parts.append(
                f"How often people name a theme differs between {groups} for {listed(apart)} "
                f"({len(apart)} of {size}; smallest Holm-adjusted {p_text(least)})."
            )
        else:
            parts.append(
                f"These data do not show that {groups} differ in how often people name a theme "
                f"(smallest Holm-adjusted {p_text(least)}, {size})."
            )
    return " ".join(parts)


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
        Without a full stop.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["Here", "There"], "estimate": [0.3, 0.2]})
    >>> range_title(rows, "Opening hours", "districts", 0.01)
    'Opening hours: from 20% (There) to 30% (Here) between districts'
    >>> range_title(rows, "Opening hours", "districts", 0.4)
    'Opening hours: these data do not show that districts differ (p = 0.400, Holm)'
    """
    if not p_adjusted < 0.05:
        shown = "" if pd.isna(p_adjusted) else f" ({p_text(p_adjusted)}, Holm)"
        return f"{theme}: these data do not show that {groups} differ{shown}"
    last, first = rows.iloc[-1], rows.iloc[0]
    ends = [f"{percent(row['estimate'])} ({row['level']})" for row in (last, first)]
    return f"{theme}: from {ends[0]} to {ends[1]} between {groups}"


def theme_in_sentence(label: str) -> str:
    """Write a theme as it stands inside a sentence; some begin with an article."""
    return label[:1].lower() + label[1:] if label[1:2] == " " else in_sentence(label)


def apart_title(apart: pd.DataFrame) -> str:
    """Head a figure of how groups of people differ from everybody else in the themes they name.

    Parameters
    ----------
    apart : pandas.DataFrame
        As `groups.groups_against_others` returns it.

    Returns
    -------
    str
        The largest difference, and how many intervals leave out 0.

    Examples
    --------
    >>> apart = pd.DataFrame({"channel": ["Telephone", "Digital"], "level": ["Waiting", "Waiting"],
    ...     "estimate": [0.14, -0.02], "conf_low": [0.07, -0.1], "conf_high": [0.2, 0.06],
    ...     "clear": [True, False]})
    >>> apart_title(apart)
    'Farthest from everybody else: telephone, waiting, +14 points (+7 to +20); 1 of 2 leave out 0'
    """
    most = apart.loc[apart["estimate"].abs().idxmax()]
    clear = int(apart["clear"].sum())
    ends = interval(most["conf_low"], most["conf_high"], "whole points")
    return (
        f"Farthest from everybody else: {in_sentence(str(most['channel']))}, "
        f"{in_sentence(str(most['level']))}, {points(most['estimate'], 0)} points ({ends}); "
        f"{clear} of {len(apart)} leave out 0"
    )
