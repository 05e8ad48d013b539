"""Sentences on who answered, made from the tables of its notebook."""

import pandas as pd

from analysis.chapters.who_answered import tables, weight_sentences
from analysis.population import Weighing
from analysis.report import interval, listed, percent
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
    first, last = end_names(rows)
    return (
        f"{first}: {few['category']} ({percent(few['estimate'])} of the people who answered, "
        f"95% interval {spans[0]}, and {known[0]} of {population}); {last}: "
        f"{many['category']} ({percent(many['estimate'])}, {spans[1]}, and {known[1]})."
    )


def end_names(rows: pd.DataFrame) -> tuple[str, str]:
    """Name the two ends of a margin: "among the most" where others may be as far.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `tables.extremes`.

    Returns
    -------
    tuple of str
        What stands before the most missing, and before the most plentiful.

    Examples
    --------
    >>> rows = pd.DataFrame({"category": [*"abc"], "estimate": [0.2, 0.21, 0.59],
    ...     "conf_low": [0.1, 0.1, 0.5], "conf_high": [0.3, 0.3, 0.7],
    ...     "population_share": [0.33, 0.33, 0.33]})
    >>> end_names(rows)
    ('Among the most missing', 'most plentiful')
    """
    few, many = tables.one_of_several(rows)
    first = "Among the most missing" if few else "Most missing"
    return first, "among the most plentiful" if many else "most plentiful"


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
    ...     "conf_low": [0.1, 0.7], "conf_high": [0.3, 0.9], "population_share": [0.5, 0.5]})
    >>> margin_title(rows, 0.3)
    'Most missing: young; most plentiful: old. 30% of people would have to be in another category'
    """
    if rows["estimate"].isna().all():
        return ""
    few, many = (each["category"] for each in tables.extremes(rows))
    apart = f"{percent(dissimilarity)} of people would have to be in another category"
    if rows["estimate"].notna().sum() == 1:
        return f"Of {few} alone may be told how many answered. {apart}"
    first, last = end_names(rows)
    return f"{first}: {few}; {last}: {many}. {apart}"


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
    shown = values.round(1)
    lowest, highest = (
        f"{end:.1f} in {listed(list(names[shown == end]), most=3)}"
        for end in (shown.iloc[0], shown.iloc[-1])
    )
    if shown.iloc[0] == shown.iloc[-1]:
        return f"{what}: {lowest}"
    return f"{what} run from {lowest} to {highest}"
