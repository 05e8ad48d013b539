"""The pages of a run: of one that finished, or of what one showed until it failed."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import nbformat
import pandas as pd
from nbformat import NotebookNode

from analysis import files, report
from analysis.publish import behind_pages, changes, district_pages, first_page, pages, site_search
from analysis.publish.runs import NotebookError, Run
from analysis.report import findings
from analysis.survey import Survey
from analysis.survey.codebook import Words

SYNTHETIC_NOTICE = "Synthetic data: made by this project with known truth. No resident answered."


def retitled(notebook: NotebookNode, title: str, words: Words) -> NotebookNode:
    r"""Give a notebook another heading of the first level, and all others a survey's words.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook; it is left as it is.
    title : str
        The new heading; "" leaves the old one.
    words : Words
        How the survey speaks of channels and districts.

    Returns
    -------
    nbformat.NotebookNode
        A copy whose first cell begins with the new heading, and whose others say the survey's
        words.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> cells = [new_markdown_cell("# Who?"), new_markdown_cell("## By district\n\nEach district.")]
    >>> made = retitled(new_notebook(cells=cells), "Who answered?", Words(district="region"))
    >>> [each.source for each in made.cells]
    ['# Who answered?', '## By region\n\nEach district.']
    """
    made = deepcopy(notebook)
    if title:
        first = made.cells[0]
        first.source = re.sub(r"^# .*", lambda _: f"# {title}", first.source, count=1)
    for cell in made.cells[1:]:
        if cell.cell_type == "markdown":
            cell.source = re.sub(
                r"^##.*", lambda line: in_words(line[0], words), cell.source, flags=re.MULTILINE
            )
    return made


def in_words(heading: str, words: Words) -> str:
    """Put a survey's words for channels and districts into a heading.

    Parameters
    ----------
    heading : str
        A heading of a notebook.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        The heading.

    Examples
    --------
    >>> in_words("Each district beside the whole", Words(district="region"))
    'Each region beside the whole'
    """
    known = ("channels", "channel", "districts", "district")
    return re.sub(rf"\b({'|'.join(known)})\b", lambda found: getattr(words, found[1]), heading)


def notebook_bytes(run: Run) -> bytes:
    """Write an executed notebook as it is kept.

    Parameters
    ----------
    run : Run
        The notebook.

    Returns
    -------
    bytes
        The content of its file.
    """
    return f"{nbformat.writes(run.notebook)}\n".encode()


def render(
    survey: Survey,
    runs: Sequence[Run],
    facts: Mapping[str, str],
    folder: Path,
    to: Path,
    *,
    made: Sequence[str] = (),
    compared: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """Write the pages of a run, its notebooks and the files to download.

    Parameters
    ----------
    survey : Survey
        The survey.
    runs : sequence of Run
        All notebooks.
    facts : mapping of str to str
        Name -> text, shown on the first page.
    folder : pathlib.Path
        The scratch folder, with the tables.
    to : pathlib.Path
        The folder of the pages.
    made : sequence of str
        Names of further files to download, beside the pages.
    compared : sequence of tuple of str
        File and title of the pages that compare the survey with another wave.

    Returns
    -------
    list of str
        The files of the pages in the order of reading.
    """
    notice = SYNTHETIC_NOTICE if survey.codebook.synthetic else ""
    shown = _write_pages(survey, runs, notice, folder, to)
    tables = folder / "data" / "processed" / survey.name
    downloads = sorted(tables.glob("*.xlsx"))
    for run in runs:
        if not run.skipped:
            files.replace_bytes(to / f"{run.stem}.ipynb", notebook_bytes(run))
    for path in downloads:
        files.replace_bytes(to / path.name, path.read_bytes())
    drawn = (folder / "figures" / survey.name).glob("*")
    for path in sorted(each for each in drawn if each.suffix in (".csv", ".svg")):
        files.replace_bytes(to / "figures" / path.name, path.read_bytes())
    districts = _write_districts(survey, shown, tables, to, notice)
    headlines = _headlines(survey, shown, folder)
    files.write_csv(headlines, to / "headlines.csv", synthetic=survey.codebook.synthetic)
    _write_first(
        survey,
        runs,
        shown,
        folder,
        to,
        facts=facts,
        notice=notice,
        log=changes.new_log(survey, tables),
        downloads=[*made, *(path.name for path in downloads), "headlines.csv"],
        districts=districts,
        compared=compared,
    )
    inner = [
        *(each.file for each in districts),
        *(f"{run.stem}.html" for run in runs if not run.skipped),
    ]
    return ["index.html", *inner, "statistics.html", "methods.html", "changes.html"]


def render_unfinished(survey: Survey, error: NotebookError, folder: Path, to: Path) -> None:
    """Write the pages of the notebooks that finished before one failed; no tables, no notebooks.

    Parameters
    ----------
    survey : Survey
        The survey.
    error : NotebookError
        Which notebook failed, and the runs before it. Its reason is not shown: it may quote
        answers.
    folder, to : pathlib.Path
        As for `render`.
    """
    said = f"Unfinished: {error.where}. These numbers are of a run that did not finish."
    notice = f"{said} {SYNTHETIC_NOTICE}" if survey.codebook.synthetic else said
    shown = _write_pages(survey, error.finished, notice, folder, to)
    none = changes.read_log(survey).iloc[:0]
    _write_first(survey, error.finished, shown, folder, to, facts={}, notice=notice, log=none)


def _headlines(survey: Survey, shown: Sequence[pages.Page], folder: Path) -> pd.DataFrame:
    """Read the headlines of the notebooks that have a page."""
    found = findings.read_findings(survey, folder / "data" / "processed" / survey.name)
    return found[found["notebook"].isin([page.stem for page in shown if not page.skipped])]


def _write_first(
    survey: Survey,
    runs: Sequence[Run],
    shown: Sequence[pages.Page],
    folder: Path,
    to: Path,
    *,
    facts: Mapping[str, str],
    notice: str,
    log: pd.DataFrame,
    **more: object,
) -> None:
    """Write the first page and those about all notebooks, of the notebooks that have a page."""
    how = {"survey_title": survey.codebook.title, "notice": notice}
    found = _headlines(survey, shown, folder)
    statistics = behind_pages.statistics_html(shown, findings=found, facts=facts, **how)
    files.replace_text(to / "statistics.html", statistics)
    methods = behind_pages.methods_html(shown, cite=_cite(survey), **how)
    files.replace_text(to / "methods.html", methods)
    changed = changes.changes_html(survey, log, found, pages=shown, **how)
    files.replace_text(to / "changes.html", changed)
    drawn = [run for run in runs if run.stem[:2] == first_page.FIGURE[:2] and not run.skipped]
    figures = folder / "figures" / survey.name
    figure = first_page.inline_figure(drawn[0].notebook, figures) if drawn else ""
    codebook = survey.codebook
    when = report.days(codebook.opens, codebook.closes) if codebook.opens else ""
    about = ", ".join(each for each in (codebook.population, when) if each)
    waves = ""
    if survey.has("wave"):
        named = report.listed(list(codebook.question("wave").labels.values()))
        waves = f" The waves {named} are taken together; the data tables have them side by side."
    asked = first_page.asked_sentence(survey)
    said = {"limits": f"{codebook.limits}{waves}", "about": about, "asked": asked}
    index = first_page.index_html(shown, figure=figure, **how, **said, **more)
    files.replace_text(to / "index.html", index)
    files.replace_text(to / "search.html", site_search.search_html(to, shown, **how))


def _cite(survey: Survey) -> str:
    """Say how to cite a survey: who ran it, what it is called, its raw file, its licence."""
    codebook = survey.codebook
    digest = survey.raw_sha256()[:12]
    made = "Synthetic data. " * codebook.synthetic
    source = codebook.source.rstrip(".").replace("`", "")
    analysed = f"police-contact-survey {version('police-contact-survey')}"
    return (
        f"{codebook.title}. {made}{source}. Raw file with the SHA-256 {digest}…. Licence of the "
        f"data: {codebook.licence}. Analysis: the authors of {analysed}, licence MIT."
    )


def _write_districts(
    survey: Survey, shown: Sequence[pages.Page], tables: Path, to: Path, notice: str
) -> list[district_pages.District]:
    districts = district_pages.districts_of(survey, tables)
    for district in districts:
        html = district_pages.district_html(
            survey,
            district,
            districts=districts,
            tables=tables,
            banner=to / "banner.csv",
            pages=shown,
            notice=notice,
        )
        files.replace_text(to / district.file, html)
    return districts


def _write_pages(
    survey: Survey, runs: Sequence[Run], notice: str, folder: Path, to: Path
) -> list[pages.Page]:
    words = survey.words
    named = {
        run.stem: retitled(run.notebook, report.question(survey, run.stem), words) for run in runs
    }
    shown = [
        replace(
            pages.page_of(run.stem, named[run.stem]),
            skipped=run.skipped,
            left_out={
                in_words(heading, words): in_words(why, words)
                for heading, why in run.left_out.items()
            },
        )
        for run in runs
    ]
    for run in runs:
        if not run.skipped:
            html = pages.notebook_html(
                named[run.stem],
                stem=run.stem,
                pages=shown,
                survey_title=survey.codebook.title,
                notice=notice,
                population=survey.codebook.population,
                figures=folder / "figures" / survey.name,
            )
            files.replace_text(to / f"{run.stem}.html", html)
    return shown
