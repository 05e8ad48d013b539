"""The headlines on the video chat."""

from collections.abc import Callable

import pandas as pd

from analysis.report import findings


def headline_rows(
    shown: pd.DataFrame, tests: pd.DataFrame, text: Callable[[pd.Series], str]
) -> list[dict]:
    """Make the headlines of the groupings that differ: their lowest and their highest group.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_adjusted` returns it.
    tests : pandas.DataFrame
        `term, p_adjusted`.
    text : callable
        Makes a sentence of a row.

    Returns
    -------
    list of dict
        As `findings.row`, called by the grouping: ``video_age_lowest``, ``video_age_highest``.
    """
    found = []
    for term in tests.loc[tests["p_adjusted"] < 0.05, "term"]:
        rows = shown[(shown["variable"] == term) & ~shown["few"]].dropna(subset=["estimate"])
        rows = rows.sort_values("estimate", kind="stable")
        if len(rows) < 2:
            continue
        for name, row in (("lowest", rows.iloc[0]), ("highest", rows.iloc[-1])):
            who = "people who answered and told their groups"
            said = f"Video chat, {text(row)}"
            found.append(findings.row(f"video_{term}_{name}", said, row, n=row["n"], base=who))
    return found
