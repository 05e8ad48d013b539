"""Which channels, and groups of channels, a comparison of two waves hides, and of whom it tells."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import paired
from analysis.primary import pair
from analysis.privacy import hidden_groups_in_either, hidden_shift_levels, rule_of
from analysis.survey import bases, measures
from analysis.waves.loading import Pair, Wave


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Labels of channels and of groups of channels that few people of a wave make up.

    `everybody` says whose preference is told by groups: True for all who answered, but for those
    who were asked what they used and did not say; False for those who said both, as of channels.
    """

    channels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    everybody: bool = True


def hidden_channels(waves: Pair) -> Hidden:
    """Choose the channels and groups that are hidden, by one rule for all tables.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    Hidden
        Where both questions on channels compare: what the shifts of either wave hide, and others
        until no sum gives it away. Where one does: what few people of a wave answered, with others.
        What a report of one of the waves hides is always hidden: another base would give it away.

    Notes
    -----
    Channels are told of those who said what they used and what they prefer. By groups, preference
    is told of those who were not asked what they used as well, if no group that is shown was
    preferred by few of them in a wave, and no few of them prefer what is hidden: readers can take
    one base from the other. Else groups are told of the same people as channels.
    """
    role = waves.second.survey.used_role
    asked = [each for each in (role, "preferred") if waves.compares(each)]
    own = [each.report for each in waves.waves]
    channels = frozenset().union(*(each.channels for each in own))
    if not asked:
        return Hidden(channels=channels)
    together = _together(waves, asked[-1], frozenset().union(*(each.groups for each in own)))
    if len(asked) == 2:
        channels, groups = _of_both(waves, channels, together)
        return Hidden(channels=channels, groups=groups, everybody=not _outside_tells(waves, groups))
    if waves.second.survey.codebook.question(asked[0]).kind == "multiple":
        return Hidden(channels=channels, groups=together)
    channels, groups = _of_one(waves, asked[0], channels, together)
    return Hidden(channels=channels, groups=groups)


def preferring(waves: Pair, hidden: Hidden) -> list[pd.DataFrame]:
    """Select the people of each wave whose preference is told by groups of channels.

    Parameters
    ----------
    waves : Pair
        Two waves that ask alike what people prefer.
    hidden : Hidden
        As `hidden_channels` returns it.

    Returns
    -------
    list of pandas.DataFrame
        Rows of the responses of each wave.
    """
    role = "preferred" if hidden.everybody else waves.second.survey.used_role
    return [pair.asked_people(each.survey, each.responses)[role] for each in waves.waves]


def others(waves: Pair) -> bool:
    """Tell whether somebody of a wave was not asked what they used, and said what they prefer.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    bool
        False where only one of the questions compares.
    """
    role = waves.second.survey.used_role
    if not waves.compares(role, "preferred"):
        return False
    asked = [pair.asked_people(each.survey, each.responses) for each in waves.waves]
    return any(len(each["preferred"]) > len(each[role]) for each in asked)


def _together(waves: Pair, role: str, members: frozenset[frozenset[str]]) -> frozenset[str]:
    """Name the groups that a report hides, by their members."""
    group_of = waves.second.survey.codebook.question(role).groups
    return frozenset(
        name
        for name in group_of.values()
        if frozenset(label for label, of in group_of.items() if of == name) in members
    )


def _of_both(
    waves: Pair, channels: frozenset[str], groups: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    survey, found = waves.second.survey, []
    for wave in waves.waves:
        _, *answers = pair.compared(wave.survey, wave.responses)
        in_groups = [bases.grouped(wave.survey, each) for each in answers]
        if not len(answers[0]):
            return frozenset(survey.labels("preferred").values()), groups
        found.append((paired.shifts(*answers), paired.shifts(*in_groups)))
    masks = hidden_shift_levels(found, survey.codebook, survey.used_role, also=(channels, groups))
    names = [frame["answer"].astype("str") for frame in found[0]]
    hidden = [frozenset(each[mask]) for each, mask in zip(names, masks, strict=True)]
    return hidden[0], hidden[1]


def _outside_tells(waves: Pair, groups: frozenset[str]) -> bool:
    """Tell whether the people who were not asked what they used are few in some group."""
    rule = rule_of(waves.second.survey.codebook)
    several = waves.second.survey.codebook.question("preferred").kind == "multiple"
    for wave in waves.waves:
        asked = pair.asked_people(wave.survey, wave.responses)
        outside = ~asked["preferred"].index.isin(asked[wave.survey.used_role].index)
        if not outside.any():
            continue
        yes = measures.channel_groups(wave.survey, asked["preferred"][outside], "preferred")
        counts, secret = yes.sum(), np.array([each in groups for each in yes.columns])
        few = rule.few(counts[~secret]).any()
        few |= several and rule.few(len(yes) - counts[~secret]).any()
        if few or (secret.any() and not several and rule.few(counts[secret].sum())):
            return True
    return False


def _of_one(
    waves: Pair, role: str, channels: frozenset[str], groups: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    survey = waves.second.survey
    counts = [_counts(each, role) for each in waves.waves]
    labels = [str(each) for each in counts[0][0].index]
    names = [str(each) for each in counts[0][1].index]
    group_of = survey.codebook.question(role).groups
    hidden = hidden_groups_in_either(
        [each[0] for each in counts],
        [each[1] for each in counts],
        [names.index(group_of[label]) for label in labels],
        rule=rule_of(survey.codebook),
        also=(np.isin(labels, list(channels)), np.isin(names, list(groups))),
    )
    return (
        frozenset(name for name, no in zip(labels, hidden[0], strict=True) if no),
        frozenset(name for name, no in zip(names, hidden[1], strict=True) if no),
    )


def _counts(wave: Wave, role: str) -> tuple:
    people = bases.answered(wave.survey, wave.responses, [role]).frame
    given = bases.channels(wave.survey, people, role)
    in_groups = bases.grouped(wave.survey, given)
    return tuple(each.value_counts().reindex(each.cat.categories) for each in (given, in_groups))
