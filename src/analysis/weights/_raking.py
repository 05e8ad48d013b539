"""Raking: weights that meet the margins of a population one by one until all hold."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.patterns import distinct, named_people, people_of
from analysis.weights._newton_raking import newton_weights
from analysis.weights._patterns import codes_in
from analysis.weights._people import Weights

#: After so many rounds from margin to margin, Newton's method takes over.
ROUNDS = 100


@dataclass(frozen=True, kw_only=True)
class RakedWeights(Weights):
    """Weights made by `rake`: how it went, and how well the margins are met.

    `margins` has `margin, category, n, population, weighted`, a row a category.
    """

    iterations: int
    margins: pd.DataFrame

    @property
    def largest_miss(self) -> float:
        """The largest distance from a margin, as a share of the population count."""
        miss = (self.margins["weighted"] / self.margins["population"] - 1).abs()
        return float(miss.max())

    def __str__(self) -> str:
        return (
            f"{self.n:,} people raked to {self.margins['margin'].nunique()} margins in "
            f"{self.iterations} iterations; design effect {self.design_effect:.2f}, "
            f"effective n {self.effective_n:,.0f}"
        )

    __repr__ = __str__


def rake(
    responses: pd.DataFrame,
    margins: Mapping[str, pd.Series],
    *,
    frequency: str | None = None,
    tolerance: float = 1e-10,
) -> RakedWeights:
    """Weight people so that their categories have the sizes that they have in the population.

    Parameters
    ----------
    responses : pandas.DataFrame
        A row a person, with a column for each margin, none missing.
    margins : mapping of str to pandas.Series
        For each column the people of the population by category. A category with neither
        respondents nor population is left out.
    frequency : str, optional
        The column that says how many people a row stands for; 1 without it (see `patterns`).
    tolerance : float
        Iterations end when no margin is missed by more, as a share of its count.

    Returns
    -------
    RakedWeights
        The index of `responses`, of the rows with people; the weights of the people add up to
        the population.

    Raises
    ------
    ValueError
        If a margin names no column, a value is missing, a count is negative or missing, a
        category has respondents and no population or the reverse, two margins have different
        totals, a person stands twice in the index, a frequency is no number of people, or no
        weights above 0 meet the margins (which category cannot get its people).

    Notes
    -----
    Iterative proportional fitting (Deming and Stephan 1940, Ann. Math. Stat. 11) from equal
    weights: each margin in turn is met by one factor a category. Among all weights that meet the
    margins these are nearest to equal ones in Kullback-Leibler distance. Where few people
    link the categories, rounds gain little: then Newton's method finds the same weights
    (`_newton_raking`). People of the same categories weigh the same, so the cost depends on the
    combinations of categories and not on the people.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["f", "f", "f", "m"]})
    >>> raked = rake(people, {"sex": pd.Series({"f": 60, "m": 40})})
    >>> raked.weights.tolist()
    [20.0, 20.0, 20.0, 40.0]
    >>> raked
    4 people raked to 1 margins in 1 iterations; design effect 1.12, effective n 4
    """
    if not margins or responses.empty:
        raise ValueError(f"{len(responses)} people and {len(margins)} margins; give some of both")
    responses, times = named_people(responses, frequency)
    people, codes, counts = people_of(times, responses), {}, {}
    for name, population in margins.items():
        counts[name] = _checked(responses, name, population, people)
        codes[name] = codes_in(responses[name], counts[name].index)
    kinds = distinct(list(codes.values()), people=people)
    people, codes = kinds.people, {name: each[kinds.first] for name, each in codes.items()}
    totals = {name: float(count.sum()) for name, count in counts.items()}
    first, total = next(iter(totals.items()))
    for name, other in totals.items():
        if abs(other / total - 1) > 1e-9:
            raise ValueError(
                f"the population is {total:,.0f} by {first!r} and {other:,.0f} by {name!r}; "
                "take both margins from one table"
            )
    weights = np.full(len(people), total / people.sum())
    iterations, missed = 0, np.inf
    while missed > tolerance and iterations < ROUNDS:
        for name, count in counts.items():
            reached = np.bincount(codes[name], people * weights, minlength=len(count))
            weights = weights * (count.to_numpy() / reached)[codes[name]]
        iterations, missed = iterations + 1, _miss(people * weights, codes, counts)
    if missed > tolerance:
        weights, steps = newton_weights(weights, codes, counts, people)
        iterations, missed = iterations + steps, _miss(people * weights, codes, counts)
    if not missed <= tolerance:
        raise ValueError(
            f"raking ended with a margin missed by {missed:.2g} times its count; some weights "
            f"would be nearly 0 or very large: collapse categories of {', '.join(counts)}"
        )
    return RakedWeights(
        weights=pd.Series(weights[kinds.number], index=responses.index, name="weight"),
        categories=responses[list(counts)],
        frequency=times,
        iterations=iterations,
        margins=_reached(people, people * weights, codes, counts),
    )


def _checked(
    responses: pd.DataFrame, name: str, population: pd.Series, people: np.ndarray
) -> pd.Series:
    """Return the counts of a margin's categories that have people, or say what is wrong."""
    if name not in responses:
        raise ValueError(f"margin {name!r} is no column; the columns are {list(responses.columns)}")
    missing = int(people[responses[name].isna()].sum())
    if missing:
        raise ValueError(
            f"margin {name!r} is missing for {missing} of {people.sum()} people; leave them out, "
            "or give them a category of their own with its population"
        )
    if population.index.duplicated().any():
        twice = population.index[population.index.duplicated()].tolist()
        raise ValueError(f"margin {name!r} has {twice} twice; add their counts up")
    wrong = population[~(population >= 0) | np.isinf(population.astype(float))]
    if len(wrong):
        raise ValueError(
            f"margin {name!r} has the population {wrong.to_dict()}; counts are 0 or more"
        )
    here = pd.Series(people, index=responses.index).groupby(responses[name], observed=True).sum()
    here = here.sort_values(ascending=False, kind="stable")
    known = population[population > 0].astype(float)
    unknown = [each for each in here.index if each not in known.index]
    if unknown:
        raise ValueError(
            f"margin {name!r}: {unknown} have respondents ({here[unknown].tolist()}) and no "
            "population; leave those people out or correct the table"
        )
    empty = [each for each in known.index if each not in here.index]
    if empty:
        raise ValueError(
            f"margin {name!r}: nobody answered from {empty}; no weight can stand for them: "
            "collapse categories (`groups.collapse`) or leave the margin out"
        )
    return known


def _miss(mass: np.ndarray, codes: Mapping, counts: Mapping) -> float:
    reached = {name: np.bincount(codes[name], mass, len(count)) for name, count in counts.items()}
    return max(float(np.abs(reached[name] / counts[name] - 1).max()) for name in counts)


def _reached(people: np.ndarray, mass: np.ndarray, codes: Mapping, counts: Mapping) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "margin": name,
                "category": [str(each) for each in count.index],
                "n": np.bincount(codes[name], people, len(count)).astype(int),
                "population": count.to_numpy(),
                "weighted": np.bincount(codes[name], mass, len(count)),
            }
        )
        for name, count in counts.items()
    ]
    return pd.concat(frames, ignore_index=True)
