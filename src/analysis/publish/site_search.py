"""A page that searches the report without a server: its words stand in the page itself."""

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from analysis.publish.pages import TEMPLATES, Page, render_template

_HEADINGS = ("h1", "h2", "h3", "h4")

#: Nothing is read in these parts of a page: ways to go on, code, drawings, cells of tables.
_SKIPPED = ("nav", "details", "svg", "script", "style", "tr")


def search_html(folder: Path, pages: Sequence[Page], *, survey_title: str, notice: str) -> str:
    """Make the page that searches all pages of a folder.

    Parameters
    ----------
    folder : pathlib.Path
        The report, with every other page written.
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice : str
        Shown at the top; an empty notice is left out.

    Returns
    -------
    str
        A complete HTML page. It holds a list of all headings, which needs no script; its one script
        is named by its digest, so that no other runs.
    """
    paths = sorted(path for path in folder.glob("*.html") if path.name != "search.html")
    paths.sort(key=lambda path: path.name != "index.html")
    parts = [
        part
        for path in paths
        for part in parts_of(path.name, path.read_text("utf-8"), survey_title)
    ]
    script = (TEMPLATES / "search.js").read_text("utf-8")
    return render_template(
        "search.html.j2",
        page=Page(stem="search", title="Search this report"),
        sections=[],
        pages=[page for page in pages if not page.skipped],
        listed=[(title, list(some)) for title, some in groupby(parts, lambda part: part["page"])],
        parts=parts,
        script=Markup(script),
        survey_title=survey_title,
        notice=notice,
        population="",
    )


def parts_of(name: str, html: str, survey_title: str) -> list[Mapping[str, str]]:
    """Take a page apart by its headings.

    Parameters
    ----------
    name : str
        The file of the page.
    html : str
        The page.
    survey_title : str
        The end of each page's title.

    Returns
    -------
    list of mapping
        `page, heading, address, text`: a heading with an id, or that of the page, and what is
        written below it: prose and captions, no cells of tables and no code. What stands above
        the first heading goes with the page.

    Examples
    --------
    >>> body = '<body>Skip<main><h1>Who?</h1><p>All.</p><h2 id="b">Base</h2>A<tr>1'
    >>> html = f"<title>Who? – Demo</title>{body}"
    >>> for part in parts_of("01.html", html, "Demo"):
    ...     print(part["heading"], part["address"], part["text"])
    Who? 01.html All.
    Base 01.html#b A
    """
    reader = _Reader()
    reader.feed(re.sub(r"<body.*?(<main\b|$)", r"\1", html, count=1, flags=re.S))
    reader.close()
    page = reader.title.removesuffix(survey_title).removesuffix(" – ") or "Summary"
    found = []
    for anchor, title, words in reader.parts:
        heading = title.strip("#¶§ ")  # without the sign of a link to the heading itself
        text = " ".join(" ".join(words).split())
        if heading or text:
            address = f"{name}#{anchor}" if anchor else name
            found.append(
                {"page": page, "heading": heading or page, "address": address, "text": text}
            )
    return found


class _Reader(HTMLParser):
    """Collects the words below each heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.parts: list[tuple[str, str, list[str]]] = [("", "", [])]
        self.skipping: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and not self.skipping:
            self.inside = tag
        elif tag in _SKIPPED:
            self.skipping.append(tag)
        elif tag in _HEADINGS and not self.skipping:
            self.inside = tag
            self.parts.append((dict(attrs).get("id") or "", "", []))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""
        elif tag in self.skipping:
            while self.skipping.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.title += data
        elif not self.skipping and self.inside:
            anchor, heading, words = self.parts[-1]
            self.parts[-1] = (anchor, " ".join(f"{heading}{data}".split()), words)
        elif not self.skipping:
            self.parts[-1][2].append(data)
