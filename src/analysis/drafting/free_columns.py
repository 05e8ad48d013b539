"""Columns of free text behind the answer "Other", and the questions that they belong to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.evidence import Evidence
from analysis.drafting.known_answers import NONE, OTHER
from analysis.drafting.partings import without_instruction, worded
from analysis.drafting.several import grouped_columns
from analysis.exports import HeaderPart
from analysis.survey.wording import match_key

#: "Q3_TEXT", "Q3_7_TEXT", "Q3[other]", "Q3_other": the text behind an option of Q3.
_NAMED = re.compile(r"(.+?)(?:_\d+)?_TEXT|(.+?)(?:\[other\]|_other(?:_text)?)", re.I)

#: A whole header that only goes with the question before it.
_ALONE = re.compile(
    r"(if )?(you (chose|selected|ticked|answered|said|picked) )?['\"]?other['\"]?"
    r"( \(.*\)|[ ,:;-]+(please )?(specify|state|describe|explain|say|give|tell|write|details).*)?"
    r":?|"
    r"please (specify|state|describe|say)( other| what| which)?.{0,20}"
)

#: Kinds that have an answer "Other".
_KINDS = ("single", "multiple")


def with_free_columns(
    questions: Sequence[Drafted],
    columns: Mapping[str, Evidence],
    parts: Mapping[str, HeaderPart],
) -> list[Drafted]:
    """Give columns of free text to the questions that they belong to.

    Parameters
    ----------
    questions : sequence of Drafted
        In the order of the export, those columns among them as questions of their own.
    columns : mapping
        Header -> column.
    parts : mapping
        Column -> question and option, where the header keeps them apart.

    Returns
    -------
    list of Drafted
        Where only its place tells whose text a column holds, that is left to decide.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> how = Drafted(header="How?", kind="single", why=[], answers=[Listed(text="Bus", n=9)])
    >>> text = Drafted(header="How? [Other]", kind="text", why=[])
    >>> cells = {"How?": ["Bus", ""], "How? [Other]": ["", "on foot"]}
    >>> columns = {name: look(pd.Series(texts, name=name)) for name, texts in cells.items()}
    >>> joined = with_free_columns([how, text], columns, {})[0]
    >>> joined.other_column, [each.text for each in joined.answers]
    ('How? [Other]', ['Bus', 'Other'])
    """
    done: list[Drafted] = []
    for question in questions:
        found = None if any(each.column for each in question.answers) else columns.get(
            question.header
        )  # fmt: skip
        owner, certain = _owner(found, done, columns, parts) if found else (None, False)
        if owner is None or (not certain and _not_free(question)):
            done.append(question)
        elif owner.kind == "text":
            done.append(_with_mark(question, owner))
        else:
            joined = _with_column(owner, found, certain=certain)
            rows = set().union(*(columns[name].cells.index for name in grouped_columns(joined)))
            done[done.index(owner)] = replace(joined, answered=len(rows))
    return done


def _not_free(question: Drafted) -> bool:
    return question.kind in ("date", "number", "weight", "ordered")


def _owner(
    found: Evidence,
    before: Sequence[Drafted],
    columns: Mapping[str, Evidence],
    parts: Mapping[str, HeaderPart],
) -> tuple[Drafted | None, bool]:
    """Find the question whose "Other" a column spells out, and tell whether that is certain."""
    open_ones = [each for each in before if each.kind in _KINDS and not each.other_column]
    own_words = [each for each in before if each.kind == "text"]
    part = parts.get(found.header)
    ways = [(part.question, part.option)] if part else list(worded(found.asked))
    asked = {
        match_key(question)
        for question, option in ways
        if (part and part.text) or is_other(option)
    }  # fmt: skip
    for each in (*reversed(open_ones), *reversed(own_words)):
        own = [each.header, each.wording, without_instruction(each.header)]
        if asked & {match_key(text) for text in own if text}:
            return each, True
    if told := _NAMED.fullmatch(found.header):
        base = told[1] or told[2]
        for each in (*reversed(open_ones), *reversed(own_words)):
            names = grouped_columns(each)
            if all(name == base or re.match(rf"{re.escape(base)}[_\[.]", name) for name in names):
                return each, True
    last = before[-1] if before else None
    if last in open_ones and not asked and _ALONE.fullmatch(match_key(found.asked)):
        return last, False
    return None, False


def is_other(option: str) -> bool:
    """Tell whether an option is the one that takes any other answer.

    Parameters
    ----------
    option : str
        As written in a header, or an answer.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_other("Other (please specify)"), is_other("[other]"), is_other("Other police force")
    (True, True, False)
    """
    return OTHER.fullmatch(match_key(option).strip(" []")) is not None


def _with_mark(question: Drafted, owner: Drafted) -> Drafted:
    """Say whose "Other" a column spells out, though the answers there are not listed yet."""
    text = (
        f"it is the text behind the answer Other of the column {owner.header!r}: once that has its "
        "answers, name this column there in other, and take this question out."
    )
    return replace(question, decide=[*question.decide, text])


def _with_column(owner: Drafted, found: Evidence, *, certain: bool) -> Drafted:
    answers = list(owner.answers)
    if not any(is_other(each.text) for each in answers):
        last = answers and NONE.fullmatch(match_key(answers[-1].text))
        answers.insert(len(answers) - bool(last), Listed(text="Other", n=len(found.cells)))
    decide = [] if certain else [
        f"the column {found.header!r} stands after it and is taken for the text behind its answer "
        "Other: if it is a question of its own, take it out of other, and describe it."
    ]  # fmt: skip
    return replace(
        owner,
        answers=answers,
        other_column=found.header,
        why=[*owner.why, "the text behind its answer Other has a column of its own"],
        decide=[*owner.decide, *decide],
    )
