"""A part of the people is one line at the top of a notebook, and the rest runs."""

import shutil

import nbformat
import pytest

from analysis import paths, population, survey

LINE = "this = survey.load()"


@pytest.fixture
def apart(tmp_path, monkeypatch):
    """Let results go to a scratch folder that has the cleaned responses alone."""
    monkeypatch.setattr(paths, "PROCESSED", tmp_path / "processed")
    monkeypatch.setattr(paths, "FIGURES", tmp_path / "figures")
    monkeypatch.delenv("SURVEY", raising=False)
    kept = paths.ROOT / "data" / "processed" / "herts_2023" / "responses.csv"
    (tmp_path / "processed" / "herts_2023").mkdir(parents=True)
    shutil.copy(kept, tmp_path / "processed" / "herts_2023")
    return tmp_path


def _run(stem: str, line: str) -> list[str]:
    """Run the code of a notebook with another first line; return what it shows as text."""
    (path,) = paths.NOTEBOOKS.glob(f"{stem}*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    shown, space = [], {"display": lambda *each: shown.extend(map(repr, each)), "__name__": "cells"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            lines = cell.source.replace(LINE, line).rstrip().split("\n")
            exec("\n".join(lines), space)
    return shown


@pytest.mark.parametrize("stem", ["03", "05", "06"])
def test_the_rest_of_a_notebook_runs_on_a_part_of_the_people(apart, stem):
    shown = _run(stem, f"{LINE}.where(connection='Lives in the county', flag_speeder=False)")
    assert shown
    written = {path.relative_to(apart).parts[:3] for path in apart.rglob("*") if path.is_file()}
    assert ("processed", "herts_2023", "subset") in written
    assert ("figures", "herts_2023", "subset") in written
    assert {parts for parts in written if "subset" not in parts} == {
        ("processed", "herts_2023", "responses.csv")
    }


def test_weights_of_a_part_are_those_that_its_people_have_among_everybody():
    whole = survey.load("herts_2023")
    part = whole.where(flag_speeder=False)
    for each in (whole, part):
        assert population.weigh(each, each.responses()).weights.weights.equals(
            population.weigh(whole, whole.responses()).weights.weights
        )
