"""Time the permutation test against a loop over people: `python benchmarks/permutations.py`.

Prints seconds and peak memory of 10,000 permutations of 1,200 people and nine channels, for one
answer and for several, and how many times a plain loop takes. No test looks at these numbers:
they depend on the machine.
"""

import time
import tracemalloc

import numpy as np
import pandas as pd

from analysis import paired
from analysis.validation import coverage_population

PEOPLE, PERMUTATIONS, LOOPED = 1_200, 10_000, 200


def one_answer(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw people with one answer each from the population of docs/coverage.md."""
    cells = coverage_population.POPULATIONS["shift"]
    drawn = rng.choice(cells.size, PEOPLE, p=cells.ravel())
    eye = np.eye(len(cells))
    return tuple(pd.DataFrame(eye[each]) for each in (drawn // len(cells), drawn % len(cells)))


def several_answers(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw people who name each of nine channels independently."""
    shares = np.linspace(0.05, 0.5, 9)
    return tuple(pd.DataFrame((rng.random((PEOPLE, 9)) < shares).astype(float)) for _ in range(2))


def loop(used: pd.DataFrame, preferred: pd.DataFrame, rng: np.random.Generator) -> float:
    """Swap whole people, as one would write it down first; seconds for PERMUTATIONS."""
    before, after = used.to_numpy(), preferred.to_numpy()
    started = time.perf_counter()
    for _ in range(LOOPED):
        swap = rng.random(PEOPLE) < 0.5
        first = np.where(swap[:, None], after, before)
        second = np.where(swap[:, None], before, after)
        d = second - first
        total = d.sum(axis=0)
        _ = total @ np.linalg.pinv(d.T @ d) @ total
    return (time.perf_counter() - started) * PERMUTATIONS / LOOPED


def main() -> None:
    """Print the table."""
    print("answers    seconds  peak MB  a loop takes")
    for name, draw in (("one", one_answer), ("several", several_answers)):
        used, preferred = draw(np.random.default_rng(1))
        rng = np.random.default_rng(2)
        started = time.perf_counter()
        paired.permutation_test(used, preferred, n_permutations=PERMUTATIONS, rng=rng)
        seconds = time.perf_counter() - started
        tracemalloc.start()
        paired.permutation_test(used, preferred, n_permutations=PERMUTATIONS, rng=rng)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        slower = loop(used, preferred, rng) / seconds
        print(f"{name:9s} {seconds:8.2f} {peak:8.0f}  {slower:.0f} times as long")


if __name__ == "__main__":
    main()
