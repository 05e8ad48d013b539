"""The headline on how districts differ from the whole."""

import pandas as pd

from analysis.report import findings, interval, points


def largest_sentence(row: pd.Series, kind: str, whole: str) -> str:
    """Say the largest gap of all.

    Parameters
    ----------
    row : pandas.Series
        `level, measure, gap, gap_low, gap_high, n`.
    kind : str
        "credible", "pointer" or "none": what the gap is.
    whole : str
        What the district is compared with.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> row = pd.Series({"level": "North", "measure": "Content", "gap": 0.1, "gap_low": 0.02,
    ...                  "gap_high": 0.18, "n": 50})
    >>> print(largest_sentence(row, "pointer", "everybody"))
    No gap is credible; the largest pointer, to be looked at again, is North's: \
Content +10 points from everybody (+2 to +18; 50 people).
    """
    ends = interval(row["gap_low"], row["gap_high"], "whole points")
    if kind != "none" and row["gap_low"] <= 0 <= row["gap_high"]:
        ends += ", without 0 before it is rounded"
    gap = f"{row['measure']} {points(row['gap'], 0)} points from {whole} "
    gap += f"({ends}; {int(row['n']):,} people)"
    starts = {
        "credible": "The largest credible gap is",
        "pointer": "No gap is credible; the largest pointer, to be looked at again, is",
        "none": "No gap is credible; on the measure on which they differ most, the largest is",
    }
    near = int(row.get("near", 0))
    others = "that of another" if near == 1 else f"those of {near} others"
    open_order = f" Its interval overlaps {others}: it is not shown to be larger." * (near > 0)
    return f"{starts[kind]} {row['level']}'s: {gap}.{open_order}"


def headline_rows(largest: tuple[pd.Series, str] | None, whole: str) -> list[dict[str, object]]:
    """Make the row of findings.csv.

    Parameters
    ----------
    largest : tuple of pandas.Series and str, or None
        As `profiles.headline_gap` returns it.
    whole : str
        What the district is compared with.

    Returns
    -------
    list of dict
        One row for `findings.replace`; none if no gap can be shown.
    """
    if largest is None:
        return []
    top, kind = largest
    text = largest_sentence(top, kind, whole)
    numbers = top.drop(["estimate", "conf_low", "conf_high"]).rename(
        {"gap": "estimate", "gap_low": "conf_low", "gap_high": "conf_high"}
    )
    return [findings.row("largest_gap", text, numbers, n=top["n"], unit="difference of shares")]
