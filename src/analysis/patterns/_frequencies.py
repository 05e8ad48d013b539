"""How many people each row stands for, checked."""

from typing import TypeVar

import numpy as np
import pandas as pd

Rows = TypeVar("Rows", pd.Series, pd.DataFrame, np.ndarray)


def people_of(
    frequency: pd.Series | np.ndarray | None, rows: pd.Series | pd.DataFrame | pd.Index | np.ndarray
) -> np.ndarray:
    """Check how many people each row stands for.

    Parameters
    ----------
    frequency : pandas.Series or numpy.ndarray, optional
        Whole numbers, 0 or more. None: each row is one person.
    rows : pandas.Series, pandas.DataFrame, pandas.Index or numpy.ndarray
        What is counted, or its index. A Series goes with what has an index, an array with an array.

    Returns
    -------
    numpy.ndarray
        Integers, a value a row.

    Raises
    ------
    ValueError
        If the rows are others, or a value is missing, not finite, negative or broken, or all are
        0. The value is named.

    Examples
    --------
    >>> people_of(pd.Series([2.0, 0.0]), pd.Series(["yes", "no"])).tolist()
    [2, 0]
    >>> people_of(None, np.array([True, False])).tolist()
    [1, 1]
    """
    if frequency is None:
        return np.ones(len(rows), dtype=np.int64)
    if isinstance(rows, np.ndarray):
        same = np.ndim(frequency) == 1 and len(frequency) == len(rows)
    else:
        index = rows if isinstance(rows, pd.Index) else rows.index
        same = isinstance(frequency, pd.Series) and frequency.index.equals(index)
    if not same:
        raise ValueError(
            "frequencies are not those of the same rows in the same order; take both from one frame"
        )
    return _whole(frequency)


def _whole(frequency: pd.Series | np.ndarray) -> np.ndarray:
    try:
        values = np.asarray(frequency, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"frequencies must be numbers ({error})") from None
    bad = values[~np.isfinite(values) | (values < 0)]
    if bad.size:
        raise ValueError(
            f"{bad[0]} is among the frequencies; each must be finite and not negative: it counts "
            "the people of a row"
        )
    broken = values[values != np.round(values)]
    if broken.size:
        raise ValueError(f"a frequency is {broken[0]}; it counts people, so give a whole number")
    if not values.any():
        raise ValueError("all frequencies are 0; at least one must be positive")
    return values.astype(np.int64)


def with_people(
    rows: Rows, frequency: pd.Series | np.ndarray | None
) -> tuple[Rows, pd.Series | np.ndarray | None]:
    """Leave out the rows that stand for nobody.

    Parameters
    ----------
    rows : pandas.Series, pandas.DataFrame or numpy.ndarray
        What is counted.
    frequency : pandas.Series or numpy.ndarray, optional
        As `people_of` takes it.

    Returns
    -------
    tuple
        The rows with people, and their frequency; both as they are without frequencies.

    Raises
    ------
    ValueError
        As `people_of`.

    Examples
    --------
    >>> rows, people = with_people(pd.Series(["yes", "no"]), pd.Series([3, 0]))
    >>> rows.tolist(), people.tolist()
    (['yes'], [3])
    """
    if frequency is None:
        return rows, None
    people = people_of(frequency, rows)
    some = people > 0
    if isinstance(rows, np.ndarray):
        return rows[some], people[some]
    return rows[some], pd.Series(people[some], index=rows.index[some], name=frequency.name)


def named_people(
    frame: pd.DataFrame, frequency: str | None
) -> tuple[pd.DataFrame, pd.Series | None]:
    """Leave out the rows of a frame that stand for nobody, by a column of frequencies.

    Parameters
    ----------
    frame : pandas.DataFrame
        What is counted.
    frequency : str, optional
        The column that says how many people each row stands for.

    Returns
    -------
    tuple
        As `with_people`.

    Raises
    ------
    ValueError
        If there is no such column, or as `people_of`.

    Examples
    --------
    >>> named_people(pd.DataFrame({"answer": ["yes", "no"], "n": [3, 0]}), "n")[1].tolist()
    [3]
    """
    if frequency is None:
        return frame, None
    if frequency not in frame:
        raise ValueError(f"{frequency!r}, the column of frequency, is not in the data")
    return with_people(frame, frame[frequency])
