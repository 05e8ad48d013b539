"""Tables rounded at random to multiples of the threshold, so that rows and columns add up."""

import hashlib
from dataclasses import dataclass

import numpy as np

from analysis.privacy._lines import Lines
from analysis.privacy._rounding import behind_rounded
from analysis.privacy._rule import Rule

#: How often a table is rounded anew if a small count would keep too few values.
TRIES = 8


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
        Boolean, shape (sums,): sums that go down where the others let them; none by default.

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
    pulled = np.zeros(len(values))
    pulled[len(counts) :] = 0 if down is None else down
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


def protected_rounding(
    cells: np.ndarray, *, fixed: np.ndarray, most: np.ndarray, rule: Rule, lines: Lines
) -> np.ndarray:
    """Round a table so that every small count keeps as many values as the threshold has.

    Parameters
    ----------
    cells : numpy.ndarray
        Counts of people, shape (cells,).
    fixed : numpy.ndarray
        Boolean, shape (cells,): those that readers can work out from other tables.
    most : numpy.ndarray
        Shape (cells,), the people of whom each counts some, infinite where readers do not know.
    rule : Rule
        The threshold, and the key of the draws: with the same one, the same counts become the same
        numbers wherever they are told.
    lines : Lines
        The sums that readers know.

    Returns
    -------
    numpy.ndarray
        Multiples of the threshold, shape (cells,). Tables that would leave a small count, or few
        who are not counted, fewer values than the threshold, and than the sums alone leave,
        are drawn again, and sums that were rounded up over such a count are taken down. Of the
        best of `TRIES` draws cells are hidden (NaN) until none is left with too few.

    Examples
    --------
    >>> from analysis.privacy._lines import Lines
    >>> counts, lines = np.array([25.0, 4.0]), Lines(
    ...     masks=np.ones((1, 2)), least=np.array([29.0]), most=np.array([29.0]))
    >>> rule = Rule(10, key="of the replies")
    >>> protected_rounding(
    ...     counts, fixed=np.zeros(2, dtype=bool), most=np.full(2, np.inf), rule=rule, lines=lines)
    array([20.,  0.])
    """
    table = _Table(cells=cells, fixed=fixed, most=most, rule=rule, lines=lines)
    down, best = np.zeros(len(lines.masks), dtype=bool), (np.inf, cells)
    for attempt in range(TRIES):
        seed = hashlib.sha256(f"{rule.key} {attempt} {cells.tolist()}".encode()).digest()
        rng = np.random.default_rng(int.from_bytes(seed[:16], "big"))
        rounded = controlled_rounding(cells, lines.masks, base=rule.fewest, rng=rng, down=down)
        narrow = table.narrow(rounded)
        if len(narrow) < best[0]:
            best = len(narrow), rounded
        if not len(narrow):
            break
        over = lines.masks @ rounded > lines.most
        down |= over & (lines.masks @ narrow.T > 0).any(axis=1)
    return table.hiding(best[1])


@dataclass(frozen=True, kw_only=True)
class _Table:
    """A table, and what readers know of it besides the numbers that are told."""

    cells: np.ndarray
    fixed: np.ndarray
    most: np.ndarray
    rule: Rule
    lines: Lines

    def ends(self, rounded: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return between which numbers each cell lies for readers; NaN tells them nothing."""
        low, high = behind_cell(rounded, rule=self.rule)
        hidden = np.isnan(rounded)
        low, high = np.where(hidden, 0.0, low), np.where(hidden, np.inf, high)
        known = (low, np.minimum(high, self.most))
        return tuple(np.where(self.fixed, self.cells, each) for each in known)

    def known(self, rounded: np.ndarray) -> Lines:
        """Return the sums that readers know: rounded numbers tell them of each sum, too."""
        masks, lines = self.lines.masks, self.lines
        told = masks @ np.nan_to_num(rounded)
        near = np.abs(told - masks @ self.cells) < self.rule.fewest
        near &= ~(masks[:, np.isnan(rounded)] > 0).any(axis=1)
        low, high = behind_cell(told, rule=self.rule)
        least = np.where(near, np.maximum(lines.least, low), lines.least)
        most = np.where(near, np.minimum(lines.most, high), lines.most)
        return Lines(masks=masks, least=least, most=most)

    def guarded(self) -> np.ndarray:
        """Return what may not be known closely, as masks: small cells, and small sums not known."""
        few = self.rule.few(self.cells) | self.rule.few(self.most - self.cells)
        open_sums = self.lines.least < self.lines.most
        open_sums &= self.rule.few(self.lines.masks @ self.cells)
        alone = np.eye(len(self.cells))[few & ~self.fixed]
        return np.vstack([alone, self.lines.masks[open_sums]])

    def narrow(self, rounded: np.ndarray) -> np.ndarray:
        """Return which of the guarded take fewer values than they must, for who knows the sums."""
        aims, (low, high) = self.guarded(), self.ends(rounded)
        seen, lines = [self.cells], self.known(rounded)
        found = np.zeros(len(aims), dtype=bool)
        for number, aim in enumerate(aims):
            for way in (0, 1):
                if _width(np.array(seen) @ aim) < self.rule.fewest:
                    seen.append(lines.extreme(aim, way, low, high))
            width = _width(np.array(seen) @ aim)
            found[number] = width < self.rule.fewest and width < self._left_by_sums(aim)
        return aims[found]

    def _left_by_sums(self, aim: np.ndarray) -> float:
        """Return how many values the sums alone leave."""
        low, high = self.ends(np.full(len(self.cells), np.nan))
        ends = [self.lines.extreme(aim, way, low, high) for way in (0, 1)]
        return _width(np.array(ends) @ aim)

    def hiding(self, rounded: np.ndarray) -> np.ndarray:
        """Hide cells that keep small ones narrow, until none is."""
        shown = rounded.copy()
        while len(narrow := self.narrow(shown)):
            binding = self._binding(narrow, shown)
            if not len(binding):
                break
            shown[binding[np.argmin(self.cells[binding])]] = np.nan
        return shown

    def _binding(self, narrow: np.ndarray, shown: np.ndarray) -> np.ndarray:
        """Return the cells that keep the first of the narrow from more that any keeps from it."""
        (low, high), lines = self.ends(shown), self.known(shown)
        for aim in narrow:
            tight = np.zeros(len(low), dtype=bool)
            for way in (0, 1):
                tight |= lines.binding(aim, way, low, high)
            tight &= ~self.fixed & ~np.isnan(shown)
            if aim.sum() == 1:
                tight &= aim == 0
            if tight.any():
                return np.flatnonzero(tight)
        return np.array([], dtype=int)


def _width(values: np.ndarray) -> float:
    """Return how many whole numbers lie between the least and the most."""
    return np.floor(values.max() + 1e-6) - np.ceil(values.min() - 1e-6) + 1
