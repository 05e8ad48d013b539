"""What may be shown of shifts: channels, groups of channels, groups of people."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from analysis.numerics import outwards
from analysis.paired import Heterogeneity
from analysis.privacy._bounds import SHIFT_COUNTS, SHIFT_NUMBERS, widened_shifts
from analysis.privacy._marks import HIDDEN, hide
from analysis.privacy._rounding import rough_sizes
from analysis.privacy._rule import rule_of
from analysis.privacy._shares import COARSE, FINE
from analysis.privacy._suppression import hidden_levels, hide_small
from analysis.survey.codebook import Codebook


def shown_group_shifts(
    found: Heterogeneity, codebook: Codebook, kept: Sequence[str]
) -> pd.DataFrame:
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
        below the threshold are NA, and of a second group if one alone is hidden; then the sizes of
        the others are rough, from `n_low` to `n_high` (`rough_sizes`), else NA; `raw_estimate`
        is NA where few people of the group used or prefer the channel (`few`), and so is the
        shrunken estimate if it is more the group's own than everybody's, else in steps of five. All
        others are in whole points, intervals outwards: a difference of two counts may be guessed
        from them, but no count.
    """
    rule = rule_of(codebook)
    rows = found.groups.rename(columns={found.groups.columns[0]: "level", "answer": "channel"})
    sizes = rows.drop_duplicates("level")[["level", "n"]].assign(people=lambda each: each["n"])
    sizes_shown = hide_small(
        sizes.drop(columns="n"),
        counts=["people"],
        values=["people"],
        rule=rule,
        complete=True,
    ).set_index(sizes["level"].astype("str"))["people"]
    hidden = rows["level"].astype("str").map(sizes_shown).isna()
    rough = rough_sizes(sizes.set_index(sizes["level"].astype("str"))["n"], rule=rule)
    rows[list(rough)] = rough.loc[rows["level"].astype("str")].to_numpy()
    few = rule.few(rows[["n_used", "n_preferred"]]).any(axis=1)
    own = few & (rows["weight"] > 0.5)
    shown = rows.drop(columns=["std_error", "weight", "n_used", "n_preferred"])
    sized = ("n", "n_low", "n_high")
    for column in ("raw_estimate", "estimate", "conf_low", "conf_high", *sized):
        secret = {"raw_estimate": few, **dict.fromkeys(sized, False)}.get(column, own)
        shown[column] = hide(shown[column], hidden | secret)
    step = np.where(few, COARSE, FINE)
    shown["raw_estimate"] = shown["raw_estimate"].round(2) + 0.0
    shown["estimate"] = (np.round(shown["estimate"] / step) * step).round(2) + 0.0
    shown["conf_low"], shown["conf_high"] = outwards(
        shown["conf_low"], shown["conf_high"], step=step
    )
    shown["few"] = few
    return shown[shown["channel"].isin(kept)].reset_index(drop=True)


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
    higher of 0.001, 0.01, 0.05 and 1 for all of them, or hidden if some are below 0.05 and some
    are not. A group of one channel repeats that
    channel's interval: two intervals of the same people would tell more than one.
    """
    rule = rule_of(codebook)
    told = [widened_shifts(frame, rule) for frame in (shifts, group_shifts)]
    hidden = hidden_shift_levels([(shifts, group_shifts)], codebook, used_role)
    member = _members(shifts, group_shifts, codebook)
    for number, group in enumerate(told[1].index):
        if (member == number).sum() == 1:
            only = told[0].loc[member == number, ["conf_low", "conf_high", "p_shown"]]
            told[1].loc[group, ["conf_low", "conf_high", "p_shown"]] = only.iloc[0]
    shown = []
    for frame, mask in zip(told, hidden, strict=True):
        blank = frame.copy()
        for column in (*SHIFT_NUMBERS, "p_adjusted"):
            blank[column] = hide(blank[column], mask)
        shown.append(blank.assign(p_shown=blank["p_shown"].where(~mask, HIDDEN)))
    return shown[0], shown[1]


def hidden_shift_levels(
    found: Sequence[tuple[pd.DataFrame, pd.DataFrame]],
    codebook: Codebook,
    used_role: str,
    *,
    also: tuple[Collection[str], Collection[str]] = ((), ()),
) -> tuple[np.ndarray, np.ndarray]:
    """Choose the channels, and the groups of channels, that too few people used or prefer.

    Parameters
    ----------
    found : sequence of tuple of pandas.DataFrame
        Shifts of channels and of groups of channels, as `paired.shifts` returns them, of one
        survey, or of several waves that are told beside each other.
    codebook, used_role
        As for `shown_shifts`.
    also : tuple of collections of str
        Channels and groups that are hidden whatever they count.

    Returns
    -------
    tuple of numpy.ndarray
        Boolean, which channels and which groups: what few people of one wave used or prefer, and
        of one answer a person others with it, until no sum of any wave gives a small count away.
    """
    question, preferred = codebook.question(used_role), codebook.question("preferred")
    rule = rule_of(codebook)
    offered_to_none = [question.labels[code] for code in question.not_offered]
    known = [found[0][level]["answer"].isin(list(also[level])).to_numpy() for level in (0, 1)]
    people, rests = [], []
    for level in (0, 1):
        frames = [each[level] for each in found]
        people.append(np.hstack([_counts(each, offered_to_none) for each in frames]))
        rests.append(
            np.hstack([each[["n"]].to_numpy() - each[SHIFT_COUNTS].to_numpy() for each in frames])
        )
    if "multiple" in (question.kind, preferred.kind):
        few = [
            (rule.few(counts) | rule.few(rest)).any(axis=1)
            for counts, rest in zip(people, rests, strict=True)
        ]
        return few[0] | known[0], few[1] | known[1]
    member = _members(*found[0], codebook)
    return hidden_levels(*people, member, rule=rule, also=(known[0], known[1]))


def _members(shifts: pd.DataFrame, group_shifts: pd.DataFrame, codebook: Codebook) -> np.ndarray:
    """Return the number of the group of each channel."""
    names, groups = list(group_shifts["answer"]), codebook.question("preferred").groups
    return np.array([names.index(groups[each]) for each in shifts["answer"]])


def _counts(shifts: pd.DataFrame, offered_to_none: Sequence[str]) -> np.ndarray:
    """Return who used and who prefers each; infinite where a count tells nothing."""
    counts = shifts[SHIFT_COUNTS].to_numpy(dtype=float, copy=True)
    # That nobody used it follows from the questionnaire; that nobody prefers it does not.
    counts[shifts["answer"].isin(offered_to_none) & (shifts["n_used"] == 0), 0] = np.inf
    return counts
