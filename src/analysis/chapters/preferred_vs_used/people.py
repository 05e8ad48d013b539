"""The shifts of groups of people, such as districts, as far as they may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.paired import Heterogeneity
from analysis.privacy import mark, shown_group_shifts
from analysis.report import interval, points
from analysis.survey import Survey
from analysis.survey.codebook import Codebook

#: The questions by which people are grouped, if the survey asked them.
GROUPINGS = ("district", "age", "reason")

#: The most groups of channels that a figure has room for.
MOST = 4


def groupings(
    survey: Survey, frame: pd.DataFrame, roles: Sequence[str] = GROUPINGS
) -> pd.DataFrame:
    """Return the answers by which people are grouped.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.
    roles : sequence of str
        Questions; those that the survey did not ask are left out.

    Returns
    -------
    pandas.DataFrame
        Categorical, a column a question.
    """
    return frame[[role for role in roles if survey.has(role)]]


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay the shrunken shifts of groups out as text, a row a group and a column a channel.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `privacy.shown_group_shifts` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column a channel: the shift in whole points with its interval.
    """
    spans = [
        interval(low, high, "whole points")
        for low, high in zip(rows["conf_low"], rows["conf_high"], strict=True)
    ]
    cells = rows.assign(
        cell=[
            mark(estimate) if np.isnan(estimate) else f"{points(estimate, 0)} ({span})"
            for estimate, span in zip(rows["estimate"], spans, strict=True)
        ]
    )
    order = [each for each in rows["channel"].cat.categories if each in set(rows["channel"])]
    wide = cells.pivot_table(
        index="level", columns="channel", values="cell", aggfunc="first", observed=True
    )[order]
    sizes = rows.drop_duplicates("level").set_index("level")["n"]
    wide.insert(0, "n", sizes)
    return wide.rename_axis(columns=None).reset_index()


def shown_districts(
    found: Heterogeneity | None, means: pd.Series, codebook: Codebook
) -> tuple[pd.DataFrame, pd.Series]:
    """Give the shifts of the districts for the groups of channels that shift most.

    Parameters
    ----------
    found : Heterogeneity or None
        As `paired.heterogeneity` returns it; None if there are no districts to compare.
    means : pandas.Series
        The shift of everybody, by group of channels.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.Series
        As `privacy.shown_group_shifts` returns it, no rows without districts; and the `MOST`
        largest of `means`, up or down.
    """
    most = means[means.abs().nlargest(MOST).index]
    if found is None:
        return pd.DataFrame(columns=["level", "channel", "estimate"]), most
    return shown_group_shifts(found, codebook, list(most.index)), most
