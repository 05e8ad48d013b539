"""From a survey to its report: check, run, render, put in place; all of it or nothing."""

import math
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from analysis import cleaning, files, paths, population
from analysis.cleaning import Cleaned
from analysis.errors import SurveyError
from analysis.publish import pages
from analysis.publish.runs import Run, execute, notebook_paths, planned
from analysis.report import findings
from analysis.survey import DEFAULT, Survey

SYNTHETIC_NOTICE = "Synthetic data: made by this project with known truth. No resident answered."


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is known of a survey before anything is written: facts, and what will run."""

    facts: Mapping[str, str]
    runs: Sequence[Run]


def check(survey: Survey) -> Checked:
    """Compare the raw file and the population's table with the codebook; nothing is written.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    Checked
        `facts` about the raw file, name -> text, with a line a step of the ledger, and a run a
        notebook, none executed yet.

    Raises
    ------
    SurveyError
        If a file is missing or damaged, contradicts the codebook, or no reply is kept.
    """
    problems = []
    if survey.codebook.population_counts:
        try:
            population.read_population(survey)
        except SurveyError as error:
            problems.append(str(error))
    try:
        cleaned = _cleaned(survey)
    except SurveyError as error:
        problems.append(str(error))
    if problems:
        raise SurveyError("\n".join(problems))
    other = cleaned.coded
    facts = {
        "Survey": survey.codebook.title,
        "Source": survey.codebook.source,
        "Raw file": f"{survey.raw_path.name}, SHA-256 {survey.raw_sha256()}",
        **_ledger_facts(cleaned, survey),
        'Texts behind "Other"': f"{int(other.recoded['n'].sum()):,} brought back to a listed "
        f"answer, {sum(other.other_left.values()):,} left",
        "Limits": survey.codebook.limits,
    }
    return Checked(facts=facts, runs=planned(survey.holding(cleaned.responses)))


def _cleaned(survey: Survey) -> Cleaned:
    cleaned = cleaning.clean(survey.read_raw(), survey.codebook)
    if cleaned.responses.empty:
        last = next(each for each in cleaned.ledger.steps if not each.rows_after)
        raise SurveyError(
            f"no reply of {survey.name} is kept: the step {last.step!r} took out the last "
            f"{last.rows_before} ({last.reason}); check the dates and rules of codebook.toml"
        )
    return cleaned


def _ledger_facts(cleaned: Cleaned, survey: Survey) -> dict[str, str]:
    """Say how many replies came, left at each step and why, and stayed."""
    facts = {"Replies received": f"{cleaned.ledger.rows_in:,}"}
    for step in cleaned.ledger.steps:
        left = step.rows_before - step.rows_after
        facts[f"Left out, {step.step.replace('_', ' ')}"] = f"{left:,} ({step.reason})"
    if cleaned.doubles is not None and cleaned.doubles.by_chance:
        at_most = math.ceil(10 * cleaned.doubles.by_chance) / 10
        facts["Doubles by chance"] = (
            f"of those left out as double, at most {at_most:,} are expected to be of other people "
            "who answered alike"
        )
    kept = cleaned.responses
    facts["Replies kept"] = f"{len(kept):,}"
    for question in survey.codebook.questions:
        without = int(kept[question.role].isna().sum()) if question.kind == "date" else 0
        if without:
            facts[f"Without a time, {question.role}"] = f"{without:,} of those kept"
    return facts


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
    checked = check(survey)
    with scratch() as folder:
        execute(survey, checked.runs, folder)
        _render(survey, checked.runs, checked.facts, folder)
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
    runs = check(survey).runs
    with scratch() as folder:
        execute(survey, runs, folder)
        put_in_place(folder, [f"{kind}/{survey.name}" for kind in ("data/processed", "figures")])
    for run in runs:
        files.replace_text(
            paths.NOTEBOOKS / f"{run.stem}.ipynb", nbformat.writes(run.notebook) + "\n"
        )
    return notebook_paths()


def _render(survey: Survey, runs: Sequence[Run], facts: Mapping[str, str], folder: Path) -> None:
    notice = SYNTHETIC_NOTICE if survey.codebook.synthetic else ""
    shown = [
        replace(page, skipped=run.skipped, left_out=run.left_out)
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
            files.replace_text(target / f"{run.stem}.html", html)
            files.replace_text(target / f"{run.stem}.ipynb", nbformat.writes(run.notebook) + "\n")
    downloads = sorted((folder / "data" / "processed" / survey.name).glob("*.xlsx"))
    for path in downloads:
        files.replace_bytes(target / path.name, path.read_bytes())
    headlines = findings.read_findings(survey, folder / "data" / "processed" / survey.name)
    index = pages.index_html(
        shown,
        survey_title=survey.codebook.title,
        notice=notice,
        findings=headlines,
        facts=facts,
        downloads=[path.name for path in downloads],
    )
    files.replace_text(target / "index.html", index)
