"""The tables of shifts by groups of people, as far as they may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csgraph
from statsmodels.stats.proportion import proportion_confint

from analysis.privacy import (
    HIDDEN,
    JOINT,
    hide,
    hide_small,
    mark,
    round_people,
    round_table,
    rule_of,
)
from analysis.report import interval, points
from analysis.survey.codebook import Codebook


def groups_side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
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


#: What the tables of shifts show.
COLUMNS = [
    "channel", "share_used", "share_preferred", "estimate", "conf_low", "conf_high", "p_shown",
]  # fmt: skip


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
        `channel, n` (exact), then a column a group. Where a person gives one answer, rows and
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
    shown.insert(0, "channel", moves.loc[rows, "answer"].to_numpy())
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


def shown_comparison(rows: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide the answers of `proportions.compare` that few people of either group gave.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `proportions.compare` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `answer, share_first, share_second, estimate, conf_low, conf_high, p_adjusted`; hidden
        numbers are NA. If the answers add up to everybody, a second one may be hidden too.
    """
    people = rows[["yes_first", "yes_second"]].to_numpy().sum()
    values = ["share_first", "share_second", "estimate", "conf_low", "conf_high", "p_adjusted"]
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
        Channels as `shown_shifts` returns them.
    weighted : pandas.DataFrame
        As `paired.shifts` returns it with weights, the same channels.

    Returns
    -------
    pandas.DataFrame
        `channel, estimate, conf_low, conf_high`, then `weighted_estimate, weighted_interval` (text)
        and `p_adjusted` of the weighted shifts; a channel hidden in `visible` is hidden here.
    """
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


def shown_odds(pairs: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give the odds of moving one way rather than back, for pairs that enough people exchanged.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As `paired.quasi_symmetry` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `from_channel, to_channel, value`, the odds of the model with their interval as text, to
        two digits; the pairs with most people first. Pairs with fewer people than the threshold
        are left out, and those whose odds are simply the quotient of two counts, because no other
        way leads from the one channel to the other.
    """
    people = pairs["n_there"] + pairs["n_back"]
    told = np.array([_has_detour(pairs, at) for at in range(len(pairs))], dtype=bool)
    kept = pairs.assign(people=people)[(~rule_of(codebook).few(people)) & told]
    kept = kept.sort_values("people", ascending=False, kind="stable")
    odds = np.exp(kept[["estimate", "conf_low", "conf_high"]])
    told = [[f"{float(f'{each:.2g}'):g}" for each in row] for row in odds.to_numpy()]
    names = kept[["from_answer", "to_answer"]].reset_index(drop=True)
    names.columns = ["from_channel", "to_channel"]
    return names.assign(value=[f"{odd} ({low} to {high})" for odd, low, high in told])


def _has_detour(pairs: pd.DataFrame, at: int) -> bool:
    """Tell whether two channels of a pair are joined by other pairs as well."""
    names = list(dict.fromkeys([*pairs["from_answer"], *pairs["to_answer"]]))
    one, two = (
        np.array([names.index(each) for each in pairs[column]])
        for column in ("from_answer", "to_answer")
    )
    joined = np.zeros((len(names), len(names)))
    others = np.arange(len(pairs)) != at
    joined[one[others], two[others]] = 1
    _, part = csgraph.connected_components(joined, directed=False)
    return bool(part[one[at]] == part[two[at]])
