"""From the words of the export to the codes of the codebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.cleaning.cell_codes import Cell, code_text
from analysis.cleaning.columns import Column, Columns, blank_texts
from analysis.cleaning.disagreements import refuse_answers, refuse_columns
from analysis.cleaning.free_texts import code_free, with_free
from analysis.cleaning.known_texts import KnownTexts
from analysis.cleaning.noted import Noted, Notes, note
from analysis.cleaning.scale_cells import NumberForms, code_band, code_scales
from analysis.cleaning.ticked_columns import code_ticked_columns
from analysis.survey import answer_texts
from analysis.survey.codebook import Codebook, Question


@dataclass(frozen=True, kw_only=True)
class CodedReplies:
    """The replies in codes, `frame`: `raw_row` and the columns of every question; and notes."""

    frame: pd.DataFrame
    noted: Noted = field(repr=False)


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
    refuse_columns(list(raw.columns), len(raw), codebook)
    coded = code_columns(Columns(raw), codebook)
    refuse_answers(coded.noted, codebook)
    return coded


def code_columns(
    columns: Columns, codebook: Codebook, commas: Mapping[str, bool] | None = None
) -> CodedReplies:
    """Code every question of an export, or of a part of it; what is no answer is noted.

    Parameters
    ----------
    columns : Columns
        Of the export: all that the codebook names.
    codebook : Codebook
        What was asked.
    commas : mapping of str to bool, optional
        Role -> whether commas stand before decimals, where that is known from all of the export;
        else it is told from these columns, see `number_forms`.

    Returns
    -------
    CodedReplies
        As `code_replies`.
    """
    parts, notes = [pd.DataFrame({"raw_row": columns.raw_rows}, index=columns.index)], {}
    for question in codebook.questions:
        noted = notes[question.role] = Notes()
        known = (commas or {}).get(question.role)
        part = _code_question(columns, question, codebook, noted, known)
        noted.count_not_offered(part, question)
        parts.append(part)
    return CodedReplies(frame=_route(pd.concat(parts, axis=1), codebook), noted=Noted(notes))


def _code_question(
    columns: Columns, question: Question, codebook: Codebook, noted: Notes, commas: bool | None
) -> pd.DataFrame:
    if not question.column:
        return code_ticked_columns(columns, question, codebook.cleaning, noted)
    if question.kind in ("date", "number", "weight"):
        return _code_scale_column(columns, question, codebook, noted, commas)
    if question.kind == "text" and not (question.separator or question.other_column):
        return pd.DataFrame({question.role: _code_open(columns, question, codebook)})
    column, cells = _coded_cells(columns, question, codebook, commas)
    for cell, n in zip(cells, np.bincount(column.codes, minlength=len(cells)), strict=True):
        noted.recoded.update(dict.fromkeys(cell.recoded, int(n)))
    if any(cell.unknown or cell.other_left for cell in cells):
        for cell, (_, places) in zip(cells, column.places(), strict=True):
            for text in cell.unknown:
                note(noted.unknown, text, columns.raw_rows[places])
            for text in cell.other_left:
                note(noted.other_left, text, columns.raw_rows[places])
    if question.kind == "multiple":
        ticks = {
            f"{question.role}__{answer}": column.coded(
                [cell.missing or str(int(answer in cell.codes)) for cell in cells], ("0", "1")
            )
            for answer in question.codes
        }
        return pd.DataFrame(ticks)
    codes = ["answered"] if question.kind == "text" else question.codes
    single = column.coded([cell.missing or "".join(cell.codes) for cell in cells], codes)
    return pd.DataFrame({question.role: single})


def number_forms(columns: Columns, codebook: Codebook) -> dict[str, NumberForms]:
    """Tell how the numbers of an export, or of a part of it, are written: role -> forms.

    Parameters
    ----------
    columns : Columns
        Of the export.
    codebook : Codebook
        What was asked.

    Returns
    -------
    dict of str to NumberForms
        Of numbers, weights and numbers in bands; empty where the codebook states it.
    """
    if codebook.file.decimal_comma:
        return {}
    return {
        question.role: NumberForms.of(columns[question.column].texts.to_pylist())
        for question in codebook.questions
        if question.kind in ("number", "weight") or question.bands
    }


def _commas(column: Column, codebook: Codebook, known: bool | None) -> bool:
    if codebook.file.decimal_comma or known is not None:
        return codebook.file.decimal_comma or bool(known)
    return NumberForms.of(column.texts.to_pylist()).decimal_commas


def _coded_cells(
    columns: Columns, question: Question, codebook: Codebook, commas: bool | None
) -> tuple[Column, list[Cell]]:
    """Code each text of a column, with the free text in the column beside it."""
    column, known = columns[question.column], KnownTexts(question=question, rules=codebook.cleaning)
    texts = column.texts.to_pylist()
    if question.bands:
        commas = _commas(column, codebook, commas)
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
    columns: Columns, question: Question, codebook: Codebook, noted: Notes, commas: bool | None
) -> pd.DataFrame:
    """Code times, numbers and weights; a time that is missing has no kind."""
    column, nothing = columns[question.column], answer_texts.missing_texts(question)
    told = ~blank_texts(column, question, codebook)
    kinds = np.full(len(told), None, dtype=object)
    for keys, kind in nothing.items():
        kinds[column.among({"".join(keys)}, question)] = kind
    told &= pd.isna(kinds)
    commas = question.kind != "date" and _commas(column, codebook, commas)
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
            note(noted.unknown, text, columns.raw_rows[where])
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
