"""Weights that bring the people who answered to the margins of a population, and their cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis import calibration
from analysis.calibration import Patterns


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A weight a person, in people of the population, and what the weights cost.

    `categories` holds the categories of the margins that the weights were raked to, a column a
    margin; None for weights that a survey brings. `kept` is what `trim` left of each raked weight,
    as a share of it (above 1 for people who got what was cut off others). A person twice in the
    index, or a weight that is missing, infinite, 0 or less, raises ValueError.
    """

    weights: pd.Series
    categories: pd.DataFrame | None = None
    kept: pd.Series | None = None

    def __post_init__(self) -> None:
        """Refuse people who stand twice, and what is no weight."""
        twice = self.weights.index[self.weights.index.duplicated()].unique().tolist()
        if twice:
            raise ValueError(
                f"the index holds {twice[:3]} more than once; give each person a row and a label"
            )
        values = self.weights.to_numpy(dtype=float)
        wrong = values[~(np.isfinite(values) & (values > 0))]
        if len(wrong):
            raise ValueError(
                f"{len(wrong)} of {len(values)} weights are {np.unique(wrong)[:3].tolist()}; leave "
                "those people out: a weight is a number above 0"
            )

    @property
    def n(self) -> int:
        """How many people have a weight."""
        return len(self.weights)

    @property
    def design_effect(self) -> float:
        """Kish's design effect: n times the sum of squared weights by the square of their sum."""
        values = self.weights.to_numpy(dtype=float)
        return float(len(values) * (values**2).sum() / values.sum() ** 2)

    @property
    def effective_n(self) -> float:
        """People in a simple random sample that would tell a mean as well (Kish 1965)."""
        return self.n / self.design_effect

    @property
    def largest(self) -> float:
        """The largest weight as a multiple of their mean."""
        return float(self.weights.max() / self.weights.mean())

    @cached_property
    def patterns(self) -> Patterns:
        """The people by pattern of their categories; one pattern for weights a survey brings."""
        return calibration.patterns(self.categories, self.n, kept=self.kept)

    def residuals(self, values: np.ndarray) -> np.ndarray:
        """Return what the margins leave of values of people.

        Parameters
        ----------
        values : numpy.ndarray
            Shape (people, values), in the order of `weights`.

        Returns
        -------
        numpy.ndarray
            The residuals of a least-squares fit on the categories of all margins; the values
            themselves for weights that a survey brings.

        Notes
        -----
        A raked estimate varies like the weighted total of these residuals (Deville, Sarndal and
        Sautory 1993, JASA 88): what the margins say of a value is known, not estimated. R's
        `survey` takes out one margin after the other, ten times; here all at once. Weights that
        `trim` has cut are raked weights times `kept`: the fit is one of the values times `kept`.
        """
        return self.patterns.residuals(values)


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
    tolerance: float = 1e-10,
    most_iterations: int = 1000,
) -> RakedWeights:
    """Weight people so that their categories have the sizes that they have in the population.

    Parameters
    ----------
    responses : pandas.DataFrame
        A row a person, with a column for each margin, none missing.
    margins : mapping of str to pandas.Series
        For each column the people of the population by category. A category with neither
        respondents nor population is left out.
    tolerance : float
        Iterations end when no margin is missed by more, as a share of its count.
    most_iterations : int
        After which it is said that the margins cannot be met.

    Returns
    -------
    RakedWeights
        The index of `responses`; the weights add up to the population.

    Raises
    ------
    ValueError
        If a margin names no column, a value is missing, a count is negative or missing, a
        category has respondents and no population or the reverse, two margins have different
        totals, a person stands twice in the index, or the iterations do not end.

    Notes
    -----
    Iterative proportional fitting (Deming and Stephan 1940, Ann. Math. Stat. 11) from equal
    weights: each margin in turn is met by one factor a category. Among all weights that meet the
    margins these are nearest to equal ones in Kullback-Leibler distance.

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
    codes, counts = {}, {}
    for name, population in margins.items():
        counts[name] = _checked(responses, name, population)
        codes[name] = pd.Categorical(responses[name], categories=counts[name].index).codes
    totals = {name: float(count.sum()) for name, count in counts.items()}
    first, total = next(iter(totals.items()))
    for name, other in totals.items():
        if abs(other / total - 1) > 1e-9:
            raise ValueError(
                f"the population is {total:,.0f} by {first!r} and {other:,.0f} by {name!r}; "
                "take both margins from one table"
            )
    weights = np.full(len(responses), total / len(responses))
    iterations, missed = 0, np.inf
    while not missed <= tolerance:
        if iterations == most_iterations:
            raise ValueError(
                f"after {most_iterations} iterations a margin is missed by {missed:.2g} times "
                f"its count: no weights above 0 meet all of {', '.join(counts)}; collapse "
                "categories whose people overlap little"
            )
        for name, count in counts.items():
            reached = np.bincount(codes[name], weights, minlength=len(count))
            weights = weights * (count.to_numpy() / reached)[codes[name]]
        iterations, missed = iterations + 1, _miss(weights, codes, counts)
    return RakedWeights(
        weights=pd.Series(weights, index=responses.index, name="weight"),
        categories=responses[list(counts)],
        iterations=iterations,
        margins=_reached(weights, codes, counts),
    )


def trim(raked: RakedWeights, *, upper: float) -> RakedWeights:
    """Cut large weights, and spread what is cut off over the other people.

    Parameters
    ----------
    raked : RakedWeights
        As `rake` returns them.
    upper : float
        The largest weight kept, as a multiple of the mean weight; above 1.

    Returns
    -------
    RakedWeights
        The same total. `margins` shows what the margins then miss: that is the price of a
        smaller design effect.

    Raises
    ------
    ValueError
        If `upper` is 1 or less.

    Notes
    -----
    As `trimWeights(strict = TRUE)` of R's `survey`: what is cut off goes in equal parts to the
    people below the limit, again and again until nobody is above it.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["f", "f", "f", "m"]})
    >>> raked = rake(people, {"sex": pd.Series({"f": 50, "m": 50})})
    >>> trim(raked, upper=1.6).weights.round(1).tolist()
    [20.0, 20.0, 20.0, 40.0]
    """
    if not upper > 1:
        raise ValueError(f"upper = {upper}: weights cannot all be below their mean; give above 1")
    values = raked.weights.to_numpy(dtype=float, copy=True)
    limit = upper * values.mean()
    while (values > limit * (1 + 1e-12)).any():
        above = values > limit
        cut = (values[above] - limit).sum()
        values[above] = limit
        below = values < limit
        values[below] += cut / below.sum()
    weights = pd.Series(values, index=raked.weights.index, name="weight")
    sums = {
        name: weights.groupby(raked.categories[name], observed=True).sum().rename(index=str)
        for name in raked.categories
    }
    reached = [sums[row.margin][row.category] for row in raked.margins.itertuples()]
    return RakedWeights(
        weights=weights,
        categories=raked.categories,
        kept=weights / raked.weights * (1.0 if raked.kept is None else raked.kept),
        iterations=raked.iterations,
        margins=raked.margins.assign(weighted=reached),
    )


def price(raked: RakedWeights, limits: Sequence[float]) -> pd.DataFrame:
    """Say what cutting large weights buys and costs.

    Parameters
    ----------
    raked : RakedWeights
        As `rake` returns them.
    limits : sequence of float
        Largest weights kept, as multiples of the mean weight.

    Returns
    -------
    pandas.DataFrame
        `limit, largest, design_effect, effective_n, largest_miss`: first without a limit (NA),
        then a row a limit.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["f", "f", "f", "m"]})
    >>> raked = rake(people, {"sex": pd.Series({"f": 50, "m": 50})})
    >>> price(raked, [1.8]).round(2)
       limit  largest  design_effect  effective_n  largest_miss
    0    NaN      2.0           1.33          3.0           0.0
    1    1.8      1.8           1.21          3.3           0.1
    """
    rows = [(np.nan, raked), *((limit, trim(raked, upper=limit)) for limit in limits)]
    return pd.DataFrame(
        {
            "limit": [limit for limit, _ in rows],
            "largest": [cut.largest for _, cut in rows],
            "design_effect": [cut.design_effect for _, cut in rows],
            "effective_n": [cut.effective_n for _, cut in rows],
            "largest_miss": [cut.largest_miss for _, cut in rows],
        }
    )


def _checked(responses: pd.DataFrame, name: str, population: pd.Series) -> pd.Series:
    """Return the counts of a margin's categories that have people, or say what is wrong."""
    if name not in responses:
        raise ValueError(f"margin {name!r} is no column; the columns are {list(responses.columns)}")
    missing = int(responses[name].isna().sum())
    if missing:
        raise ValueError(
            f"margin {name!r} is missing for {missing} of {len(responses)} people; leave them out, "
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
    here = responses[name].value_counts()
    here = here[here > 0]
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
            "collapse categories (`categories.collapse`) or leave the margin out"
        )
    return known


def _miss(weights: np.ndarray, codes: Mapping, counts: Mapping) -> float:
    reached = {
        name: np.bincount(codes[name], weights, len(count)) for name, count in counts.items()
    }
    return max(float(np.abs(reached[name] / counts[name] - 1).max()) for name in counts)


def _reached(weights: np.ndarray, codes: Mapping, counts: Mapping) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "margin": name,
                "category": [str(each) for each in count.index],
                "n": np.bincount(codes[name], minlength=len(count)),
                "population": count.to_numpy(),
                "weighted": np.bincount(codes[name], weights, minlength=len(count)),
            }
        )
        for name, count in counts.items()
    ]
    return pd.concat(frames, ignore_index=True)
