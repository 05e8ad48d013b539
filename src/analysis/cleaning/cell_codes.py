"""One cell of the export: what its text stands for in the codebook."""

import math
from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.negation import named_answers
from analysis.survey import answer_texts
from analysis.survey.answer_texts import NOT_TICKED, piece_keys
from analysis.survey.codebook import Answer, CleaningRules, Question
from analysis.survey.wording import match_key, tidy


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


def code_text(text: str, question: Question, rules: CleaningRules) -> Cell:
    """Code one cell of a question with answers, or of an open question.

    Parameters
    ----------
    text : str
        The cell as exported.
    question : Question
        What was asked.
    rules : CleaningRules
        Its blank texts count as nothing, unless the question lists them as missing.

    Returns
    -------
    Cell
        Free text of an open question is reduced to the code "answered".

    Notes
    -----
    A cell with several answers is read by the answers that the codebook knows, the longest first,
    and not by cutting it at every separator: answers may hold the separator.
    """
    nothing = answer_texts.missing_texts(question)
    keys = piece_keys(text, question.separator)
    blanks = {piece_keys(each, question.separator) for each in ("", *rules.blank)}
    if keys in nothing:
        return Cell(missing=nothing[keys])
    if keys in blanks:
        return Cell(missing="no_answer")
    if question.kind == "text":
        return Cell(codes=frozenset({"answered"}))
    listed = answer_texts.listed_texts(question)
    parts = _parts(text, question, {**nothing, **listed})
    said = [(part, piece_keys(part, question.separator)) for part in parts]
    said = [(part, key) for part, key in said if key not in blanks or key in listed]
    kinds = [nothing[key] for _, key in said if key in nothing]
    said = [(part, key) for part, key in said if key not in nothing]  # an answer outweighs it
    if not said:
        return Cell(missing=kinds[0] if kinds else "no_answer")
    codes, recoded, unknown, other_left = set(), [], [], 0
    for part, key in said:
        if key in listed:
            codes.add(listed[key])
        elif _is_other(part, question):
            answer = _recode(part, question, listed, rules.negators)
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


def _parts(text: str, question: Question, known: Mapping[tuple[str, ...], str]) -> list[str]:
    """Split several answers; what follows "Other:" and is no answer belongs to its free text."""
    cut = answer_texts.pieces(text, question.separator)
    keys = tuple(match_key(piece) for piece in cut)
    joint = question.separator if question.separator.endswith(" ") else f"{question.separator} "
    parts: list[str] = []
    free = False
    for start, end in answer_texts.read_parts(keys, known):
        part = joint.join(cut[start:end])
        answer = keys[start:end] in known
        if free and not answer:
            parts[-1] += f"{joint}{part}"
            continue
        parts.append(part)
        free = not answer and _is_other(part, question)
    return parts


def _recode(
    part: str,
    question: Question,
    listed: Mapping[tuple[str, ...], str],
    negators: Iterable[str],
) -> str:
    """Find the one listed answer that free text behind "Other" names."""
    free = tidy(part)[len(tidy(question.other_prefix)) :].strip()
    exact = listed.get(piece_keys(free, question.separator))
    if exact:
        return exact
    named = named_answers(free, question.recode, negators)
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


def code_band(text: str, question: Question, rules: CleaningRules) -> Cell:
    """Code one cell of a number that is grouped into bands.

    Parameters
    ----------
    text : str
        The cell as exported.
    question : Question
        Its `bands` are where each band begins, and its answers are the bands.
    rules : CleaningRules
        Its blank texts count as nothing, unless the question lists them as missing.

    Returns
    -------
    Cell
        Unknown if it is no number, or lies below the first band.
    """
    nothing, key = answer_texts.missing_texts(question), piece_keys(text, "")
    if key in nothing:
        return Cell(missing=nothing[key])
    if key in {piece_keys(each, "") for each in ("", *rules.blank)}:
        return Cell(missing="no_answer")
    value = code_scale(text, "number", set())
    if value is pd.NaT or value < question.bands[0]:
        return Cell(unknown=(tidy(text),))
    return Cell(codes=frozenset({question.codes[bisect(question.bands, value) - 1]}))


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
        None if the text means neither, as an empty one does.

    Examples
    --------
    >>> web = Answer(code="web", label="Website", text="Website")
    >>> ticked("1", web), ticked("website", web), ticked("0", web), ticked("", web)
    (True, True, False, None)
    """
    key = match_key(text)
    if key in answer_texts.ticked_texts(answer):
        return True
    return False if key in NOT_TICKED else None
