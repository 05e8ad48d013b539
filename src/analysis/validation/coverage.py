"""How often intervals of shifts hold the truth, and tests reject it: by simulation.

`python -m analysis coverage` writes docs/coverage.csv and docs/coverage.md. The populations are
made up: nine channels, one answer each, some common and some rare.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from tqdm import tqdm

from analysis import files, paired, paths
from analysis.groups import means_test
from analysis.numerics import correlation, critical_value
from analysis.paired import difference
from analysis.validation import coverage_page
from analysis.validation.coverage_page import BACK, COMMON, DISCORDANT, LISTED, RARE, USED
from analysis.validation.coverage_population import (
    CHANNELS,
    POPULATIONS,
    draw_counts,
    generator,
    kinds,
    people_of,
)

SIZES = (30, 100, 400, 1200)

LEVEL = 0.95

#: Simulated samples of each size: for counts alone, and for whole functions.
RUNS, RUNS_WHOLE = 20_000, 2_000

COLUMNS = ["table", "population", "channels", "method", "n", "share", "mc_error", "width", "runs"]


def _row(table: str, population: str, channels: str, method: str, n: int, hits: np.ndarray,
         width: float = np.nan) -> dict:  # fmt: skip
    """Return one row; `hits` has a row a run, and its mean is the share."""
    per_run = hits.reshape(len(hits), -1).mean(axis=1)
    error = float(per_run.std() / np.sqrt(len(per_run)))
    share = float(per_run.mean())
    values = (table, population, channels, method, n, share, error, width, len(hits))
    return dict(zip(COLUMNS, values, strict=True))


def pointwise(population: str, n: int, runs: int) -> list[dict]:
    """Simulate how often each kind of interval for one channel holds its shift.

    Parameters
    ----------
    population : str
        A key of `POPULATIONS`.
    n, runs : int
        People of a sample, and samples.

    Returns
    -------
    list of dict
        Rows of the coverage table: rare and common channels, each method.
    """
    truth, counts = draw_counts(population, n, runs, part=1)
    z = stats.norm.isf((1 - LEVEL) / 2)
    people = kinds(counts)
    rows = []
    for method, interval in difference.METHODS.items():
        low, high = interval(*people, n, z)
        held = (low <= truth) & (truth <= high)
        for channels, kept in (("rare", USED <= RARE), ("common", USED >= COMMON)):
            width = float((high - low)[:, kept].mean())
            rows.append(_row("pointwise", population, channels, method, n, held[:, kept], width))
    return rows


def exact(population: str, n: int, runs: int) -> list[dict]:
    """Add up how often each kind of interval for one channel holds its shift, without chance.

    Parameters
    ----------
    population : str
        "grid": every pair of a share of discordant people (`DISCORDANT`) and a part of them who
        used the channel (`BACK`).
    n, runs : int
        People of a sample; `runs` is not used.

    Returns
    -------
    list of dict
        Rows of the coverage table for each method: the lowest and the average coverage.
    """
    b, c = (each.ravel() for each in np.meshgrid(np.arange(n + 1), np.arange(n + 1)))
    b, c = b[b + c <= n], c[b + c <= n]
    z = stats.norm.isf((1 - LEVEL) / 2)
    ends = {name: each(n // 4, b, c, n, z) for name, each in difference.METHODS.items()
            if name != "Newcombe 10"}  # fmt: skip
    held = {name: [] for name in ends}
    widths = {name: [] for name in ends}
    for moved in DISCORDANT:
        for back in BACK:
            shift = moved * (1 - 2 * back)
            chance = stats.multinomial.pmf(
                np.column_stack([b, c, n - b - c]), n, [moved * back, moved * (1 - back), 1 - moved]
            )
            for name, (low, high) in ends.items():
                held[name].append(chance @ ((low <= shift) & (shift <= high)))
                widths[name].append(chance @ (high - low))
    return [
        dict(zip(COLUMNS, values, strict=True))
        for name in ends
        for values in (
            ("exact", population, "lowest", name, n, float(min(held[name])), 0.0, np.nan, 0),
            ("exact", population, "average", name, n, float(np.mean(held[name])), 0.0,
             float(np.mean(widths[name])), 0),
        )
    ]  # fmt: skip


def simultaneous(population: str, n: int, runs: int) -> list[dict]:
    """Simulate how often the intervals of all nine channels hold their shifts together.

    Parameters
    ----------
    population, n, runs
        As for `pointwise`.

    Returns
    -------
    list of dict
        Rows of the coverage table: max-t, Bonferroni's correction, and no correction.
    """
    truth, counts = draw_counts(population, n, runs, part=2)
    z = stats.norm.isf((1 - LEVEL) / 2)
    bounds = {"Max-t": np.array([_bound(each, n) for each in counts])[:, None]}
    bonferroni = stats.norm.isf((1 - LEVEL) / (2 * len(USED)))
    bounds |= {"Bonferroni": bonferroni, "Pointwise intervals": z}
    people = kinds(counts)
    rows = []
    for method, bound in bounds.items():
        low, high = difference.adjusted_wald_interval(*people, n, bound)
        held = ((low <= truth) & (truth <= high)).all(axis=1)
        width = float((high - low).mean())
        rows.append(_row("simultaneous", population, "all nine", method, n, held, width))
    return rows


def weighted(population: str, n: int, runs: int) -> list[dict]:
    """Simulate the weighted intervals and test, with weights that vary by a factor of five.

    Parameters
    ----------
    population, n, runs
        As for `pointwise`. The weights do not depend on the answers.

    Returns
    -------
    list of dict
        Rows of the coverage table: pointwise, simultaneous, and the F test if nothing shifts.
    """
    rng, cells = generator(population, n, part=3), POPULATIONS[population]
    truth = cells.sum(axis=0) - cells.sum(axis=1)
    held, together, rejected, widths = [], [], [], []
    for _ in range(runs):
        used, preferred = people_of(rng.choice(cells.size, n, p=cells.ravel()))
        weights = pd.Series(np.exp(rng.normal(0.0, 0.4, n)))
        rows = paired.shifts(used, preferred, weights=weights)
        held.append((rows["conf_low"] <= truth) & (truth <= rows["conf_high"]))
        inside = (rows["simultaneous_low"] <= truth) & (truth <= rows["simultaneous_high"])
        together.append(inside.all())
        widths.append((rows["conf_high"] - rows["conf_low"]).to_numpy())
        rejected.append(paired.shift_test(used, preferred, weights=weights).p_value < 1 - LEVEL)
    held, widths, name = np.array(held), np.array(widths), "Linearised, weighted"
    rows = [
        _row("pointwise", population, kind, name, n, held[:, kept], float(widths[:, kept].mean()))
        for kind, kept in (("rare", USED <= RARE), ("common", USED >= COMMON))
    ]
    rows.append(
        _row("simultaneous", population, "all nine", f"{name}, max-t", n, np.array(together))
    )
    if population == "no shift":
        rows.append(_row("tests", population, "all nine", "Weighted F", n, np.array(rejected)))
    return rows


def rejections(population: str, n: int, runs: int) -> list[dict]:
    """Simulate how often each test rejects, though nothing shifts.

    Parameters
    ----------
    population, n, runs
        As for `pointwise`.

    Returns
    -------
    list of dict
        Rows of the coverage table; the comparison of ten groups of unlike size is among them.
    """
    _, counts = draw_counts(population, n, runs, part=4)
    rng = generator(population, n, part=5)
    used, preferred = people_of(np.arange(counts[0].size))
    groups = np.linspace(1.7, 0.5, 10) / np.linspace(1.7, 0.5, 10).sum()
    steps = pd.get_dummies(preferred, dtype=float) - pd.get_dummies(used, dtype=float)
    found = {name: [] for name in (
        "Wald (Bhapkar)", "Stuart-Maxwell", "Permutation", "Permutation, max-t",
        "Simultaneous intervals, max-t", "Do ten groups differ",
    )}  # fmt: skip
    for cells in counts:
        frequency = pd.Series(cells.ravel())
        square = pd.DataFrame(cells, index=CHANNELS, columns=CHANNELS)
        dealt = paired.permutation_test(
            used, preferred, frequency=frequency, n_permutations=499, rng=rng
        )
        low, high = difference.adjusted_wald_interval(*kinds(cells), n, _bound(cells, n))
        people = np.repeat(steps.to_numpy(), cells.ravel(), axis=0)
        p_values = (
            paired.bhapkar(square).p_value,
            paired.stuart_maxwell(square).p_value,
            dealt.p_value,
            dealt.answers["p_adjusted"].min(),
            float(not ((low > 0) | (high < 0)).any()),
            means_test(people, rng.choice(10, n, p=groups)).p_value,
        )
        for name, p_value in zip(found, p_values, strict=True):
            found[name].append(p_value <= 1 - LEVEL)
    return [
        _row("tests", population, "all nine", name, n, np.array(hits))
        for name, hits in found.items()
    ]


def _bound(counts: np.ndarray, n: int) -> float:
    """Return the max-t critical value of one table."""
    shift = (counts.sum(axis=0) - counts.sum(axis=1)) / n
    exchanged = counts + counts.T
    np.fill_diagonal(exchanged, 0)
    covariance = (np.diag(exchanged.sum(axis=1)) - exchanged) / n - np.outer(shift, shift)
    return critical_value([correlation(covariance)[0]], LEVEL, points=256)


def parts(runs: int, runs_whole: int) -> Iterator[tuple[Callable[..., list[dict]], tuple]]:
    """Give each piece of the simulation with its arguments, in the order of the table.

    Parameters
    ----------
    runs, runs_whole : int
        Samples of each size: for counts alone, and for whole functions.

    Yields
    ------
    tuple of function and tuple
        To be called with them; each has random numbers of its own, so the order is free.
    """
    for n in SIZES:
        for population in POPULATIONS:
            yield pointwise, (population, n, runs)
            yield simultaneous, (population, n, runs_whole)
            yield weighted, (population, n, runs_whole)
        yield rejections, ("no shift", n, runs_whole)
        if n in LISTED:
            yield exact, ("grid", n, 0)


def write_coverage(runs: int = RUNS, runs_whole: int = RUNS_WHOLE) -> Path:
    """Run the simulation and write docs/coverage.csv and docs/coverage.md.

    Parameters
    ----------
    runs, runs_whole : int
        As for `parts`.

    Returns
    -------
    pathlib.Path
        The page.
    """
    rows = []
    for part, arguments in tqdm(list(parts(runs, runs_whole)), desc="coverage", unit="part"):
        rows += part(*arguments)
    frame = pd.DataFrame(rows)[COLUMNS]
    files.write_csv(frame, paths.DOCS / "coverage.csv", synthetic=True)
    page = paths.DOCS / "coverage.md"
    files.replace_text(page, coverage_page.to_page(pd.read_csv(paths.DOCS / "coverage.csv")))
    return page
