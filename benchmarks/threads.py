"""Time notebook 04 with one thread for linear algebra and with as many as there are cores.

`python benchmarks/threads.py` runs it in turn with each, on a quiet machine and beside one busy
process a core, and writes docs/threads.md. The default survey's responses must be there
(`make report`).
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis import paths
from analysis.publish.threads import VARIABLES

RUNS = 3
NOTEBOOK = "04_satisfaction.ipynb"
CODE = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
"""  # noqa: E501


def _spin() -> None:
    while True:
        pass


def seconds(threads: int) -> float:
    """Run the notebook in a kernel of its own, its results in a scratch folder."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "data" / "processed"
        made.mkdir(parents=True)
        (made / "herts_2023").symlink_to(paths.PROCESSED / "herts_2023")
        environment = os.environ | dict.fromkeys(VARIABLES, str(threads))
        environment |= {"ANALYSIS_OUT": folder, "PYTHONWARNINGS": "ignore"}
        command = [
            sys.executable,
            "-c",
            CODE,
            str(paths.NOTEBOOKS / NOTEBOOK),
            str(paths.NOTEBOOKS),
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
        return time.perf_counter() - started


def measure(cores: int, busy: bool) -> dict[int, list[float]]:
    """Time the notebook with one thread and with a thread a core, in turn."""
    others = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(cores * busy)]
    for each in others:
        each.start()
    found = {1: [], cores: []}
    for _ in range(RUNS):
        for threads, times in found.items():
            times.append(seconds(threads))
    for each in others:
        each.terminate()
    return found


def main() -> None:
    """Measure, print and write the page."""
    cores = os.cpu_count() or 1
    lines = [
        "# Threads for linear algebra",
        "",
        "Made by `python benchmarks/threads.py`; do not edit. Seconds for notebook 04, kernel "
        f"start included, median of {RUNS} (least to most); {cores} cores. Seconds depend on the "
        "machine: compare within a row.",
        "",
        f"| Machine | One thread | {cores} threads | Times as long |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, busy in (("quiet", False), ("one busy process a core", True)):
        found = measure(cores, busy)
        cells = [
            f"{statistics.median(times):.1f} ({min(times):.1f} to {max(times):.1f})"
            for times in found.values()
        ]
        one, many = (statistics.median(times) for times in found.values())
        lines.append(f"| {name} | {cells[0]} | {cells[1]} | {many / one:.2f} |")
        print(lines[-1])
    (paths.DOCS / "threads.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
