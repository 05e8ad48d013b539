"""What the R script is given, and what is said where it cannot run."""

import json
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.errors import SurveyError
from analysis.verification import described, outcomes, recomputed


@pytest.fixture(scope="module")
def made():
    return survey.load("herts_2023")


def test_the_description_has_the_codebook_and_no_estimate(made, tmp_path):
    assert described.describe(made, ["satisfied"], tmp_path) == ""
    given = json.loads((tmp_path / described.DESCRIPTION).read_text("utf-8"))
    assert set(given) == {"survey", "threshold", "received", "wanted", "words", "questions",
                          "placed", "primary", "population", "themes"}  # fmt: skip
    assert given["threshold"] == 10
    assert given["received"] == 1200
    assert given["questions"]["used_last"]["not_offered"] == ["video_chat"]
    assert given["population"]["margins"] == [["district"], ["age", "sex"]]
    numbers = [each for each in _leaves(given) if isinstance(each, float)]
    assert numbers == [0.0]  # no largest weight; all else is text, or whole


def _leaves(value):
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
    else:
        yield value


def test_themes_by_reply_hold_no_text(made, tmp_path):
    described.describe(made, [], tmp_path)
    table = pd.read_csv(tmp_path / described.THEMES)
    assert table.columns[0] == "raw_row"
    assert all(each.startswith("change") for each in table.columns[1:])
    cells = table.iloc[:, 1:].to_numpy(dtype=float)
    assert set(np.unique(cells[~np.isnan(cells)])) == {0.0, 1.0}
    people = made.responses()
    assert set(table["raw_row"]) == set(
        people.loc[people[["change", "change_why"]].notna().any(axis=1), "raw_row"]
    )


def test_without_the_raw_file_there_are_no_themes(made, tmp_path, monkeypatch):
    def lost(self):
        raise SurveyError("there is no raw file")

    monkeypatch.setattr(type(made), "read_raw", lost)
    why = described.describe(made, [], tmp_path)
    assert why == "open answers are in the raw file alone, and it is not here"
    assert not (tmp_path / described.THEMES).exists()


def test_without_r_one_sentence_says_so(made, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SurveyError, match=r"^R is not installed, .*\(Debian: r-cran-jsonlite"):
        recomputed.recompute(made)


def test_without_a_package_one_sentence_names_it(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "Rscript")
    said = subprocess.CompletedProcess([], 0, stdout="ordinal numDeriv", stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *words, **how: said)
    with pytest.raises(SurveyError, match=r"^R lacks ordinal, numDeriv; .* r-cran-numderiv$"):
        recomputed.program()


def test_a_survey_without_results_is_told_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.paths.PROCESSED", tmp_path)
    with pytest.raises(SurveyError, match="run python -m analysis report --survey herts_2023"):
        recomputed.recompute(survey.load("herts_2023"))


def test_a_script_that_fails_is_one_sentence(made, monkeypatch):
    monkeypatch.setattr(recomputed, "program", lambda: "Rscript")
    said = subprocess.CompletedProcess([], 1, stdout="", stderr="first\nError: no\nHalted\n")
    monkeypatch.setattr(subprocess, "run", lambda *words, **how: said)
    with pytest.raises(SurveyError, match=r"^the R script failed: Error: no Halted$"):
        recomputed.recompute(made)


def test_outcomes_of_another_survey_are_kept(tmp_path):
    rows = pd.DataFrame(
        {"finding": ["satisfied"], "outcome": ["agreed"], "compared": [4], "how": ["n: the same"]}
    )
    outcomes.keep("kent", rows, synthetic=False, folder=tmp_path)
    outcomes.keep("herts_2023", rows, synthetic=True, folder=tmp_path)
    page = outcomes.keep("kent", rows.assign(outcome="differs"), synthetic=False, folder=tmp_path)
    table = pd.read_csv(tmp_path / "verify-r.csv")
    assert table[["survey", "outcome", "data"]].to_numpy().tolist() == [
        ["herts_2023", "agreed", "synthetic"], ["kent", "differs", "real"],
    ]  # fmt: skip
    text = page.read_text("utf-8")
    assert "## kent (real data)\n\n0 of 1 rows agreed, 1 differs." in text
    assert "## herts_2023 (synthetic data)" in text
