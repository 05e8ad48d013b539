"""Strict nbval notices what it should: changed answers, and a notebook that fails."""

import hashlib
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from analysis import paths
from analysis.publish.commands import NBVAL


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the parts of the project that the notebooks need."""
    root = tmp_path / "project"
    for part in ("src", "notebooks", "data/raw/herts_2023"):
        shutil.copytree(
            paths.ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(paths.ROOT / "pyproject.toml", root)
    return root


def _nbval(root) -> str:
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    environment.pop("ANALYSIS_OUT", None)
    command = [sys.executable, "-m", "pytest", "-q", "-rs", *NBVAL]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout


def test_thirty_changed_answers_fail_and_nothing_is_written_in_place(copy):
    raw = copy / "data" / "raw" / "herts_2023" / "responses.csv"
    text = raw.read_bytes().decode("utf-8-sig")
    changed = re.sub(
        ",Front counter at a police station,", ",Website (online form),", text, count=30
    )
    assert changed != text
    raw.write_bytes(changed.encode("utf-8-sig"))
    codebook = raw.with_name("codebook.toml")  # another file than it names would not be read
    digest = hashlib.sha256(raw.read_bytes()).hexdigest()
    named = re.sub(r'(?m)^sha256 = "\w+"', f'sha256 = "{digest}"', codebook.read_text("utf-8"))
    codebook.write_text(named, encoding="utf-8")
    said = _nbval(copy)
    assert re.search(r"\d+ failed", said)
    assert not (copy / "data" / "processed").exists()
    assert not (copy / "figures").exists()


def test_a_notebook_that_fails_skips_the_later_ones(copy):
    path = copy / "notebooks" / "01_clean_responses.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cells[2].source = "raise ValueError('broken')"
    nbformat.write(notebook, path)
    said = _nbval(copy)
    assert "01_clean_responses.ipynb failed, and 03_preferred_vs_used.ipynb reads" in said
    assert "01_clean_responses.ipynb failed, and 04_satisfaction.ipynb reads" in said
    assert "passed" in said
    later = [line for line in said.splitlines() if "FAILED" in line and "01_" not in line]
    assert later == []


def test_the_notebook_to_look_around_is_left_out_and_no_other():
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", *NBVAL]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    collected = set(re.findall(r"notebooks/(\w+)\.ipynb", done.stdout))
    every = {path.stem for path in paths.NOTEBOOKS.glob("*.ipynb")}
    assert every - collected == {"explore"}
