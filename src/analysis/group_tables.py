"""The tables of shifts by groups of people, as far as they may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.paired import Heterogeneity
from analysis.privacy import hide_small
from analysis.report import HIDDEN, interval, points


def shown_groups(found: Heterogeneity, codebook: Codebook, kept: Sequence[str]) -> pd.DataFrame:
    """Hide groups of people that are too small, and their own shifts where few moved.

    Parameters
    ----------
    found : Heterogeneity
        As `paired.heterogeneity` returns it.
    codebook : Codebook
        Its threshold.
    kept : sequence of str
        The channels that are shown.

    Returns
    -------
    pandas.DataFrame
        The rows of `found.groups` with the first column called `level`. The numbers of a group
        below the threshold are NA, and of a second group if one alone is hidden; `raw_estimate`
        is NA where few people of the group used or prefer the channel, and so is the shrunken
        estimate if it is more the group's own than everybody's. All are in whole points: a
        difference of two counts may be guessed from them, but no count.
    """
    rows = found.groups.rename(columns={found.groups.columns[0]: "level"})
    sizes = rows.drop_duplicates("level")[["level", "n"]].assign(people=lambda each: each["n"])
    sizes_shown = hide_small(
        sizes.drop(columns="n"),
        counts=["people"],
        values=["people"],
        threshold=codebook.disclosure_threshold,
        complete=True,
    ).set_index(sizes["level"].astype("str"))["people"]
    hidden = rows["level"].astype("str").map(sizes_shown).isna()
    few = (rows[["n_used", "n_preferred"]] < codebook.disclosure_threshold).any(axis=1)
    own = few & (rows["weight"] > 0.5)
    shown = rows.drop(columns=["std_error", "weight", "n_used", "n_preferred"]).astype({"n": float})
    for column in ("raw_estimate", "estimate", "conf_low", "conf_high", "n"):
        secret = {"raw_estimate": few, "n": False}.get(column, own)
        shown[column] = shown[column].mask(hidden | secret)
        if column != "n":
            shown[column] = shown[column].round(2) + 0.0
    return shown[shown["channel"].isin(kept)].reset_index(drop=True)


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay the shrunken shifts of groups out as text, a row a group and a column a channel.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `shown_groups` returns it.

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
            HIDDEN if np.isnan(estimate) else f"{points(estimate, 0)} ({span})"
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
