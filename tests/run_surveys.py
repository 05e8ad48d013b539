"""Run the notebooks of any survey in this process, quickly, and say where one stopped.

As a command: `python tests/run_surveys.py --help`; it makes many surveys out of one, by drawing
replies and removing questions, and runs the notebooks of each.
"""

import contextlib
import io
import os
import traceback
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
from IPython.core.interactiveshell import InteractiveShell

from analysis import paths, survey
from analysis.publish import results

mpl.use("agg")


def run_in_process(name: str, out: Path, only: str = "") -> dict[str, str]:
    """Check a survey, run what is planned of its notebooks, and return what went wrong.

    Parameters
    ----------
    name : str
        A survey of `paths.RAW`.
    out : pathlib.Path
        Folder to write to.
    only : str
        The start of a notebook's name; it runs after 01 alone.

    Returns
    -------
    dict
        Notebook -> error and the cell that it came from; empty if all went well. Key "check" if
        the check itself failed.
    """
    found: dict[str, str] = {}
    with _writing_to(out, name):
        try:
            planned = results.check(survey.load(name)).runs
        except Exception:
            return {"check": traceback.format_exc(limit=-3)}
        for run in planned:
            if run.skipped or not run.stem.startswith(("01", only)):
                continue
            wrong = run_notebook(run.notebook)
            if wrong:
                found[run.stem] = wrong
    return found


def run_notebook(notebook: nbformat.NotebookNode) -> str:
    """Run the cells of a notebook; return the first error, "" if there is none."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.user_ns["display"] = lambda *shown: [repr(each) for each in shown]
    here = Path.cwd()
    os.chdir(paths.NOTEBOOKS)
    try:
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()),
            ):
                done = shell.run_cell(cell.source, store_history=False)
            error = done.error_before_exec or done.error_in_exec
            if error is not None:
                frames = traceback.extract_tb(error.__traceback__)
                where = [f"{frame.name}:{frame.lineno}" for frame in frames[-4:]]
                return f"cell [{number}] {type(error).__name__}: {error} ({' > '.join(where)})"
    finally:
        os.chdir(here)
        plt.close("all")
    return ""


@contextlib.contextmanager
def _writing_to(out: Path, name: str) -> Iterator[None]:
    """Let the project write below a folder, and notebooks find the survey."""
    kept = {each: getattr(paths, each) for each in ("OUT", "PROCESSED", "FIGURES", "REPORTS")}
    chosen = os.environ.get("SURVEY")
    paths.OUT, paths.PROCESSED = out, out / "data" / "processed"
    paths.FIGURES, paths.REPORTS = out / "figures", out / "reports"
    os.environ["SURVEY"] = name
    try:
        yield
    finally:
        for each, value in kept.items():
            setattr(paths, each, value)
        os.environ.pop("SURVEY")
        if chosen is not None:
            os.environ["SURVEY"] = chosen
