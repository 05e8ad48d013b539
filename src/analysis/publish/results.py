"""From a survey to its results: check, run, render, put in place; all of it or nothing."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analysis import files, paths, tables
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.publish import changes, making, pdf, protection, readme, rendering, signals
from analysis.publish.checking import check, cleaned_of
from analysis.publish.runs import execute
from analysis.survey import DEFAULT, Survey, made_from


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
    """Make the data tables of a survey and put them beside its report, by its rule.

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
    survey, _ = protection.of_report(survey, beside)
    with scratch() as folder:
        made = tables.write_tables(survey.holding(cleaned_of(survey).responses), folder)
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
        The report's index page, and its PDF if it was printed; a line if it was made by a stricter
        rule than the codebook's, since its tables together would tell of few people; and one for
        what a command made of other replies (`made_from.carry_over`), which is removed.

    Raises
    ------
    SurveyError
        If raw file or codebook are wrong, no browser prints, or the tables tell of few people by
        the strictest rule (`protection.TIMES`); nothing has been written then.
    NotebookError
        If a cell fails. What an earlier run wrote is still in place; the pages of the notebooks
        that finished are beside it, in ``reports/<survey>.unfinished``, until a run finishes.
    """
    unfinished = paths.REPORTS / f"{survey.name}.unfinished"
    browser = pdf.browser() if printed else ""
    with scratch() as folder:
        checked, others = check(survey), made_from.kept(survey)
        made, said = making.make(checked, folder, others, browser)
        lines, _ = made_from.carry_over(others, survey, made)
        names = [f"{kind}/{survey.name}" for kind in made_from.KINDS.values()]
        put_in_place(made, names, {unfinished: None})
    pages = [paths.REPORTS / survey.name / name for name in ["index.html", *[pdf.NAME] * printed]]
    return [*pages, *said, *lines]


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
