"""Read `codebook.toml` strictly: everything wrong with it is said at once."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.errors import SurveyError, contradiction_error
from analysis.exports import RawFile
from analysis.survey import theme_reader
from analysis.survey.bands import band_answers, read_bands
from analysis.survey.codebook import (
    KINDS,
    Answer,
    CleaningRules,
    Codebook,
    Population,
    Question,
    Words,
)
from analysis.survey.codebook_checks import self_contradictions
from analysis.survey.file_checks import split_name
from analysis.survey.theme_rules import ThemeRules

_REQUIRED = object()


def read_codebook(path: Path) -> Codebook:
    """Read a codebook and refuse it if it contradicts itself.

    Parameters
    ----------
    path : pathlib.Path
        A `codebook.toml`; the name of its folder is the name of the survey.

    Returns
    -------
    Codebook
        Questions in the order of the file.

    Raises
    ------
    SurveyError
        With every contradiction: unknown and missing keys, wrong types, repeated codes, texts,
        columns and roles, unknown kinds, lists and references, clashing orders, open decisions.
    """
    name = path.parent.name
    problems: list[str] = []
    try:
        source = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        codebook = _codebook(_Table(source, "the file", problems))
    except FileNotFoundError:
        raise SurveyError(f"{name} has no codebook.toml; write one (docs/codebook.md)") from None
    except RecursionError:
        deep = "tables or lists inside each other too often to be read; write them flat"
        raise contradiction_error(name, [deep]) from None
    except ValueError as error:
        raise contradiction_error(name, [f"no TOML in UTF-8: {error}; mend that place"]) from None
    if codebook is not None:
        problems += self_contradictions(codebook) + theme_reader.theme_contradictions(codebook)
        if codebook.id != name:
            problems.append(f"[survey]: id is {codebook.id!r}; make it the folder's name, {name!r}")
    if codebook is None or problems:
        raise contradiction_error(name, problems)
    return codebook


class _Table:
    """A TOML table that notes every key that is missing, unknown or of the wrong type."""

    def __init__(self, table: Mapping[str, Any], where: str, problems: list[str]) -> None:
        self.table, self.where, self.problems = table, where, problems
        self.taken: set[str] = set()

    def take(self, key: str, kind: Any, default: Any = _REQUIRED) -> Any:
        """Return the value of a key; a missing or mistyped one is noted and replaced."""
        self.taken.add(key)
        if key not in self.table:
            if default is _REQUIRED:
                self.problems.append(f"{self.where}: no {key!r}; add it")
                return None
            return default
        value = self.table[key]
        narrower = {int: bool, date: datetime}.get(kind, ())  # no whole number, and no day alone
        if not isinstance(value, kind) or isinstance(value, narrower):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            wanted = " or ".join(each.__name__ for each in kinds)
            self.problems.append(f"{self.where}: {key} = {value!r} is not {wanted}; correct it")
            return None if default is _REQUIRED else default
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.take(key, list, list(default))
        if any(not isinstance(value, str) for value in values):
            self.problems.append(f"{self.where}: {key} holds other things than text; quote them")
        return tuple(str(value) for value in values)

    def text_lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return a table of lists of texts."""
        inner = self.table_at(key)
        lists = {name: inner.texts(name) for name in inner.table}
        inner.close()
        return lists

    def table_at(self, key: str) -> "_Table":
        """Return a table inside this one, empty if there is none."""
        return _Table(self.take(key, dict, {}), f"{self.where}, {key}", self.problems)

    def close(self) -> None:
        """Note what is still to be decided, and the keys that nobody took."""
        decide = self.take("decide", (str, list), [])
        for text in [decide] if isinstance(decide, str) else decide:
            self.problems.append(f"{self.where}: decide, then delete the line: {text}")
        for key in self.table:
            if key not in self.taken:
                self.problems.append(f"{self.where}: unknown key {key!r}; remove or correct it")


def _codebook(top: _Table) -> Codebook | None:
    survey = _Table(top.take("survey", dict, {}), "[survey]", top.problems)
    lists = top.take("lists", dict, {})
    recodes = top.take("recodes", dict, {})
    tables = top.take("question", list, [])
    if not tables:
        top.problems.append("the file: no [[question]]; describe the questions")
    questions = [
        _question(table, n, lists, recodes, top.problems) for n, table in enumerate(tables)
    ]
    codebook = Codebook(
        id=survey.take("id", str),
        title=survey.take("title", str),
        synthetic=survey.take("synthetic", bool),
        population=survey.take("population", str),
        source=survey.take("source", str),
        licence=survey.take("licence", str),
        where_to_get=survey.take("where_to_get", str),
        limits=survey.take("limits", str),
        timezone=survey.take("timezone", str, "Europe/London"),
        disclosure_threshold=survey.take("disclosure_threshold", int, 10),
        opens=survey.take("opens", date, None),
        closes=survey.take("closes", date, None),
        words=_record(Words, _Table(top.take("words", dict, {}), "[words]", top.problems)),
        file=_record(
            RawFile, _Table(split_name(top.take("file", dict, {})), "[file]", top.problems)
        ),
        cleaning=_record(
            CleaningRules, _Table(top.take("cleaning", dict, {}), "[cleaning]", top.problems)
        ),
        questions=tuple(question for question in questions if question is not None),
        population_counts=_population(top) if "population" in top.table else None,
        themes=_themes(top),
    )
    survey.close()
    top.close()
    return None if top.problems else codebook


def _population(top: _Table) -> Population:
    table = _Table(top.take("population", dict, {}), "[population]", top.problems)
    margins = table.take("margins", list)
    if margins is not None and not all(
        isinstance(margin, list) and all(isinstance(role, str) for role in margin)
        for margin in margins
    ):
        table.problems.append(f"[population]: margins = {margins!r}; write lists of roles")
        margins = None
    among = table.table_at("among")
    population = Population(
        file=table.take("file", str),
        count=table.take("count", str),
        label=table.take("label", str),
        source=table.take("source", str),
        margins=tuple(tuple(margin) for margin in margins or ()),
        among=among.take("role", str, ""),
        people_of=among.texts("answers"),
        outside=table.text_lists("outside"),
        largest_weight=float(table.take("largest_weight", (int, float), 0.0)),
    )
    among.close()
    table.close()
    return population


def _themes(top: _Table) -> ThemeRules | None:
    rules = _Table(top.take("theme_rules", dict, {}), "[theme_rules]", top.problems)
    tables = []
    for number, source in enumerate(top.take("theme", list, []), start=1):
        if not isinstance(source, dict):
            top.problems.append(f"theme number {number}: not a table; write [[theme]]")
            continue
        name = source.get("code", f"number {number}")
        tables.append(_Table(source, f"theme {name!r}", top.problems))
    return theme_reader.read_themes(rules, tables)


def _record(kind: type, table: _Table) -> Any:
    """Fill a flat record (words, file, cleaning rules) from its table."""
    values = {}
    for field in kind.__dataclass_fields__.values():
        default = _REQUIRED if field.default is field.default_factory else field.default
        if field.type == tuple[str, ...]:
            values[field.name] = table.texts(field.name, default)
        else:
            values[field.name] = table.take(field.name, field.type, default)
    table.close()
    return kind(**values)


def _question(
    source: Any, number: int, lists: Mapping, recodes: Mapping, problems: list[str]
) -> Question | None:
    if not isinstance(source, dict):
        problems.append(f"question number {number + 1}: not a table; write [[question]]")
        return None
    table = _Table(source, f"question {source.get('id', f'number {number + 1}')!r}", problems)
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
    other_code = other.take("code", str, "")
    recode = table.take("recode", (str, dict), {})
    if isinstance(recode, str):
        if recode not in recodes:
            problems.append(f"{table.where}: recode {recode!r} is not in [recodes]; add it there")
        recode = recodes.get(recode, {})
    rules = _Table({"recode": recode}, table.where, problems).text_lists("recode")
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
        recode=rules,
        other_code=other_code,
        other_prefix=other.take("prefix", str, ""),
        separator=table.take("separator", str, ""),
        not_offered=table.texts("not_offered"),
        best=table.texts("best"),
        bands=bands,
        not_ticked=table.texts("not_ticked"),
        noun=table.take("noun", str, ""),
    )
    for inner in (asked_if, other, missing_columns, table):
        inner.close()
    return question


def _answers(table: _Table, lists: Mapping) -> tuple[Answer, ...]:
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
        answer = _Table(entry, f"{table.where}, answer {entry.get('code')!r}", table.problems)
        code = answer.take("code", str)
        tile = answer.take("tile", list, [])
        if tile and not (len(tile) == 2 and all(type(each) is int for each in tile)):
            table.problems.append(f"{answer.where}: tile = {tile!r}; write [row, column]")
        label = answer.take("label", str)
        if code is not None and not re.fullmatch(r"[a-z0-9_]+", code):
            table.problems.append(f"{answer.where}: code {code!r}; use a-z, 0-9 and _ alone")
        answers.append(
            Answer(
                code=code,
                label=label,
                text=answer.take("text", str, label),
                group=answer.take("group", str, ""),
                column=columns.take(code, str, ""),
                exclusive=answer.take("exclusive", bool, False),
                tile=tuple(tile),
            )
        )
        answer.close()
    columns.close()
    return tuple(answers)
