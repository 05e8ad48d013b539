"""The stored tables of the study are those that were written, and say what they should."""

import shutil

import pandas as pd
import pytest

from analysis import paths, survey
from analysis.chapters import known_truth
from analysis.chapters.known_truth import explanations, names, stored
from analysis.errors import SurveyError
from analysis.report import NOTEBOOK


@pytest.fixture
def copied(tmp_path, monkeypatch):
    shutil.copytree(paths.DOCS / "known_truth", tmp_path / "known_truth")
    monkeypatch.setattr(paths, "DOCS", tmp_path)
    return tmp_path / "known_truth"


@pytest.mark.parametrize("name", stored.TABLES)
def test_every_table_is_the_one_that_was_written(name):
    assert len(stored.read_table(name)) > 0


def test_a_table_that_was_changed_is_refused(copied):
    path = copied / "estimates.csv"
    path.write_bytes(path.read_bytes().replace(b"same_answer", b"same_answers", 1))
    with pytest.raises(SurveyError, match=r"estimates\.csv .* is not the table that was written"):
        stored.read_table("estimates")


def test_a_table_that_is_missing_is_told(copied):
    (copied / "tests.csv").unlink()
    with pytest.raises(SurveyError, match=r"has no tests\.csv; run `python -m analysis validate`"):
        stored.read_table("tests")
    (copied / "manifest.csv").unlink()
    with pytest.raises(SurveyError, match=r"has no manifest\.csv"):
        stored.manifest()


def test_every_quantity_and_test_has_a_name():
    assert set(stored.read_table("estimates")["quantity"]) <= set(names.NAMES)
    assert set(stored.read_table("extremes")["quantity"]) <= set(names.NAMES)
    assert set(stored.read_table("tests")["test"]) <= set(names.TESTS)


def test_only_the_survey_that_the_generator_makes_has_the_notebook():
    assert known_truth.left_out(survey.load("herts_2023")) == {}
    assert "default survey" in known_truth.left_out(survey.load("ape11"))[NOTEBOOK]


def test_an_interval_that_misses_its_range_is_named_with_its_rate_and_reason():
    rows = pd.DataFrame({
        "quantity": ["nothing known"], "level": ["A headline"], "shown": [100], "truth": [0.5],
        "bias": [0.1], "bias_error": [0.01], "coverage": [0.8], "coverage_error": [0.01],
        "verdict": ["too low"],
    })  # fmt: skip
    assert explanations.reason_list(rows.assign(bias=0.0)) == [
        "**A headline**, 80.0% (Monte Carlo error 1.0), too low: no reason has been found yet."
    ]
    assert explanations.reason_list(rows) == [
        "**A headline**, 80.0% (Monte Carlo error 1.0), too low: its estimate is wrong on average, "
        "by +10.0 points."
    ]
    assert explanations.reason_list(rows.assign(verdict="in range"), "with weights") == [
        "With weights: no rate is out of its range by more than chance."
    ]
