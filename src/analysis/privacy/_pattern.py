"""The cheapest cells to hide with the small ones, so that totals give no small count away."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from analysis.privacy._rule import Rule

#: What readers must leave possible of a count: fewer by so many, more by so many, so many in all.
Protection = tuple[int, int, int]

#: Weights of cells in a row of a constraint, and the least that the hidden ones must reach.
Cut = tuple[np.ndarray, int]


def suppression_pattern(
    counts: pd.DataFrame,
    *,
    rule: Rule,
    weights: pd.DataFrame | None = None,
    primary: pd.DataFrame | None = None,
    zeros: bool = False,
    protection: Protection | None = None,
    total: str | None = None,
) -> pd.DataFrame:
    """Choose the cells of a table to hide that protect its small counts at the least price.

    Parameters
    ----------
    counts : pandas.DataFrame
        People, whole numbers, a row and a column a category, without totals.
    rule : Rule
        How few people are too few.
    weights : pandas.DataFrame, optional
        The price of hiding each cell, of the shape that is returned; infinite where a cell must
        be shown. Without it each has 1, so that as few cells as can be are hidden; the counts
        themselves hide the fewest people. If all are whole numbers, of equally cheap patterns the
        one with the fewest people is taken.
    primary : pandas.DataFrame, optional
        Boolean, the cells to protect, of the shape that is returned, where they are others than
        those below the threshold.
    zeros : bool
        True if a count of 0 is to be protected like other small ones.
    protection : tuple of int, optional
        `below, above, width`: from what is shown a count may be fewer by `below` (or nobody), more
        by `above`, and from least to most there are `width`. Without it `(0, 0, t - 1)`: the range
        has as many whole numbers as are below the threshold t.
    total : str, optional
        The label of totals that may be hidden too, at their weight; small ones are protected.
        Without it readers know the totals of rows and columns.

    Returns
    -------
    pandas.DataFrame
        Boolean, True where hidden: shaped as `counts`, with a last row and column of totals if
        these may be hidden.

    Raises
    ------
    ValueError
        If a count is no whole number of people, a frame has another shape, or a cell cannot be
        protected whatever is hidden beside it (a known total is too small itself).
    RuntimeError
        If the solver does not end with an optimum.

    Notes
    -----
    With a_i the counts and totals, x_i = 1 where hidden and w_i the weights, the least sum of
    w_i x_i is sought such that for each protected cell p the attacker's programmes, y_p at most
    and at least, with totals the sums of y, y_i = a_i where x_i = 0 and y_i >= 0 elsewhere, leave
    a_p - min y_p >= below, max y_p - a_p >= above and max y_p - min y_p >= width (Fischetti and
    Salazar-Gonzalez 2000, J. Am. Stat. Assoc. 95: 916-928, with no upper bound of a cell known).

    In a table of two ways each programme is a maximum flow between the row and the column of p: a
    cell passes any number upwards and a_i downwards. A minimum cut that is too small is a
    constraint, sum over its cells of min(capacity, need) x_i >= need, that every safe pattern
    keeps and this one does not. Constraints are added, and the integer programme solved again,
    until none is broken: the pattern is then safe, and no safe one is cheaper. Arithmetic of the
    flows is in whole numbers.

    This protects single cells of one table. It says nothing of the sum of two hidden cells, of
    people who know that they are the only one in a cell, nor of other tables of the same people.
    With several cheapest patterns another version of the solver may choose another one. A table of
    15 by 12 takes seconds if cells are counted; the fewest people may take half a minute.

    Examples
    --------
    >>> counts = pd.DataFrame([[20, 50, 10], [8, 19, 3], [17, 32, 12]])
    >>> suppression_pattern(counts, rule=Rule(5)).astype(int).to_numpy().tolist()
    [[0, 0, 0], [1, 0, 1], [1, 0, 1]]
    """
    labels = _labels(counts, total)
    table = _with_totals(counts)
    margins = np.zeros(table.shape, dtype=bool)
    margins[-1], margins[:, -1] = True, True
    known = margins & (total is None)
    small = rule.few(table) & ((table > 0) | zeros) & ~known
    if primary is not None:
        small = _padded(primary, labels, table.shape, fill=0.0) > 0
    price = np.ones(table.shape)
    if weights is not None:
        price = _padded(weights, labels, table.shape, fill=np.inf)
    if (price == np.floor(price)).all():
        price = price + table / (table.sum() + 1)
    need = (0, 0, rule.fewest - 1) if protection is None else protection
    hidden = _cheapest_safe(table, small, np.where(known, np.inf, price), need, labels)
    return pd.DataFrame(
        hidden[: len(labels[0]), : len(labels[1])], index=labels[0], columns=labels[1]
    )


def _with_totals(counts: pd.DataFrame) -> np.ndarray:
    """Return a table with its totals, in whole numbers."""
    cells = counts.to_numpy(dtype=float)
    wrong = ~(np.isfinite(cells) & (cells >= 0) & (cells == np.floor(cells)))
    if wrong.any() or not cells.size:
        found = cells[wrong].tolist()[:5]
        raise ValueError(f"counts has {found or 'no cell'}; it takes whole numbers of people")
    inner = cells.astype(np.int64)
    beside = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([beside, beside.sum(axis=0, keepdims=True)])


def _labels(counts: pd.DataFrame, total: str | None) -> tuple[list, list]:
    """Return the labels of rows and of columns that the pattern has."""
    labels = (list(counts.index), list(counts.columns))
    if total is None:
        return labels
    if total in labels[0] or total in labels[1]:
        raise ValueError(f"counts has a row or column {total!r}; name its totals otherwise")
    return ([*labels[0], total], [*labels[1], total])


def _padded(
    frame: pd.DataFrame, labels: tuple[list, list], shape: tuple[int, int], *, fill: float
) -> np.ndarray:
    """Return a frame's values, and another one for totals that it does not have."""
    given = (list(frame.index), list(frame.columns))
    if given != labels:
        raise ValueError(
            f"weights or primary has rows {given[0]} and columns {given[1]}; give it rows "
            f"{labels[0]} and columns {labels[1]}"
        )
    values = np.full(shape, fill)
    values[: len(labels[0]), : len(labels[1])] = frame.to_numpy(dtype=float)
    if np.isnan(values).any() or (values < 0).any():
        raise ValueError("a weight is missing or below 0; give each cell one of 0 or more")
    return values


def _cheapest_safe(
    table: np.ndarray,
    small: np.ndarray,
    price: np.ndarray,
    need: Protection,
    labels: tuple[list, list],
) -> np.ndarray:
    """Add constraints until the cheapest pattern that keeps them is safe."""
    free = np.isfinite(price) & ~small
    cells = np.argwhere(small).tolist()
    lost = [at for at in cells if next(_broken(table, (small | free) * 1.0, at, need), None)]
    if lost:
        names = [(labels[0][row], labels[1][column]) for row, column in lost]
        raise ValueError(
            f"cells {names} cannot keep {need} (below, above, width), whatever else is hidden; "
            "join their row or column with another, let totals be hidden, or ask for less"
        )
    hidden, whole, cuts = small * 1.0, False, {}
    while True:
        found = [cut for at in cells for cut in _broken(table, hidden, at, need)]
        fresh = {(least, passing.tobytes()): (passing, least) for passing, least in found}
        if not found and (hidden == np.round(hidden)).all():
            return hidden > 0
        if whole and not fresh.keys() - cuts.keys():
            raise RuntimeError("the integer programme breaks a constraint that it was given")
        whole |= not fresh.keys() - cuts.keys()
        cuts |= fresh
        hidden = _cheapest(list(cuts.values()), small, free, price, whole=whole)


def _cheapest(
    cuts: list[Cut], small: np.ndarray, free: np.ndarray, price: np.ndarray, *, whole: bool
) -> np.ndarray:
    """Return what to hide, whole cells or parts, to keep constraints at the least price."""
    rows = np.array([weights[free] for weights, _ in cuts])
    least = np.array([need - weights[small].sum() for weights, need in cuts])
    found = milp(
        price[free],
        constraints=LinearConstraint(np.minimum(rows, least[:, None]), lb=least),
        integrality=np.full(free.sum(), int(whole)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if found.status != 0:
        raise RuntimeError(f"the integer programme ended without an optimum: {found.message}")
    hidden = small * 1.0
    hidden[free] = np.round(found.x) if whole else np.clip(found.x, 0, 1)
    return hidden


def _broken(
    table: np.ndarray, hidden: np.ndarray, at: list[int], need: Protection
) -> Iterator[Cut]:
    """Yield constraints that a pattern breaks: what is too small of the range of one cell."""
    count = int(table[tuple(at)])
    below, above, width = min(need[0], count), need[1], need[2]
    most = max(below, above, width)
    if not most:
        return
    for far in (False, True):
        up, down = (
            _smallest_cut(table, hidden, at, most, upwards=upwards, far=far)
            for upwards in (True, False)
        )
        either = (up, width - count) if (down * hidden).sum() >= count else (up + down, width)
        for passing, least in ((up, above), (down, below), either):
            if (passing * hidden).sum() < least - 1e-6:
                yield np.minimum(passing, least), least


def _smallest_cut(
    table: np.ndarray, hidden: np.ndarray, at: list[int], most: int, *, upwards: bool, far: bool
) -> np.ndarray:
    """Return what the cells that bound how far one can move let pass, and 0 of the others.

    Rows and columns are nodes. Lines of the table sum to 0 once its totals are taken as negative,
    so a movement of one cell runs back through the others: from row to column where a cell grows.
    """
    rows, columns = table.shape
    sign = np.ones(table.shape, dtype=bool)
    sign[-1], sign[:, -1], sign[-1, -1] = False, False, True
    room = np.minimum(table, most)
    ahead, back = np.where(sign, most, room), np.where(sign, room, most)
    ahead[tuple(at)], back[tuple(at)] = 0, 0
    exact = (hidden == np.round(hidden)).all()
    scale = hidden * (1 if exact else max(2**24 // most, 1))
    arcs = np.zeros((rows + columns, rows + columns), dtype=np.int32)
    arcs[:rows, rows:] = ahead * scale
    arcs[rows:, :rows] = (back * scale).T
    ends = (rows + at[1], at[0])
    start, end = ends if sign[tuple(at)] == upwards else ends[::-1]
    rest = csr_array(arcs - maximum_flow(csr_array(arcs), start, end).flow.toarray())
    inside = np.zeros(rows + columns, dtype=bool)
    if far:
        inside[breadth_first_order(rest.T.tocsr(), end, return_predecessors=False)] = True
        inside = ~inside
    else:
        inside[breadth_first_order(rest, start, return_predecessors=False)] = True
    row, column = inside[:rows, None], inside[None, rows:]
    return np.where(row & ~column, ahead, 0) + np.where(column & ~row, back, 0)
