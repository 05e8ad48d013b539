"""What the categories of margins say of values of people: a fit on their patterns."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.patterns import distinct


@dataclass(frozen=True, kw_only=True)
class MarginPatterns:
    """The people of each combination of categories, and the space that the categories span.

    `number` says which pattern each row has, `people` how many people a row stands for, `counts`
    how many have each pattern. `basis` is an orthonormal basis of the indicators of all
    categories, each pattern counted as often as it occurs, shape (patterns, rank); it has no
    column where there are no margins. `kept` is what cutting large weights left of the calibrated
    weight of each pattern, 1 where nothing was cut.
    """

    number: np.ndarray
    people: np.ndarray
    counts: np.ndarray
    basis: np.ndarray
    kept: np.ndarray

    def fitted(self, totals: np.ndarray) -> np.ndarray:
        """Return the least-squares fit of values on the categories of all margins.

        Parameters
        ----------
        totals : numpy.ndarray
            Sums of the values over the people of each pattern, shape (patterns, values).

        Returns
        -------
        numpy.ndarray
            The fitted value of every person of a pattern, of the same shape.

        Notes
        -----
        Where weights were cut, the values times what was kept are fitted: the weighted total of
        the values is the calibrated total of these products.
        """
        root, kept = np.sqrt(self.counts)[:, None], self.kept[:, None]
        return self.basis @ (self.basis.T @ (totals * kept / root)) / root / kept

    def residuals(self, values: np.ndarray) -> np.ndarray:
        """Return what the fit leaves.

        Parameters
        ----------
        values : numpy.ndarray
            Shape (rows, values), the values of each person of a row.

        Returns
        -------
        numpy.ndarray
            The same shape.
        """
        if not self.basis.shape[1]:
            return values
        kinds = distinct([self.number, values], people=self.people)
        number, one = self.number[kinds.first], values[kinds.first]
        return values - self.fitted(self.totals(number, kinds.people, one))[self.number]

    def totals(self, number: np.ndarray, people: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Return sums over the people of each pattern.

        Parameters
        ----------
        number, people : numpy.ndarray
            The pattern of each row, and how many people it stands for.
        values : numpy.ndarray
            Shape (rows, values), the values of each of these people.

        Returns
        -------
        numpy.ndarray
            Shape (patterns, values).
        """
        sums = [np.bincount(number, people * each, len(self.counts)) for each in values.T]
        return np.stack(sums, axis=1)


def codes_in(column: pd.Series, categories: pd.Index) -> np.ndarray:
    """Return where each value stands among some categories, -1 if it is none of them.

    Parameters
    ----------
    column : pandas.Series
        Categorical or not; it may have categories that nobody has.
    categories : pandas.Index
        In which order they are numbered.

    Returns
    -------
    numpy.ndarray
        A value a row.

    Examples
    --------
    >>> codes_in(pd.Series(pd.Categorical(["m", "f"])), pd.Index(["f"])).tolist()
    [-1, 0]
    """
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return categories.get_indexer(column)
    places = np.r_[categories.get_indexer(column.cat.categories), -1]
    return places[column.array.codes]


def margin_patterns(
    categories: pd.DataFrame | None, people: np.ndarray, *, kept: pd.Series | None = None
) -> MarginPatterns:
    """Find the patterns of people by the categories of margins.

    Parameters
    ----------
    categories : pandas.DataFrame or None
        A column a margin, none missing; None where there are no margins.
    people : numpy.ndarray
        How many people each row stands for.
    kept : pandas.Series, optional
        The weight of each row, divided by what it was before large ones were cut; the same for
        all rows of a pattern.

    Returns
    -------
    MarginPatterns
        In the order of their categories. Without margins, one pattern.

    Notes
    -----
    The cost of a fit depends on the number of patterns, not on that of people.

    Examples
    --------
    >>> found = margin_patterns(pd.DataFrame({"sex": ["f", "m", "f"]}), np.ones(3, int))
    >>> found.number.tolist(), found.counts.tolist()
    ([0, 1, 0], [2, 1])
    >>> found.residuals(np.array([[1.0], [5.0], [3.0]])).ravel().round(9).tolist()
    [-1.0, 0.0, 1.0]
    """
    names = [] if categories is None else list(categories)
    columns = [pd.factorize(categories[name], sort=True) for name in names]
    kinds = distinct([codes for codes, _ in columns] or [np.zeros(len(people))], people=people)
    counts, first = kinds.people, kinds.first
    indicators = [np.eye(len(levels))[codes[first]] for codes, levels in columns]
    scaled = np.sqrt(counts)[:, None] * np.hstack([np.zeros((len(counts), 0)), *indicators])
    left, size, _ = np.linalg.svd(scaled, full_matrices=False)
    return MarginPatterns(
        number=kinds.number,
        people=people,
        counts=counts,
        basis=left[:, size > 1e-9 * size.max(initial=0.0)],
        kept=np.ones(len(counts)) if kept is None else kept.to_numpy(dtype=float)[first],
    )
