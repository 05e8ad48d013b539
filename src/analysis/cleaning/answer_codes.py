"""From the words of the export to the codes of the codebook."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.cleaning.cell_codes import Cell, code_text
from analysis.cleaning.columns import Column, Columns, blank_texts
from analysis.cleaning.disagreements import Unknown, answer_problems, column_problems, note
from analysis.cleaning.free_texts import code_free, with_free
from analysis.cleaning.known_texts import KnownTexts
from analysis.cleaning.scale_cells import code_band, code_scales, has_decimal_commas
from analysis.cleaning.ticked_columns import code_ticked_columns
from analysis.errors import contradiction_error
from analysis.survey import answer_texts
from analysis.survey.codebook import Codebook, Question


@dataclass(frozen=True, kw_only=True)
class CodedReplies:
    """The replies in codes, and what became of the free text behind "Other".

    `frame` has `raw_row` and the columns of every question. `recoded` has a row a question and
    answer: `role, code, n` texts that name a listed answer; `other_texts` is role -> text ->
    `raw_row` of the replies with it, of texts that do not. These are people's own words: they are
    counted, and written nowhere.
    """

    frame: pd.DataFrame
    recoded: pd.DataFrame
    other_texts: Mapping[str, Unknown] = field(repr=False)

    @property
    def other_left(self) -> dict[str, int]:
        """Role -> how many texts behind "Other" name no listed answer."""
        return {role: sum(map(len, texts.values())) for role, texts in self.other_texts.items()}


def code_replies(
    raw: pd.DataFrame, codebook: Codebook, columns: Columns | None = None
) -> CodedReplies:
    """Code every question of an export.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read_export` returns it.
    codebook : Codebook
        What was asked.
    columns : Columns, optional
        The columns of `raw`, if they were looked at before.

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
    problems = column_problems(raw, codebook)
    if problems:
        raise contradiction_error(codebook.id, problems)
    columns = Columns(raw) if columns is None else columns
    parts, tallies = [raw[["raw_row"]]], {}
    for question in codebook.questions:
        part, tally = _code_question(columns, question, codebook)
        parts.append(part)
        tallies[question.role] = tally
        problems += answer_problems(question, part, tally["unknown"], codebook)
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
        other_texts={
            role: tally["other_left"] for role, tally in tallies.items() if tally["other_left"]
        },
    )


def _code_question(
    columns: Columns, question: Question, codebook: Codebook
) -> tuple[pd.DataFrame, dict]:
    tally = {"unknown": {}, "recoded": Counter(), "other_left": {}}
    if not question.column:
        return code_ticked_columns(columns, question, codebook.cleaning, tally), tally
    if question.kind in ("date", "number", "weight"):
        return _code_scale_column(columns, question, codebook, tally["unknown"]), tally
    if question.kind == "text" and not (question.separator or question.other_column):
        return pd.DataFrame({question.role: _code_open(columns, question, codebook)}), tally
    column, cells = _coded_cells(columns, question, codebook)
    for cell, n in zip(cells, np.bincount(column.codes, minlength=len(cells)), strict=True):
        tally["recoded"].update(dict.fromkeys(cell.recoded, int(n)))
    if any(cell.unknown or cell.other_left for cell in cells):
        for cell, (_, places) in zip(cells, column.places(), strict=True):
            for kind in ("unknown", "other_left"):
                for text in getattr(cell, kind):
                    note(tally[kind], text, columns.raw_rows[places])
    if question.kind == "multiple":
        ticks = {
            f"{question.role}__{answer}": column.coded(
                [cell.missing or str(int(answer in cell.codes)) for cell in cells], ("0", "1")
            )
            for answer in question.codes
        }
        return pd.DataFrame(ticks), tally
    codes = ["answered"] if question.kind == "text" else question.codes
    single = column.coded([cell.missing or "".join(cell.codes) for cell in cells], codes)
    return pd.DataFrame({question.role: single}), tally


def _coded_cells(
    columns: Columns, question: Question, codebook: Codebook
) -> tuple[Column, list[Cell]]:
    """Code each text of a column, with the free text in the column beside it."""
    column, known = columns[question.column], KnownTexts(question=question, rules=codebook.cleaning)
    texts = column.texts.to_pylist()
    if question.bands:
        commas = has_decimal_commas(texts, stated=codebook.file.decimal_comma)
        return column, [code_band(text, known, decimal_comma=commas) for text in texts]
    cells = [code_text(text, known) for text in texts]
    if not question.other_column:
        return column, cells
    free_column = columns[question.other_column]
    free = [code_free(text, known) for text in free_column.texts.to_pylist()]
    codes, ones, twos = column.beside(free_column)
    cells = [with_free(cells[a], free[b], question) for a, b in zip(ones, twos, strict=True)]
    return replace(column, codes=codes, texts=column.texts.take(ones)), cells


def _code_open(columns: Columns, question: Question, codebook: Codebook) -> pd.Series:
    """Code a column of open answers: whether one was given, or why not."""
    column, nothing = columns[question.column], answer_texts.missing_texts(question)
    found = np.where(blank_texts(column, question, codebook), "no_answer", "answered")
    for kind in dict.fromkeys(nothing.values()):
        texts = {"".join(keys) for keys, each in nothing.items() if each == kind}
        found = np.where(column.among(texts, question), kind, found)
    return column.coded(found.tolist(), ["answered"])


def _code_scale_column(
    columns: Columns, question: Question, codebook: Codebook, unknown: Unknown
) -> pd.DataFrame:
    """Code times, numbers and weights; a time that is missing has no kind."""
    column, nothing = columns[question.column], answer_texts.missing_texts(question)
    told = ~blank_texts(column, question, codebook)
    kinds = np.full(len(told), None, dtype=object)
    for keys, kind in nothing.items():
        kinds[column.among({"".join(keys)}, question)] = kind
    told &= pd.isna(kinds)
    commas = question.kind != "date" and has_decimal_commas(
        column.texts.to_pylist(), stated=codebook.file.decimal_comma
    )
    values = code_scales(
        column.texts.filter(told),
        question.kind,
        datetime_format=codebook.file.datetime_format,
        timezone=codebook.timezone,
        decimal_comma=commas,
    )
    wrong = np.flatnonzero(told)[pd.isna(values)]
    if len(wrong):
        places = list(column.places())
        for text, where in (places[each] for each in wrong):
            note(unknown, text, columns.raw_rows[where])
    if question.kind == "date":
        times = pd.Series(pd.NaT, index=range(len(told)), dtype=values.dtype)
        times[told] = values
        return pd.DataFrame({question.role: column.spread(times)})
    kinds[told] = values
    return pd.DataFrame({question.role: column.spread(kinds.tolist())})


def _route(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Turn "no answer" into "not asked" where the routing passes a question by.

    So it does with columns that all say "not ticked": some exports fill those of people who were
    not asked.
    """
    routed = frame.copy(deep=False)
    by_id = {question.id: question for question in codebook.questions}
    for question in codebook.questions:
        if not question.asked_if_question:
            continue
        asked = frame[by_id[question.asked_if_question].role].isin(question.asked_if_answers)
        cells = frame[list(question.columns)]
        empty = cells == "no_answer"
        if question.kind == "multiple":
            empty |= cells == "0"
        passed = ~asked & empty.all(axis=1)
        for column in cells:
            routed[column] = cells[column].mask(passed, "not_asked")
    return routed
