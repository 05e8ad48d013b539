"""Which channels, and groups of channels, a comparison of two waves does not show."""

from dataclasses import dataclass, replace

from analysis.primary import pair
from analysis.privacy import hidden_groups_in_either, rule_of
from analysis.survey import bases
from analysis.waves.loading import Pair, Wave


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Labels of channels and of groups of channels that few people of a wave make up.

    `groups_left_out` says that preference by groups is not told at all.
    """

    channels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    groups_left_out: bool = False


def hidden_channels(waves: Pair) -> Hidden:
    """Choose the channels and groups that are hidden.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    Hidden
        Where both questions on channels compare: what the shifts of either wave hide. Preference by
        groups is told of everybody and preference by channels of those who also said what they
        used: if few people are in the first base alone, groups are left out, since a difference
        would tell of these; if nobody is, groups are hidden as channels are. Where one question
        compares: what few people of a wave answered, with others of its group and others. What a
        report of one of the waves hides is always hidden: another base would give it away.
    """
    role = waves.second.survey.used_role
    asked = [each for each in (role, "preferred") if waves.compares(each)]
    found = Hidden()
    if len(asked) == 2:
        found = _of_both(waves)
    elif asked and waves.second.survey.codebook.question(asked[0]).kind != "multiple":
        found = _of_one(waves, asked[0])
    own = waves.first.hidden | waves.second.hidden
    return replace(found, channels=found.channels | own)


def _of_both(waves: Pair) -> Hidden:
    channels, groups, outside = set(), set(), []
    for wave in waves.waves:
        base, used, preferred = pair.compared(wave.survey, wave.responses)
        hidden = pair.hidden_shifts(wave.survey, used, preferred)
        channels |= hidden[0]
        groups |= hidden[1]
        everybody = bases.answered(wave.survey, wave.responses, ["preferred"]).n
        outside.append(everybody - base.n)
    rule = rule_of(waves.second.survey.codebook)
    return Hidden(
        channels=frozenset(channels),
        groups=frozenset(groups) if 0 in outside else frozenset(),
        groups_left_out=any(each and rule.few(each) for each in outside),
    )


def _of_one(waves: Pair, role: str) -> Hidden:
    survey = waves.second.survey
    counts = [_counts(each, role) for each in waves.waves]
    labels = [str(each) for each in counts[0][0].index]
    names = [str(each) for each in counts[0][1].index]
    groups = survey.codebook.question(role).groups
    hidden = hidden_groups_in_either(
        [each[0] for each in counts],
        [each[1] for each in counts],
        [names.index(groups[label]) for label in labels],
        rule=rule_of(survey.codebook),
    )
    return Hidden(
        channels=frozenset(name for name, no in zip(labels, hidden[0], strict=True) if no),
        groups=frozenset(name for name, no in zip(names, hidden[1], strict=True) if no),
    )


def _counts(wave: Wave, role: str) -> tuple:
    people = bases.answered(wave.survey, wave.responses, [role]).frame
    given = bases.channels(wave.survey, people, role)
    in_groups = bases.grouped(wave.survey, given)
    return tuple(each.value_counts().reindex(each.cat.categories) for each in (given, in_groups))
