"""Weighted headlines on digital channels, beside those of the people who answered."""

import pandas as pd

from analysis import paired
from analysis.chapters.digital.people import PREFERS, USED
from analysis.numerics import outwards
from analysis.population import Weighing
from analysis.privacy import HIDDEN
from analysis.report import Weighted, weighted_row, weighted_share
from analysis.survey.codebook import Codebook


def weighted_gap(
    frame: pd.DataFrame, first: pd.Series, codebook: Codebook, weighing: Weighing | None
) -> Weighted | None:
    """Give the gap of everybody with weights, in whole points.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it.
    first : pandas.Series
        The row of everybody, as `tables.shown_gaps` returns it.
    codebook : Codebook
        Its threshold.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    Weighted or None
        None where the table has no weighted shares, or hides them.
    """
    if weighing is None or first["weighted"] in ("", HIDDEN):
        return None
    heavy = weighing.people(frame)
    used, preferred = (heavy[[name]].set_axis(["digital"], axis=1) for name in (USED, PREFERS))
    row = paired.shifts(used, preferred, weights=weighing.weights).iloc[0].copy()
    row["estimate"] = round(row["estimate"], 2) + 0.0
    ends = outwards(row["conf_low"], row["conf_high"])
    row["conf_low"], row["conf_high"] = (float(each) for each in ends)
    return weighted_row(row, heavy.index, len(frame), weighing, codebook)


def weighted_elsewhere(
    frame: pd.DataFrame, codebook: Codebook, weighing: Weighing | None
) -> Weighted | None:
    """Give with weights the share of digital users who prefer another way.

    Parameters
    ----------
    frame, codebook, weighing
        As for `weighted_gap`.

    Returns
    -------
    Weighted or None
        As `report.weighted_share`.
    """
    mine = frame[frame[USED] == 1]
    return weighted_share(mine[PREFERS] == 0, weighing, codebook)
