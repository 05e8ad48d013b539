"""How much more readily some kinds of people answered than others, as far as it is measured."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import population
from analysis.report import composition, shown_composition
from analysis.sensitivity import ratio_of_chances
from analysis.survey import Survey

#: What the table shows.
COLUMNS = ["margin", "category", "estimate", "population_share", "gamma"]


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """The kind of people whose chance of answering differs most from that of all others.

    `estimate` is their share of the people who answered, `population_share` that of the
    population, `gamma` the factor; `counted` whether the population is counted, or known by the
    weights that the survey brings.
    """

    category: str
    estimate: float
    population_share: float
    gamma: float
    counted: bool


def measured(survey: Survey, responses: pd.DataFrame) -> pd.DataFrame:
    """Give the factor of each kind of people that notebook 02 shows.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS` from the strongest factor to the weakest, in either direction; from shares in
        whole percent, as they are shown. No rows without weights.
    """
    weighing = population.weigh(survey, responses)
    if weighing is None:
        return pd.DataFrame(columns=COLUMNS)
    rows = shown_composition(composition(weighing, responses), survey.codebook)
    inside = rows["estimate"].gt(0) & rows["estimate"].lt(1) & rows["population_share"].between(
        0, 1, inclusive="neither"
    )  # fmt: skip
    rows = rows[inside].reset_index(drop=True)
    gamma = [ratio_of_chances(each.estimate, each.population_share) for each in rows.itertuples()]
    rows = rows.assign(gamma=np.asarray(gamma, dtype=float))
    order = np.log(rows["gamma"]).abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order, COLUMNS].reset_index(drop=True)


def strongest(survey: Survey, responses: pd.DataFrame) -> Benchmark | None:
    """Find the kind of people whose chance of answering differs most from that of all others.

    Parameters
    ----------
    survey, responses
        As for `measured`.

    Returns
    -------
    Benchmark or None
        None without weights, or if no kind may be shown.
    """
    rows = measured(survey, responses)
    if rows.empty:
        return None
    first = rows.iloc[0]
    return Benchmark(
        category=str(first["category"]),
        estimate=float(first["estimate"]),
        population_share=float(first["population_share"]),
        gamma=float(first["gamma"]),
        counted=survey.codebook.population_counts is not None and not survey.has("weight"),
    )
