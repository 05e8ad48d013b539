"""What codebook and data disagree about, said without repeating what a person wrote."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.exports import is_listed
from analysis.privacy import rule_of
from analysis.survey.codebook import Codebook, Question
from analysis.survey.wording import clipped, match_key, nearest, tidy

#: Unknown text -> the rows of the replies that hold it.
Unknown = dict[str, set[int]]

_SHOWN_PER_QUESTION = 5

_ROWS_SHOWN = 10


def note(unknown: Unknown, text: str, rows: Iterable[int]) -> None:
    """Note a text that is no answer, and where it stands.

    Parameters
    ----------
    unknown : dict
        Text -> rows; added to.
    text : str
        As exported.
    rows : iterable of int
        `raw_row` of the replies.
    """
    unknown.setdefault(tidy(text), set()).update(rows)


def column_problems(raw: pd.DataFrame, codebook: Codebook) -> list[str]:
    """List columns that the data lack, and columns that no question names.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read_export` returns it.
    codebook : Codebook
        What was asked.

    Returns
    -------
    list of str
        One contradiction each. Where most columns are lacking, the first row may be a reply:
        then no cell of it is repeated.
    """
    wanted = {tidy(name): q.id for q in codebook.questions for name in q.source_columns}
    there = set(raw.columns) - {"raw_row"}
    lacking = [name for name in wanted if name not in there]
    if 2 * len(lacking) > len(wanted):
        return [
            f"{len(lacking)} of the {len(wanted)} columns that the codebook names are not in the "
            f"first row of the data, such as {clipped(lacking[0], 90)}; is it the header?"
        ]
    problems = [f"question {wanted[name]!r}: {_lacking(name, raw)}" for name in lacking]
    if codebook.file.ignore_other_columns:
        return problems
    return problems + [
        f"the data ({len(raw)} rows) have a column {clipped(name, 90)} that no question names; "
        "add a question or list it in [file] ignored_columns"
        for name in raw.columns
        if name in there - set(wanted) and not is_listed(name, codebook.file.ignored_columns)
    ]


def _lacking(name: str, raw: pd.DataFrame) -> str:
    """Say that a column is not there, or that several are called so."""
    twins = [clipped(each, 90) for each in raw.columns if is_listed(each, [name])]
    if twins:
        return (
            f"{len(twins)} columns of the data are called {clipped(name, 90)}; name one of them, "
            f"as {' or '.join(twins[:_SHOWN_PER_QUESTION])}"
        )
    return (
        f"the data ({len(raw)} rows) have no column {clipped(name, 90)}; correct the codebook or "
        "the export's header"
    )


def answer_problems(
    question: Question, part: pd.DataFrame, unknown: Mapping[str, set[int]], codebook: Codebook
) -> list[str]:
    """List the answers to a question that the codebook does not know, or says were not offered.

    Parameters
    ----------
    question : Question
        What was asked.
    part : pandas.DataFrame
        The coded columns of the question.
    unknown : mapping
        Text -> rows, as `note` made it.
    codebook : Codebook
        Its disclosure threshold is how many people must share a text that is shown; a text near a
        listed one may be shown too. Other texts are counted, with their rows.

    Returns
    -------
    list of str
        One contradiction each, with what to do.
    """
    return [*_unknown_problems(question, unknown, codebook), *_not_offered(question, part)]


def _unknown_problems(
    question: Question, unknown: Mapping[str, set[int]], codebook: Codebook
) -> list[str]:
    where = f"question {question.id!r}"
    if question.kind == "date" and unknown:
        rows = set().union(*unknown.values())
        return [
            f"{where}: {_people(rows)} hold a time that is not written as [file] datetime_format "
            f"says{_form(next(iter(unknown)))}, in {_places(rows)}; correct datetime_format"
        ]
    rule, known = rule_of(codebook), _known_texts(question)
    near = {text: nearest(text, known) for text in unknown}
    shown = [text for text, rows in unknown.items() if rule.enough(len(rows)) or near[text]]
    shown = sorted(shown, key=lambda text: (-len(unknown[text]), text))[:_SHOWN_PER_QUESTION]
    problems = [
        f"{where}: the answer {clipped(text)} is not in the codebook{_nearness(text, near[text])} "
        f"({_people(unknown[text])}); {_advice(question)}"
        for text in shown
    ]
    others = [rows for text, rows in unknown.items() if text not in shown]
    if others:
        texts = "1 text that is" if len(others) == 1 else f"{len(others)} texts that are"
        problems.append(
            f"{where}: {texts} no answer of it, in {_places(set().union(*others))}; look there "
            f"(do the columns stand under their headers?), then {_advice(question)}"
        )
    return problems


def _nearness(text: str, near: str) -> str:
    """Say to what a text is near; the label of an answer is no text of one that lists its texts."""
    if not near:
        return ""
    same = match_key(text) == match_key(near)
    return ", but the label of an answer" if same else f", but near {clipped(near)}"


def _advice(question: Question) -> str:
    if question.bands:
        return "correct it, list it as missing or blank, or begin bands lower"
    if question.kind in ("number", "weight"):
        return (
            "correct it, list it as missing or in [cleaning] blank if it means nothing, or say "
            "decimal_comma = true in [file] if decimals stand after a comma"
        )
    return "add it to the answers, the missing texts or the recodes"


def _known_texts(question: Question) -> list[str]:
    answers = [text for answer in question.answers for text in (*answer.texts, answer.label)]
    return answers + [text for texts in question.missing.values() for text in texts]


def _not_offered(question: Question, part: pd.DataFrame) -> list[str]:
    problems = []
    for answer in question.not_offered:
        several = question.kind == "multiple"
        column = f"{question.role}__{answer}" if several else question.role
        n = int((part[column] == ("1" if several else answer)).sum())
        if n:
            problems.append(
                f"question {question.id!r}: {answer!r} is in the data ({_people(range(n))}) but "
                "listed as not offered; take it from not_offered"
            )
    return problems


def _people(rows: Iterable[int]) -> str:
    n = len(list(rows))
    return f"{n} row" if n == 1 else f"{n} rows"


def _places(rows: Iterable[int]) -> str:
    """Name rows of the replies, the first of them if there are many."""
    places = sorted(int(row) for row in rows)
    named = ", ".join(str(row) for row in places[:_ROWS_SHOWN])
    more = f" and {len(places) - _ROWS_SHOWN} more" if len(places) > _ROWS_SHOWN else ""
    return f"{'row' if len(places) == 1 else 'rows'} {named}{more} of the replies"


def _form(text: str) -> str:
    """Show how a time is written, with every figure 0; nothing of what is no time."""
    if len(text) > 30 or not re.fullmatch(r"[\d\s:/.,+\-TZ]+", text):
        return ""
    form = re.sub(r"\d", "0", text)
    return f" (it is written like {clipped(form)})"
