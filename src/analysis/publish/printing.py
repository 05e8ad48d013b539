"""A report as one document to print: its finished pages one after another, without code."""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path

from markupsafe import Markup

from analysis.publish.pages import render_template

#: What a first page is called in a document that has a title page before it.
FIRST = "Summary"

#: Classes of what serves only on a screen: code, links of headings and to the search.
_ON_SCREEN = {"code", "permalink", "search"}

#: Attributes that name the anchor of another element, or several.
_NAMING = ("id", "for", "headers", "aria-labelledby", "aria-describedby")


def document_html(
    folder: Path, names: Sequence[str], numbers: Mapping[str, int] | None = None
) -> str:
    """Join the pages of a report into one that is made to be printed.

    Parameters
    ----------
    folder : pathlib.Path
        The finished pages.
    names : sequence of str
        Their files in the order of reading; the first is the report's first page, whose header
        becomes the title page.
    numbers : mapping of str to int, optional
        Anchor of a page, ``part-1`` and so on -> number of the sheet that it begins on, for the
        contents. Those not given have no number.

    Returns
    -------
    str
        A complete HTML page: a title page with the contents, then what each page holds but
        navigation and code, folds open. Anchors stay unique, links between pages become links in
        the document, links to other files of the report their text.

    Raises
    ------
    ValueError
        If a page has neither a heading of the first level nor is the first.

    Examples
    --------
    >>> import tempfile
    >>> page = "<title>Demo</title><header></header><main><nav>Next</nav><p id='a'>Text</p></main>"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "index.html").write_text(page, "utf-8")
    ...     html = document_html(Path(folder), ["index.html"])
    >>> '<p id="part-1-a">Text</p>' in html, "Next" in html
    (True, False)
    """
    parts = {name: f"part-{place}" for place, name in enumerate(names, start=1)}
    read = {name: (folder / name).read_text("utf-8") for name in names}
    held = [
        {
            "anchor": parts[name],
            "title": _title(name, read[name], first=name == names[0]),
            "html": _part(read[name], name, parts, "main"),
            "kind": "district" if name.startswith("district_") else "",
        }
        for name in names
    ]
    header = _part(read[names[0]], names[0], parts, "header")
    notice = re.search(r'<p class="notice">(.*?)</p>', header, flags=re.S)
    return render_template(
        "document.html.j2",
        header=header,
        parts=held,
        numbers=numbers or {},
        survey_title=_text(re.search(r"<title>(.*?)</title>", read[names[0]], flags=re.S)[1]),
        running=_css_text(_text(notice[1]) if notice else ""),
        first=FIRST,
    )


def _part(html: str, name: str, parts: Mapping[str, str], element: str) -> Markup:
    reader = _Part(name, parts, element)
    reader.feed(html)
    reader.close()
    return Markup("".join(reader.kept).strip())


def _title(name: str, html: str, *, first: bool) -> str:
    if first:
        return FIRST
    found = re.search(r"<main.*?<h1[^>]*>(.*?)</h1>", html, flags=re.S)
    if not found:
        raise ValueError(f"{name} has no heading of the first level")
    return _text(found[1])


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def _css_text(text: str) -> Markup:
    r"""Write a text as a string of a stylesheet.

    Examples
    --------
    >>> print(_css_text('Say "no" </style>'))
    "Say \22 no\22  \3c \2f style\3e "
    """
    return Markup('"{}"').format(
        Markup(re.sub(r"[^\w .,:;()%-]", lambda found: f"\\{ord(found[0]):x} ", text))
    )


class _Part(HTMLParser):
    """What one element of a page holds, as a part of a document.

    `kept` is its HTML.
    """

    def __init__(self, name: str, parts: Mapping[str, str], element: str) -> None:
        super().__init__(convert_charrefs=False)
        self.name, self.parts, self.element = name, parts, element
        self.kept: list[str] = []
        self.inside = False
        self.left_out: list[str] = []  # the element that is left out, and those like it within

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element: write it, or leave out what serves only on a screen."""
        if self.left_out:
            self.left_out += [tag] * (tag == self.left_out[0])
        elif not self.inside:
            self.inside = tag == self.element
        elif tag == "nav" or _ON_SCREEN & set((dict(attrs).get("class") or "").split()):
            self.left_out = [tag]
        else:
            opened = [("open", None)] if tag == "details" else []
            written = (self._attribute(*each) for each in [*attrs, *opened])
            self.kept.append(f"<{tag}{''.join(written)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element of a drawing that holds nothing."""
        if self.inside and not self.left_out:
            self.kept.append(f"<{tag}{''.join(self._attribute(*each) for each in attrs)}/>")

    def handle_endtag(self, tag: str) -> None:
        """End an element, or the part."""
        if self.left_out:
            if tag == self.left_out[0]:
                self.left_out.pop()
        elif self.inside and tag == self.element:
            self.inside = False
        else:
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text."""
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """Write a character that has a name."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a character that has a number."""
        self._keep(f"&#{name};")

    def _keep(self, html: str) -> None:
        if self.inside and not self.left_out:
            self.kept.append(html)

    def _attribute(self, name: str, value: str | None) -> str:
        """Write an attribute; anchors get the name of their page, links stay in the document."""
        own = self.parts[self.name]
        if name in _NAMING and value:
            value = " ".join(f"{own}-{each}" for each in value.split())
        elif name in ("href", "xlink:href") and value:
            value = self._target(value)
            if not value:
                return ""
        elif value:
            value = re.sub(r"url\(#", f"url(#{own}-", value)
        return f" {name}" if value is None else f' {name}="{escape(value)}"'

    def _target(self, url: str) -> str:
        """Point a link into the document; nothing for a file beside the pages."""
        if re.match(r"https?:|mailto:|data:", url):
            return url
        file, _, anchor = url.partition("#")
        part = self.parts.get(file or self.name)
        return f"#{part}{'-' * bool(anchor)}{anchor}" if part else ""
