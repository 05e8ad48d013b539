"""What codebook and data disagree about, said without repeating what a person wrote."""

import re
from collections.abc import Iterable, Mapping, Sequence

from analysis.cleaning.noted import Noted
from analysis.errors import contradiction_error
from analysis.exports import is_listed
from analysis.survey.codebook import Codebook, Question
from analysis.survey.wording import clipped, match_key, nearest, tidy

_SHOWN_PER_QUESTION = 5

_ROWS_SHOWN = 10


def refuse_columns(names: Sequence[str], rows: int, codebook: Codebook) -> None:
    """Raise if the data lack columns, or have some that no question names.

    Parameters
    ----------
    names : sequence of str
        The columns of the export, as `exports.read_export` names them.
    rows : int
        How many replies it has.
    codebook : Codebook
        What was asked.

    Raises
    ------
    SurveyError
        With every contradiction. Where most columns are lacking, the first row may be a reply:
        then no cell of it is repeated.
    """
    problems = _column_problems([name for name in names if name != "raw_row"], rows, codebook)
    if problems:
        raise contradiction_error(codebook.id, problems)


def _column_problems(names: list[str], rows: int, codebook: Codebook) -> list[str]:
    wanted = {tidy(name): q.id for q in codebook.questions for name in q.source_columns}
    there = set(names)
    lacking = [name for name in wanted if name not in there]
    if 2 * len(lacking) > len(wanted):
        return [
            f"{len(lacking)} of the {len(wanted)} columns that the codebook names are not in the "
            f"first row of the data, such as {clipped(lacking[0], 90)}; is it the header?"
        ]
    problems = [f"question {wanted[name]!r}: {_lacking(name, names, rows)}" for name in lacking]
    if codebook.file.ignore_other_columns:
        return problems
    return problems + [
        f"the data ({rows} rows) have a column {clipped(name, 90)} that no question names; "
        "add a question or list it in [file] ignored_columns"
        for name in names
        if name in there - set(wanted) and not is_listed(name, codebook.file.ignored_columns)
    ]


def _lacking(name: str, names: list[str], rows: int) -> str:
    """Say that a column is not there, or that several are called so."""
    twins = [clipped(each, 90) for each in names if is_listed(each, [name])]
    if twins:
        return (
            f"{len(twins)} columns of the data are called {clipped(name, 90)}; name one of them, "
            f"as {' or '.join(twins[:_SHOWN_PER_QUESTION])}"
        )
    return (
        f"the data ({rows} rows) have no column {clipped(name, 90)}; correct the codebook or "
        "the export's header"
    )


def refuse_answers(noted: Noted, codebook: Codebook) -> None:
    """Raise if there are answers that the codebook does not know, or says were not offered.

    Parameters
    ----------
    noted : Noted
        Of all replies.
    codebook : Codebook
        Its disclosure threshold is how many people must share a text that is shown; a text near a
        listed one may be shown too. Other texts are counted, with their rows.

    Raises
    ------
    SurveyError
        With every contradiction, and what to do.
    """
    problems = []
    for question in codebook.questions:
        notes = noted.by_role[question.role]
        problems += _unknown_problems(question, notes.unknown, codebook)
        problems += _not_offered(question, notes.not_offered)
    if problems:
        raise contradiction_error(codebook.id, problems)


def _unknown_problems(
    question: Question, unknown: Mapping[str, set[int]], codebook: Codebook
) -> list[str]:
    if not unknown:
        return []
    where = f"question {question.id!r}"
    if question.kind == "date":
        rows = set().union(*unknown.values())
        return [
            f"{where}: {_people(rows)} hold a time that is not written as [file] datetime_format "
            f"says{_form(next(iter(unknown)))}, in {_places(rows)}; correct datetime_format"
        ]
    from analysis.privacy import rule_of  # takes long, and processes that clean parts need it not

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


def _not_offered(question: Question, counts: Mapping[str, int]) -> list[str]:
    return [
        f"question {question.id!r}: {answer!r} is in the data ({_people(range(n))}) but "
        "listed as not offered; take it from not_offered"
        for answer, n in counts.items()
        if n
    ]


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
