"""Tables of people told as ranges, so wide that every small count keeps all its values."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.privacy._controlled import behind_cell
from analysis.privacy._lines import Ends, Lines, known_lines
from analysis.privacy._marks import HIDDEN, HIDDEN_NUMBER
from analysis.privacy._protected import protected_rounding
from analysis.privacy._rounding import behind_rounded, round_people
from analysis.privacy._rule import Rule

#: A count is told exactly, rounded, by wider and wider ranges, or not at all.
_EXACT, _ROUNDED, _HIDDEN = -1, 0, 4


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
    sums : sequence of tuple of numpy.ndarray and two float, optional
        Boolean, shape (rows, columns), cells whose sum readers know; the fewest and the most that
        they take it for.
    bases : numpy.ndarray, optional
        Shape (rows, columns), the people of whom each cell counts some, if readers know them:
        then few who are not counted are guarded too.
    exact : bool
        True tells counts exactly that are not small, as far as that gives none away, else by
        ranges: no rounded count stands among exact ones.

    Returns
    -------
    RangedTable
        With the totals and ranges together, every small count may still be any number below the
        threshold that the totals leave (asked by linear programming).

    Notes
    -----
    Each other count v is told as the range behind its rounding, v - t / 2 to v + t / 2 - 1. Where
    that leaves a small count too little room, a count whose range binds it (a dual price) is told
    by a range of 2, 4 or 6 thresholds in multiples of t, the largest count first, a small one as
    below 2, 3 or 4 thresholds, at last not at all (partial cell suppression: Fischetti and Salazar
    2003, Mathematical Programming 97). Where totals alone bind, no range helps, and none is wider.
    The bounds are of a continuous relaxation: for tables with rows and columns alone they are
    those of whole people.

    Examples
    --------
    >>> counts = pd.DataFrame([[25, 31, 4], [40, 62, 33]])
    >>> both = [(counts.sum(axis=axis), counts.sum(axis=axis)) for axis in (1, 0)]
    >>> told = ranged_table(counts, rule=Rule(10), row_totals=both[0], column_totals=both[1])
    >>> told.text.to_numpy().tolist()
    [['30', '30', 'under 10'], ['40', '50 to 69', '20 to 39']]
    """
    cells = counts.to_numpy(dtype=float).ravel()
    fixed = np.zeros(len(cells), dtype=bool) if known is None else np.ravel(known)
    most = np.full(len(cells), np.inf) if bases is None else np.ravel(bases).astype(float)
    lines = known_lines(counts, row_totals, column_totals, sums)
    if rule.key and not exact:
        rounded = protected_rounding(
            cells, fixed=fixed, most=most, rule=rule, lines=lines,
            names=[f"{row}, {column}" for row in counts.index for column in counts.columns],
        )  # fmt: skip
        return _controlled(counts, rounded, most, rule)
    reader = _Reader(
        cells=cells, fixed=fixed, most=most, rule=rule, lines=lines,
        levels=np.full(len(cells), _EXACT if exact else _ROUNDED), exact=exact,
    )  # fmt: skip
    while (binding := reader.failing()) is not None:
        reader.widen(binding)
    low, high = reader.ends()
    return _told(counts, low, high, reader)


@dataclass(kw_only=True)
class _Reader:
    """What a reader knows: the range of each cell, and of the sums in `lines` (mask, low, high)."""

    cells: np.ndarray
    fixed: np.ndarray
    most: np.ndarray
    rule: Rule
    lines: Lines
    levels: np.ndarray
    exact: bool
    furthest: dict[tuple[int, int], float] = field(default_factory=dict)

    @property
    def small(self) -> np.ndarray:
        """Which cells count few people, or leave few out."""
        few = self.rule.few(self.cells) | self.rule.few(self.most - self.cells)
        return few & ~self.fixed

    def guarded(self, below: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the fewest and the most of small cells, of which so many count or are left out."""
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
        few = self.guarded((np.maximum(level, _ROUNDED) + 1) * step - 1)
        low, high = (np.where(self.small, *each) for each in zip(few, (low, high), strict=True))
        high = np.where(level == _HIDDEN, np.inf, high)
        return np.where(level == _HIDDEN, 0.0, low), np.minimum(high, self.most)

    def failing(self) -> np.ndarray | None:
        """Return whose ranges keep a small cell from being all that the totals leave it."""
        if not self.small.any() or not len(self.lines.masks):
            return None
        low, high = (np.where(self.fixed, self.cells, each) for each in self.ends())
        goals = self.guarded(self.rule.fewest - 1.0)
        left = {(at, way) for at in np.flatnonzero(self.small) for way in (0, 1)}
        tries = [(self.small * 1.0, way) for way in (0, 1)]
        tries += [(np.eye(1, len(low), at)[0], way) for at, way in sorted(left)]
        for number, (aim, way) in enumerate(tries):
            mine = (int(np.argmax(aim)), way)
            if number > 1 and mine not in left:
                continue
            solved = self.lines.solved(aim, way, low, high)
            reached = (solved.x <= goals[0] + 1e-6, solved.x >= goals[1] - 1e-6)
            left = {(at, side) for at, side in left if not reached[side][at]}
            if number < 2 or mine not in left:
                continue
            if mine not in self.furthest:
                most = np.where(self.fixed, self.cells, self.most)
                free = self.lines.solved(aim, way, np.where(self.fixed, self.cells, 0.0), most)
                self.furthest[mine] = free.x[mine[0]]
            if abs(self.furthest[mine] - solved.x[mine[0]]) > 1e-6:
                tight = (solved.x <= low + 1e-6) & (solved.x > 0) | (solved.x >= high - 1e-6)
                tight &= ~self.fixed & (self.levels < _HIDDEN)
                tight[mine[0]] = False
                prices = np.abs(solved.lower.marginals) + np.abs(solved.upper.marginals) > 1e-9
                if tight.any():
                    return tight & prices if (tight & prices).any() else tight
        return None

    def widen(self, binding: np.ndarray) -> None:
        """Tell one of the counts that bind less exactly."""
        at = np.flatnonzero(binding)
        order = np.lexsort((-self.cells[at], self.small[at], self.levels[at]))
        self.levels[at[order[0]]] += 1


def _controlled(
    counts: pd.DataFrame, rounded: np.ndarray, most: np.ndarray, rule: Rule
) -> RangedTable:
    """Write rounded numbers as readers see them, each with what it stands for."""
    low, high = behind_cell(rounded, rule=rule)
    hidden = np.isnan(rounded)
    text = [HIDDEN if np.isnan(each) else f"{each:,.0f}" for each in rounded]
    shaped = {
        "low": np.where(hidden, 0.0, low),
        "high": np.minimum(np.where(hidden, np.inf, high), most),
        "people": np.where(hidden, HIDDEN_NUMBER, rounded),
        "text": np.array(text, dtype=object),
    }
    return _shaped(counts, shaped)


def _shaped(counts: pd.DataFrame, found: dict[str, np.ndarray]) -> RangedTable:
    """Give arrays of cells the rows and columns of the table."""
    frame = {"index": counts.index, "columns": counts.columns}
    return RangedTable(
        **{name: pd.DataFrame(each.reshape(counts.shape), **frame) for name, each in found.items()}
    )


def _told(counts: pd.DataFrame, low: np.ndarray, high: np.ndarray, reader: _Reader) -> RangedTable:
    """Write each range as readers see it."""
    single = (reader.levels <= (_EXACT if reader.exact else _ROUNDED)) & ~reader.small
    numbers = np.where(
        reader.levels == _EXACT, reader.cells,
        round_people(pd.Series(reader.cells), rule=reader.rule),
    )  # fmt: skip
    people = np.where(single, numbers, HIDDEN_NUMBER)
    text = [
        f"{people[at]:,.0f}" if single[at] else range_words(low[at], high[at])
        for at in range(len(people))
    ]
    shaped = {"low": low, "high": high, "people": people, "text": np.array(text, dtype=object)}
    return _shaped(counts, shaped)


def known_together(
    counts: pd.DataFrame, together: Sequence[str], *, rule: Rule
) -> list[tuple[np.ndarray, float, float]]:
    """Return the sums of answers that readers know together, group by group, for `ranged_table`.

    Groups of which few gave one of these answers, or few another, are not told of.

    Examples
    --------
    >>> counts = pd.DataFrame({"poor": [40, 52], "good": [38, 4], "best": [25, 4]})
    >>> [(low, high) for _, low, high in known_together(counts, ["good", "best"], rule=Rule(10))]
    [(63, 63)]
    """
    named = counts.columns.isin(list(together))
    best, n = counts.loc[:, named].sum(axis=1), counts.sum(axis=1)
    split = ~(rule.few(best) | rule.few(n - best)) & bool(0 < named.sum() < len(named))
    return [
        (np.outer(np.arange(len(counts)) == at, named), int(best.iloc[at]), int(best.iloc[at]))
        for at in np.flatnonzero(split)
    ]


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
