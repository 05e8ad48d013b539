"""Tables rounded at random so that every small count keeps as many values as the threshold."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.privacy._controlled import behind_cell, controlled_rounding
from analysis.privacy._lines import Lines
from analysis.privacy._rule import Rule

#: How often a table is rounded anew if a small count would keep too few values.
TRIES = 8


def protected_rounding(
    cells: np.ndarray,
    *,
    fixed: np.ndarray,
    most: np.ndarray,
    rule: Rule,
    lines: Lines,
    names: Sequence[str] = (),
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
    names : sequence of str
        What each cell counts, of tables without sums: a cell that stands in two of them goes one
        way, and two cells with the same count need not.

    Returns
    -------
    numpy.ndarray
        Multiples of the threshold, shape (cells,). Tables that would leave a small count, or few
        who are not counted, fewer values than the threshold, and than the sums alone leave,
        are drawn again, and sums that were rounded up over such a count are taken down; so are
        counts of which few would be left out. Of the best of `TRIES` draws cells are hidden (NaN)
        until none is left with too few.

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
    if not len(lines.masks):
        return table.each_alone(names or [""] * len(cells))
    down, best = (
        np.append(table.only_down(), np.zeros(len(lines.masks), dtype=bool)),
        (np.inf, cells),
    )
    for attempt in range(TRIES):
        rng = _draws(rule.key, attempt, cells)
        rounded = controlled_rounding(cells, lines.masks, base=rule.fewest, rng=rng, down=down)
        narrow = table.narrow(rounded)
        if len(narrow) < best[0]:
            best = len(narrow), rounded
        if not len(narrow):
            break
        over = lines.masks @ rounded > lines.most
        down[len(cells) :] |= over & (lines.masks @ narrow.T > 0).any(axis=1)
    return table.hiding(best[1])


def _draws(key: str, attempt: int, *counts: np.ndarray) -> np.random.Generator:
    """Return draws that are the same for the same key and counts, whatever table they stand in."""
    about = " ".join(str(each.tolist()) for each in counts)
    seed = hashlib.sha256(f"{key} {attempt} {about}".encode()).digest()
    return np.random.default_rng(int.from_bytes(seed[:16], "big"))


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

    def only_down(self) -> np.ndarray:
        """Tell which counts leave few out, so that the multiple above would tell of these."""
        low, high = behind_cell(np.ceil(self.cells / self.rule.fewest) * self.rule.fewest,
                                rule=self.rule)  # fmt: skip
        return np.minimum(high, self.most) - low + 1 < self.rule.fewest

    def each_alone(self, names: Sequence[str]) -> np.ndarray:
        """Round cells without sums each by itself, down where few would be left out."""
        found, down, nothing = self.cells.copy(), self.only_down(), np.zeros((0, 1))
        for at, (name, cell) in enumerate(zip(names, self.cells, strict=True)):
            rng = _draws(f"{self.rule.key} {name}", 0, self.cells[[at]], self.most[[at]])
            one = np.array([cell])
            (found[at],) = controlled_rounding(
                one, nothing, base=self.rule.fewest, rng=rng, down=down[[at]]
            )
        return found

    def hiding(self, rounded: np.ndarray) -> np.ndarray:
        """Hide cells that keep small ones narrow, until none is.

        Which one is hidden follows from what is told, and from no count: the smallest number that
        binds; else those that are narrow themselves, what stands in a line with them, or any.
        """
        shown = rounded.copy()
        while len(narrow := self.narrow(shown)):
            told = ~np.isnan(shown)
            in_lines = (self.lines.masks[(self.lines.masks @ narrow[0]) > 0] > 0).any(axis=0)
            every = (self._binding(narrow, shown), narrow[0] > 0, in_lines, told)
            binding = next((each & told for each in every if (each & told).any()), None)
            if binding is None:
                break
            at = np.flatnonzero(binding)
            shown[at[np.argmin(shown[at])]] = np.nan
        return shown

    def _binding(self, narrow: np.ndarray, shown: np.ndarray) -> np.ndarray:
        """Tell which cells keep the first of the narrow from more that any keeps from it."""
        (low, high), lines = self.ends(shown), self.known(shown)
        for aim in narrow:
            tight = np.zeros(len(low), dtype=bool)
            for way in (0, 1):
                tight |= lines.binding(aim, way, low, high)
            tight &= ~self.fixed & ~np.isnan(shown)
            if aim.sum() == 1:
                tight &= aim == 0
            if tight.any():
                return tight
        return np.zeros(len(low), dtype=bool)


def _width(values: np.ndarray) -> float:
    """Return how many whole numbers lie between the least and the most."""
    return np.floor(values.max() + 1e-6) - np.ceil(values.min() - 1e-6) + 1
