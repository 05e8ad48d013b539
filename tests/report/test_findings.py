"""Headlines: what the README quotes stands in findings.csv, and a command writes it."""

import itertools
import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from analysis import paths, survey
from analysis.report import Weighted, findings


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


#: Writes the headlines of 20 notebooks in turn, as kernels that run at the same time do.
WRITE = """
import sys
import pandas as pd
from analysis import survey
from analysis.report import findings
this, numbers = survey.load("herts_2023"), pd.Series({"estimate": 0.5, "conf_low": 0, "conf_high": 1})
print(flush=True)
sys.stdin.readline()
for number in map(int, sys.argv[1:]):
    rows = [findings.row(f"id_{number}_{at}", "said", numbers, n=number) for at in range(2)]
    findings.replace(this, f"{number}_x", rows, question="Is it?", base="people")
"""  # noqa: E501


def test_processes_that_write_at_once_lose_no_headline_and_keep_the_order(tmp_path):
    environment = os.environ | {"ANALYSIS_OUT": str(tmp_path)}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, *map(str, range(first, 50, 2))], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for first in (10, 11)
    ]  # fmt: skip
    for each in writers:
        each.stdout.readline()
    for each in writers:
        each.stdin.write(b"\n")
        each.stdin.flush()
    for each in writers:
        each.communicate(timeout=120)
    assert [each.returncode for each in writers] == [0, 0]
    folder = tmp_path / "data" / "processed" / "herts_2023"
    written = findings.read_findings(survey.load("herts_2023"), folder)
    wanted = [f"id_{number}_{at}" for number in range(10, 50) for at in range(2)]
    assert written["finding"].tolist() == wanted
    noted = json.loads((folder / "findings_from.json").read_text("utf-8"))
    assert list(noted) == [f"{number}_x" for number in range(10, 50)]
    assert sorted(path.name for path in folder.iterdir()) == ["findings.csv", "findings_from.json"]


def test_the_file_is_the_same_whoever_writes_first(demo):
    made = demo()
    half = pd.Series({"estimate": 0.5, "conf_low": 0.4, "conf_high": None})
    third = pd.Series({"estimate": 1 / 3, "conf_low": -1e-9, "conf_high": 123456789.123})
    heavy = Weighted(estimate=0.25, conf_low=1 / 7, conf_high=0.3, n=7, effective_n=5.0)
    rows = {
        "01_a": [findings.row("plain", "one", half, n=10)],
        "02_b": [findings.row("weighted", "two", third, n=11, weighted=heavy)],
        "03_c": [findings.row("other", "three", third, n=12), findings.row("z", "x", half, n=13)],
    }
    seen = set()
    for order in itertools.permutations(rows):
        for name in order:
            findings.replace(made, name, rows[name], question="Is it?", base="people")
        seen.add((made.processed / "findings.csv").read_bytes())
        (made.processed / "findings.csv").unlink()
    assert len(seen) == 1
