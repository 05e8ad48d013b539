"""Run the notebooks of a survey in order."""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

from analysis import paths
from analysis.publish import kernels
from analysis.survey import Survey

CELL_TIMEOUT = 600  # seconds

#: What a notebook requires that needs weights, the survey's own or made from a population.
WEIGHTS = "weights"

_QUIET = ["--IPKernelApp.log_level=40"]  # the kernel warns about its own local connection


class NotebookError(RuntimeError):
    """A cell of a notebook failed; the text names notebook, cell and reason.

    `where` is the text without the reason, which may quote answers; `finished` are the runs
    before it, and `kept` is the page that shows them, if there is one.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.finished: list[Run] = []
        self.kept: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Run:
    """One notebook of a run: executed, or skipped with the reason."""

    stem: str
    notebook: NotebookNode
    skipped: str = ""


def notebook_paths() -> list[Path]:
    """List the notebooks in their order.

    Returns
    -------
    list of pathlib.Path
        Sorted by name.
    """
    return sorted(paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def lacking(notebook: NotebookNode, survey: Survey) -> str:
    """Say why a survey has no use for a notebook.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Its metadata list the roles that it requires; `WEIGHTS` stands for weights or a
        population.
    survey : Survey
        The survey.

    Returns
    -------
    str
        "" if the survey has all the roles.
    """
    required = notebook.metadata.get("analysis", {}).get("requires", [])
    if WEIGHTS in required and not survey.can_weigh:
        return "the survey brings no weights, and its codebook names no population"
    missing = [role for role in required if role != WEIGHTS and not survey.has(role)]
    return f"the survey has no question on {', '.join(missing)}" if missing else ""


def execute(survey: Survey, out: Path) -> list[Run]:
    """Execute the notebooks of a survey in order.

    Parameters
    ----------
    survey : Survey
        The survey.
    out : pathlib.Path
        Folder below which the notebooks write.

    Returns
    -------
    list of Run
        One a notebook. The notebooks' own metadata are kept, so that the same run gives the
        same bytes on another machine.

    Raises
    ------
    NotebookError
        If a cell fails.
    OSError
        If a notebook cannot write, since the disk is full or read-only.
    """
    runs = []
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in notebook_paths()}
    wanted = [nb for nb in notebooks.values() if not lacking(nb, survey)]
    total = sum(cell.cell_type == "code" for nb in wanted for cell in nb.cells)
    with _progress(total) as advance:
        for stem, notebook in notebooks.items():
            reason = lacking(notebook, survey)
            if not reason:
                try:
                    _execute_one(stem, notebook, survey, out, advance)
                except NotebookError as error:
                    error.finished = runs
                    raise
            runs.append(Run(stem=stem, notebook=notebook, skipped=reason))
    return runs


def _execute_one(
    stem: str, notebook: NotebookNode, survey: Survey, out: Path, advance: Callable
) -> None:
    metadata = dict(notebook.metadata)
    steps = _steps(notebook)
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=_QUIET,
        resources={"metadata": {"path": str(paths.NOTEBOOKS)}},
        on_cell_executed=lambda cell, cell_index, **_: advance(stem, steps[cell_index]),
    )
    environment = {**os.environ, "SURVEY": survey.name, "ANALYSIS_OUT": str(out)}
    if paths.RAW_ELSEWHERE:
        environment["ANALYSIS_RAW"] = str(paths.RAW_ELSEWHERE)
    try:
        kernels.run(client, environment)
    except CellExecutionError as error:
        _refuse_full_disk(error.evalue, out)
        failed = sum(bool(cell.get("execution_count")) for cell in notebook.cells)
        where = f"{stem}.ipynb failed in code cell {failed}"
        raise NotebookError(where, f"{error.ename}: {error.evalue}") from None
    except (DeadKernelError, TimeoutError) as error:
        raise NotebookError(f"{stem}.ipynb stopped", str(error)) from None
    notebook.metadata = nbformat.from_dict(metadata)


def _refuse_full_disk(said: str, out: Path) -> None:
    """Raise the error of a cell again if it says that the disk is full or read-only."""
    told = re.match(r"\[Errno (\d+)\] ([^:]*)(?:: '(.*)')?$", said)
    if told and int(told[1]) in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        raise OSError(int(told[1]), told[2], told[3] or str(out)) from None


def _steps(notebook: NotebookNode) -> list[str]:
    """Return for each cell the last heading above it."""
    steps, step = [], ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            step = cell.source.splitlines()[0].lstrip("# ")
        steps.append(step)
    return steps


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str, str], None]]:
    """Show a bar that names notebook and step; without a terminal, a line a notebook."""
    if sys.stderr.isatty():
        with tqdm(total=total, unit="cell", leave=False, dynamic_ncols=True) as bar:

            def advance(stem: str, step: str) -> None:
                bar.set_description_str(f"{stem}: {step[:40]}")
                bar.update()

            yield advance
        return
    seen: list[str] = []

    def announce(stem: str, step: str) -> None:
        if stem not in seen:
            seen.append(stem)
            print(f"running {stem}", file=sys.stderr, flush=True)

    yield announce
