"""Texts and codes of a question that cannot be told apart, or that swallow an answer."""

from collections import defaultdict
from collections.abc import Iterable

from analysis.survey import answer_texts
from analysis.survey.answer_texts import (
    TICKED,
    Pieces,
    cell_key,
    not_ticked_texts,
    piece_keys,
)
from analysis.survey.codebook import MISSING, Question

_BLANK = "[cleaning] blank"


def text_contradictions(question: Question, blank: Iterable[str]) -> list[str]:
    """List what the texts and codes of a question say against each other.

    Parameters
    ----------
    question : Question
        As read.
    blank : iterable of str
        Texts that count as nothing in every question.

    Returns
    -------
    list of str
        One contradiction each, with what to do; empty if there is none. Texts are compared as
        cells are: case, width, white space, quotes and dashes do not count.
    """
    where = f"question {question.id!r}"
    problems = [
        f"{where}: the answer {answer.label!r} has the code {answer.code!r}, which stands for a "
        "kind of missing; give it another code, or list its text under missing"
        for answer in question.answers
        if answer.code in MISSING
    ]
    if any(answer.column for answer in question.answers):
        problems += _tick_problems(question, blank)
    else:
        problems += _same_texts(question, blank)
        problems += _ambiguous_cells(question)
        if question.not_ticked:
            problems.append(f"{where}: not_ticked is for answer_columns; remove it")
    return [*problems, *_recode_problems(question)]


def _same_texts(question: Question, blank: Iterable[str]) -> list[str]:
    """List texts of different meaning that are one to the reader of the cells."""
    owners: dict[Pieces, dict[str, str]] = defaultdict(dict)
    for answer in question.answers:
        for text in answer.texts:
            owners[piece_keys(text, question)][f"answer {answer.code!r}"] = text
    for kind, texts in question.missing.items():
        for text in texts:
            owners[piece_keys(text, question)][f"missing {kind!r}"] = text
    for text in ("", *blank):  # a question's own list of missing texts goes before it
        held = owners.get(piece_keys(text, question), {})
        if any(owner.startswith("answer") for owner in held):
            held[_BLANK] = text
    return [
        f"question {question.id!r}: "
        + " and ".join(f"{text!r} ({owner})" for owner, text in held.items())
        + " are read as one text: case, width, quotes, white space and how a number is written do "
        "not count; "
        "change or remove one"
        for held in owners.values()
        if len(held) > 1
    ]


def _ambiguous_cells(question: Question) -> list[str]:
    """List a cell that two different lists of answers would make."""
    if not question.separator:
        return []
    texts = {
        piece_keys(text, question): text
        for text in (
            *(text for answer in question.answers for text in answer.texts),
            *(text for some in question.missing.values() for text in some),
        )
    }
    found = answer_texts.two_readings(texts)
    if found is None:
        return []
    one, two = (" + ".join(repr(texts[word]) for word in words) for words in found)
    return [
        f"question {question.id!r}: a cell can be read as {one} and as {two}, because the "
        f"separator {question.separator!r} stands inside answers; export another "
        "separator, or a column for each answer (answer_columns)"
    ]


def _tick_problems(question: Question, blank: Iterable[str]) -> list[str]:
    """List texts that mean two things in columns of their own."""
    where, problems = f"question {question.id!r}", []
    nothing = {cell_key(text, question): (text, _BLANK) for text in ("", *blank)}
    for kind, texts in question.missing.items():
        nothing |= {cell_key(text, question): (text, f"missing {kind!r}") for text in texts}
    for answer in question.answers:
        own = {cell_key(text, question): text for text in (*answer.texts, answer.label)}
        for key, text in own.items():
            if key in not_ticked_texts(question):
                problems.append(
                    f"{where}: answer {answer.code!r} is {text!r}, which in its own column means "
                    "that it was not ticked; give it another text and label"
                )
            elif key in nothing:
                problems.append(
                    f"{where}: answer {answer.code!r} is {text!r}, and so is "
                    f"{nothing[key][1]} {nothing[key][0]!r}; change or remove one"
                )
    no = {cell_key(text, question) for text in question.not_ticked}
    problems += [
        f"{where}: not_ticked has {text!r}, and so has {owner}; keep it in one of them"
        for key, (text, owner) in nothing.items()
        if key in no
    ]
    problems += [
        f"{where}: {owner} has {text!r}, which in a column of its own means that the answer was "
        "ticked; remove it"
        for key, (text, owner) in nothing.items()
        if key in TICKED
    ]
    return problems


def _recode_problems(question: Question) -> list[str]:
    """List phrases that mean nothing, or two answers."""
    where, owners, problems = f"question {question.id!r}", defaultdict(set), []
    for code, phrases in question.recode.items():
        for phrase in phrases:
            owners[cell_key(phrase, question)].add(code)
    for phrase, codes in owners.items():
        if not phrase:
            problems.append(f"{where}: recode has an empty phrase; remove it")
        elif len(codes) > 1:
            problems.append(
                f"{where}: recode has {phrase!r} for {' and '.join(sorted(codes))}; keep it for one"
            )
    return problems
