"""Questions whose answers are compared, and have one list of them."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.writing import answer_codes, joined_answers
from analysis.survey.spellings import spelling
from analysis.survey.wording import match_key

_CHANNELS = ("used", "used_last", "preferred")


def with_shared_list(questions: Sequence[Drafted]) -> list[Drafted]:
    """Let the questions on channels share a list, and name the answers of `asked_if` by code.

    Parameters
    ----------
    questions : sequence of Drafted
        With ids and roles.

    Returns
    -------
    list of Drafted
        With the name of the shared list. Where codes stand for one answer in one question and for
        another in the next, each has a list of all answers with its own codes.

    Examples
    --------
    >>> ways = [Listed(text="Phone", n=9), Listed(text="Web", n=12)]
    >>> used = Drafted(header="Used?", id="used", role="used", kind="single", why=[], answers=ways)
    >>> wanted = replace(used, id="preferred", role="preferred")
    >>> [each.shared for each in with_shared_list([used, wanted])]
    ['channels', 'channels']
    """
    pair = [each for each in questions if each.role in _CHANNELS]
    lists = joined_answers(pair)
    if _codes_clash(lists):
        questions = [_with_all(each, lists) if each in pair else each for each in questions]
        pair = []
    shared = "channels" if len(pair) > 1 else ""
    done = []
    for question in questions:
        gate, asked = question.asked_if
        if gate:
            of = next(each for each in questions if each.id == gate)
            among = lists if shared and of in pair else of.answers
            codes = {match_key(t): c for t, c in answer_codes([a.text for a in among]).items()}
            question = replace(question, asked_if=(gate, [codes[match_key(t)] for t in asked]))
        done.append(replace(question, shared=shared if question.role in _CHANNELS else ""))
    return done


def _codes_clash(answers: Sequence[Listed]) -> bool:
    """Tell whether a code stands for one answer in one question and for another in the next."""
    keys = [spelling(code) for each in answers for code in each.written]
    return len(set(keys)) < len(keys)


def _with_all(question: Drafted, answers: Sequence[Listed]) -> Drafted:
    """Give a question on channels the answers of the others too, each with its own codes."""
    own = {match_key(each.text): each for each in question.answers}
    listed = [
        replace(each, n=0, written=()) if own.get(match_key(each.text)) is None
        else replace(own[match_key(each.text)], text=each.text)
        for each in answers
    ]  # fmt: skip
    decide = (
        "its codes differ from those of the other questions on channels: keep both lists alike."
    )
    return replace(question, answers=listed, decide=[*question.decide, decide])
