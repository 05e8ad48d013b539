"""A real export in the place of the simulated file is refused before it is read."""

import shutil

import pytest

from analysis import __main__, paths, survey
from analysis.errors import SurveyError


@pytest.fixture
def herts(tmp_path, monkeypatch):
    """Return the folder of a copy of the default survey."""
    shutil.copytree(paths.RAW / "herts_2023", tmp_path / "herts_2023")
    monkeypatch.setattr(paths, "RAW", tmp_path)
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
    return tmp_path / "herts_2023"


def test_the_simulated_file_is_read(herts):
    assert len(survey.load("herts_2023").read_raw()) == 1200


def test_another_file_in_its_place_is_refused_in_one_sentence(herts, capsys):
    (herts / "responses.csv").write_bytes(b"What do you say?\r\nMy name is Desmond Quill\r\n")
    assert __main__.main(["check-export", "--survey", "herts_2023"]) == 2
    said = capsys.readouterr().err
    assert "is not the simulated file whose SHA-256 codebook.toml states" in said
    assert "new-survey NAME FILE" in said
    assert said.count("\n") == 1
    assert "Quill" not in said


def test_a_codebook_that_calls_the_survey_real_does_not_let_another_file_in(herts):
    codebook = herts / "codebook.toml"
    text = codebook.read_text("utf-8").replace("synthetic = true", "synthetic = false")
    codebook.write_text(text, encoding="utf-8")
    (herts / "responses.csv").write_bytes(b"What do you say?\r\nNothing\r\n")
    with pytest.raises(SurveyError, match="git would carry it"):
        survey.load("herts_2023").read_raw()


def test_a_codebook_without_the_sha_does_not_let_another_file_in(herts):
    codebook = herts / "codebook.toml"
    lines = codebook.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("sha256")]
    codebook.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(SurveyError, match="is not the simulated file"):
        survey.load("herts_2023").read_raw()
