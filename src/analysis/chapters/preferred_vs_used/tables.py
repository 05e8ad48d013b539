"""The tables of channels and groups of channels, as far as they may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis import privacy, proportions
from analysis.privacy import (
    HIDDEN,
    JOINT,
    hide,
    hide_small,
    round_people,
    round_table,
    rule_of,
)
from analysis.report import interval
from analysis.survey import Survey
from analysis.survey.codebook import Codebook

#: What the tables of shifts show.
COLUMNS = [
    "channel", "share_used", "share_preferred", "estimate", "conf_low", "conf_high", "p_shown",
]  # fmt: skip


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
        As `privacy.shown_shifts` returns them; channels with `differs`, whether the interval
        leaves out 0, and `offered`, whether anybody can have used the channel.

    Raises
    ------
    ValueError
        If fewer than two channels on offer can be shown.
    """
    channels, groups = privacy.shown_shifts(shifts, group_shifts, survey.codebook, survey.used_role)
    channels["differs"] = (channels["conf_low"] > 0) | (channels["conf_high"] < 0)
    channels["offered"] = ~channels["channel"].isin(survey.not_offered)
    privacy.require_shown(channels[channels["offered"]], 2, survey.words.channels)
    return channels, groups


def largest_shift(survey: Survey, visible: pd.DataFrame) -> pd.Series:
    """Find the channel that shifts most, up or down.

    Parameters
    ----------
    survey : Survey
        The survey.
    visible : pandas.DataFrame
        Channels as `visible_shifts` returns them, with numbers.

    Returns
    -------
    pandas.Series
        Its row; neither a channel that nobody can have used nor the one that gathers all others.
    """
    named = _named(survey, visible)
    return named.loc[named["estimate"].abs().idxmax()]


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
        Its row; none if all are hidden.
    """
    named = _named(survey, reached).dropna(subset=["estimate"])
    return named.sort_values("estimate", kind="stable").head(1)


def _named(survey: Survey, rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out channels that nobody can have used, and the one that gathers all others."""
    return rows[~rows["channel"].isin([*survey.not_offered, survey.other_channel])]


def shown_moves(
    moves: pd.DataFrame, group_shifts: pd.DataFrame, kept: Sequence[str], codebook: Codebook
) -> pd.DataFrame:
    """Round the counts of `paired.moves`, and hide small ones and what would give them away.

    Parameters
    ----------
    moves, group_shifts : pandas.DataFrame
        As `paired.moves` and `paired.shifts` return them for groups of channels.
    kept : sequence of str
        The groups that are shown.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `group, n` (exact), then a column a group. Where a person gives one answer, rows and
        columns add up to totals that readers know, and people who stay in a group to a count that
        they can work out from its interval: `privacy.round_table` allows for both.
    """
    rule = rule_of(codebook)
    cells = moves[list(moves["answer"])].set_axis(moves["answer"], axis=0)
    adds_up = (cells.sum(axis=1).to_numpy() == moves["n"].to_numpy()).all()
    exact = np.diag((~rule.few(group_shifts[JOINT])).all(axis=1).to_numpy())
    rounded = (
        round_table(cells, rule=rule, known=exact) if adds_up else round_people(cells, rule=rule)
    )
    rows = moves["answer"].isin(kept).to_numpy()
    shown = rounded.loc[rows, list(kept)].reset_index(drop=True)
    shown.insert(0, "n", moves.loc[rows, "n"].to_numpy())
    shown.insert(0, "group", moves.loc[rows, "answer"].to_numpy())
    return shown


def shown_overlaps(shifts: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count, for each channel, who named it in both answers and who in one alone.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `paired.shifts` returns it, of questions with several answers.
    codebook : Codebook
        Its threshold and words.

    Returns
    -------
    pandas.DataFrame
        A row a channel, three columns of people. The shares of each answer are known, so a
        small count hides its whole row.
    """
    shown = hide_small(
        shifts.set_index("answer")[JOINT],
        counts=JOINT,
        values=JOINT,
        rule=rule_of(codebook),
        complete=False,
    )
    words = codebook.words
    names = ["Both", f"{words.used_short} only", f"{words.preferred_short} only"]
    return shown.set_axis(names, axis=1)


def shown_reached(
    reached: pd.DataFrame, shifts: pd.DataFrame, codebook: Codebook, *, conf_level: float = 0.95
) -> pd.DataFrame:
    """Hide the channels of `paired.reached` that rest on few people, and round what would tell.

    Parameters
    ----------
    reached, shifts : pandas.DataFrame
        As `paired.reached` and `paired.shifts` return them, the same channels.
    codebook : Codebook
        Its threshold.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        `channel, n, estimate, conf_low, conf_high, counted`. The people who used and prefer a
        channel are known from its two totals once one of the three kinds is: so where any of
        them is small, share and interval are made from the count rounded to the threshold, and
        `counted` says so.
    """
    rule = rule_of(codebook)
    rough = rule.few(shifts[JOINT]).any(axis=1).to_numpy()
    both, n = reached["n_both"], reached["n"]
    told = both.where(~rough, round_people(both, rule=rule))
    hidden = (told.isna() | rule.few(n - both)).to_numpy()
    low, high = proportion_confint(
        np.minimum(told.fillna(0), n), np.maximum(n, 1), alpha=1 - conf_level, method="wilson"
    )
    shown = pd.DataFrame(
        {
            "channel": reached["answer"],
            "n": hide(n, rule.few(n)),
            "estimate": np.minimum(told / np.maximum(n, 1), 1.0),
            "conf_low": low,
            "conf_high": high,
        }
    )
    for column in ("estimate", "conf_low", "conf_high"):
        shown[column] = hide(shown[column], hidden)
    return shown.assign(counted=np.where(hidden, HIDDEN, np.where(rough, rule.rounding, "exactly")))


def indicators(answers: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Return what each person answered as indicators.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    pandas.DataFrame
        1.0 and 0.0, a column an answer.

    Examples
    --------
    >>> indicators(pd.Series(["Web", "Phone"], dtype="category")).to_numpy().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    return pd.get_dummies(answers, dtype=float)


def shown_comparison(
    answers: pd.Series | pd.DataFrame, outside: pd.Series, codebook: Codebook
) -> pd.DataFrame:
    """Compare two groups of people, and hide the answers that few people of either gave.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        As `proportions.compare` takes it.
    outside : pandas.Series
        Boolean, True for people of the second group.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `answer, share_first, share_second, estimate, conf_low, conf_high, p_adjusted`; hidden
        numbers are NA. If the answers add up to everybody, a second one may be hidden too. No
        rows if nobody is in the second group.
    """
    values = ["share_first", "share_second", "estimate", "conf_low", "conf_high", "p_adjusted"]
    if not outside.any():
        return pd.DataFrame(columns=["answer", *values])
    rows = proportions.compare(answers, outside)
    people = rows[["yes_first", "yes_second"]].to_numpy().sum()
    shown = hide_small(
        rows,
        counts=["yes_first", "yes_second"],
        values=values,
        rule=rule_of(codebook),
        complete=bool(people == rows[["n_first", "n_second"]].iloc[0].sum()),
    )
    return shown[["answer", *values]]


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
