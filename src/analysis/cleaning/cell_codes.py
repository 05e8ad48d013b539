"""One cell of the export: what its text stands for in the codebook."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.survey.codebook import Answer, Question
from analysis.survey.wording import contains_phrase, match_key, tidy

TICKED = {"1", "yes", "y", "true", "x", "checked"}

NOT_TICKED = {"", "0", "no", "n", "false", "unchecked"}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one text stands for: codes, or a kind of missing, or texts that are unknown.

    `recoded` lists the codes that free text behind "Other" was brought back to, `other_left`
    counts the free texts that name no listed answer.
    """

    codes: frozenset[str] = frozenset()
    missing: str = ""
    recoded: tuple[str, ...] = ()
    other_left: int = 0
    unknown: tuple[str, ...] = ()


def code_text(text: str, question: Question, blanks: set[str]) -> Cell:
    """Code one cell of a question with answers, or of an open question.

    Parameters
    ----------
    text : str
        The cell as exported.
    question : Question
        What was asked.
    blanks : set of str
        Match keys that count as nothing.

    Returns
    -------
    Cell
        Free text of an open question is reduced to the code "answered".
    """
    key = match_key(text).removesuffix(question.separator)
    if key in blanks:
        return Cell(missing="no_answer")
    for kind, texts in question.missing.items():
        if key in {match_key(each) for each in texts}:
            return Cell(missing=kind)
    if question.kind == "text":
        return Cell(codes=frozenset({"answered"}))
    known = {match_key(answer.text): answer.code for answer in question.answers}
    nothing = {match_key(each) for texts in question.missing.values() for each in texts}
    parts = _parts(tidy(text), question, {*known, *nothing}) if question.separator else [tidy(text)]
    parts = [part for part in parts if match_key(part) not in nothing]  # an answer outweighs it
    codes, recoded, unknown, other_left = set(), [], [], 0
    for part in parts:
        if match_key(part) in known:
            codes.add(known[match_key(part)])
        elif _is_other(part, question):
            answer = _recode(part, question, known)
            codes.add(answer)
            recoded += [answer] if answer != question.other_code else []
            other_left += answer == question.other_code
        else:
            unknown.append(part)
    return Cell(
        codes=frozenset(codes),
        recoded=tuple(recoded),
        other_left=int(other_left),
        unknown=tuple(unknown),
    )


def _is_other(part: str, question: Question) -> bool:
    return bool(question.other_code) and match_key(part).startswith(
        match_key(question.other_prefix)
    )


def _parts(text: str, question: Question, known: set[str]) -> list[str]:
    """Split several answers; what follows "Other:" and is no answer belongs to its free text."""
    parts: list[str] = []
    for part in (piece.strip() for piece in text.split(question.separator)):
        if not part:
            continue
        free = bool(parts) and _is_other(parts[-1], question) and match_key(parts[-1]) not in known
        if free and match_key(part) not in known:
            parts[-1] = f"{parts[-1]}{question.separator} {part}"
        else:
            parts.append(part)
    return parts


def _recode(part: str, question: Question, known: Mapping[str, str]) -> str:
    """Find the one listed answer that free text behind "Other" names."""
    free = tidy(part)[len(tidy(question.other_prefix)) :].strip()
    exact = known.get(match_key(free))
    if exact:
        return exact
    named = {
        answer
        for answer, phrases in question.recode.items()
        if any(contains_phrase(free, phrase) for phrase in phrases)
    }
    return named.pop() if len(named) == 1 else question.other_code


def code_scale(
    text: str, kind: str, blanks: set[str], *, datetime_format: str = "", timezone: str = ""
) -> object:
    """Code one cell of a question of kind date, number or weight.

    Parameters
    ----------
    text : str
        The cell as exported.
    kind : str
        "date", "number" or "weight"; a weight is finite and not negative.
    blanks : set of str
        Match keys that count as nothing.
    datetime_format : str
        How times are written; "" for ISO 8601.
    timezone : str
        Times with an offset are brought to the clock of this zone.

    Returns
    -------
    object
        A Timestamp without offset or a float, None for nothing, NaT for what is neither.

    Examples
    --------
    >>> code_scale("1.25", "weight", set()), code_scale("heavy", "weight", set())
    (1.25, NaT)
    """
    if match_key(text) in blanks:
        return None
    if kind == "date":
        time = pd.to_datetime(tidy(text), format=datetime_format or "ISO8601", errors="coerce")
        return time.tz_convert(timezone or None).tz_localize(None) if time.tzinfo else time
    try:
        value = float(tidy(text))
    except ValueError:
        return pd.NaT
    usable = math.isfinite(value) and (kind != "weight" or value >= 0)
    return value if usable else pd.NaT


def ticked(text: str, answer: Answer) -> bool | None:
    """Tell whether a cell of an answer's own column is ticked.

    Parameters
    ----------
    text : str
        The cell as exported.
    answer : Answer
        The answer that the column is for.

    Returns
    -------
    bool or None
        None if the text means neither.

    Examples
    --------
    >>> web = Answer(code="web", label="Website", text="Website")
    >>> ticked("1", web), ticked("website", web), ticked("", web), ticked("maybe", web)
    (True, True, False, None)
    """
    key = match_key(text)
    if key in TICKED or key in (match_key(answer.text), match_key(answer.label)):
        return True
    return False if key in NOT_TICKED else None
