"""Where text of persons can stand in the replies to a survey."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.survey.codebook import Codebook, Question

#: Columns that no codebook knows, as tools add them.
ADDED = ("IP Address", "Referrer", "Recipient e-mail", "Custom data 1")

#: Of the columns that no question asks for so many get marks, or few more.
_COLUMNS = 40

#: What is written where nothing stood.
_ANSWER = "Answer 101 faster, please."


@dataclass(frozen=True, kw_only=True)
class Place:
    """A column in which marks are written; `write` gives the new cell, None to leave it.

    Marks of a place that is `shared` are written by several people at times. One that `adds` keeps
    what stood in the cell.
    """

    name: str
    column: str
    write: Callable[[str, str], str | None]
    shared: bool = False
    adds: bool = False


def places(raw: pd.DataFrame, codebook: Codebook) -> Iterator[Place]:
    """Say where text can stand: in open answers, behind "Other", where nobody looks.

    Parameters
    ----------
    raw : pandas.DataFrame
        The replies, all text; the columns of `ADDED` are added to it.
    codebook : Codebook
        The survey's.

    Yields
    ------
    Place
        One a column.
    """
    known = {column for question in codebook.questions for column in question.source_columns}
    for question in codebook.questions:
        if question.kind == "text" and question.column in raw:
            yield Place(
                name=f"the open answers to {question.id}",
                column=question.column,
                write=lambda old, text: f"{old.strip() or _ANSWER} {text}",
                shared=True,
                adds=True,
            )
        if question.other_column in raw:
            yield Place(
                name=f'the texts behind "Other" of {question.id}',
                column=question.other_column,
                write=lambda old, text: text,
                shared=True,
            )
        if question.other_code and question.other_prefix is not None and question.column in raw:
            yield Place(
                name=f'the answers "Other" to {question.id}',
                column=question.column,
                write=_other(question),
                shared=True,
            )
    others = [column for column in raw.columns if column not in known]
    for name in ADDED:
        raw[name] = ""
    for column in [*others[:: -(-len(others) // _COLUMNS) or 1], *ADDED]:
        yield Place(
            name=f"the column {column!r}, which no question asks for",
            column=column,
            write=lambda old, text: text,
        )


def _other(question: Question) -> Callable[[str, str], str | None]:
    """Say how an answer in one's own words is written among those to choose from."""
    phrases = [each for some in question.recode.values() for each in some][:1]

    def write(old: str, text: str) -> str | None:
        if not old.strip():
            return None  # whoever was not asked says nothing
        if question.separator:
            text = text.replace(question.separator, ",")
            kept = old.strip().rstrip(question.separator)
            return f"{kept}{question.separator}{question.other_prefix} {text}"
        named = f"{phrases[0]}, " if phrases and len(text) % 2 else ""
        return f"{question.other_prefix} {named}{text}"

    return write
