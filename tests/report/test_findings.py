"""Headlines: what the README quotes stands in findings.csv, and a command writes it."""

import pandas as pd
import pytest

from analysis import paths, survey
from analysis.report import findings


@pytest.fixture(scope="module")
def written():
    folder = paths.ROOT / "data" / "processed" / "herts_2023"
    return findings.read_findings(survey.load("herts_2023"), folder)


def test_every_finding_has_an_interval_around_its_estimate_and_a_base(written):
    told_as_a_range = (written["finding"] == "least_reached") & written["estimate"].isna()
    ranges = written[told_as_a_range]
    assert (ranges["conf_low"] < ranges["conf_high"]).all()
    counts = written["finding"].isin(["replies_kept", "robustness"])  # of no sample of people
    estimated = written[~counts & ~told_as_a_range]
    assert (estimated["conf_low"] < estimated["estimate"]).all()
    assert (estimated["estimate"] < estimated["conf_high"]).all()
    assert (written["n"] >= 10).all()
    assert written["base"].notna().all()


def test_the_notebooks_own_rows_are_replaced_and_the_others_stay(demo):
    made = demo()
    row = pd.Series({"estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6})
    for name, sentence in (("01_a", "old"), ("02_b", "other"), ("01_a", "new")):
        rows = [findings.row(f"id_{name}", sentence, row, n=10)]
        findings.replace(made, name, rows, question="Is it?", base="people")
    assert findings.read_findings(made)["sentence"].tolist() == ["new", "other"]


def test_an_id_that_stands_twice_is_refused(demo):
    made = demo()
    row = pd.Series({"estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6})
    rows = [findings.row("same", "one", row, n=10)] * 2
    with pytest.raises(ValueError, match=r"findings \['same'\] stand twice"):
        findings.replace(made, "01_a", rows, question="Is it?", base="people")


def test_a_notebook_without_headlines_takes_its_old_ones_away_and_no_other(demo):
    made = demo()
    row = pd.Series({"estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6})
    for name in ("01_a", "02_b"):
        rows = [findings.row(name, "said", row, n=10)]
        findings.replace(made, name, rows, question="Is it?", base="people")
    assert findings.replace(made, "01_a", [], question="Is it?", base="people").empty
    assert findings.read_findings(made)["finding"].tolist() == ["02_b"]
