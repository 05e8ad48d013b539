"""A weight a person, and what the weights cost."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.weights import _patterns
from analysis.weights._patterns import MarginPatterns


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
        """People in a simple random sample that would tell a mean as well (Kish 1965).

        At most `n`, by the inequality of Cauchy and Schwarz; rounding must not say otherwise.
        """
        return min(self.n / self.design_effect, self.n)

    @property
    def largest(self) -> float:
        """The largest weight as a multiple of their mean."""
        return float(self.weights.max() / self.weights.mean())

    @cached_property
    def patterns(self) -> MarginPatterns:
        """The people by pattern of their categories; one pattern for weights a survey brings."""
        return _patterns.margin_patterns(self.categories, self.n, kept=self.kept)

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
