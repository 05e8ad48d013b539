"""A survey from its export to a check: drafted, edited as its marks say; git never sees a reply."""

import re
import shutil
import subprocess
import tomllib

import forms_survey
import pytest

from analysis import __main__, paths


def _git(root, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=root, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a copy of what git knows of the project's raw data, as a repository of its own."""
    if shutil.which("git") is None:
        pytest.skip("there is no git here")
    root = tmp_path / "project"
    for name in ("herts_2023", "ape11"):
        shutil.copytree(paths.RAW / name, root / "data" / "raw" / name)
    shutil.copy(paths.ROOT / ".gitignore", root)
    _git(root, "init", "-q")
    _git(root, "add", ".")
    _git(root, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "as it is")
    monkeypatch.setattr(paths, "RAW", root / "data" / "raw")
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
    monkeypatch.setattr(paths, "OUT", tmp_path / "out")
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "out" / "reports")
    return root


@pytest.fixture
def export(tmp_path):
    """Write an export outside the project."""
    path = tmp_path / "downloads" / "Contact survey (1-200).csv"
    path.parent.mkdir()
    path.write_bytes(forms_survey.export(forms_survey.replies()))
    return path


def _changes(root) -> list[str]:
    return _git(root, "status", "--porcelain", "--untracked-files=all").splitlines()


def test_git_sees_the_codebook_and_never_the_replies(project, export, capsys):
    assert __main__.main(["new-survey", "westshire", str(export)]) == 0
    assert "wrote " in capsys.readouterr().out
    assert (project / "data/raw/westshire" / export.name).read_bytes() == export.read_bytes()
    assert _changes(project) == ["?? data/raw/westshire/codebook.toml"]
    _git(project, "add", ".")
    assert _git(project, "diff", "--cached", "--name-only") == "data/raw/westshire/codebook.toml\n"
    carried = _git(project, "show", ":data/raw/westshire/codebook.toml")
    assert not [each for each in forms_survey.PERSONAL if each in carried]


def test_a_real_file_in_the_default_surveys_place_is_refused_and_has_a_way_out(
    project, export, capsys
):
    place = project / "data" / "raw" / "herts_2023" / "responses.csv"
    synthetic = place.read_bytes()
    place.write_bytes(export.read_bytes())
    assert _changes(project) == [" M data/raw/herts_2023/responses.csv"]
    for command in ("check-export", "report"):
        assert __main__.main([command, "--survey", "herts_2023"]) == 2
        assert "git would carry it" in capsys.readouterr().err
    assert __main__.main(["new-survey", "westshire", str(place)]) == 0
    place.write_bytes(synthetic)
    assert _changes(project) == ["?? data/raw/westshire/codebook.toml"]


def test_the_draft_is_refused_until_every_mark_is_settled(project, export, capsys):
    __main__.main(["new-survey", "westshire", str(export)])
    capsys.readouterr()
    assert __main__.main(["check-export", "--survey", "westshire"]) == 2
    said = capsys.readouterr().err
    text = (project / "data/raw/westshire/codebook.toml").read_text("utf-8")
    parsed = tomllib.loads(text)
    tables = [parsed["survey"], parsed["file"], *parsed["question"]]
    open_ones = [each.get("decide", []) for each in tables]
    marks = [mark for each in open_ones for mark in ([each] if isinstance(each, str) else each)]
    assert len(marks) >= 6
    assert all(f"decide, then delete the line: {mark}" in said for mark in marks)


def edited(text: str) -> str:
    """Settle the marks of a draft as a person with the questionnaire would."""
    text = re.sub(r"^decide = (?:\".*\"|\[\n(?:    .*\n)+\])\n", "", text, flags=re.M)
    district, rest = text.split('id = "contacted"', 1)
    district = district.replace(
        '    { code = "fenwick"',
        '    { code = "westmarch", label = "Westmarch" },\n    { code = "fenwick"',
    )
    rest = rest.replace("# other = {", "other = {")
    lists = 'label = "Police app"\n[[lists.channels]]\ncode = "other"\nlabel = "Other"\n'
    return district.replace('label = "Police app"\n', lists) + 'id = "contacted"' + rest


def test_a_settled_draft_agrees_with_its_export_and_every_answer_is_listed(project, export, capsys):
    __main__.main(["new-survey", "westshire", str(export)])
    codebook = project / "data/raw/westshire/codebook.toml"
    codebook.write_text(edited(codebook.read_text("utf-8")), encoding="utf-8")
    capsys.readouterr()
    assert __main__.main(["check-export", "--survey", "westshire"]) == 0
    said = capsys.readouterr().out
    assert "The raw file agrees with the codebook" in said
    assert "07_changes_wanted: left out: the codebook has no [[theme]]" in said
    places = [said.index(f"    {label}: ") for label in forms_survey.SCALE]
    assert places == sorted(places)
    assert "    Westmarch: fewer than 10" in said
    assert "    Police app: nobody, not offered" in said
    assert not [each for each in forms_survey.PERSONAL if each in said]


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("My survey", None, "cannot be called 'My survey'"),
        ("../elsewhere", None, "cannot be called"),
        ("herts_2023", None, "has a codebook.toml already"),
        ("westshire", "nothing.csv", "there is no file"),
        ("westshire", "README.md", "rename the export"),
    ],
)
def test_what_cannot_be_a_new_survey_is_refused_and_nothing_written(
    project, export, capsys, name, file, said
):
    path = export if file is None else export.with_name(file)
    if file == "README.md":
        path.write_bytes(export.read_bytes())
    assert __main__.main(["new-survey", name, str(path)]) == 2
    assert said in capsys.readouterr().err
    assert _changes(project) == []
    assert not (project / "data/raw/westshire").exists()


def test_another_export_in_the_folder_is_never_replaced(project, export, capsys):
    there = project / "data/raw/westshire" / export.name
    there.parent.mkdir()
    there.write_bytes(b"kept")
    assert __main__.main(["new-survey", "westshire", str(export)]) == 2
    assert "holds another" in capsys.readouterr().err
    assert there.read_bytes() == b"kept"


def test_an_export_that_lies_in_its_folder_already_is_left_there(project, export):
    there = project / "data/raw/westshire" / export.name
    there.parent.mkdir()
    shutil.copy(export, there)
    assert __main__.main(["new-survey", "westshire", str(there)]) == 0
    assert (there.parent / "codebook.toml").is_file()
