"""The tables of shifts side by side: channels and groups of them, without weights and with."""

import pandas as pd

from analysis.chapters.preferred_vs_used import tables, titles
from analysis.report import at_start, prose, show
from analysis.survey import Survey


def shift_tables(
    survey: Survey, visible: tuple[pd.DataFrame, pd.DataFrame], *, n: int
) -> list[object]:
    """Lay out the shift of each channel, of each group of channels, and what the groups are.

    Parameters
    ----------
    survey : Survey
        The survey.
    visible : tuple of pandas.DataFrame
        As `tables.visible_shifts` returns them.
    n : int
        The people compared.

    Returns
    -------
    list
        To be displayed.
    """
    words, what = survey.words, f"shares, and shifts in points, n = {n:,}"
    heads = survey.headings | {"estimate": "Shift", "interval": "95% interval, together"}
    how = {"kinds": {"estimate": "points"}, "note": titles.widened_note(survey.not_offered)}
    return [
        show(
            visible[0][tables.COLUMNS],
            caption=f"{words.channels.capitalize()}: {what}",
            names=heads,
            **how,
        ),
        show(
            tables.groups_apart(*visible)[tables.COLUMNS],
            caption=f"{at_start(survey.channel_groups)}: {what}",
            names=heads | {"channel": "Group"},
            otherwise=f"The codebook groups no {words.channels}.",
            **how,
        ),
        prose(titles.groups_note(survey)),
    ]


def weighted_tables(
    survey: Survey,
    channels: pd.DataFrame,
    shifts: pd.DataFrame,
    groups: pd.DataFrame,
    *,
    counts: tuple[int, int],
) -> list[object]:
    """Lay out shifts without and with weights, and the shares of groups of channels with them.

    Parameters
    ----------
    survey : Survey
        The survey.
    channels : pandas.DataFrame
        The first of `tables.visible_shifts`.
    shifts, groups : pandas.DataFrame
        As `weighted.weighted_shifts` and `weighted.weighted_shares` return them.
    counts : tuple of int
        The people compared, and those of them who have a weight.

    Returns
    -------
    list
        To be displayed.
    """
    told = f"without weights, n = {counts[0]:,}, and with, n = {counts[1]:,}"
    return [
        show(
            tables.weighted_beside(channels, shifts),
            caption=f"Shifts in points {told}",
            names=survey.headings | {"estimate": "Unweighted", "weighted_interval": "Interval"},
            kinds={"estimate": "points"},
            note=titles.weighting_note(channels, shifts),
        ),
        show(
            groups.drop(columns=["used_margin", "preferred_margin"]),
            caption=f"{at_start(survey.channel_groups)}: shares {told}",
            names=survey.headings | {"channel": "Group"},
            otherwise="No share may be shown with weights.",
        ),
    ]
