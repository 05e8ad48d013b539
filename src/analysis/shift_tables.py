"""The tables of what people used and prefer, as far as they may be shown.

The functions of `paired` are exact. What readers see goes through here: counts below the
codebook's threshold are hidden, and so is what would give one away.
"""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.codebook import Codebook
from analysis.privacy import hidden_levels, hide_small, round_people
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
    one of these counts is below the threshold, the interval is widened to whole points and
    `p_shown` is the next higher of 0.001, 0.01, 0.05 and 1.
    """
    question, preferred = codebook.question(used_role), codebook.question("preferred")
    threshold = codebook.disclosure_threshold
    offered_to_none = [question.labels[code] for code in question.not_offered]
    told, people = [], []
    for frame in (shifts, group_shifts):
        counts = frame[_COUNTS].to_numpy(dtype=float)
        known_zero = frame["channel"].isin(offered_to_none).to_numpy()[:, None] & (counts == 0)
        people.append(np.where(known_zero, np.inf, counts))
        told.append(_coarse(frame, threshold))
    if "multiple" in (question.kind, preferred.kind):
        rests = [
            frame[["n"]].to_numpy() - frame[_COUNTS].to_numpy() for frame in (shifts, group_shifts)
        ]
        hidden = [
            ((counts < threshold) | (rest < threshold)).any(axis=1)
            for counts, rest in zip(people, rests, strict=True)
        ]
    else:
        names = list(group_shifts["channel"])
        member = np.array([names.index(preferred.groups[each]) for each in shifts["channel"]])
        hidden = hidden_levels(*people, member, threshold=threshold)
    shown = []
    for frame, mask in zip(told, hidden, strict=True):
        blank = frame.copy()
        for column in (*_NUMBERS, "p_adjusted"):
            blank[column] = blank[column].astype(float).mask(mask)
        shown.append(blank.assign(p_shown=blank["p_shown"].where(~mask, HIDDEN)))
    return shown[0], shown[1]


def _coarse(shifts: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Widen the intervals, and bound the p-values, that a small count could be worked out from."""
    rough = (shifts[JOINT] < threshold).any(axis=1)
    low, high = shifts["simultaneous_low"], shifts["simultaneous_high"]
    return shifts.assign(
        conf_low=low.mask(rough, np.floor(low * 100) / 100),
        conf_high=high.mask(rough, np.ceil(high * 100) / 100),
        p_shown=[
            _p_bound(p) if each else _p_exact(p)
            for p, each in zip(shifts["p_adjusted"], rough, strict=True)
        ],
    )[["channel", *_NUMBERS, "p_adjusted", "n", "p_shown"]]


def _p_exact(p_value: float) -> str:
    return p_text(p_value).removeprefix("p ").removeprefix("= ")


def _p_bound(p_value: float) -> str:
    bound = next((each for each in (0.001, 0.01, 0.05) if p_value < each), None)
    return f"< {bound}" if bound else "0.05 or more"


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
        `from_channel, to_channel, estimate, conf_low, conf_high`, odds of the model; the pairs
        with most people first, those with fewer people than the threshold left out.
    """
    people = pairs["n_there"] + pairs["n_back"]
    kept = pairs[people >= codebook.disclosure_threshold]
    kept = kept.assign(people=people).sort_values("people", ascending=False, kind="stable")
    columns = ["estimate", "conf_low", "conf_high"]
    odds = np.exp(kept[columns])
    return kept[["from_channel", "to_channel"]].join(odds).reset_index(drop=True)
