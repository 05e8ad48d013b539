"""Make many surveys out of one: replies drawn at random, questions left out, answers changed."""

import json
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import paths, survey


def toml_value(value: object) -> str:
    """Write a value as TOML; tables become inline tables."""
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key)} = {toml_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return f"[{', '.join(toml_value(each) for each in value)}]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def without_roles(codebook: dict, roles: Sequence[str]) -> dict:
    """Leave questions out of a codebook, and every rule that names them."""
    gone = {each.get("role", each["id"]) for each in codebook["question"]} & set(roles)
    ids = {each["id"] for each in codebook["question"] if each.get("role", each["id"]) in gone}
    kept = [each for each in codebook["question"] if each["id"] not in ids]
    for question in kept:
        if question.get("asked_if", {}).get("question") in ids | gone:
            del question["asked_if"]
    rules = dict(codebook.get("cleaning", {}))
    for rule in ("abandoned_without", "straight_line"):
        if rule in rules:
            rules[rule] = [each for each in rules[rule] if each not in gone]
    for rule, role in (("no_connection", "connection"), ("was_preferred_yes", "was_preferred")):
        if role in gone:
            rules.pop(rule, None)
    if len(rules.get("straight_line", [])) < 3:
        rules.pop("straight_line", None)
    made = codebook | {"question": kept, "cleaning": rules}
    population = made.get("population")
    if population is not None:
        margins = [each for each in population["margins"] if not set(each) & gone]
        outside = {
            role: codes for role, codes in population.get("outside", {}).items() if role not in gone
        }
        made["population"] = population | {"margins": margins, "outside": outside}
        if not margins or population.get("among", {}).get("role") in gone:
            del made["population"]
    if not any(each.get("role") in ("used", "used_last", "preferred") for each in kept):
        made["words"] = {k: v for k, v in made["words"].items() if k != "digital_groups"}
    for theme in made.get("theme", []):
        for role in set(theme.get("only", {})) & gone:
            del theme["only"][role]
    if "change" in gone:
        for key in ("theme", "theme_rules"):
            made.pop(key, None)
    return made


def filled(role: str, texts: Sequence[str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return a change that gives these answers in turn, to all who gave the default survey one."""
    name = survey.load("herts_2023").codebook.question(role).column

    def change(raw: pd.DataFrame) -> pd.DataFrame:
        given = raw[name].str.strip() != ""
        return raw.assign(**{name: np.where(given, np.resize(texts, len(raw)), raw[name])})

    return change


def write_variant(
    source: str,
    raw_folder: Path,
    name: str,
    *,
    replies: int | None = None,
    seed: int = 0,
    without: Sequence[str] = (),
    weighted: bool = True,
    change: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> None:
    """Write a survey like another one.

    Parameters
    ----------
    source : str
        The survey to start from.
    raw_folder : pathlib.Path
        Where folders of surveys lie; the new one is written below it.
    name : str
        What the new one is called.
    replies : int, optional
        How many replies are drawn at random, in their order; all by default.
    seed : int
        Of the draw.
    without : sequence of str
        Roles of questions that the new one does not ask.
    weighted : bool
        False leaves the population out of the codebook, to which replies are weighted.
    change : callable, optional
        Changes the raw replies, all text.
    """
    start = survey.load(source)
    raw = pd.read_csv(
        start.raw_path,
        sep=start.codebook.file.delimiter,
        dtype="str",
        keep_default_na=False,
        encoding=start.codebook.file.encodings[0],
    )
    if replies is not None:
        raw = raw.sample(n=replies, random_state=seed).sort_index()
    if change is not None:
        raw = change(raw)
    origin = paths.ROOT / "data" / "raw" / source / "codebook.toml"
    codebook = without_roles(tomllib.loads(origin.read_text("utf-8")), without)
    codebook["survey"] |= {"id": name}
    if not weighted:
        codebook.pop("population", None)
    codebook["file"] = {
        key: value for key, value in codebook["file"].items() if key not in ("sha256", "encodings")
    } | {"name": "export.csv", "delimiter": ",", "ignore_other_columns": True}
    folder = raw_folder / name
    folder.mkdir(parents=True, exist_ok=True)
    raw.to_csv(folder / "export.csv", index=False)
    lines = [f"{json.dumps(key)} = {toml_value(value)}" for key, value in codebook.items()]
    (folder / "codebook.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    described = codebook.get("population")
    if described is not None:
        roles = list(dict.fromkeys(role for margin in described["margins"] for role in margin))
        counts = pd.read_csv(origin.parent / described["file"])
        counts.groupby(roles, sort=False)[described["count"]].sum().to_csv(
            folder / described["file"]
        )
