"""Answers of two waves that are told together: headlines, and channels used and preferred."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.survey import bases, measures
from analysis.survey.wording import in_sentence
from analysis.waves.hidden import Hidden, preferring
from analysis.waves.loading import Pair, Wave


@dataclass(frozen=True, kw_only=True)
class Block:
    """Answers of both waves that are told together: who said yes, a frame a wave.

    `complete` says that the columns add up to everybody; `hidden` are columns that are hidden
    whatever they count, and `left_out` those that are not told; `weighted`, whether they are told
    with weights besides.
    """

    family: str
    yes: tuple[pd.DataFrame, pd.DataFrame]
    complete: bool = False
    hidden: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    weighted: bool = True


def headline_blocks(waves: Pair, secret: Hidden) -> list[Block]:
    """Gather the headline measures that both waves allow.

    Parameters
    ----------
    waves : Pair
        The two waves.
    secret : Hidden
        As `hidden_channels` returns it.

    Returns
    -------
    list of Block
        Preference by groups of channels in one, each other measure alone. A measure that takes a
        question of which some answers alone compare is left out.
    """
    survey = waves.second.survey
    role = survey.used_role if survey.has("preferred") else ""
    found = [measures.headline_answers(each.survey, each.responses) for each in waves.waves]
    prefix = f"{survey.words.preferred_short}: "
    groups = {name for name in found[1] if name.startswith(prefix) and survey.has("preferred")}
    got = f"{survey.words.used_short} what they {survey.words.preferred}"
    left_out = set() if waves.complete("preferred") else {got}
    if role and waves.compares(role) and not waves.complete(role):
        left_out.add(got)
    blocks = [_group_block(waves, secret, prefix)] if waves.complete("preferred") else []
    for name in (each for each in found[1] if each not in {*groups, *left_out}):
        yes = [each[name].to_frame(name) for each in found]
        blocks.append(Block(family="headlines", yes=(yes[0], yes[1])))
    return blocks


def _group_block(waves: Pair, secret: Hidden, prefix: str) -> Block:
    """Gather preference by groups of channels; what hides channels hides groups."""
    yes = []
    for wave, people in zip(waves.waves, preferring(waves, secret), strict=True):
        groups = measures.channel_groups(wave.survey, people, "preferred")
        names = [f"{prefix}{in_sentence(str(each))}" for each in groups]
        yes.append(groups.set_axis(names, axis=1))
    several = waves.second.survey.codebook.question("preferred").kind == "multiple"
    return Block(
        family="headlines",
        yes=(yes[0], yes[1]),
        complete=not several,
        hidden=frozenset(f"{prefix}{in_sentence(each)}" for each in secret.groups),
    )


def channel_blocks(waves: Pair, secret: Hidden) -> list[Block]:
    """Gather what people used and what they prefer, channel by channel.

    Parameters
    ----------
    waves : Pair
        The two waves.
    secret : Hidden
        As `hidden_channels` returns it.

    Returns
    -------
    list of Block
        Of the people who answered both questions, where both compare; else of those who answered
        the one that does. Channels that nobody can have used are left out of use.
    """
    survey = waves.second.survey
    asked = [each for each in (survey.used_role, "preferred") if waves.compares(each)]
    answers = {role: [_channels(each, role, asked) for each in waves.waves] for role in asked}
    names = {survey.used_role: survey.words.used_short, "preferred": survey.words.preferred_short}
    blocks = []
    for role in asked:
        yes = [each.add_prefix(f"{names[role]}: ") for each in answers[role]]
        kept = waves.shared.get(role, list(answers[role][0]))
        out = [each for each in answers[role][0] if each not in kept]
        out += survey.not_offered if role == survey.used_role else []
        prefixed = [
            frozenset(f"{names[role]}: {each}" for each in some) for some in (secret.channels, out)
        ]
        blocks.append(
            Block(
                family=f"channels {'used' if role == survey.used_role else 'preferred'}",
                yes=(yes[0], yes[1]),
                hidden=prefixed[0],
                left_out=prefixed[1],
            )
        )
    return blocks


def _channels(wave: Wave, role: str, asked: Sequence[str]) -> pd.DataFrame:
    people = bases.answered(wave.survey, wave.responses, asked).frame
    given = bases.channels(wave.survey, people, role)
    return indicators(given)


def indicators(answers: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Return who gave each answer.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical, or indicators 1 and 0.

    Returns
    -------
    pandas.DataFrame
        Boolean, a column an answer.

    Examples
    --------
    >>> indicators(pd.Series(pd.Categorical(["a", "b"]))).to_numpy().tolist()
    [[True, False], [False, True]]
    """
    frame = pd.get_dummies(answers) if isinstance(answers, pd.Series) else answers
    return frame.set_axis([str(each) for each in frame.columns], axis=1).eq(1)
