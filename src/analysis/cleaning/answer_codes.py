"""From the words of the export to the codes of the codebook."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.cleaning.cell_codes import code_text
from analysis.cleaning.disagreements import Unknown, answer_problems, column_problems, note
from analysis.cleaning.free_texts import code_free, with_free
from analysis.cleaning.scale_cells import code_band, code_scale, has_decimal_commas
from analysis.cleaning.ticked_columns import code_ticked_columns, mapped
from analysis.errors import contradiction_error
from analysis.survey import answer_texts
from analysis.survey.answer_texts import cell_key, piece_keys
from analysis.survey.cleaning_rules import CleaningRules
from analysis.survey.codebook import Codebook, Question
from analysis.survey.wording import tidy


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
    problems = column_problems(raw, codebook)
    if problems:
        raise contradiction_error(codebook.id, problems)
    parts, tallies = [raw[["raw_row"]]], {}
    for question in codebook.questions:
        part, tally = _code_question(raw, question, codebook)
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
    found = {}
    for question in codebook.questions:
        blanks = _blanks(question, codebook.cleaning)
        for name in map(tidy, question.source_columns):
            found[name] = mapped(
                raw[name], lambda text, q=question, b=blanks: cell_key(text, q) in b
            )
    return pd.DataFrame(found, index=raw.index)


def _blanks(question: Question, rules: CleaningRules) -> set[str]:
    """Return the texts that count as nothing, as cells of a question are compared with them."""
    return {cell_key(text, question) for text in ("", *rules.blank)}


def _code_question(
    raw: pd.DataFrame, question: Question, codebook: Codebook
) -> tuple[pd.DataFrame, dict]:
    tally = {"unknown": {}, "recoded": Counter(), "other_left": {}}
    if not question.column:
        return code_ticked_columns(raw, question, codebook.cleaning, tally), tally
    if question.kind in ("date", "number", "weight"):
        return _code_scale_column(raw, question, codebook, tally["unknown"]), tally
    column, cells = raw[tidy(question.column)], _coded_cells(raw, question, codebook)
    for cell, rows in cells.groupby(cells, sort=False).groups.items():
        for kind in ("unknown", "other_left"):
            for text in getattr(cell, kind):
                note(tally[kind], text, raw.loc[rows, "raw_row"])
        tally["recoded"].update(dict.fromkeys(cell.recoded, len(rows)))
    if question.kind == "multiple":
        ticks = {
            f"{question.role}__{answer}": cells.map(
                lambda cell, code=answer: cell.missing or str(int(code in cell.codes))
            )
            for answer in question.codes
        }
        return pd.DataFrame(ticks), tally
    single = cells.map(lambda cell: cell.missing or "".join(cell.codes))
    return pd.DataFrame({question.role: single.astype(column.dtype)}), tally


def _coded_cells(raw: pd.DataFrame, question: Question, codebook: Codebook) -> pd.Series:
    """Code each cell of a column, with the free text in the column beside it."""
    column, rules = raw[tidy(question.column)], codebook.cleaning
    if question.bands:
        commas = has_decimal_commas(column.unique(), stated=codebook.file.decimal_comma)
        return mapped(column, lambda text: code_band(text, question, rules, decimal_comma=commas))
    cells = mapped(column, lambda text: code_text(text, question, rules))
    if not question.other_column:
        return cells
    free = mapped(raw[tidy(question.other_column)], lambda text: code_free(text, question, rules))
    pairs = zip(cells, free, strict=True)
    return pd.Series([with_free(cell, said, question) for cell, said in pairs], raw.index)


def _code_scale_column(
    raw: pd.DataFrame, question: Question, codebook: Codebook, unknown: Unknown
) -> pd.DataFrame:
    """Code times, numbers and weights; a time that is missing has no kind."""
    column, nothing = raw[tidy(question.column)], answer_texts.missing_texts(question)
    commas = has_decimal_commas(column.unique(), stated=codebook.file.decimal_comma)
    blanks = _blanks(question, codebook.cleaning)
    cells = {
        text: None
        if cell_key(text, question) in blanks
        else code_scale(
            text,
            question.kind,
            datetime_format=codebook.file.datetime_format,
            timezone=codebook.timezone,
            decimal_comma=commas,
        )
        for text in column.unique()
        if piece_keys(text, question) not in nothing
    }
    for text, value in cells.items():
        if value is pd.NaT:
            note(unknown, text, raw.loc[column == text, "raw_row"])
    if question.kind != "date":
        cells |= {
            text: nothing.get(piece_keys(text, question)) for text in set(column) - set(cells)
        }
    return pd.DataFrame({question.role: column.map(cells)})


def _route(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Turn "no answer" into "not asked" where the routing passes a question by.

    So it does with columns that all say "not ticked": some exports fill those of people who were
    not asked.
    """
    routed = frame.copy()
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
        routed[cells.columns] = cells.mask(passed, "not_asked")
    return routed
