"""The headlines on who answered."""

import pandas as pd

from analysis.chapters.who_answered import sentences, tables, weight_sentences
from analysis.report import findings


def headline_rows(
    least_alike: pd.DataFrame, who: str, moved: pd.DataFrame, *, told: int
) -> list[dict]:
    """Make the headlines: who is most missing, and which headline weights move most.

    Parameters
    ----------
    least_alike : pandas.DataFrame
        As `report.shown_composition` returns it, of the margin most unlike the population.
    who : str
        What the shares are compared with.
    moved : pandas.DataFrame
        As `tables.shown_moved` returns it.
    told : int
        People who told the characteristic of that margin.

    Returns
    -------
    list of dict
        As `findings.row`: ``most_missing`` and ``moved_most``, each only if a number of it may
        be shown.
    """
    rows = []
    text = sentences.unlike_sentence(least_alike, who)
    if text:
        few, _ = tables.extremes(least_alike)
        rows.append(findings.row("most_missing", text, few, n=told))
    text = weight_sentences.moved_sentence(moved, "the population")
    if text:
        top = tables.moved_most(moved)
        how = {"unit": "difference of shares", "base": "people with a weight"}
        rows.append(findings.row("moved_most", text, top, n=top["n"], **how))
    return rows
