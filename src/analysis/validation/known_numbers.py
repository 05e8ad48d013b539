"""Numbers of a survey, kept as rows: estimates with their intervals, and tests."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

#: Columns of what is read: an estimate without weights or with, of a quantity and a level of it.
COLUMNS = ["quantity", "level", "kind", "estimate", "conf_low", "conf_high", "p_value", "n"]

PLAIN, WEIGHTED = "plain", "weighted"


def reading(
    quantity: str,
    numbers: object,
    level: str = "",
    *,
    kind: str = PLAIN,
    p_value: float = np.nan,
    n: float = np.nan,
) -> dict[str, object]:
    """Keep an estimate with its interval.

    Parameters
    ----------
    quantity, level, kind
        What it is of.
    numbers : object
        Has `estimate`, `conf_low` and `conf_high`.
    p_value, n
        Of its test, if it has one; the people it rests on.

    Returns
    -------
    dict
        `COLUMNS`.
    """
    ends = [float(getattr(numbers, name)) for name in ("estimate", "conf_low", "conf_high")]
    return dict(zip(COLUMNS, [quantity, level, kind, *ends, p_value, n], strict=True))


def read_headlines(
    rows: Sequence[dict], levels: dict[str, str], p_values: dict[str, float]
) -> list:
    """Keep the rows of findings.csv, without weights and with.

    Parameters
    ----------
    rows : sequence of dict
        As `findings.row` makes them.
    levels, p_values : dict
        Finding -> the group that it names; the p-value of its test.

    Returns
    -------
    list of dict
        As `reading`.
    """
    found = []
    for row in rows:
        name = row["finding"]
        one, p_value = pd.Series(row), p_values.get(name, np.nan)
        how = {"level": levels.get(name, ""), "p_value": p_value, "n": row["n"]}
        found.append(reading(name, one, **how))
        if row["weighted"] is not None and not pd.isna(row["weighted"]):
            names = {"weighted": "estimate", "weighted_low": "conf_low",
                     "weighted_high": "conf_high"}  # fmt: skip
            heavy = one[list(names)].rename(names)
            how |= {"kind": WEIGHTED, "p_value": np.nan, "n": row["n_weighted"]}
            found.append(reading(name, heavy, **how))
    return found


def each_row(quantity: str, rows: pd.DataFrame, level: str) -> list[dict[str, object]]:
    """Keep every row of a table that may be shown.

    Parameters
    ----------
    quantity : str
        What they are of.
    rows : pandas.DataFrame
        `estimate, conf_low, conf_high`, perhaps `n`.
    level : str
        The column that names the rows.

    Returns
    -------
    list of dict
        As `reading`.
    """
    known = rows.dropna(subset=["estimate"])
    return [
        reading(quantity, row, str(row[level]), n=float(row.get("n", np.nan)))
        for _, row in known.iterrows()
    ]
