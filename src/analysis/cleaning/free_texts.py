"""Free text behind "Other" in a column of its own, and what it adds to the answer beside it."""

from dataclasses import replace

from analysis.cleaning.cell_codes import Cell, recode
from analysis.survey import answer_texts
from analysis.survey.answer_texts import piece_keys
from analysis.survey.codebook import MISSING, CleaningRules, Question
from analysis.survey.wording import match_key


def code_free(text: str, question: Question, rules: CleaningRules) -> str:
    """Code a cell of the column of free text behind "Other".

    Parameters
    ----------
    text : str
        The cell as exported.
    question : Question
        What was asked, with an `other_column`.
    rules : CleaningRules
        Its blank texts count as nothing; its negators.

    Returns
    -------
    str
        The listed answer that the text names, else that of "Other"; a kind of missing if the
        question lists the text so; "" for nothing, and where answers have columns for what says
        that they were not ticked.
    """
    nothing, key = answer_texts.missing_texts(question), piece_keys(text, question.separator)
    if key in nothing:
        return nothing[key]
    if key in {piece_keys(each, question.separator) for each in ("", *rules.blank)}:
        return ""
    if not question.column and match_key(text) in answer_texts.not_ticked_texts(question):
        return ""
    return recode(text, question, answer_texts.listed_texts(question), rules.negators)


def with_free(cell: Cell, said: str, question: Question) -> Cell:
    """Join an answer with what the free text beside it says.

    Parameters
    ----------
    cell : Cell
        The answer.
    said : str
        As `code_free` returns it.
    question : Question
        What was asked.

    Returns
    -------
    Cell
        Where one answer is asked for, one that is listed holds, and the text is a note on it; the
        text decides where there is none, or "Other". Of several answers it is one more, in place
        of "Other".

    Examples
    --------
    >>> asked = Question(
    ...     id="q", role="q", kind="single", wording="?", base="All", other_code="other"
    ... )
    >>> with_free(Cell(codes=frozenset({"phone"})), "other", asked).codes
    frozenset({'phone'})
    >>> with_free(Cell(missing="no_answer"), "other", asked).codes
    frozenset({'other'})
    """
    if not said or cell.unknown:
        return cell
    if said in MISSING:
        return replace(cell, missing=said) if cell.missing == "no_answer" else cell
    listed = cell.codes - {question.other_code}
    if listed and question.kind != "multiple":
        return cell
    left = said == question.other_code
    return Cell(
        codes=listed | {said},
        recoded=cell.recoded if left else (*cell.recoded, said),
        other_left=int(left),
    )
