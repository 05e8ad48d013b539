"""What people answered, for whoever holds the raw file to see whether the codebook is right."""

import pandas as pd

from analysis.privacy import Rule, rule_of
from analysis.survey.codebook import MISSING, Codebook, Question

_KINDS = {"dont_know": "don't know", "no_answer": "no answer", "not_asked": "not asked"}


def answer_lines(responses: pd.DataFrame, codebook: Codebook) -> list[str]:
    """List the answers to every closed question in the codebook's order, with counts.

    Parameters
    ----------
    responses : pandas.DataFrame
        In codes, kinds of missing included, as `cleaning.clean` returns them.
    codebook : Codebook
        What was asked. Counts below its disclosure threshold are not told.

    Returns
    -------
    list of str
        Lines: a scale that runs the wrong way, or an answer that nobody gave, is seen in them.
    """
    rule, lines = rule_of(codebook), []
    for question in codebook.questions:
        if question.answers:
            lines += _question_lines(responses, question, rule)
    return lines


def _question_lines(responses: pd.DataFrame, question: Question, rule: Rule) -> list[str]:
    first = responses[question.columns[0]]
    answered = int((~first.isin(MISSING)).sum())
    empty = {kind: int((first == kind).sum()) for kind in MISSING}
    kinds = [f"{_KINDS[kind]}: {counted(n, rule)}" for kind, n in empty.items() if n]
    ends = ", from worst or least to best or most" if question.kind == "ordered" else ""
    lines = [
        f"{question.id} ({question.kind}{ends}; base: {question.base}): "
        f"answered: {counted(answered, rule)}{''.join(f'; {kind}' for kind in kinds)}"
    ]
    for code, label in question.labels.items():
        if question.kind == "multiple":
            n = int((responses[f"{question.role}__{code}"] == "1").sum())
        else:
            n = int((first == code).sum())
        offered = "" if code in question.offered else ", not offered"
        lines.append(f"  {label}: {counted(n, rule)}{offered}")
    return lines


def counted(n: int, rule: Rule) -> str:
    """Write a count for whoever holds the raw file.

    Parameters
    ----------
    n : int
        People.
    rule : Rule
        How few are too few.

    Returns
    -------
    str
        "nobody" is told: that an answer was never given is what the lines are read for.

    Examples
    --------
    >>> counted(0, Rule(10)), counted(9, Rule(10)), counted(1200, Rule(10))
    ('nobody', 'fewer than 10', '1,200')
    """
    if n == 0:
        return "nobody"
    return f"fewer than {rule.people()}" if rule.few(n) else f"{n:,}"
