"""Who comes first of many, said with whether the next can be told from it."""

import pandas as pd

from analysis.survey.wording import in_sentence, listed

#: What is said where no interval overlaps.
APART = "apart from all others"


def first_of(rows: pd.DataFrame, place: str, what: str, *, of: int = 0) -> str:
    """Say that a row comes first of several, and whose intervals overlap with its own.

    Parameters
    ----------
    rows : pandas.DataFrame
        `level, conf_low, conf_high`, those shown, the one that comes first at the top.
    place : str
        At which end it stands, such as "lowest".
    what : str
        What they are, in the plural.
    of : int
        How many there are with those that are hidden; 0 where none is.

    Returns
    -------
    str
        A clause that begins with a semicolon; "" of one alone. Intervals that overlap do not show
        that two are alike; they are the reason not to read the order as one.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["65-74", "75 and over", "16-34"],
    ...                      "conf_low": [0.14, 0.16, 0.5], "conf_high": [0.24, 0.28, 0.7]})
    >>> first_of(rows, "lowest", "age groups")
    '; lowest of 3 age groups, but its interval overlaps that of 75 and over'
    >>> first_of(rows.iloc[[2, 0]], "highest", "age groups", of=3)
    '; highest of 2 age groups shown (of 3), apart from all others'
    """
    if len(rows) < 2:
        return ""
    shown = f" shown (of {of})" if of > len(rows) else ""
    return f"; {place} of {len(rows)} {what}{shown}, {apart_clause(rows)}"


def size_clause(rows: pd.DataFrame) -> str:
    """Say of which other differences the interval overlaps with the first's once signs are dropped.

    A difference down is as large as one up: an interval of a negative estimate is turned.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["a", "b"], "estimate": [-0.2, 0.1],
    ...                      "conf_low": [-0.3, 0.05], "conf_high": [-0.1, 0.15]})
    >>> size_clause(rows)
    'but that of b may be as large, in either direction'
    """
    ends = rows[["conf_low", "conf_high"]].astype(float)
    turned = -ends[["conf_high", "conf_low"]].set_axis(ends.columns, axis=1)
    names = _near(ends.where(rows["estimate"] >= 0, turned).assign(level=rows["level"]))
    if not names:
        return APART
    told = f"{len(names)} others" if len(names) > 2 else listed(names)
    whose = "that" if len(names) == 1 else "those"
    return f"but {whose} of {told} may be as large, in either direction"


def beside_first(rows: pd.DataFrame) -> str:
    """Say behind the name of the row at the top from which others it cannot be told.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["a", "b"], "conf_low": [0.5, 0.1], "conf_high": [0.6, 0.5]})
    >>> beside_first(rows), beside_first(rows.head(1))
    ('; not clearly apart from b', '')
    """
    names = _near(rows)
    told = f"{len(names)} others" if len(names) > 2 else listed(names)
    return f"; not clearly apart from {told}" if names else ""


def apart_clause(rows: pd.DataFrame) -> str:
    """Say whose intervals overlap with that of the row at the top.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["a", "b"], "conf_low": [0.5, 0.1], "conf_high": [0.6, 0.5]})
    >>> apart_clause(rows)
    'but its interval overlaps that of b'
    """
    names = _near(rows)
    if not names:
        return APART
    if len(names) > 2:
        return f"but its interval overlaps those of {len(names)} others"
    return f"but its interval overlaps {'those' if len(names) > 1 else 'that'} of {listed(names)}"


def _near(rows: pd.DataFrame) -> list[str]:
    first, others = rows.iloc[0], rows.iloc[1:]
    near = (others["conf_low"] <= first["conf_high"]) & (others["conf_high"] >= first["conf_low"])
    return [in_sentence(str(each)) for each in others.loc[near, "level"]]
