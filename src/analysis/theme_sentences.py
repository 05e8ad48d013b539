"""Sentences about what people would change, made from the numbers."""

import pandas as pd

from analysis.proportions import Share
from analysis.report import interval, p_text, percent, points
from analysis.sentences import in_sentence, listed
from analysis.theme_tables import UNCODED


def named_themes(themes: pd.DataFrame) -> pd.DataFrame:
    """Return the themes that a sentence may name.

    Parameters
    ----------
    themes : pandas.DataFrame
        As `theme_tables.shown_themes` returns it.

    Returns
    -------
    pandas.DataFrame
        Those with a share, without the row of answers that could not be coded.
    """
    return themes[(themes["level"] != UNCODED) & themes["estimate"].notna()]


def share_text(row: pd.Series) -> str:
    """Say the share of one theme.

    Parameters
    ----------
    row : pandas.Series
        `level, estimate, conf_low, conf_high, n`.

    Returns
    -------
    str
        A sentence with base and interval.

    Examples
    --------
    >>> row = pd.Series({"level": "Opening hours", "estimate": 0.2, "conf_low": 0.17,
    ...                  "conf_high": 0.24, "n": 600})
    >>> share_text(row)
    'Opening hours: named by 20% of 600 people who said what they would change (95% interval \
17.0% to 24.0%).'
    """
    return (
        f"{row['level']}: named by {percent(row['estimate'])} of {int(row['n']):,} people who said "
        f"what they would change (95% interval {interval(row['conf_low'], row['conf_high'])})."
    )


def most_sentence(themes: pd.DataFrame, *, most: int = 3) -> str:
    """Say which themes are named most.

    Parameters
    ----------
    themes : pandas.DataFrame
        As `theme_tables.shown_themes` returns it.
    most : int
        How many are named.

    Returns
    -------
    str
        A sentence with base and intervals.

    Examples
    --------
    >>> row = {"level": "Hours", "estimate": 0.2, "conf_low": 0.17, "conf_high": 0.24, "n": 600}
    >>> most_sentence(pd.DataFrame([row]))
    'Named most by the 600 people who said what they would change: hours (20%, 95% interval 17% \
to 24%).'
    """
    rows = named_themes(themes).head(most)
    n = int(themes["n"].iloc[0])
    if rows.empty:
        return f"Of {n:,} people who said what they would change, too few name the same theme."
    parts = [
        f"{_in_sentence(str(row['level']))} ({percent(row['estimate'])}, "
        f"{'95% interval ' * (not at)}{percent(row['conf_low'])} to {percent(row['conf_high'])}"
        f"{_weighted(row)})"
        for at, (_, row) in enumerate(rows.iterrows())
    ]
    who = f"the {n:,} people who said what they would change"
    near = (rows["conf_low"].to_numpy()[:-1] <= rows["conf_high"].to_numpy()[1:]).any()
    open_order = " Where intervals overlap, the order is open." * bool(near)
    return f"Named most by {who}: {listed(parts)}.{open_order}"


def _weighted(row: pd.Series) -> str:
    known = "weighted_estimate" in row and pd.notna(row["weighted_estimate"])
    return f"; weighted {percent(row['weighted_estimate'])}" if known else ""


def uncoded_sentence(themes: pd.DataFrame, question: str) -> str:
    """Say how many answers could not be coded.

    Parameters
    ----------
    themes : pandas.DataFrame
        As `theme_tables.shown_themes` returns it.
    question : str
        How the answers are called.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> row = {"level": "Not coded", "estimate": 0.04, "n_yes": 24.0, "n": 600}
    >>> uncoded_sentence(pd.DataFrame([row]), "answers on what to change")
    'In 24 of 600 answers on what to change (4%) the rules find no theme.'
    """
    row = themes[themes["level"] == UNCODED].iloc[0]
    if pd.isna(row["estimate"]):
        return f"In few of {int(row['n']):,} {question} the rules find no theme."
    return (
        f"In {int(row['n_yes']):,} of {int(row['n']):,} {question} ({percent(row['estimate'])}) "
        "the rules find no theme."
    )


def groups_sentence(table: pd.DataFrame, groupings: dict[str, str]) -> str:
    """Say which themes some groups of people name more than others.

    Parameters
    ----------
    table : pandas.DataFrame
        As `theme_tables.compare_groups` returns it.
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
        apart = [_in_sentence(str(each)) for each in rows.loc[rows["p_adjusted"] < 0.05, "level"]]
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


def same_sentence(same: Share, *, threshold: int) -> str:
    """Say how often the reason is about the same as the change.

    Parameters
    ----------
    same : Share
        Of the people with a theme in both answers.
    threshold : int
        The fewest people that a shown number may rest on.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis.proportions import share
    >>> same_sentence(share(pd.Series([True] * 80 + [False] * 20)), threshold=10)
    'Of 100 people with a theme in both answers, 80% give a reason about what they would change \
(95% interval 71.1% to 86.7%); the others turn to another theme.'
    >>> same_sentence(share(pd.Series([True] * 80 + [False] * 2)), threshold=10)
    'Of 82 people with a theme in both answers, nearly all give a reason about what they would \
change; the others turn to another theme.'
    """
    span = f" (95% interval {interval(same.conf_low, same.conf_high)})"
    return (
        f"Of {same.n:,} people with a theme in both answers, {_how_many(same, threshold)} give a "
        f"reason about what they would change{span * is_shown(same, threshold)}; the others turn "
        "to another theme."
    )


def same_title(same: Share, *, threshold: int) -> str:
    """Say in a title how often the reason is about the same as the change.

    Parameters
    ----------
    same, threshold
        As for `same_sentence`.

    Returns
    -------
    str
        Without a full stop.
    """
    how_many = _how_many(same, threshold)
    return f"{how_many[:1].upper()}{how_many[1:]} give a reason about what they would change"


def is_shown(same: Share, threshold: int) -> bool:
    """Tell whether a share rests on enough people, and leaves enough others.

    Parameters
    ----------
    same : Share
        Any share.
    threshold : int
        The fewest people.

    Returns
    -------
    bool
        False if it is to be hidden.
    """
    return min(same.n_yes, same.n - same.n_yes) >= threshold


def _how_many(same: Share, threshold: int) -> str:
    if is_shown(same, threshold):
        return percent(same.estimate)
    return "nearly all" if same.n_yes > same.n / 2 else "few"


def truth_sentence(found: pd.DataFrame) -> str:
    """Say how well the rules find the known themes.

    Parameters
    ----------
    found : pandas.DataFrame
        As `agreement` returns it.

    Returns
    -------
    str
        One sentence.
    """
    low, lost = (found.loc[found[name].idxmin()] for name in ("precision", "recall"))
    return (
        f"Against the themes that the synthetic answers were made from, the lowest precision is "
        f"{percent(low['precision'])} ({_in_sentence(str(low['level']))}), the lowest recall "
        f"{percent(lost['recall'])} ({_in_sentence(str(lost['level']))}). The rules were written "
        "with these sentences in view; docs/themes.md has the measure on other people's sentences."
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


def _in_sentence(label: str) -> str:
    """Write a theme as it stands inside a sentence; some begin with an article."""
    return label[:1].lower() + label[1:] if label[1:2] == " " else in_sentence(label)


def apart_title(apart: pd.DataFrame) -> str:
    """Head a figure of how groups of people differ from everybody else in the themes they name.

    Parameters
    ----------
    apart : pandas.DataFrame
        As `theme_tables.contrasts` returns it.

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
