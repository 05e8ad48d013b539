"""The first page answers in plain words; the page behind it has every number."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import survey
from analysis.publish import behind_pages, first_page
from analysis.publish.pages import Page

ABOUT = Page(stem="01_who", title="Who answered?", short="9 of 10 are analysed.")
USED = Page(stem="03_used", title="What do people use?", short="**Half** ring.", answer="p = 0.1")
VIDEO = Page(stem="06_video", title="Who would use it?", answer="29% would.")
CHANGE = Page(stem="07_change", title="What should change?", short="Waiting.")
SKIPPED = Page(stem="05_seen", title="How visible?", skipped="it was not asked")
PAGES = [ABOUT, USED, SKIPPED, VIDEO, CHANGE]

DRAWING = """<?xml version="1.0"?>
<!DOCTYPE svg>
<svg width="10pt" height="5pt" viewBox="0 0 10 5">
<metadata>made by</metadata><path d="M 0 0"/></svg>
"""


def index_with(*, notice: str = "", **how: object) -> str:
    how = {"pages": PAGES, "limits": "Anyone could answer.", **how}
    return first_page.index_html(survey_title="Demo", notice=notice, **how)


def finding(**changes: object) -> dict:
    row = {
        "finding": "moved",
        "notebook": "03_used",
        "question": "Prefers another channel",
        "base": "People who made contact",
        "estimate": 0.412,
        "conf_low": 0.373,
        "conf_high": 0.451,
        "unit": "share",
        "n": 1612,
        "sentence": "41% prefer another channel.",
    }
    return {**row, **changes}


def statistics_with(*rows: dict, notice: str = "") -> str:
    return behind_pages.statistics_html(
        PAGES,
        survey_title="Demo",
        notice=notice,
        findings=pd.DataFrame(list(rows), columns=list(finding())),
        facts={"Raw file": "responses.csv"},
    )


def test_questions_stand_in_the_order_in_which_the_survey_announced_them():
    html = index_with()
    order = re.findall(r'<section class="question" aria-labelledby="q-(\d\d)', html)
    assert order == ["03", "07", "06"]
    assert html.index("9 of 10 are analysed.") > html.index("Waiting.")


def test_the_short_answer_is_given_and_the_statistics_are_not():
    html = index_with()
    assert "<strong>Half</strong> ring." in html
    assert "p = 0.1" not in html
    assert "29% would." in html  # a notebook without a short answer gives its whole one


def test_the_index_names_skipped_notebooks_with_the_reason():
    html = index_with()
    assert "<dt>How visible?</dt><dd>Left out: it was not asked.</dd>" in html
    assert 'href="05_seen.html"' not in html


def test_parts_that_are_left_out_are_named_with_the_reason():
    html = index_with(pages=[replace(USED, left_out={"Weights": "there are none"})])
    assert "<span>Weights</span></dt><dd>Left out: there are none.</dd>" in html


def test_what_the_sample_allows_to_say_stands_on_the_first_page():
    assert "Anyone could answer." in index_with()


@pytest.mark.parametrize("make", [index_with, statistics_with])
def test_the_banner_appears_only_with_a_notice(make):
    assert "Synthetic data." in make(notice="Synthetic data.")
    assert 'class="notice"' not in make(notice="")


@pytest.mark.parametrize("make", [index_with, statistics_with])
def test_nothing_is_fetched(make):
    elements = re.findall(r"<(?:link|img|script|iframe|object)\b[^>]*>", make())
    assert elements
    assert all(re.search(r'(?:src|href)="data:', element) for element in elements)


def _drawn(alt: str = "Dots & lines.") -> object:
    said = {"image/png": {"alt": alt, "name": "03_shifts"}}
    shown = new_output("display_data", {"image/png": "x"}, metadata=said)
    cell = new_code_cell('figures.save(figure, this, "03_shifts", alt=alt)', outputs=[shown])
    return new_notebook(cells=[new_markdown_cell("# Question"), cell])


def test_the_figure_is_drawn_into_the_page_with_its_alternative(tmp_path):
    (tmp_path / "03_shifts.svg").write_text(DRAWING, "utf-8")
    figure = first_page.inline_figure(_drawn(), tmp_path)
    assert figure.startswith('<div class="drawing" role="region" tabindex="0"')
    assert 'role="img" aria-label="Dots &amp; lines."' in figure
    assert 'href="figures/03_shifts.csv"' in figure
    assert 'viewBox="0 0 10 5"' in figure
    assert "width=" not in figure
    assert "made by" not in figure
    html = index_with(figure=figure)
    assert html.index("ring.") < html.index(str(figure)) < html.index("Waiting.")


def test_without_a_drawing_there_is_no_figure(tmp_path):
    assert first_page.inline_figure(_drawn(), tmp_path) == ""
    (tmp_path / "03_shifts.svg").write_text(DRAWING, "utf-8")
    assert first_page.inline_figure(new_notebook(cells=[]), tmp_path) == ""
    assert "<figure" not in index_with()


def test_sentences_of_findings_are_text_and_neither_html_nor_markdown():
    html = statistics_with(finding(sentence="<b>41%</b> *moved*."))
    assert "&lt;b&gt;41%&lt;/b&gt; *moved*." in html


def test_sentences_stand_under_the_question_of_their_notebook():
    html = statistics_with(finding())
    (section,) = re.findall(r'<section[^>]*"q-03_used".*?</section>', html, flags=re.DOTALL)
    assert '<a href="03_used.html">What do people use?</a>' in section
    assert "41% prefer another channel." in section


def test_shares_are_written_as_percentages_with_interval_and_n():
    html = statistics_with(
        finding(), finding(finding="shift", unit="difference of shares", estimate=-0.132)
    )
    for text in ("41.2%", "37.3% to 45.1%", "1,612", "-13.2"):
        assert f'<td class="number">{text}</td>' in html
    assert "<td>percentage points</td>" in html
    assert "difference of shares" not in html


def test_a_finding_without_an_interval_is_marked():
    html = statistics_with(finding(estimate=1200.0, unit="replies", conf_low=float("nan")))
    assert '<td class="number">1,200</td><td class="number">[x]</td>' in html


def test_a_percentage_given_as_a_number_above_one_is_refused():
    with pytest.raises(ValueError, match=r"finding 'moved' is 41\.2"):
        statistics_with(finding(estimate=41.2))


@pytest.mark.parametrize("stem", ["05_seen", "09_unknown"])
def test_findings_of_a_notebook_without_a_page_are_refused(stem):
    with pytest.raises(ValueError, match=stem):
        statistics_with(finding(notebook=stem))


def test_a_figure_is_named_by_its_finding_and_its_question():
    html = statistics_with(finding(finding="largest_shift"))
    assert '<th scope="row">Largest shift <span>Prefers another channel</span></th>' in html


def test_facts_are_shown():
    assert "<dt>Raw file</dt><dd>responses.csv</dd>" in statistics_with()


@pytest.mark.parametrize("notice", ["", "Synthetic data."])
def test_methods_speak_of_synthetic_data_only_where_they_are(notice):
    html = behind_pages.methods_html(PAGES, survey_title="Demo", notice=notice, cite="Somebody.")
    assert ("<strong>synthetic data</strong>" in html) == bool(notice)
    assert '<h2 id="cite">How to cite</h2>\n<p>Somebody.</p>' in html


def test_numbers_with_weights_stand_beside_those_without():
    heavy = {"weighted": 0.385, "weighted_low": 0.31, "weighted_high": 0.46, "n_weighted": 1500}
    rows = pd.DataFrame([finding() | heavy, finding(finding="other")])
    html = behind_pages.statistics_html(
        PAGES, survey_title="Demo", notice="", findings=rows, facts={}
    )
    cells = re.findall(r'<td class="number">(.*?)</td>', html)
    assert cells[3:6] == ["38.5%", "31.0% to 46.0%", "1,500"]
    assert cells[9:12] == ["[x]"] * 3


def test_questions_that_not_everybody_was_asked_are_named_with_who_was():
    herts = survey.load("herts_2023")
    said = first_page.asked_sentence(herts)
    assert said.count("Asked only of") == 2
    same = tuple(replace(each, base="Everyone") for each in herts.codebook.questions)
    alike = replace(herts, codebook=replace(herts.codebook, questions=same))
    assert first_page.asked_sentence(alike) == ""
    assert said in index_with(asked=said)
    assert "Asked only of" not in index_with()
