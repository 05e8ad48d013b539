"""Surveys of other shapes run to their end; the whole of it is `python tests/run_surveys.py`."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import variants
from run_surveys import Variant, run_in_process, run_variant

from analysis import paths, survey
from analysis.publish import checking, runs

HEAD = {
    "survey": {
        "id": "ways", "title": "Ways", "synthetic": True, "population": "nobody",
        "source": "made up", "licence": "CC0-1.0", "where_to_get": "made up", "limits": "Made up.",
    },
    "words": {
        "channel": "way", "channels": "ways", "district": "ward", "districts": "wards",
        "used": "used", "preferred": "would prefer", "used_short": "Used",
        "preferred_short": "Prefer", "satisfied": "were content", "satisfaction": "experience",
        "preference": "Made up.",
    },
    "file": {"name": "data.csv", "ignore_other_columns": True},
}  # fmt: skip


def answers(kind: str, count: int) -> list[dict]:
    return [
        {"code": f"{kind}{at}", "label": f"{kind.capitalize()} {at}", "text": str(at)}
        for at in range(1, count + 1)
    ]


def question(role: str, kind: str, of: list[dict]) -> dict:
    asked = {"id": role, "role": role, "kind": kind, "wording": f"{role}?", "base": "Everyone"}
    if kind == "multiple":
        ticked = {each["code"]: f"{role}{at}" for at, each in enumerate(of, 1)}
        return asked | {"answers": of, "answer_columns": ticked}
    return asked | {"answers": of, "column": role}


def write(folder: Path, data: pd.DataFrame, questions: list[dict]) -> None:
    made = folder / "ways"
    made.mkdir(parents=True)
    data.to_csv(made / "data.csv", index=False)
    codebook = HEAD | {"question": questions}
    lines = [f"{json.dumps(key)} = {variants.toml_value(each)}" for key, each in codebook.items()]
    (made / "codebook.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(folder: Path, data: pd.DataFrame, questions: list[dict]) -> tuple[dict, list[str]]:
    """Run a survey; return what stopped, and the lines of its plan."""
    write(folder / "raw", data, questions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "RAW", folder / "raw")
        patch.setattr(paths, "RAW_ELSEWHERE", None)
        planned = checking.check(survey.load("ways")).runs
        return run_in_process("ways", folder / "out"), runs.planned_lines(planned)


@pytest.mark.parametrize(
    "variant",
    [
        Variant(source="herts_2023", replies=30, seed=17),
        Variant(source="herts_2023", replies=60, seed=3),
        Variant(source="herts_2023", replies=120, seed=2, roles=("used", "used_last")),
        Variant(source="herts_2023", replies=250, seed=3, roles=("preferred", "district")),
    ],
    ids=lambda variant: variant.name,
)
def test_a_sample_of_the_default_survey_runs_to_its_end(variant):
    assert run_variant(variant)[1] == {}


def test_a_way_that_nobody_used_stops_nothing(tmp_path):
    rng, ways = np.random.default_rng(1), answers("way", 3)
    data = pd.DataFrame(rng.integers(0, 2, (240, 6)), columns=[*(f"used{i}" for i in (1, 2, 3)),
                        *(f"preferred{i}" for i in (1, 2, 3))]).assign(used3=0)  # fmt: skip
    data = data.assign(satisfaction=rng.integers(1, 6, 240), district=rng.integers(1, 5, 240))
    asked = [
        question("used", "multiple", ways),
        question("preferred", "multiple", ways),
        question("satisfaction", "ordered", answers("step", 5)),
        question("district", "single", answers("ward", 4)),
    ]
    assert run(tmp_path, data, asked)[0] == {}


def test_satisfaction_of_two_answers_by_two_wards_is_told_without_the_wards(tmp_path):
    rng = np.random.default_rng(2)
    data = pd.DataFrame(
        {
            "used": rng.integers(1, 4, 200),
            "satisfaction": rng.integers(1, 3, 200),
            "district": rng.integers(1, 3, 200),
        }
    )
    asked = [
        question("used", "single", answers("way", 3)),
        question("satisfaction", "ordered", answers("step", 2)),
        question("district", "single", answers("ward", 2)),
    ]
    stopped, planned = run(tmp_path, data, asked)
    assert stopped == {}
    said = 'without "By district": fewer than 3 wards have 10 people or more who answered'
    assert f"  {said}" in planned


def test_satisfaction_alone_by_four_wards_is_told(tmp_path):
    rng = np.random.default_rng(3)
    data = pd.DataFrame(rng.integers(1, 5, (200, 2)), columns=["satisfaction", "district"])
    asked = [
        question("satisfaction", "ordered", answers("step", 4)),
        question("district", "single", answers("ward", 4)),
    ]
    stopped, planned = run(tmp_path, data, asked)
    assert stopped == {}
    assert "04_satisfaction" in planned
    assert '  without "By district"' not in "".join(planned)
    assert "08_district_profiles" in planned
