"""What the categories of margins say of values of people: a fit on their patterns."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class MarginPatterns:
    """The people of each combination of categories, and the space that the categories span.

    `number` says which pattern each person has, `counts` how many people have each. `basis` is
    an orthonormal basis of the indicators of all categories, each pattern counted as often as
    it occurs, shape (patterns, rank); it has no column where there are no margins. `kept` is what
    cutting large weights left of the calibrated weight of each pattern, 1 where nothing was cut.
    """

    number: np.ndarray
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
            A row a person, shape (people, values).

        Returns
        -------
        numpy.ndarray
            The same shape.
        """
        if not self.basis.shape[1]:
            return values
        totals = [np.bincount(self.number, each, len(self.counts)) for each in values.T]
        return values - self.fitted(np.stack(totals, axis=1))[self.number]


def margin_patterns(
    categories: pd.DataFrame | None, n: int, *, kept: pd.Series | None = None
) -> MarginPatterns:
    """Find the patterns of people by the categories of margins.

    Parameters
    ----------
    categories : pandas.DataFrame or None
        A row a person, a column a margin, none missing; None where there are no margins.
    n : int
        How many people there are.
    kept : pandas.Series, optional
        The weight of each person, divided by what it was before large ones were cut; the same
        for all people of a pattern.

    Returns
    -------
    Patterns
        Without margins, one pattern.

    Notes
    -----
    The cost of a fit depends on the number of patterns, not on that of people.

    Examples
    --------
    >>> found = margin_patterns(pd.DataFrame({"sex": ["f", "m", "f"]}), 3)
    >>> found.number.tolist(), found.counts.tolist()
    ([0, 1, 0], [2, 1])
    >>> found.residuals(np.array([[1.0], [5.0], [3.0]])).ravel().round(9).tolist()
    [-1.0, 0.0, 1.0]
    """
    number = np.zeros(n, dtype=np.intp)
    columns = [] if categories is None else [pd.factorize(categories[name]) for name in categories]
    for codes, levels in columns:
        _, number = np.unique(number * len(levels) + codes, return_inverse=True)
    counts = np.bincount(number)
    _, first = np.unique(number, return_index=True)
    indicators = [np.eye(len(levels))[codes[first]] for codes, levels in columns]
    scaled = np.sqrt(counts)[:, None] * np.hstack([np.zeros((len(counts), 0)), *indicators])
    left, size, _ = np.linalg.svd(scaled, full_matrices=False)
    return MarginPatterns(
        number=number,
        counts=counts,
        basis=left[:, size > 1e-9 * size.max(initial=0.0)],
        kept=np.ones(len(counts)) if kept is None else kept.to_numpy(dtype=float)[first],
    )
