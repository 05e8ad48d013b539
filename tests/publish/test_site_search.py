"""The search page holds what pages say in prose, leads to where they say it, and escapes it."""

import json
import re

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.publish import policies, site_search
from analysis.publish.pages import Page, notebook_html, page_of

TABLE = (
    "<table><caption>Replies by step</caption><thead><tr><th>Step</th></tr></thead>"
    "<tbody><tr><td>hidden cell</td></tr></tbody></table>"
)


def _site(folder, text: str = "Most people ring."):
    shown = new_output("display_data", {"text/html": TABLE})
    cells = [
        new_markdown_cell("# Who answered?"),
        new_markdown_cell(f"## By district\n\n{text}"),
        new_code_cell("secret_code()", outputs=[shown]),
    ]
    notebook = new_notebook(cells=cells)
    pages = [page_of("01_who", notebook), Page(stem="02_x", title="No page?", skipped="so")]
    how = {"survey_title": "Demo", "notice": ""}
    html = notebook_html(notebook, stem="01_who", pages=pages, **how)
    (folder / "01_who.html").write_text(html, "utf-8")
    return site_search.search_html(folder, pages, **how)


def _parts(html: str) -> list[dict]:
    (found,) = re.findall(r'<script type="application/json" id="parts">(.*?)</script>', html, re.S)
    return json.loads(found)


def test_a_part_is_a_heading_its_address_prose_and_captions(tmp_path):
    parts = _parts(_site(tmp_path))
    assert [part["heading"] for part in parts] == ["Who answered?", "By district"]
    assert parts[1]["address"] == "01_who.html#By-district"
    assert parts[1]["page"] == "Who answered?"
    assert parts[1]["text"] == "Most people ring. Replies by step"


def test_every_address_is_there(tmp_path):
    for part in _parts(_site(tmp_path)):
        name, _, anchor = part["address"].partition("#")
        assert not anchor or f'id="{anchor}"' in (tmp_path / name).read_text("utf-8")


def test_cells_of_tables_and_code_are_not_in_it(tmp_path):
    html = _site(tmp_path)
    assert "hidden cell" not in html
    assert "secret_code" not in html


def test_text_cannot_end_the_data_or_become_an_element(tmp_path):
    html = _site(tmp_path, "`</script><img src=x>` & more")
    assert _parts(html)[1]["text"].startswith("</script><img src=x> & more")
    assert "<img" not in html
    assert html.count("</script>") == 2


def test_the_policy_names_the_one_script_and_no_other_page_runs_any(tmp_path):
    html = _site(tmp_path)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    assert f"script-src '{policies.digest(script)}'" in html
    other = (tmp_path / "01_who.html").read_text("utf-8")
    assert "script-src" not in other
    assert "<script" not in other
    assert "innerHTML" not in script


def test_without_scripts_there_is_a_list_of_all_headings(tmp_path):
    html = _site(tmp_path)
    assert "<noscript>" in html
    assert '<li><a href="01_who.html#By-district">By district</a></li>' in html


def test_every_page_links_to_it(tmp_path):
    _site(tmp_path)
    assert '<a href="search.html">' in (tmp_path / "01_who.html").read_text("utf-8")


def test_the_same_pages_give_the_same_bytes(tmp_path):
    assert _site(tmp_path) == _site(tmp_path)
