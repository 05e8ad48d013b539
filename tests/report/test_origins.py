"""Headlines of other replies, or of another codebook, are found by content."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from analysis import paths
from analysis.errors import SurveyError
from analysis.publish import commands
from analysis.report import _origins, findings, outdated
from analysis.verification import recomputed

NUMBERS = pd.Series({"estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6})


@pytest.fixture
def made(demo):
    """A survey whose replies are written, with a headline of each of two notebooks."""
    this = demo()
    this.processed.mkdir(parents=True)
    (this.processed / "responses.csv").write_text("raw_row\n1\n", encoding="utf-8")
    for name in ("01_a", "02_b"):
        write(this, name)
    return this


def write(this, name):
    rows = [findings.row(name, "said", NUMBERS, n=10)]
    findings.replace(this, name, rows, question="Is it?", base="people")


def change(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")


def test_headlines_of_what_is_here_are_not_outdated(made):
    assert outdated(made, ["01_a", "02_b"]) == ""


@pytest.mark.parametrize(
    ("where", "name", "said"),
    [("processed", "responses.csv", "made from other replies than responses.csv has now"),
     ("raw", "codebook.toml", "made with another codebook"),
     ("raw", "replies.csv", "made from another raw file than is here now")],
)  # fmt: skip
def test_what_is_another_one_now_is_named(made, where, name, said):
    change((made.processed if where == "processed" else paths.RAW / made.name) / name)
    assert outdated(made, ["01_a", "02_b"]) == f"those of 01_a, 02_b were {said}"


def test_a_notebook_that_ran_again_is_not_named(made):
    change(made.processed / "responses.csv")
    write(made, "02_b")
    assert outdated(made, ["01_a", "02_b"]).startswith("those of 01_a were made from other replies")
    assert outdated(made, ["02_b"]) == ""


def test_the_same_content_written_later_is_the_same(made):
    path = made.processed / "responses.csv"
    text = path.read_text("utf-8")
    change(path)
    path.write_text(text, encoding="utf-8")
    assert outdated(made, ["01_a", "02_b"]) == ""


def test_a_raw_file_that_is_elsewhere_is_not_compared_but_the_rest_is(made):
    (paths.RAW / made.name / "replies.csv").unlink()
    assert outdated(made, ["01_a"]) == ""
    change(paths.RAW / made.name / "codebook.toml")
    assert "another codebook" in outdated(made, ["01_a"])


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("{")])
def test_without_a_record_it_is_said_that_nothing_is_known(made, damage):
    damage(made.processed / _origins.NAME)
    assert outdated(made, ["01_a", "02_b"]) == (
        "of 01_a, 02_b it is not known what they were made from"
    )


def test_of_a_part_of_the_people_nothing_is_noted(made):
    part = dataclasses.replace(made, subset={"district": ("north",)})
    before = (made.processed / _origins.NAME).read_bytes()
    _origins.note(part, "03_c")
    assert (made.processed / _origins.NAME).read_bytes() == before


def test_outdated_headlines_are_not_compared_with_r(made, monkeypatch):
    monkeypatch.setattr(recomputed, "program", lambda: pytest.fail("R is asked for"))
    change(made.processed / "responses.csv")
    with pytest.raises(SurveyError, match=r"^the headlines of demo cannot be verified: those of "):
        recomputed.recompute(made)


def test_the_command_says_so_in_one_sentence_and_fails(made, capsys):
    change(made.processed / "responses.csv")
    assert commands.run(["verify-r", "--survey", "demo"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "analysis: the headlines of demo cannot be verified: those of 01_a, 02_b were made from "
        "other replies than responses.csv has now; run python -m analysis report --survey demo "
        "first\n"
    )
    assert not (made.processed / "verify-r.csv").exists()
