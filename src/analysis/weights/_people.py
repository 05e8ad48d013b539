"""A weight a person, or a row of people, and what the weights cost."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.patterns import Distinct, distinct, people_of
from analysis.weights import _patterns
from analysis.weights._patterns import MarginPatterns


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A weight a person, in people of the population, and what the weights cost.

    `categories` holds the categories of the margins that the weights were raked to, a column a
    margin; None for weights that a survey brings. `kept` is what `trim` left of each raked weight,
    as a share of it (above 1 for people who got what was cut off others). A person twice in the
    index, or a weight that is missing, infinite, 0 or less, raises ValueError.

    `frequency` says how many people a row stands for, 1 without it (see `patterns`): the weight
    is that of each of them. It belongs here and not to the functions that take weights alone,
    since those also need to know how many people are outside of what they are asked.
    """

    weights: pd.Series
    categories: pd.DataFrame | None = None
    kept: pd.Series | None = None
    frequency: pd.Series | None = None

    def __post_init__(self) -> None:
        """Refuse people who stand twice, and what is no weight; leave out rows of nobody."""
        self._leave_out_nobody()
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

    def _leave_out_nobody(self) -> None:
        people = people_of(self.frequency, self.weights)
        if (people > 0).all():
            return
        for name in ("weights", "categories", "kept", "frequency"):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, given[people > 0])

    @cached_property
    def people(self) -> np.ndarray:
        """How many people each row stands for."""
        return people_of(self.frequency, self.weights)

    @cached_property
    def kinds(self) -> Distinct:
        """The distinct weights, and the people of each."""
        return distinct([self.weights.to_numpy(dtype=float)], people=self.people)

    @property
    def n(self) -> int:
        """How many people have a weight."""
        return int(self.people.sum())

    @property
    def _sums(self) -> tuple[float, float]:
        """The sum of the weights of all people, and that of their squares."""
        values = self.weights.to_numpy(dtype=float)[self.kinds.first]
        return float(self.kinds.people @ values), float(self.kinds.people @ values**2)

    @property
    def design_effect(self) -> float:
        """Kish's design effect: n times the sum of squared weights by the square of their sum."""
        total, squares = self._sums
        return float(self.n * squares / total**2)

    @property
    def effective_n(self) -> float:
        """People in a simple random sample that would tell a mean as well (Kish 1965).

        At most `n`, by the inequality of Cauchy and Schwarz; rounding must not say otherwise.
        """
        return min(self.n / self.design_effect, self.n)

    @property
    def largest(self) -> float:
        """The largest weight as a multiple of their mean."""
        return float(self.weights.max() / (self._sums[0] / self.n))

    @cached_property
    def patterns(self) -> MarginPatterns:
        """The people by pattern of their categories; one pattern for weights a survey brings."""
        return _patterns.margin_patterns(self.categories, self.people, kept=self.kept)

    def people_at(self, index: pd.Index, frequency: pd.Series | None = None) -> np.ndarray:
        """Return how many people some rows stand for.

        Parameters
        ----------
        index : pandas.Index
            The rows.
        frequency : pandas.Series, optional
            What is said of it elsewhere, of the same rows and with nobody in none of them.

        Returns
        -------
        numpy.ndarray
            A value a row.

        Raises
        ------
        ValueError
            If a row has no weight, or the weights were made with other numbers of people.
        """
        lost = index.difference(self.weights.index)
        if len(lost):
            raise ValueError(
                f"{len(lost)} of {len(index)} people have no weight; leave them out first"
            )
        people = self.people[self.weights.index.get_indexer(index)]
        other = people_of(frequency, index) != people
        if frequency is not None and other.any():
            at = np.flatnonzero(other)[0]
            raise ValueError(
                f"row {index[at]} has the frequency {frequency.iloc[at]}, and {people[at]} where "
                "the weights were made; rake with this frequency, or give it to `Weights`"
            )
        return people

    def residuals(self, values: np.ndarray) -> np.ndarray:
        """Return what the margins leave of values of people.

        Parameters
        ----------
        values : numpy.ndarray
            Shape (rows, values), in the order of `weights`: those of each person of a row.

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
