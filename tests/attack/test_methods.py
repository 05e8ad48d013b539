"""A survey's report by each method: the same but for the method, and what becomes of headlines."""

import json
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import paths, survey
from analysis.attack import methods
from analysis.errors import SurveyError
from analysis.privacy import Rule
from analysis.publish import protection

HEADLINES = {
    "finding": ["satisfied", "gap", "tau", "reached"],
    "estimate": [0.56, 0.1, 0.19, np.nan],
    "conf_low": [0.52, 0.05, 0.14, 0.17],
    "conf_high": [0.6, 0.15, 0.24, 0.43],
    "unit": ["share", "difference of shares", "tau-b", "share"],
    "n": [700, 500, 900, 101],
    "sentence": ["Satisfied: 56%.", "A gap.", "They go together.", "24% to 34%."],
}


def made(method: str, **changes) -> methods.Made:
    headlines = pd.DataFrame({**HEADLINES, **changes})
    return methods.Made(
        method=method, headlines=headlines, cells=100, hidden=3, ranges=2, book=50,
        book_hidden=20, attacked="0 are known.",
    )  # fmt: skip


@pytest.fixture
def herts():
    return survey.load("herts_2023")


@pytest.mark.parametrize("method", ["ranges", "controlled_rounding"])
def test_a_copy_has_another_method_and_is_the_same_else(herts, tmp_path, method):
    methods.write_copy(herts, method, tmp_path)
    here, there = (
        tomllib.loads((folder / herts.name / "codebook.toml").read_text("utf-8"))
        for folder in (paths.RAW, tmp_path)
    )
    assert there["survey"].pop("disclosure_method") == method
    assert there == here
    assert {path.name for path in (tmp_path / herts.name).iterdir()} == {
        "codebook.toml", "population.csv", "simulation.toml",
    }  # fmt: skip


def test_a_method_that_is_named_already_is_replaced(demo, tmp_path):
    old = "disclosure_threshold = 2"
    this = demo(None, (old, f'{old}\ndisclosure_method = "controlled_rounding"'))
    methods.write_copy(this, "ranges", tmp_path / "copy")
    text = (tmp_path / "copy" / "demo" / "codebook.toml").read_text("utf-8")
    assert tomllib.loads(text)["survey"]["disclosure_method"] == "ranges"


def test_a_codebook_that_cannot_be_changed_is_refused_in_one_sentence(demo, tmp_path):
    this = demo()
    path = paths.RAW / "demo" / "codebook.toml"
    path.write_text(path.read_text().replace("[survey]", "[ survey ]"))
    with pytest.raises(SurveyError, match=r"codebook of demo cannot be copied.*a line a key"):
        methods.write_copy(this, "ranges", tmp_path / "copy")


def test_headlines_are_set_side_by_side_with_what_rounding_them_would_add():
    other = {**HEADLINES, "estimate": [0.56, 0.2, 0.19, np.nan], "sentence": list("abcd")}
    other["sentence"] = ["Satisfied: 56%.", "A larger gap.", "They do.", "24% to 34%."]
    found = methods.effects(
        [made("ranges"), made("controlled_rounding", **other)], rule=Rule(10)
    ).set_index("finding")
    assert found["same"].tolist() == [True, False, False, True]
    assert found.loc["gap", "ranges"] == "0.1 (0.05 to 0.15)"
    assert found.loc["gap", "controlled_rounding"] == "0.2 (0.05 to 0.15)"
    assert found.loc["satisfied", "width"] == pytest.approx(4)
    assert found.loc["satisfied", "own"] == pytest.approx(100 * 5 * np.sqrt(1 + 0.56**2) / 700)
    assert found.loc[["gap", "tau"], "own"].isna().all()
    assert found.loc["reached", "own"] > 4


def test_what_rounding_would_add_is_what_it_adds_to_shares_drawn_at_random():
    rng, n, t = np.random.default_rng(1), 705, 10
    yes = 395  # both in the middle between multiples, where rounding errs most
    draws = np.array([yes, n]) + rng.choice([-5, 5], (200_000, 2))
    errors = draws[:, 0] / draws[:, 1] - yes / n
    row = pd.Series({"unit": "share", "estimate": yes / n, "n": n})
    assert methods._own(row, Rule(t)) == pytest.approx(np.sqrt((errors**2).mean()), rel=0.02)


def test_a_headline_that_one_method_lacks_is_said_to_be_none():
    short = {name: values[:3] for name, values in HEADLINES.items()}
    lacking = made("controlled_rounding").__class__(
        **{**vars(made("controlled_rounding")), "headlines": pd.DataFrame(short)}
    )
    found = methods.effects([made("ranges"), lacking], rule=Rule(10)).set_index("finding")
    assert found.loc["reached", "controlled_rounding"] == "no such headline"
    assert not found.loc["reached", "same"]


def test_both_reports_are_made_read_and_told(herts, tmp_path):
    def report(name: str, surveys: Path, out: Path) -> str:
        method = tomllib.loads((surveys / name / "codebook.toml").read_text("utf-8"))
        pages = out / "reports" / name
        pages.mkdir(parents=True)
        for path in paths.NOTEBOOKS.glob("03_*.ipynb"):
            shutil.copy(path, pages)
        pd.DataFrame(HEADLINES).to_csv(pages / "headlines.csv", index=False)
        pd.DataFrame({"people": [10, None]}).to_csv(pages / "banner.csv", index=False)
        return f"attacked by {method['survey']['disclosure_method']}"

    told = methods.lines(herts, methods.compare(herts, tmp_path, report=report))
    assert told[0].startswith("satisfied: 0.56 (0.52 to 0.6) by ranges, by controlled_rounding the")
    assert "would add 0.8 points to ±4.0" in told[0]
    assert "of 2 rows of the banner book 1 are hidden. attacked by ranges" in told[4]
    assert "attacked by controlled_rounding" in told[5]
    assert told[-1].startswith("4 of 4 headlines are the same by both methods.")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (None, ""),
        ({"disclosure_threshold": 15, "of_codebook": 10}, "Made by a rule of 15 people. "),
        ({"disclosure_threshold": 10, "of_codebook": 10, "draw": 1}, "Made by draw 2. "),
    ],
)
def test_a_report_by_another_rule_or_draw_says_so(tmp_path, told, said):
    if told:
        (tmp_path / protection.FILE).write_text(json.dumps(told))
    assert protection.made_by(tmp_path) == said
