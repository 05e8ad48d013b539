"""Cells that hold codes, of which a dictionary says what they stand for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.evidence import BLANK
from analysis.drafting.known_answers import missing_kind
from analysis.survey.answer_texts import NOT_TICKED, TICKED
from analysis.survey.spellings import spelling
from analysis.survey.wording import match_key, tidy

#: Column -> code -> what it stands for.
Codes = Mapping[str, Mapping[str, str]]


def labelled(frame: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    """Write what codes stand for in their place.

    Parameters
    ----------
    frame : pandas.DataFrame
        The export, all text.
    codes : mapping
        Column -> code -> what it stands for.

    Returns
    -------
    pandas.DataFrame
        A copy. Where fewer than half of the cells of a column are codes of answers, as of an age
        in years, only codes of missing answers are replaced.

    Examples
    --------
    >>> cells = {"a": ["1", "2.0", "-9"], "b": ["41", "18", "-9"]}
    >>> said = {"a": {"1": "Yes", "2": "No", "-9": "Refused"}, "b": {"-9": "Refused", "99": "99+"}}
    >>> labelled(pd.DataFrame(cells), said).to_dict("list")
    {'a': ['Yes', 'No', 'Refused'], 'b': ['41', '18', 'Refused']}
    """
    told = frame.copy()
    for column, said in codes.items():
        if column not in frame:
            continue
        by_key = {spelling(code): label for code, label in said.items()}
        keys = frame[column].map({text: spelling(text) for text in frame[column].unique()})
        if not _are_codes(keys, by_key):
            by_key = {key: label for key, label in by_key.items() if missing_kind(label)}
        cells = [by_key.get(key, cell) for key, cell in zip(keys, frame[column], strict=True)]
        told[column] = pd.Series(cells, index=frame.index, dtype="str")
    return told


def _are_codes(keys: pd.Series, by_key: Mapping[str, str]) -> bool:
    """Tell whether at least half of the answers are codes or what they stand for."""
    answers = keys[~keys.isin(BLANK)]
    answers = answers[~answers.map(lambda key: bool(missing_kind(by_key.get(key, key))))]
    known = {*by_key, *(match_key(label) for label in by_key.values())}
    return bool(answers.isin(known).mean() >= 0.5) if len(answers) else True


def with_written(question: Drafted, frame: pd.DataFrame, codes: Codes) -> Drafted:
    """Say which codes the export writes for the answers of a question.

    Parameters
    ----------
    question : Drafted
        Drafted from cells as `labelled` writes them.
    frame : pandas.DataFrame
        The export as it is.
    codes : mapping
        Column -> code -> what it stands for.

    Returns
    -------
    Drafted
        Its answers with what is written for them; all codes of missing answers under `missing`,
        whether anybody gave them or not.
    """
    ticks = {each.column: each.text for each in question.answers if each.column}
    columns = list(ticks) or [question.header]
    raw = {spelling(text) for column in columns for text in frame[column].unique()}
    answers = [
        replace(each, written=_written(each, codes.get(each.column or question.header, {}), raw))
        for each in question.answers
    ]
    missing = {kind: list(texts) for kind, texts in question.missing.items()}
    not_ticked: list[str] = []
    for column in columns:
        for code, label in codes.get(column, {}).items():
            told = ticks.get(column, "") if match_key(label) in TICKED else label
            kind, key = missing_kind(told), spelling(code)
            if kind and not (ticks and key in TICKED):
                missing.setdefault(kind, []).append(code)
            elif ticks and match_key(label) in NOT_TICKED and key not in NOT_TICKED:
                not_ticked.append(code)
    no = NOT_TICKED.union(map(spelling, not_ticked))
    lost = _lost(answers, no)
    labels = {match_key(label) for column in columns for label in codes.get(column, {}).values()}
    kept = {
        kind: [
            text
            for text in dict.fromkeys(texts)
            if match_key(text) not in labels - raw and spelling(text) not in lost
        ]
        for kind, texts in missing.items()
    }
    return replace(
        question,
        answers=[
            replace(each, written=[code for code in each.written if spelling(code) not in no])
            if each.column else each
            for each in answers
        ],
        missing={kind: texts for kind, texts in kept.items() if texts},
        not_ticked=list(dict.fromkeys(not_ticked)),
        decide=[*question.decide, *(_lost_mark(code, n) for code, n in lost.items())],
    )  # fmt: skip


def _lost(answers: Sequence[Listed], no: set[str]) -> Counter:
    """Count the columns in which a code means a tick and cannot be read so: code -> columns.

    Either it says elsewhere that something was not ticked (`no`), or it is the tick of an answer
    in one column and of a kind of missing in another.
    """
    ticks = [each for each in answers if each.column]
    own = {spelling(c) for each in ticks if not missing_kind(each.text) for c in each.written}
    return Counter(
        key
        for each in ticks
        for key in map(spelling, each.written)
        if key in no or (missing_kind(each.text) and key in own)
    )


def _lost_mark(code: str, columns: int) -> str:
    where = "one of its columns" if columns == 1 else f"{columns} of its columns"
    return (
        f"the code {code!r} means in {where} that it was ticked, and check-export refuses it or "
        "takes it for no tick: write 1 in its place in the export."
    )


def _written(answer: Listed, said: Mapping[str, str], raw: set[str]) -> Sequence[str]:
    """List the codes of an answer, and its label if that stands in cells too."""
    label = match_key(answer.text)
    if answer.column:  # a tick: what says so in any survey need not be said
        return [
            code
            for code, told in said.items()
            if match_key(told) in {*TICKED, label} and spelling(code) not in TICKED
        ]
    own = [code for code, told in said.items() if match_key(told) == label]
    both = [*own, tidy(answer.text)] if own and label in raw - set(map(spelling, own)) else own
    return [] if len(both) == 1 and match_key(both[0]) == label else both
