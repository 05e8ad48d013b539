"""No file of a survey leads out of its folder, and none that does is read or written."""

import os
import shutil

import pytest

from analysis import paths, population, survey
from analysis.errors import SurveyError
from analysis.publish import commands
from analysis.survey import codebook_reader
from analysis.synthetic import simulation

OUT = "leads out of the folder demo, by a link or by its path; put the file itself there"

POPULATION = """
[population]
file = "counts.csv"
count = "adults"
label = "adults"
source = "a test"
margins = [["connection"]]
outside = { connection = ["neither"] }

[cleaning]"""


def _moved(path, to):
    """Move a file and leave a link to it."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, to)
    path.symlink_to(to)


def test_a_raw_file_that_is_a_link_elsewhere_is_refused(demo, tmp_path):
    made = demo()
    _moved(paths.RAW / "demo" / "replies.csv", tmp_path / "elsewhere" / "replies.csv")
    with pytest.raises(SurveyError, match=f"^replies.csv {OUT}$"):
        made.read_raw()


def test_a_file_of_a_folder_that_is_a_link_elsewhere_is_refused(demo, tmp_path):
    made = demo(None, ('name = "replies.csv"', 'name = "may"'))
    folder = paths.RAW / "demo" / "may"
    folder.mkdir()
    shutil.move(paths.RAW / "demo" / "replies.csv", folder / "a.csv")
    assert len(made.read_raw()) == 1
    shutil.copy(folder / "a.csv", tmp_path / "b.csv")
    (folder / "b.csv").symlink_to(tmp_path / "b.csv")
    with pytest.raises(SurveyError, match=f"^b.csv {OUT}$"):
        survey.load("demo").read_raw()


def test_a_folder_that_is_a_link_elsewhere_is_refused(demo, tmp_path):
    made = demo(None, ('name = "replies.csv"', 'name = "may/replies.csv"'))
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(paths.RAW / "demo" / "replies.csv", tmp_path / "elsewhere" / "replies.csv")
    (paths.RAW / "demo" / "may").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SurveyError, match=f"^replies.csv {OUT}$"):
        made.read_raw()


def test_a_link_inside_the_folder_is_read(demo):
    made = demo()
    _moved(paths.RAW / "demo" / "replies.csv", paths.RAW / "demo" / "kept" / "replies.csv")
    assert len(made.read_raw()) == 1


def test_the_folder_of_a_survey_may_be_a_link(demo, tmp_path):
    demo()
    shutil.move(paths.RAW / "demo", tmp_path / "drive")
    (paths.RAW / "demo").symlink_to(tmp_path / "drive")
    assert len(survey.load("demo").read_raw()) == 1


def test_the_folder_named_by_analysis_raw_is_a_boundary_of_its_own(demo, tmp_path, monkeypatch):
    made = demo()
    drive = tmp_path / "drive" / "demo"
    drive.mkdir(parents=True)
    shutil.move(paths.RAW / "demo" / "replies.csv", drive / "replies.csv")
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", tmp_path / "drive")
    assert len(made.read_raw()) == 1
    _moved(drive / "replies.csv", tmp_path / "elsewhere" / "replies.csv")
    with pytest.raises(SurveyError, match=f"^replies.csv {OUT}$"):
        survey.load("demo").read_raw()


def test_a_codebook_that_is_a_link_elsewhere_is_refused(demo, tmp_path):
    demo()
    _moved(paths.RAW / "demo" / "codebook.toml", tmp_path / "demo2" / "codebook.toml")
    with pytest.raises(SurveyError, match=f"^codebook.toml {OUT}$"):
        survey.load("demo")


@pytest.mark.parametrize("name", ["../counts.csv", "/etc/passwd", "a/../../b.csv", "."])
def test_a_population_elsewhere_is_refused(demo, name):
    with pytest.raises(SurveyError, match=r"\[population\]: file .*; name a file or a folder bes"):
        demo(None, ("\n[cleaning]", POPULATION.replace("counts.csv", name)))


def test_a_population_that_is_a_link_elsewhere_is_refused(demo, tmp_path):
    made = demo(None, ("\n[cleaning]", POPULATION))
    (tmp_path / "counts.csv").write_text("connection,adults\nlives,5\n")
    (paths.RAW / "demo" / "counts.csv").symlink_to(tmp_path / "counts.csv")
    with pytest.raises(SurveyError, match=f"^counts.csv {OUT}$"):
        population.read_population(made)


def test_parameters_that_are_a_link_elsewhere_are_refused(demo, tmp_path):
    demo()
    (tmp_path / "simulation.toml").write_text("[run]\nseed = 1\n")
    (paths.RAW / "demo" / "simulation.toml").symlink_to(tmp_path / "simulation.toml")
    with pytest.raises(SurveyError, match=f"^simulation.toml {OUT}$"):
        simulation.make("demo")


def test_no_simulated_file_is_written_elsewhere(demo, tmp_path):
    demo(None, ('name = "replies.csv"', 'name = "may/replies.csv"'))
    (tmp_path / "elsewhere").mkdir()
    (paths.RAW / "demo" / "may").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SurveyError, match=f"^replies.csv {OUT}$"):
        simulation.make("demo", overwrite=True)
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("name", ["../demo", "demo/..", "/etc", "..", ".", "", "demo/", "a/b", "~"])
@pytest.mark.parametrize("command", ["check-export", "report", "simulate", "attack"])
def test_a_name_that_is_no_name_of_a_survey_is_one_sentence(demo, capsys, command, name):
    demo(load=False)
    assert commands.run([command, "--survey", name]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"analysis: there is no survey {name!r} in data/raw; choose demo, or ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("name", ["../demo2", "a/b", "..", "/etc"])
def test_no_new_survey_is_made_elsewhere(demo, capsys, name):
    demo(load=False)
    export = os.fspath(paths.RAW / "demo" / "replies.csv")
    assert commands.run(["new-survey", name, export]) == 2
    assert "cannot be called" in capsys.readouterr().err
    assert sorted(path.name for path in paths.RAW.iterdir()) == ["demo"]


def test_two_waves_are_surveys_by_name_too(demo, capsys):
    demo(load=False)
    assert commands.run(["compare-waves", "../demo", "demo"]) == 2
    assert "there is no survey '../demo'" in capsys.readouterr().err


def test_a_loop_of_links_is_one_sentence(demo):
    made = demo()
    path = paths.RAW / "demo" / "replies.csv"
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(SurveyError, match="is neither in data/raw/demo nor below"):
        made.read_raw()
    codebook = paths.RAW / "demo" / "codebook.toml"
    codebook.unlink()
    codebook.symlink_to(codebook)
    with pytest.raises((SurveyError, OSError)):
        codebook_reader.read_codebook(codebook)
