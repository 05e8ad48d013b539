"""Notebooks that run at the same time give what they give one after another."""

import time
from pathlib import Path

import nbformat
import pytest

from analysis import paths, survey
from analysis.publish import forked, runs
from analysis.publish.rendering import notebook_bytes

FIRST = """
import os
from pathlib import Path
tables = Path(os.environ["ANALYSIS_OUT"]) / "data" / "processed" / "herts_2023"
tables.mkdir(parents=True)
(tables / "responses.csv").write_text("raw_row\\n")
"""

#: Says what another notebook might have left behind, leaves the same behind, writes headlines.
LATER = """
import random, sys, warnings
import matplotlib.pyplot as plt
import pandas as pd
from analysis import survey
from analysis.report import findings
print(plt.rcParams["lines.linewidth"], pd.get_option("display.precision"), "left" in globals(),
      hasattr(survey, "left"), any("left behind" in str(each[1]) for each in warnings.filters),
      os.getpid() == os.getsid(0), os.getcwd())
---
left = survey.left = True
plt.rcParams["lines.linewidth"] = 9
pd.set_option("display.precision", 3)
warnings.filterwarnings("ignore", "left behind")
---
numbers = pd.Series({"estimate": 1 / 3, "conf_low": 0.3, "conf_high": 0.4})
this = survey.load()
(this.processed / "responses.csv").read_text()
rows = [findings.row(f"id_{NAME}_{at}", f"{at} of it", numbers, n=10 + at) for at in range(3)]
findings.replace(this, NAME, rows, question="Is it?", base="people")
---
figure, axes = plt.subplots()
lines = axes.plot([1, 2])
"""


def _runs(codes: dict[str, str]) -> list[runs.Run]:
    made = []
    for stem, code in codes.items():
        sources = [f"import os\nNAME = {stem!r}", *code.split("---\n")]
        cells = [
            nbformat.v4.new_code_cell(each.strip(), id=f"cell-{at}")
            for at, each in enumerate(sources)
        ]
        made.append(runs.Run(stem=stem, notebook=nbformat.v4.new_notebook(cells=cells)))
    return made


def _executed(out: Path, monkeypatch, *, cores: int, copied: bool = True) -> dict[str, bytes]:
    """Run five notebooks; return every file that is there then, and the notebooks."""
    monkeypatch.setattr(runs.engine, "cores", lambda: cores)
    monkeypatch.setattr(forked, "POSSIBLE", copied and forked.POSSIBLE)
    made = _runs({"01_first": FIRST} | {f"0{number}_later": LATER for number in (2, 3, 4, 5)})
    runs.execute(survey.load("herts_2023"), made, out)
    files = [path for path in out.rglob("*") if path.is_file()]
    kept = {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
    return kept | {each.stem: notebook_bytes(each) for each in made}


def test_side_by_side_and_one_after_another_give_the_same_bytes(tmp_path, monkeypatch):
    one = _executed(tmp_path / "one", monkeypatch, cores=1)
    three = _executed(tmp_path / "three", monkeypatch, cores=3)
    assert len(one["data/processed/herts_2023/findings.csv"].splitlines()) == 1 + 4 * 3
    assert b"image/png" in one["05_later"]
    assert list(one) == list(three)
    assert [name for name in one if one[name] != three[name]] == []


def test_a_copied_kernel_shows_what_one_that_was_started_does(tmp_path, monkeypatch):
    copied = _executed(tmp_path / "copied", monkeypatch, cores=2)
    started = _executed(tmp_path / "started", monkeypatch, cores=2, copied=False)
    assert [name for name in copied if copied[name] != started[name]] == []
    state = nbformat.reads(copied["03_later"].decode(), as_version=4).cells[1].outputs[0].text
    assert state == f"1.5 6 False False False True {paths.NOTEBOOKS}\n"


def test_the_first_in_order_that_fails_is_told_and_those_before_it_have_finished(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(runs.engine, "cores", lambda: 4)
    made = _runs(
        {
            "01_first": FIRST,
            "02_slow": "import time\ntime.sleep(1.5)\n---\ndone = 1",
            "03_fails_late": "import time\ntime.sleep(1)\n---\n1 / 0",
            "04_fails_early": "raise ValueError('early')",
            "05_long": "import time\ntime.sleep(300)",
        }
    )
    started = time.monotonic()
    with pytest.raises(
        runs.NotebookError, match=r"03_fails_late\.ipynb failed in code cell 3: Zero"
    ) as told:
        runs.execute(survey.load("herts_2023"), made, tmp_path)
    assert [each.stem for each in told.value.finished] == ["01_first", "02_slow"]
    assert made[1].notebook.cells[-1].execution_count == 3
    assert time.monotonic() - started < 100


def test_nothing_starts_before_the_first_has_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(runs.engine, "cores", lambda: 4)
    late = "import time\ntime.sleep(1)\n---\nopen(os.environ['ANALYSIS_OUT'] + '/first', 'x')"
    needs = "open(os.environ['ANALYSIS_OUT'] + '/first')"
    made = _runs({"01_first": late, "02_needs": needs, "03_needs": needs})
    runs.execute(survey.load("herts_2023"), made, tmp_path)


def test_a_kernel_that_dies_is_told(tmp_path):
    made = _runs({"01_dies": "os.kill(os.getpid(), 9)"})
    with pytest.raises(runs.NotebookError, match=r"01_dies\.ipynb stopped: Kernel died"):
        runs.execute(survey.load("herts_2023"), made, tmp_path)
