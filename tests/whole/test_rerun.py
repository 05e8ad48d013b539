"""The same input gives the same bytes, and those that are committed."""

from pathlib import Path

import nbformat
import pytest

from analysis import paths, survey
from analysis.publish import results


def _run(out: Path) -> Path:
    patch = pytest.MonkeyPatch()
    for name, folder in (
        ("OUT", out),
        ("PROCESSED", out / "data" / "processed"),
        ("FIGURES", out / "figures"),
        ("REPORTS", out / "reports"),
    ):
        patch.setattr(paths, name, folder)
    results.report(survey.load("herts_2023"))
    patch.undo()
    return out


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return _run(tmp_path_factory.mktemp("first"))


def _files(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_two_runs_give_the_same_bytes_of_everything(first, tmp_path):
    one, two = _files(first), _files(_run(tmp_path))
    assert {path.rsplit(".", 1)[-1] for path in one} >= {
        "csv",
        "json",
        "png",
        "svg",
        "html",
        "ipynb",
    }
    assert list(one) == list(two)
    assert [path for path in one if one[path] != two[path]] == []


@pytest.mark.parametrize("folder", ["data/processed/herts_2023", "figures/herts_2023"])
def test_a_run_gives_the_committed_tables(first, folder):
    again, committed = _files(first / folder), _files(paths.ROOT / folder)
    for files in (again, committed):
        files.pop("district_profiles.xlsx", None)  # built, never committed
    for name in [each for each in committed if each.startswith(("power/", "waves_"))]:
        committed.pop(name)  # made by commands of their own, and never committed
    assert set(again) == set(committed)
    tables = [name for name in again if name.endswith((".csv", ".json"))]
    assert len(tables) >= 3
    for name in tables:
        assert again[name] == committed[name], f"{name} differs; run python -m analysis notebooks"


def _without_pictures(path: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("image/png", None)
    return notebook


def test_a_run_gives_the_committed_notebooks(first):
    for path in sorted((first / "reports" / "herts_2023").glob("*.ipynb")):
        assert _without_pictures(path) == _without_pictures(paths.NOTEBOOKS / path.name), path.name
