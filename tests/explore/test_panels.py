"""The widgets: what is set is shown, in a process and in a kernel."""

import json
import re

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import paths, tables
from analysis.explore.choices import EVERYBODY, NO_GROUPS
from analysis.explore.panels import Panel
from analysis.publish import runs

PATH = paths.NOTEBOOKS / "explore.ipynb"


@pytest.fixture
def panel(herts, book):
    made = Panel(book, herts)
    yield made
    made.close_all()


def shown(panel: Panel) -> str:
    """Return what is shown, as text."""
    return "\n".join(each["data"]["text/plain"] for each in panel.shown.outputs)


def test_it_opens_on_the_first_question_of_everybody(panel):
    assert panel.choice.question == "connection"
    assert "Do you live or work in Hertfordshire?" in shown(panel)
    assert (panel.by.disabled, panel.base.disabled, panel.answer.disabled) == (False, False, True)


def test_another_question_groups_and_answer_are_shown_at_once(panel):
    panel.question.value = "visibility"
    panel.by.value = "age"
    assert 'Share of "Good or very good" by age' in shown(panel)
    assert (panel.by.disabled, panel.base.disabled, panel.answer.disabled) == (False, True, False)
    panel.answer.value = "Very poor"
    assert 'Share of "Very poor" by age' in shown(panel)
    panel.weighted.value = True
    assert "Rao and Scott's test, with weights, of all answers" in shown(panel)


def test_groups_stay_where_the_next_question_has_them_and_go_where_it_has_not(panel):
    panel.question.value = "visibility"
    panel.by.value = "age"
    panel.question.value = "accessibility"
    assert panel.by.value == "age"
    panel.question.value = "age"
    assert panel.by.value == NO_GROUPS
    assert not panel.base.disabled


def test_a_base_closes_groups_and_weights_until_it_is_everybody_again(panel):
    panel.question.value = "visibility"
    panel.base.value = ("age", "65-74")
    assert (panel.by.disabled, panel.weighted.disabled) == (True, True)
    assert 'of these, "65-74"' in shown(panel)
    panel.base.value = EVERYBODY
    assert (panel.by.disabled, panel.weighted.disabled) == (False, False)


def test_a_figure_keeps_its_text_alternative(panel):
    html = [each["data"].get("text/html", "") for each in panel.shown.outputs]
    (picture,) = [each for each in html if each.startswith("<img")]
    assert len(re.search(r'alt="([^"]+)"', picture)[1]) > 40


def test_nothing_is_written(panel, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "FIGURES", tmp_path)
    monkeypatch.setattr(paths, "PROCESSED", tmp_path)
    panel.question.value = "visibility"
    panel.by.value = "age"
    assert list(tmp_path.iterdir()) == []


def test_the_notebook_runs_in_a_kernel_and_answers_to_its_widgets():
    notebook = nbformat.read(PATH, as_version=4)
    notebook.cells += [
        nbformat.v4.new_code_cell(
            'panel.question.value = "satisfaction"\npanel.by.value = "district"\n'
            "panel.weighted.value = True"
        ),
        nbformat.v4.new_code_cell('print(panel.shown.outputs[1]["data"]["text/markdown"])'),
    ]
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3",
        resources={"metadata": {"path": str(paths.NOTEBOOKS)}},
    )  # fmt: skip
    client.execute()
    said = notebook.cells[-1].outputs[0].text
    assert said.startswith("**Synthetic data.** Whose answers: ")
    assert "test, with weights, of all answers" in said
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    models = [each["state"] for each in state.values()]
    (output,) = [each["outputs"] for each in models if each.get("_model_name") == "OutputModel"]
    assert "by district" in json.dumps(output)
    problems = [each for cell in notebook.cells for each in cell.get("outputs", [])
                if each.output_type == "error" or each.get("name") == "stderr"]  # fmt: skip
    assert problems == []


def test_the_notebook_is_kept_without_what_a_run_leaves_and_is_none_of_the_report():
    notebook = nbformat.read(PATH, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [None] * len(code)
    assert not any(cell.outputs for cell in code)
    assert "widgets" not in notebook.metadata
    assert sum(len(cell.source.splitlines()) for cell in code) < 10
    assert PATH not in runs.notebook_paths()


def test_a_survey_without_weights_says_so_and_closes_the_box(herts, book):
    kept = [name for name in book.topline if "weighted" not in name]
    plain = tables.Book(
        topline=book.topline[kept],
        banner=book.banner,
        tests=book.tests.drop(columns="p_weighted"),
        groupings=book.groupings,
        not_made={"weighted shares": "nobody has a weight"},
    )
    panel = Panel(plain, herts)
    assert panel.weighted.disabled
    assert panel.weighted.description == "With weights (not here: nobody has a weight)"
    panel.weighted.value = True
    assert "Without weights: nobody has a weight." in shown(panel)
    panel.question.value = "visibility"
    panel.by.value = "age"
    assert "Rao and Scott's test of all answers" in shown(panel)
