"""The first page of a report, one screen of answers, and the page of the statistics behind it."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup
from nbformat import NotebookNode

from analysis import report
from analysis.publish.district_pages import District
from analysis.publish.drawings import figure_html
from analysis.publish.page_cells import PageMarkdown
from analysis.publish.pages import TEMPLATES, Page, render_template
from analysis.report.findings import WEIGHTED
from analysis.survey import Survey
from analysis.survey.measures import RATED

#: Notebooks in the order in which the survey announced its questions, by their numbers; what is not
#: here is about the replies themselves.
ORDER = ("03", "04", "05", "07", "06", "08")

#: The figure of the first page, below its first answer.
FIGURE = "03_shifts"

#: Units of findings that are shares: the kind of `report`, and the unit as it is shown.
UNITS = {
    "share": ("percent", "share"),
    "difference of shares": ("points", "percentage points"),
}

#: What the files hold that readers may download.
CONTENTS = {
    "tables.xlsx": "every closed question, of everybody and by groups of people",
    "topline.csv": "every closed question of everybody, a row an answer",
    "banner.csv": "every closed question by groups of people, a row a group and answer",
    "district_profiles.xlsx": "each district beside everybody, measure by measure",
    "headlines.csv": "the headline figures of all pages, with and without weights",
}

#: What stands for a number that a finding does not have.
NOT_AVAILABLE = "[x]"


def index_html(
    pages: Sequence[Page],
    *,
    survey_title: str,
    notice: str,
    limits: str,
    about: str = "",
    figure: Markup | str = "",
    asked: str = "",
    downloads: Sequence[str] = (),
    districts: Sequence[District] = (),
) -> str:
    """Make the first page of the report: answers in plain words, and how far to trust them.

    Parameters
    ----------
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice : str
        Shown at the top; an empty notice is left out.
    limits : str
        What the survey's sample allows to say.
    about : str
        Whom the survey asked, and when.
    figure : markupsafe.Markup or str
        As `inline_figure` returns it; empty without one.
    asked : str
        Which questions were not asked of everybody, as `asked_sentence` says it.
    downloads : sequence of str
        Names of the files beside the page that readers may want.
    districts : sequence of District
        Those that have a page.

    Returns
    -------
    str
        A complete HTML page. A notebook without a short answer is represented by its answer.

    Examples
    --------
    >>> pages = [Page(stem="06_video", title="Who would use it?", skipped="it was not asked")]
    >>> html = index_html(pages, survey_title="Demo", notice="", limits="")
    >>> "Left out: it was not asked." in html
    True
    """
    written = [page for page in pages if not page.skipped]
    markdown = PageMarkdown({page.stem: page.title for page in written})
    answered = sorted(
        (page for page in written if page.stem[:2] in ORDER),
        key=lambda page: ORDER.index(page.stem[:2]),
    )
    return render_template(
        "index.html.j2",
        page=None,
        pages=written,
        answered=answered,
        about=[page for page in written if page not in answered],
        skipped=[page for page in pages if page.skipped],
        incomplete=[page for page in written if page.left_out],
        told={page.stem: markdown.html(page.short or page.answer) for page in written},
        figure=figure,
        limits=limits,
        asked=asked,
        downloads=downloads,
        contents=CONTENTS,
        districts=districts,
        survey_title=survey_title,
        notice=notice,
        population=about,
    )


def asked_sentence(survey: Survey) -> str:
    """Say which of the questions that the first page answers were not asked of everybody.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        A sentence for each such base; "" where all have the same.

    Examples
    --------
    >>> from analysis import survey
    >>> print(asked_sentence(survey.load("herts_2023")))
    Asked only of people who made contact in the last 12 months: what people used most recently \
and experience. Asked only of people who did not call a private video chat unlikely: place for a \
video chat.
    """
    words, codebook = survey.words, survey.codebook
    names = {
        survey.used_role: f"what people {words.used}",
        "preferred": f"what people {words.preferred}",
        "satisfaction": words.satisfaction,
        **{role: codebook.noun(role) for role in RATED[2:] if survey.has(role)},
        "video_place": "place for a video chat",
        "change": "what people would change",
    }
    bases = {role: codebook.question(role).base for role in names if survey.has(role)}
    usual = Counter(each.base for each in codebook.questions).most_common(1)[0][0]
    told = {base: [names[role] for role in bases if bases[role] == base] for base in bases.values()}
    return " ".join(
        f"Asked only of {base[:1].lower()}{base[1:]}: {report.listed(what, most=8)}."
        for base, what in told.items()
        if base != usual
    )


def statistics_html(
    pages: Sequence[Page],
    *,
    survey_title: str,
    notice: str,
    findings: pd.DataFrame,
    facts: Mapping[str, str],
) -> str:
    """Make the page of all headline figures, and of the facts of the data.

    Parameters
    ----------
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice : str
        Shown at the top; an empty notice is left out.
    findings : pandas.DataFrame
        `findings.csv`: a row a headline. Sentences are plain text, not Markdown. With a unit of
        `UNITS` the estimate is a share, or a difference of shares, between -1 and 1. Intervals
        are 95% intervals; a missing number is shown as `[x]`.
    facts : mapping of str to str
        Name and text of what a reader should know about the data and the run.

    Returns
    -------
    str
        A complete HTML page.

    Raises
    ------
    ValueError
        If a finding belongs to a notebook that has no page, or is not the share it should be.

    Examples
    --------
    >>> columns = "finding notebook question base estimate conf_low conf_high unit n sentence"
    >>> none = pd.DataFrame(columns=columns.split())
    >>> html = statistics_html([], survey_title="Demo", notice="", findings=none, facts={"A": "b"})
    >>> "<dt>A</dt><dd>b</dd>" in html
    True
    """
    written = [page for page in pages if not page.skipped]
    unknown = sorted(set(findings["notebook"]) - {page.stem for page in written})
    if unknown:
        raise ValueError(f"findings of notebooks without a page: {unknown}; run them again")
    order = {page.stem: place for place, page in enumerate(written)}
    rows = sorted(findings.to_dict("records"), key=lambda row: order[row["notebook"]])
    return render_template(
        "statistics.html.j2",
        page=Page(stem="statistics", title="Statistics and data"),
        sections=[],
        pages=written,
        sentences={
            page.stem: [row["sentence"] for row in rows if row["notebook"] == page.stem]
            for page in written
        },
        figures=[{**row, **_figures(row)} for row in rows],
        facts=facts,
        survey_title=survey_title,
        notice=notice,
        population="",
    )


def methods_html(pages: Sequence[Page], *, survey_title: str, notice: str, cite: str) -> str:
    """Make the page of the methods, of the words, and of how to cite.

    Parameters
    ----------
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice : str
        Shown at the top; an empty notice is left out.
    cite : str
        How to cite the survey.

    Returns
    -------
    str
        A complete HTML page.

    Examples
    --------
    >>> html = methods_html([], survey_title="Demo", notice="", cite="Somebody (2025).")
    >>> "Somebody (2025)." in html, "effective n" in html
    (True, True)
    """
    written = [page for page in pages if not page.skipped]
    markdown = PageMarkdown({page.stem: page.title for page in written})
    source = (TEMPLATES / "methods.md").read_text("utf-8")
    if not notice:  # of a real survey nothing is synthetic
        source = re.sub(r"^- \*\*synthetic data\*\*.*\n", "", source, flags=re.M)
    text = markdown.html(source)
    return render_template(
        "methods.html.j2",
        page=Page(stem="methods", title="Methods and words"),
        sections=markdown.sections,
        pages=written,
        text=text,
        cite=cite,
        survey_title=survey_title,
        notice=notice,
        population="",
    )


def inline_figure(notebook: NotebookNode, folder: Path) -> Markup:
    """Take the figure of the first page as it was saved, with the alternative that it was given.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The executed notebook that saves it.
    folder : pathlib.Path
        The figures of the survey.

    Returns
    -------
    markupsafe.Markup
        The drawing as a part of a page, as wide as there is room; empty if it was not drawn.
    """
    path = folder / f"{FIGURE}.svg"
    outputs = (each for cell in notebook.cells for each in cell.get("outputs", []))
    images = [each.get("metadata", {}).get("image/png", {}) for each in outputs]
    alts = [each["alt"] for each in images if each.get("name") == FIGURE]
    if not alts or not path.is_file():
        return Markup("")
    return figure_html(folder, name=FIGURE, alt=alts[0])


def _figures(row: Mapping[str, Any]) -> dict[str, str]:
    """Write the numbers of a finding, and the same with weights."""
    kind, unit = UNITS.get(row["unit"], ("number", row["unit"]))
    if kind != "number" and abs(row["estimate"]) > 1:
        raise ValueError(
            f"finding {row['finding']!r} is {row['estimate']} {row['unit']}; give a share between "
            "-1 and 1"
        )
    plain = _numbers([row[name] for name in ("estimate", "conf_low", "conf_high", "n")], kind)
    heavy = _numbers([row.get(name) for name in WEIGHTED], kind)
    return {"unit": unit} | plain | {f"weighted_{name}": text for name, text in heavy.items()}


def _numbers(numbers: Sequence[float | None], kind: str) -> dict[str, str]:
    """Write an estimate with its interval and n."""
    value, low, high, n = (math.nan if each is None else float(each) for each in numbers)
    whole = all(pd.isna(each) or abs(each - round(each, 2)) < 1e-9 for each in (value, low, high))
    kind = f"whole {kind}" if whole and kind != "number" else kind
    write = {
        "percent": lambda share: report.percent(share, 1),
        "points": report.points,
        "whole percent": report.percent,
        "whole points": lambda share: report.points(share, 0),
    }
    number = write.get(kind, lambda x: f"{x:,.0f}" if float(x).is_integer() else f"{x:,.2f}")
    return {
        "estimate": NOT_AVAILABLE if pd.isna(value) else number(value),
        "interval": NOT_AVAILABLE if pd.isna(low + high) else report.interval(low, high, kind),
        "n": NOT_AVAILABLE if pd.isna(n) else f"{n:,.0f}",
    }
