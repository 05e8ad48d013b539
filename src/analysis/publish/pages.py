"""Executed notebooks as static pages: nothing is fetched, no script runs, same bytes each time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbformat import NotebookNode

from analysis import report
from analysis.publish import policies
from analysis.publish.page_cells import PageMarkdown, cell_blocks, kind_of, name_of

TEMPLATES = Path(__file__).parent / "templates" / "report"

#: Tag of a cell whose outputs only a referee wants: its page folds them, under their name.
REFEREE = "referee"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One notebook of the report.

    Attributes
    ----------
    stem : str
        Name of the notebook without `.ipynb`; the page is called `<stem>.html`.
    title : str
        The question, from the notebook's first heading.
    answer : str
        Markdown of the answer, "" if there is none.
    short : str
        Markdown of the answer in plain words, "" if there is none.
    skipped : str
        Why this survey has no such page, "" if it has one.
    left_out : mapping of str to str
        Headings of the page whose parts the survey does not allow, and why.
    """

    stem: str
    title: str
    answer: str = ""
    short: str = ""
    skipped: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)


def page_of(stem: str, notebook: NotebookNode) -> Page:
    """Read the question and the answer of an executed notebook.

    Parameters
    ----------
    stem : str
        Name of the notebook without `.ipynb`.
    notebook : nbformat.NotebookNode
        The question is its first heading, the answer its first output of Markdown.

    Returns
    -------
    Page
        Never skipped: for a notebook that was not run, give `Page` the reason instead.

    Raises
    ------
    ValueError
        If no Markdown cell holds a heading of the first level.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> page_of("01_who", new_notebook(cells=[new_markdown_cell("# Who answered?")])).title
    'Who answered?'
    """
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    headings = re.findall(r"^# +(.+?)\s*$", "\n".join(texts), flags=re.MULTILINE)
    if not headings:
        raise ValueError(f"{stem} has no heading; begin its first cell with '# ' and its question")
    outputs = (each for cell in notebook.cells for each in cell.get("outputs", []))
    answers = (each.data["text/markdown"] for each in outputs if kind_of(each) == "text/markdown")
    answer = next(answers, "")
    short = re.match(rf"{re.escape(report.IN_SHORT)}[^*]*\*\* (.+)", answer)
    return Page(stem=stem, title=headings[0], answer=answer, short=short[1] if short else "")


def notebook_html(
    notebook: NotebookNode,
    *,
    stem: str,
    pages: Sequence[Page],
    survey_title: str,
    notice: str,
    population: str = "",
    figures: Path | None = None,
) -> str:
    """Turn an executed notebook into a page of the report.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Cells of Markdown become prose; code, and remarks in plain text below it, are folded away;
        other outputs are shown, those of a cell with the tag `REFEREE` in a fold. The first output
        of Markdown is set off as the answer.
    stem : str
        Name of the notebook without `.ipynb`; one of `pages`.
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice, population : str
        Shown at the top; an empty notice or population is left out.
    figures : pathlib.Path, optional
        The figures of the survey; see `cell_blocks`.

    Returns
    -------
    str
        A complete HTML page. Raw HTML in Markdown is escaped. A link to a notebook becomes a link
        to its page; a link to a file that the report does not hold keeps its text alone.

    Raises
    ------
    ValueError
        If `pages` lacks the notebook, an image has no alternative text, a table has no caption,
        Markdown embeds an image, a cell ended in an error, or an output is of another kind. The
        text names the notebook and the number of the cell, counted from 1.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> notebook = new_notebook(cells=[new_markdown_cell("# Who answered?")])
    >>> pages = [page_of("01_who", notebook)]
    >>> html = notebook_html(notebook, stem="01_who", pages=pages, survey_title="Demo", notice="")
    >>> "<title>Who answered? – Demo</title>" in html
    True
    """
    written = [page for page in pages if not page.skipped]
    places = [place for place, page in enumerate(written) if page.stem == stem]
    if not places:
        raise ValueError(f"{stem} is not one of the pages {[page.stem for page in written]}")
    markdown = PageMarkdown({page.stem: page.title for page in written})
    blocks = _blocks(notebook, stem=stem, markdown=markdown, figures=figures)
    return render_template(
        "notebook.html.j2",
        page=written[places[0]],
        pages=written,
        previous=written[places[0] - 1] if places[0] else None,
        next=(written[places[0] + 1 :] or [None])[0],
        blocks=blocks,
        sections=markdown.sections,
        survey_title=survey_title,
        notice=notice,
        population=population,
    )


@dataclass(kw_only=True)
class Block:
    """A part of a page.

    `kind` is as `cell_blocks` says, or "answer" (the first Markdown that code writes), "result"
    (any further) or "referee"; `name` is what a fold holds, in words.
    """

    kind: str
    html: Markup
    name: str = ""


def _blocks(
    notebook: NotebookNode, *, stem: str, markdown: PageMarkdown, figures: Path | None
) -> list[Block]:
    blocks: list[Block] = []
    said: set[str] = set()
    heading = ""
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            said.clear()
            heading = cell.source.splitlines()[0].strip("# ")
        if _said_already(cell, said):
            continue
        try:
            for kind, html in cell_blocks(cell, markdown, figures):
                _add(blocks, Block(kind=kind, html=html, name=name_of(cell) or heading), cell)
        except ValueError as error:
            raise ValueError(f"{stem}.ipynb, cell {number}: {error}") from None
    return blocks


def _add(blocks: list[Block], new: Block, cell: NotebookNode) -> None:
    """Add a part of a cell to those before it: code joins code, what referees read a fold."""
    last = blocks[-1] if blocks else Block(kind="", html=Markup(""))
    if new.kind == "text":  # what a cell says of its own work is folded with its code
        last = next((each for each in reversed(blocks) if each.kind == "code"), last)
    if new.kind == "markdown" and cell.cell_type == "code":
        new.kind = "result" if any(each.kind == "answer" for each in blocks) else "answer"
    if new.kind in ("code", "text") and last.kind == "code":
        last.html, last.name = last.html + new.html, new.name
        return
    if new.kind != "code" and REFEREE in cell.metadata.get("tags", []):
        new.kind = "referee"
        if last.kind == new.kind:  # code stands between the outputs of two cells
            last.html += Markup("\n") + new.html
            return
    blocks.append(new)


def _said_already(cell: NotebookNode, said: set[str]) -> bool:
    """Tell whether a cell that is left out gives a reason that its section has given before."""
    if cell.cell_type != "code" or not report.parts_needed(cell.source):
        return False
    texts = [each.get("data", {}).get("text/markdown", "") for each in cell.outputs]
    if len(texts) != 1 or not texts[0].startswith(report.LEFT_OUT):
        return False
    again = texts[0] in said
    said.add(texts[0])
    return again


def render_template(template: str, **context: object) -> str:
    """Fill a template of the report.

    Parameters
    ----------
    template : str
        Its file name.
    **context : object
        What it names; one that is not given is an error.

    Returns
    -------
    str
        A complete HTML page, with a policy of what it allows.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    html = environment.get_template(template).render(context, policy=policies.PENDING)
    return policies.with_policy(html)
