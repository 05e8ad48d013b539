"""What in the files of a report would run, fetch or count as a formula."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import mistune
import openpyxl

from analysis.publish import policies

#: Elements that no page and no output of a notebook has.
FORBIDDEN = {"iframe", "object", "embed", "link", "base", "form", "img", "script", "style", "meta"}

_FORMULA = re.compile(r"\s*[=@\t\r]|\s*[+-](?![\d.,\s%–-]*(?:e[+-]?\d+)?$)", re.I)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        for name, value in attrs:
            said = re.sub(r"\s", "", value or "").lower()
            if name.startswith("on") or said.startswith(("javascript:", "vbscript:")):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            fetches = name in ("src", "srcset", "action", "formaction", "poster", "background")
            if fetches and not said.startswith("data:image/png"):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if name == "style" and re.search(r"url\((?!#)|expression|@import", said):
                self.wrong.append(f"<{tag} {name}={value!r}>")


def wrong_elements(html: str, allowed: dict[str, int]) -> list[str]:
    """List what in a piece of HTML runs or fetches, and elements above the number allowed."""
    parser = _Elements()
    parser.feed(html)
    parser.close()
    more = [
        f"{parser.counts[tag]} <{tag}>"
        for tag in FORBIDDEN & set(parser.counts)
        if parser.counts[tag] > allowed.get(tag, 0)
    ]
    return parser.wrong + more


def faults_of_policy(page: str) -> list[str]:
    """List what is wrong with the content security policy of a page."""
    head = r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
    found, styles = re.findall(head, page), re.findall(r"<style>(.*?)</style>", page, flags=re.S)
    if len(found) != 1 or len(styles) != 1 or page.index("<style>") < page.index(found[0]):
        return [f"{len(found)} policies and {len(styles)} styles, or the policy below its style"]
    rules = dict(rule.split(" ", 1) for rule in found[0].split("; "))
    attributes = "'unsafe-inline'" if re.search(r"<[^>]*\sstyle=", page) else "'none'"
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    named = [f"'{policies.digest(each)}'" for each in [*styles, *scripts]]
    wanted = {
        "default-src": "'none'", "base-uri": "'none'", "form-action": "'none'",
        "img-src": "data:", "style-src": "'unsafe-inline'", "style-src-elem": named[0],
        "style-src-attr": attributes, **({"script-src": " ".join(named[1:])} if scripts else {}),
    }  # fmt: skip
    return [
        f"{key}: {rules.get(key)}" for key in {*wanted, *rules} if rules.get(key) != wanted.get(key)
    ]


def _in_page(path: Path) -> list[str]:
    scripts = {"script": 2, "form": 1} if path.name == "search.html" else {}
    images = {"img": 99}
    page = path.read_text("utf-8")
    return wrong_elements(page, {"style": 1, "meta": 3, "link": 1, **images, **scripts})


def _in_drawing(path: Path) -> list[str]:
    wrong = []
    for each in ElementTree.parse(path).getroot().iter():
        tag = str(each.tag).rpartition("}")[2]
        if tag in {"script", "foreignObject", "a", "iframe"}:
            wrong.append(f"<{tag}>")
        for name, value in each.attrib.items():
            outside = name.endswith("href") and not value.startswith(("#", "data:image/png"))
            if name.startswith("on") or outside:
                wrong.append(f"<{tag} {name}={value!r}>")
    return wrong


def _in_notebook(path: Path) -> list[str]:
    wrong = []
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], start=1):
        said = [("text/markdown", cell["source"])] if cell["cell_type"] == "markdown" else []
        for output in cell.get("outputs", []):
            said += output.get("data", {}).items()
        for kind, text in said:
            source = "".join(text) if isinstance(text, list) else text
            if kind == "text/markdown":  # Jupyter lets HTML through here, and cleans it
                source = str(mistune.create_markdown(escape=False)(source))
            if kind in ("text/markdown", "text/html"):
                wrong += [f"cell {number}, {kind}: {each}" for each in wrong_elements(source, {})]
    return wrong


def _in_table(path: Path) -> list[str]:
    rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if _FORMULA.match(cell)]


def _in_workbook(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    wrong = [str(cell.value) for cell in cells if cell.data_type == "f"]
    links = [cell.hyperlink.target or "" for cell in cells if cell.hyperlink]
    return wrong + [each for each in links if re.match(r"(?!https?:|mailto:|#|$)", each)]


_CHECKS = {
    ".html": _in_page,
    ".svg": _in_drawing,
    ".ipynb": _in_notebook,
    ".csv": _in_table,
    ".xlsx": _in_workbook,
}


def wrong_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Give everything in the files of a folder that would run, fetch or count as a formula."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _CHECKS:
            yield from ((path.name, each) for each in _CHECKS[path.suffix](path))
