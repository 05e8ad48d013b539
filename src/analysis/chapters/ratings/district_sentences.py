"""Sentences on how districts rate, made from their partly pooled shares."""

from collections.abc import Mapping

import pandas as pd

from analysis.report import interval, listed, p_text, percent


def district_title(what: str, rows: pd.DataFrame, p_adjusted: float, districts: str) -> str:
    """Head a figure of a rating by district.

    Parameters
    ----------
    what : str
        What is rated.
    rows : pandas.DataFrame
        `level, estimate, few`, from the highest to the lowest; rows of few people are not named,
        and hidden ones have no estimate.
    p_adjusted : float
        Of the test that districts differ.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        The finding; without a difference no district is named.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["North", "South"], "estimate": [0.4, 0.3], "few": False})
    >>> district_title("visibility", rows, 0.01, "districts")
    'Visibility, partly pooled, runs from 30% in South to 40% in North'
    >>> more = pd.concat([rows, pd.DataFrame({"level": ["Isle"], "estimate": None, "few": True})])
    >>> district_title("visibility", more, 0.01, "districts")[-47:]
    'in North, districts with few such answers aside'
    >>> district_title("visibility", rows.assign(few=[False, True]), 0.01, "districts")
    'Visibility differs between districts, partly pooled shares'
    >>> district_title("visibility", rows, 0.3, "districts")
    'Visibility: no difference between districts that these data can show'
    """
    ends = named_ends(rows, p_adjusted)
    if p_adjusted >= 0.05:
        return f"{what.capitalize()}: no difference between {districts} that these data can show"
    if not ends:
        return f"{what.capitalize()} differs between {districts}, partly pooled shares"
    first, last = ends["highest"], ends["lowest"]
    span = f"from {percent(last['estimate'])} in {last['level']} to "
    span += f"{percent(first['estimate'])} in {first['level']}"
    aside = bool((rows["few"].astype(bool) | rows["estimate"].isna()).any())
    left_out = f", {districts} with few such answers aside" * aside
    return f"{what.capitalize()}, partly pooled, runs {span}{left_out}"


def named_ends(rows: pd.DataFrame, p_adjusted: float) -> dict[str, pd.Series]:
    """Pick the districts that may be named as the highest and the lowest.

    Parameters
    ----------
    rows : pandas.DataFrame
        `estimate, few`, from the highest to the lowest; rows of few people are not named.
    p_adjusted : float
        Of the test that districts differ.

    Returns
    -------
    dict
        "highest" and "lowest" -> row; empty without a difference, or with fewer than two to name.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["North", "South"], "estimate": [0.4, 0.3], "few": False})
    >>> {end: row["level"] for end, row in named_ends(rows, 0.01).items()}
    {'highest': 'North', 'lowest': 'South'}
    >>> named_ends(rows, 0.3)
    {}
    """
    named = rows[~rows["few"].astype(bool)].dropna(subset=["estimate"])
    if p_adjusted >= 0.05 or len(named) < 2:
        return {}
    return {"highest": named.iloc[0], "lowest": named.iloc[-1]}


def between_districts_sentence(p_adjusted: Mapping[str, float], districts: str) -> str:
    """Say which ratings differ between districts.

    Parameters
    ----------
    p_adjusted : mapping of str to float
        Adjusted p-value by what is rated.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        One sentence; "" without ratings.

    Examples
    --------
    >>> between_districts_sentence({"visibility": 0.2, "accessibility": 0.3}, "districts")
    'These data do not show that visibility (Holm-adjusted p = 0.200) and accessibility \
(p = 0.300) differ between districts.'
    >>> between_districts_sentence({"visibility": 0.01, "accessibility": 0.3}, "districts")
    'Between districts visibility (Holm-adjusted p = 0.010) differs by more than chance explains; \
these data do not show it of accessibility (p = 0.300).'
    """
    if not p_adjusted:
        return ""
    shown = {
        name: f"{name} ({'Holm-adjusted ' * (at == 0)}{p_text(p)})"
        for at, (name, p) in enumerate(p_adjusted.items())
    }
    sure = [shown[name] for name, p in p_adjusted.items() if p < 0.05]
    rest = [shown[name] for name, p in p_adjusted.items() if p >= 0.05]
    if not sure:
        verb = "differ" if len(rest) > 1 else "differs"
        return f"These data do not show that {listed(rest)} {verb} between {districts}."
    verb = "differ" if len(sure) > 1 else "differs"
    said = f"Between {districts} {listed(sure)} {verb} by more than chance explains"
    return f"{said}; these data do not show it of {listed(rest)}." if rest else f"{said}."


def pooled_sentence(row: pd.Series, what: str, best: str) -> str:
    """Say the partly pooled share of one district.

    Parameters
    ----------
    row : pandas.Series
        `level, estimate, conf_low, conf_high, n`.
    what : str
        What is rated.
    best : str
        The answers that count.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> row = pd.Series({"level": "North", "estimate": 0.3, "conf_low": 0.24, "conf_high": 0.36,
    ...                  "n": 133})
    >>> pooled_sentence(row, "visibility", "good or very good")
    'North: 30% of 133 people rate visibility good or very good, partly pooled (24% to 36%).'
    """
    ends = interval(row["conf_low"], row["conf_high"], "whole percent")
    who = f"{percent(row['estimate'])} of {int(row['n']):,} people rate {what} {best}"
    return f"{row['level']}: {who}, partly pooled ({ends})."
