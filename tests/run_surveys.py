"""Run the notebooks of any survey in this process, quickly, and say where one stopped.

As a command: `python tests/run_surveys.py`; it makes many surveys out of one, by drawing replies
and removing questions, runs the notebooks of each, and exits 1 if one stopped.
"""

import argparse
import contextlib
import io
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import variants
from IPython.core.interactiveshell import InteractiveShell
from tqdm import tqdm

from analysis import paths, survey
from analysis.publish import checking, plan, threads
from analysis.publish.runs import Run

mpl.use("agg")


def run_in_process(name: str, out: Path, only: str = "") -> dict[str, str]:
    """Check a survey, run what is planned of its notebooks, and return what went wrong.

    Parameters
    ----------
    name : str
        A survey of `paths.RAW`.
    out : pathlib.Path
        Folder to write to.
    only : str
        The start of a notebook's name; it runs after 01 alone.

    Returns
    -------
    dict
        Notebook -> error and the cell that it came from; empty if all went well. Key "check" if
        the check itself failed.
    """
    found: dict[str, str] = {}
    with _writing_to(out, name):
        try:
            planned = checking.check(survey.load(name)).runs
        except Exception:
            return {"check": traceback.format_exc(limit=-3)}
        for run in planned:
            if run.skipped or not run.stem.startswith(("01", only)):
                continue
            wrong = run_notebook(run.notebook) or unannounced(run)
            if wrong:
                found[run.stem] = wrong
    return found


def unannounced(run: Run) -> str:
    """Say whether the notebook that ran last left out anything else than the check had said."""
    parts = InteractiveShell.instance().user_ns.get("parts")
    left_out = {} if parts is None else parts.left_out
    shows = plan.PARTS.get(run.stem, {})
    if plan.sections_left_out(run.notebook, left_out, shows) == run.left_out:
        return ""
    return f"left out {sorted(left_out)}; the check had said {dict(run.left_out)}"


def run_notebook(notebook: nbformat.NotebookNode) -> str:
    """Run the cells of a notebook; return the first error, "" if there is none."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.user_ns["display"] = lambda *shown: [repr(each) for each in shown]
    here = Path.cwd()
    os.chdir(paths.NOTEBOOKS)
    try:
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()),
            ):
                done = shell.run_cell(cell.source, store_history=False)
            error = done.error_before_exec or done.error_in_exec
            if error is not None:
                frames = traceback.extract_tb(error.__traceback__)
                where = [f"{frame.name}:{frame.lineno}" for frame in frames[-4:]]
                return f"cell [{number}] {type(error).__name__}: {error} ({' > '.join(where)})"
    finally:
        os.chdir(here)
        plt.close("all")
    return ""


@contextlib.contextmanager
def _writing_to(out: Path, name: str) -> Iterator[None]:
    """Let the project write below a folder, and notebooks find the survey."""
    kept = {each: getattr(paths, each) for each in ("OUT", "PROCESSED", "FIGURES", "REPORTS")}
    chosen = os.environ.get("SURVEY")
    paths.OUT, paths.PROCESSED = out, out / "data" / "processed"
    paths.FIGURES, paths.REPORTS = out / "figures", out / "reports"
    os.environ["SURVEY"] = name
    try:
        yield
    finally:
        for each, value in kept.items():
            setattr(paths, each, value)
        os.environ.pop("SURVEY")
        if chosen is not None:
            os.environ["SURVEY"] = chosen


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A survey made out of another: `replies` drawn with `seed`, without questions of `roles`."""

    source: str
    replies: int | None = None
    seed: int = 0
    roles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of its folder."""
        parts = [self.source, self.replies or "all", self.seed, *self.roles]
        return "_".join(str(each) for each in parts)


def run_variant(variant: "Variant") -> tuple[Variant, dict[str, str], float]:
    """Write a variant to a scratch folder and run it; return what went wrong, and seconds."""
    begun = time.monotonic()
    elsewhere = paths.RAW_ELSEWHERE
    with tempfile.TemporaryDirectory() as folder:
        raw, kept = Path(folder) / "raw", paths.RAW
        try:
            variants.write_variant(
                variant.source, raw, variant.name,
                replies=variant.replies, seed=variant.seed, without=variant.roles,
            )  # fmt: skip
            paths.RAW, paths.RAW_ELSEWHERE = raw, None
            found = run_in_process(variant.name, Path(folder) / "out")
        finally:
            paths.RAW, paths.RAW_ELSEWHERE = kept, elsewhere
    return variant, found, time.monotonic() - begun


def roles_of(source: str) -> list[str]:
    """Return the roles of a survey's questions."""
    return [question.role for question in survey.load(source).codebook.questions]


def chosen_variants(source: str, sizes: Sequence[int], seeds: int, pairs: int) -> list[Variant]:
    """Return samples of each size, every role left out, and pairs of roles at random."""
    samples = [
        Variant(source=source, replies=size, seed=seed) for size in sizes for seed in range(seeds)
    ]
    roles = roles_of(source)
    every = list(combinations(roles, 2))
    drawn = np.random.default_rng(1).permutation(len(every))[:pairs]
    left_out = [(role,) for role in roles] + [every[at] for at in drawn]
    return samples + [Variant(source=source, roles=each) for each in left_out]


def main() -> int:
    """Run many surveys; print those that stopped, and how many did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--survey", default=survey.DEFAULT)
    parser.add_argument("--sizes", type=int, nargs="*", default=[30, 60, 120, 250, 400])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--pairs", type=int, default=50)
    options = parser.parse_args()
    threads.one_thread()
    chosen = chosen_variants(options.survey, options.sizes, options.seeds, options.pairs)
    stopped = 0
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        done = tqdm(pool.imap_unordered(run_variant, chosen), total=len(chosen), unit="survey")
        for variant, found, seconds in done:
            stopped += bool(found)
            for stem, error in found.items():
                tqdm.write(f"{variant.name} ({seconds:.0f} s) {stem}: {error}")
    print(f"{len(chosen) - stopped} of {len(chosen)} surveys ran to their end")
    return 1 if stopped else 0


if __name__ == "__main__":
    import run_surveys  # by its name: IPython puts another module in the place of __main__

    sys.exit(run_surveys.main())
