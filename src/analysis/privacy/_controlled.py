"""Tables rounded at random to multiples of the threshold, so that rows and columns add up."""

import numpy as np

from analysis.privacy._rounding import behind_rounded
from analysis.privacy._rule import Rule


def behind_cell(
    rounded: np.ndarray | float, *, rule: Rule
) -> tuple[np.ndarray | float, np.ndarray | float]:
    """Return the fewest and the most people that a number in a table of two answers stands for.

    Parameters
    ----------
    rounded : numpy.ndarray or float
        A multiple of the threshold, or an array of them.
    rule : Rule
        What they are rounded to, and how.

    Returns
    -------
    tuple
        Two of the same shape, in whole people: as `behind_rounded`; by controlled rounding less
        than the threshold below to less than the threshold above, 0 at least.

    Examples
    --------
    >>> rule = Rule(10, key="of the replies")
    >>> [[float(end) for end in behind_cell(v, rule=rule)] for v in (0.0, 10.0, 30.0)]
    [[0.0, 9.0], [1.0, 19.0], [21.0, 39.0]]
    """
    if not rule.key:
        return behind_rounded(rounded, rule=rule)
    return np.maximum(rounded - rule.fewest + 1, 0), rounded + rule.fewest - 1


def controlled_rounding(
    counts: np.ndarray,
    masks: np.ndarray,
    *,
    base: int,
    rng: np.random.Generator,
    down: np.ndarray | None = None,
) -> np.ndarray:
    """Round counts at random to a multiple above or below, and sums of them with them.

    Parameters
    ----------
    counts : numpy.ndarray
        Whole numbers, shape (cells,).
    masks : numpy.ndarray
        0 or 1, shape (sums, cells): the cells of each sum.
    base : int
        Of whose multiples each count becomes one; multiples stay what they are.
    rng : numpy.random.Generator
        Draws which way.
    down : numpy.ndarray, optional
        Boolean, shape (cells + sums,): counts, then sums, that go down where the others let them;
        none by default.

    Returns
    -------
    numpy.ndarray
        Shape (cells,), each less than `base` from its count, and so is each sum of theirs from the
        sum of the counts, where `masks` are rows, columns and parts of the ones or the others.
        The expectation of each is its count, but for `down`.

    Notes
    -----
    Unbiased controlled rounding (Cox 1987, Journal of the American Statistical Association 82)
    written for any sums: counts and sums that are no multiples move along a direction that keeps
    all sums right, up or down by as much as takes one of them to a multiple, with chances that
    leave the expectation as it is; until no direction is left. The matrix of rows, columns and
    their parts is totally unimodular, so that all are multiples then. Of other sums, what is left
    is rounded each by itself, and the sums hold no longer. Steps are whole numbers of people
    for such tables, so that every machine draws the same.

    Examples
    --------
    >>> rows = np.array([[1, 1, 0, 0], [0, 0, 1, 1]])
    >>> rng = np.random.default_rng(1)
    >>> counts = np.array([4, 16, 23, 30])
    >>> controlled_rounding(counts, rows, base=10, rng=rng).tolist()
    [0.0, 20.0, 20.0, 30.0]
    """
    sums = np.hstack([masks, -np.eye(len(masks))])
    values = np.concatenate([counts, masks @ counts]).astype(float)
    floor = np.floor(values / base) * base
    above = values - floor
    pulled = np.zeros(len(values)) if down is None else down.astype(float)
    while len(free := np.flatnonzero((above > 0) & (above < base))):
        free = rng.permutation(free)[: len(masks) + 1]
        direction = _dependence(sums[:, free])
        if direction is None:
            break
        steps = _steps(above[free], direction, base)
        up = rng.random() < steps[1] / (steps[0] + steps[1])
        if pull := np.sign(direction @ pulled[free]):
            up = pull < 0
        moved = above[free] + direction * (steps[0] if up else -steps[1])
        above[free] = np.where(np.abs(moved) < 1e-9, 0.0, moved)
        above[free] = np.where(np.abs(above[free] - base) < 1e-9, base, above[free])
    left = (above > 0) & (above < base)
    above = np.where(left, np.where(rng.random(len(above)) < above / base, base, 0.0), above)
    return (floor + above)[: len(counts)]


def _steps(above: np.ndarray, direction: np.ndarray, base: int) -> tuple[float, float]:
    """Return how far one can go along a direction, and against it, within 0 and the base."""
    moving = direction != 0
    above, slope = above[moving], direction[moving]
    ahead = np.where(slope > 0, base - above, above) / np.abs(slope)
    behind = np.where(slope > 0, above, base - above) / np.abs(slope)
    return float(ahead.min()), float(behind.min())


def _dependence(columns: np.ndarray) -> np.ndarray | None:
    """Return weights by which some columns add up to nothing, if there are some.

    Elimination in a fixed order, without a library that sums in an order of its own.
    """
    left = columns.astype(float)
    pivots: list[tuple[int, int]] = []
    open_rows = np.ones(len(left), dtype=bool)
    for at in range(left.shape[1]):
        rows = np.flatnonzero(open_rows & (np.abs(left[:, at]) > 1e-9))
        if not len(rows):
            weights = np.zeros(left.shape[1])
            weights[at] = 1.0
            for row, column in pivots:
                weights[column] = -left[row, at]
            return weights
        row = rows[0]
        left[row] /= left[row, at]
        for other in np.flatnonzero(np.abs(left[:, at]) > 1e-9):
            if other != row:
                left[other] -= left[other, at] * left[row]
        open_rows[row] = False
        pivots.append((row, at))
    return None
