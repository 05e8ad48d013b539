"""The cells of a notebook as HTML: prose, folded code, outputs; nothing that fetches or runs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

import bleach
from markupsafe import Markup, escape
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from analysis.publish.drawings import figure_html

#: The kinds of output that a page can hold; an output that offers several is shown as the first.
KINDS = ("image/png", "text/html", "text/markdown", "text/plain")

_TAGS = ["b", "br", "caption", "code", "details", "div", "em", "i", "p", "span", "strong", "sub",
         "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"]  # fmt: skip

#: The paragraph of a notebook that names its files, which a page does not need.
_FILES = re.compile(r"\n\n\*\*Reads\*\* .*")

_CELL = ["colspan", "rowspan", "scope"]

_ATTRIBUTES = {"*": ["class"], "th": _CELL, "td": _CELL}


class PageMarkdown(IPythonRenderer):
    """Markdown of one page: escapes HTML, turns links into links of the report, notes sections."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False)
        self.titles = titles
        self.anchors: Counter[str] = Counter()
        self.sections: list[tuple[str, str]] = []

    def html(self, source: str) -> Markup:
        """Return a piece of Markdown as HTML."""
        return Markup(_scrollable(MarkdownWithMath(renderer=self).render(source)))

    def heading(self, text: str, level: int, **attrs: object) -> str:
        """Give a heading the anchor that Jupyter gives it."""
        title = Markup(text).striptags()
        anchor = "-".join(title.split())
        self.anchors[anchor] += 1
        if self.anchors[anchor] > 1:
            anchor += f"-{self.anchors[anchor]}"
        to = "#" + quote(anchor)
        if level == 2:
            self.sections.append((to, title))
        link = f' <a class="permalink" href="{to}" aria-label="Link to this heading">#</a>'
        return f'<h{level} id="{escape(anchor)}">{text}{link * (level > 1)}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Point a link to a notebook at its page; one that gives its question gives the page's."""
        if re.match(r"#|https?:|mailto:", url):
            return super().link(text, url, title)
        match = re.fullmatch(r"(?:\./)?([^/#]+)\.ipynb(#.*)?", url)
        if match and match[1] in self.titles:
            if re.match(r"\d\d ", text):
                text = f"{match[1][:2]} {escape(self.titles[match[1]])}"
            return super().link(text, f"{match[1]}.html{match[2] or ''}", title)
        return f"{text} (not in this report)"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Refuse an image: the page would have to fetch it."""
        raise ValueError(f"Markdown embeds the image {url!r}; draw it in a code cell instead")


def kind_of(output: NotebookNode) -> str:
    """Name the kind in which an output is shown.

    Parameters
    ----------
    output : nbformat.NotebookNode
        One output of a code cell.

    Returns
    -------
    str
        One of `KINDS`, "stream" or "error"; "" if the output offers nothing that a page can hold.
    """
    if output.output_type in ("stream", "error"):
        return output.output_type
    return next((kind for kind in KINDS if kind in output.data), "")


def cell_blocks(
    cell: NotebookNode, markdown: PageMarkdown, figures: Path | None = None
) -> Iterable[tuple[str, Markup]]:
    """Yield the parts of a cell as HTML.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        A cell of an executed notebook.
    markdown : PageMarkdown
        The renderer of its page.
    figures : pathlib.Path, optional
        The figures of the survey: a figure saved there is drawn with the letters and lines of its
        SVG. Without it, and for an image that is not there, the PNG of the notebook is shown.

    Yields
    ------
    tuple of str and markupsafe.Markup
        The kind of the part ("markdown", "code", "html", "image", "text") and its HTML.

    Raises
    ------
    ValueError
        If an image has no alternative text, a table no caption, the cell ended in an error, or
        an output is of a kind that a page cannot hold.
    """
    if cell.cell_type == "markdown":
        yield "markdown", markdown.html(_FILES.sub("", cell.source))
    if cell.cell_type != "code":
        return
    if cell.source.strip():
        yield "code", Markup(Highlight2HTML()(cell.source))
    for output in cell.outputs:
        kind = kind_of(output)
        if kind == "text/markdown":
            yield "markdown", markdown.html(output.data[kind])
        elif kind == "text/html":
            yield "html", _clean(output.data[kind])
        elif kind == "image/png":
            yield "image", _image(output, figures)
        elif kind in ("text/plain", "stream"):
            text = output.text if kind == "stream" else output.data[kind]
            yield "text", Markup("<pre>{}</pre>").format(strip_ansi(text).rstrip())
        elif kind == "error":
            raise ValueError(f"it ended in an error, {output.ename}; mend it and run it again")
        else:
            raise ValueError(f"output of kind {sorted(output.data)}; show one of {list(KINDS)}")


def name_of(cell: NotebookNode) -> str:
    """Name what the outputs of a cell hold by the caption of its first table, if it has one.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        A code cell of an executed notebook.

    Returns
    -------
    str
        Plain text; "" if it shows no table.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_output
    >>> html = "<table><caption>Who answered</caption></table>"
    >>> name_of(new_code_cell(outputs=[new_output("display_data", {"text/html": html})]))
    'Who answered'
    """
    shown = (each.data.get("text/html", "") for each in cell.get("outputs", []) if "data" in each)
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", "".join(shown), flags=re.S)
    if not captions:
        return ""
    first = re.split(r"[;:.] | \(", Markup(captions[0]).striptags())[0]
    more = len(captions) - 1
    return f"{first}{f' and {more} more table' if more else ''}{'s' * (more > 1)}"


def _image(output: NotebookNode, figures: Path | None) -> Markup:
    said = output.metadata.get("image/png", {})
    alt = said.get("alt", "").strip()
    if not alt:
        raise ValueError("an image has no alternative text; save the figure with alt=")
    name = said.get("name", "")
    if figures and name and (figures / f"{name}.svg").is_file():
        return figure_html(figures, name=name, alt=alt)
    width = Markup(' width="{}"').format(said["width"]) if "width" in said else ""
    source = "".join(output.data["image/png"].split())
    image = Markup('<img src="data:image/png;base64,{}"{} alt="{}">').format(source, width, alt)
    if not name:
        return image
    numbers = Markup('<figcaption><a href="figures/{}.csv">Numbers of this figure (CSV)</a>')
    return image + numbers.format(name) + Markup("</figcaption>")


def _clean(html: str) -> Markup:
    """Escape everything in an output but tables and simple text."""
    if html.count("<table") > html.count("<caption"):
        raise ValueError("a table has no caption; show it with report.show")
    return Markup(_scrollable(bleach.clean(html, tags=_TAGS, attributes=_ATTRIBUTES)))


def _scrollable(html: str) -> str:
    """Put every table into a region that scrolls and that the keyboard reaches."""

    def wrap(match: re.Match[str]) -> str:
        caption = re.search(r"<caption[^>]*>(.*?)</caption>", match[0], flags=re.DOTALL)
        name = escape(Markup(caption[1]).striptags() if caption else "Table")
        return (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">{match[0]}</div>'
        )

    return re.sub(r"<table.*?</table>", wrap, html, flags=re.DOTALL)
