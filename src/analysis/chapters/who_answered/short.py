"""Who answered in a plain sentence."""

import pandas as pd

from analysis.chapters.who_answered.tables import extremes, one_of_several
from analysis.report import give_or_take, percent


def short_texts(rows: pd.DataFrame, population: str) -> list[str]:
    """Say in plain words who is missing most among the people who answered.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `report.shown_composition` returns it, of the margin most unlike the population.
    population : str
        What the shares are compared with.

    Returns
    -------
    list of str
        One sentence; none if no category is shown.

    Examples
    --------
    >>> rows = pd.DataFrame({"category": ["young", "old"], "estimate": [0.2, 0.8],
    ...                      "conf_low": [0.17, 0.77],
    ...                      "conf_high": [0.23, 0.83], "population_share": [0.5, 0.5]})
    >>> short_texts(rows, "the county")
    ['Heard least: young, 20% of those who answered (give or take 3 points) and 50% of the county.']
    """
    if rows["estimate"].isna().all():
        return []
    (few, _), (near, _) = extremes(rows), one_of_several(rows)
    heard = "Among those heard least" if near else "Heard least"
    shares = percent(few["estimate"]), percent(few["population_share"])
    return [
        f"{heard}: {few['category']}, {shares[0]} of those who answered ({give_or_take(few)}) "
        f"and {shares[1]} of {population}."
    ]
