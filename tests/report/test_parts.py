import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from analysis import report
from analysis.errors import SurveyError
from analysis.report import Parts

REASONS = {"wards": "nobody named one"}


def run(*sources: str) -> nbformat.NotebookNode:
    cells = [new_code_cell(source) for source in sources]
    return NotebookClient(new_notebook(cells=cells), kernel_name="python3").execute()


def said(cell: nbformat.NotebookNode) -> list[str]:
    return [each["data"]["text/plain"] for each in cell.outputs]


def test_a_part_left_out_says_why_and_runs_nothing():
    start = "from analysis import report\nparts = report.leave_out({'wards': 'nobody named one'})"
    notebook = run(
        start,
        'parts.needs("wards")\nraise RuntimeError("must not run")',
        'parts.needs("wards")\nraise RuntimeError("must not run either")',
        'parts.needs("channels")\n"shown"',
    )
    assert [said(cell) for cell in notebook.cells] == [
        [],
        ["Left out: nobody named one."],
        ["Left out: nobody named one."],
        ["'shown'"],
    ]


def test_a_second_start_of_the_notebook_replaces_the_first(monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr("analysis.report._parts.get_ipython", lambda: shell)
    before = len(shell.input_transformers_cleanup)
    report.leave_out(REASONS)
    report.leave_out({})
    assert len(shell.input_transformers_cleanup) == before + 1
    assert shell.transform_cell('parts.needs("wards")\n1') == 'parts.needs("wards")\n1\n'


def test_outside_a_notebook_a_part_left_out_is_an_error():
    with pytest.raises(SurveyError, match="Left out: nobody named one"):
        Parts(REASONS).needs("wards")


def test_a_notebook_left_out_is_refused_with_the_reason():
    with pytest.raises(SurveyError, match="no use for this notebook: nobody answered"):
        report.leave_out({report.NOTEBOOK: "nobody answered"})


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ('parts.needs("wards")\n1', "wards"),
        ('parts.needs("wards")', "wards"),
        ('rows = 1\nparts.needs("wards")', ""),
        ('parts.needs("wards") or 1', ""),
    ],
)
def test_only_a_first_line_that_is_the_call_alone_makes_a_part(source, part):
    assert report.parts_needed(source) == part
