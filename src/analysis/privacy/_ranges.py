"""Tables of people told as ranges, so wide that every small count keeps all its values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from analysis.privacy._marks import HIDDEN, HIDDEN_NUMBER
from analysis.privacy._rounding import (
    behind_rounded,
    round_people,
    rounded_totals,
    told_alike,
)
from analysis.privacy._rule import Rule

#: A count is told exactly, rounded, by wider and wider ranges, or not at all.
_EXACT, _ROUNDED, _HIDDEN = -1, 0, 4

#: The fewest and the most of a total, of each row or column.
Ends = tuple[Sequence[float], Sequence[float]]


@dataclass(frozen=True, kw_only=True)
class RangedTable:
    """Counts of people from `low` to `high`.

    `people` has the counts that are told as one number, exact or rounded, and hidden ones in the
    place of the others; `text` is what a reader sees.
    """

    low: pd.DataFrame
    high: pd.DataFrame
    people: pd.DataFrame
    text: pd.DataFrame


def ranged_table(
    counts: pd.DataFrame,
    *,
    rule: Rule,
    row_totals: Ends | None = None,
    column_totals: Ends | None = None,
    known: np.ndarray | None = None,
    sums: Sequence[tuple[np.ndarray, float, float]] = (),
    bases: np.ndarray | None = None,
    exact: bool = False,
) -> RangedTable:
    """Tell counts of people by ranges, small ones as fewer than the threshold.

    Parameters
    ----------
    counts : pandas.DataFrame
        Counts of people, shape (rows, columns), without totals.
    rule : Rule
        How few people are too few, and what others are rounded to.
    row_totals, column_totals : tuple of two sequences of float, optional
        The fewest and the most that readers take each total for, twice the same where it is known;
        None where counts do not add up, or no total is told.
    known : numpy.ndarray, optional
        Boolean, shape (rows, columns): cells that readers can work out from other tables.
    sums : sequence of numpy.ndarray, optional
        Boolean, shape (rows, columns): cells whose sum readers know exactly.
    bases : numpy.ndarray, optional
        Shape (rows, columns), the people of whom each cell counts some, if readers know them:
        then few who are not counted are guarded too.
    exact : bool
        True tells counts exactly that are not small, as far as that gives none away.

    Returns
    -------
    RangedTable
        With the totals and ranges together, every small count may still be any number below the
        threshold (the standard of `Rule`, asked by linear programming).

    Notes
    -----
    Each other count v is told as the range behind its rounding, v - t / 2 to v + t / 2 - 1. Where
    that leaves a small count too little room, a count of the same row, column or sum is told by a
    range of 2, 4 or 6 thresholds in multiples of t, the largest count first, at last not at all
    (partial cell suppression: Fischetti and Salazar 2003, Mathematical Programming 97).
    The bounds are of a continuous relaxation: for tables with rows and columns alone they are
    those of whole people.

    Examples
    --------
    >>> counts = pd.DataFrame([[25, 31, 4], [40, 62, 33]])
    >>> both = [(counts.sum(axis=axis), counts.sum(axis=axis)) for axis in (1, 0)]
    >>> told = ranged_table(counts, rule=Rule(10), row_totals=both[0], column_totals=both[1])
    >>> told.text.to_numpy().tolist()
    [['20 to 39', '20 to 39', 'under 10'], ['40', '60', '20 to 39']]
    """
    cells = counts.to_numpy(dtype=float).ravel()
    fixed = np.zeros(len(cells), dtype=bool) if known is None else np.ravel(known)
    most = np.full(len(cells), np.inf) if bases is None else np.ravel(bases).astype(float)
    reader = _Reader(
        cells=cells, fixed=fixed, most=most, rule=rule,
        lines=_lines(counts, row_totals, column_totals, sums),
        levels=np.full(len(cells), _EXACT if exact else _ROUNDED),
    )  # fmt: skip
    while (failing := reader.failing()) is not None and reader.widen(failing):
        pass
    low, high = reader.ends()
    return _told(counts, low, high, reader)


@dataclass(kw_only=True)
class _Reader:
    """What a reader knows: the range of each cell, and of the sums in `lines` (mask, low, high)."""

    cells: np.ndarray
    fixed: np.ndarray
    most: np.ndarray
    rule: Rule
    lines: tuple[np.ndarray, np.ndarray, np.ndarray]
    levels: np.ndarray

    @property
    def small(self) -> np.ndarray:
        """Which cells count few people, or leave few out."""
        few = self.rule.few(self.cells) | self.rule.few(self.most - self.cells)
        return few & ~self.fixed

    def guarded(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the fewest and the most that a small cell must be able to be."""
        below = self.rule.fewest - 1.0
        few, rest = self.rule.few(self.cells), self.rule.few(self.most - self.cells)
        low = np.where(few, 0.0, np.maximum(self.most - below, 0.0))
        high = np.where(rest, self.most, np.minimum(below, self.most))
        return low, high

    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the range of each cell as it is told."""
        step, level = float(self.rule.fewest), self.levels
        around = np.floor(self.cells / step + 0.5) * step
        low, high = behind_rounded(around, rule=self.rule)
        wide = level > _ROUNDED
        low = np.where(wide, np.maximum(around - level * step, 0.0), low)
        high = np.where(wide, around + level * step - 1, high)
        low = np.where(level == _EXACT, self.cells, np.where(level == _HIDDEN, 0.0, low))
        high = np.where(level == _EXACT, self.cells, np.where(level == _HIDDEN, np.inf, high))
        few = self.guarded()
        low, high = (np.where(self.small, *each) for each in zip(few, (low, high), strict=True))
        return low, np.minimum(high, self.most)

    def failing(self) -> int | None:
        """Return a small cell that cannot be all that it must be able to be."""
        if not self.small.any() or not len(self.lines[0]):
            return None
        low, high = (np.where(self.fixed, self.cells, each) for each in self.ends())
        masks, least, most = self.lines
        system = {
            "A_ub": np.vstack([masks, -masks]), "b_ub": np.concatenate([most, -least]),
            "bounds": np.column_stack([low, high]), "method": "highs",
        }  # fmt: skip
        ends = self.guarded()
        open_ends = {(at, way) for at in np.flatnonzero(self.small) for way in (0, 1)}
        tries = [(self.small * 1.0, way) for way in (0, 1)]
        tries += [(np.eye(1, len(low), at)[0], way) for at, way in sorted(open_ends)]
        for number, (aim, way) in enumerate(tries):
            mine = (int(np.argmax(aim)), way)
            if number > 1 and mine not in open_ends:
                continue
            found = linprog(aim if way == 0 else -aim, **system).x
            reached = (found <= ends[0] + 1e-6, found >= ends[1] - 1e-6)
            open_ends = {(at, side) for at, side in open_ends if not reached[side][at]}
            if number > 1 and mine in open_ends:
                return mine[0]
        return None

    def widen(self, cell: int) -> bool:
        """Tell one more count in the lines of a small cell less exactly; False if none is left."""
        masks = self.lines[0]
        near = masks[masks[:, cell] > 0].max(axis=0) > 0
        near &= ~self.small & ~self.fixed & (self.levels < _HIDDEN)
        if not near.any():
            return False
        candidates = np.flatnonzero(near)
        order = np.lexsort((-self.cells[candidates], self.levels[candidates]))
        self.levels[candidates[order[0]]] += 1
        return True


def _lines(
    counts: pd.DataFrame,
    rows: Ends | None,
    columns: Ends | None,
    sums: Sequence[tuple[np.ndarray, float, float]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the cells of each sum that readers know, the least and the most it can be."""
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
    return np.array(masks).reshape(-1, size), np.array(least), np.array(most)


def _told(counts: pd.DataFrame, low: np.ndarray, high: np.ndarray, reader: _Reader) -> RangedTable:
    """Write each range as readers see it."""
    frame = {"index": counts.index, "columns": counts.columns}
    single = (reader.levels <= _ROUNDED) & ~reader.small
    numbers = np.where(
        reader.levels == _EXACT, reader.cells,
        round_people(pd.Series(reader.cells), rule=reader.rule),
    )  # fmt: skip
    people = np.where(single, numbers, HIDDEN_NUMBER)
    text = [
        f"{people[at]:,.0f}" if single[at] else range_words(low[at], high[at])
        for at in range(len(people))
    ]
    shaped = {
        "low": low, "high": high, "people": people, "text": np.array(text, dtype=object)
    }  # fmt: skip
    return RangedTable(
        **{name: pd.DataFrame(each.reshape(counts.shape), **frame) for name, each in shaped.items()}
    )


def ranged_answers(
    counts: pd.DataFrame,
    *,
    rule: Rule,
    together: Sequence[str] = (),
    of: Sequence[str] | None = None,
    rounded: bool = False,
) -> RangedTable:
    """Tell the answers of groups of people by ranges, where all totals are known.

    Parameters
    ----------
    counts : pandas.DataFrame
        A row a group, a column an answer. The groups are all people who answered.
    rule : Rule
        How few people are too few.
    together : sequence of str
        Answers whose share together readers know group by group, but for groups of which few gave
        one of them, or few another.
    of : sequence of str, optional
        The groups of which that is known; all without.
    rounded : bool
        True if the totals of answers, and the shares together, are told as `rounded_distribution`
        tells them, in whole percent with their interval; else exactly.

    Returns
    -------
    RangedTable
        As `ranged_table`.

    Examples
    --------
    >>> counts = pd.DataFrame({"poor": [40, 52, 31], "good": [38, 14, 33], "best": [25, 4, 3]})
    >>> ranged_answers(counts, rule=Rule(10)).text["best"].tolist()
    ['20 to 39', 'under 10', 'under 10']
    """
    rows, answers = counts.sum(axis=1), counts.sum(axis=0)
    columns = rounded_totals(counts, rule=rule)[1] if rounded else (answers, answers)
    named = counts.columns.isin(list(together))
    best = counts.loc[:, named].sum(axis=1)
    split = ~(rule.few(best) | rule.few(rows - best)) & bool(0 < named.sum() < len(named))
    split &= True if of is None else counts.index.isin(list(of))
    sums = []
    for at in np.flatnonzero(split):
        ends = (best.iloc[at],) * 2
        if rounded:
            ends = told_alike(best.iloc[at], rows.iloc[at], rule.fewest)
        sums.append((np.outer(np.arange(len(counts)) == at, named), *ends))
    return ranged_table(
        counts, rule=rule, row_totals=(rows, rows), column_totals=columns, sums=sums
    )


def range_words(low: float, high: float) -> str:
    """Say between which numbers a count of people lies.

    Parameters
    ----------
    low, high : float
        The fewest and the most; the most may be infinite.

    Returns
    -------
    str
        Such as "under 10" or "10 to 29"; `HIDDEN` where nothing is known.

    Examples
    --------
    >>> range_words(0, 9), range_words(10, 29), range_words(0, float("inf"))
    ('under 10', '10 to 29', '[c]')
    """
    if np.isinf(high):
        return HIDDEN
    return f"under {high + 1:,.0f}" if low <= 0 else f"{low:,.0f} to {high:,.0f}"
