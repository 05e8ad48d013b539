"""The codes that a draft gives to answers, and the lists of answers that questions share."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.free_columns import is_other
from analysis.drafting.known_answers import missing_kind
from analysis.drafting.listing import order
from analysis.drafting.roles import slug
from analysis.survey.codebook import MISSING
from analysis.survey.spellings import spelling
from analysis.survey.wording import match_key

#: Questions whose answers are compared, so that they have one list of them.
_CHANNELS = ("used", "used_last", "preferred")


def answer_codes(texts: Sequence[str], end: str = "") -> dict[str, str]:
    """Give each answer a code.

    Parameters
    ----------
    texts : sequence of str
        Answers of a question, or of a list.
    end : str
        What codes end in, if other questions have the same answers in another order.

    Returns
    -------
    dict
        Text -> code, all different.

    Examples
    --------
    >>> answer_codes(["Very good", "Other (please specify)", "?"])
    {'Very good': 'very_good', 'Other (please specify)': 'other', '?': 'answer'}
    """
    codes: dict[str, str] = {}
    for text in texts:
        other = is_other(text) and match_key(text).startswith("other")
        start = ("other" if other else slug(text) or "answer") + end
        code, number = start, 1
        while code in codes.values() or code in MISSING:
            number += 1
            code = f"{start}_{number}"
        codes[text] = code
    return codes


def joined_answers(questions: Sequence[Drafted]) -> list[Listed]:
    """Join the answers of questions that share them.

    Parameters
    ----------
    questions : sequence of Drafted
        The questions.

    Returns
    -------
    list of Listed
        Each once, in order, with all that the export writes for it in any of them.

    Examples
    --------
    >>> coded = [Listed(text="Bus", n=30, written=["1"])]
    >>> pair = [
    ...     Drafted(header="q", kind="single", why=[], answers=answers)
    ...     for answers in (coded, [Listed(text="Bus", n=20), Listed(text="Tram", n=40)])
    ... ]
    >>> [(each.text, each.written) for each in joined_answers(pair)]
    [('Bus', ['1', 'Bus']), ('Tram', [])]
    """
    found: dict[str, str] = {}
    written: dict[str, list[str]] = {}
    for question in questions:
        for each in question.answers:
            if not missing_kind(each.text):
                key = match_key(each.text)
                found.setdefault(key, each.text)
                own = [] if each.column else [each.text]  # a tick is known by its label too
                written.setdefault(key, []).extend(each.written or own)
    joined = [
        Listed(text=text, n=0, written=[] if {*map(match_key, written[key])} <= {key} else
               list(dict.fromkeys(written[key])))
        for key, text in found.items()
    ]  # fmt: skip
    return sorted(joined, key=lambda each: order(each.text, {}))


def with_codes(questions: Sequence[Drafted]) -> list[Drafted]:
    """Let questions share lists, give their answers codes, and name those of `asked_if` by code.

    Parameters
    ----------
    questions : sequence of Drafted
        With their roles and routing.

    Returns
    -------
    list of Drafted
        Answers that stand in another order elsewhere have codes of their own, with a mark. Where
        the export writes the same for one answer in one question and for another in the next, no
        list is shared, and each of them has all answers with what is written for them there.

    Examples
    --------
    >>> ways = [Listed(text="Bus", n=30), Listed(text="Tram", n=20)]
    >>> pair = [
    ...     Drafted(header=role, id=role, role=role, kind="single", why=[], answers=ways)
    ...     for role in ("used", "preferred")
    ... ]
    >>> [each.shared for each in with_codes(pair)]
    ['channels', 'channels']
    """
    return _with_gates(_with_clashes(_with_lists(questions)))


def _with_lists(questions: Sequence[Drafted]) -> list[Drafted]:
    """Let the questions on channels share a list."""
    places = [at for at, each in enumerate(questions) if each.role in _CHANNELS]
    if len(places) < 2:
        return list(questions)
    done = list(questions)
    for at in places[1:]:
        decide = [*done[at].decide, *_few_shared(done[at], done[places[0]])]
        done[at] = replace(_with_one_other(done[at], done[places[0]]), decide=decide)
    joined = joined_answers([done[at] for at in places])
    clash = _written_twice(joined)
    for at in places:
        done[at] = _with_all(done[at], joined) if clash else replace(done[at], shared="channels")
    return done


def _with_one_other(question: Drafted, first: Drafted) -> Drafted:
    """Call the answer "Other" as the first question does, whatever the export writes for it."""
    others = [[each for each in q.answers if is_other(each.text)] for q in (question, first)]
    if [len(each) for each in others] != [1, 1]:
        return question
    (ours,), (theirs,) = others
    if match_key(ours.text) == match_key(theirs.text):
        return question
    same = replace(ours, text=theirs.text, written=ours.written or [ours.text])
    return replace(question, answers=[same if each is ours else each for each in question.answers])


def _written_twice(answers: Sequence[Listed]) -> bool:
    """Tell whether the export writes the same for two answers."""
    keys = [key for each in answers for key in {*map(spelling, each.written or [each.text])}]
    return len(set(keys)) < len(keys)


def _with_all(question: Drafted, answers: Sequence[Listed]) -> Drafted:
    """Give a question on channels the answers of the others too, each with its own codes."""
    decide = (
        "its codes differ from those of the other questions on channels: keep both lists alike."
    )
    own = {match_key(each.text): each for each in question.answers}
    listed = [
        replace(own.get(match_key(each.text), Listed(text=each.text, n=0)), text=each.text)
        for each in answers
    ]
    missing = [each for each in question.answers if missing_kind(each.text)]
    return replace(question, answers=[*listed, *missing], decide=[*question.decide, decide])


def _few_shared(question: Drafted, first: Drafted) -> list[str]:
    """Mark a question on channels that has other answers than the first of them."""
    ours, theirs = ({match_key(each.text) for each in q.answers} for q in (question, first))
    if 2 * len(ours & theirs) >= min(len(ours), len(theirs)):
        return []
    return [
        f"only {len(ours & theirs)} of its {len(ours)} answers are those of {first.id!r} too: if "
        f"they are no {first.role} channels, give it an id of its own, take out the line role, and "
        "write its answers."
    ]


def _codes(question: Drafted, questions: Sequence[Drafted]) -> dict[str, str]:
    """Return the codes that a question has in the codebook: text, as cells are compared -> code.

    What the export writes for an answer, where it is not called so, tells its code too.
    """
    among = question.answers
    if question.shared:
        among = joined_answers([each for each in questions if each.shared == question.shared])
    offered = [each for each in among if not missing_kind(each.text)]
    codes = answer_codes([each.text for each in offered], question.code_end)
    by_key = {match_key(text): code for text, code in codes.items()}
    for each in offered:
        for way in each.written:
            by_key.setdefault(match_key(way), codes[each.text])
    return by_key


def _with_gates(questions: Sequence[Drafted]) -> list[Drafted]:
    """Name the answers of `asked_if` by their codes."""
    done = []
    for question in questions:
        gate, asked = question.asked_if
        if gate:
            codes = _codes(next(each for each in questions if each.id == gate), questions)
            question = replace(question, asked_if=(gate, [codes[match_key(t)] for t in asked]))
        done.append(question)
    return done


def _with_clashes(questions: Sequence[Drafted]) -> list[Drafted]:
    """Give codes of their own to answers that stand in another order elsewhere, and mark that."""
    done = list(questions)
    first = sorted(range(len(done)), key=lambda at: not done[at].shared)  # a list keeps its codes
    for place, at in enumerate(first):
        for earlier in first[:place]:
            if not _clash(done[at], done[earlier], done):
                continue
            text = (
                f"its answers stand in another order than in {done[earlier].id!r}, and have other "
                "codes therefore: use one order and the same codes, or leave it."
            )
            number = 2
            while any(_clash(done[at], done[each], done) for each in first[:place]):
                done[at] = replace(done[at], code_end=f"_{number}")
                number += 1
            done[at] = replace(done[at], decide=[*done[at].decide, text])
    return done


def _clash(one: Drafted, two: Drafted, questions: Sequence[Drafted]) -> bool:
    ours, theirs = (list(dict.fromkeys(_codes(each, questions).values())) for each in (one, two))
    return [code for code in ours if code in theirs] != [code for code in theirs if code in ours]
