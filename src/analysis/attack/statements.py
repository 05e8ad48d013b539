"""What published numbers say of counts of people, and which counts they must not tell."""

from dataclasses import dataclass, field

import numpy as np

from analysis.attack.profiles import NO, WEIGHT, YES, Conditions, Profiles, together
from analysis.privacy import Rule
from analysis.survey.codebook import MISSING


@dataclass(frozen=True, kw_only=True)
class Statement:
    """That the people of whom `conditions` are true are at least `low` and at most `high`."""

    source: str
    conditions: Conditions
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Target:
    """People whom nobody may count from outside, if they are few: a cell of a table, or a group.

    `wanted` is how many values their number must be able to have: as many as the threshold; in a
    group that gave no answer, which is known by the bases of two numbers, no more than it has.
    """

    source: str
    conditions: Conditions
    count: int
    wanted: int


@dataclass
class Register:
    """All statements of what is published, and the small counts that they must not tell.

    Statements of the same people are one, the narrowest that all of them leave. `rule` is what
    published counts are rounded by, `guarded` how few people nobody may be told of: the same, or
    fewer where a report is made by a stricter rule than its codebook asks for. `heard` is how many
    cells were read, whether or not they say something.
    """

    profiles: Profiles
    rule: Rule
    guarded: Rule
    _statements: dict[tuple, Statement] = field(default_factory=dict)
    _targets: dict[tuple, Target] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    heard: int = 0

    @property
    def statements(self) -> list[Statement]:
        """The statements, one of the same people."""
        return list(self._statements.values())

    @property
    def targets(self) -> list[Target]:
        """The counts below the threshold, each once."""
        return list(self._targets.values())

    def know(self, source: str, conditions: Conditions, span: tuple[int, int] | None) -> None:
        """Note what a cell says; nothing if it says nothing.

        Parameters
        ----------
        source : str
            Where it is published.
        conditions : mapping of str to frozenset of str
            Who is counted.
        span : tuple of int or None
            The fewest and the most that they can be.

        Notes
        -----
        What is not true of the true replies was not understood: it is kept in `wrong`.
        """
        self.heard += 1
        if span is None:
            return
        count = self.profiles.count(conditions)
        if not span[0] <= count <= span[1]:
            self.wrong.append(f"{source}: {count} people, read as {span[0]} to {span[1]}")
            return
        key = key_of(conditions, self.profiles)
        known = self._statements.get(key)
        low, high = max(span[0], known.low if known else 0), span[1]
        if known is not None:
            high = min(high, known.high)
            source = known.source if source in known.source else f"{known.source}; {source}"
        made = Statement(source=source, conditions=dict(conditions), low=low, high=high)
        self._statements[key] = made

    def guard(self, source: str, *sides: list[Conditions]) -> None:
        """Note that no cell of a table may be told if few are in it; `sides` are its margins.

        Passed over is a cell in which nobody can be, or is; and how many answered a question, or
        gave no answer, of everybody or of those with a weight: that is the base of any number, and
        is no answer. How many of a group gave none is guarded. No count can have more values than
        there are replies.
        """
        cells: list[Conditions] = [{}]
        for side in sides:
            cells = [together(cell, each) for cell in cells for each in side]
        for cell in cells:
            if any(not wanted for wanted in cell.values()) or _of_a_base(cell, self.profiles):
                continue
            count = self.profiles.count(cell)
            if count and self.guarded.few(count):
                key = key_of(cell, self.profiles)
                silent, everybody = self._silent(cell), len(self.profiles.codes)
                wanted = min(self.guarded.people(), silent + 1, everybody + 1)
                made = Target(source=source, conditions=dict(cell), count=count, wanted=wanted)
                self._targets.setdefault(key, made)

    def _silent(self, cell: Conditions) -> int:
        """Count the people of a cell's base who gave no answer where the cell's gave none.

        Who has no weight gave none to a question that weights are made of; and where a cell is few
        only without these, it is known as closely as they are.
        """
        missing = frozenset(MISSING)
        without = {WEIGHT: frozenset([NO])} if WEIGHT in narrowing(cell, self.profiles) else {}
        if cell.get(WEIGHT) == frozenset([YES]):
            whole = {name: wanted for name, wanted in cell.items() if name != WEIGHT}
            without = {} if self.guarded.few(self.profiles.count(whole)) else without
        if not without and not any(wanted <= missing for wanted in cell.values()):
            return self.guarded.people()
        said = {
            name: frozenset(self.profiles.values[name]) - missing
            for name in narrowing(cell, self.profiles)
        }
        return self.profiles.count({**cell, **said, **without})

    def spans(self) -> tuple[np.ndarray, np.ndarray]:
        """Return by how many each statement's people may become fewer (0 or less), and more."""
        counts = np.array([self.profiles.count(each.conditions) for each in self.statements])
        low, high = (
            np.array([getattr(each, end) for each in self.statements]) for end in ("low", "high")
        )
        return (low - counts).astype(np.int32), (high - counts).astype(np.int32)


def narrowing(conditions: Conditions, profiles: Profiles) -> tuple[str, ...]:
    """Name the attributes of which some answers are meant, and not all or none of them.

    Examples
    --------
    >>> import pandas as pd
    >>> made = Profiles(codes=pd.DataFrame(), values={"age": ("old", "young", "no_answer")})
    >>> narrowing({"age": frozenset(["old", "young"])}, made)
    ()
    >>> narrowing({"age": frozenset(["old"])}, made)
    ('age',)
    """
    missing, found = frozenset(MISSING), []
    for name, wanted in conditions.items():
        said = frozenset(profiles.values[name]) - missing
        if wanted & said and not said <= wanted:
            found.append(name)
    return tuple(sorted(found))


def _of_a_base(conditions: Conditions, profiles: Profiles) -> bool:
    """Tell whether people are counted for answering or not, and for nothing else but a weight."""
    return not set(narrowing(conditions, profiles)) - {WEIGHT}


def key_of(conditions: Conditions, profiles: Profiles) -> tuple:
    """Return what is the same for the same people: conditions that leave somebody out, in order."""
    return tuple(
        sorted(
            (name, tuple(sorted(wanted)))
            for name, wanted in conditions.items()
            if wanted != frozenset(profiles.values[name])
        )
    )
