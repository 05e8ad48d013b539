"""JupyterLab, opened on the notebook to look around and on the first one."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from analysis import paths

#: The notebooks that are open at the start, the first in front; names without ending.
OPEN = ("explore", "01_clean_responses")


def open_lab(survey_name: str | None) -> int:
    """Open JupyterLab on the notebooks, and wait until it is closed.

    Parameters
    ----------
    survey_name : str or None
        The survey that the notebooks load; None for that of the environment.

    Returns
    -------
    int
        Its exit status.
    """
    from jupyterlab_server.workspaces_handler import WorkspacesManager  # it takes a second

    with tempfile.TemporaryDirectory() as folder:
        WorkspacesManager(folder).save("default", json.dumps(workspace(OPEN)))
        environment = os.environ | {"JUPYTERLAB_WORKSPACES_DIR": folder}
        environment |= {"SURVEY": survey_name} if survey_name else {}
        command = [sys.executable, "-m", "jupyter", "lab", str(paths.NOTEBOOKS)]
        return subprocess.run(command, cwd=paths.ROOT, env=environment, check=False).returncode


def workspace(stems: Sequence[str]) -> dict:
    """Describe a workspace of JupyterLab in which notebooks are open side by side as tabs.

    Parameters
    ----------
    stems : sequence of str
        Names of notebooks without ending, the first in front.

    Returns
    -------
    dict
        As `jupyter lab workspaces export` writes it.

    Examples
    --------
    >>> workspace(["explore"])["data"]["notebook:explore.ipynb"]
    {'data': {'path': 'explore.ipynb', 'factory': 'Notebook'}}
    """
    tabs = {f"notebook:{stem}.ipynb": f"{stem}.ipynb" for stem in stems}
    dock = {"type": "tab-area", "currentIndex": 0, "widgets": list(tabs)}
    layout = {"main": {"dock": dock, "current": next(iter(tabs))}}
    opened = {tab: {"data": {"path": path, "factory": "Notebook"}} for tab, path in tabs.items()}
    return {
        "data": {"layout-restorer:data": layout, **opened},
        "metadata": {"id": "default"},
    }
