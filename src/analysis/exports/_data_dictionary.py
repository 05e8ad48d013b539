"""Tables that say what the columns of an export ask and what the codes in them stand for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import SurveyError
from analysis.exports._cells import tidy
from analysis.exports._guessing import guess
from analysis.exports._media import KINDS
from analysis.exports._reading import read_one

#: Headings of the column that holds what is asked, the likelier ones first.
_WORDING = ("variable label", "field label", "question text", "question wording", "wording",
            "question", "description", "text", "title", "item")  # fmt: skip

#: Headings of the columns that hold a code, and what it stands for.
_VALUE = ("value", "code", "values", "codes", "value code", "answer code", "response code",
          "option code", "category code", "option", "level")  # fmt: skip
_ANSWER = ("value label", "value labels", "answer label", "answer text", "answer", "answers",
           "category label", "category", "response label", "response text", "response",
           "option label", "option text", "code label", "level label", "meaning")  # fmt: skip

#: Headings of a column that lists all codes of a question in one cell.
_CHOICES = ("choices calculations or slider labels", "choices", "response options",
            "answer options", "options", "value labels", "values", "categories", "answers",
            "coding", "codes", "responses")  # fmt: skip

_CHOICE = re.compile(r"(?P<value>[+-]?[\w.]+)\s*(?:,|=|:|\)|\s-\s)\s*(?P<label>\S.*)")


@dataclass(frozen=True, kw_only=True)
class DataDictionary:
    """What a dictionary says of the columns of an export.

    `wordings` is column -> what it asks, `answers` column -> code -> what it stands for, in the
    order of the codes.
    """

    wordings: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Which column of the dictionary holds what; None where none does."""

    variable: int
    wording: int | None
    value: int | None
    answer: int | None
    choices: int | None


def read_dictionary(path: Path, columns: Iterable[str]) -> DataDictionary:
    """Read the dictionary of an export.

    Parameters
    ----------
    path : pathlib.Path
        A table of text or a workbook: a row a code (variable, label, value, value label, of which
        the first two may be given once), or a row a question with its codes in one cell
        ("1, Yes | 2, No").
    columns : iterable of str
        The columns of the export.

    Returns
    -------
    DataDictionary
        Of these columns alone.

    Raises
    ------
    SurveyError
        If it cannot be read, is the dictionary of another export, or gives a code two meanings.
    """
    if not path.is_file():
        raise SurveyError(f"there is no file {path}; name the dictionary of the export")
    one = read_one(path, guess(path))
    if one.kind not in ("text", "workbook"):
        raise SurveyError(
            f"{path.name} is {KINDS[one.kind][0]}; give the dictionary as CSV or as a workbook"
        )
    rows = [[tidy(cell) for cell in row] for row in one.table.rows]
    known = {name.casefold(): name for name in columns}
    places = _find_places(path.name, rows, known)
    lists = [""] * len(rows)
    if places.choices is not None:
        lists = [row[places.choices] for row in one.table.rows]  # lines may part the codes
    wordings, answers = _gathered(path.name, rows[1:], lists[1:], places)
    found = _of_columns(wordings, answers, known)
    if not found.wordings and not found.answers:
        raise SurveyError(
            f"{path.name} says nothing of any column of the export; name its dictionary"
        )
    return found


def _find_places(name: str, rows: Sequence[Sequence[str]], known: Mapping[str, str]) -> _Places:
    """Find the column of the variables by what it holds, the others by their headings."""
    width = len(rows[0])
    hits = [
        len({row[at].casefold() for row in rows[1:] if _columns_of(row[at], known)})
        for at in range(width)
    ]
    if not max(hits):
        raise SurveyError(
            f"no column of {name} names columns of the export; give the dictionary of this export, "
            "with its headings in the first row"
        )
    variable = hits.index(max(hits))
    headings = {
        at: " ".join(re.sub(r"[^a-z]+", " ", rows[0][at].casefold()).split())
        for at in range(width)
        if at != variable
    }

    def taken(names: Sequence[str]) -> int | None:
        """Take the column with the likeliest heading."""
        here = [at for each in names for at, heading in headings.items() if heading == each]
        if here:
            del headings[here[0]]
        return here[0] if here else None

    value = taken(_VALUE)
    answer = taken(_ANSWER) if value is not None else None
    wording = taken(_WORDING)
    labels = [at for at, heading in headings.items() if heading in ("label", "labels", "name")]
    if value is not None and answer is None and labels:
        answer = labels.pop()
    wording = labels[0] if wording is None and labels else wording
    choices = value if value is not None and answer is None else taken(_CHOICES)
    if wording is None and answer is None and choices is None:
        raise SurveyError(
            f"the first row of {name} does not say what its columns hold; call them variable, "
            "label, value and value label"
        )
    return _Places(variable=variable, wording=wording, value=value, answer=answer, choices=choices)


def _columns_of(variable: str, known: Mapping[str, str]) -> list[str]:
    """List the columns of the export that a variable means: one, or one a code."""
    key = variable.casefold()
    if key in known:
        return [known[key]]
    return [name for each, name in known.items() if key and each.startswith(f"{key}___")]


def _gathered(
    name: str, rows: Sequence[Sequence[str]], lists: Sequence[str], places: _Places
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Gather what stands in the rows of each variable; a blank one carries on the one above."""
    wordings: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {}
    variable = ""
    for row, choices in zip(rows, lists, strict=True):
        variable = row[places.variable] or variable
        if places.wording is not None and row[places.wording]:
            wordings.setdefault(variable, row[places.wording])
        told = {}
        if places.answer is not None and row[places.value] and row[places.answer]:
            told = {row[places.value]: row[places.answer]}
        elif choices:
            told = _choices(choices)
        for value, label in told.items():
            before = answers.setdefault(variable, {}).setdefault(value, label)
            if before.casefold() != label.casefold():
                raise SurveyError(
                    f"{name} gives the code {value!r} of {variable!r} two meanings, {before!r} and "
                    f"{label!r}; keep one"
                )
    return wordings, answers


def _choices(cell: str) -> dict[str, str]:
    """Read the codes of a question from one cell; empty if it lists something else."""
    for between in (r"[|\n]", ";", r",\s*(?=[+-]?\w+\s*=)"):
        pieces = [piece for piece in map(tidy, re.split(between, cell)) if piece]
        told = [_CHOICE.fullmatch(piece) for piece in pieces]
        if len(pieces) > 1 and all(told):
            return {each["value"]: each["label"] for each in told}
    return {}


def _of_columns(
    wordings: Mapping[str, str],
    answers: Mapping[str, Mapping[str, str]],
    known: Mapping[str, str],
) -> DataDictionary:
    """Give each column of the export what is said of its variable."""
    asked: dict[str, str] = {}
    coded: dict[str, dict[str, str]] = {}
    for variable in dict.fromkeys([*wordings, *answers]):
        said, codes = wordings.get(variable, ""), answers.get(variable, {})
        for column in _columns_of(variable, known):
            if column.casefold() == variable.casefold():
                asked |= {column: said} if said and said != column else {}
                coded |= {column: _in_order(codes)} if codes else {}
            elif label := codes.get(column[len(variable) + 3 :]):  # a column for each answer
                asked[column] = f"{said or variable} [{label}]"
    return DataDictionary(wordings=asked, answers=coded)


def _in_order(codes: Mapping[str, str]) -> dict[str, str]:
    """Order codes by their value if all are numbers, else as they stand."""
    if not all(re.fullmatch(r"[+-]?\d+(\.\d+)?", value, re.ASCII) for value in codes):
        return dict(codes)
    return dict(sorted(codes.items(), key=lambda each: float(each[0])))
