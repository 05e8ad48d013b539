"""Nothing shown rests on fewer people than the disclosure threshold of the codebook."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.codebook import Codebook


def hide_small(
    frame: pd.DataFrame,
    *,
    counts: Sequence[str],
    values: Sequence[str],
    threshold: int,
    complete: bool,
    known_zero: Sequence[bool] | None = None,
) -> pd.DataFrame:
    """Blank the numbers of rows that rest on too few people, and of one more if needed.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a category; a column `n`, if there is one, is the base of the row.
    counts : sequence of str
        Columns of people counted. A row is hidden if one of them is below the threshold, or
        leaves fewer people than the threshold outside.
    values : sequence of str
        Columns that are set to missing in hidden rows.
    threshold : int
        The fewest people that a shown number may rest on.
    complete : bool
        True if the rows add up to a total that readers know. Then the smallest shown rows are
        hidden too, until the hidden ones together hold the threshold in every count and are two
        or more (secondary suppression): no difference gives a small number away.
    known_zero : sequence of bool, optional
        True for rows whose count of 0 follows from the questionnaire and tells nothing.

    Returns
    -------
    pandas.DataFrame
        A copy; hidden numbers are NA.

    Examples
    --------
    >>> frame = pd.DataFrame({"channel": list("abc"), "n_used": [50, 30, 4]})
    >>> hide_small(frame, counts=["n_used"], values=["n_used"], threshold=10, complete=True)
      channel  n_used
    0       a    50.0
    1       b     NaN
    2       c     NaN
    """
    people = frame[list(counts)].to_numpy(dtype=float)
    exempt = np.zeros(len(frame), bool) if known_zero is None else np.asarray(known_zero, bool)
    small = (people < threshold) & ~((people == 0) & exempt[:, None])
    if "n" in frame and "n" not in counts:
        rest = frame[["n"]].to_numpy(dtype=float) - people
        small |= rest < threshold
    hidden = small.any(axis=1)
    if complete and hidden.any():
        candidates = np.argsort(people.min(axis=1), kind="stable")
        for row in candidates:
            if hidden.sum() > 1 and (people[hidden].sum(axis=0) >= threshold).all():
                break
            if not exempt[row]:
                hidden[row] = True
    shown = frame.copy()
    for column in values:
        shown[column] = shown[column].astype(float).mask(hidden)
    return shown


def hidden_levels(
    people: np.ndarray, group_people: np.ndarray, member: np.ndarray, *, threshold: int
) -> tuple[np.ndarray, np.ndarray]:
    """Choose what to hide of counts at two levels that add up.

    Parameters
    ----------
    people : numpy.ndarray
        Counts of channels, shape (channels, questions); infinite where a count tells nothing.
    group_people : numpy.ndarray
        Counts of groups of channels, shape (groups, questions); their total is known.
    member : numpy.ndarray
        Number of the group of each channel, shape (channels,).
    threshold : int
        The fewest people that a shown number may rest on.

    Returns
    -------
    tuple of numpy.ndarray
        Boolean, which channels and which groups are hidden: the small ones, and the smallest
        others until the hidden parts of every known total are none, or two and more that
        together hold the threshold.

    Examples
    --------
    >>> channels, groups = hidden_levels(
    ...     np.array([[50.0], [4], [30], [25]]), np.array([[54.0], [55]]), np.array([0, 0, 1, 1]),
    ...     threshold=10,
    ... )
    >>> channels.tolist(), groups.tolist()
    ([True, True, False, False], [False, False])
    """
    channels = (people < threshold).any(axis=1)
    groups = (group_people < threshold).any(axis=1)
    while True:
        before = channels.sum() + groups.sum()
        for number in range(len(groups)):
            mine = member == number
            if groups[number] and not channels[mine].any():
                _hide_smallest(channels, people, mine)
            elif not groups[number] and _gives_away(channels, people, mine, threshold):
                if channels[mine].all():
                    groups[number] = True
                else:
                    _hide_smallest(channels, people, mine)
        everything = np.ones(len(groups), dtype=bool)
        if _gives_away(groups, group_people, everything, threshold) and not groups.all():
            _hide_smallest(groups, group_people, everything)
        if channels.sum() + groups.sum() == before:
            return channels, groups


def _gives_away(hidden: np.ndarray, people: np.ndarray, line: np.ndarray, threshold: int) -> bool:
    """Tell whether the total of a line less its shown parts gives a small count away."""
    secret = hidden & line
    if not secret.any():
        return False
    together = np.where(np.isinf(people[secret]), 0.0, people[secret]).sum(axis=0)
    return secret.sum() == 1 or bool((together < threshold).any() and not hidden[line].all())


def _hide_smallest(hidden: np.ndarray, people: np.ndarray, line: np.ndarray) -> None:
    candidates = np.flatnonzero(line & ~hidden)
    hidden[candidates[np.argmin(people[candidates].min(axis=1))]] = True


def require_shown(frame: pd.DataFrame, least: int, what: str) -> None:
    """Raise if too few rows of a table can be shown to say anything.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `shown_shifts` or `shown_margins` returns it.
    least : int
        The fewest rows with an estimate.
    what : str
        What the rows are.

    Raises
    ------
    ValueError
        Naming how many rows can be shown.
    """
    shown = int(frame["estimate"].notna().sum())
    if shown < least:
        raise ValueError(
            f"{shown} of {len(frame)} {what} have enough people to be shown; the survey is too "
            "small for this notebook: combine answers in the codebook"
        )


def shown_margins(shares: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide the categories of predicted shares that hold too few people.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `Margins.frame` returns it: `variable, level, estimate, n, n_top, raw_share` and more.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The same rows. Where a category is small, all its numbers are NA; where few of its
        people gave a top answer, or few another, the unadjusted share is. Categories add up to
        everybody: then unadjusted shares are hidden until three are, that together hold twice
        the threshold of both kinds of answer, so that their total leaves each of them room.
    """
    threshold = codebook.disclosure_threshold
    complete = len(shares) > shares["variable"].nunique()
    counted = shares.assign(n_rest=shares["n"] - shares["n_top"])
    raw = hide_small(
        counted.drop(columns="n"),
        counts=["n_top", "n_rest"],
        values=["raw_share", "n_top"],
        threshold=threshold,
        complete=complete,
    )
    if complete:
        _hide_more(raw, counted, threshold)
    whole = hide_small(
        shares.assign(raw_share=raw["raw_share"], n_top=raw["n_top"]),
        counts=["n"],
        values=["estimate", "std_error", "conf_low", "conf_high", "n", "n_top", "raw_share"],
        threshold=threshold,
        complete=complete,
    )
    return whole


def _hide_more(raw: pd.DataFrame, counted: pd.DataFrame, threshold: int) -> None:
    """Hide further unadjusted shares until the total of the hidden ones gives none away."""
    people = counted[["n_top", "n_rest"]].to_numpy(dtype=float)
    hidden = raw["raw_share"].isna().to_numpy(copy=True)
    for row in np.argsort(people.min(axis=1), kind="stable"):
        together = people[hidden].sum(axis=0)
        if not hidden.any() or (hidden.sum() > 2 and (together >= 2 * threshold).all()):
            break
        hidden[row] = True
    raw.loc[hidden, ["raw_share", "n_top"]] = np.nan


def round_people(people: pd.DataFrame | pd.Series, *, threshold: int) -> pd.DataFrame | pd.Series:
    """Round counts of people to multiples of the threshold, and blank those below it.

    Parameters
    ----------
    people : pandas.DataFrame or pandas.Series
        Counts of people whose totals readers may know.
    threshold : int
        The fewest people that a shown number may rest on.

    Returns
    -------
    pandas.DataFrame or pandas.Series
        Floats; NA below the threshold, else the nearest multiple, halves upwards.

    Examples
    --------
    >>> round_people(pd.Series([252, 15, 14, 9, 0]), threshold=10).tolist()
    [250.0, 20.0, 10.0, nan, nan]
    """
    rounded = np.floor(people / threshold + 0.5) * threshold
    return rounded.mask(people < threshold)


def round_table(
    table: pd.DataFrame, *, threshold: int, known: np.ndarray | None = None
) -> pd.DataFrame:
    """Round the cells of a table whose row and column totals readers know.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts of people, shape (rows, columns), without totals.
    threshold : int
        The fewest people that a shown number may rest on.
    known : numpy.ndarray, optional
        Boolean, shape (rows, columns): cells that readers can work out from other tables.

    Returns
    -------
    pandas.DataFrame
        As `round_people`; and further cells are NA where a total less the rounded cells would
        leave a hidden cell fewer than four fifths of the values below the threshold.

    Notes
    -----
    A shown cell v stands for v - t / 2 to v + t / 2 - 1 people, never fewer than t. So a hidden
    cell lies between the total less the most, and less the fewest, that the others of its line
    can be. This guards lines, not every system of equations over several tables.

    Examples
    --------
    >>> round_table(pd.DataFrame([[15, 15, 1], [40, 62, 33]]), threshold=10).to_numpy().tolist()
    [[nan, 20.0, nan], [40.0, 60.0, 30.0]]
    """
    cells = table.to_numpy(dtype=float)
    shown = round_people(table, threshold=threshold).to_numpy(dtype=float, copy=True)
    exact = np.zeros(cells.shape, dtype=bool) if known is None else np.asarray(known)
    while True:
        line = _narrow_line(cells, shown, exact, threshold)
        if line is None:
            return pd.DataFrame(shown, index=table.index, columns=table.columns)
        candidates = np.argwhere(line & ~np.isnan(shown) & ~exact)
        at = min(candidates.tolist(), key=lambda each: (cells[tuple(each)], each))
        shown[tuple(at)] = np.nan


def _narrow_line(
    cells: np.ndarray, shown: np.ndarray, exact: np.ndarray, threshold: int
) -> np.ndarray | None:
    """Return the first row or column that leaves a small cell too little room, as a mask."""
    known, small = ~np.isnan(shown), (cells < threshold) & ~exact
    least = np.where(known, np.maximum(np.ceil(shown - threshold / 2), threshold), 0.0)
    beyond = np.where(small, threshold - 1.0, np.inf)
    most = np.where(known, np.ceil(shown + threshold / 2) - 1, beyond)
    least, most = np.where(exact, cells, least), np.where(exact, cells, most)
    for axis in (0, 1):
        for number in range(cells.shape[axis]):
            line = np.zeros_like(small)
            line[(number, slice(None)) if axis == 0 else (slice(None), number)] = True
            if not (line & known & ~exact).any():
                continue
            total = cells[line].sum()
            for at in np.argwhere(line & small):
                others = line.copy()
                others[tuple(at)] = False
                low = max(0.0, total - most[others].sum())
                high = min(threshold - 1.0, total - least[others].sum())
                if high - low + 1 < 0.8 * threshold:
                    return line
    return None
