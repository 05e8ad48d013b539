"""How often intervals of shifts hold the truth, and tests reject it: by simulation.

`python -m analysis coverage` writes docs/coverage.csv and docs/coverage.md. The populations are
made up: nine channels, one answer each, some common and some rare.
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import optimize, stats
from tqdm import tqdm

from analysis import coverage_page, paired, paths, tables
from analysis.between import means_test
from analysis.coverage_page import (
    AGREEMENT,
    BACK,
    COMMON,
    DISCORDANT,
    LISTED,
    PREFERRED,
    RARE,
    USED,
)
from analysis.paired import difference
from analysis.paired.simultaneous import critical_value
from analysis.quadratic import correlation

SIZES = (30, 100, 400, 1200)
LEVEL = 0.95
SEED = 20231015

#: Simulated samples of each size: for counts alone, and for whole functions.
RUNS, RUNS_WHOLE = 20_000, 2_000

CHANNELS = [f"channel {number}" for number in range(1, len(USED) + 1)]
COLUMNS = ["table", "population", "channels", "method", "n", "share", "mc_error", "width", "runs"]


def joint(used: np.ndarray, preferred: np.ndarray, agreement: float) -> np.ndarray:
    """Return a joint distribution of two answers with given margins and agreement.

    Parameters
    ----------
    used, preferred : numpy.ndarray
        Shares, shape (channels,), each adding up to 1.
    agreement : float
        Share on the diagonal: more than two independent answers would give, and less than the
        sum of the smaller shares.

    Returns
    -------
    numpy.ndarray
        Shape (channels, channels), used in rows: a part of the people stays, in proportion to the
        smaller share of each channel, and the others answer twice independently.

    Examples
    --------
    >>> table = joint(np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.3, 0.3]), 0.6)
    >>> table.sum(axis=1).round(6).tolist(), round(float(np.trace(table)), 6)
    ([0.5, 0.3, 0.2], 0.6)
    """

    def at(part: float) -> np.ndarray:
        stay = part * np.minimum(used, preferred)
        return np.diag(stay) + np.outer(used - stay, preferred - stay) / (1 - stay.sum())

    return at(optimize.brentq(lambda part: np.trace(at(part)) - agreement, 0.0, 0.999))


#: The two populations, by name.
POPULATIONS = {
    "no shift": joint(USED, USED, AGREEMENT),
    "shift": joint(USED, PREFERRED, AGREEMENT),
}


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
    truth, counts = _draw(population, n, runs, part=1)
    z = stats.norm.isf((1 - LEVEL) / 2)
    people = _kinds(counts)
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
    truth, counts = _draw(population, n, runs, part=2)
    z = stats.norm.isf((1 - LEVEL) / 2)
    bounds = {"Max-t": np.array([_bound(each, n) for each in counts])[:, None]}
    bonferroni = stats.norm.isf((1 - LEVEL) / (2 * len(USED)))
    bounds |= {"Bonferroni": bonferroni, "Pointwise intervals": z}
    people = _kinds(counts)
    rows = []
    for method, bound in bounds.items():
        low, high = difference.adjusted_wald(*people, n, bound)
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
    rng, cells = _rng(population, n, part=3), POPULATIONS[population]
    truth = cells.sum(axis=0) - cells.sum(axis=1)
    held, together, rejected, widths = [], [], [], []
    for _ in range(runs):
        used, preferred = _people(rng.choice(cells.size, n, p=cells.ravel()))
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
    _, counts = _draw(population, n, runs, part=4)
    rng = _rng(population, n, part=5)
    used, preferred = _people(np.arange(counts[0].size))
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
        low, high = difference.adjusted_wald(*_kinds(cells), n, _bound(cells, n))
        people = np.repeat(steps.to_numpy(), cells.ravel(), axis=0)
        p_values = (
            paired.bhapkar(square).p_value,
            paired.stuart_maxwell(square).p_value,
            dealt.p_value,
            dealt.channels["p_adjusted"].min(),
            float(not ((low > 0) | (high < 0)).any()),
            means_test(people, rng.choice(10, n, p=groups)).p_value,
        )
        for name, p_value in zip(found, p_values, strict=True):
            found[name].append(p_value <= 1 - LEVEL)
    return [
        _row("tests", population, "all nine", name, n, np.array(hits))
        for name, hits in found.items()
    ]


def _rng(population: str, n: int, part: int) -> np.random.Generator:
    return np.random.default_rng([SEED, n, list(POPULATIONS).index(population), part])


def _draw(population: str, n: int, runs: int, part: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the true shifts, and tables of counts of shape (runs, channels, channels)."""
    cells = POPULATIONS[population]
    counts = _rng(population, n, part).multinomial(n, cells.ravel(), size=runs)
    return cells.sum(axis=0) - cells.sum(axis=1), counts.reshape(runs, *cells.shape)


def _kinds(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return who named each channel twice, as used only and as preferred only."""
    both = np.diagonal(counts, axis1=-2, axis2=-1)
    return both, counts.sum(axis=-1) - both, counts.sum(axis=-2) - both


def _people(cells: np.ndarray) -> tuple[pd.Series, pd.Series]:
    kinds, size = pd.CategoricalDtype(CHANNELS), len(CHANNELS)
    return tuple(
        pd.Series(pd.Categorical.from_codes(codes, dtype=kinds))
        for codes in (cells // size, cells % size)
    )


def _bound(counts: np.ndarray, n: int) -> float:
    """Return the max-t critical value of one table."""
    shift = (counts.sum(axis=0) - counts.sum(axis=1)) / n
    exchanged = counts + counts.T
    np.fill_diagonal(exchanged, 0)
    covariance = (np.diag(exchanged.sum(axis=1)) - exchanged) / n - np.outer(shift, shift)
    return critical_value([correlation(covariance)[0]], LEVEL, points=4096)


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


def write(runs: int = RUNS, runs_whole: int = RUNS_WHOLE) -> Path:
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
    gc.freeze()  # statsmodels collects garbage at every adjustment: not what the imports made
    rows = []
    for part, arguments in tqdm(list(parts(runs, runs_whole)), desc="coverage", unit="part"):
        rows += part(*arguments)
    frame = pd.DataFrame(rows)[COLUMNS]
    tables.write_csv(frame, paths.DOCS / "coverage.csv", synthetic=True)
    page = paths.DOCS / "coverage.md"
    tables.replace_text(page, coverage_page.to_page(pd.read_csv(paths.DOCS / "coverage.csv")))
    return page
