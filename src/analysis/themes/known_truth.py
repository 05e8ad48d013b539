"""How well the rules find themes that are known, because the answers were made from them."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis import cleaning, paths
from analysis.survey import Survey
from analysis.survey.codebook import Codebook
from analysis.survey.theme_rules import ThemeRules
from analysis.survey.wording import tidy
from analysis.synthetic import simulation
from analysis.themes import theme_codes
from analysis.themes.agreement import compare_codes

#: Open questions of the generator.
ROLES = ("change", "change_why")

#: The answers to all of them together.
BOTH = "both"


def true_themes(survey: Survey, responses: pd.DataFrame, role: str) -> pd.DataFrame | None:
    """Return the true themes of the answers to a question, if they are known.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        An open question.

    Returns
    -------
    pandas.DataFrame or None
        As `CodedThemes.indicators`; None for a real survey, and for a raw file that is not the one
        that the seed of `simulation.toml` gives.
    """
    own = paths.RAW / survey.name / "simulation.toml"
    if not survey.codebook.synthetic or not own.is_file() or survey.codebook.themes is None:
        return None
    made = simulation.default(survey.name)
    if survey.raw_path.read_bytes() != simulation.export_bytes(made.raw):
        return None
    true = made.truth.set_index("raw_row")[role].reindex(responses["raw_row"])
    indicators = _indicators(true.set_axis(responses.index), survey.codebook.themes)
    return indicators[responses[role].notna()]


def read_phrases(path: Path) -> dict[str, dict[str, list[str]]]:
    """Read a table of phrases, of its own or inside `[open.phrases]`.

    Parameters
    ----------
    path : pathlib.Path
        A TOML file.

    Returns
    -------
    dict
        Theme -> `change` and `why` -> phrases.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    table = table.get("open", {}).get("phrases", table.get("phrases", table))
    return {theme: kinds for theme, kinds in table.items() if isinstance(kinds, dict)}


def measure(
    codebook: Codebook, *, seeds: Sequence[int], phrases: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Code answers of new people and compare them with the themes they were made from.

    Parameters
    ----------
    codebook : Codebook
        That of the default survey, or with other rules.
    seeds : sequence of int
        A whole survey is made and cleaned for each; the answers of all count together.
    phrases : mapping, optional
        Takes the place of the generator's phrases: theme -> `change` and `why` -> sentences with
        the generator's slots.

    Returns
    -------
    pandas.DataFrame
        `role`, then as `agreement`, a row a question and theme, and a row a theme with the role
        "both": the answers to all questions together.
    """
    parameters = simulation.default_parameters()
    if phrases is not None:
        parameters["open"]["phrases"] = phrases
    coded, truth = {role: [] for role in ROLES}, {role: [] for role in ROLES}
    for number, seed in enumerate(seeds):
        made = simulation.simulate(codebook, parameters, rng=np.random.default_rng(seed))
        raw = made.raw.rename(columns=tidy)
        raw.insert(0, "raw_row", range(1, len(raw) + 1))
        kept = cleaning.clean(raw, codebook).responses.set_index("raw_row")
        for role in ROLES:
            rows = kept.index[kept[role] == "answered"]
            column = raw.set_index("raw_row")[tidy(codebook.question(role).column)]
            found = theme_codes.code_themes(column.loc[rows], codebook, role=role).indicators
            true = made.truth.set_index("raw_row").loc[rows, role]
            true = _indicators(true, theme_codes.rules_of(codebook))
            coded[role].append(found.set_axis([(number, role, row) for row in rows]))
            truth[role].append(true.set_axis([(number, role, row) for row in rows]))
    parts = {role: (coded[role], truth[role]) for role in ROLES}
    parts[BOTH] = tuple([part for role in ROLES for part in each[role]] for each in (coded, truth))
    tables = [
        compare_codes(pd.concat(one), pd.concat(two)).assign(role=role)
        for role, (one, two) in parts.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    return table[["role", *table.columns.drop("role")]]


def _indicators(true: pd.Series, rules: ThemeRules) -> pd.DataFrame:
    """Bring codes joined by ";" to a column a theme; a code that is no theme counts for none."""
    named = true.fillna("").str.split(";")
    return pd.DataFrame(
        {
            label: named.map(lambda codes, code=code: code in codes).astype(bool)
            for code, label in rules.labels.items()
        },
        index=true.index,
    )
