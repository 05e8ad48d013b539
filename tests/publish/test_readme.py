"""The findings of the README are those of findings.csv."""

import pytest

from analysis import __main__, paths, survey
from analysis.errors import SurveyError
from analysis.publish import readme
from analysis.report import findings

HEADER = ",".join([*findings.COLUMNS, "data"])
LINE = ",x" * len(findings.COLUMNS)
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
    monkeypatch.setattr(paths, "OUT", tmp_path)
    (tmp_path / "README.md").write_text("no marks", encoding="utf-8")
    assert __main__.main(["readme"]) == 2
    assert "analysis: README.md has no whole <!-- findings: ... -->" in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text("utf-8") == "no marks"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "findings.csv cannot be read"),
        ("finding,data\nsame,synthetic\n", "findings.csv cannot be read"),
        (f"{HEADER}\nsame{LINE}\nsame{LINE}\n", "findings.csv has same twice"),
    ],
)
def test_damaged_findings_are_refused_and_nothing_is_written(
    tmp_path, monkeypatch, capsys, rows, said
):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "OUT", tmp_path)
    monkeypatch.setattr(paths, "PROCESSED", tmp_path)
    (tmp_path / "herts_2023").mkdir()
    (tmp_path / "herts_2023" / "findings.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "README.md").write_text(MARKS.format("same"), encoding="utf-8")
    assert __main__.main(["readme"]) == 2
    assert said in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text("utf-8") == MARKS.format("same")


def test_a_read_only_readme_is_left_as_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "OUT", tmp_path)
    page = tmp_path / "README.md"
    page.write_text(MARKS.format("replies_kept"), encoding="utf-8")
    page.chmod(0o444)
    assert __main__.main(["readme"]) == 2
    page.chmod(0o644)
    said = capsys.readouterr().err
    assert said == f"analysis: {page}: it is read-only and was left as it is\n"
    assert page.read_text("utf-8") == MARKS.format("replies_kept")


@pytest.mark.parametrize("command", ["lab", "report", "check-export"])
@pytest.mark.parametrize("name", ["nosuch", ""])
def test_an_unknown_or_empty_survey_is_refused_in_one_sentence(capsys, command, name):
    assert __main__.main([command, "--survey", name]) == 2
    assert f"there is no survey {name!r} in data/raw" in capsys.readouterr().err
