"""The tables of channels and groups of channels, as far as they may be shown."""

import numpy as np
import pandas as pd

from analysis import privacy
from analysis.privacy import (
    HIDDEN,
    JOINT,
    hide,
    rule_of,
    told_share,
)
from analysis.report import apart_clause, interval, size_clause, told_text
from analysis.survey import Survey
from analysis.survey.codebook import Codebook

#: What the tables of shifts show.
COLUMNS = [
    "channel", "share_used", "share_preferred", "estimate", "conf_low", "conf_high", "p_shown",
]  # fmt: skip

#: What the table of people who used what they prefer shows.
REACHED = ["channel", "n", "share", "conf_low", "conf_high", "counted"]


def visible_shifts(
    survey: Survey, shifts: pd.DataFrame, group_shifts: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hide small counts of shifts, and mark the channels whose two shares differ.

    Parameters
    ----------
    survey : Survey
        The survey.
    shifts, group_shifts : pandas.DataFrame
        As `paired.shifts` returns them, for channels and for groups of channels.

    Returns
    -------
    tuple of pandas.DataFrame
        As `privacy.shown_shifts` returns them, with `differs`, whether the interval leaves out 0,
        and `offered`, whether anybody can have used the channel, or one of the group.
    """
    channels, groups = privacy.shown_shifts(shifts, group_shifts, survey.codebook, survey.used_role)
    channels["offered"] = ~channels["channel"].isin(survey.not_offered)
    group_of = survey.codebook.question("preferred").groups
    offered = {group_of[each] for each in channels.loc[channels["offered"], "channel"]}
    groups["offered"] = groups["channel"].isin(offered)
    for rows in (channels, groups):
        rows["differs"] = (rows["conf_low"] > 0) | (rows["conf_high"] < 0)
    return channels, groups


def told_shifts(visible: pd.DataFrame, visible_groups: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Choose what sentences and the figure tell of: channels, or groups where these are too small.

    Parameters
    ----------
    visible, visible_groups : pandas.DataFrame
        As `visible_shifts` returns them.

    Returns
    -------
    tuple of pandas.DataFrame and bool
        The rows that can be shown, perhaps none; and whether they are groups of channels, which
        they are if fewer than two channels on offer can be shown and a group can.
    """
    channels, groups = (
        rows[rows["estimate"].notna()].reset_index(drop=True) for rows in (visible, visible_groups)
    )
    grouped = channels["offered"].sum() < 2 and not groups.empty
    return (groups, True) if grouped else (channels, False)


def groups_apart(visible: pd.DataFrame, visible_groups: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of groups of channels; none where each channel is a group of its own."""
    alike = set(visible["channel"]) == set(visible_groups["channel"])
    return visible_groups.iloc[:0] if alike else visible_groups


def largest_shift(
    survey: Survey, visible: pd.DataFrame, visible_groups: pd.DataFrame
) -> pd.DataFrame:
    """Find the channel that shifts most, up or down, among those that sentences tell of.

    Parameters
    ----------
    survey : Survey
        The survey.
    visible, visible_groups : pandas.DataFrame
        As `visible_shifts` returns them.

    Returns
    -------
    pandas.DataFrame
        Its row, or none, with `shown` and `of`: how many channels, or groups of channels, may be
        shown of how many. Neither what nobody can have used nor the one that gathers all others
        is among them.
    """
    _, grouped = told_shifts(visible, visible_groups)
    every = visible_groups if grouped else visible
    every = every[every["offered"] & (every["channel"] != survey.other_channel)]
    ranked = every["estimate"].abs().sort_values(ascending=False, kind="stable")
    return _first(every, ranked).assign(kind=_kind(survey))


def drawn_groups(survey: Survey, visible_groups: pd.DataFrame) -> list[str]:
    """Name the groups of channels that can be shown, without the one that gathers all others."""
    named = visible_groups[visible_groups["channel"] != survey.other_channel]
    return list(named.dropna(subset=["estimate"])["channel"])


def least_reached(survey: Survey, reached: pd.DataFrame) -> pd.DataFrame:
    """Find the channel that fewest of those who prefer it used.

    Parameters
    ----------
    survey : Survey
        The survey.
    reached : pandas.DataFrame
        As `shown_reached` returns it.

    Returns
    -------
    pandas.DataFrame
        Its row, with `shown` and `of` as in `largest_shift`, and `tied`, how many others reach
        into its range where counts are rounded; none if all are hidden. The middle of the range
        decides, since the exact share may not be told.
    """
    every = reached[~reached["channel"].isin([*survey.not_offered, survey.other_channel])]
    middle = (every["low"] + every["high"]) / 2
    first = _first(every, middle.sort_values(kind="stable")).assign(kind=_kind(survey))
    row = first.squeeze(axis=0)
    near = 0 if first.empty else int((every["low"] <= row["high"]).sum()) - 1
    return first.assign(tied=near)


def _kind(survey: Survey) -> str:
    """Say which channels are compared, behind how many they are."""
    offered = " on offer" * bool(survey.not_offered)
    return offered + f' ("{survey.other_channel}" aside)' * bool(survey.other_channel)


def _first(every: pd.DataFrame, ranked: pd.Series) -> pd.DataFrame:
    """Return the row that is ranked first, of how many that are shown, and how near others are."""
    ranked = ranked.dropna()
    order = every.loc[ranked.index].rename(columns={"channel": "level"})
    say = size_clause if (order["estimate"] < 0).any() else apart_clause
    near = say(order) if len(order) > 1 else ""
    return every.loc[ranked.index[:1]].assign(shown=len(ranked), of=len(every), near=near)


def shown_reached(
    reached: pd.DataFrame, shifts: pd.DataFrame, visible: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Hide the channels of `paired.reached` that rest on few people, and round what would tell.

    Parameters
    ----------
    reached, shifts : pandas.DataFrame
        As `paired.reached` and `paired.shifts` return them, the same channels.
    visible : pandas.DataFrame
        The same channels as `visible_shifts` returns them: what it hides is hidden here too, since
        the people who prefer each channel add up to everybody.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `channel, n, estimate, low, high, conf_low, conf_high, share` (text), `counted`. The
        people who used and prefer a channel are known from its two totals once one of the three
        kinds is: so where any of them is small, the count is rounded to the threshold; the share
        runs from `low` to `high`, the interval holds those of all counts that the rounded one
        may be, and `counted` says so.
    """
    rule = rule_of(codebook)
    exact = (~rule.few(shifts[JOINT])).all(axis=1)
    secret = visible["estimate"].isna().to_numpy()
    counts = zip(
        reached["n_both"].astype(int), reached["n"].astype(int), exact, secret, strict=True
    )
    told = [
        None if hidden or rule.few(n - both) else told_share(both, n, rule=rule, exact=each)
        for both, n, each, hidden in counts
    ]
    hidden = [each is None for each in told]
    shown = pd.DataFrame(
        {"channel": reached["answer"], "n": hide(reached["n"], rule.few(reached["n"]) | secret)}
    )
    for column in ("estimate", "low", "high", "conf_low", "conf_high"):
        numbers = [np.nan if each is None else getattr(each, column) for each in told]
        shown[column] = hide(pd.Series(numbers, index=shown.index), hidden)
    shown["share"] = [HIDDEN if each is None else told_text(each, digits=1) for each in told]
    how = np.where(exact, "exactly", rule.rounding)
    return shown.assign(counted=np.where(hidden, HIDDEN, how))


def weighted_beside(visible: pd.DataFrame, weighted: pd.DataFrame) -> pd.DataFrame:
    """Put the shifts without and with weights side by side.

    Parameters
    ----------
    visible : pandas.DataFrame
        Channels as `privacy.shown_shifts` returns them.
    weighted : pandas.DataFrame
        As `paired.shifts` returns it with weights, the same channels; no rows without weights.

    Returns
    -------
    pandas.DataFrame
        `channel, estimate, conf_low, conf_high`, then `weighted_estimate, weighted_interval` (text)
        and `p_adjusted` of the weighted shifts; a channel hidden in `visible` is hidden here. No
        rows without weights.
    """
    if weighted.empty:
        return weighted
    hidden = visible["estimate"].isna()
    spans = [
        HIDDEN if secret else interval(low, high, "points")
        for secret, low, high in zip(
            hidden, weighted["simultaneous_low"], weighted["simultaneous_high"], strict=True
        )
    ]
    return visible[["channel", "estimate", "conf_low", "conf_high"]].assign(
        weighted_estimate=hide(weighted["estimate"], hidden),
        weighted_interval=spans,
        p_adjusted=hide(weighted["p_adjusted"], hidden),
    )
