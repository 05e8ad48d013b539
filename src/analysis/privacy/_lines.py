"""What readers know of a table besides its cells: sums of them, each from so many to so many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import OptimizeResult, linprog

#: The fewest and the most of a total, of each row or column.
Ends = tuple[Sequence[float], Sequence[float]]


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Sums of cells that readers know: 0 or 1 by sum and cell, and the least and most of each."""

    masks: np.ndarray
    least: np.ndarray
    most: np.ndarray

    def solved(
        self, aim: np.ndarray, way: int, low: np.ndarray, high: np.ndarray
    ) -> OptimizeResult:
        """Find the least (0) or the most (1) of a weighted sum of cells, each in its range."""
        return linprog(
            aim if way == 0 else -aim, A_ub=np.vstack([self.masks, -self.masks]),
            b_ub=np.concatenate([self.most, -self.least]), bounds=np.column_stack([low, high]),
            method="highs",
        )  # fmt: skip

    def extreme(self, aim: np.ndarray, way: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Return cells where a weighted sum of them is least (0) or most (1)."""
        return self.solved(aim, way, low, high).x

    def binding(self, aim: np.ndarray, way: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Tell which cells' ranges, were they wider, would take the sum further (dual prices)."""
        found = self.solved(aim, way, low, high)
        prices = np.abs(found.lower.marginals) + np.abs(found.upper.marginals)
        return (prices > 1e-9) & ((found.x > 1e-6) | (found.x >= high - 1e-6))


def known_lines(
    counts: pd.DataFrame,
    rows: Ends | None,
    columns: Ends | None,
    sums: Sequence[tuple[np.ndarray, float, float]],
) -> Lines:
    """Collect the totals and other sums that readers know of a table.

    Parameters
    ----------
    counts : pandas.DataFrame
        Counts of people, shape (rows, columns), without totals.
    rows, columns : tuple of two sequences of float, optional
        The fewest and the most of each total; None where no total is known.
    sums : sequence of tuple of numpy.ndarray and two float
        Cells of each further sum, boolean in the shape of the table; its fewest, its most.

    Returns
    -------
    Lines
        Cells are in the order of the table, row by row.

    Examples
    --------
    >>> counts = pd.DataFrame([[25, 4], [40, 33]])
    >>> known_lines(counts, ([29, 73], [29, 73]), None, []).masks.tolist()
    [[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]]
    """
    shape, masks, least, most = counts.shape, [], [], []
    for axis, ends in enumerate((rows, columns)):
        for number in range(shape[axis] if ends is not None else 0):
            mask = np.zeros(shape)
            mask[(number, slice(None)) if axis == 0 else (slice(None), number)] = 1
            masks.append(mask.ravel())
            least.append(float(np.asarray(ends[0])[number]))
            most.append(float(np.asarray(ends[1])[number]))
    for mask, low, high in sums:
        masks.append(np.ravel(mask).astype(float))
        least.append(float(low))
        most.append(float(high))
    size = shape[0] * shape[1]
    return Lines(
        masks=np.array(masks).reshape(len(masks), size), least=np.array(least), most=np.array(most)
    )
