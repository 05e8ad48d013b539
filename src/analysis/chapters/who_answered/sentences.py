"""Sentences on who answered, made from the tables of its notebook."""

import pandas as pd

from analysis.chapters.who_answered import tables, weight_sentences
from analysis.population import Weighing
from analysis.report import interval, percent
from analysis.survey.codebook import Codebook


def answer_texts(
    least_alike: pd.DataFrame, who: str, weighing: Weighing, moved: pd.DataFrame
) -> list[str]:
    """Say who is missing among the people who answered, and what weights do about it.

    Parameters
    ----------
    least_alike : pandas.DataFrame
        As `report.shown_composition` returns it, of the margin most unlike the population.
    who : str
        What the shares are compared with.
    weighing : Weighing
        As `population.weigh` makes it.
    moved : pandas.DataFrame
        As `tables.shown_moved` returns it.

    Returns
    -------
    list of str
        A paragraph each: who is missing; what the weights cost, and what they move.
    """
    cost = weight_sentences.weights_sentence(weighing)
    effect = weight_sentences.moved_sentence(moved, "the population")
    return [unlike_sentence(least_alike, who), f"{cost} {effect}".strip()]


def compared_with(weighing: Weighing, codebook: Codebook) -> str:
    """Say what the people who answered are compared with.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.
    codebook : Codebook
        Its population.

    Returns
    -------
    str
        Such as "the residents aged 16 and over, Census 2021".
    """
    if weighing.full is None:
        return "the population that the weights stand for"
    return f"the {codebook.population_counts.label}"


def beside_names(weighing: Weighing) -> dict[str, str]:
    """Name the two shares that stand beside each other.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.

    Returns
    -------
    dict
        Column -> heading: the population's shares are its own, or those that weights make.
    """
    beside = "Weighted" if weighing.full is None else "Population"
    return {"estimate": "Answered", "population_share": beside}


def unlike_sentence(rows: pd.DataFrame, population: str) -> str:
    """Say which people are most missing among those who answered, and most plentiful.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `tables.extremes`; empty if no category is shown.
    population : str
        What the shares are compared with.

    Returns
    -------
    str
        One sentence with an interval; "" if no category is shown.

    Examples
    --------
    >>> rows = pd.DataFrame({"category": ["young", "old"], "estimate": [0.2, 0.8],
    ...     "conf_low": [0.1, 0.7], "conf_high": [0.3, 0.9], "population_share": [0.5, 0.5]})
    >>> print(unlike_sentence(rows, "the county"))
    Most missing: young (20% of the people who answered, 95% interval 10% to 30%, and 50% of the \
county); most plentiful: old (80%, 70% to 90%, and 50%).
    """
    if rows["estimate"].isna().all():
        return ""
    few, many = tables.extremes(rows)
    spans = [interval(each["conf_low"], each["conf_high"], "whole percent") for each in (few, many)]
    known = [percent(each["population_share"]) for each in (few, many)]
    return (
        f"Most missing: {few['category']} ({percent(few['estimate'])} of the people who answered, "
        f"95% interval {spans[0]}, and {known[0]} of {population}); most plentiful: "
        f"{many['category']} ({percent(many['estimate'])}, {spans[1]}, and {known[1]})."
    )


def margin_title(rows: pd.DataFrame, dissimilarity: float) -> str:
    """Head a figure of one margin.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `tables.extremes`.
    dissimilarity : float
        Its index, a share of people.

    Returns
    -------
    str
        The finding; "" if no category is shown.

    Examples
    --------
    >>> rows = pd.DataFrame({"category": ["young", "old"], "estimate": [0.2, 0.8],
    ...     "population_share": [0.5, 0.5]})
    >>> margin_title(rows, 0.3)
    'Most missing: young; most plentiful: old. 30% of people would have to be in another category'
    """
    if rows["estimate"].isna().all():
        return ""
    few, many = (each["category"] for each in tables.extremes(rows))
    return (
        f"Most missing: {few}; most plentiful: {many}. {percent(dissimilarity)} of people would "
        "have to be in another category"
    )


def map_title(rows: pd.DataFrame, column: str) -> str:
    """Head the map of where replies came from.

    Parameters
    ----------
    rows : pandas.DataFrame
        `category` and `column`, a row a district.
    column : str
        As `tables.representation` names it.

    Returns
    -------
    str
        The lowest and the highest; "" if no district is shown.

    Examples
    --------
    >>> rows = pd.DataFrame({"category": ["North", "South"], "rate": [1.3, 0.7]})
    >>> map_title(rows, "rate")
    'Replies per 1,000 run from 0.7 in South to 1.3 in North'
    """
    known = rows.dropna(subset=[column]).sort_values(column)
    if known.empty:
        return ""
    names, values = known["category"], known[column]
    what = {"rate": "Replies per 1,000", "factor": "Weighted by unweighted shares"}[column]
    lowest, highest = (f"{values.iloc[at]:.1f} in {names.iloc[at]}" for at in (0, -1))
    return f"{what} run from {lowest} to {highest}"
