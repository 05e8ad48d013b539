"""Sentences on who answered, made from the tables of its notebook."""

import pandas as pd

from analysis.population import Weighing
from analysis.report import interval, percent, points
from analysis.weights import Weights


def extremes(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the category most and least often met among those who answered.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `report.shown_composition` returns it, of one margin.

    Returns
    -------
    tuple of pandas.Series
        The rows whose share is farthest below and farthest above that of the population.
    """
    gap = rows["estimate"] - rows["population_share"]
    return rows.loc[gap.idxmin()], rows.loc[gap.idxmax()]


def unlike_sentence(rows: pd.DataFrame, population: str) -> str:
    """Say which people are most missing among those who answered, and most plentiful.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `extremes`.
    population : str
        What the shares are compared with.

    Returns
    -------
    str
        One sentence with an interval.

    Examples
    --------
    >>> rows = pd.DataFrame({"category": ["young", "old"], "estimate": [0.2, 0.8],
    ...     "conf_low": [0.1, 0.7], "conf_high": [0.3, 0.9], "population_share": [0.5, 0.5]})
    >>> print(unlike_sentence(rows, "the county"))
    Most missing: young, 20% of the people who answered (95% interval 10% to 30%) and 50% of the \
county; most plentiful: old, 80% (70% to 90%) and 50%.
    """
    few, many = extremes(rows)
    spans = [interval(each["conf_low"], each["conf_high"], "whole percent") for each in (few, many)]
    known = [percent(each["population_share"]) for each in (few, many)]
    return (
        f"Most missing: {few['category']}, {percent(few['estimate'])} of the people "
        f"who answered (95% interval {spans[0]}) and {known[0]} of {population}; most plentiful: "
        f"{many['category']}, {percent(many['estimate'])} ({spans[1]}) and {known[1]}."
    )


def margin_title(rows: pd.DataFrame, dissimilarity: float) -> str:
    """Head a figure of one margin.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `extremes`.
    dissimilarity : float
        Its index, a share of people.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> rows = pd.DataFrame({"category": ["young", "old"], "estimate": [0.2, 0.8],
    ...     "population_share": [0.5, 0.5]})
    >>> margin_title(rows, 0.3)
    'Most missing: young; most plentiful: old. 30% of people would have to be in another category'
    """
    few, many = (each["category"] for each in extremes(rows))
    return (
        f"Most missing: {few}; most plentiful: {many}. {percent(dissimilarity)} of people would "
        "have to be in another category"
    )


def weights_sentence(weights: Weights, rows_in: int) -> str:
    """Say what the weights cost.

    Parameters
    ----------
    weights : Weights
        The weights.
    rows_in : int
        All people, with or without a weight.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> weights_sentence(Weights(weights=pd.Series([1.0, 1.0, 2.0])), 4)
    '3 of 4 people have a weight; they tell a mean as well as 3 people of equal weights would \
(design effect 1.12).'
    """
    return (
        f"{weights.n:,} of {rows_in:,} people have a weight; they tell a mean as well as "
        f"{weights.effective_n:,.0f} people of equal weights would (design effect "
        f"{weights.design_effect:.2f})."
    )


def moved_sentence(moved: pd.DataFrame, population: str) -> str:
    """Say which headline weights move most, and how many they move at all.

    Parameters
    ----------
    moved : pandas.DataFrame
        As `tables.shown_moved` returns it; one headline or more is shown.
    population : str
        What the weights bring people to.

    Returns
    -------
    str
        Two sentences.

    Examples
    --------
    >>> moved = pd.DataFrame({"headline": ["Content"], "unweighted": [0.4], "weighted": [0.5],
    ...                       "estimate": [0.1], "conf_low": [0.05], "conf_high": [0.15]})
    >>> print(moved_sentence(moved, "the county"))
    Weighted to the county, "Content" moves most, from 40% to 50% (+10.0 points, 95% interval \
+5.0 to +15.0). 1 of 1 headlines moves by more than chance leaves open.
    """
    rows = moved.dropna(subset=["estimate"])
    most = rows.loc[rows["estimate"].abs().idxmax()]
    clear = ((rows["conf_low"] > 0) | (rows["conf_high"] < 0)).sum()
    span = interval(most["conf_low"], most["conf_high"], "points")
    return (
        f'Weighted to {population}, "{most["headline"]}" moves most, from '
        f"{percent(most['unweighted'])} to {percent(most['weighted'])} "
        f"({points(most['estimate'])} points, 95% interval {span}). {clear} of {len(rows)} "
        f"headlines {'moves' if clear == 1 else 'move'} by more than chance leaves open."
    )


def joined_sentence(weighing: Weighing) -> str:
    """Say which categories were joined because they hold too few people.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.

    Returns
    -------
    str
        One sentence; "" if none was.
    """
    names = list(dict.fromkeys(weighing.joined.values()))
    if not names:
        return ""
    return f"Joined, since a cell held fewer people than the threshold: {'; '.join(names)}."
