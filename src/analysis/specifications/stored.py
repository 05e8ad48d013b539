"""The specifications of a survey as stored tables: made by a command, read by notebook 09."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import exports, files, paths
from analysis.errors import SurveyError
from analysis.privacy import rule_of
from analysis.specifications import claims, curves, grids
from analysis.specifications.people import Cleanings
from analysis.specifications.rounding import rounded
from analysis.survey import Survey
from analysis.survey.made_from import RECORD, hashes

#: Of how specifications are made; tables of another version are made again.
METHOD = 3

#: The tables: a row a claim, a choice, a specification.
TABLES = ("claims", "choices", "specifications")

#: Columns of texts that may be empty in every row, so that a file does not tell what they are.
_TEXTS = {"sensitive_to", "single", "level_low", "level_high"}

#: The numbers of a specification.
_NUMBERS = ["estimate", "conf_low", "conf_high", "p_value", "n"]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The tables of `curves.Curve`, of all claims, as they may be shown.

    Numbers are rounded (`rounding`): from two specifications that differ in a few people their
    answers could be worked out else. What they conclude was concluded before.
    """

    claims: pd.DataFrame
    choices: pd.DataFrame
    specifications: pd.DataFrame
    absent: dict[str, str]


def made_from(survey: Survey) -> dict[str, str]:
    """Say what the tables of a survey depend on: hashes of its files, and the method.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    dict
        Name -> SHA-256, and "method".
    """
    return {"method": str(METHOD), **hashes(survey)}


def make(survey: Survey, *, progress: Callable[[int, int], None] | None = None) -> Stored:
    """Work out the specifications of a survey, and store them.

    Parameters
    ----------
    survey : Survey
        The survey.
    progress : callable, optional
        As `grids.make_grid` takes it.

    Returns
    -------
    Stored
        As written to `folder_of`.

    Raises
    ------
    SurveyError
        If there is no headline that a choice bears on.
    """
    grid = grids.make_grid(survey, survey.read_raw(), progress=progress)
    found = [curves.curve_of(grid, claim) for claim in grid.claims]
    if not found:
        raise SurveyError(
            f"no headline of {survey.name} can be tried with other choices: it has none, or no "
            "choice bears on them (weights, rules of cleaning, covariates)"
        )
    tables = {
        "claims": pd.DataFrame([each.summary for each in found]),
        "choices": pd.concat([each.choices for each in found]),
        "specifications": pd.concat([each.rows for each in found]),
    }
    folder, digests = folder_of(survey), {}
    units = tables["claims"].set_index("claim")["unit"]
    people = rule_of(survey.codebook).people()
    for name, table in tables.items():
        path = folder / f"{name}.csv"
        shown = rounded(table.reset_index(drop=True), units, people=people)
        files.write_csv(shown, path, synthetic=survey.codebook.synthetic)
        digests[path.name] = exports.sha256(path)
    keys = {"made_from": made_from(survey), "absent": grid.absent, "tables": digests}
    files.replace_text(folder / RECORD, json.dumps(keys, indent=1, ensure_ascii=False) + "\n")
    return read(survey)


def folder_of(survey: Survey) -> Path:
    """Return where the tables of a survey lie."""
    return survey.processed / "robustness"


def no_tables(survey: Survey) -> str:
    """Say why there are no tables for the replies of a survey.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        A clause; "" if there are.
    """
    if survey.subset:
        return "other choices are tried for everybody, not for a part of the people"
    how = f"python -m analysis robustness --survey {survey.name}"
    folder = _found(survey)
    if folder is None:
        return f"other choices were not tried yet for these replies; try them with {how}"
    keys = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    if keys["made_from"] != made_from(survey):
        of = "of other replies, another codebook or an earlier version"
        return f"the choices that were tried are {of}; {how}"
    changed = [n for n, of in keys["tables"].items() if exports.sha256(folder / n) != of]
    return (
        f"{changed[0]} was changed after it was made; make it again with {how}" if changed else ""
    )


def read(survey: Survey) -> Stored:
    """Read the tables of a survey, if they are of its replies and nobody changed them.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    Stored
        The tables. Those of the last run are copied to where this one writes.

    Raises
    ------
    SurveyError
        If there are none, of other replies, or changed ones.
    """
    reason = no_tables(survey)
    if reason:
        raise SurveyError(reason)
    folder = _found(survey)
    for path in sorted(folder.iterdir()) if folder != folder_of(survey) else ():
        files.replace_text(folder_of(survey) / path.name, path.read_text(encoding="utf-8"))
    tables = {name: pd.read_csv(folder / f"{name}.csv") for name in TABLES}
    keys = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    for name, table in tables.items():
        texts = set(table.select_dtypes(include=["object", "str"])) | _TEXTS & set(table)
        filled = {each: table[each].fillna("").astype("str") for each in sorted(texts)}
        tables[name] = table.assign(**filled).drop(columns="data")
    return Stored(**tables, absent=keys["absent"])


def again(survey: Survey, stored: Stored, *, every: int) -> pd.DataFrame:
    """Work some specifications out again, to show that the stored ones are real.

    Parameters
    ----------
    survey : Survey
        The survey.
    stored : Stored
        As `read` returns it.
    every : int
        Of each claim the report's specification and every so many others.

    Returns
    -------
    pandas.DataFrame
        `claim, again, same`: how many, and how many have the stored numbers: estimate, interval,
        p-value and n, rounded as these are.
    """
    people = rule_of(survey.codebook).people()
    cleanings = Cleanings(survey, survey.read_raw())
    found, _ = claims.claims_of(cleanings)
    rows = []
    for claim in found:
        table = grids.specifications_of(claim)
        mine = stored.specifications[stored.specifications["claim"] == claim.name]
        mine = mine.set_index("number")
        numbers = [0, *range(every, len(table), every)]
        part = table.iloc[numbers].to_dict("records")
        made = grids.worked_out(claim, cleanings, part)
        now = pd.DataFrame([{name: getattr(each, name) for name in _NUMBERS} for each in made])
        now = now.assign(claim=claim.name, number=[each + 1 for each in numbers])
        now = rounded(now, pd.Series({claim.name: claim.unit}), people=people).set_index("number")
        then = mine.reindex(now.index)
        alike = (now[_NUMBERS] == then[_NUMBERS]) | (now[_NUMBERS].isna() & then[_NUMBERS].isna())
        same = int(alike.all(axis=1).sum())
        rows.append({"claim": claim.about, "again": len(numbers), "same": same})
    return pd.DataFrame(rows)


def _found(survey: Survey) -> Path | None:
    """Return the folder with tables: where this run writes, or where the last one did."""
    last = paths.ROOT / "data" / "processed" / survey.name / "robustness"
    return next((each for each in (folder_of(survey), last) if (each / RECORD).is_file()), None)
