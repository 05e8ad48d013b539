"""The headlines on digital channels."""

import pandas as pd

from analysis.chapters.digital import sentences
from analysis.proportions import Share
from analysis.report import adjusted_text, findings
from analysis.survey.codebook import Words


def headline_rows(
    shown: pd.DataFrame,
    away: Share | None,
    models: tuple[pd.DataFrame, pd.DataFrame] | None,
    words: Words,
    *,
    offered: str = "",
) -> list[dict]:
    """Make the headlines on digital channels.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `gaps.every_gap` returns it.
    away : Share or None
        As `elsewhere` returns it first.
    models : tuple of pandas.DataFrame or None
        Shares of preferring as `side_by_side` returns them second, and `model_tests`.
    words : Words
        The survey's words.
    offered : str
        As `sentences.on_offer_sentence` returns it: goes with the gap.

    Returns
    -------
    list of dict
        As `findings.row`: the gap of everybody, the users of digital channels who would rather
        not, and of each grouping that differs the group that prefers digital channels least.
    """
    who, found = "people who said what they used and prefer, their age and disability", []
    first = shown.iloc[0]
    if pd.notna(first["estimate"]):
        text = f"{sentences.gap_sentence(first, words)} {offered}".strip()
        unit = "difference of shares"
        found.append(findings.row("digital_gap", text, first, n=first["n"], unit=unit, base=who))
    if away is not None:
        text = sentences.elsewhere_sentence(away, None, words)
        found.append(findings.row("digital_elsewhere", text, away, n=away.n, base=who))
    if models is None:
        return found
    wish, tests = models
    clear = tests.loc[(tests["outcome"] == "prefer") & (tests["p_adjusted"] < 0.05), "term"]
    for by in clear:
        rows = wish[(wish["variable"] == by) & ~wish["few"]].dropna(subset=["estimate"])
        if rows.empty:
            continue
        row = rows.sort_values("estimate", kind="stable").iloc[0]
        said = f"{words.preferred} one of the {sentences.digital_channels(words)}"
        text = adjusted_text(row, said)
        found.append(findings.row(f"digital_by_{by}", text, row, n=row["n"], base=who))
    return found
