"""A browser prints the report; without one, or if it fails, one sentence and nothing written."""

import os
import re

import pytest

from analysis import __main__, paths
from analysis.errors import SurveyError
from analysis.publish import pdf, printing

NAMES = ["index.html", "01_who.html", "02_what.html"]


def _installed() -> bool:
    try:
        return bool(pdf.browser())
    except SurveyError:
        return False


@pytest.fixture
def folder(tmp_path):
    """Write three pages, the second of which takes two sheets."""
    pages = tmp_path / "demo"
    pages.mkdir()
    head = "<title>Demo</title><header><h1>Demo</h1></header>"
    texts = ("Few.", '<h1>Who?</h1><p style="break-after: page">A</p><p>B</p>', "<h1>What?</h1>")
    for name, text in zip(NAMES, texts, strict=True):
        (pages / name).write_text(f"{head}<main>{text}</main>", "utf-8")
    return pages


@pytest.mark.skipif(not _installed(), reason="no Chromium or Chrome on the PATH")
def test_the_contents_say_on_which_sheet_each_page_begins(folder, monkeypatch):
    documents = []
    made = printing.document_html
    monkeypatch.setattr(
        printing, "document_html", lambda *how: documents.append(made(*how)) or documents[-1]
    )
    content = pdf.write_pdf(folder, NAMES, pdf.browser()).read_bytes()
    assert len(re.findall(rb"<</Type /Page\b", content)) == 5  # title, 1, 2 and 1
    said = re.findall(r'<a href="#(part-\d)">[^<]*</a> <span>(\d*)</span>', documents[-1])
    assert said == [("part-1", "2"), ("part-2", "3"), ("part-3", "5")]
    assert sorted(each.name for each in folder.iterdir()) == sorted([*NAMES, pdf.NAME])
    assert [each.name for each in folder.parent.iterdir()] == ["demo"]


def _program(folder, lines: str) -> str:
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize(
    ("lines", "why"), [("exit 3", "ended with status 3"), ("exit 0", "made no file")]
)
def test_a_browser_that_does_not_print_is_said(folder, lines, why):
    with pytest.raises(SurveyError, match=why):
        pdf.write_pdf(folder, NAMES, _program(folder.parent, lines))
    assert not (folder / pdf.NAME).exists()


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")
def test_a_browser_that_takes_too_long_is_stopped(folder, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.2)
    with pytest.raises(SurveyError, match=r"took more than 0\.2 seconds"):
        pdf.write_pdf(folder, NAMES, _program(folder.parent, "exec sleep 30"))


def test_without_a_browser_nothing_is_run(demo, capsys, monkeypatch, tmp_path):
    demo()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert __main__.main(["report", "--survey", "demo", "--pdf"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("analysis: there is no browser to print the PDF; install Chromium")
    assert said.count("\n") == 1
    assert not (paths.REPORTS / "demo").exists()


def test_sheets_that_are_written_otherwise_give_contents_without_numbers():
    assert pdf.begins(b"%PDF-1.7 compressed") == {}
