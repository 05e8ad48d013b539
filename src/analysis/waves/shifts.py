"""How the shift from use to preference changed between two waves, channel by channel."""

import numpy as np
import pandas as pd

from analysis import paired, proportions
from analysis.primary import pair
from analysis.privacy import hidden_weighted_in_either, hide, rule_of
from analysis.waves.blocks import indicators
from analysis.waves.hidden import Hidden
from analysis.waves.loading import Pair, Wave
from analysis.waves.shares import COLUMNS, adjusted, weighted_columns

#: Kinds of pairs of answers from whose counts a shift's interval is made.
_JOINT = ["n_both", "n_used_only", "n_preferred_only"]


def change_rows(waves: Pair, secret: Hidden) -> tuple[pd.DataFrame, list[str]]:
    """Compare the shift of each channel between two waves.

    Parameters
    ----------
    waves : Pair
        The two waves.
    secret : Hidden
        As `hidden_channels` returns it.

    Returns
    -------
    tuple of pandas.DataFrame and list of str
        `COLUMNS`, unrounded, and `rough`: whether fewer people than the threshold of a wave
        make up one kind of pair of answers. `first` and `second` are the shifts, the share that
        prefers a channel less the share that used it. And the channels that may not be shown.

    Notes
    -----
    A shift is paired within a wave, and the waves are independent: interval and test are Welch's of
    each person's +1, 0 or -1, with weights by linearisation, each wave with the margins of its own
    raking (`proportions.independent_differences`). In simulations it held the true change in 94.5
    to 95.5% of samples, down to a handful of people who moved, where Bonett and Price's intervals
    of the two shifts, joined, held it in up to 99%. These stand in where in one wave nobody moved
    to or from a channel, which leaves it without an error.
    """
    survey = waves.second.survey
    if not waves.compares(survey.used_role, "preferred"):
        return pd.DataFrame(columns=[*COLUMNS, "rough"]), []
    if waves.agreed[survey.used_role].codes != waves.agreed["preferred"].codes:
        return pd.DataFrame(columns=[*COLUMNS, "rough"]), []
    answers = [_answers(each) for each in waves.waves]
    if not all(len(used) for used, _ in answers):
        return pd.DataFrame(columns=[*COLUMNS, "rough"]), []
    found = [paired.shifts(*each) for each in answers]
    names = [str(each) for each in found[0]["answer"]]
    plain = proportions.independent_differences(
        *(proportions.linearised_means(_scores(*each)) for each in answers)
    )
    still = np.logical_or(
        *((each["n_used_only"] + each["n_preferred_only"] == 0) for each in found)
    )
    joined = proportions.square_and_add(
        *(tuple(each[name] for name in ("estimate", "conf_low", "conf_high")) for each in found)
    )
    rule = rule_of(survey.codebook)
    rows = plain.assign(
        family="shifts",
        measure=names,
        conf_low=plain["conf_low"].mask(still, joined[0]),
        conf_high=plain["conf_high"].mask(still, joined[1]),
        p_adjusted=plain["p_value"].fillna(1.0),
        rough=np.logical_or(*(rule.few(each[_JOINT]).any(axis=1).to_numpy() for each in found)),
    )
    weighted = _weighted(waves, answers)
    if weighted is not None:
        rows = rows.join(weighted)
    kept = waves.shared.get("preferred", names)
    hidden = np.array([name in secret.channels for name in names])
    out = np.array([name not in kept for name in names])
    rows = rows.reindex(columns=[*COLUMNS, "rough"])[~hidden & ~out].reset_index(drop=True)
    table = adjusted(rows).assign(rough=rows["rough"])
    return table, [name for name, no in zip(names, hidden & ~out, strict=True) if no]


def _answers(wave: Wave) -> tuple[pd.Series | pd.DataFrame, pd.Series | pd.DataFrame]:
    _, used, preferred = pair.compared(wave.survey, wave.responses)
    return used, preferred


def _scores(used: pd.Series | pd.DataFrame, preferred: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Return 1 where a person prefers a channel without having used it, -1 the reverse, else 0."""
    return indicators(preferred).astype(float) - indicators(used).astype(float)


def _weighted(waves: Pair, answers: list[tuple]) -> pd.DataFrame | None:
    """Compare weighted shifts; None where a wave has no weights."""
    if any(each.weighing is None for each in waves.waves):
        return None
    rule, estimates, told = rule_of(waves.second.survey.codebook), [], None
    counts: dict[str, list] = {"yes": [], "n": [], "weighted": [], "n_weighted": []}
    for wave, both in zip(waves.waves, answers, strict=True):
        mine = wave.weighing.people(_scores(*both))
        if len(mine) < 2:
            return None
        estimates.append(proportions.linearised_means(mine, weights=wave.weighing.weights))
        frames = [indicators(each) for each in both]
        yes = [each.sum().to_numpy() for each in frames]
        heavy = [wave.weighing.people(each).sum().to_numpy() for each in frames]
        counts["yes"].append(yes)
        counts["n"].append(len(frames[0]))
        counts["weighted"].append(heavy)
        counts["n_weighted"].append(len(mine))
    for question in (0, 1):
        hidden = hidden_weighted_in_either(
            [each[question] for each in counts["yes"]],
            counts["n"],
            [each[question] for each in counts["weighted"]],
            counts["n_weighted"],
            rule=rule,
            complete=False,
        )
        told = ~hidden if told is None else told & ~hidden
    found = weighted_columns(proportions.independent_differences(*estimates))
    return hide(found, ~told)
