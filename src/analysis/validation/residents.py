"""How well a district's residents are told of by those who answered: by simulation.

`python -m analysis coverage` writes docs/residents.csv and docs/residents.md.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis import files, groups, paths, proportions
from analysis.validation import residents_page
from analysis.validation.coverage_population import SEED
from analysis.validation.recovery_population import PEOPLE
from analysis.validation.residents_population import APART, SPREADS, draw_answers, residents

#: Simulated samples of each population, those of them in which shares are drawn towards
#: everybody's, which takes longest, and draws of each model.
RUNS, RUNS_POOLED, DRAWS = 500, 100, 4_000

COLUMNS = ["spread", "apart", "method", "term", "estimate", "mc_error", "runs"]


def of_residents(spread: float, apart: float, runs: int) -> list[dict]:
    """Simulate how often intervals hold the share of each district's residents.

    Parameters
    ----------
    spread, apart : float
        As `residents_population.draw_answers` takes them.
    runs : int
        Samples.

    Returns
    -------
    list of dict
        Rows of the table: coverage of all districts, the smallest and the largest; the width of
        intervals; the mean error of a district, whatever its sign; and the root of the mean
        squared error.
    """
    cells, found = residents(), {method: [] for method in residents_page.METHODS}
    for run in range(runs):
        rng = np.random.default_rng([SEED, round(100 * spread), round(100 * apart), run])
        people, truth = draw_answers(spread, apart, cells, rng)
        for method, shares in _estimates(people, cells, rng, pooled=run < RUNS_POOLED).items():
            low, high = shares["conf_low"].to_numpy(), shares["conf_high"].to_numpy()
            held = (low <= truth) & (truth <= high)
            found[method].append([held, high - low, shares["estimate"].to_numpy() - truth])
    return [
        row
        for method, every in found.items()
        for row in _rows(spread, apart, method, np.array(every, dtype=float))
    ]


def _estimates(
    people: pd.DataFrame, cells: pd.DataFrame, rng: np.random.Generator, *, pooled: bool
) -> dict[str, pd.DataFrame]:
    """Return `estimate, conf_low, conf_high` of each district by each method."""
    yes, by = people["yes"], people["district"]
    fitted = groups.multilevel(
        yes, people, by="district", held=["age", "sex"], rng=rng, draws=DRAWS
    )
    counted = people.groupby(by, observed=False)["yes"]
    own = pd.DataFrame([vars(proportions.share(each)) for _, each in counted])
    found = {residents_page.MODELLED: fitted.shares(cells), residents_page.OWN: own}
    if pooled:
        drawn = groups.pooled_shares(yes, by, rng=rng, draws=DRAWS).groups
        found[residents_page.POOLED] = drawn
    return found


def _rows(spread: float, apart: float, method: str, found: np.ndarray) -> list[dict]:
    """Return the rows of a method from an array of shape (runs, 3, districts)."""
    held, width, error = found[:, 0], found[:, 1], found[:, 2]
    runs = len(found)
    bias = error.mean(axis=0)
    bias_error = float(np.sqrt((error.var(axis=0) / runs).mean()))
    squares = (error**2).mean(axis=1)
    root = float(np.sqrt(squares.mean()))
    values = {
        "all districts": _mean(held.mean(axis=1)),
        f"{PEOPLE[0]} people": _mean(held[:, 0]),
        f"{PEOPLE[-1]} people": _mean(held[:, -1]),
        "width": _mean(width.mean(axis=1)),
        "bias": (float(np.abs(bias).mean()), bias_error),
        "RMSE": (root, float(squares.std() / (2 * root * np.sqrt(runs)))),
    }
    return [
        dict(zip(COLUMNS, (spread, apart, method, term, *each, runs), strict=True))
        for term, each in values.items()
    ]


def _mean(per_run: np.ndarray) -> tuple[float, float]:
    return float(per_run.mean()), float(per_run.std() / np.sqrt(len(per_run)))


def parts(runs: int = RUNS) -> Iterator[tuple[float, float, int]]:
    """Give the arguments of each piece of the simulation, in the order of the table.

    Parameters
    ----------
    runs : int
        Samples of each population.

    Yields
    ------
    tuple
        For `of_residents`; each has random numbers of its own, so the order is free.
    """
    for spread in SPREADS:
        yield spread, 0.0, runs
    yield SPREADS[1], APART, runs


def write_residents() -> Path:
    """Run the simulation and write docs/residents.csv and docs/residents.md.

    Returns
    -------
    pathlib.Path
        The page.
    """
    rows = []
    for arguments in tqdm(list(parts()), desc="residents", unit="part"):
        rows += of_residents(*arguments)
    files.write_csv(pd.DataFrame(rows)[COLUMNS], paths.DOCS / "residents.csv", synthetic=True)
    page = paths.DOCS / "residents.md"
    files.replace_text(page, residents_page.to_page(pd.read_csv(paths.DOCS / "residents.csv")))
    return page
