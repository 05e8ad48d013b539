"""Questions that have a column for each answer: which were ticked, and what free text names."""

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.cleaning.cell_codes import code_other, ticked
from analysis.cleaning.disagreements import note
from analysis.cleaning.free_texts import code_free
from analysis.survey import answer_texts
from analysis.survey.answer_texts import TICKED, Pieces, cell_key, piece_keys
from analysis.survey.cleaning_rules import CleaningRules
from analysis.survey.codebook import Question
from analysis.survey.wording import tidy


def mapped(column: pd.Series, function: Callable) -> pd.Series:
    """Apply a function to a column of text, once for every distinct text.

    Parameters
    ----------
    column : pandas.Series
        Text.
    function : callable
        Of one text.

    Returns
    -------
    pandas.Series
        Its results.

    Examples
    --------
    >>> mapped(pd.Series(["a", "bc"]), len).tolist()
    [1, 2]
    """
    return column.map({text: function(text) for text in column.unique()})


def code_ticked_columns(
    raw: pd.DataFrame, question: Question, rules: CleaningRules, tally: dict
) -> pd.DataFrame:
    """Code a question that has a column for each answer.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read_export` returns it.
    question : Question
        With a column for each answer; that of the answer "Other" may hold free text alone.
    rules : CleaningRules
        Its blank texts count as nothing.
    tally : dict
        What is unknown, recoded and left under "Other" is added to it.

    Returns
    -------
    pandas.DataFrame
        Who ticked nothing has answered if every cell says so: an empty cell does not. Where "none
        of these" was offered, the answer "no" to everything is none.
    """
    nothing, unknown = answer_texts.missing_texts(question), tally["unknown"]
    blanks = {piece_keys(each, question) for each in ("", *rules.blank)}
    ticks, free, kinds = {}, {}, pd.Series("", index=raw.index)
    for answer in question.answers:
        if not answer.column:  # not offered, or "Other" that its own text says
            ticks[answer.code] = pd.Series(None, index=raw.index, dtype="object")
            continue
        column = raw[tidy(answer.column)]
        kinds = _with_kind(kinds, column, question)
        empty = mapped(column, lambda text: piece_keys(text, question) in {*blanks, *nothing})
        ticks[answer.code] = mapped(column, lambda text, a=answer: ticked(text, a, question)).mask(
            empty
        )
        for text in column[ticks[answer.code].isna() & ~empty].unique():
            if answer.code == question.other_code and code_other(text, question, rules):
                free[text] = column[column == text]
            else:
                note(unknown, text, raw.loc[column == text, "raw_row"])
    named = [(code_other(text, question, rules), texts) for text, texts in free.items()]
    if question.other_column:
        column = raw[tidy(question.other_column)]
        kinds = _with_kind(kinds, column, question)
        codes = mapped(column, lambda text: "".join(code_free(text, question, rules).codes))
        named += [(code, column[codes == code]) for code in codes.unique() if code]
    for code, texts in named:
        _tick_named(ticks, code, texts.index, question)
        if code != question.other_code:
            tally["recoded"][code] += len(texts)
            continue
        for text, rows in texts.groupby(texts, sort=False).groups.items():
            note(tally["other_left"], text, raw.loc[rows, "raw_row"])
    for kind, name in question.missing_columns.items():
        column = raw[tidy(name)]
        said = mapped(column, lambda text, k=kind: _says_missing(text, question, nothing, k))
        kinds = kinds.mask(said.eq(True), kind)
        empty = mapped(column, lambda text: piece_keys(text, question) in {*blanks, *nothing})
        for text in column[said.isna() & ~empty].unique():
            note(unknown, text, raw.loc[column == text, "raw_row"])
    return _with_missing(pd.DataFrame(ticks), kinds, question)


def _with_kind(kinds: pd.Series, column: pd.Series, question: Question) -> pd.Series:
    """Add the kind of missing that a column says where none is known yet."""
    nothing = answer_texts.missing_texts(question)
    said = mapped(column, lambda text: nothing.get(piece_keys(text, question), ""))
    return kinds.mask(kinds == "", said)


def _tick_named(ticks: dict[str, pd.Series], code: str, rows: pd.Index, question: Question) -> None:
    """Tick the answer that free text names, in place of "Other"."""
    named = ticks[code].index.isin(rows)
    ticks[question.other_code] = ticks[question.other_code].mask(named, False)
    ticks[code] = ticks[code].mask(named, True)


def _with_missing(table: pd.DataFrame, kinds: pd.Series, question: Question) -> pd.DataFrame:
    """Write ticks as "1" and "0", or as the kind of missing of who ticked nothing."""
    chosen = table.eq(True)
    exclusive = any(answer.exclusive for answer in question.answers)
    asked = [each.code for each in question.answers if each.column]
    asked = [code for code in asked if code in question.offered]
    refused = table[asked].eq(False).all(axis=1) & (not exclusive)
    missing = kinds.mask((kinds == "") & ~refused, "no_answer").mask(chosen.any(axis=1), "")
    return pd.DataFrame(
        {
            f"{question.role}__{name}": chosen[name]
            .map({True: "1", False: "0"})
            .where(missing == "", missing)
            for name in table
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
