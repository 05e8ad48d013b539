"""What people answered, for whoever holds the raw file to see whether the codebook is right."""

from collections import defaultdict

import pandas as pd

from analysis.cleaning import Cleaned
from analysis.privacy import Rule, rule_of
from analysis.survey.answer_texts import cell_key
from analysis.survey.codebook import MISSING, Codebook, Question
from analysis.survey.wording import clipped

#: A text of people's own that so many gave may be an answer that the codebook lacks.
_SEVERAL = 3

#: Whatever the threshold is, a text that fewer people gave is not quoted.
_QUOTED = 10

_KINDS = {"dont_know": "don't know", "no_answer": "no answer", "not_asked": "not asked"}


def answer_lines(cleaned: Cleaned, codebook: Codebook) -> list[str]:
    """List the answers to every closed question in the codebook's order, with counts.

    Parameters
    ----------
    cleaned : Cleaned
        Of the replies kept.
    codebook : Codebook
        What was asked. Counts below its disclosure threshold are not told.

    Returns
    -------
    list of str
        Lines: a scale that runs the wrong way, an answer that nobody gave, or one that the codebook
        lacks and that counts as "Other", is seen in them.
    """
    rule, lines = rule_of(codebook), []
    for question in codebook.questions:
        if question.answers:
            lines += _question_lines(cleaned.responses, question, rule)
            if question.other_column or (question.other_code and question.other_prefix == ""):
                lines += _other_lines(cleaned, question, rule)
    return lines


def _other_lines(cleaned: Cleaned, question: Question, rule: Rule) -> list[str]:
    """Say how many texts count as "Other" where any text does; quote what many people gave."""
    kept = set(cleaned.responses["raw_row"])
    rows: dict[str, set[int]] = defaultdict(set)
    written: dict[str, str] = {}
    for text, among in cleaned.noted.other_texts.get(question.role, {}).items():
        key = cell_key(text, question)
        rows[key] |= among & kept
        written.setdefault(key, text)
    people = {key: len(among) for key, among in rows.items() if among}
    if not people:
        return []
    label = question.labels[question.other_code]
    several = sum(n >= _SEVERAL for n in people.values())
    texts = "text counts" if len(people) == 1 and not rule.few(1) else "texts count"
    lines = [
        f"  {counted(len(people), rule)} unlisted {texts} as {clipped(label)}; "
        f"{counted(several, rule) if several else 'none'} of them given by {_SEVERAL} or more "
        "people"
    ]
    many = {key: n for key, n in people.items() if n >= _QUOTED and rule.enough(n)}
    return lines + [
        f"  {clipped(written[key])} counts as {clipped(label)} and was given by {n:,} people; add "
        "it to the answers or the recodes if it is one"
        for key, n in sorted(many.items(), key=lambda each: (-each[1], each[0]))
    ]


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
