"""Sentences on how districts rate, made from their partly pooled shares."""

from collections.abc import Mapping

import pandas as pd

from analysis.chapters.ratings.district_tables import district_tests, highest_first
from analysis.chapters.ratings.people import Rating
from analysis.report import DistrictShares, at_start, interval, listed, p_text, percent


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
        return f"{at_start(what)}: no difference between {districts} that these data can show"
    if not ends:
        return f"{at_start(what)} differs between {districts}, partly pooled shares"
    aside = bool((rows["few"].astype(bool) | rows["estimate"].isna()).any())
    left_out = f", {districts} with few such answers aside" * aside
    return f"{at_start(what)}, partly pooled, runs {_span(ends)}{left_out}"


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


def between_districts_sentence(
    compared: Mapping[str, DistrictShares], ratings: Mapping[str, Rating], districts: str
) -> str:
    """Say which ratings differ between districts, and from where to where.

    Parameters
    ----------
    compared : mapping of str to DistrictShares
        As `district_tables.compared_districts` returns it.
    ratings : mapping of str to Rating
        As `people.rated` returns it.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        One sentence; "" if no districts were compared.
    """
    if not compared:
        return ""
    p_adjusted = district_tests(compared, ratings)["p_adjusted"]
    shown = {}
    for role, each in compared.items():
        p_value = p_adjusted[role]
        span = _span(named_ends(highest_first(each.rows), p_value))
        first = "Holm-adjusted " * (not shown)
        shown[role] = f"{ratings[role].noun} ({first}{p_text(p_value)}{'; ' * bool(span)}{span})"
    sure = [shown[role] for role in shown if p_adjusted[role] < 0.05]
    rest = [shown[role] for role in shown if p_adjusted[role] >= 0.05]
    if not sure:
        verb = "differ" if len(rest) > 1 else "differs"
        return f"These data do not show that {listed(rest)} {verb} between {districts}."
    verb = "differ" if len(sure) > 1 else "differs"
    said = f"Between {districts} {listed(sure)} {verb} by more than chance explains"
    return f"{said}; these data do not show it of {listed(rest)}." if rest else f"{said}."


def _span(ends: Mapping[str, pd.Series]) -> str:
    """Say the lowest and the highest share with their districts; "" without ends."""
    return " to ".join(
        f"{'from ' * (end == 'lowest')}{percent(ends[end]['estimate'])} in {ends[end]['level']}"
        for end in ("lowest", "highest")
        if ends
    )


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
