"""Who was asked a question, by whom it is answered: a guess at the routing of the form."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.drafting.drafted import Drafted
from analysis.drafting.evidence import BLANK, RULE
from analysis.drafting.several import grouped_columns
from analysis.survey.wording import match_key

#: A question that passes people by has at most so many answers, and at least so many empty cells.
_MOST_ANSWERS = 8
_EMPTY = 0.05


def with_routing(questions: Sequence[Drafted], frame: pd.DataFrame) -> list[Drafted]:
    """Find, for each question, the earlier one by which it passes people by.

    Parameters
    ----------
    questions : sequence of Drafted
        With ids.
    frame : pandas.DataFrame
        The export, all text.

    Returns
    -------
    list of Drafted
        With `asked_if`, where of the people with some answers to an earlier question next to
        nobody (2%) answered and of those with every other at least half did, and both are as many
        as the disclosure threshold.

    Examples
    --------
    >>> frame = pd.DataFrame({"Called?": ["Yes", "No"] * 20, "How?": ["By bus", ""] * 20})
    >>> from analysis.drafting.drafted import Listed
    >>> yes_no = [Listed(text="Yes", n=20), Listed(text="No", n=20)]
    >>> called = Drafted(header="Called?", id="called", kind="single", why=[], answers=yes_no)
    >>> how = Drafted(header="How?", id="how", kind="text", why=[])
    >>> with_routing([called, how], frame)[1].asked_if
    ('called', ['Yes'])
    """
    filled = {question.id: _filled(question, frame) for question in questions}
    routed = []
    for at, question in enumerate(questions):
        gates = [each for each in questions[:at] if _may_route(each)]
        found = [
            (gate, asked)
            for gate in gates
            if (asked := _asked(gate, filled[question.id], frame)) and question.kind != "date"
        ]
        if found:
            gate, asked = max(found, key=lambda each: filled[each[0].id].sum())
            question = replace(
                question,
                asked_if=(gate.id, asked),
                base=f"people who answered {' or '.join(map(repr, asked))} to {gate.header!r}",
                why=[*question.why, f"asked_if: next to nobody else of {gate.id!r} answered"],
            )
        routed.append(question)
    return routed


def _filled(question: Drafted, frame: pd.DataFrame) -> pd.Series:
    cells = frame[list(grouped_columns(question))]
    return cells.apply(lambda column: ~column.map(match_key).isin(BLANK)).any(axis=1)


def _may_route(question: Drafted) -> bool:
    columns = any(each.column for each in question.answers)
    closed = question.kind in ("single", "ordered") and not columns
    return closed and 2 <= len(question.answers) <= _MOST_ANSWERS


def _asked(gate: Drafted, filled: pd.Series, frame: pd.DataFrame) -> list[str]:
    """List the answers of the people who were asked; empty if the answers do not tell."""
    if (~filled).mean() < _EMPTY:
        return []
    keys = frame[gate.header].map(match_key)
    asked, passed, people = [], 0, 0
    for answer in gate.answers:
        of = filled[keys == match_key(answer.text)]
        if of.empty or of.mean() <= 0.02:
            passed += len(of)
        elif of.mean() >= 0.5:
            asked.append(answer.text)
            people += len(of)
        else:
            return []
    return asked if RULE.enough(passed, people) else []
