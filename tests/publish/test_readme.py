"""The findings of the README are those of findings.csv."""

import pytest

from analysis import __main__, paths, survey
from analysis.errors import SurveyError
from analysis.publish import readme
from analysis.report import findings

MARKS = "before\n<!-- findings: {} -->\n- an old line\n<!-- /findings -->\nafter"


def test_the_committed_readme_is_what_the_command_writes():
    text = (paths.ROOT / "README.md").read_text("utf-8")
    assert readme.with_findings(text) == text


def test_the_readme_quotes_headlines_of_every_notebook():
    text = (paths.ROOT / "README.md").read_text("utf-8")
    written = findings.read_findings(survey.load("herts_2023"))
    quoted = [row.notebook for row in written.itertuples() if f"- {row.sentence}\n" in text]
    assert set(quoted) == set(written["notebook"])


def test_a_changed_sentence_is_written_and_the_rest_stays():
    assert readme.with_findings(MARKS.format("replies_kept")) == (
        "before\n<!-- findings: replies_kept -->\n- 1,117 of 1,200 replies received are analysed.\n"
        "<!-- /findings -->\nafter"
    )


def test_a_headline_that_is_not_there_is_named():
    with pytest.raises(SurveyError, match="no headline no_such_id; run the notebooks"):
        readme.with_findings(MARKS.format("replies_kept no_such_id"))


def test_a_readme_without_marks_is_refused_in_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "README.md").write_text("no marks", encoding="utf-8")
    assert __main__.main(["readme"]) == 2
    assert "analysis: README.md has no <!-- findings: ... --> block" in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text("utf-8") == "no marks"
