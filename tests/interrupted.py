"""Runs that are stopped or killed, in a small checkout of their own: `python tests/interrupted.py`.

Starts `report` and `notebooks` in turn, ends each at a random moment (a third of them while results
are put in place), and looks: are the results the old or the new ones, whole; is anything left
behind; was it said. Prints a table and exits with 1 if anything was not as it should be.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import nbformat
import pandas as pd
import psutil
from tqdm import tqdm

from analysis import files, paths
from analysis.files import placing

SURVEY = "herts_2023"  # `notebooks` takes the default survey alone

CODEBOOK = """
[survey]
id = "herts_2023"
title = "A small survey"
synthetic = true
population = "nobody"
source = "made up"
licence = "CC0-1.0"
where_to_get = "made up"
limits = "Made up."
[words]
channel = "way"
channels = "ways"
district = "ward"
districts = "wards"
used = "used"
preferred = "would prefer"
used_short = "Used"
preferred_short = "Prefer"
satisfied = "were satisfied"
satisfaction = "satisfaction"
preference = "Made up."
[file]
name = "data.csv"
delimiter = ","
[[question]]
id = "age"
role = "age"
column = "age"
kind = "single"
wording = "age"
base = "Everyone"
answers = [{ code = "age1", label = "Young", text = "1" }, { code = "age2", label = "Old", text = "2" }]
"""  # noqa: E501

#: What each notebook runs. Every file that a run makes holds its stamp, "Run 7.".
BEGIN = """
import os
from pathlib import Path
from IPython.display import Markdown, display
out, stamp = Path(os.environ["ANALYSIS_OUT"]), os.environ["STAMP"]
tables = out / "data" / "processed" / os.environ["SURVEY"]
display(Markdown(stamp))
"""
NOTEBOOKS = {
    "01_first": """
tables.mkdir(parents=True)
for row in range(40):
    with (tables / "responses.csv").open("a") as file:
        file.write(f"{row},{stamp}\\n")
columns = "finding,notebook,question,base,estimate,conf_low,conf_high,unit,n,sentence,data"
values = f"one,01_first,{stamp},B,0.5,0.4,0.6,share,40,{stamp},synthetic"
(tables / "findings.csv").write_text(columns + "\\n" + values + "\\n")
""",
    "02_second": """
figures = out / "figures" / os.environ["SURVEY"]
figures.mkdir(parents=True)
for number in range(12):
    (figures / f"{number}.csv").write_text(stamp * 1000)
""",
}

#: What `report` and `notebooks` replace, together.
TABLES = [f"data/processed/{SURVEY}", f"figures/{SURVEY}"]
REPLACES = {"report": [*TABLES, f"reports/{SURVEY}"], "notebooks": [*TABLES, "notebooks", "README"]}

SIGNALS = {"kill -9": [signal.SIGKILL], "Ctrl-C": [signal.SIGINT, signal.SIGTERM]}


class Checkout:
    """A copy of the code with a survey of 40 people and two notebooks that import nothing."""

    def __init__(self, root: Path, commands: Iterable[str] = ("report", "notebooks")) -> None:
        self.root, self.runs = root, 0
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(paths.ROOT / "src", root / "src", ignore=skipped)
        raw = root / "data" / "raw" / SURVEY
        raw.mkdir(parents=True)
        (raw / "data.csv").write_text("age\n" + "1\n2\n" * 20, "utf-8")
        (root / "notebooks").mkdir()
        for stem, source in NOTEBOOKS.items():
            heading = nbformat.v4.new_markdown_cell(f"# What is {stem}?", id="heading")
            code = nbformat.v4.new_code_cell(BEGIN + source, id="code")
            notebook = nbformat.v4.new_notebook(cells=[heading, code])
            nbformat.write(notebook, root / "notebooks" / f"{stem}.ipynb")
        (root / "README.md").write_text("<!-- findings: one -->\n<!-- /findings -->\n", "utf-8")
        self.ran = {}
        for command in commands:
            started = time.monotonic()
            process = self.start(command)
            said = process.communicate()[1]
            assert process.returncode == 0, said
            self.ran[command] = time.monotonic() - started

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANALYSIS_", "SURVEY"))}
        return kept | {
            "PYTHONPATH": str(self.root / "src"),
            "PYTHONDONTWRITEBYTECODE": "",
            "STAMP": f"Run {self.runs}.",
        }

    def start(self, command: str) -> subprocess.Popen:
        """Start a run in a session of its own, as a terminal does."""
        self.runs += 1
        asked = CODEBOOK.replace('wording = "age"', f'wording = "Run {self.runs}."')
        asked = asked.replace('title = "A small survey"', f'title = "Run {self.runs}."')
        (self.root / "data" / "raw" / SURVEY / "codebook.toml").write_text(asked, "utf-8")
        return subprocess.Popen(
            [sys.executable, "-m", "analysis", command],
            env=self.environment(), cwd=self.root, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def python(self, code: str) -> None:
        """Run some lines that look at the results, or write, as a later command does."""
        command = [sys.executable, "-c", code]
        subprocess.run(command, env=self.environment(), cwd=self.root, check=True)

    def state(self) -> dict[str, tuple[str, bool]]:
        """Every result: its digest, and whether it is of the last run started."""
        stamp, found = f"Run {self.runs}.".encode(), {}
        for folder in {each for listed in REPLACES.values() for each in listed}:
            place = self.root / folder
            for path in place.rglob("*") if place.is_dir() else self.root.glob(f"{folder}.*"):
                if path.is_file() and files.UNFINISHED not in path.as_posix():
                    content = path.read_bytes()
                    if path.suffix == ".xlsx":
                        book = zipfile.ZipFile(path)
                        content = b"".join(book.read(each) for each in book.namelist())
                    name = path.relative_to(self.root).as_posix()
                    found[name] = hashlib.sha256(content).hexdigest(), stamp in content
        return found

    def verdict(self, before: dict, command: str) -> str:
        """Say whether the results are the old ones, the new ones, or neither."""
        after = self.state()
        if {k: v[0] for k, v in after.items()} == {k: v[0] for k, v in before.items()}:
            return "old"
        new = {k for k, (_, stamped) in after.items() if stamped}
        wanted = {k for k in before if k.startswith(tuple(REPLACES[command]))}
        rest = {k for k in after if k not in new and after[k][0] == before.get(k, [""])[0]}
        return "new" if new == wanted and new | rest == set(before) else "MIXED"

    def left_behind(self) -> list[str]:
        """Name what is unfinished."""
        names = (".running", placing.JOURNAL)
        hidden = [path for path in self.root.rglob(".*") if files.UNFINISHED in path.name]
        found = hidden + [self.root / name for name in names if (self.root / name).exists()]
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def processes(self) -> list[psutil.Process]:
        """List kernels of this checkout that are alive."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = process.environ().get("PYTHONPATH") == str(self.root / "src")
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found


def wait_for(happened, process: subprocess.Popen, seconds: float = 120) -> None:
    """Wait closely until something has happened or the process has ended."""
    until = time.monotonic() + seconds
    while not happened() and process.poll() is None and time.monotonic() < until:
        pass


def strike(
    checkout: Checkout, command: str, number: int, moment: str, rng: random.Random
) -> tuple[subprocess.Popen, str, dict]:
    """Start a run and end it; a second signal follows some of the first."""
    before = checkout.state()
    process = checkout.start(command)
    staged = checkout.root / "data" / "processed" / f"{files.UNFINISHED}{SURVEY}"
    if moment == "in place":
        awaited = rng.choice([staged, checkout.root / placing.JOURNAL])
        wait_for(awaited.exists, process)
        time.sleep(rng.choice([0, rng.uniform(0, 0.002), rng.uniform(0, 0.03)]))
    else:
        time.sleep(rng.uniform(0.2, checkout.ran[command]))
    whole_group = rng.random() < 0.5
    for _ in range(1 if number == signal.SIGKILL else rng.choice([1, 2])):
        if process.poll() is None:
            (os.killpg if whole_group else os.kill)(process.pid, number)
        time.sleep(rng.uniform(0, 0.1))
    said = process.communicate(timeout=60)[1]
    return process, said, before


def trial(checkout: Checkout, kind: str, moment: str, rng: random.Random) -> Counter:
    """Interrupt one run; count what was found and what was not as it should be."""
    command, number = rng.choice(list(REPLACES)), rng.choice(SIGNALS[kind])
    process, said, before = strike(checkout, command, number, moment, rng)
    found = Counter(trials=1)
    first = checkout.verdict(before, command)
    if process.returncode == -signal.SIGKILL:
        found["mixed until the next look"] += first == "MIXED"
        found["journal left"] += placing.JOURNAL in checkout.left_behind()
        until = time.monotonic() + 10
        while checkout.processes() and time.monotonic() < until:
            time.sleep(0.05)
        checkout.python("from analysis import survey; survey.load()")
        first = checkout.verdict(before, command)
        checkout.python("from analysis.files import placing\nwith placing.writing(): pass")
    elif process.returncode == 0:
        found["finished before"] += 1
    else:
        lines = [line for line in said.splitlines() if not line.startswith("running ")]
        right = lines and lines[0].startswith("analysis: stopped") and len(lines) == 1
        claimed = "already" if first == "new" else "unchanged" if "unchanged" in said else "begun"
        right = right and process.returncode == 128 + number and claimed in said
        found["WRONG WORDS OR STATUS"] += not right
        if not right:
            print(process.returncode, number, first, said, file=sys.stderr)
    found[first] += 1
    found["LEFT BEHIND"] += bool(checkout.left_behind())
    found["PROCESSES LEFT"] += bool(checkout.processes())
    if found["LEFT BEHIND"]:
        print(kind, moment, checkout.left_behind(), file=sys.stderr)
    return found


def main() -> int:
    """Run the trials with a progress bar, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=60, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, table = random.Random(options.seed), {}
    with tempfile.TemporaryDirectory() as folder:
        checkout = Checkout(Path(folder).resolve())
        planned = [
            (kind, "in place" if at % 3 == 0 else "any")
            for at in range(options.trials)
            for kind in SIGNALS
        ]
        with suppress(KeyboardInterrupt):  # the table of the trials until then
            for kind, moment in tqdm(planned, unit="run", dynamic_ncols=True):
                found = trial(checkout, kind, moment, rng)
                table[kind, moment] = table.get((kind, moment), Counter()) + found
    shown = pd.DataFrame(table).fillna(0).astype(int)
    print(shown.to_string())
    return int(any(name.isupper() for name in shown.index))


if __name__ == "__main__":
    sys.exit(main())
