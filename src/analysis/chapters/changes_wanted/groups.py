"""Themes by groups of people: shares, tests and differences."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.privacy import hide, hide_small, mark, rule_of
from analysis.report import interval, percent
from analysis.survey import Survey, bases
from analysis.survey.codebook import Codebook
from analysis.themes.theme_codes import CodedThemes

#: The group of people who gave no answer to the question that groups are made of.
NO_GROUP = "None given"


def groups_of(survey: Survey, responses: pd.DataFrame, role: str) -> pd.Series | None:
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
    pandas.Series or None
        Categorical with the answers in their order; who gave none, or was not asked, is in a
        last group. None if the survey has no such question, people could give several answers, or
        all gave the same.
    """
    if not survey.has(role) or survey.codebook.question(role).kind not in ("single", "ordered"):
        return None
    if responses[role].nunique() < 2:
        return None
    answers = responses[role].cat.add_categories([NO_GROUP]).fillna(NO_GROUP)
    return answers.cat.as_unordered().cat.remove_unused_categories()


def channel_groups(survey: Survey, channels: pd.Series) -> pd.Series:
    """Bring channels to the codebook's groups of channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    channels : pandas.Series
        As `groups_of` returns it for a question about channels.

    Returns
    -------
    pandas.Series
        Categorical; the last group keeps who named none.
    """
    known = channels[channels != NO_GROUP].cat.remove_unused_categories()
    groups = bases.grouped(survey, known)
    there = set(groups.unique())
    every = dict.fromkeys(survey.codebook.question("preferred").groups.values())
    order = [*(each for each in every if each in there), NO_GROUP]
    return groups.cat.set_categories(order).reindex(channels.index).fillna(NO_GROUP)


def shown_theme_shares(coded: CodedThemes, by: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """Give the share of each group of people that names each theme.

    Parameters
    ----------
    coded : Coded
        A row a person.
    by : pandas.Series
        As `groups_of` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        A row a group and theme: `level, theme, estimate, conf_low, conf_high, n`, in whole
        percent. A cell is NA where few people of the group named the theme or few did not, and
        so are the smallest others of the theme until the hidden ones together hold the threshold.
    """
    shares = proportions.shares(coded.indicators.astype(float), by=by)
    shares = shares.rename(columns={"answer": "theme"})
    shares["n_rest"] = shares["n"] - shares["n_yes"]
    few = rule_of(codebook).few(shares["n"])
    values = ["estimate", "conf_low", "conf_high"]
    parts = []
    for _, rows in shares.groupby("theme", sort=False, observed=True):
        hidden = hide_small(
            rows.drop(columns="n"), counts=["n_yes", "n_rest"], values=values,
            rule=rule_of(codebook), complete=True,
        )  # fmt: skip
        parts.append(hidden.join(rows[["n"]]))
    table = pd.concat(parts).sort_index()
    table[values] = table[values].round(2)
    table["n"] = hide(table["n"], few)
    return table[["level", "theme", *values, "n"]].reset_index(drop=True)


def themes_side_by_side(groups: pd.DataFrame, *, most: int | None = None) -> pd.DataFrame:
    """Lay the shares of groups out as text, a row a group and a column a theme.

    Parameters
    ----------
    groups : pandas.DataFrame
        As `shown_groups` returns it; groups without any number are left out.
    most : int, optional
        How many themes are shown: those that can be shown of most groups. All without.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column a theme with share and interval.
    """
    known = groups[groups["estimate"].notna()]
    often = known["theme"].value_counts(sort=True)
    themes = [each for each in groups["theme"].cat.categories if each in often[:most].index]
    rows = []
    for level, mine in groups.groupby("level", sort=False, observed=True):
        cells = {
            row.theme: mark(row.estimate) if pd.isna(row.estimate) else f"{percent(row.estimate)} ("
            f"{interval(row.conf_low, row.conf_high, 'whole percent')})"
            for row in mine.itertuples()
        }  # fmt: skip
        if level in set(known["level"]):
            rows.append({"level": level, "n": mine["n"].iloc[0], **cells})
    return pd.DataFrame(rows, columns=["level", "n", *themes])


def compare_groups(
    coded: CodedThemes, groupings: Mapping[str, pd.Series], codebook: Codebook
) -> pd.DataFrame:
    """Test for each theme whether groups of people name it alike; all tests are one family.

    Parameters
    ----------
    coded : Coded
        A row a person.
    groupings : mapping of str to pandas.Series
        What people are grouped by -> their group; who is in none is left out.
    codebook : Codebook
        Themes that fewer people than its threshold name, or do not name, are not tested.

    Returns
    -------
    pandas.DataFrame
        `grouping, level` (the theme), then as `proportions.family`: `statistic, df, p_value,
        p_adjusted` (Holm), `n`; empty without a test.
    """
    made = {}
    for name, by in groupings.items():
        told = by[by != NO_GROUP].cat.remove_unused_categories()
        for theme, yes in coded.indicators.items():
            mine = yes[yes.index.isin(told.index)]
            if rule_of(codebook).splits(mine):
                made[name, theme] = proportions.rao_scott(mine, told)
    if not made:
        return pd.DataFrame(columns=["grouping", "level", "p_value", "p_adjusted", "n"])
    table = proportions.family({" / ".join(key): test for key, test in made.items()})
    table.insert(0, "grouping", [name for name, _ in made])
    table.insert(1, "level", [theme for _, theme in made])
    return table.drop(columns="test")


def shown_tests(table: pd.DataFrame) -> pd.DataFrame:
    """Lay the adjusted p-values out, a row a theme and a column a grouping.

    Parameters
    ----------
    table : pandas.DataFrame
        As `compare_groups` returns it.

    Returns
    -------
    pandas.DataFrame
        `level`, then a column a grouping.
    """
    wide = table.pivot_table(index="level", columns="grouping", values="p_adjusted", sort=False)
    return wide.rename_axis(columns=None).reset_index()


def groups_against_others(coded: CodedThemes, by: pd.Series, shown: pd.DataFrame) -> pd.DataFrame:
    """Compare the share of each group with that of all others, where both may be shown.

    Parameters
    ----------
    coded : Coded
        A row a person.
    by : pandas.Series
        The group of each person.
    shown : pandas.DataFrame
        As `shown_groups` returns it for the same groups.

    Returns
    -------
    pandas.DataFrame
        Newcombe's intervals, which hold in small groups too: `level` (the theme), `channel` (the
        group), `raw_estimate` (NA), `estimate, conf_low,
        conf_high`, for `figures.panels`, in whole points, and `clear`: whether the interval leaves
        out 0, decided before rounding. Group after group in their order.
    """
    named = coded.indicators.loc[by.index[by.notna()]].astype(float)
    groups = [each for each in by.cat.categories if (by == each).any()]
    found = pd.concat(
        [
            proportions.compare(named, by[named.index] == each).assign(channel=each)
            for each in groups
        ],
        ignore_index=True,
    ).rename(columns={"answer": "level"})
    known = {(row.level, row.theme) for row in shown.dropna(subset=["estimate"]).itertuples()}
    rows = found[[each in known for each in zip(found["channel"], found["level"], strict=True)]]
    rows = rows[["level", "channel", "estimate", "conf_low", "conf_high"]].astype(
        {"level": "str", "channel": "str"}
    )
    numbers = ["estimate", "conf_low", "conf_high"]
    rows["clear"] = (rows["conf_low"] > 0) | (rows["conf_high"] < 0)
    rows[numbers] = rows[numbers].round(2)
    rows.insert(2, "raw_estimate", np.nan)
    order = {level: at for at, level in enumerate(by.cat.categories)}
    return rows.sort_values("channel", key=lambda each: each.map(order), kind="stable")
