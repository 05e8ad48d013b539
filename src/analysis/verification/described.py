"""What the R script is given: the codebook as JSON, and themes by reply in a table not kept."""

import json
from pathlib import Path

import pandas as pd

from analysis import files, population
from analysis.errors import SurveyError
from analysis.privacy import rule_of
from analysis.survey import Survey
from analysis.survey.codebook import Question
from analysis.themes import answers
from analysis.themes.theme_codes import rules_of

#: Names of the files that the R script reads, in a folder that is removed afterwards.
DESCRIPTION, THEMES, POPULATION = "description.json", "themes.csv", "population.csv"


def describe(survey: Survey, wanted: list[str], folder: Path) -> str:
    """Write what the R script needs besides `responses.csv`: nothing that Python estimated.

    Parameters
    ----------
    survey : Survey
        The survey.
    wanted : list of str
        Ids of the headlines to be recomputed.
    folder : pathlib.Path
        Where it is written; not to be kept, for it may hold themes reply by reply.

    Returns
    -------
    str
        Why there are no themes by reply; "" if there are, or the survey has none.
    """
    why = _write_themes(survey, folder)
    table = _population(survey, folder)
    codebook = survey.codebook
    words = {name: getattr(codebook.words, name) for name in (
        "used_short", "preferred", "preferred_short", "satisfied", "digital_groups",
    )}  # fmt: skip
    described = {
        "survey": survey.name,
        "threshold": rule_of(codebook).people(),
        "received": _received(survey),
        "wanted": wanted,
        "words": words,
        "questions": {each.role: _question(codebook.noun(each.role), each)
                      for each in codebook.questions if each.kind != "date"},
        "placed": [each.label for each in _answers(survey, "district") if each.tile],
        "primary": list(codebook.primary.comparisons),
        "population": table,
        "themes": dict(rules_of(codebook).labels) if codebook.themes else {},
    }  # fmt: skip
    files.replace_text(folder / DESCRIPTION, json.dumps(described, indent=1, ensure_ascii=False))
    return why


def _answers(survey: Survey, role: str) -> tuple:
    return survey.codebook.question(role).answers if survey.has(role) else ()


def _question(noun: str, question: Question) -> dict[str, object]:
    """Describe a question: its columns, answers in order, and what the codebook says of these."""
    return {
        "kind": question.kind,
        "noun": noun,
        "columns": list(question.columns),
        "codes": list(question.codes),
        "labels": [each.label for each in question.answers],
        "groups": [each.group or each.label for each in question.answers],
        "exclusive": [each.code for each in question.answers if each.exclusive],
        "not_offered": list(question.not_offered),
        "best": list(question.best),
        "other": question.other_code,
        "in_order": question.in_order,
    }


def _received(survey: Survey) -> int:
    """Return how many replies came in, as the published ledger of exclusions says."""
    path = survey.processed / "exclusions.csv"
    if not path.is_file():
        raise SurveyError(f"{survey.name} has no exclusions.csv; run its report first")
    return int(pd.read_csv(path)["rows_before"].iloc[0])


def _population(survey: Survey, folder: Path) -> dict[str, object] | None:
    """Write the people of the population by category, and return what the codebook says of it."""
    described = survey.codebook.population_counts
    if described is None:
        return None
    _write(population.read_population(survey), folder / POPULATION)
    return {
        "margins": [list(each) for each in described.margins],
        "among": described.among,
        "people_of": list(described.people_of),
        "outside": {role: list(codes) for role, codes in described.outside.items()},
        "largest_weight": described.largest_weight,
    }


def _write_themes(survey: Survey, folder: Path) -> str:
    """Write who named which theme, coded by the phrases of the codebook from the raw file."""
    asked = [role for role in ("change", "change_why") if survey.has(role)]
    if not asked or survey.codebook.themes is None:
        return ""
    try:
        survey.read_raw()
    except SurveyError:
        return "open answers are in the raw file alone, and it is not here"
    people, parts = survey.responses(), []
    for role in asked:
        told = people.dropna(subset=[role])
        if told.empty:
            continue
        coded = answers.coded_answers(survey, told, role).indicators.astype(int)
        codes = {label: code for code, label in rules_of(survey.codebook).labels.items()}
        coded = coded.rename(columns={label: f"{role}__{code}" for label, code in codes.items()})
        parts.append(coded.set_axis(told["raw_row"].loc[coded.index], axis=0))
    if parts:
        table = pd.concat(parts, axis=1).rename_axis("raw_row").sort_index().reset_index()
        _write(table, folder / THEMES)
    return ""


def _write(table: pd.DataFrame, path: Path) -> None:
    files.replace_text(path, table.to_csv(index=False, lineterminator="\n"))
