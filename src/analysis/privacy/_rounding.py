"""Counts and shares rounded so that hidden ones cannot be worked out."""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.numerics import outwards
from analysis.privacy._marks import HIDDEN_NUMBER, hide
from analysis.privacy._rule import Rule


def round_people(
    people: pd.DataFrame | pd.Series | int, *, rule: Rule
) -> pd.DataFrame | pd.Series | float:
    """Round counts of people to multiples of the threshold, and blank those below it.

    Parameters
    ----------
    people : pandas.DataFrame, pandas.Series or int
        Counts of people whose totals readers may know.
    rule : Rule
        How few people are too few.

    Returns
    -------
    pandas.DataFrame, pandas.Series or float
        Floats; NA below the threshold, else the nearest multiple, halves upwards.

    Examples
    --------
    >>> round_people(pd.Series([252, 15, 14, 9, 0]), rule=Rule(10)).tolist()
    [250.0, 20.0, 10.0, nan, nan]
    """
    rounded = np.floor(people / rule.fewest + 0.5) * rule.fewest
    if isinstance(people, pd.DataFrame | pd.Series):
        return hide(rounded, rule.few(people))
    return HIDDEN_NUMBER if rule.few(people) else float(rounded)


def behind_rounded(
    rounded: np.ndarray | float, *, rule: Rule
) -> tuple[np.ndarray | float, np.ndarray | float]:
    """Return the fewest and the most people that a count rounded by `round_people` stands for.

    Parameters
    ----------
    rounded : numpy.ndarray or float
        A count, or an array of them.
    rule : Rule
        What they are rounded to.

    Returns
    -------
    tuple
        Two of the same shape: v - t / 2, never fewer than t, and v + t / 2 - 1, in whole people.

    Examples
    --------
    >>> [[float(end) for end in behind_rounded(v, rule=Rule(10))] for v in (10.0, 20.0)]
    [[10.0, 14.0], [15.0, 24.0]]
    """
    half = rule.fewest / 2
    return np.maximum(np.ceil(rounded - half), rule.fewest), np.ceil(rounded + half) - 1


def rough_sizes(n: pd.Series, *, rule: Rule) -> pd.DataFrame:
    """Give the sizes of groups so that no total less the others gives a small one away.

    Parameters
    ----------
    n : pandas.Series
        People of each group; together they may be known.
    rule : Rule
        How few people are too few.

    Returns
    -------
    pandas.DataFrame
        `n, n_low, n_high`, floats, the same index: where a group is small, it is hidden, and the
        others are rounded to half of the threshold, which stands for the fewest to the most; else
        they are exact, and the ends NA.

    Examples
    --------
    >>> rough_sizes(pd.Series([31, 18, 4]), rule=Rule(10)).to_numpy().tolist()
    [[30.0, 28.0, 32.0], [20.0, 18.0, 22.0], [nan, nan, nan]]
    >>> rough_sizes(pd.Series([31, 18]), rule=Rule(10))["n"].tolist()
    [31.0, 18.0]
    """
    sizes, half = n.astype(float), max(rule.fewest // 2, 1)
    if not rule.few(sizes).any():
        return pd.DataFrame({"n": sizes, "n_low": np.nan, "n_high": np.nan})
    near = np.floor(sizes / half + 0.5) * half
    low = np.maximum(np.ceil(near - half / 2), rule.fewest)
    found = pd.DataFrame({"n": near, "n_low": low, "n_high": np.ceil(near + half / 2) - 1})
    return hide(found, np.repeat(rule.few(sizes).to_numpy()[:, None], 3, axis=1))


def round_table(
    table: pd.DataFrame,
    *,
    rule: Rule,
    known: np.ndarray | None = None,
    exact_totals: bool = True,
) -> pd.DataFrame:
    """Round the cells of a table whose row and column totals readers know.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts of people, shape (rows, columns), without totals.
    rule : Rule
        How few people are too few.
    known : numpy.ndarray, optional
        Boolean, shape (rows, columns): cells that readers can work out from other tables.
    exact_totals : bool
        False if readers know a total only as `rounded_distribution` tells it: people rounded, and
        their share of everybody with its interval in whole percent.

    Returns
    -------
    pandas.DataFrame
        As `round_people`; and further cells are NA where a total less the rounded cells would
        leave a hidden cell fewer values than the threshold: the smallest
        cell of the line, and none that later ones make needless.

    Notes
    -----
    A shown cell v stands for v - t / 2 to v + t / 2 - 1 people, never fewer than t. So a hidden
    cell lies between the least total less the most, and the most total less the fewest, that the
    others of its line can be. This guards lines, not every system of equations over several tables.

    Examples
    --------
    >>> round_table(pd.DataFrame([[15, 15, 1], [40, 62, 33]]), rule=Rule(10)).to_numpy().tolist()
    [[nan, 20.0, nan], [40.0, 60.0, 30.0]]
    """
    cells = table.to_numpy(dtype=float)
    shown = round_people(table, rule=rule).to_numpy(dtype=float, copy=True)
    exact = np.zeros(cells.shape, dtype=bool) if known is None else np.asarray(known)
    totals = _totals(cells, rule.fewest, exact=exact_totals)
    first = shown.copy()
    while (line := _narrow_line(cells, shown, exact, rule, totals)) is not None:
        candidates = np.argwhere(line & ~np.isnan(shown) & ~exact)
        at = min(candidates.tolist(), key=lambda each: (cells[tuple(each)], each))
        shown[tuple(at)] = HIDDEN_NUMBER
    besides = np.argwhere(np.isnan(shown) & ~np.isnan(first)).tolist()
    for at in sorted(besides, key=lambda each: (-cells[tuple(each)], each)):
        without = shown.copy()
        without[tuple(at)] = first[tuple(at)]
        if _narrow_line(cells, without, exact, rule, totals) is None:
            shown = without
    return pd.DataFrame(shown, index=table.index, columns=table.columns)


def rounded_totals(
    table: pd.DataFrame, *, rule: Rule
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return what readers take the totals of a table for that are told as `rounded_distribution`.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts of people, shape (rows, columns), without totals.
    rule : Rule
        How few people are too few.

    Returns
    -------
    tuple of tuples of numpy.ndarray
        The least and the most of the totals of rows, and of columns.

    Examples
    --------
    >>> rows, columns = rounded_totals(pd.DataFrame([[400, 620], [9, 300]]), rule=Rule(10))
    >>> [each.tolist() for each in rows]
    [[1017.0, 309.0], [1020.0, 312.0]]
    """
    rows, columns = _totals(table.to_numpy(dtype=float), rule.fewest, exact=False)
    return rows, columns


def _totals(
    cells: np.ndarray, threshold: int, *, exact: bool
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the least and the most that readers take the totals of rows, and of columns, for."""
    totals = [cells.sum(axis=axis) for axis in (1, 0)]
    if exact:
        return [(total, total) for total in totals]
    ends = [[told_alike(each, cells.sum(), threshold) for each in total] for total in totals]
    return [tuple(np.transpose(each)) for each in ends]


def told_alike(total: float, everybody: float, threshold: int) -> tuple[float, float]:
    """Return the fewest and the most people of whom the same rounded numbers would be told."""
    if total < threshold:
        return 0.0, threshold - 1.0
    people = np.arange(max(total - threshold, threshold), min(total + threshold, everybody) + 1)
    low, high = proportion_confint(people, everybody, method="wilson")
    told = rounded_out(
        pd.DataFrame({"estimate": people / everybody, "conf_low": low, "conf_high": high})
    ).assign(people=np.floor(people / threshold + 0.5))
    alike = people[(told == told[people == total].iloc[0]).all(axis=1)]
    return float(alike.min()), float(alike.max())


def _narrow_line(
    cells: np.ndarray,
    shown: np.ndarray,
    exact: np.ndarray,
    rule: Rule,
    totals: list[tuple[np.ndarray, np.ndarray]],
) -> np.ndarray | None:
    """Return the first row or column that leaves a small cell too little room, as a mask."""
    threshold, (fewest, largest) = rule.fewest, behind_rounded(shown, rule=rule)
    known, small = ~np.isnan(shown), (cells < threshold) & ~exact
    least = np.where(known, fewest, 0.0)
    beyond = np.where(small, threshold - 1.0, np.inf)
    most = np.where(known, largest, beyond)
    least, most = np.where(exact, cells, least), np.where(exact, cells, most)
    for axis in (0, 1):
        for number in range(cells.shape[axis]):
            line = np.zeros_like(small)
            line[(number, slice(None)) if axis == 0 else (slice(None), number)] = True
            if not (line & known & ~exact).any():
                continue
            for at in np.argwhere(line & small):
                others = line.copy()
                others[tuple(at)] = False
                low = max(0.0, totals[axis][0][number] - most[others].sum())
                high = min(threshold - 1.0, totals[axis][1][number] - least[others].sum())
                if high - low + 1 < threshold:
                    return line
    return None


def rounded_out(table: pd.DataFrame, *, step: float = 0.01) -> pd.DataFrame:
    """Round shares to multiples of a step, and their intervals outwards.

    Parameters
    ----------
    table : pandas.DataFrame
        `estimate, conf_low, conf_high` and more.
    step : float
        Such as 0.01 for whole percent.

    Returns
    -------
    pandas.DataFrame
        A copy.

    Examples
    --------
    >>> row = pd.DataFrame({"estimate": [0.416], "conf_low": [0.379], "conf_high": [0.451]})
    >>> rounded_out(row).to_numpy().tolist(), rounded_out(row, step=0.05).to_numpy().tolist()
    ([[0.42, 0.37, 0.46]], [[0.4, 0.35, 0.5]])
    """
    low, high = outwards(
        table["conf_low"].astype(float), table["conf_high"].astype(float), step=step
    )
    nearest = np.round(np.round((table["estimate"] / step).astype(float), 9)) * step
    return table.assign(estimate=nearest.round(2) + 0.0, conf_low=low, conf_high=high)
