"""The tables of what people used and prefer, as far as they may be shown.

The functions of `paired` are exact. What readers see goes through here: counts below the
codebook's threshold are hidden, and so is what would give one away.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csgraph
from statsmodels.stats.proportion import proportion_confint

from analysis.codebook import Codebook
from analysis.paired import difference
from analysis.paired.channel_shifts import mcnemar_p
from analysis.privacy import hidden_levels, hide_small, round_people, round_table
from analysis.report import HIDDEN, interval, p_text

#: The people behind a shift, by their two answers.
JOINT = ["n_both", "n_used_only", "n_preferred_only"]

#: What the tables of shifts show.
COLUMNS = [
    "channel", "share_used", "share_preferred", "estimate", "conf_low", "conf_high", "p_shown",
]  # fmt: skip

_COUNTS = ["n_used", "n_preferred"]
_NUMBERS = [*_COUNTS, "share_used", "share_preferred", "estimate", "conf_low", "conf_high"]


def shown_shifts(
    shifts: pd.DataFrame, group_shifts: pd.DataFrame, codebook: Codebook, used_role: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hide the channels, and the groups of channels, that too few people used or prefer.

    Parameters
    ----------
    shifts, group_shifts : pandas.DataFrame
        As `paired.shifts` returns them, for channels and for groups of channels.
    codebook : Codebook
        Its threshold and groups; its `not_offered` tells which channels nobody can have used.
    used_role : str
        The question on use.

    Returns
    -------
    tuple of pandas.DataFrame
        Channels and groups: `channel, n_used, n_preferred, share_used, share_preferred, estimate,
        conf_low, conf_high` (simultaneous), `p_adjusted, n, p_shown`; hidden numbers are NA.

    Notes
    -----
    With one answer a person, channels add up to their group and groups to everybody: so others
    are hidden too, until no sum gives a small count away (`hidden_levels`). Who named a channel in
    both answers, and who in one alone, can be worked out from an exact interval or p-value. Where
    one of these counts is below the threshold, the interval holds those of all neighbouring
    counts of which that is true, rounded outwards to whole points, and `p_shown` is the next
    higher of 0.001, 0.01, 0.05 and 1 for all of them. A group of one channel repeats that
    channel's interval: two intervals of the same people would tell more than one.
    """
    question, preferred = codebook.question(used_role), codebook.question("preferred")
    threshold = codebook.disclosure_threshold
    offered_to_none = [question.labels[code] for code in question.not_offered]
    names = list(group_shifts["channel"])
    member = np.array([names.index(preferred.groups[each]) for each in shifts["channel"]])
    told, people = [], []
    for frame in (shifts, group_shifts):
        counts = frame[_COUNTS].to_numpy(dtype=float)
        known_zero = frame["channel"].isin(offered_to_none).to_numpy()[:, None] & (counts == 0)
        people.append(np.where(known_zero, np.inf, counts))
        told.append(widened(frame, threshold))
    if "multiple" in (question.kind, preferred.kind):
        rests = [
            frame[["n"]].to_numpy() - frame[_COUNTS].to_numpy() for frame in (shifts, group_shifts)
        ]
        hidden = [
            ((counts < threshold) | (rest < threshold)).any(axis=1)
            for counts, rest in zip(people, rests, strict=True)
        ]
    else:
        hidden = hidden_levels(*people, member, threshold=threshold)
    for number, group in enumerate(told[1].index):
        if (member == number).sum() == 1:
            only = told[0].loc[member == number, ["conf_low", "conf_high", "p_shown"]]
            told[1].loc[group, ["conf_low", "conf_high", "p_shown"]] = only.iloc[0]
    shown = []
    for frame, mask in zip(told, hidden, strict=True):
        blank = frame.copy()
        for column in (*_NUMBERS, "p_adjusted"):
            blank[column] = blank[column].astype(float).mask(mask)
        shown.append(blank.assign(p_shown=blank["p_shown"].where(~mask, HIDDEN)))
    return shown[0], shown[1]


def widened(shifts: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Widen the intervals, and bound the p-values, that a small count could be worked out from.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `paired.shifts` returns it.
    threshold : int
        The fewest people that a shown number may rest on.

    Returns
    -------
    pandas.DataFrame
        `channel`, counts, shares, `estimate, conf_low, conf_high` (simultaneous; see
        `shown_shifts`), `p_adjusted, n, p_shown`. Nothing is hidden yet.
    """
    rough = (shifts[JOINT] < threshold).any(axis=1)
    low, high = shifts["simultaneous_low"], shifts["simultaneous_high"]
    told = np.array([_told(row, threshold) for _, row in shifts.iterrows()])
    return shifts.assign(
        conf_low=low.mask(rough, told[:, 0]),
        conf_high=high.mask(rough, told[:, 1]),
        p_shown=[
            _p_bound(bound) if each else _p_exact(p)
            for p, bound, each in zip(shifts["p_adjusted"], told[:, 2], rough, strict=True)
        ],
    )[["channel", *_NUMBERS, "p_adjusted", "n", "p_shown"]]


def _told(row: pd.Series, threshold: int) -> tuple[float, float, float]:
    """Return interval and p-value that many counts of people share, for a row with a rare one.

    Every number who may have named the channel twice, next to the true one and with a small
    count too, has an interval and a p-value of its own. What is told holds all of them.
    """
    n, used, preferred = int(row["n"]), int(row["n_used"]), int(row["n_preferred"])
    both = np.arange(max(0, used + preferred - n), min(used, preferred) + 1)
    kinds = np.column_stack([both, used - both, preferred - both])
    rough = (kinds < threshold).any(axis=1)
    run = np.cumsum(np.diff(rough, prepend=rough[:1]) != 0)
    mine = kinds[run == run[both == row["n_both"]][0]]
    low, high = difference.adjusted_wald(*mine.T, n, _critical(row))
    p_value = mcnemar_p(mine[:, 1], mine[:, 2], mid_p=False).max()
    factor = row["p_adjusted"] / max(row["p_value"], 1e-300)
    floor, ceiling = np.floor(low.min() * 100 + 1e-9), np.ceil(high.max() * 100 - 1e-9)
    return floor / 100 + 0.0, ceiling / 100 + 0.0, min(p_value * max(factor, 1.0), 1.0)


def _critical(row: pd.Series) -> float:
    """Return the critical value that a simultaneous interval was made with."""
    n = row["n"] + 2
    used, preferred = (row["n_used_only"] + 1) / n, (row["n_preferred_only"] + 1) / n
    centre = preferred - used
    reach = max(row["simultaneous_high"] - centre, centre - row["simultaneous_low"])
    return float(reach / np.sqrt((used + preferred - centre**2) / n))


def _p_exact(p_value: float) -> str:
    return p_text(p_value).removeprefix("p ").removeprefix("= ")


def _p_bound(p_value: float) -> str:
    bound = next((each for each in (0.001, 0.01, 0.05) if p_value < each), None)
    return f"< {bound}" if bound else "0.05 or more"


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
    threshold = codebook.disclosure_threshold
    cells = moves[list(moves["channel"])].set_axis(moves["channel"], axis=0)
    adds_up = (cells.sum(axis=1).to_numpy() == moves["n"].to_numpy()).all()
    exact = np.diag((group_shifts[JOINT] >= threshold).all(axis=1).to_numpy())
    rounded = (
        round_table(cells, threshold=threshold, known=exact)
        if adds_up
        else round_people(cells, threshold=threshold)
    )
    rows = moves["channel"].isin(kept).to_numpy()
    shown = rounded.loc[rows, list(kept)].reset_index(drop=True)
    shown.insert(0, "n", moves.loc[rows, "n"].to_numpy())
    shown.insert(0, "channel", moves.loc[rows, "channel"].to_numpy())
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
        shifts.set_index("channel")[JOINT],
        counts=JOINT,
        values=JOINT,
        threshold=codebook.disclosure_threshold,
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
    threshold = codebook.disclosure_threshold
    rough = (shifts[JOINT] < threshold).any(axis=1).to_numpy()
    both, n = reached["n_both"], reached["n"]
    told = both.where(~rough, round_people(both, threshold=threshold))
    hidden = (told.isna() | (n - both < threshold)).to_numpy()
    low, high = proportion_confint(
        np.minimum(told.fillna(0), n), np.maximum(n, 1), alpha=1 - conf_level, method="wilson"
    )
    shown = pd.DataFrame(
        {
            "channel": reached["channel"],
            "n": n.astype(float).mask(n < threshold),
            "estimate": np.minimum(told / np.maximum(n, 1), 1.0),
            "conf_low": low,
            "conf_high": high,
        }
    )
    for column in ("estimate", "conf_low", "conf_high"):
        shown[column] = shown[column].mask(hidden)
    rounded = f"rounded to {threshold}"
    return shown.assign(counted=np.where(hidden, HIDDEN, np.where(rough, rounded, "exactly")))


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
        threshold=codebook.disclosure_threshold,
        complete=bool(people == rows[["n_first", "n_second"]].iloc[0].sum()),
    )
    return shown[["answer", *values]]


def beside(visible: pd.DataFrame, weighted: pd.DataFrame) -> pd.DataFrame:
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
        weighted_estimate=weighted["estimate"].mask(hidden),
        weighted_interval=spans,
        p_adjusted=weighted["p_adjusted"].mask(hidden),
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
    kept = pairs.assign(people=people)[(people >= codebook.disclosure_threshold) & told]
    kept = kept.sort_values("people", ascending=False, kind="stable")
    odds = np.exp(kept[["estimate", "conf_low", "conf_high"]])
    told = [[f"{float(f'{each:.2g}'):g}" for each in row] for row in odds.to_numpy()]
    names = kept[["from_channel", "to_channel"]].reset_index(drop=True)
    return names.assign(value=[f"{odd} ({low} to {high})" for odd, low, high in told])


def _has_detour(pairs: pd.DataFrame, at: int) -> bool:
    """Tell whether two channels of a pair are joined by other pairs as well."""
    names = list(dict.fromkeys([*pairs["from_channel"], *pairs["to_channel"]]))
    one, two = (
        np.array([names.index(each) for each in pairs[column]])
        for column in ("from_channel", "to_channel")
    )
    joined = np.zeros((len(names), len(names)))
    others = np.arange(len(pairs)) != at
    joined[one[others], two[others]] = 1
    _, part = csgraph.connected_components(joined, directed=False)
    return bool(part[one[at]] == part[two[at]])
