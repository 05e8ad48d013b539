"""From the words of the export to the codes of the codebook."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.cell_codes import TICKED, code_scale, code_text, ticked
from analysis.errors import contradiction_error
from analysis.survey.codebook import Codebook, Question
from analysis.survey.wording import clipped, match_key, tidy

_SHOWN_PER_QUESTION = 5


@dataclass(frozen=True, kw_only=True)
class CodedReplies:
    """The replies in codes, and what became of the free text behind "Other".

    `frame` has `raw_row` and the columns of every question. `recoded` has a row a question and
    answer: `role, code, n` texts that name a listed answer; `other_left` counts, by role, texts
    that do not.
    """

    frame: pd.DataFrame
    recoded: pd.DataFrame
    other_left: Mapping[str, int]


def code_replies(raw: pd.DataFrame, codebook: Codebook) -> CodedReplies:
    """Code every question of an export.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read_export` returns it.
    codebook : Codebook
        What was asked.

    Returns
    -------
    CodedReplies
        A cell that holds no answer says which kind of missing it is: `not_asked` where the
        codebook's routing passes the question by, `dont_know`, or `no_answer`. Free text is
        reduced to `answered`: what people wrote stays in the raw file.

    Raises
    ------
    SurveyError
        With every contradiction between codebook and data: columns that are missing or unknown,
        and answers that the codebook does not know or says were not offered, with their counts.
    """
    problems = _column_problems(raw, codebook)
    if problems:
        raise contradiction_error(codebook.id, problems)
    parts, tallies = [raw[["raw_row"]]], {}
    for question in codebook.questions:
        part, tally = _code_question(raw, question, codebook)
        parts.append(part)
        tallies[question.role] = tally
        problems += _answer_problems(question, part, tally["unknown"])
    if problems:
        raise contradiction_error(codebook.id, problems)
    frame = _route(pd.concat(parts, axis=1), codebook)
    recoded = [
        {"role": role, "code": answer, "n": n}
        for role, tally in tallies.items()
        for answer, n in sorted(tally["recoded"].items())
    ]
    return CodedReplies(
        frame=frame,
        recoded=pd.DataFrame(recoded, columns=["role", "code", "n"]),
        other_left={
            role: tally["other_left"] for role, tally in tallies.items() if tally["other_left"]
        },
    )


def blank_cells(raw: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Tell which cells of the questions hold nothing.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read_export` returns it.
    codebook : Codebook
        Its `blank` texts ("-", "N/A") count as nothing.

    Returns
    -------
    pandas.DataFrame
        Boolean, the rows of `raw` x the export's question columns.
    """
    blanks = {match_key(text) for text in ("", *codebook.cleaning.blank)}
    columns = [tidy(name) for question in codebook.questions for name in question.source_columns]
    return raw[columns].apply(
        lambda column: _mapped(column, lambda text: match_key(text) in blanks)
    )


def _mapped(column: pd.Series, function: Callable) -> pd.Series:
    """Apply a function to a column of text, once for every distinct text."""
    return column.map({text: function(text) for text in column.unique()})


def _column_problems(raw: pd.DataFrame, codebook: Codebook) -> list[str]:
    wanted = {tidy(name): q.id for q in codebook.questions for name in q.source_columns}
    there = set(raw.columns) - {"raw_row"}
    problems = [
        f"question {owner!r}: the data ({len(raw)} rows) have no column {clipped(name, 90)}; "
        "correct the codebook or the export's header"
        for name, owner in wanted.items()
        if name not in there
    ]
    if codebook.file.ignore_other_columns:
        return problems
    ignored = {tidy(name) for name in codebook.file.ignored_columns}
    return problems + [
        f"the data ({len(raw)} rows) have a column {clipped(name, 90)} that no question names; "
        "add a question or list it in [file] ignored_columns"
        for name in raw.columns
        if name in there - set(wanted) - ignored
    ]


def _answer_problems(question: Question, part: pd.DataFrame, unknown: Counter) -> list[str]:
    where = f"question {question.id!r}"
    if question.kind == "date" and unknown:
        example = clipped(next(iter(unknown)))
        return [
            f"{where}: {_rows(sum(unknown.values()))} hold a time that is not written as [file] "
            f"datetime_format says, such as {example}; correct datetime_format"
        ]
    problems = [
        f"{where}: the answer {clipped(text)} is not in the codebook ({_rows(n)}); "
        "add it to the answers, the missing texts or the recodes"
        for text, n in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    ]
    if len(problems) > _SHOWN_PER_QUESTION:
        rest = sum(unknown.values()) - sum(n for _, n in unknown.most_common(_SHOWN_PER_QUESTION))
        hidden = len(problems) - _SHOWN_PER_QUESTION
        problems[_SHOWN_PER_QUESTION:] = [
            f"{where}: {hidden} more answers are not in the codebook ({_rows(rest)})"
        ]
    for answer in question.not_offered:
        several = question.kind == "multiple"
        column = f"{question.role}__{answer}" if several else question.role
        n = int((part[column] == ("1" if several else answer)).sum())
        if n:
            problems.append(
                f"{where}: {answer!r} is in the data ({_rows(n)}) but listed as not offered; "
                "take it from not_offered"
            )
    return problems


def _rows(n: int) -> str:
    return f"{n} row" if n == 1 else f"{n} rows"


def _code_question(
    raw: pd.DataFrame, question: Question, codebook: Codebook
) -> tuple[pd.DataFrame, dict]:
    tally = {"unknown": Counter(), "recoded": Counter(), "other_left": 0}
    if not question.column:
        return _code_ticked_columns(raw, question, tally), tally
    blanks = {match_key(text) for text in ("", *codebook.cleaning.blank)}
    column = raw[tidy(question.column)]
    counts = column.value_counts()
    if question.kind in ("date", "number", "weight"):
        cells = {
            text: code_scale(
                text,
                question.kind,
                blanks,
                datetime_format=codebook.file.datetime_format,
                timezone=codebook.timezone,
            )
            for text in counts.index
        }
        for text, value in cells.items():
            if value is pd.NaT:
                tally["unknown"][tidy(text)] += int(counts[text])
        return pd.DataFrame({question.role: column.map(cells)}), tally
    coded = {text: code_text(text, question, blanks) for text in counts.index}
    for text, cell in coded.items():
        n = int(counts[text])
        tally["unknown"].update(dict.fromkeys(cell.unknown, n))
        tally["recoded"].update(dict.fromkeys(cell.recoded, n))
        tally["other_left"] += n * cell.other_left
    if question.kind == "multiple":
        ticks = {
            f"{question.role}__{answer}": column.map(
                {t: c.missing or str(int(answer in c.codes)) for t, c in coded.items()}
            )
            for answer in question.codes
        }
        return pd.DataFrame(ticks), tally
    single = {text: cell.missing or "".join(cell.codes) for text, cell in coded.items()}
    return pd.DataFrame({question.role: column.map(single)}), tally


def _code_ticked_columns(raw: pd.DataFrame, question: Question, tally: dict) -> pd.DataFrame:
    """Code a question that has a column for each answer."""
    sources = {answer.code: (answer, tidy(answer.column)) for answer in question.answers}
    ticks = {}
    for name, (answer, column) in sources.items():
        ticks[name] = _mapped(raw[column], lambda text, a=answer: ticked(text, a))
        bad = raw.loc[ticks[name].isna(), column]
        tally["unknown"].update(tidy(text) for text in bad)
    nothing = ~pd.DataFrame(ticks).fillna(False).astype(bool).any(axis=1)
    missing = nothing.map({True: "no_answer", False: ""})
    for kind, column in question.missing_columns.items():
        said = _mapped(raw[tidy(column)], lambda text: match_key(text) in TICKED)
        missing = missing.mask(said & nothing, kind)
    return pd.DataFrame(
        {
            f"{question.role}__{name}": ticked.map({True: "1", False: "0"}).where(
                missing == "", missing
            )
            for name, ticked in ticks.items()
        }
    )


def _route(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Turn "no answer" into "not asked" where the routing passes a question by."""
    routed = frame.copy()
    by_id = {question.id: question for question in codebook.questions}
    for question in codebook.questions:
        if not question.asked_if_question:
            continue
        asked = frame[by_id[question.asked_if_question].role].isin(question.asked_if_answers)
        for column in question.columns:
            passed = ~asked & (frame[column] == "no_answer")
            routed[column] = routed[column].mask(passed, "not_asked")
    return routed
