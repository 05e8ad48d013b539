"""Bad input: one sentence, exit status 2, and everything written before still there."""

import hashlib
import os
import subprocess
import sys

import nbformat
import pytest

from analysis import __main__, paths, survey
from analysis.publish import results


def _state(folder) -> dict:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def earlier(demo):
    """Pretend that an earlier run of demo wrote its results."""
    for folder in (paths.PROCESSED, paths.FIGURES, paths.REPORTS):
        (folder / "demo").mkdir(parents=True)
        (folder / "demo" / "earlier.csv").write_text("kept", encoding="utf-8")
    return demo


def _report(capsys, *arguments) -> str:
    before = _state(paths.OUT)
    status = __main__.main(["report", *arguments])
    said = capsys.readouterr().err
    assert status == 2
    assert _state(paths.OUT) == before
    assert said.startswith("analysis: ")
    assert "Traceback" not in said
    return said


DAMAGE = {
    "an empty file": (lambda raw: raw.write_bytes(b""), "replies.csv is empty"),
    "only headers": (
        lambda raw: raw.write_text(raw.read_text("utf-8").splitlines()[0], "utf-8"),
        "a header but no replies",
    ),
    "a column renamed": (
        lambda raw: raw.write_text(raw.read_text("utf-8").replace("Prefer?", "Like?"), "utf-8"),
        "no column 'Prefer?'",
    ),
    "an unknown answer": (
        lambda raw: raw.write_text(raw.read_text("utf-8").replace("Website", "Pigeon"), "utf-8"),
        "1 text that is no answer of it, in row 1 of the replies",
    ),
    "a wrong encoding": (
        lambda raw: raw.write_bytes(raw.read_bytes().replace(b"Fine", b"caf\xe9")),
        "in none of the encodings",
    ),
    "a truncated file": (
        lambda raw: raw.write_bytes(raw.read_bytes()[:-20]),
        "has 5 cells instead of 7 at line 2",
    ),
    "no file": (lambda raw: raw.unlink(), "replies.csv of demo is neither in"),
}


@pytest.mark.parametrize("kind", list(DAMAGE))
def test_a_damaged_raw_file_is_said_in_one_sentence(earlier, capsys, kind):
    damage, message = DAMAGE[kind]
    damage(earlier().raw_path)
    said = _report(capsys, "--survey", "demo")
    assert message in said
    assert said.count("\n") == 1 or "\n  - " in said


def test_a_wrong_hash_is_said_in_one_sentence(earlier, capsys):
    earlier(None, ('name = "replies.csv"', f'name = "replies.csv"\nsha256 = "{"f" * 64}"'))
    assert "has the SHA-256" in _report(capsys, "--survey", "demo")


def test_a_survey_that_loses_every_reply_says_at_which_step(earlier, capsys):
    earlier(None, ("closes = 2023-10-15", "closes = 2023-10-02"))
    said = _report(capsys, "--survey", "demo")
    assert "no reply of demo is kept: the step 'late' took out the last 1" in said


def test_a_codebook_that_contradicts_itself_is_said(earlier, capsys):
    earlier(None, ('kind = "text"', 'kind = "essay"'), load=False)
    assert "kind 'essay'; choose one of" in _report(capsys, "--survey", "demo")


def test_a_survey_that_does_not_exist_ends_a_real_process_with_status_2():
    command = [sys.executable, "-m", "analysis", "report"]
    environment = {**os.environ, "SURVEY": "nosuch"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "there is no survey 'nosuch' in data/raw; choose ape11 or herts_2023" in done.stderr


def test_a_cell_that_fails_is_named_and_nothing_is_replaced(earlier, capsys, tmp_path, monkeypatch):
    earlier()
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Does it fail?"),
            nbformat.v4.new_code_cell("1 + 1"),
            nbformat.v4.new_code_cell("raise ValueError('no base')"),
        ]
    )
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / "notebooks" / "01_fails.ipynb")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / "notebooks")
    before = _state(paths.OUT)
    assert __main__.main(["report", "--survey", "demo"]) == 1
    said = capsys.readouterr().err
    assert "01_fails.ipynb failed in code cell 2: ValueError: no base" in said
    assert _state(paths.OUT) == before


def _run_notebooks(tmp_path, monkeypatch, **cells: str) -> None:
    """Let a run be of these notebooks: name -> the code of its only cell."""
    (tmp_path / "notebooks").mkdir(exist_ok=True)
    for name, source in cells.items():
        heading = nbformat.v4.new_markdown_cell(f"# Is it {name}?")
        notebook = nbformat.v4.new_notebook(cells=[heading, nbformat.v4.new_code_cell(source)])
        nbformat.write(notebook, tmp_path / "notebooks" / f"{name[1:]}.ipynb")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / "notebooks")


WRITES = """
import os
from pathlib import Path
tables = Path(os.environ["ANALYSIS_OUT"], "data", "processed", "demo")
tables.mkdir(parents=True)
(tables / "responses.csv").write_text("raw_row,data\\n1,synthetic\\n")
"""

ANSWERS = "from IPython.display import Markdown\nMarkdown('It answered.')"


def test_what_ran_before_a_failure_is_kept_beside_the_earlier_report(
    earlier, capsys, tmp_path, monkeypatch
):
    earlier()
    _run_notebooks(
        tmp_path,
        monkeypatch,
        _01_writes=f"{WRITES}\n{ANSWERS}",
        _02_fails="raise ValueError('Mrs Smith of Ware said so')",
        _03_never_runs="1",
    )
    before = _state(paths.OUT)
    assert __main__.main(["report", "--survey", "demo"]) == 1
    assert "what it showed until then: " in capsys.readouterr().err
    after = _state(paths.OUT)
    kept = {path.rsplit("/", 1)[-1] for path in after if "demo.unfinished" in path}
    about = {"methods.html", "statistics.html", "changes.html"}
    assert kept == about | {"index.html", "search.html", "01_writes.html"}
    assert {k: v for k, v in after.items() if "demo.unfinished" not in k} == before
    for name in kept:
        page = (paths.REPORTS / "demo.unfinished" / name).read_text("utf-8")
        assert "Unfinished: 02_fails.ipynb failed in code cell 1. These numbers are of a" in page
        assert ("It answered." in page) == (name not in about)
        assert "Smith" not in page

    _run_notebooks(tmp_path, monkeypatch, _02_fails=ANSWERS)
    assert __main__.main(["report", "--survey", "demo"]) == 0
    assert sorted(path.name for path in paths.REPORTS.iterdir()) == ["demo"]


def test_a_survey_without_figures_gets_its_report_and_loses_old_figures(
    earlier, tmp_path, monkeypatch
):
    earlier()
    _run_notebooks(tmp_path, monkeypatch, _01_writes=f"{WRITES}\n{ANSWERS}")
    assert __main__.main(["report", "--survey", "demo"]) == 0
    assert [path.name for path in (paths.PROCESSED / "demo").iterdir()] == ["responses.csv"]
    assert not (paths.FIGURES / "demo").exists()
    assert (paths.REPORTS / "demo" / "index.html").exists()


def test_a_disk_that_is_full_while_notebooks_run_ends_in_one_sentence(
    earlier, capsys, tmp_path, monkeypatch
):
    earlier()
    full = "raise OSError(28, 'No space left on device', 'tables/responses.csv')"
    _run_notebooks(tmp_path, monkeypatch, _01_full=full)
    before = _state(paths.OUT)
    assert __main__.main(["report", "--survey", "demo"]) == 2
    assert _state(paths.OUT) == before
    said = capsys.readouterr().err.splitlines()
    assert said == ["running 01_full", "analysis: tables/responses.csv: No space left on device"]


def test_an_error_of_the_system_without_a_file_is_said_in_its_own_words(demo, capsys, monkeypatch):
    demo()

    def fails(survey, **how):
        raise OSError("the network is gone")

    monkeypatch.setattr(results, "report", fails)
    assert __main__.main(["report", "--survey", "demo"]) == 2
    assert capsys.readouterr().err == "analysis: the network is gone\n"


def test_check_export_says_what_was_read(demo, capsys):
    demo()
    assert __main__.main(["check-export", "--survey", "demo"]) == 0
    said = capsys.readouterr().out
    assert "Replies received: 1" in said
    assert "The raw file agrees with the codebook." in said


def test_check_export_says_how_many_left_at_each_step_and_why(demo, capsys):
    late = "20/10/2023 10:00:00,20/10/2023 10:05:00,Lives,Yes,By telephone;,Website,Fine"
    timeless = ",,Lives,Yes,By telephone;,Website,Otherwise"
    row = "03/10/2023 10:00:00,03/10/2023 10:05:00,Lives,Yes,By telephone;,Website,Fine"
    demo([row, row, late, timeless, ",,,,,,"])
    assert __main__.main(["check-export", "--survey", "demo"]) == 0
    said = capsys.readouterr().out
    for line in (
        "Replies received: 5",
        "Left out, blank: 1 (no question was answered)",
        "Left out, late: 1 (sent after the closing date)",
        "Left out, no connection: 0 (does not belong to the population, by its own answer)",
        "Left out, double: 1 (the same reply sent again; the first complete one stays)",
        "Replies kept: 2",
        "Without a time, submitted: 1 of those kept",
    ):
        assert f"{line}\n" in said


POPULATION = """[population]
file = "counts.csv"
count = "adults"
label = "grown-ups"
source = "a test"
margins = [["connection"]]

[file]"""


def test_a_wrong_population_is_said_together_with_a_wrong_export_before_any_notebook(
    earlier, capsys
):
    made = earlier(None, ("[file]", POPULATION))
    assert "counts.csv of demo is not in data/raw/demo" in _report(capsys, "--survey", "demo")
    (paths.RAW / "demo" / "counts.csv").write_text("connection,adults\nlives,-5\n", "utf-8")
    made.raw_path.write_text(made.raw_path.read_text("utf-8").replace("Prefer?", "Like?"), "utf-8")
    said = _report(capsys, "--survey", "demo")
    assert "adults ['-5']; counts are numbers, 0 or more" in said
    assert "no column 'Prefer?'" in said


def test_the_kept_notebooks_are_never_those_of_another_survey(demo, capsys):
    demo()
    assert __main__.main(["notebooks", "--survey", "demo"]) == 2
    assert f"are those of {survey.DEFAULT}, not demo" in capsys.readouterr().err


def test_results_replace_their_namesake_whole(demo, tmp_path):
    demo()
    old = paths.FIGURES / "demo"
    old.mkdir(parents=True)
    (old / "gone.csv").write_text("old", "utf-8")
    (tmp_path / "scratch" / "figures" / "demo").mkdir(parents=True)
    (tmp_path / "scratch" / "figures" / "demo" / "new.csv").write_text("new", "utf-8")
    results.put_in_place(tmp_path / "scratch", ["figures/demo"])
    assert [path.name for path in old.iterdir()] == ["new.csv"]
