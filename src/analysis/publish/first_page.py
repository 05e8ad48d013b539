"""The first page of a report, one screen of answers."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup
from nbformat import NotebookNode

from analysis import report
from analysis.publish.district_pages import District
from analysis.publish.drawings import figure_html
from analysis.publish.page_cells import PageMarkdown
from analysis.publish.pages import Page, render_template
from analysis.survey import Survey
from analysis.survey.measures import RATED

#: Notebooks in the order in which the survey announced its questions, by their numbers; what is not
#: here is about the replies themselves.
ORDER = ("03", "04", "05", "07", "06", "08")

#: Notebooks that the first page links to, and whose answer it leaves to them.
LINKED = ("10",)

#: What notebooks about the replies and methods are called in the links at the end, by number.
NAMES = {
    "01": "Who is in the data",
    "02": "Who answered",
    "09": "Other choices",
    "10": "Known truth",
}

#: The figure of the first page, below its first answer.
FIGURE = "03_shifts"

#: Around the links to comparisons with other waves, which `compare-waves` writes anew.
_COMPARED = ("<!-- compared -->", "<!-- /compared -->")

#: What the files hold that readers may download.
CONTENTS = {
    "tables.xlsx": "every closed question, of everybody and by groups of people",
    "topline.csv": "every closed question of everybody, a row an answer",
    "banner.csv": "every closed question by groups of people, a row a group and answer",
    "district_profiles.xlsx": "each district beside everybody, measure by measure",
    "headlines.csv": "the headline figures of all pages, with and without weights",
}


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
    compared: Sequence[tuple[str, str]] = (),
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
    compared : sequence of tuple of str
        File and title of the pages that compare the survey with another wave.

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
        linked=LINKED,
        names=NAMES,
        skipped=[page for page in pages if page.skipped],
        incomplete=[page for page in written if page.left_out],
        told={page.stem: markdown.html(page.short or page.answer) for page in written},
        figure=figure,
        limits=limits,
        asked=asked,
        downloads=downloads,
        contents=CONTENTS,
        districts=districts,
        compared=_links(compared),
        survey_title=survey_title,
        notice=notice,
        population=about,
    )


def with_compared(html: str, compared: Sequence[tuple[str, str]]) -> str:
    """Link a first page that is written to the pages that compare the survey with another wave.

    Parameters
    ----------
    html : str
        As `index_html` made it.
    compared : sequence of tuple of str
        File and title of each page.

    Returns
    -------
    str
        As `index_html` makes it with these pages.

    Examples
    --------
    >>> html = index_html([], survey_title="Demo", notice="", limits="")
    >>> pages = [("waves_a.html", "2023 and 2025 compared")]
    >>> '<a href="waves_a.html">2023 and 2025 compared</a>' in with_compared(html, pages)
    True
    >>> with_compared(with_compared(html, pages), []) == html
    True
    """
    marked = re.compile(f"{_COMPARED[0]}.*?{_COMPARED[1]}", flags=re.S)
    return marked.sub(lambda _: str(_links(compared)), html, count=1)


def _links(compared: Sequence[tuple[str, str]]) -> Markup:
    """Write the links to comparisons between marks by which they are found again."""
    items = [Markup('<li><a href="{}">{}</a></li>\n').format(*each) for each in sorted(compared)]
    return Markup(_COMPARED[0]) + Markup("").join(items) + Markup(_COMPARED[1])


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
