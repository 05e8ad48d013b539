"""What an attacker works out: the bounds of a small count by linear programming on linked tables.

Tables are linked where they count people by the same questions, on whatever base. The attacker
knows every such number, that nobody is counted less than once, and nothing of single people.
"""

from collections.abc import Iterable, Sequence
from itertools import product

import highspy
import numpy as np
from scipy import sparse

from analysis.attack.profiles import Conditions, Profiles
from analysis.attack.statements import Register, Statement, narrowing

#: The most kinds of people that are told apart, of one question and of two; statements on rarer
#: bases are left out before.
KINDS = {1: 20_000, 2: 5_000}

#: By how much a bound of a linear programme may miss a whole number.
_SLACK = 1e-6


class Attack:
    """Everything known of the people by one or two questions, as a linear programme.

    Nothing is asked of it where even the targets alone part more kinds of people than `KINDS`.
    """

    def __init__(
        self, register: Register, about: Sequence[str], targets: Sequence[Conditions]
    ) -> None:
        profiles = register.profiles
        known = [
            each for each in register.statements
            if set(narrowing(each.conditions, profiles)) <= set(about)
        ]  # fmt: skip
        parts, known = _parts(profiles, about, known, targets)
        self._everybody, self._solver = float(len(profiles.codes)), None
        if not parts:
            return
        kinds, rows = _kinds(parts, known, targets)
        low = [each.low for each in known] + [len(profiles.codes)]
        high = [each.high for each in known] + [len(profiles.codes)]
        self._targets, counted = rows[len(known) :], rows[: len(known)]
        matrix = sparse.csc_matrix(np.vstack([counted, np.ones(kinds)]), dtype=float)
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = kinds, len(low)
        programme.col_cost_ = np.zeros(kinds)
        programme.col_lower_ = np.zeros(kinds)
        programme.col_upper_ = np.full(kinds, float(len(profiles.codes)))
        programme.row_lower_, programme.row_upper_ = np.array(low, float), np.array(high, float)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_, programme.a_matrix_.index_ = matrix.indptr, matrix.indices
        programme.a_matrix_.value_ = matrix.data
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.passModel(programme)
        self._columns = np.arange(kinds, dtype=np.int32)

    def bounds(self, target: int) -> tuple[float, float]:
        """Return the fewest and the most people of a target; whole numbers lie between."""
        if self._solver is None:
            return 0.0, self._everybody
        return tuple(float(self._furthest(target, way)[target]) for way in (1.0, -1.0))

    def spans(self, wanted: Sequence[int]) -> list[tuple[float, float]]:
        """Return for each target numbers that it can be: enough of them, or the fewest and most.

        Parameters
        ----------
        wanted : sequence of int
            How many whole numbers are enough, for each target. Each solution tells of all targets,
            so most of them need none of their own.

        Returns
        -------
        list of tuple of float
            The ends of what was found: those of `bounds` where they are not enough.
        """
        if self._solver is None:
            return [(0.0, self._everybody)] * len(wanted)
        low, high = np.full(len(wanted), np.inf), np.full(len(wanted), -np.inf)
        for target, enough in enumerate(wanted):
            for way in (1.0, -1.0):
                if whole_between(low[target], high[target]) < enough:
                    found = self._furthest(target, way)
                    low, high = np.minimum(low, found), np.maximum(high, found)
        return list(zip(low.tolist(), high.tolist(), strict=True))

    def _furthest(self, target: int, way: float) -> np.ndarray:
        """Return how many of each target there are where one has its fewest (1) or most (-1)."""
        costs = way * self._targets[target].astype(float)
        self._solver.changeColsCost(len(self._columns), self._columns, costs)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError("the true replies do not fit what is published of them")
        return self._targets @ np.array(self._solver.getSolution().col_value)


def whole_between(low: float, high: float) -> int:
    """Count the whole numbers from one number to another.

    Examples
    --------
    >>> whole_between(0.0, 9.0), whole_between(2.5, 3.9999999), whole_between(3.0, 3.0)
    (10, 2, 1)
    >>> whole_between(float("inf"), float("-inf"))
    0
    """
    return int(np.floor(high + _SLACK) - np.ceil(low - _SLACK)) + 1 if low <= high else 0


def _parts(
    profiles: Profiles, about: Sequence[str], known: list[Statement], targets: Iterable[Conditions]
) -> tuple[dict[str, list[frozenset[str]]], list[Statement]]:
    """Part the values of each attribute as far as statements tell them apart.

    Bases that few statements are about are left out until there are `KINDS` or fewer kinds of
    people: an attacker who knows less is told of what he still knows.
    """
    wanted = [dict(each) for each in targets]
    while True:
        every = [*(each.conditions for each in known), *wanted]
        names = sorted({name for each in every for name in each} | set(about))
        parts = {
            name: _apart(profiles.values[name], [each[name] for each in every if name in each])
            for name in _told_apart(names, every, about)
        }
        size = np.prod([float(len(each)) for each in parts.values()])
        if size <= KINDS.get(len(about), KINDS[2]):
            return parts, known
        needed = set(about) | {name for each in wanted for name in each}
        uses = {
            name: sum(name in each.conditions for each in known)
            for name in names
            if name not in needed
        }
        if not uses:
            return {}, []
        least = min(uses, key=lambda name: (uses[name], name))
        known = [each for each in known if least not in each.conditions]


def _told_apart(
    names: Sequence[str], every: Sequence[Conditions], about: Sequence[str]
) -> list[str]:
    """Leave out attributes that always stand beside another one, such as options of a question."""
    found: dict[tuple, str] = {}
    for name in names:
        sets = list(dict.fromkeys(each[name] for each in every if name in each))
        seen = tuple(sets.index(each[name]) if name in each else -1 for each in every)
        found.setdefault((seen, name if name in about else ""), name)
    return list(found.values())


def _apart(values: Sequence[str], sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Part values into the largest parts of which every set holds all or nothing."""
    distinct = list(dict.fromkeys(sets))
    parts: dict[tuple[bool, ...], list[str]] = {}
    for value in values:
        parts.setdefault(tuple(value in each for each in distinct), []).append(value)
    return [frozenset(each) for each in parts.values()]


def _kinds(
    parts: dict[str, list[frozenset[str]]], known: list[Statement], targets: Sequence[Conditions]
) -> tuple[int, np.ndarray]:
    """Return how many kinds of people differ in what is known, and who is in what, as rows."""
    names = list(parts)
    places = np.array(list(product(*(range(len(parts[name])) for name in names))), dtype=np.int16)
    rows = []
    for conditions in [*(each.conditions for each in known), *targets]:
        inside = np.ones(len(places), dtype=bool)
        for name, wanted in conditions.items():
            if name not in parts:  # it stands beside one that is
                continue
            allowed = np.array([part <= wanted for part in parts[name]])
            inside &= allowed[places[:, names.index(name)]]
        rows.append(inside)
    distinct = np.unique(np.array(rows), axis=1)
    return distinct.shape[1], distinct
