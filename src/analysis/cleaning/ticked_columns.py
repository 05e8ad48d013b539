"""Questions that have a column for each answer: which were ticked, and what free text names."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.cleaning.cell_codes import code_other, ticked
from analysis.cleaning.columns import Column, Columns
from analysis.cleaning.free_texts import code_free
from analysis.cleaning.known_texts import KnownTexts
from analysis.cleaning.noted import Notes, note
from analysis.survey import answer_texts
from analysis.survey.answer_texts import TICKED, cell_key, piece_keys
from analysis.survey.cleaning_rules import CleaningRules
from analysis.survey.codebook import Question


def code_ticked_columns(
    columns: Columns, question: Question, rules: CleaningRules, noted: Notes
) -> pd.DataFrame:
    """Code a question that has a column for each answer.

    Parameters
    ----------
    columns : Columns
        Of the export.
    question : Question
        With a column for each answer; that of the answer "Other" may hold free text alone.
    rules : CleaningRules
        Its blank texts count as nothing.
    noted : Notes
        What is unknown, recoded and left under "Other" is added to it.

    Returns
    -------
    pandas.DataFrame
        Who ticked nothing has answered if every cell says so: an empty cell does not. Where "none
        of these" was offered, the answer "no" to everything is none.
    """
    known = KnownTexts(question=question, rules=rules)
    silent = {*known.blanks, *known.nothing}
    ticks, free, kinds = {}, [], pd.Series("", index=columns.index)
    for answer in question.answers:
        if not answer.column:  # not offered, or "Other" that its own text says
            ticks[answer.code] = pd.Series(None, index=columns.index, dtype="object")
            continue
        column = columns[answer.column]
        kinds = _with_kind(kinds, column, known)
        said = {
            text: None if piece_keys(text, question) in silent else ticked(text, answer, question)
            for text in column.texts.to_pylist()
        }
        ticks[answer.code] = column.spread(list(said.values()))
        for text, places in column.places_of(_neither(said, silent, question)):
            other = answer.code == question.other_code and code_other(text, known)
            if other:
                free.append((other, text, places))
            else:
                note(noted.unknown, text, columns.raw_rows[places])
    _tick_named(ticks, free, question, columns, noted)
    if question.other_column:
        column = columns[question.other_column]
        kinds = _with_kind(kinds, column, known)
        texts = column.texts.to_pylist()
        codes = {text: "".join(code_free(text, known).codes) for text in texts}
        coded = column.places_of([text for text in texts if codes[text]])
        free = [(codes[text], text, places) for text, places in coded]
        _tick_named(ticks, free, question, columns, noted)
    for kind, name in question.missing_columns.items():
        column = columns[name]
        said = {text: _says_missing(text, known, kind) for text in column.texts.to_pylist()}
        kinds = kinds.mask(column.spread(list(said.values())).eq(True), kind)
        for text, places in column.places_of(_neither(said, silent, question)):
            note(noted.unknown, text, columns.raw_rows[places])
    return _with_missing(pd.DataFrame(ticks), kinds, question)


def _neither(said: Mapping[str, bool | None], silent: set, question: Question) -> list[str]:
    """List the texts that say neither yes nor no, and are not nothing either."""
    return [
        text for text, each in said.items()
        if each is None and piece_keys(text, question) not in silent
    ]  # fmt: skip


def _with_kind(kinds: pd.Series, column: Column, known: KnownTexts) -> pd.Series:
    """Add the kind of missing that a column says where none is known yet."""
    if not known.nothing:
        return kinds
    said = column.mapped(lambda text: known.nothing.get(piece_keys(text, known.question), ""))
    return kinds.mask(kinds == "", said)


def _tick_named(
    ticks: dict[str, pd.Series],
    free: Sequence[tuple[str, str, np.ndarray]],
    question: Question,
    columns: Columns,
    noted: Notes,
) -> None:
    """Tick the answers that free text names, in place of "Other": code, text, positions."""
    for code in dict.fromkeys(code for code, _, _ in free):
        named = np.zeros(len(columns.index), dtype=bool)
        for _, text, places in (each for each in free if each[0] == code):
            named[places] = True
            if code == question.other_code:
                note(noted.other_left, text, columns.raw_rows[places])
        ticks[question.other_code] = ticks[question.other_code].mask(named, False)
        ticks[code] = ticks[code].mask(named, True)
        if code != question.other_code:
            noted.recoded[code] += int(named.sum())


def _with_missing(table: pd.DataFrame, kinds: pd.Series, question: Question) -> pd.DataFrame:
    """Write ticks as "1" and "0", or as the kind of missing of who ticked nothing."""
    chosen = table.eq(True)
    exclusive = any(answer.exclusive for answer in question.answers)
    asked = [each.code for each in question.answers if each.column]
    asked = [code for code in asked if code in question.offered]
    refused = table[asked].eq(False).all(axis=1) & (not exclusive)
    silent = (kinds == "") & ~refused
    missing = kinds.mask(silent, "no_answer").mask(chosen.any(axis=1), "")
    kinds = Column.of(missing)
    codes = ["0" if each == "" else each for each in kinds.texts.to_pylist()]
    coded = kinds.coded(codes, ("0", "1"))
    told = (missing == "").to_numpy()
    return pd.DataFrame(
        {f"{question.role}__{name}": coded.mask(told & chosen[name], "1") for name in table}
    )


def _says_missing(text: str, known: KnownTexts, kind: str) -> bool | None:
    """Tell whether a column for a kind of missing is ticked; None if the text means neither."""
    question = known.question
    key = cell_key(text, question)
    if key in answer_texts.not_ticked_texts(question):
        return False
    said = known.nothing.get(piece_keys(text, question)) == kind
    return True if key in TICKED or said else None
