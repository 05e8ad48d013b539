"""Groups of people, and the share of each that names a theme."""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis import proportions
from analysis.privacy import HIDDEN, hide, ranged_table, rounded_out, rule_of
from analysis.report import interval, joined_channel_groups, listed, percent
from analysis.survey import Survey, bases
from analysis.survey.codebook import Codebook
from analysis.themes.theme_codes import CodedThemes

#: The widest range of shares that is told: beyond it, it says nothing.
WIDEST = 0.45

#: The group of people who gave no answer to the question that groups are made of.
NO_GROUP = "None given"


def groups_of(survey: Survey, responses: pd.DataFrame, role: str) -> pd.Series:
    """Return the group of each person by a question, nobody left out.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        A question with one answer.

    Returns
    -------
    pandas.Series
        Categorical with the answers in their order; who gave none, or was not asked, is in a
        last group. Empty if the survey has no such question, people could give several answers,
        or all gave the same.
    """
    if not survey.has(role) or survey.codebook.question(role).kind not in ("single", "ordered"):
        return pd.Series(dtype="category")
    if responses[role].nunique() < 2:
        return pd.Series(dtype="category")
    answers = responses[role].cat.add_categories([NO_GROUP]).fillna(NO_GROUP)
    return answers.cat.as_unordered().cat.remove_unused_categories()


def groupings(survey: Survey, responses: pd.DataFrame) -> dict[str, pd.Series]:
    """Group people by the channel they used and by their district, as far as they were asked.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    dict
        What people are grouped by, as a heading -> their groups, as `groups_of` returns them.
    """
    words = survey.words
    roles = {words.channel.capitalize(): survey.used_role, words.district.capitalize(): "district"}
    found = {name: groups_of(survey, responses, role) for name, role in roles.items()}
    return {name: by for name, by in found.items() if len(by)}


def channel_groups(survey: Survey, responses: pd.DataFrame) -> pd.Series:
    """Group people by the group of channels that the channel they used belongs to.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    pandas.Series
        Categorical, the codebook's groups as `report.joined_channel_groups` joins them; the last
        one keeps who named no channel. Empty where `groups_of` is.
    """
    channels = groups_of(survey, responses, survey.used_role)
    if channels.empty:
        return channels
    known = channels[channels != NO_GROUP].cat.remove_unused_categories()
    groups = bases.grouped(survey, known)
    every = dict.fromkeys(survey.codebook.question(survey.used_role).groups.values())
    groups = groups.cat.set_categories([*every])
    groups = joined_channel_groups(survey, groups, survey.responses())
    there = groups.cat.remove_unused_categories().cat.categories
    return groups.cat.set_categories([*there, NO_GROUP]).reindex(channels.index).fillna(NO_GROUP)


def shown_theme_shares(coded: CodedThemes, by: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """Give the share of each group of people that names each theme.

    Parameters
    ----------
    coded : CodedThemes
        A row a person.
    by : pandas.Series
        As `groups_of` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        A row a group and theme: `level, theme, estimate, conf_low, conf_high, n, told`, in whole
        percent; `told` is text. Where few people of the group named the theme or few did not, and
        where else these could be worked out from the total of the theme, `told` has the range of
        shares that the people told leave, with the intervals of all of them
        (`privacy.ranged_table`), and the numbers are NA. Empty without groups.
    """
    values = ["estimate", "conf_low", "conf_high"]
    if by.empty:
        return pd.DataFrame(columns=["level", "theme", *values, "n", "told"])
    rule = rule_of(codebook)
    shares = proportions.shares(coded.indicators.astype(float), by=by)
    shares = shares.rename(columns={"answer": "theme"})
    parts = []
    for _, rows in shares.groupby("theme", sort=False, observed=True):
        total = [float(rows["n_yes"].sum())]
        told = ranged_table(
            rows[["n_yes"]].T, rule=rule, row_totals=(total, total), exact=True,
            bases=rows[["n"]].to_numpy().T,
        )  # fmt: skip
        low, high = (each.iloc[0].to_numpy() for each in (told.low, told.high))
        shown = rows.assign(**hide(rows[values], low < high))
        shown["told"] = [
            _told(*each) for each in zip(low, high, rows["n"], strict=True)
        ]  # fmt: skip
        parts.append(shown)
    table = rounded_out(pd.concat(parts).sort_index())
    few = rule.few(table["n"])
    table["told"] = table["told"].mask(few, HIDDEN)
    table[["n", *values]] = hide(table[["n", *values]], few)
    return table[["level", "theme", *values, "n", "told"]].reset_index(drop=True)


def _told(low: float, high: float, n: float) -> str:
    """Write the share of between so many people, with the intervals of all these shares."""
    if np.isinf(high) or high - low > WIDEST * n:
        return HIDDEN
    spans = [proportion_confint(each, n, method="wilson") for each in (low, high)]
    ends = interval(float(spans[0][0]), float(spans[1][1]), "whole percent")
    if low == high:
        return f"{percent(low / n)} ({ends})"
    return f"{interval(low / n, high / n, 'whole percent')} ({ends})"


def themes_side_by_side(groups: pd.DataFrame, *, most: int | None = None) -> pd.DataFrame:
    """Lay the shares of groups out as text, a row a group and a column a theme.

    Parameters
    ----------
    groups : pandas.DataFrame
        As `shown_theme_shares` returns it; groups of which nothing is told are left out.
    most : int, optional
        How many themes are shown: those whose share can be shown of most groups. All without.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column a theme with share, or range of shares, and interval. Empty
        without groups.
    """
    if groups.empty:
        return pd.DataFrame(columns=["level", "n"])
    often = groups.loc[groups["estimate"].notna(), "theme"].value_counts(sort=True)
    themes = [each for each in groups["theme"].cat.categories if each in often[:most].index]
    told = groups[groups["told"] != HIDDEN]
    rows = []
    for level, mine in groups.groupby("level", sort=False, observed=True):
        if level in set(told["level"]):
            cells = dict(zip(mine["theme"], mine["told"], strict=True))
            rows.append({"level": level, "n": mine["n"].iloc[0], **cells})
    return pd.DataFrame(rows, columns=["level", "n", *themes])


def untold_note(groups: pd.DataFrame) -> str:
    """Name the groups of which no number may be shown.

    Parameters
    ----------
    groups : pandas.DataFrame
        As `shown_theme_shares` returns it.

    Returns
    -------
    str
        A sentence; "" if there are none.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["North", "South"], "told": ["20% (10% to 30%)", "[c]"]})
    >>> untold_note(rows)
    'Left out, since every number would rest on too few people: South.'
    """
    known = groups["told"].ne(HIDDEN).groupby(groups["level"].astype("str"), sort=False).any()
    names = list(known.index[~known])
    if not names:
        return ""
    told = listed(names, most=12)
    return f"Left out, since every number would rest on too few people: {told}."


def groups_side_by_side(wide: pd.DataFrame) -> pd.DataFrame:
    """Turn the table of groups, so that it has a row a theme and a column a group.

    Parameters
    ----------
    wide : pandas.DataFrame
        As `themes_side_by_side` returns it.

    Returns
    -------
    pandas.DataFrame
        `theme`, then a column a group; empty without groups.
    """
    if wide.empty:
        return pd.DataFrame(columns=["theme"])
    turned = wide.set_index("level").drop(columns="n").T
    return turned.rename_axis(index=None, columns=None).reset_index(names="theme")


def groups_naming(shown: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Return the groups whose share that names a theme is shown, the largest share first.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_theme_shares` returns it.
    theme : str
        A theme.

    Returns
    -------
    pandas.DataFrame
        The rows of `shown`, without the people in no group.
    """
    rows = shown[shown["theme"].astype("str") == theme].dropna()
    return rows[rows["level"] != NO_GROUP].sort_values("estimate", ascending=False)
