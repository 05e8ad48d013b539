"""Time a random intercept with survey weights and without: `python benchmarks/weighted_groups.py`.

Prints the median seconds of processor time of both, and their ratio, for samples of the population
of docs/recovery.md. No test looks at these numbers: they depend on the machine.
"""

import time

import numpy as np
import pandas as pd

from analysis import ordinal
from analysis.validation.recovery_population import PEOPLE, draw_sample

SIZES, RUNS = (1, 10, 100), 7


def median_seconds(sample: pd.DataFrame, weights: str | None) -> tuple[float, int]:
    """Return the median seconds of a fit, and how many patterns it had."""
    seconds = []
    for _ in range(RUNS):
        started = time.process_time()
        fitted = ordinal.fit("satisfaction ~ channel", sample, weights=weights, random="district")
        seconds.append(time.process_time() - started)
    return float(np.median(seconds)), fitted.n_patterns


def main() -> None:
    """Print the table."""
    print("  people  patterns  without    with  ratio")
    for times in SIZES:
        sample, _ = draw_sample("logit", 0.4, np.random.default_rng(times), times * PEOPLE)
        plain, patterns = median_seconds(sample, None)
        heavy, _ = median_seconds(sample, "weight")
        print(f"{len(sample):8,}{patterns:10}{plain:9.3f}{heavy:8.3f}{heavy / plain:7.2f}")


if __name__ == "__main__":
    main()
