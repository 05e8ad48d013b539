"""Other answers that one person might have given, and what each would change of what is published.

A move gives one person another answer to one question. Several moves together are another set of
replies. If it agrees with everything published, nobody can tell it from the true one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.attack.profiles import (
    GOT,
    NO,
    SAME,
    UNCODED,
    WEIGHT,
    YES,
    Conditions,
    Profiles,
    option,
)
from analysis.attack.statements import Register
from analysis.survey import Survey

_HERE, _MISSING = (0, 1), 2


@dataclass(frozen=True, kw_only=True)
class Moves:
    """Moves, and by how many each changes the people of every statement and target.

    `person` is the row of who moves; `statements` has shape (moves, statements that any move
    changes), `touched` their numbers, `targets` shape (moves, targets).
    """

    person: np.ndarray
    statements: np.ndarray
    touched: np.ndarray
    targets: np.ndarray


def movable(survey: Survey, profiles: Profiles) -> list[str]:
    """Name the attributes that are an answer of their own, on which no routing depends."""
    return [name for name in profiles.values if _may_move(survey, name)]


def moves_of(
    survey: Survey, register: Register, attributes: Sequence[str], targets: Sequence[int]
) -> Moves:
    """Gather the moves of everybody: every other answer to some questions, if people may give it.

    Parameters
    ----------
    survey : Survey
        The survey.
    register : Register
        What is published.
    attributes : sequence of str
        Some of `movable`.
    targets : sequence of int
        Numbers of the targets whose people are counted.

    Returns
    -------
    Moves
        Nobody moves between having been asked and not, nor out of the population.
    """
    codes = register.profiles.codes.to_numpy()
    names = list(register.profiles.values)
    parts, person = [codes[:0]], [np.zeros(0, dtype=np.int64)]
    for name in attributes:
        at = names.index(name)
        for value in _possible(survey, register.profiles, name, codes[:, at]):
            asked = _asked(register.profiles, name, codes[:, at])
            who = np.flatnonzero(asked & (codes[:, at] != value))
            new = codes[who].copy()
            new[:, at] = value
            new, fine = _following(survey, register.profiles, names, name, new)
            parts.append(new[fine])
            person.append(who[fine])
    new, who = np.vstack(parts), np.concatenate(person)
    statements = _changes(register.profiles, register.statements, new, who)
    touched = np.flatnonzero(statements.any(axis=0))
    return Moves(
        person=who,
        statements=np.ascontiguousarray(statements[:, touched]),
        touched=touched,
        targets=_changes(register.profiles, [register.targets[at] for at in targets], new, who),
    )


def _may_move(survey: Survey, name: str) -> bool:
    """Tell whether an attribute is an answer of its own, on which no routing depends."""
    if name in (WEIGHT, GOT, SAME) or name.startswith("flag ") or ": any of " in name:
        return False
    role = name.split(": ")[0]
    question = survey.codebook.question(role)
    routes = {each.asked_if_question for each in survey.codebook.questions}
    if question.kind == "text":
        return ": " in name and not name.endswith(UNCODED)
    return not ({question.id, role} & routes) or role == "video_use"


def _asked(profiles: Profiles, name: str, codes: np.ndarray) -> np.ndarray:
    values = profiles.values[name]
    return codes != values.index("not_asked") if "not_asked" in values else codes != len(values) - 1


def _possible(survey: Survey, profiles: Profiles, name: str, codes: np.ndarray) -> Sequence[int]:
    """Return the values that people may have: those on offer, and missing ones that there are."""
    values = profiles.values[name]
    question = survey.codebook.question(name.split(": ")[0])
    closed = {question.labels[code] for code in question.not_offered}
    if name.split(": ")[-1] in closed:
        return []
    there = set(np.unique(codes))
    theme = question.kind == "text"
    kept = []
    for at, value in enumerate(values):
        missing = value in ("not_asked", "dont_know", "no_answer")
        several = ": " in name
        if value in closed or value == "not_asked" or (missing and (several or at not in there)):
            continue
        kept.append(at)
    return kept if not theme else [at for at in kept if values[at] in (YES, NO)]


def _following(
    survey: Survey, profiles: Profiles, names: list[str], moved: str, new: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Change what follows from a changed answer; and tell which changes are possible at all."""
    role, fine = moved.split(": ")[0], np.ones(len(new), dtype=bool)
    if (uncoded := option(role, UNCODED)) in names:
        themes = [at for at, each in enumerate(names) if each.startswith(f"{role}: ")]
        themes.remove(names.index(uncoded))
        new[:, names.index(uncoded)] = np.where((new[:, themes] == 0).any(axis=1), 1, 0)
    groups = [at for at, each in enumerate(names) if each.startswith(f"{role}: any of ")]
    question = survey.codebook.question(role)
    for at in groups:
        group = names[at].split(": any of ")[1]
        labels = [label for label, each in question.groups.items() if each == group]
        mine = [names.index(option(role, label)) for label in labels]
        new[:, at] = np.where((new[:, mine] == 0).any(axis=1), 0, new[:, mine].max(axis=1))
    if role == "video_use" and survey.has("video_place"):
        fine &= _same_route(survey, profiles, names, new)
    if role in (survey.used_role, "preferred") and GOT in names:
        _both_answers(survey, profiles, names, new)
    return new, fine


def _same_route(
    survey: Survey, profiles: Profiles, names: list[str], new: np.ndarray
) -> np.ndarray:
    """Tell whether the answers still lead to the question that follows, or past it."""
    asked_if = survey.codebook.question("video_place").asked_if_answers
    labels = survey.codebook.question("video_use").labels
    leads = {labels.get(code, code) for code in asked_if}
    at = names.index("video_use")
    said = np.array([value in leads for value in profiles.values["video_use"]])[new[:, at]]
    place = next(i for i, each in enumerate(names) if each.startswith("video_place: "))
    asked = new[:, place] != profiles.values[names[place]].index("not_asked")
    return said == asked if leads else np.ones(len(new), dtype=bool)


def _both_answers(survey: Survey, profiles: Profiles, names: list[str], new: np.ndarray) -> None:
    """Say again whether people used what they prefer, and whether both answers are the same."""
    used, left_out = survey.used_role, {*survey.not_offered, survey.other_channel}
    got = names.index(GOT)
    if SAME in names:
        first, second = names.index(used), names.index("preferred")
        values = profiles.values[used], profiles.values["preferred"]
        same = np.array([[one == two for two in values[1]] for one in values[0]])
        told = [
            np.array([value in profiles.said(role) for value in profiles.values[role]])
            for role in (used, "preferred")
        ]
        both = told[0][new[:, first]] & told[1][new[:, second]]
        alike = np.where(same[new[:, first], new[:, second]], *_HERE)
        new[:, names.index(SAME)] = np.where(both, alike, _MISSING)
        out = np.array([value in left_out for value in values[1]])[new[:, second]]
        new[:, got] = np.where(both & ~out, alike, _MISSING)
        return
    labels = [
        label for label in survey.labels("preferred").values()
        if {option(used, label), option("preferred", label)} <= set(names) and label not in left_out
    ]  # fmt: skip
    sides = [
        new[:, [names.index(option(role, label)) for label in labels]]
        for role in (used, "preferred")
    ]
    told = (sides[0] <= 1).all(axis=1) & (sides[1] <= 1).all(axis=1) & (sides[1] == 0).any(axis=1)
    all_used = ((sides[0] == 0) | (sides[1] == 1)).all(axis=1)
    new[:, got] = np.where(told, np.where(all_used, *_HERE), _MISSING)


def _changes(profiles: Profiles, listed: Sequence, new: np.ndarray, who: np.ndarray) -> np.ndarray:
    """Count by how many each move changes the people of each statement or target."""
    codes = profiles.codes.to_numpy()
    names = {name: at for at, name in enumerate(profiles.values)}
    old = codes[who]
    moved = new != old
    some = moved.any(axis=0)
    changed = np.zeros((len(new), len(listed)), dtype=np.int8)
    for at, each in enumerate(listed):
        columns = [names[name] for name in each.conditions if some[names[name]]]
        rows = np.flatnonzero(moved[:, columns].any(axis=1)) if columns else ()
        if len(rows):
            before = _true(profiles, each.conditions, old[rows], names)
            after = _true(profiles, each.conditions, new[rows], names)
            changed[rows, at] = after.astype(np.int8) - before
    return changed


def _true(
    profiles: Profiles, conditions: Conditions, codes: np.ndarray, names: dict[str, int]
) -> np.ndarray:
    found = np.ones(len(codes), dtype=bool)
    for name, wanted in conditions.items():
        allowed = np.array([value in wanted for value in profiles.values[name]])
        found &= allowed[codes[:, names[name]]]
    return found
