"""From a survey to its results: check, run, render, put in place; all of it or nothing."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from analysis import cleaning, engine, exports, files, paths, population, tables
from analysis.attack import findings
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.publish import (
    answer_check,
    changes,
    ledger_facts,
    pdf,
    readme,
    rendering,
    signals,
)
from analysis.publish.runs import NotebookError, Run, execute, planned, planned_lines
from analysis.survey import DEFAULT, Survey, made_from, word_checks


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is known of a survey before anything is written: facts, answers, what will run.

    `held` is the survey with its cleaned responses.
    """

    facts: Mapping[str, str]
    answers: Sequence[str]
    runs: Sequence[Run]
    held: Survey


def check(survey: Survey) -> Checked:
    """Compare the raw file and the population's table with the codebook; nothing is written.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    Checked
        `facts` about the raw file, name -> text, with a line a step of the ledger, `answers` as
        `answer_check` lists them, and a run a notebook, none executed yet.

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
    other = cleaned.noted
    facts = {
        "Survey": survey.codebook.title,
        "Source": survey.codebook.source,
        "Raw file": f"{', '.join(survey.codebook.file.names)}, SHA-256 {survey.raw_sha256()}",
        "Read as": exports.described(survey.raw_paths, survey.codebook.file),
        **ledger_facts.facts_of(cleaned, survey),
        'Texts behind "Other"': f"{int(other.recoded['n'].sum()):,} brought back to a listed "
        f"answer, {sum(other.other_left.values()):,} left",
        "Limits": survey.codebook.limits,
    }
    held = survey.holding(cleaned.responses)
    answers = answer_check.answer_lines(cleaned, survey.codebook)
    return Checked(facts=facts, answers=answers, runs=planned(held), held=held)


def _cleaned(survey: Survey) -> cleaning.Cleaned:
    cleaned = engine.clean(survey)
    if cleaned.responses.empty:
        last = next(each for each in cleaned.ledger.steps if not each.rows_after)
        raise SurveyError(
            f"no reply of {survey.name} is kept: the step {last.step!r} took out the last "
            f"{last.rows_before} ({last.reason}); check the dates and rules of codebook.toml"
        )
    return cleaned


def check_lines(survey: Survey) -> list[str]:
    """Say what `check` finds, what the report will have, and how the survey's words read.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    list of str
        Lines.
    """
    checked = check(survey)
    return [
        *(f"{fact}: {text}" for fact, text in checked.facts.items()),
        "The answers of the replies kept, in the codebook's order, for whoever holds the raw file "
        "and not to be published. Does each scale run the right way, was what nobody gave offered?",
        *(f"  {line}" for line in checked.answers),
        "The raw file agrees with the codebook. The report will have:",
        *planned_lines(checked.runs),
        "Its words, in sentences with made-up numbers; do they read well?",
        *(f"  {sentence}" for sentence in word_checks.sample_sentences(survey.codebook)),
    ]


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder to write in, removed afterwards, to the only run that writes.

    Yields
    ------
    pathlib.Path
        The folder.

    Raises
    ------
    SurveyError
        If another run is writing.
    """
    with placing.writing():
        paths.REPORTS.mkdir(parents=True, exist_ok=True)
        yield Path(tempfile.mkdtemp(prefix=files.UNFINISHED, dir=paths.REPORTS))


def put_in_place(
    folder: Path, names: list[str], others: Mapping[Path, Path | bytes | None] | None = None
) -> None:
    """Replace folders of results by those of a finished run, all of them or none.

    Parameters
    ----------
    folder : pathlib.Path
        The scratch folder.
    names : list of str
        Folders relative to it, such as ``"figures/ape11"``; each replaces its namesake whole. One
        that the run has not made, such as that of a survey without figures, is removed.
    others : mapping, optional
        What else is replaced with them, as for `placing.prepare`.

    Raises
    ------
    OSError
        If one of them cannot be replaced; all are as they were.
    """
    changes = {paths.OUT / name: folder / name for name in names}
    prepared = placing.prepare(changes | dict(others or {}))
    signals.last_step()
    placing.commit(prepared)


def data_tables(survey: Survey) -> list[Path]:
    """Make the data tables of a survey and put them beside its report.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    list of pathlib.Path
        The files.

    Raises
    ------
    SurveyError
        If raw file or codebook are wrong, or no closed question was answered by enough people;
        nothing has been written then.
    """
    beside = paths.REPORTS / survey.name
    with scratch() as folder:
        made = tables.write_tables(survey.holding(_cleaned(survey).responses), folder)
        if not made:
            raise SurveyError(
                f"no data tables of {survey.name}: too few people answered each closed question"
            )
        changes = dict.fromkeys((beside / name for name in tables.NAMES), None)
        prepared = placing.prepare(changes | {beside / path.name: path for path in made})
        signals.last_step()
        placing.commit(prepared)
    return [beside / path.name for path in made]


def report(survey: Survey, *, printed: bool = False) -> list[Path | str]:
    """Run the notebooks of a survey, make its data tables and render its report.

    Parameters
    ----------
    survey : Survey
        The survey.
    printed : bool
        Whether a browser prints the report as one PDF, too.

    Returns
    -------
    list of pathlib.Path and str
        The report's index page, and its PDF if it was printed; and a line for what a command made
        of other replies (`made_from.carry_over`), which is removed; and a warning with the small
        counts that its tables tell together.

    Raises
    ------
    SurveyError
        If raw file or codebook are wrong, or no browser prints; nothing has been written then.
    NotebookError
        If a cell fails. What an earlier run wrote is still in place; the pages of the notebooks
        that finished are beside it, in ``reports/<survey>.unfinished``, until a run finishes.
    """
    unfinished = paths.REPORTS / f"{survey.name}.unfinished"
    browser = pdf.browser() if printed else ""
    with scratch() as folder:
        checked = check(survey)
        pages_of = folder / "reports" / survey.name
        try:
            execute(checked.held, checked.runs, folder)
        except NotebookError as error:
            with suppress(OSError, ValueError):  # the notebook's error matters more than its page
                if error.finished:
                    rendering.render_unfinished(survey, error, folder, pages_of)
                    placing.commit(placing.prepare({unfinished: pages_of}))
                    error.kept = unfinished / "index.html"
            raise
        made = [path.name for path in tables.write_tables(checked.held, pages_of)]
        made += [pdf.NAME] * printed
        changes.write_log(survey, folder / "data" / "processed" / survey.name)
        others = made_from.kept(survey)
        compared = [each.page for each in others if each.page]
        order = rendering.render(
            survey, checked.runs, checked.facts, folder, pages_of, made=made, compared=compared
        )
        if printed:
            pdf.write_pdf(pages_of, order, browser)
        told = findings.warning(checked.held, pages_of)
        lines, _ = made_from.carry_over(others, survey, folder)
        names = [f"{kind}/{survey.name}" for kind in made_from.KINDS.values()]
        put_in_place(folder, names, {unfinished: None})
    pages = [paths.REPORTS / survey.name / name for name in ["index.html", *[pdf.NAME] * printed]]
    return [*pages, *lines, *told]


def refresh_notebooks(survey: Survey) -> list[Path | str]:
    """Run the notebooks and keep them, executed, where they are, with the README's headlines.

    Parameters
    ----------
    survey : Survey
        The default survey: the notebooks in the repository show its answers.

    Returns
    -------
    list of pathlib.Path and str
        The notebooks and README.md; and lines as of `report`.

    Raises
    ------
    SurveyError
        If it is another survey, or raw file, codebook or README are wrong.
    NotebookError
        If a cell fails; no notebook has been changed then.
    """
    if survey.name != DEFAULT:
        raise SurveyError(
            f"the notebooks kept in the repository are those of {DEFAULT}, not {survey.name}; "
            "use report for other surveys"
        )
    with scratch() as folder:
        checked = check(survey)
        runs = checked.runs
        execute(checked.held, runs, folder)
        kinds = ("data/processed", "figures")
        kept = {
            paths.NOTEBOOKS / f"{run.stem}.ipynb": rendering.notebook_bytes(run) for run in runs
        }
        changes.write_log(survey, folder / "data" / "processed" / survey.name)
        text = readme.new_readme(folder / "data" / "processed" / survey.name)
        kept[paths.ROOT / "README.md"] = text.encode("utf-8")
        lines, gone = made_from.carry_over(made_from.kept(survey), survey, folder)
        put_in_place(folder, [f"{kind}/{survey.name}" for kind in kinds], kept | gone)
    return [*kept, *lines]
