"""What a codebook says of an earlier wave that asked otherwise, and why it compares still."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Differences between two waves that a map may accept. Another kind of question is none of them.
ACCEPTED = ("wording", "answers", "order", "base")


@dataclass(frozen=True, kw_only=True)
class WaveMap:
    """A question that an earlier wave asked otherwise.

    `question` is its role in this codebook, `was` in that of the earlier wave, `wave` the earlier
    survey ("" any). `accept` are the differences that are accepted, for the `reason`. `answers`
    are code there -> code here; a code with one label in both codebooks need not stand there.
    """

    question: str
    reason: str
    wave: str = ""
    was: str = ""
    accept: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def earlier(self) -> str:
        """The role of the question in the codebook of the earlier wave."""
        return self.was or self.question


@dataclass(frozen=True, kw_only=True)
class WaveRules:
    """How a survey is compared with earlier waves; `ids_restart`: equal ids are other people."""

    maps: tuple[WaveMap, ...] = ()
    ids_restart: bool = False

    def of(self, role: str, wave: str) -> WaveMap | None:
        """Find the map of a question to an earlier survey, one that names it before one of any.

        Examples
        --------
        >>> every = WaveMap(question="age", reason="x")
        >>> one = WaveMap(question="age", reason="y", wave="old")
        >>> rules = WaveRules(maps=(every, one))
        >>> rules.of("age", "old").reason, rules.of("age", "new").reason, rules.of("sex", "old")
        ('y', 'x', None)
        """
        mine = [each for each in self.maps if each.question == role]
        named = [each for each in mine if each.wave == wave]
        return next(iter([*named, *(each for each in mine if not each.wave)]), None)


def map_contradictions(rules: WaveRules, codes: Mapping[str, tuple[str, ...]]) -> list[str]:
    """List what is wrong with the maps of a codebook, as far as it alone can tell.

    Parameters
    ----------
    rules : WaveRules
        As the codebook has them.
    codes : mapping of str to tuple of str
        Role -> codes of its answers, of every question.

    Returns
    -------
    list of str
        One contradiction each, with what to do.

    Examples
    --------
    >>> wrong = WaveMap(question="age", reason=" ", accept=("kind",), answers={"a": "z"})
    >>> for each in map_contradictions(WaveRules(maps=(wrong,)), {"age": ("a", "b")}):
    ...     print(each)
    [[waves.map]] of 'age': no reason; say why the two waves compare
    [[waves.map]] of 'age': accept has 'kind'; it can have wording, answers, order, base
    [[waves.map]] of 'age': answers leads to 'z', no answer here; use one of its codes
    [[waves.map]] of 'age': answers without accept = ["answers"]; accept that they differ
    """
    problems, seen = [], set()
    for each in rules.maps:
        where = f"[[waves.map]] of {each.question!r}"
        if each.question not in codes:
            problems.append(f"{where}: no question has that role; use one that this codebook has")
            continue
        if (each.question, each.wave) in seen:
            problems.append(f"{where}: mapped twice to one wave; keep one")
        seen.add((each.question, each.wave))
        if not each.reason.strip():
            problems.append(f"{where}: no reason; say why the two waves compare")
        known = ", ".join(ACCEPTED)
        problems += [
            f"{where}: accept has {kind!r}; it can have {known}"
            for kind in each.accept
            if kind not in ACCEPTED
        ]
        problems += [
            f"{where}: answers leads to {code!r}, no answer here; use one of its codes"
            for code in dict.fromkeys(each.answers.values())
            if code not in codes[each.question]
        ]
        if each.answers and "answers" not in each.accept:
            problems.append(
                f'{where}: answers without accept = ["answers"]; accept that they differ'
            )
    return problems
