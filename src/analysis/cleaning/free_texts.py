"""Free text behind "Other" in a column of its own, and what it adds to the answer beside it."""

from dataclasses import replace

from analysis.cleaning.cell_codes import Cell, recode
from analysis.cleaning.known_texts import KnownTexts
from analysis.survey import answer_texts
from analysis.survey.answer_texts import cell_key, piece_keys
from analysis.survey.codebook import Question


def code_free(text: str, known: KnownTexts) -> Cell:
    """Code a cell of the column of free text behind "Other".

    Parameters
    ----------
    text : str
        The cell as exported.
    known : KnownTexts
        Of the question, which has an `other_column`.

    Returns
    -------
    Cell
        The listed answer that the text names, else that of "Other"; a kind of missing if the
        question lists the text so; without either for nothing, and where answers have columns for
        what says that they were not ticked.
    """
    question, nothing = known.question, known.nothing
    key = piece_keys(text, question)
    if key in nothing:
        return Cell(missing=nothing[key])
    if key in known.blanks:
        return Cell()
    if not question.column and cell_key(text, question) in answer_texts.not_ticked_texts(question):
        return Cell()
    code = recode(text, known)
    left = code == question.other_code
    return Cell(
        codes=frozenset({code}),
        recoded=() if left else (code,),
        other_left=(text,) if left else (),
    )


def with_free(cell: Cell, free: Cell, question: Question) -> Cell:
    """Join an answer with what the free text beside it says.

    Parameters
    ----------
    cell : Cell
        The answer.
    free : Cell
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
    >>> said = Cell(codes=frozenset({"other"}), other_left=("by pigeon",))
    >>> with_free(Cell(codes=frozenset({"phone"})), said, asked).codes
    frozenset({'phone'})
    >>> with_free(Cell(missing="no_answer"), said, asked).codes
    frozenset({'other'})
    """
    if cell.unknown:
        return cell
    if free.missing:
        return replace(cell, missing=free.missing) if cell.missing == "no_answer" else cell
    if not free.codes:
        return cell
    listed = cell.codes - {question.other_code}
    if listed and question.kind != "multiple":
        return cell
    return Cell(
        codes=listed | free.codes,
        recoded=(*cell.recoded, *free.recoded),
        other_left=(*cell.other_left, *free.other_left) if free.other_left else (),
    )
