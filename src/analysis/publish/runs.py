"""Run the notebooks of a survey in order."""

import errno
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

from analysis import engine, paths
from analysis.publish import forked, kernels, plan
from analysis.report import NOTEBOOK
from analysis.survey import Survey, handed

CELL_TIMEOUT = 600  # seconds

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
    """One notebook of a run: executed, or skipped with the reason.

    `left_out` has the headings whose parts the survey does not allow, with the reasons.
    """

    stem: str
    notebook: NotebookNode
    skipped: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)


def notebook_paths() -> list[Path]:
    """List the notebooks in their order.

    Returns
    -------
    list of pathlib.Path
        Sorted by name.
    """
    return sorted(paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def planned(survey: Survey) -> list[Run]:
    """Decide what of each notebook will run, before anything does.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses written or held.

    Returns
    -------
    list of Run
        One a notebook, in order, none executed yet.
    """
    found = []
    for path in notebook_paths():
        notebook = nbformat.read(path, as_version=4)
        reasons = plan.left_out(path.stem, survey)
        sections = plan.sections_left_out(notebook, reasons, plan.PARTS.get(path.stem, {}))
        skipped = reasons.get(NOTEBOOK, "")
        found.append(Run(stem=path.stem, notebook=notebook, skipped=skipped, left_out=sections))
    return found


def planned_lines(runs: Sequence[Run]) -> list[str]:
    """Say what of each notebook will run.

    Parameters
    ----------
    runs : sequence of Run
        As `planned` returns them.

    Returns
    -------
    list of str
        A line a notebook, and one for each of its sections that is left out.

    Examples
    --------
    >>> from nbformat.v4 import new_notebook
    >>> left_out = {"By ward": "fewer than 3 wards have 10 people or more who answered"}
    >>> for line in planned_lines([Run(stem="04_x", notebook=new_notebook(), left_out=left_out)]):
    ...     print(line)
    04_x
      without "By ward": fewer than 3 wards have 10 people or more who answered
    """
    lines = []
    for run in runs:
        lines.append(f"{run.stem}: left out: {run.skipped}" if run.skipped else run.stem)
        lines += [f'  without "{heading}": {why}' for heading, why in run.left_out.items()]
    return lines


def execute(survey: Survey, runs: Sequence[Run], out: Path) -> None:
    """Execute the notebooks of a survey in place: the first alone, then as many as there are cores.

    Parameters
    ----------
    survey : Survey
        The survey; what it remembers of its raw files need not be made again.
    runs : sequence of Run
        As `planned` returns them. The notebooks' own metadata are kept, so that the same run
        gives the same bytes on another machine.
    out : pathlib.Path
        Folder below which the notebooks write.

    Raises
    ------
    NotebookError
        If a cell fails.
    OSError
        If a notebook cannot write, since the disk is full or read-only.
    """
    wanted = [run for run in runs if not run.skipped]
    total = sum(cell.cell_type == "code" for run in wanted for cell in run.notebook.cells)
    metadata = [dict(run.notebook.metadata) for run in wanted]
    with _progress(total) as advance, tempfile.TemporaryDirectory() as private:
        clients = [_client(run, advance) for run in wanted]
        made = handed.hand_on(survey, Path(private) / "made")
        failed = kernels.run(clients, _environment(survey, out) | made, at_once=engine.cores())
    for run, kept in zip(wanted, metadata, strict=True):
        run.notebook.metadata = nbformat.from_dict(kept)
    if failed:
        at, reason = failed
        error = _told(wanted[at], reason, out)
        error.finished = wanted[:at]
        raise error from None


def _client(run: Run, advance: Callable[[str, str], None]) -> forked.Client:
    steps = _steps(run.notebook)
    return forked.Client(
        run.notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=list(_QUIET),
        resources={"metadata": {"path": str(paths.NOTEBOOKS)}},
        on_cell_executed=lambda cell, cell_index, **_: advance(run.stem, steps[cell_index]),
    )


def _environment(survey: Survey, out: Path) -> dict[str, str]:
    environment = {**os.environ, "SURVEY": survey.name, "ANALYSIS_OUT": str(out)}
    if paths.RAW_ELSEWHERE:
        environment["ANALYSIS_RAW"] = str(paths.RAW_ELSEWHERE)
    return environment


def _told(run: Run, reason: BaseException, out: Path) -> NotebookError:
    """Say which cell of a notebook failed; raise what is no fault of a cell."""
    if isinstance(reason, CellExecutionError):
        _refuse_full_disk(reason.evalue, out)
        failed = sum(bool(cell.get("execution_count")) for cell in run.notebook.cells)
        where = f"{run.stem}.ipynb failed in code cell {failed}"
        return NotebookError(where, f"{reason.ename}: {reason.evalue}")
    if isinstance(reason, DeadKernelError | TimeoutError):
        return NotebookError(f"{run.stem}.ipynb stopped", str(reason))
    raise reason


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
