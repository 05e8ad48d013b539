"""Run the notebooks of a survey in order, in a scratch folder, and put the results in place."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

from analysis import coding, findings, pages, paths, tables
from analysis.errors import SurveyError
from analysis.survey import DEFAULT, Survey

CELL_TIMEOUT = 600  # seconds
_QUIET = ["--IPKernelApp.log_level=40"]  # the kernel warns about its own local connection
SYNTHETIC_NOTICE = "Synthetic data: made by this project with known truth. No resident answered."


class NotebookError(RuntimeError):
    """A cell of a notebook failed; the text names notebook, cell and reason."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One notebook of a run: executed, or skipped with the reason."""

    stem: str
    notebook: NotebookNode
    skipped: str = ""


def check(survey: Survey) -> dict[str, str]:
    """Read the raw file and compare it with the codebook, before anything is written.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    dict
        Facts about the raw file, name -> text.

    Raises
    ------
    SurveyError
        If the file is missing or damaged, or contradicts the codebook.
    """
    raw = survey.read_raw()
    coding.code(raw, survey.codebook)
    return {
        "Survey": survey.codebook.title,
        "Source": survey.codebook.source,
        "Raw file": f"{survey.raw_path.name}, SHA-256 {survey.raw_sha256()}",
        "Replies received": f"{len(raw):,}",
        "Limits": survey.codebook.limits,
    }


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
        Its metadata list the roles that it requires.
    survey : Survey
        The survey.

    Returns
    -------
    str
        "" if the survey has all the roles.
    """
    required = notebook.metadata.get("analysis", {}).get("requires", [])
    missing = [role for role in required if not survey.has(role)]
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
    """
    runs = []
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in notebook_paths()}
    wanted = [nb for nb in notebooks.values() if not lacking(nb, survey)]
    total = sum(cell.cell_type == "code" for nb in wanted for cell in nb.cells)
    with _progress(total) as advance:
        for stem, notebook in notebooks.items():
            reason = lacking(notebook, survey)
            if not reason:
                _execute_one(stem, notebook, survey, out, advance)
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
        client.execute(env=environment)
    except CellExecutionError as error:
        failed = sum(bool(cell.get("execution_count")) for cell in notebook.cells)
        raise NotebookError(
            f"{stem}.ipynb failed in code cell {failed}: {error.ename}: {error.evalue}"
        ) from None
    except (DeadKernelError, TimeoutError) as error:
        raise NotebookError(f"{stem}.ipynb stopped: {error}") from None
    notebook.metadata = nbformat.from_dict(metadata)


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


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder to write in, on the file system of the results, removed afterwards.

    Yields
    ------
    pathlib.Path
        The folder.
    """
    paths.REPORTS.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=paths.REPORTS))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path, names: list[str]) -> None:
    """Replace folders of results by those of a finished run.

    Parameters
    ----------
    folder : pathlib.Path
        The scratch folder.
    names : list of str
        Folders relative to it, such as ``"figures/ape11"``; each replaces its namesake whole.
    """
    for name in names:
        target, old = paths.OUT / name, folder / "replaced" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        old.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(old)
        (folder / name).rename(target)


def report(survey: Survey) -> Path:
    """Run the notebooks of a survey and render its report.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    pathlib.Path
        The report's index page.

    Raises
    ------
    SurveyError
        If raw file or codebook are wrong; nothing has been written then.
    NotebookError
        If a cell fails; what an earlier run wrote is still in place.
    """
    facts = check(survey)
    with scratch() as folder:
        runs = execute(survey, folder)
        _render(survey, runs, facts, folder)
        put_in_place(
            folder, [f"{kind}/{survey.name}" for kind in ("data/processed", "figures", "reports")]
        )
    return paths.REPORTS / survey.name / "index.html"


def refresh_notebooks(survey: Survey) -> list[Path]:
    """Run the notebooks and keep them, executed, where they are.

    Parameters
    ----------
    survey : Survey
        The default survey: the notebooks in the repository show its answers.

    Returns
    -------
    list of pathlib.Path
        The notebooks.

    Raises
    ------
    SurveyError
        If it is another survey, or raw file or codebook are wrong.
    NotebookError
        If a cell fails; no notebook has been changed then.
    """
    if survey.name != DEFAULT:
        raise SurveyError(
            f"the notebooks kept in the repository are those of {DEFAULT}, not {survey.name}; "
            "use report for other surveys"
        )
    check(survey)
    with scratch() as folder:
        runs = execute(survey, folder)
        put_in_place(folder, [f"{kind}/{survey.name}" for kind in ("data/processed", "figures")])
    for run in runs:
        tables.replace_text(
            paths.NOTEBOOKS / f"{run.stem}.ipynb", nbformat.writes(run.notebook) + "\n"
        )
    return notebook_paths()


def _render(survey: Survey, runs: list[Run], facts: dict[str, str], folder: Path) -> None:
    notice = SYNTHETIC_NOTICE if survey.codebook.synthetic else ""
    shown = [
        pages.Page(stem=run.stem, title=page.title, answer=page.answer, skipped=run.skipped)
        for run, page in ((run, pages.page_of(run.stem, run.notebook)) for run in runs)
    ]
    target = folder / "reports" / survey.name
    for run in runs:
        if not run.skipped:
            html = pages.notebook_html(
                run.notebook,
                stem=run.stem,
                pages=shown,
                survey_title=survey.codebook.title,
                notice=notice,
                population=survey.codebook.population,
            )
            tables.replace_text(target / f"{run.stem}.html", html)
            tables.replace_text(target / f"{run.stem}.ipynb", nbformat.writes(run.notebook) + "\n")
    headlines = findings.read(survey, folder / "data" / "processed" / survey.name)
    index = pages.index_html(
        shown,
        survey_title=survey.codebook.title,
        notice=notice,
        findings=headlines,
        facts=facts,
    )
    tables.replace_text(target / "index.html", index)
