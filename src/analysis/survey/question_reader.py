"""Read one question of a codebook: where it stands in the export, and its answers."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.survey.bands import band_answers, read_bands
from analysis.survey.codebook import KINDS, Answer, Question
from analysis.survey.codebook_tables import Table


def read_question(
    source: Any,
    number: int,
    *,
    lists: Mapping,
    recodes: Mapping,
    decimal_comma: bool,
    problems: list[str],
) -> Question | None:
    """Read a question.

    Parameters
    ----------
    source : object
        What stands below `[[question]]`.
    number : int
        Its place among the questions, from 0.
    lists, recodes : mapping
        Name -> what questions share.
    decimal_comma : bool
        Whether the file writes 1,5 for 1.5.
    problems : list of str
        What is wrong is added.

    Returns
    -------
    Question or None
        None if it is no table at all.
    """
    if not isinstance(source, dict):
        problems.append(f"question number {number + 1}: not a table; write [[question]]")
        return None
    table = Table(source, f"question {source.get('id', f'number {number + 1}')!r}", problems)
    identity = table.take("id", str)
    kind = table.take("kind", str)
    if kind is not None and kind not in KINDS:
        problems.append(f"{table.where}: kind {kind!r}; choose one of {', '.join(KINDS)}")
    together = table.texts("columns")
    column = table.take("column", str, together[0] if together else "")
    if together and "column" in table.table:
        problems.append(f"{table.where}: column and columns; keep one")
    asked_if = table.table_at("asked_if")
    other = table.table_at("other")
    other_column = other.take("column", str, "")
    missing_columns = table.table_at("missing_columns")
    bands = read_bands(table, kind)
    question = Question(
        id=identity,
        role=table.take("role", str, identity),
        kind="single" if bands else kind,
        wording=table.take("wording", str, column),
        base=table.take("base", str, "Everyone"),
        column=column,
        further_columns=together[1:],
        answers=band_answers(bands) if bands else _answers(table, lists),
        missing=table.text_lists("missing"),
        missing_columns={key: missing_columns.take(key, str) for key in missing_columns.table},
        asked_if_question=asked_if.take("question", str, ""),
        asked_if_answers=asked_if.texts("answers"),
        recode=_recode(table, recodes),
        other_code=other.take("code", str, ""),
        other_prefix=other.take("prefix", str, None if other_column else ""),
        other_column=other_column,
        separator=table.take("separator", str, ""),
        not_offered=table.texts("not_offered"),
        best=table.texts("best"),
        bands=bands,
        not_ticked=table.texts("not_ticked"),
        noun=table.take("noun", str, ""),
        decimal_comma=decimal_comma,
    )
    for inner in (asked_if, other, missing_columns, table):
        inner.close()
    return question


def _recode(table: Table, recodes: Mapping) -> dict[str, tuple[str, ...]]:
    """Read the recodes of a question, its own or shared ones."""
    recode = table.take("recode", (str, dict), {})
    if isinstance(recode, str):
        if recode not in recodes:
            table.problems.append(
                f"{table.where}: recode {recode!r} is not in [recodes]; add it there"
            )
        recode = recodes.get(recode, {})
    return Table({"recode": recode}, table.where, table.problems).text_lists("recode")


def _answers(table: Table, lists: Mapping) -> tuple[Answer, ...]:
    """Read the answers of a question, its own or a shared list."""
    source = table.take("answers", (str, list), [])
    columns = table.table_at("answer_columns")
    if isinstance(source, str):
        if source not in lists:
            table.problems.append(f"{table.where}: no list {source!r}; add [[lists.{source}]]")
        source = lists.get(source, [])
    answers = []
    for entry in source:
        if not isinstance(entry, dict):
            table.problems.append(f"{table.where}: answer {entry!r} is not a table; give it a code")
            continue
        answer = Table(entry, f"{table.where}, answer {entry.get('code')!r}", table.problems)
        code = answer.take("code", str)
        tile = answer.take("tile", list, [])
        if tile and not (len(tile) == 2 and all(type(each) is int for each in tile)):
            table.problems.append(f"{answer.where}: tile = {tile!r}; write [row, column]")
        label = answer.take("label", str)
        text, *further = _texts(answer, label)
        if code is not None and not re.fullmatch(r"[a-z0-9_]+", code):
            table.problems.append(f"{answer.where}: code {code!r}; use a-z, 0-9 and _ alone")
        answers.append(
            Answer(
                code=code,
                label=label,
                text=text,
                further_texts=tuple(further),
                group=answer.take("group", str, ""),
                column=columns.take(code, str, ""),
                exclusive=answer.take("exclusive", bool, False),
                tile=tuple(tile),
            )
        )
        answer.close()
    columns.close()
    return tuple(answers)


def _texts(answer: Table, label: str | None) -> list[Any]:
    """Read what the export writes for an answer: one text or several, the label if not said."""
    texts = answer.take("text", (str, list), label)
    if not isinstance(texts, list):
        return [texts]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        answer.problems.append(
            f"{answer.where}: text = {texts!r}; write one text, or a list of what the export writes"
        )
        return [label]
    return texts
