"""From the words of the export to the codes of the codebook."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.codebook import Answer, Codebook, Question
from analysis.codebook_reader import contradiction_error
from analysis.wording import clipped, contains_phrase, match_key, tidy

_SHOWN_PER_QUESTION = 5
_TICKED = {"1", "yes", "y", "true", "x", "checked"}
_NOT_TICKED = {"", "0", "no", "n", "false", "unchecked"}


@dataclass(frozen=True, kw_only=True)
class Coded:
    """The replies in codes, and what became of the free text behind "Other".

    `frame` has `raw_row` and the columns of every question. `recoded` has a row a question and
    answer: `role, code, n` texts that name a listed answer; `other_left` counts, by role, texts
    that do not.
    """

    frame: pd.DataFrame
    recoded: pd.DataFrame
    other_left: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class _Cell:
    """What one text stands for: codes, or a kind of missing, or neither if it is unknown."""

    codes: frozenset[str] = frozenset()
    missing: str = ""
    recoded: tuple[str, ...] = ()
    other_left: int = 0
    unknown: tuple[str, ...] = ()


def code(raw: pd.DataFrame, codebook: Codebook) -> Coded:
    """Code every question of an export.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read` returns it.
    codebook : Codebook
        What was asked.

    Returns
    -------
    Coded
        A cell that holds no answer says which kind of missing it is: `not_asked` where the
        codebook's routing passes the question by, `dont_know`, or `no_answer`. Free text is
        reduced to `answered`: what people wrote stays in the raw file.

    Raises
    ------
    SurveyError
        With every contradiction between codebook and data: columns that are missing or unknown,
        and answers that the codebook does not know or says were not offered, with their counts.
    """
    problems = _column_problems(raw, codebook)
    if problems:
        raise contradiction_error(codebook.id, problems)
    parts, tallies = [raw[["raw_row"]]], {}
    for question in codebook.questions:
        part, tally = _code_question(raw, question, codebook)
        parts.append(part)
        tallies[question.role] = tally
        problems += _answer_problems(question, part, tally["unknown"])
    if problems:
        raise contradiction_error(codebook.id, problems)
    frame = _route(pd.concat(parts, axis=1), codebook)
    recoded = [
        {"role": role, "code": answer, "n": n}
        for role, tally in tallies.items()
        for answer, n in sorted(tally["recoded"].items())
    ]
    return Coded(
        frame=frame,
        recoded=pd.DataFrame(recoded, columns=["role", "code", "n"]),
        other_left={
            role: tally["other_left"] for role, tally in tallies.items() if tally["other_left"]
        },
    )


def blank_cells(raw: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Tell which cells of the questions hold nothing.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read` returns it.
    codebook : Codebook
        Its `blank` texts ("-", "N/A") count as nothing.

    Returns
    -------
    pandas.DataFrame
        Boolean, the rows of `raw` x the export's question columns.
    """
    blanks = {match_key(text) for text in ("", *codebook.cleaning.blank)}
    columns = [tidy(name) for question in codebook.questions for name in question.source_columns]
    return raw[columns].apply(
        lambda column: _mapped(column, lambda text: match_key(text) in blanks)
    )


def _mapped(column: pd.Series, function: object) -> pd.Series:
    """Apply a function to a column of text, once for every distinct text."""
    return column.map({text: function(text) for text in column.unique()})


def _column_problems(raw: pd.DataFrame, codebook: Codebook) -> list[str]:
    wanted = {tidy(name): q.id for q in codebook.questions for name in q.source_columns}
    there = set(raw.columns) - {"raw_row"}
    problems = [
        f"question {owner!r}: the data ({len(raw)} rows) have no column {clipped(name, 90)}; "
        "correct the codebook or the export's header"
        for name, owner in wanted.items()
        if name not in there
    ]
    if codebook.file.ignore_other_columns:
        return problems
    ignored = {tidy(name) for name in codebook.file.ignored_columns}
    return problems + [
        f"the data ({len(raw)} rows) have a column {clipped(name, 90)} that no question names; "
        "add a question or list it in [file] ignored_columns"
        for name in raw.columns
        if name in there - set(wanted) - ignored
    ]


def _answer_problems(question: Question, part: pd.DataFrame, unknown: Counter) -> list[str]:
    where = f"question {question.id!r}"
    problems = [
        f"{where}: the answer {clipped(text)} is not in the codebook ({_rows(n)}); "
        "add it to the answers, the missing texts or the recodes"
        for text, n in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    ]
    if len(problems) > _SHOWN_PER_QUESTION:
        rest = sum(unknown.values()) - sum(n for _, n in unknown.most_common(_SHOWN_PER_QUESTION))
        hidden = len(problems) - _SHOWN_PER_QUESTION
        problems[_SHOWN_PER_QUESTION:] = [
            f"{where}: {hidden} more answers are not in the codebook ({_rows(rest)})"
        ]
    for answer in question.not_offered:
        several = question.kind == "multiple"
        column = f"{question.role}__{answer}" if several else question.role
        n = int((part[column] == ("1" if several else answer)).sum())
        if n:
            problems.append(
                f"{where}: {answer!r} is in the data ({_rows(n)}) but listed as not offered; "
                "take it from not_offered"
            )
    return problems


def _rows(n: int) -> str:
    return f"{n} row" if n == 1 else f"{n} rows"


def _code_question(
    raw: pd.DataFrame, question: Question, codebook: Codebook
) -> tuple[pd.DataFrame, dict]:
    tally = {"unknown": Counter(), "recoded": Counter(), "other_left": 0}
    if not question.column:
        return _code_ticked_columns(raw, question, tally), tally
    blanks = {match_key(text) for text in ("", *codebook.cleaning.blank)}
    column = raw[tidy(question.column)]
    counts = column.value_counts()
    if question.kind in ("date", "number", "weight"):
        cells = {
            text: _code_scale(text, question.kind, codebook.file.datetime_format, blanks)
            for text in counts.index
        }
        for text, value in cells.items():
            if value is pd.NaT:
                tally["unknown"][tidy(text)] += int(counts[text])
        return pd.DataFrame({question.role: column.map(cells)}), tally
    coded = {text: _code_text(text, question, blanks) for text in counts.index}
    for text, cell in coded.items():
        n = int(counts[text])
        tally["unknown"].update(dict.fromkeys(cell.unknown, n))
        tally["recoded"].update(dict.fromkeys(cell.recoded, n))
        tally["other_left"] += n * cell.other_left
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


def _code_text(text: str, question: Question, blanks: set[str]) -> _Cell:
    """Code one cell of a question with answers, or of an open question."""
    key = match_key(text).removesuffix(question.separator)
    if key in blanks:
        return _Cell(missing="no_answer")
    for kind, texts in question.missing.items():
        if key in {match_key(each) for each in texts}:
            return _Cell(missing=kind)
    if question.kind == "text":
        return _Cell(codes=frozenset({"answered"}))
    known = {match_key(answer.text): answer.code for answer in question.answers}
    parts = _parts(tidy(text), question, known) if question.separator else [tidy(text)]
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
    return _Cell(
        codes=frozenset(codes),
        recoded=tuple(recoded),
        other_left=int(other_left),
        unknown=tuple(unknown),
    )


def _is_other(part: str, question: Question) -> bool:
    return bool(question.other_code) and match_key(part).startswith(
        match_key(question.other_prefix)
    )


def _parts(text: str, question: Question, known: Mapping[str, str]) -> list[str]:
    """Split several answers; what follows "Other:" and is no answer belongs to its free text."""
    parts: list[str] = []
    for part in (piece.strip() for piece in text.split(question.separator)):
        if not part:
            continue
        if parts and match_key(part) not in known and match_key(parts[-1]) not in known:
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


def _code_scale(text: str, kind: str, datetime_format: str, blanks: set[str]) -> object:
    """Return a time or a number, None for nothing, NaT for what is neither."""
    if match_key(text) in blanks:
        return None
    if kind == "date":
        return pd.to_datetime(tidy(text), format=datetime_format or "ISO8601", errors="coerce")
    try:
        value = float(tidy(text))
    except ValueError:
        return pd.NaT
    usable = math.isfinite(value) and (kind != "weight" or value >= 0)
    return value if usable else pd.NaT


def _code_ticked_columns(raw: pd.DataFrame, question: Question, tally: dict) -> pd.DataFrame:
    """Code a question that has a column for each answer."""
    sources = {answer.code: (answer, tidy(answer.column)) for answer in question.answers}
    ticks = {}
    for name, (answer, column) in sources.items():
        ticks[name] = _mapped(raw[column], lambda text, a=answer: _ticked(text, a))
        bad = raw.loc[ticks[name].isna(), column]
        tally["unknown"].update(tidy(text) for text in bad)
    nothing = ~pd.DataFrame(ticks).fillna(False).astype(bool).any(axis=1)
    missing = nothing.map({True: "no_answer", False: ""})
    for kind, column in question.missing_columns.items():
        said = _mapped(raw[tidy(column)], lambda text: match_key(text) in _TICKED)
        missing = missing.mask(said & nothing, kind)
    return pd.DataFrame(
        {
            f"{question.role}__{name}": ticked.map({True: "1", False: "0"}).where(
                missing == "", missing
            )
            for name, ticked in ticks.items()
        }
    )


def _ticked(text: str, answer: Answer) -> bool | None:
    key = match_key(text)
    if key in _TICKED or key in (match_key(answer.text), match_key(answer.label)):
        return True
    return False if key in _NOT_TICKED else None


def _route(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Turn "no answer" into "not asked" where the routing passes a question by."""
    routed = frame.copy()
    by_id = {question.id: question for question in codebook.questions}
    for question in codebook.questions:
        if not question.asked_if_question:
            continue
        asked = frame[by_id[question.asked_if_question].role].isin(question.asked_if_answers)
        for column in question.columns:
            passed = ~asked & (frame[column] == "no_answer")
            routed[column] = routed[column].mask(passed, "not_asked")
    return routed
