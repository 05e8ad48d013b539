"""Shifts of shares between two waves, without weights and with those of each wave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.numerics import holm
from analysis.privacy import hidden_in_either, hidden_weighted_in_either, hide, rule_of
from analysis.survey import bases, measures
from analysis.survey.wording import in_sentence, listed
from analysis.waves.hidden import hidden_channels
from analysis.waves.loading import BROUGHT, Pair, Wave

#: Columns of every table of changes: first without weights, then with them.
COLUMNS = [
    "family", "measure", "first", "second", "estimate", "conf_low", "conf_high", "p_adjusted",
    "n_first", "n_second", "weighted_first", "weighted_second", "weighted", "weighted_low",
    "weighted_high", "weighted_p", "n_weighted_first", "n_weighted_second",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Block:
    """Answers of both waves that are told together: who said yes, a frame a wave.

    `complete` says that the columns add up to everybody; `hidden` are columns that a report of one
    of the waves hides.
    """

    family: str
    yes: tuple[pd.DataFrame, pd.DataFrame]
    complete: bool = False
    hidden: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()


def headline_blocks(waves: Pair) -> list[Block]:
    """Gather the headline measures that both waves allow.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    list of Block
        Preference by groups of channels in one, each other measure alone. A measure that takes a
        question of which some answers alone compare is left out.
    """
    role = waves.second.survey.used_role if waves.second.survey.has("preferred") else ""
    found = [measures.headline_answers(each.survey, each.responses) for each in waves.waves]
    groups: list[str] = []
    prefix = f"{waves.second.survey.words.preferred_short}: "
    if waves.compares("preferred"):
        groups = [name for name in found[1] if name.startswith(prefix)]
    got = f"{waves.second.survey.words.used_short} what they {waves.second.survey.words.preferred}"
    left_out = set() if waves.complete("preferred") else {*groups, got}
    if role and waves.compares(role) and not waves.complete(role):
        left_out.add(got)
    blocks = []
    kept = [name for name in groups if name not in left_out]
    secret = hidden_channels(waves)
    if kept and not secret.groups_left_out:
        yes = [pd.DataFrame({name: each[name] for name in kept}) for each in found]
        several = waves.second.survey.codebook.question("preferred").kind == "multiple"
        hidden = frozenset(f"{prefix}{in_sentence(each)}" for each in secret.groups)
        block = Block(family="headlines", yes=(yes[0], yes[1]), complete=not several, hidden=hidden)
        blocks.append(block)
    for name in (each for each in found[1] if each not in {*groups, *left_out}):
        yes = [each[name].to_frame(name) for each in found]
        blocks.append(Block(family="headlines", yes=(yes[0], yes[1])))
    return blocks


def channel_blocks(waves: Pair) -> list[Block]:
    """Gather what people used and what they prefer, channel by channel.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    list of Block
        Of the people who answered both questions, where both compare; else of those who answered
        the one that does. Channels that nobody can have used are left out of use.
    """
    survey = waves.second.survey
    asked = [each for each in (survey.used_role, "preferred") if waves.compares(each)]
    answers = {role: [_channels(each, role, asked) for each in waves.waves] for role in asked}
    hidden = hidden_channels(waves).channels
    names = {survey.used_role: survey.words.used_short, "preferred": survey.words.preferred_short}
    blocks = []
    for role in asked:
        yes = [each.add_prefix(f"{names[role]}: ") for each in answers[role]]
        kept = waves.shared.get(role, list(answers[role][0]))
        out = [each for each in answers[role][0] if each not in kept]
        out += survey.not_offered if role == survey.used_role else []
        prefixed = [frozenset(f"{names[role]}: {each}" for each in some) for some in (hidden, out)]
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


def share_rows(waves: Pair, blocks: Iterable[Block]) -> tuple[pd.DataFrame, list[str]]:
    """Compare shares of yes between two waves, block by block.

    Parameters
    ----------
    waves : Pair
        The two waves.
    blocks : iterable of Block
        What is compared.

    Returns
    -------
    tuple of pandas.DataFrame and list of str
        `COLUMNS`, unrounded, of the rows that may be shown, with p-values adjusted by Holm's
        method within each family, those with weights in a family of their own; and the measures
        that may not be.

    Notes
    -----
    Without weights: Newcombe's interval for a difference of independent shares (1998, Stat. Med.
    17, method 10) and Fisher's exact test (`proportions.compare`). With weights: both waves by
    linearisation, each with the margins of its own raking (`proportions.independent_differences`).
    """
    rows, hidden = [], []
    for block in blocks:
        made, secret = _block_rows(waves, block)
        rows.append(made)
        hidden += secret
    kept = [each for each in rows if len(each)]
    table = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=COLUMNS)
    return adjusted(table), hidden


def adjusted(rows: pd.DataFrame) -> pd.DataFrame:
    """Adjust p-values by Holm's method within each family, with weights and without.

    Parameters
    ----------
    rows : pandas.DataFrame
        `COLUMNS`, with plain p-values.

    Returns
    -------
    pandas.DataFrame
        The same rows.
    """
    rows = rows.copy()
    for name in ("p_adjusted", "weighted_p"):
        for _, mine in rows.groupby("family", sort=False):
            there = mine[name].dropna()
            if len(there):
                rows.loc[there.index, name] = holm(there.to_numpy(dtype=float))
    return rows[COLUMNS]


def _block_rows(waves: Pair, block: Block) -> tuple[pd.DataFrame, list[str]]:
    names, rule = list(block.yes[0].columns), rule_of(waves.second.survey.codebook)
    if not all(len(each) for each in block.yes):
        return pd.DataFrame(columns=COLUMNS), names
    counts, n = [each.sum().to_numpy() for each in block.yes], [len(each) for each in block.yes]
    secret = hidden_in_either(counts, n, rule=rule, complete=block.complete)
    secret |= np.array([name in block.hidden for name in names])
    out = np.array([name in block.left_out for name in names])
    second = np.repeat([False, True], n)
    both = pd.concat(block.yes, ignore_index=True)
    found = proportions.compare(both.astype(float), pd.Series(second))
    rows = found.assign(
        family=block.family,
        measure=names,
        first=found["share_first"],
        second=found["share_second"],
        p_adjusted=found["p_value"],
    )
    mine = [_weighted_part(each, part) for each, part in zip(waves.waves, block.yes, strict=True)]
    heavy = _weighted(waves, mine)
    if heavy is not None:
        told = ~hidden_weighted_in_either(
            counts, n, [each.sum().to_numpy() for each in mine], [len(each) for each in mine],
            rule=rule, complete=block.complete,
        )  # fmt: skip
        for name in heavy:
            rows[name] = hide(heavy[name], ~told)
    rows = rows.reindex(columns=COLUMNS)[~secret & ~out]
    return rows, [name for name, no in zip(names, secret & ~out, strict=True) if no]


def _weighted_part(wave: Wave, yes: pd.DataFrame) -> pd.DataFrame:
    return yes.iloc[:0] if wave.weighing is None else wave.weighing.people(yes)


def _weighted(waves: Pair, yes: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """Compare weighted shares; None where a wave has no weights."""
    if not all(len(each) for each in yes):
        return None
    estimates = [
        proportions.linearised(part.astype(float), weights=wave.weighing.weights)
        for wave, part in zip(waves.waves, yes, strict=True)
    ]
    return weighted_columns(proportions.independent_differences(*estimates))


def weighted_columns(found: pd.DataFrame) -> pd.DataFrame:
    """Name the columns of a weighted comparison as the tables of changes do.

    Parameters
    ----------
    found : pandas.DataFrame
        As `proportions.independent_differences` returns it.

    Returns
    -------
    pandas.DataFrame
        The weighted ones of `COLUMNS`, in the order of the rows.
    """
    names = {
        "first": "weighted_first", "second": "weighted_second", "estimate": "weighted",
        "conf_low": "weighted_low", "conf_high": "weighted_high", "p_value": "weighted_p",
        "n_first": "n_weighted_first", "n_second": "n_weighted_second",
    }  # fmt: skip
    return found.rename(columns=names)[list(names.values())]


def weights_of(waves: Pair) -> str:
    """Say what the weights of the two waves are.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    str
        One sentence or two.
    """
    named = {each.label: each.weighed_to for each in waves.waves}
    without = [label for label, to in named.items() if not to]
    if without:
        return f"There are no weighted numbers, since {listed(without)} cannot be weighted."
    drawn = " Weighted intervals take the people for drawn one by one."
    if len(set(named.values())) == 1:
        to = waves.second.weighed_to
        one = f"Each wave is weighted on its own, to one population: {to}."
        return (f"Each wave has {to}." if to == BROUGHT else one) + drawn
    said = "; ".join(f"{label} to {to}" for label, to in named.items())
    return (
        f"The waves are weighted to two populations: {said}. A weighted change is one between "
        f"these, and holds what changed in them.{drawn}"
    )
