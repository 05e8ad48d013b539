"""Read `codebook.toml` strictly: everything wrong with it is said at once."""

import re
import tomllib
from datetime import date
from pathlib import Path

from analysis.errors import SurveyError, contradiction_error
from analysis.exports import RawFile
from analysis.files import visible
from analysis.survey import theme_reader
from analysis.survey.cleaning_rules import CleaningRules
from analysis.survey.codebook import RANGES, Codebook, Population, Words
from analysis.survey.codebook_checks import self_contradictions
from analysis.survey.codebook_tables import Table, record
from analysis.survey.file_checks import split_name
from analysis.survey.planned import Plan, plan_contradictions
from analysis.survey.question_reader import read_question
from analysis.survey.theme_rules import ThemeRules
from analysis.survey.wave_maps import WaveMap, WaveRules, map_contradictions

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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
        source = _visible(tomllib.loads(path.read_text(encoding="utf-8-sig")))
        codebook = _codebook(Table(source, "the file", problems))
    except FileNotFoundError:
        raise SurveyError(f"{name} has no codebook.toml; write one (docs/codebook.md)") from None
    except RecursionError:
        deep = "tables or lists inside each other too often to be read; write them flat"
        raise contradiction_error(name, [deep]) from None
    except ValueError as error:
        raise contradiction_error(name, [f"no TOML in UTF-8: {error}; mend that place"]) from None
    if codebook is not None:
        problems += self_contradictions(codebook) + theme_reader.theme_contradictions(codebook)
        problems += plan_contradictions(codebook.primary)
        codes = {question.role: question.codes for question in codebook.questions}
        problems += map_contradictions(codebook.waves, codes)
        if codebook.id != name:
            problems.append(f"[survey]: id is {codebook.id!r}; make it the folder's name, {name!r}")
    if codebook is None or problems:
        raise contradiction_error(name, problems)
    return codebook


def _visible(value: object, key: str = "") -> object:
    """Take what cannot be seen out of every text, but for how the export is read.

    A text with a control character stays: it is refused by its key (`shown_texts`).
    """
    if key == "file":
        return value
    if isinstance(value, dict):
        return {name: _visible(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_visible(each, key) for each in value]
    if isinstance(value, str) and key != "separator" and not _CONTROL.search(value):
        return visible(value)
    return value


def _codebook(top: Table) -> Codebook | None:
    survey = Table(top.take("survey", dict, {}), "[survey]", top.problems)
    lists = top.take("lists", dict, {})
    recodes = top.take("recodes", dict, {})
    tables = top.take("question", list, [])
    if not tables:
        top.problems.append("the file: no [[question]]; describe the questions")
    file = record(RawFile, Table(split_name(top.take("file", dict, {})), "[file]", top.problems))
    shared = {"lists": lists, "recodes": recodes, "decimal_comma": file.decimal_comma}
    questions = [
        read_question(table, number, problems=top.problems, **shared)
        for number, table in enumerate(tables)
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
        disclosure_method=survey.take("disclosure_method", str, RANGES),
        opens=survey.take("opens", date, None),
        closes=survey.take("closes", date, None),
        words=record(Words, Table(top.take("words", dict, {}), "[words]", top.problems)),
        file=file,
        cleaning=record(
            CleaningRules, Table(top.take("cleaning", dict, {}), "[cleaning]", top.problems)
        ),
        questions=tuple(question for question in questions if question is not None),
        primary=record(Plan, Table(top.take("primary", dict, {}), "[primary]", top.problems)),
        population_counts=_population(top) if "population" in top.table else None,
        themes=_themes(top),
        waves=_waves(top),
    )
    survey.close()
    top.close()
    return None if top.problems else codebook


def _population(top: Table) -> Population:
    table = Table(top.take("population", dict, {}), "[population]", top.problems)
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


def _themes(top: Table) -> ThemeRules | None:
    rules = Table(top.take("theme_rules", dict, {}), "[theme_rules]", top.problems)
    tables = []
    for number, source in enumerate(top.take("theme", list, []), start=1):
        if not isinstance(source, dict):
            top.problems.append(f"theme number {number}: not a table; write [[theme]]")
            continue
        name = source.get("code", f"number {number}")
        tables.append(Table(source, f"theme {name!r}", top.problems))
    return theme_reader.read_themes(rules, tables)


def _waves(top: Table) -> WaveRules:
    """Read how the survey is compared with earlier waves."""
    rules = Table(top.take("waves", dict, {}), "[waves]", top.problems)
    maps = []
    for number, source in enumerate(rules.take("map", list, []), start=1):
        if not isinstance(source, dict):
            top.problems.append(f"[waves] map number {number}: not a table; write [[waves.map]]")
            continue
        name = source.get("question", f"number {number}")
        table = Table(source, f"[[waves.map]] of {name!r}", top.problems)
        answers = table.table_at("answers")
        made = WaveMap(
            question=table.take("question", str),
            reason=table.take("reason", str),
            wave=table.take("wave", str, ""),
            was=table.take("was", str, ""),
            accept=table.texts("accept"),
            answers={code: answers.take(code, str) for code in answers.table},
        )
        answers.close()
        table.close()
        maps.append(made)
    found = WaveRules(maps=tuple(maps), ids_restart=rules.take("ids_restart", bool, False))
    rules.close()
    return found
