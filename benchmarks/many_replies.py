"""Time a survey of very many replies: `python benchmarks/many_replies.py`.

From the export to all results of notebooks 03 and 04, beside what a user would pick instead, in
one run. Writes docs/scale.csv, docs/scale-measured.md and its figure. Exports are made by the
generator of the default survey, with its faults; every program runs in processes of its own. No
test looks at these numbers: they depend on the machine, so that ratios alone say something.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import engine, files, paths, survey
from analysis.chapters.known_truth import stored
from analysis.survey import Survey
from analysis.synthetic import simulation
from analysis.validation import known_readings
from analysis.validation.known_population import (
    EFFECTS,
    calibration_from_frame,
    parameters_of,
    scaled,
)

SIZES, SEED = (1_200, 20_000, 100_000, 300_000, 1_000_000), 20261128

#: The notebooks whose results are worked out, side by side as a report runs them.
READ = ("channels", "satisfied")

#: What a user would pick instead, and what each of them does.
PEERS = {
    "headlines": "R: data.table, ordinal and survey",
    "usual_pandas": "pandas and statsmodels, without the models of 04",
    "polars_cleaning": "polars, cleaning and counting alone",
    "duckdb_counting": "DuckDB, reading and counting alone",
    "limit": "pyarrow, reading and counting alone",
}

#: With its models pandas takes so long that it is timed with fewer replies.
SLOW, SLOW_AT = "pandas and statsmodels, as usually written", 100_000


@dataclass(frozen=True, kw_only=True)
class Exported(Survey):
    """The default survey with another raw file."""

    place: Path = field(default=Path())

    @property
    def raw_paths(self) -> list[Path]:
        """The raw file."""
        return [self.place]


def export(path: Path, replies: int) -> Path:
    """Write an export of so many replies, faults included."""
    codebook = survey.load(survey.DEFAULT).codebook
    found = calibration_from_frame(stored.read_table("calibration"), EFFECTS, codebook)
    made = simulation.simulate(
        codebook,
        scaled(parameters_of(EFFECTS), replies),
        rng=np.random.default_rng([SEED, replies]),
        calibration=found,
    )
    path.write_bytes(simulation.export_bytes(made.raw))
    return path


class Memory:
    """The most memory that this process and its children hold at one time, shared pages once."""

    def __init__(self) -> None:
        self.peak, self._ended = 0.0, threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def end(self) -> float:
        """Stop looking, and return the megabytes."""
        self._ended.set()
        return self.peak

    def _watch(self) -> None:
        while not self._ended.wait(0.1):
            self.peak = max(self.peak, sum(map(_megabytes, _family(os.getpid()))))


def _family(process: int) -> list[int]:
    """List a process and all that it started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return []
    return [process, *(each for child in children for each in _family(int(child)))]


def _megabytes(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def spent() -> tuple[float, float]:
    """Return seconds on the wall, and of the processor, children that ended included."""
    told = os.times()
    return time.perf_counter(), sum(told[:4])


def ours(path: str, on: str, workers: int) -> dict[str, object]:
    """Take an export from its file to what notebooks 03 and 04 say."""
    base = survey.load(survey.DEFAULT)
    codebook = replace(base.codebook, file=replace(base.codebook.file, sha256=""))
    this = Exported(name=base.name, codebook=codebook, place=Path(path))
    memory, moments = Memory(), [spent()]
    cleaned = engine.clean(this, engine=on, workers=workers)
    moments.append(spent())
    held = this.holding(cleaned.responses)
    people, left = held.responses(), cleaned.ledger.to_frame()["rows_after"].tolist()
    moments.append(spent())
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=known_readings.READERS[each], args=(held, people))
            for each in READ]  # fmt: skip
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    moments.append(spent())
    names = ("read and clean", "decode", "notebooks 03 and 04")
    steps = pairwise(moments)
    stages = {
        name: [b[at] - a[at] for at in (0, 1)] for name, (a, b) in zip(names, steps, strict=True)
    }
    return {
        "stages": {name: wall for name, (wall, _) in stages.items()},
        "processor": {name: of for name, (_, of) in stages.items()},
        "peak_mb": memory.end(),
        "answers": {"left": left, "failed": [each.exitcode for each in runs if each.exitcode]},
    }


def in_its_own_process(path: Path, on: str, workers: int) -> dict:
    """Run `ours` in a new process, which starts as small as any."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(path), on, str(workers)],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def peer(name: str, path: Path, clean: Path, *, models: bool = False) -> dict | None:
    """Run a peer; None if what it needs is not installed."""
    script = Path(__file__).parent / "peers" / f"{name}.py"
    more = {"polars_cleaning": [str(clean)], "usual_pandas": ["--without-models"] * (not models)}
    if name == "duckdb_counting" and clean.exists():
        more[name] = [str(clean)]
    done = subprocess.run(
        [sys.executable, str(script), str(path), *more.get(name, [])],
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        print(f"{name} is left out: {done.stderr.strip().splitlines()[-1:]}", flush=True)
        return None
    return json.loads(done.stdout)


def rows_of(program: str, replies: int, made: Mapping[str, Mapping]) -> list[dict[str, object]]:
    """Return a row a stage, and one for all of them."""
    stages = {**made["stages"], "all": sum(made["stages"].values())}
    processor = {**made["processor"], "all": sum(made["processor"].values())}
    return [
        {
            "program": program,
            "replies": replies,
            "stage": stage,
            "seconds": seconds,
            "processor_seconds": processor.get(stage, float("nan")),
            "peak_mb": made["peak_mb"] if stage == "all" else float("nan"),
        }
        for stage, seconds in stages.items()
    ]


def timed(size: int, path: Path, folder: Path, *, peers: bool, say: Callable) -> list[dict]:
    """Time us on one export, on each engine if it is large, and the peers if they are wanted."""
    rows = []
    ways = [("", 2), *([("here", 1)] if peers else [])]
    found = {on: in_its_own_process(path, on, workers) for on, workers in ways}
    assert len({str(each["answers"]) for each in found.values()}) == 1, found
    for on, made in found.items():
        rows += rows_of(
            "this project, one part after another" if on else "this project", size, made
        )
        say(rows[-1])
    if size == SLOW_AT and (made := peer("usual_pandas", path, folder, models=True)):
        rows += rows_of(SLOW, size, made)
        say(rows[-1])
    for name, what in PEERS.items() if peers else ():
        made = peer(name, path, folder / "clean.parquet")
        left = made and made["answers"].get("left")
        if left and list(left.values()) != next(iter(found.values()))["answers"]["left"]:
            print(f"{name} is left out: it keeps other replies, {left}", flush=True)
        elif made:
            rows += rows_of(what, size, made)
            say(rows[-1])
    return rows


def main() -> None:
    """Run all sizes, and write the tables."""
    command = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    command.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    command.add_argument("--exports", type=Path, help="a folder that keeps the exports")
    command.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = command.parse_args()
    if given.one:
        path, on, workers = given.one
        print(json.dumps(ours(path, on, int(workers))))
        return
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.exports or Path(scratch)
        for size in given.sizes:
            path = folder / f"{size}.csv"
            if not path.exists():
                export(path, size)
            last = size == max(given.sizes)
            rows += timed(size, path, Path(scratch), peers=last, say=lambda row: print(
                {name: round(each, 2) if isinstance(each, float) else each
                 for name, each in row.items()}, flush=True))  # fmt: skip
    table = pd.DataFrame(rows)
    files.write_csv(table, paths.DOCS / "scale.csv", synthetic=True)
    from many_replies_page import write_page  # beside this file

    write_page(table, paths.DOCS)


if __name__ == "__main__":
    main()
