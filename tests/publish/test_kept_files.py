"""A report puts in place what power and compare-waves made of the same replies, and links to it."""

import pytest

from analysis import files, paths, survey
from analysis.publish import first_page, making, results
from analysis.publish.checking import Checked
from analysis.survey import made_from


@pytest.fixture
def run(demo, monkeypatch):
    """Make reports of the survey demo without its notebooks: `run()`, from the raw file on."""
    demo()

    def render(survey_, runs, facts, folder, to, *, made, compared):
        html = first_page.index_html(
            [], survey_title="Demo", notice="", limits="", compared=compared
        )
        files.replace_text(to / "index.html", html)
        files.replace_text(folder / "data" / "processed" / "demo" / "findings.csv", "found")
        return ["index.html"]

    monkeypatch.setattr(
        results, "check", lambda held: Checked(facts={}, answers=[], runs=[], held=held)
    )
    monkeypatch.setattr(making, "execute", lambda *_: None)
    monkeypatch.setattr(making.tables, "write_tables", lambda *_: [])
    monkeypatch.setattr(making.changes, "write_log", lambda *_: None)
    monkeypatch.setattr(making.rendering, "render", render)
    return lambda: results.report(survey.load("demo"))


def compare(page="waves_old.html"):
    """Write a page and its record as compare-waves does."""
    here = survey.load("demo")
    told = made_from.record([here], {"reports": [page]}, command="again", page=(page, "A & B"))
    files.replace_text(paths.PROCESSED / "demo" / "waves_old" / made_from.RECORD, told)
    files.replace_text(paths.REPORTS / "demo" / page, "page")


LINK = '<li><a href="waves_old.html">A &amp; B</a></li>'


def test_a_page_of_the_same_replies_survives_and_is_linked(run):
    index = run()[0]
    assert LINK not in index.read_text("utf-8")
    compare()
    files.replace_text(paths.PROCESSED / "demo" / "left.csv", "of no record")
    assert run() == [index]
    assert LINK in index.read_text("utf-8")
    assert (index.parent / "waves_old.html").read_text("utf-8") == "page"
    assert not (paths.PROCESSED / "demo" / "left.csv").exists()


def test_a_page_of_other_replies_is_removed_with_its_link_and_one_line(run):
    run()
    compare()
    run()
    path = paths.RAW / "demo" / "replies.csv"
    path.write_text(f"{path.read_text('utf-8')}c,d\n", "utf-8")
    index, line = run()
    assert line.startswith("removed waves_old, since it is of other replies")
    assert "\n" not in line
    assert LINK not in index.read_text("utf-8")
    assert not (index.parent / "waves_old.html").exists()
    assert not (paths.PROCESSED / "demo" / "waves_old").exists()
    assert run() == [index]
