"""The comparison with what the R script gave (tests/golden/recomputed.py records it)."""

import importlib.util

import numpy as np
import pandas as pd
import pytest

from analysis import paths, survey
from analysis.report import findings
from analysis.verification import compare, differ
from analysis.verification.comparison import NUMBERS
from analysis.verification.steps import steps_of

GOLDEN = paths.ROOT / "tests" / "golden"

#: Headlines that the script does not recompute; it says why.
LISTED = {"robustness"}


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return findings.read_findings(
        survey.load("herts_2023"), paths.ROOT / "data/processed/herts_2023"
    )


@pytest.fixture(scope="module")
def recomputed() -> pd.DataFrame:
    return pd.read_csv(GOLDEN / "recomputed.csv")


def test_what_was_recorded_is_of_the_script_that_is_here():
    place = importlib.util.spec_from_file_location("recorder", GOLDEN / "recomputed.py")
    recorder = importlib.util.module_from_spec(place)
    place.loader.exec_module(recorder)
    text = (GOLDEN / "recomputed.txt").read_text("utf-8")
    assert text.startswith("R version ")
    assert f"script {recorder.script_sha256()}" in text


def test_every_headline_of_the_default_survey_agrees(published, recomputed):
    table = compare(published, recomputed)
    assert list(table["finding"]) == list(published["finding"])
    listed = table["finding"].isin(LISTED)
    assert set(table.loc[~listed, "outcome"]) == {"agreed"}
    assert set(table.loc[listed, "outcome"]) <= {"listed"}
    numbers = published.loc[~listed.to_numpy(), list(NUMBERS)].notna().sum().sum()
    assert table["compared"].sum() == numbers


def test_any_number_that_is_changed_by_a_step_is_found(published, recomputed):
    planted = 0
    for at, row in published[~published["finding"].isin(LISTED)].iterrows():
        for column in (each for each in NUMBERS if pd.notna(row[each])):
            step = 1.0 if column.startswith("n") else steps_of(row["finding"]).of(column) or 1e-4
            for change in (step, -step):
                wrong = published.iloc[[at]].astype(dict.fromkeys(NUMBERS, float))
                wrong[column] += change
                table = compare(wrong, recomputed)
                assert differ(table), (row["finding"], column, change)
                assert column in table["how"].iloc[0]
                planted += 1
    assert planted > 250


def test_a_number_that_is_lost_or_made_up_is_found(published, recomputed):
    for column in ("conf_low", "weighted"):
        lost = published[published[column].notna()].assign(**{column: np.nan})
        assert set(compare(lost, recomputed)["outcome"]) == {"differs"}
    recipes = ~published["finding"].isin(LISTED)
    made_up = published[published["weighted"].isna() & recipes].assign(weighted=0.5)
    assert set(compare(made_up, recomputed)["outcome"]) == {"differs"}


def test_a_number_off_the_step_to_which_its_kind_is_rounded_is_found(published, recomputed):
    exact = published[published["finding"] == "visibility_good"].assign(estimate=0.27985075)
    assert "estimate" in compare(exact, recomputed)["how"].iloc[0]


def test_another_choice_is_found(published, recomputed):
    row = published[published["finding"] == "video_place"]
    other = row.assign(sentence=row["sentence"].str.replace("ticked library", "ticked attic"))
    table = compare(other, recomputed)
    assert table["outcome"].iloc[0] == "differs"
    assert table["how"].iloc[0] == "R would choose another: ticked library"


def test_unrounded_numbers_of_r_are_not_told_where_the_published_one_is_rounded(
    published, recomputed
):
    row = published[published["finding"] == "most_missing"].assign(estimate=0.06)
    said = compare(row, recomputed)["how"].iloc[0]
    own = recomputed.set_index(["finding", "rank"]).loc[("most_missing", 1), "estimate"]
    assert "0.06 is published" in said
    assert f"{own:.3f}" not in said


def test_what_cannot_be_recomputed_is_listed_with_its_reason(published, recomputed):
    without = recomputed.astype({"problem": object}).copy()
    here = without["finding"].str.startswith("theme_")
    without.loc[here, "problem"] = "listed: the raw file is not here"
    table = compare(published, without).set_index("finding")
    assert table.loc["theme_wait_101", ["outcome", "how"]].tolist() == [
        "listed", "the raw file is not here"
    ]  # fmt: skip
    assert not differ(table)


def test_a_row_that_the_script_lacks_or_stopped_at_differs(published, recomputed):
    row = published[published["finding"] == "satisfied"]
    assert differ(compare(row, recomputed.iloc[:0]))
    stopped = recomputed[recomputed["finding"] == "satisfied"].assign(problem="no such column")
    assert compare(row, stopped)["how"].iloc[0] == "the R script stopped: no such column"
