"""Sentences about what people would change, made from the numbers."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.chapters.changes_wanted.tables import UNCODED, named_themes
from analysis.privacy import Rule, rule_of
from analysis.proportions import Share
from analysis.report import how_many, in_sentence, interval, listed, p_text, percent
from analysis.survey import Survey
from analysis.survey.codebook import Words


def answer_texts(
    survey: Survey,
    themes: pd.DataFrame,
    tests: pd.DataFrame,
    groupings: Iterable[str],
    same: Share,
) -> list[str]:
    """Write the answer of the notebook.

    Parameters
    ----------
    survey : Survey
        The survey.
    themes : pandas.DataFrame
        As `tables.shown_themes` returns it.
    tests : pandas.DataFrame
        As `contrasts.compare_groups` returns it.
    groupings : iterable of str
        What people are grouped by.
    same : Share
        As `tables.same_share` returns it.

    Returns
    -------
    list of str
        What is named most; who differs, and whether reasons are about the same; what is not coded.
    """
    tested = groups_sentence(tests, groupings, survey.words)
    about_same = same_sentence(same, rule=rule_of(survey.codebook))
    return [most_sentence(themes), f"{tested} {about_same}".strip(), uncoded_sentence(themes)]


def theme_text(row: pd.Series) -> str:
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
    >>> theme_text(row)
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
        As `tables.shown_themes` returns it.
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
        return (
            f"Of {n:,} people who said what they would change, the share that names a theme can be "
            "shown of none: too few name it, or too few do not."
        )
    parts = [
        f"{theme_in_sentence(str(row['level']))} ({percent(row['estimate'])}, "
        f"{'95% interval ' * (not at)}"
        f"{interval(row['conf_low'], row['conf_high'], 'whole percent')}"
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


def groups_sentence(table: pd.DataFrame, groupings: Iterable[str], words: Words) -> str:
    """Say which themes some groups of people name more than others.

    Parameters
    ----------
    table : pandas.DataFrame
        As `contrasts.compare_groups` returns it.
    groupings : iterable of str
        What people are grouped by, as `groups.groupings` calls it.
    words : Words
        The survey's words.

    Returns
    -------
    str
        A sentence for each grouping.

    Examples
    --------
    >>> from analysis import survey
    >>> table = pd.DataFrame({"grouping": ["District"], "level": ["Hours"], "p_adjusted": [0.3]})
    >>> print(groups_sentence(table, ["District"], survey.load("herts_2023").words))
    These data do not show that districts differ in how often people name a theme (smallest \
Holm-adjusted p = 0.300, 1 theme).
    """
    plural = {
        words.channel.capitalize(): words.channels,
        words.district.capitalize(): words.districts,
    }
    parts = []
    for grouping in groupings:
        groups = plural[grouping]
        rows = table[table["grouping"] == grouping]
        if rows.empty:
            parts.append(f"Too few people name, or do not name, any one theme to compare {groups}.")
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


def uncoded_sentence(themes: pd.DataFrame) -> str:
    """Say how many answers on what to change could not be coded.

    Parameters
    ----------
    themes : pandas.DataFrame
        As `tables.shown_themes` returns it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> row = {"level": "Not coded", "estimate": 0.04, "n_yes": 24.0, "n": 600}
    >>> uncoded_sentence(pd.DataFrame([row]))
    'In 24 of 600 answers on what to change (4%) the rules find no theme.'
    """
    row = themes[themes["level"] == UNCODED].iloc[0]
    if pd.isna(row["estimate"]):
        return (
            f"In how many of {int(row['n']):,} answers on what to change the rules find no theme "
            "is not shown: these, or the others, are too few."
        )
    return (
        f"In {int(row['n_yes']):,} of {int(row['n']):,} answers on what to change "
        f"({percent(row['estimate'])}) the rules find no theme."
    )


def same_sentence(same: Share, *, rule: Rule) -> str:
    """Say how often the reason is about the same as the change.

    Parameters
    ----------
    same : Share
        Of the people with a theme in both answers.
    rule : Rule
        The fewest people that a shown number may rest on.

    Returns
    -------
    str
        One sentence; "" of nobody, or of few on both sides.

    Examples
    --------
    >>> from analysis.proportions import share
    >>> same_sentence(share(pd.Series([True] * 80 + [False] * 20)), rule=Rule(10))
    'Of 100 people with a theme in both answers, 80% give a reason about what they would change \
(95% interval 71.1% to 86.7%); the others turn to another theme.'
    >>> same_sentence(share(pd.Series([True] * 80 + [False] * 2)), rule=Rule(10))
    'Of 82 people with a theme in both answers, all but fewer than 10 give a reason about \
what they would change; the others turn to another theme.'
    """
    said = how_many(same, rule)
    if not said:
        return ""
    span = f" (95% interval {interval(same.conf_low, same.conf_high)})"
    return (
        f"Of {same.n:,} people with a theme in both answers, {said} give a reason "
        f"about what they would change{span * is_shown(same, rule)}; the others turn "
        "to another theme."
    )


def is_shown(same: Share, rule: Rule) -> bool:
    """Tell whether a share rests on enough people, and leaves enough others.

    Parameters
    ----------
    same : Share
        Any share.
    rule : Rule
        The fewest people.

    Returns
    -------
    bool
        False if it is to be hidden.
    """
    return rule.enough(same.n_yes, same.n - same.n_yes)


def truth_sentence(compared: Sequence[pd.DataFrame], *, rule: Rule) -> str:
    """Say how well the rules find the known themes.

    Parameters
    ----------
    compared : sequence of pandas.DataFrame
        As `agreement.compare_codes` returns them, a table a question.
    rule : Rule
        Themes that are true of fewer answers, or found in fewer, are left out.

    Returns
    -------
    str
        Two sentences; a remark where no theme is known, or none is left.
    """
    if not compared:
        return "What is right is not known of this survey: have a sample coded by hand."
    found = pd.concat(compared, ignore_index=True)
    found = found[~rule.few(found[["n_true", "n_found"]]).any(axis=1)]
    if found.empty:
        return "No theme is in enough answers to tell how well the rules find it."
    low, lost = (found.loc[found[name].idxmin()] for name in ("precision", "recall"))
    return (
        f"Against the themes that the synthetic answers were made from, the lowest precision is "
        f"{percent(low['precision'])} ({theme_in_sentence(str(low['level']))}), the lowest recall "
        f"{percent(lost['recall'])} ({theme_in_sentence(str(lost['level']))}). The rules were "
        "written with these sentences in view; docs/themes.md has the measure on other people's "
        "sentences."
    )


def theme_in_sentence(label: str) -> str:
    """Write a theme as it stands inside a sentence; some begin with an article."""
    return label[:1].lower() + label[1:] if label[1:2] == " " else in_sentence(label)
