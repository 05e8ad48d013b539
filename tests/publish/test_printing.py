"""The document to print holds what the pages hold but code and navigation; no link leaves it."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.publish import first_page, pages, printing
from analysis.publish.drawings import inline_svg

WHO = pages.Page(stem="01_who", title="Who answered?", short="Most did.")
WHAT = pages.Page(stem="02_what", title="What changed & why?", short="Little.")
NAMES = ["index.html", "02_what.html", "01_who.html"]
SVG = (
    '<svg viewBox="0 0 9 9"><defs><clipPath id="p1"><rect width="9"/></clipPath></defs>'
    '<path clip-path="url(#p1)"/></svg>'
)
TABLE = (
    "<table><caption>Replies</caption><thead><tr><th>Step</th></tr></thead>"
    "<tbody><tr><td>&lt; 10</td></tr></tbody></table>"
)


def cell_showing(kind: str, content: str, *tags: str):
    cell = new_code_cell("compute()", outputs=[new_output("display_data", {kind: content})])
    cell.metadata["tags"] = list(tags)
    return cell


def notebook_page(page: pages.Page) -> str:
    text = (
        f"# {page.title}\n\n## Base\n\n[Here](#Base), [there](02_what.ipynb#Base), "
        "[who](01_who.ipynb), [law](https://example.org/law)"
    )
    cells = [
        new_markdown_cell(text),
        cell_showing("text/html", TABLE),
        cell_showing("text/markdown", "Nothing speaks against it.", "referee"),
    ]
    html = pages.notebook_html(
        new_notebook(cells=cells),
        stem=page.stem,
        pages=[WHO, WHAT],
        survey_title="Demo",
        notice="",
    )
    figure = f"<figure>{inline_svg(SVG, name='dots', alt='Dots')}"
    caption = '<figcaption><a href="figures/dots.csv">Numbers</a></figcaption></figure>'
    return html.replace("</main>", f"{figure}{caption}</main>")


@pytest.fixture
def folder(tmp_path):
    index = first_page.index_html(
        [WHO, WHAT],
        survey_title="Contact & police",
        notice='Synthetic "data".',
        limits="",
        downloads=["topline.csv"],
    )
    (tmp_path / "index.html").write_text(index, "utf-8")
    for page in (WHO, WHAT):
        (tmp_path / f"{page.stem}.html").write_text(notebook_page(page), "utf-8")
    return tmp_path


def test_pages_stand_in_the_order_given_and_the_contents_name_them(folder):
    html = printing.document_html(folder, NAMES, {"part-1": 2, "part-3": 7})
    contents = re.search(r'<nav class="sheets".*?</nav>', html, flags=re.S)[0]
    assert re.findall(r'<a href="#(.*?)">(.*?)</a> <span>(.*?)</span>', contents) == [
        ("part-1", "Summary", "2"),
        ("part-2", "What changed &amp; why?", ""),
        ("part-3", "Who answered?", "7"),
    ]
    body = html.replace(contents, "")
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", body)
    assert headings == [
        "Contact &amp; police", "Summary", "What changed &amp; why?", "Who answered?",
    ]  # fmt: skip


def test_anchors_are_unique_and_every_link_within_leads_to_one(folder):
    html = printing.document_html(folder, NAMES)
    anchors = re.findall(r'\bid="([^"]*)"', html)
    assert len(anchors) == len(set(anchors))
    inner = re.findall(r'href="#([^"]*)"', html) + re.findall(r"url\(#([^)]*)\)", html)
    labels = [each for found in re.findall(r'labelledby="(.*?)"', html) for each in found.split()]
    assert {"part-2", "part-2-Base", "part-3-Base", "part-3-dots-p1"} <= set(inner)
    assert set(inner) | set(labels) <= set(anchors)


def test_links_to_files_beside_the_pages_become_text_and_those_to_the_web_stay(folder):
    html = printing.document_html(folder, NAMES)
    assert set(re.findall(r'href="([^#"][^"]*)"', html)) == {"https://example.org/law"}
    assert "<a>topline.csv</a>" in html


def test_code_and_navigation_are_left_out_and_other_folds_are_open(folder):
    page, html = notebook_page(WHO), printing.document_html(folder, NAMES)
    for screen in (
        "compute",
        "Search this report",
        'class="permalink"',
        'class="steps"',
        'rel="next"',
    ):
        assert screen in page
        assert screen not in html
    assert '<details class="referee">' in page
    assert re.findall(r"<details[^>]*>", html) == ['<details class="referee" open>'] * 2
    assert html.count("Nothing speaks against it.") == html.count("&lt; 10") == 2


def test_every_sheet_carries_the_notice_and_only_if_there_is_one(folder):
    assert r'content: "Synthetic \22 data\22 ."' in printing.document_html(folder, NAMES)
    assert 'content: ""' in printing.document_html(folder, ["01_who.html"])


def test_a_page_without_a_heading_is_refused(folder):
    (folder / "01_who.html").write_text("<main><p>Text</p></main>", "utf-8")
    with pytest.raises(ValueError, match=r"01_who\.html has no heading"):
        printing.document_html(folder, NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_page_has_the_rules_for_print(folder, name):
    assert "@media print {\n  @page" in (folder / name).read_text("utf-8")
