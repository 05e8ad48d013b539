"""JupyterLab opens on the notebook to look around, and on 01."""

import json
import subprocess
from pathlib import Path

import pytest

from analysis import paths
from analysis.publish import commands, lab


@pytest.fixture
def started(monkeypatch):
    """Take down what would be started, and the workspace that it would find."""
    seen = {}

    def start(command: list, env: dict, **how: object) -> subprocess.CompletedProcess:
        (file,) = Path(env["JUPYTERLAB_WORKSPACES_DIR"]).iterdir()
        seen.update(command=command, survey=env.get("SURVEY"), file=file)
        seen["workspace"] = json.loads(file.read_text("utf-8"))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(lab.subprocess, "run", start)
    monkeypatch.delenv("SURVEY", raising=False)
    return seen


def test_both_notebooks_are_open_the_one_to_look_around_in_front(started):
    assert commands.run(["lab", "--survey", "ape11"]) == 0
    assert started["command"][2:] == ["jupyter", "lab", str(paths.NOTEBOOKS)]
    assert started["survey"] == "ape11"
    data = started["workspace"]["data"]
    tabs = data["layout-restorer:data"]["main"]["dock"]["widgets"]
    opened = [data[tab]["data"]["path"] for tab in tabs]
    assert opened == ["explore.ipynb", "01_clean_responses.ipynb"]
    assert all((paths.NOTEBOOKS / name).is_file() for name in opened)
    assert not started["file"].exists()  # nothing stays behind


def test_a_survey_that_there_is_not_is_said_before_anything_starts(started, capsys):
    assert commands.run(["lab", "--survey", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert started == {}
