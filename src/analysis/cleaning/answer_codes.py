"""From the words of the export to the codes of the codebook."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.cleaning.cell_codes import code_other, code_text, ticked
from analysis.cleaning.disagreements import Unknown, answer_problems, column_problems, note
from analysis.cleaning.scale_cells import code_band, code_scale, has_decimal_commas
from analysis.errors import contradiction_error
from analysis.survey import answer_texts
from analysis.survey.answer_texts import TICKED, Pieces, cell_key, piece_keys
from analysis.survey.codebook import CleaningRules, Codebook, Question
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
            found[name] = _mapped(
                raw[name], lambda text, q=question, b=blanks: cell_key(text, q) in b
            )
    return pd.DataFrame(found, index=raw.index)


def _blanks(question: Question, rules: CleaningRules) -> set[str]:
    """Return the texts that count as nothing, as cells of a question are compared with them."""
    return {cell_key(text, question) for text in ("", *rules.blank)}


def _mapped(column: pd.Series, function: Callable) -> pd.Series:
    """Apply a function to a column of text, once for every distinct text."""
    return column.map({text: function(text) for text in column.unique()})


def _code_question(
    raw: pd.DataFrame, question: Question, codebook: Codebook
) -> tuple[pd.DataFrame, dict]:
    tally = {"unknown": {}, "recoded": Counter(), "other_left": {}}
    if not question.column:
        return _code_ticked_columns(raw, question, codebook.cleaning, tally), tally
    column = raw[tidy(question.column)]
    counts = column.value_counts()
    if question.bands:
        commas = has_decimal_commas(counts.index, stated=codebook.file.decimal_comma)
        coded = {
            text: code_band(text, question, codebook.cleaning, decimal_comma=commas)
            for text in counts.index
        }
    elif question.kind in ("date", "number", "weight"):
        return _code_scale_column(raw, question, codebook, tally["unknown"]), tally
    else:
        coded = {text: code_text(text, question, codebook.cleaning) for text in counts.index}
    for text, cell in coded.items():
        for kind in ("unknown", "other_left"):
            for each in getattr(cell, kind):
                note(tally[kind], each, raw.loc[column == text, "raw_row"])
        tally["recoded"].update(dict.fromkeys(cell.recoded, int(counts[text])))
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


def _code_ticked_columns(
    raw: pd.DataFrame, question: Question, rules: CleaningRules, tally: dict
) -> pd.DataFrame:
    """Code a question that has a column for each answer.

    Who ticked nothing has answered if every cell says so: an empty cell does not. Where "none of
    these" was offered, the answer "no" to everything is none.
    """
    nothing, unknown = answer_texts.missing_texts(question), tally["unknown"]
    blanks = {piece_keys(each, question) for each in ("", *rules.blank)}
    ticks, free, kinds = {}, {}, pd.Series("", index=raw.index)
    for answer in question.answers:
        column = raw[tidy(answer.column)]
        kind = _mapped(column, lambda text: nothing.get(piece_keys(text, question), ""))
        kinds = kinds.mask(kinds == "", kind)
        empty = (kind != "") | _mapped(column, lambda text: piece_keys(text, question) in blanks)
        ticks[answer.code] = _mapped(column, lambda text, a=answer: ticked(text, a, question)).mask(
            empty
        )
        for text in column[ticks[answer.code].isna() & ~empty].unique():
            if answer.code == question.other_code and code_other(text, question, rules):
                free[text] = column == text
            else:
                note(unknown, text, raw.loc[column == text, "raw_row"])
    for text, rows in free.items():
        named = code_other(text, question, rules)
        ticks[question.other_code] = ticks[question.other_code].mask(rows, False)
        ticks[named] = ticks[named].mask(rows, True)
        if named == question.other_code:
            note(tally["other_left"], text, raw.loc[rows, "raw_row"])
        else:
            tally["recoded"][named] += int(rows.sum())
    for kind, name in question.missing_columns.items():
        column = raw[tidy(name)]
        said = _mapped(column, lambda text, k=kind: _says_missing(text, question, nothing, k))
        kinds = kinds.mask(said.eq(True), kind)
        empty = _mapped(column, lambda text: piece_keys(text, question) in {*blanks, *nothing})
        for text in column[said.isna() & ~empty].unique():
            note(unknown, text, raw.loc[column == text, "raw_row"])
    table = pd.DataFrame(ticks)
    chosen = table.eq(True)
    exclusive = any(answer.exclusive for answer in question.answers)
    refused = table[list(question.offered)].eq(False).all(axis=1) & (not exclusive)
    missing = kinds.mask((kinds == "") & ~refused, "no_answer").mask(chosen.any(axis=1), "")
    return pd.DataFrame(
        {
            f"{question.role}__{name}": chosen[name]
            .map({True: "1", False: "0"})
            .where(missing == "", missing)
            for name in ticks
        }
    )


def _says_missing(
    text: str, question: Question, nothing: Mapping[Pieces, str], kind: str
) -> bool | None:
    """Tell whether a column for a kind of missing is ticked; None if the text means neither."""
    key = cell_key(text, question)
    if key in answer_texts.not_ticked_texts(question):
        return False
    return True if key in TICKED or nothing.get(piece_keys(text, question)) == kind else None


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
