import re
from dataclasses import replace

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.publish import pages, rendering
from analysis.survey.codebook import Words

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
TABLE = (
    '<table class="estimates"><caption>Replies</caption><thead><tr><th scope="col">Step</th></tr>'
    '</thead><tbody><tr><th scope="row">Kept</th></tr></tbody></table>'
)
FIRST = pages.Page(stem="01_first", title="Who answered?")
SECOND = pages.Page(stem="02_second", title="What changed?")
SKIPPED = pages.Page(stem="03_third", title="Who would use it?", skipped="it was not asked")


def notebook_with(*cells: NotebookNode) -> NotebookNode:
    cells = (new_markdown_cell("# Who answered?"), *cells)
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=list(cells))


def cell_showing(kind: str, content: str, **metadata: object) -> NotebookNode:
    output = new_output("display_data", {kind: content}, metadata={kind: metadata})
    return new_code_cell("compute()", outputs=[output])


def page_with(*cells: NotebookNode, **arguments: object) -> str:
    arguments = {"pages": [FIRST, SECOND, SKIPPED], "notice": "", **arguments}
    return pages.notebook_html(
        notebook_with(*cells), stem="01_first", survey_title="Demo", **arguments
    )


def test_page_of_reads_the_question_and_the_first_markdown_output():
    notebook = notebook_with(
        cell_showing("text/plain", "1,200 replies"),
        cell_showing("text/markdown", "Most did."),
        cell_showing("text/markdown", "More."),
    )
    assert pages.page_of("01_first", notebook) == replace(FIRST, answer="Most did.")


def test_a_comment_in_code_is_not_taken_for_the_question():
    notebook = new_notebook(cells=[new_code_cell("# Not a question")])
    with pytest.raises(ValueError, match="01_first has no heading"):
        pages.page_of("01_first", notebook)


def test_the_alternative_text_of_an_image_arrives():
    html = page_with(cell_showing("image/png", PIXEL, alt='Dots, "online" rises & falls'))
    assert 'alt="Dots, &#34;online&#34; rises &amp; falls"' in html
    assert "No description has been provided" not in html


def test_an_image_without_alternative_text_is_refused_naming_notebook_and_cell():
    with pytest.raises(ValueError, match=r"01_first\.ipynb, cell 2: .*alternative text"):
        page_with(cell_showing("image/png", PIXEL))


def test_a_table_without_a_caption_is_refused():
    with pytest.raises(ValueError, match="no caption"):
        page_with(cell_showing("text/html", "<table><tr><td>1</td></tr></table>"))


def test_a_cell_that_ended_in_an_error_is_refused():
    error = new_output("error", ename="KeyError", evalue="used", traceback=[])
    with pytest.raises(ValueError, match=r"cell 2: it ended in an error, KeyError"):
        page_with(new_code_cell("responses.used", outputs=[error]))


def test_links_to_notebooks_become_links_to_pages():
    html = page_with(new_markdown_cell("[Next](02_second.ipynb#Base)"))
    assert '<a href="02_second.html#Base">Next</a>' in html
    assert ".ipynb" not in html


def test_a_link_that_gives_a_notebooks_question_gives_it_as_the_survey_puts_it():
    html = page_with(new_markdown_cell("Next: [02 What is left?](02_second.ipynb)"))
    assert 'Next: <a href="02_second.html">02 What changed?</a>' in html


def test_a_notebook_gets_another_question_and_keeps_the_rest():
    notebook = notebook_with(new_markdown_cell("# Who else?"))
    notebook.cells[0].source += "\n\nAnyone could answer."
    made = rendering.retitled(notebook, r"Which \1?", Words())
    assert made.cells[0].source == "# Which \\1?\n\nAnyone could answer."
    assert made.cells[1].source == "# Who else?"
    assert rendering.retitled(notebook, "", Words()) == notebook


def test_headings_say_the_words_of_the_survey_and_prose_is_left():
    notebook = notebook_with(
        new_markdown_cell("# Who?"),
        new_markdown_cell("## By channel and district\n\nBy channel.\n\n### Districts, channels"),
    )
    made = rendering.retitled(notebook, "", Words(channel="branch", district="town"))
    assert made.cells[-1].source.splitlines()[::2] == [
        "## By branch and town", "By channel.", "### Districts, channels",
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["03_third.ipynb", "../docs/methods.md"])
def test_a_link_to_what_the_report_does_not_hold_keeps_its_text_alone(target):
    html = page_with(new_markdown_cell(f"[Elsewhere]({target})"))
    assert "Elsewhere (not in this report)" in html
    assert target not in html


def test_pages_fetch_nothing():
    cells = [
        new_markdown_cell("<img src='https://example.org/a.png'> <script>1</script>"),
        cell_showing("text/html", TABLE + "<script src='https://example.org/a.js'></script>"),
        cell_showing("image/png", PIXEL, alt="A dot"),
    ]
    elements = re.findall(r"<(?:link|img|script|iframe|object)\b[^>]*>", page_with(*cells))
    assert elements
    assert all(re.search(r'(?:src|href)="data:', element) for element in elements)


def test_an_image_embedded_by_markdown_is_refused():
    with pytest.raises(ValueError, match="cell 2: Markdown embeds the image"):
        page_with(new_markdown_cell("![A map](https://example.org/map.png)"))


def test_a_link_that_would_run_a_script_is_disarmed():
    assert "javascript:" not in page_with(new_markdown_cell("[x](javascript:alert%281%29)"))


def test_the_banner_appears_only_with_a_notice():
    assert "Synthetic data." in page_with(notice="Synthetic data.")
    assert 'class="notice"' not in page_with(notice="")


@pytest.mark.parametrize("mark", ["", ", from synthetic data"])
def test_page_of_reads_the_answer_in_short(mark):
    text = f"**In short{mark}.** Most did. *All* agree.\n\nOf 10 people 9 did."
    found = pages.page_of("01_first", notebook_with(cell_showing("text/markdown", text)))
    assert (found.short, found.answer) == ("Most did. *All* agree.", text)


def test_the_current_page_is_marked():
    html = page_with()
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', html) == ["01_first.html"]


def test_previous_and_next_pass_over_skipped_notebooks():
    html = page_with(pages=[SKIPPED, FIRST, replace(SKIPPED, stem="04_fourth"), SECOND])
    assert 'rel="prev"' not in html
    assert '<a rel="next" href="02_second.html">' in html


def test_tables_text_and_prints_are_shown():
    html = page_with(
        cell_showing("text/html", TABLE),
        cell_showing("text/plain", "chi2(2) < 3"),
        new_code_cell("print(1)", outputs=[new_output("stream", name="stdout", text="printed\n")]),
    )
    assert f'aria-label="Replies">{TABLE}</div>' in html
    assert "<pre>chi2(2) &lt; 3</pre>" in html
    assert "<pre>printed</pre>" in html


def test_the_first_markdown_output_alone_is_the_answer():
    html = page_with(
        cell_showing("text/markdown", "**Most** did."), cell_showing("text/markdown", "More.")
    )
    answers = re.findall(r'<section class="answer".*?</section>', html, flags=re.DOTALL)
    assert len(answers) == 1
    assert "<p><strong>Most</strong> did.</p>" in answers[0]


def test_code_is_folded():
    html = page_with(new_code_cell("import pandas"), new_code_cell("pandas.NA"))
    (folded,) = re.findall(
        r'<details class="code">\n<summary>Code: Who answered\?</summary>.*?</details>', html, re.S
    )
    assert "pandas" in folded
    assert ">NA<" in folded


def test_a_fold_of_code_is_named_by_the_table_that_it_makes():
    html = page_with(new_markdown_cell("## Losses"), cell_showing("text/html", TABLE))
    assert "<summary>Code: Replies</summary>" in html


def test_what_a_referee_wants_is_folded_under_its_name():
    open_, folded = cell_showing("text/html", TABLE), cell_showing("text/html", TABLE)
    folded.metadata["tags"] = [pages.REFEREE]
    html = page_with(open_, folded)
    assert html.count("<caption>Replies</caption>") == 2
    (fold,) = re.findall(r'<details class="referee">.*?</details>', html, re.S)
    assert "<summary>For referees: Replies</summary>" in fold
    assert "<caption>Replies</caption>" in fold


def test_the_tables_of_a_cell_share_a_fold_and_those_of_two_cells_do_not():
    cells = [cell_showing("text/html", TABLE) for _ in range(2)]
    cells[0].outputs *= 2
    for cell in cells:
        cell.metadata["tags"] = [pages.REFEREE]
    folds = re.findall(r'<details class="referee">.*?</details>', page_with(*cells), re.S)
    assert [fold.count("<caption>") for fold in folds] == [2, 1]
    assert "<summary>For referees: Replies and 1 more table</summary>" in folds[0]


def test_what_a_cell_says_of_its_own_work_is_folded_with_the_code():
    cell = cell_showing("text/markdown", "A result.")
    cell.outputs.append(new_output("display_data", {"text/plain": "Headlines written: 3."}))
    html = page_with(cell, new_markdown_cell("Prose."))
    fold = re.search(r'<details class="code">.*?</details>', html, re.S)[0]
    assert "Headlines written: 3." in fold
    assert html.count("Headlines written: 3.") == 1


def test_a_page_does_not_list_the_files_of_its_notebook():
    notebook = notebook_with()
    notebook.cells[0].source += "\n\nWhy?\n\n**Reads** `responses.csv`. **Writes** figures."
    html = pages.notebook_html(
        notebook, stem="01_first", pages=[FIRST], survey_title="Demo", notice=""
    )
    assert "Why?" in html
    assert "responses.csv" not in html


def test_a_heading_links_to_itself():
    html = page_with(new_markdown_cell("## By district & age"))
    assert '<h2 id="By-district-&amp;-age">By district &amp; age <a class="permalink" ' in html
    assert 'href="#By-district-%26-age" aria-label="Link to this heading">#</a></h2>' in html


def test_equal_headings_get_anchors_of_their_own():
    html = page_with(new_markdown_cell("## By district"), new_markdown_cell("## By district"))
    assert '<h2 id="By-district">' in html
    assert '<h2 id="By-district-2">' in html
    assert '<a href="#By-district-2">' in html


def test_the_same_notebook_gives_the_same_bytes():
    notebook = notebook_with(cell_showing("image/png", PIXEL, alt="A dot"))
    first, second = (
        pages.notebook_html(
            notebook, stem="01_first", pages=[FIRST], survey_title="Demo", notice=""
        )
        for _ in range(2)
    )
    assert first.encode() == second.encode()
    for cell in notebook.cells:
        cell.id += "-other"
    assert first == pages.notebook_html(
        notebook, stem="01_first", pages=[FIRST], survey_title="Demo", notice=""
    )


def test_a_notebook_that_is_not_a_page_is_refused():
    with pytest.raises(ValueError, match="01_first is not one of the pages"):
        page_with(pages=[SECOND, replace(FIRST, skipped="it was not asked")])


def test_remarks_in_plain_text_are_folded_away_with_their_code():
    html = page_with(cell_showing("text/plain", "1,117 replies read"))
    (fold,) = re.findall(r"<details class=\"code\">.*?</details>", html, flags=re.DOTALL)
    assert "1,117 replies read" in fold
    assert html.count("1,117 replies read") == 1


def left_out_cell(part: str, text: str) -> NotebookNode:
    data = {"text/markdown": text, "text/plain": text}
    shown = new_output("execute_result", data=data, execution_count=1)
    return new_code_cell(f'parts.needs("{part}")\n1', outputs=[shown], execution_count=1)


def test_a_reason_stands_once_in_a_section_and_again_in_the_next():
    cells = [left_out_cell(part, "Left out: nobody came.") for part in ("a", "b", "a")]
    heading = new_markdown_cell("## Next section")
    assert page_with(*cells[:2], heading, cells[2]).count("Left out: nobody came.") == 2
    other = left_out_cell("b", "Left out: nobody stayed.")
    assert page_with(cells[0], other).count("Left out: nobody") == 2
