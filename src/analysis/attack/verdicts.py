"""Whether small counts can be worked out from everything published: the verdict on each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.attack.linked import Attack, whole_between
from analysis.attack.moves import movable, moves_of
from analysis.attack.statements import Register, Target, narrowing
from analysis.attack.worlds import Search
from analysis.survey import Survey

#: What can be said of a small count.
SAFE, TOLD, OPEN = "safe", "told", "open"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is known of a count below the threshold.

    "safe": other replies were found, whole persons all of them, that would print the same report
    and have so many other values of this count as the threshold. "told": whoever solves the
    linear programme of the linked tables knows it closer than that, to `low` to `high`. "open":
    neither; it can be as many values from `low` to `high` for who knows the linked tables.
    """

    target: Target
    low: float
    high: float
    verdict: str

    @property
    def values(self) -> int:
        """How many whole numbers are between the ends."""
        return whole_between(self.low, self.high)


def judge(
    survey: Survey,
    register: Register,
    *,
    seed: int = 1,
    search: bool = True,
) -> list[Verdict]:
    """Judge every small count that the tables of a report must not tell.

    Parameters
    ----------
    survey : Survey
        The survey.
    register : Register
        What is published of it.
    seed : int
        Of the search for other replies.
    search : bool
        False asks the linear programmes alone: no count is shown to be "safe" then.

    Returns
    -------
    list of Verdict
        In the order of `register.targets`.

    Notes
    -----
    Two proofs, one for each side. A set of other replies is a proof of safety against every
    attack on what is in the register, whatever its method. The bounds of a linear programme on
    part of the statements are a proof that a count is told: more knowledge makes them narrower.
    """
    spans = _worlds(survey, register, seed) if search else {}
    left = [
        at for at, each in enumerate(register.targets)
        if at not in spans or whole_between(*spans[at]) < each.wanted
    ]  # fmt: skip
    found = {}
    for about, numbers in _by_questions(register, left).items():
        attack = Attack(register, about, [register.targets[at].conditions for at in numbers])
        wanted = [register.targets[at].wanted for at in numbers]
        found |= dict(zip(numbers, attack.spans(wanted), strict=True))
    verdicts = []
    for at, target in enumerate(register.targets):
        low, high = found.get(at, spans.get(at))
        known = OPEN if whole_between(low, high) >= target.wanted else TOLD
        said = known if at in found else SAFE
        verdicts.append(Verdict(target=target, low=low, high=high, verdict=said))
    return verdicts


def _by_questions(register: Register, numbers: Sequence[int]) -> dict[tuple[str, ...], list[int]]:
    """Gather targets by the questions that they are about."""
    found: dict[tuple[str, ...], list[int]] = {}
    for at in numbers:
        about = narrowing(register.targets[at].conditions, register.profiles)
        found.setdefault(about, []).append(at)
    return found


def _worlds(survey: Survey, register: Register, seed: int) -> dict[int, tuple[int, int]]:
    """Search other replies for each target, question by question, those of few answers first."""
    down, up = register.spans()
    targets = register.targets
    found = {at: (each.count, each.count) for at, each in enumerate(targets)}
    values = register.profiles.values
    for name in sorted(movable(survey, register.profiles), key=lambda each: len(values[each])):
        left = [at for at, span in found.items() if whole_between(*span) < targets[at].wanted]
        moves = moves_of(survey, register, [name], left)
        reached = np.flatnonzero(moves.targets.any(axis=0))
        if not len(reached):
            continue
        rng = np.random.default_rng(seed)
        search = Search(moves, down[moves.touched], up[moves.touched], rng)
        for place in reached:
            at = left[place]
            wanted = targets[at].wanted
            low, high = search.reach(place, targets[at].count, wanted=wanted)
            found[at] = min(low, found[at][0]), max(high, found[at][1])
    return found
