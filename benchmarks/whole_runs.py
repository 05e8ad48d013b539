"""Time whole runs of the default survey by two source trees, in turn, and compare their files.

`python benchmarks/whole_runs.py OTHER` runs `report` by the checkout OTHER (such as a clone of an
earlier commit) and by this one, one after the other, several times, each with its results in a
scratch folder. It prints seconds of processor (of the command and all its kernels) and of the
clock, their ratios, and which files differ. Seconds depend on the machine and on what else it
does: compare within a run. Ends with status 1 if a file differs.

At the end it says what a survey of usual size pays for the engine: seconds of processor that
importing it takes, and cleaning by it, beside those of the room `cleaning` alone.
"""

import argparse
import filecmp
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from analysis import cleaning, engine, paths, survey


@dataclass(frozen=True)
class Spent:
    """Seconds of processor and of the clock."""

    processor: float
    wall: float


def run(checkout: Path, command: str, out: Path) -> Spent:
    """Run a command of a checkout, its results below a folder.

    Parameters
    ----------
    checkout : pathlib.Path
        Has `src/`, `notebooks/` and `data/raw/`.
    command : str
        Such as "report".
    out : pathlib.Path
        The folder.

    Returns
    -------
    Spent
        Of the command and of every process that it has waited for.
    """
    environment = os.environ | {"PYTHONPATH": str(checkout / "src"), "ANALYSIS_OUT": str(out)}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "analysis", command], cwd=checkout, env=environment, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = [each.ru_utime + each.ru_stime for each in (before, after)]
    return Spent(used[1] - used[0], wall)


def differing(one: Path, other: Path) -> list[str]:
    """Name the files that two folders do not both have with the same bytes."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    _, different, lacking = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return sorted([*different, *lacking])


def for_engine(times: int = 7) -> list[str]:
    """Say what a survey of usual size pays for the engine, in turn with `cleaning` alone."""
    code = "import sys, time; __import__(sys.argv[1]); print(time.process_time())"
    spent = {(what, room): [] for what in ("import", "clean") for room in ("cleaning", "engine")}
    this = survey.load()
    ways = {"cleaning": lambda: cleaning.clean(this.read_raw(), this.codebook),
            "engine": lambda: engine.clean(this)}  # fmt: skip
    for _ in range(times):
        for room, clean in ways.items():
            asked = [sys.executable, "-c", code, f"analysis.{room}"]
            said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
            spent["import", room].append(float(said))
            started = time.process_time()
            clean()
            spent["clean", room].append(time.process_time() - started)
    lines = []
    for what in ("import", "clean"):
        alone, by = (statistics.median(spent[what, room]) for room in ways)
        lines.append(f"{what}: {alone:.3f} s alone, {by:.3f} s by the engine; {by / alone:.2f}")
    return lines


def main() -> int:
    """Run both in turn, print a line a run and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, metavar="OTHER", help="the checkout to compare with")
    parser.add_argument("--runs", type=int, default=3, help="of each (3)")
    options = parser.parse_args()
    trees = {"before": options.other.resolve(), "now": paths.ROOT}
    spent = {name: [] for name in trees}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.runs):
            for name in list(trees)[:: 1 if number % 2 == 0 else -1]:
                found = run(trees[name], "report", Path(folder) / f"{name}_{number}")
                spent[name].append(found)
                print(f"{name}: processor {found.processor:.1f} s, clock {found.wall:.1f} s")
        odd = differing(Path(folder) / "before_0", Path(folder) / "now_0")
    for what in ("processor", "wall"):
        before, now = ([getattr(each, what) for each in spent[name]] for name in trees)
        ratios = [b / a for a, b in zip(before, now, strict=True)]
        print(
            f"{what}: {statistics.median(before):.1f} s before, {statistics.median(now):.1f} s "
            f"now; ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        )
    print(*for_engine(), sep="\n")
    print(f"{len(odd)} files differ: {', '.join(odd[:10])}" if odd else "every file is the same")
    return int(bool(odd))


if __name__ == "__main__":
    sys.exit(main())
