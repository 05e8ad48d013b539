"""Themes compared between groups of people: tests, and differences from everybody else."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.chapters.changes_wanted.groups import NO_GROUP
from analysis.privacy import rounded_out, rule_of
from analysis.survey.codebook import Codebook
from analysis.themes.theme_codes import CodedThemes


def p_of(tests: pd.DataFrame, grouping: str, theme: str) -> float:
    """Look up the adjusted p-value of the test of a theme between groups.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `compare_groups` returns it.
    grouping, theme : str
        What people are grouped by, and what they name.

    Returns
    -------
    float
        NaN if it was not tested.
    """
    mine = tests[tests["grouping"] == grouping].set_index("level")
    return mine["p_adjusted"].get(theme, np.nan)


def compare_groups(
    coded: CodedThemes, groupings: Mapping[str, pd.Series], codebook: Codebook
) -> pd.DataFrame:
    """Test for each theme whether groups of people name it alike; all tests are one family.

    Parameters
    ----------
    coded : CodedThemes
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
    coded : CodedThemes
        A row a person.
    by : pandas.Series
        The group of each person.
    shown : pandas.DataFrame
        As `groups.shown_theme_shares` returns it for the same groups.

    Returns
    -------
    pandas.DataFrame
        Newcombe's intervals, which hold in small groups too: `level` (the theme), `group`,
        `estimate, conf_low, conf_high` in whole points, intervals outwards, and `clear`: whether
        the interval leaves out 0, decided before rounding. Group after group in their order;
        empty without groups.
    """
    numbers = ["estimate", "conf_low", "conf_high"]
    if by.empty:
        return pd.DataFrame(columns=["level", "group", *numbers, "clear"])
    named = coded.indicators.loc[by.index[by.notna()]].astype(float)
    groups = [each for each in by.cat.categories if (by == each).any()]
    found = pd.concat(
        [proportions.compare(named, by[named.index] == each).assign(group=each) for each in groups],
        ignore_index=True,
    ).rename(columns={"answer": "level"})
    known = {(row.level, row.theme) for row in shown.dropna(subset=["estimate"]).itertuples()}
    rows = found[[each in known for each in zip(found["group"], found["level"], strict=True)]]
    rows = rows[["level", "group", *numbers]].astype({"level": "str", "group": "str"})
    rows["clear"] = (rows["conf_low"] > 0) | (rows["conf_high"] < 0)
    rows = rounded_out(rows)
    order = {level: at for at, level in enumerate(by.cat.categories)}
    return rows.sort_values("group", key=lambda each: each.map(order), kind="stable")
