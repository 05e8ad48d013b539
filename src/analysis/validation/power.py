"""Whether planned power is the power that tests have: by simulation, of each test in use.

`python -m analysis coverage` writes docs/power.csv and docs/power.md.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from tqdm import tqdm

from analysis import files, paths, planning
from analysis.paired import difference, mcnemar_p
from analysis.validation import power_page
from analysis.validation.power_page import ANSWERS, GROUPS, SHIFTS, SIZES, SPREADS
from analysis.validation.recovery_rows import SEED

#: Simulated samples of shifts and of groups, of Fisher's test, and of models.
RUNS, RUNS_FISHER, RUNS_SPREAD = 40_000, 10_000, 1_000

#: Draws behind the planned power of a spread: its own error is a third of a point.
DRAWS = 20_000

COLUMNS = ["table", "test", "effect", "other", "n", "n_others", "planned", "closed_form",
           "simulated", "mc_error", "runs", "seed"]  # fmt: skip

_Z = stats.norm.isf(0.025)


def of_shifts(runs: int = RUNS) -> list[dict]:
    """Simulate the power of the tests of a shift.

    Parameters
    ----------
    runs : int
        Samples of each population.

    Returns
    -------
    list of dict
        Rows of the table.
    """
    rows = []
    for number, (shift, discordant, n) in enumerate(SHIFTS):
        rng = np.random.default_rng([SEED, 1, number])
        chances = [(discordant - shift) / 2, (discordant + shift) / 2, 1 - discordant]
        b, c, _ = rng.multinomial(n, np.maximum(chances, 0.0), runs).T
        low, high = difference.adjusted_wald_interval(np.zeros_like(b), b, c, n, _Z)
        closed = planning.closed_power(shift, discordant, n)
        about = {"effect": shift, "other": discordant, "n": n}
        for test, planned, seen in (
            ("McNemar, exact", planning.mcnemar_power, mcnemar_p(b, c, mid_p=False) <= 0.05),
            ("Bonett-Price interval", planning.shift_interval_power, (low > 0) | (high < 0)),
        ):
            told = planned(shift, discordant, n)
            rows.append(_row("shift", test, about, told, closed, seen))
    return rows


def of_groups(runs: int = RUNS, fisher: int = RUNS_FISHER) -> list[dict]:
    """Simulate the power of the tests of two groups.

    Parameters
    ----------
    runs, fisher : int
        Samples of each population, and those of them that Fisher's test sees.

    Returns
    -------
    list of dict
        Rows of the table. Fisher's test is not planned with: its `planned` is that of Newcombe's
        interval, to be compared with.
    """
    rows = []
    for number, (first, second, n_first, n_second) in enumerate(GROUPS):
        rng = np.random.default_rng([SEED, 2, number])
        one, other = rng.binomial(n_first, first, runs), rng.binomial(n_second, second, runs)
        low, high = confint_proportions_2indep(other, n_second, one, n_first, method="newcomb")
        pooled = (one + other) / (n_first + n_second)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n_first + 1 / n_second))
        apart = np.abs(other / n_second - one / n_first)
        p_value = _fisher(n_first, n_second)
        exact = [p_value(*each) <= 0.05 for each in zip(one[:fisher], other[:fisher], strict=True)]
        closed = planning.two_shares_power(first, second, n_first, n_second)
        told = planning.newcombe_power(first, second, n_first, n_second)
        about = {
            "effect": round(second - first, 6),
            "other": first,
            "n": n_second,
            "n_others": n_first,
        }
        rows += [
            _row("groups", "Newcombe interval", about, told, closed, (low > 0) | (high < 0)),
            _row("groups", "z test, pooled", about, closed, closed, apart > _Z * error),
            _row("groups", "Fisher, exact", about, told, closed, np.array(exact)),
        ]
    return rows


def _fisher(n_first: int, n_second: int) -> Callable[[int, int], float]:
    """Return Fisher's p-value of two counts, each table worked out once."""

    @cache
    def p_value(one: int, other: int) -> float:
        table = [[one, n_first - one], [other, n_second - other]]
        return float(stats.fisher_exact(table).pvalue)

    return p_value


def of_spread(sizes: tuple[int, ...], spread: float, runs: int = RUNS_SPREAD) -> list[dict]:
    """Simulate the power of the test that districts differ, by fitting the models.

    Parameters
    ----------
    sizes : tuple of int
        People of each district.
    spread : float
        Standard deviation between districts on the logit scale.
    runs : int
        Samples.

    Returns
    -------
    list of dict
        One row of the table; `closed_form` where all districts have the same size.
    """
    seed = [SEED, 3, len(set(sizes)), round(100 * spread)]
    known = planning.spread_information(ANSWERS)
    told = planning.spread_power(spread, sizes, known, rng=np.random.default_rng(seed), draws=DRAWS)
    alike = len(set(sizes)) == 1
    closed = planning.equal_spread_power(spread, len(sizes), sizes[0], known) if alike else np.nan
    power, error = planning.simulated_spread_power(
        spread, sizes, ANSWERS, runs=runs, rng=np.random.default_rng([*seed, 1])
    )
    about = {"effect": spread, "other": len(sizes), "n": round(np.mean(sizes))}
    test = "likelihood ratio, " + ("equal sizes" if alike else "unequal sizes")
    row = _row("spread", test, about, told, closed, np.zeros(runs, dtype=bool))
    return [row | {"simulated": power, "mc_error": error}]


def of_widths(runs: int = RUNS) -> list[dict]:
    """Simulate how wide intervals are on average.

    Parameters
    ----------
    runs : int
        Samples of each population.

    Returns
    -------
    list of dict
        Rows of the table, widths in place of powers.
    """
    rows = []
    for number, (shift, discordant, n) in enumerate(SHIFTS):
        rng = np.random.default_rng([SEED, 4, number])
        chances = [(discordant - shift) / 2, (discordant + shift) / 2, 1 - discordant]
        b, c, _ = rng.multinomial(n, np.maximum(chances, 0.0), runs).T
        low, high = difference.adjusted_wald_interval(np.zeros_like(b), b, c, n, _Z)
        about = {"effect": shift, "other": discordant, "n": n}
        planned = planning.shift_interval_width(shift, discordant, n)
        found = _row("width", "Bonett-Price interval", about, planned, np.nan, high - low)
        found["mc_error"] = float((high - low).std() / np.sqrt(runs))
        rows.append(found)
    return rows


def _row(
    table: str, test: str, about: dict, planned: float, closed: float, seen: np.ndarray
) -> dict:
    mean, runs = float(np.mean(seen)), len(seen)
    told = {"planned": planned, "closed_form": closed, "simulated": mean,
            "mc_error": float(np.sqrt(max(mean * (1 - mean), 0.0) / runs)),
            "runs": runs, "seed": SEED}  # fmt: skip
    return {"table": table, "test": test, "n_others": np.nan} | about | told


def parts(runs: int = RUNS_SPREAD) -> Iterator[tuple[tuple[int, ...], float, int]]:
    """Give the arguments of each piece of the simulation of a spread.

    Parameters
    ----------
    runs : int
        Samples of each population.

    Yields
    ------
    tuple
        For `of_spread`; each has random numbers of its own.
    """
    for sizes in SIZES:
        for spread in SPREADS:
            yield sizes, spread, runs


def write_power() -> Path:
    """Run the simulation and write docs/power.csv and docs/power.md.

    Returns
    -------
    pathlib.Path
        The page.
    """
    rows = [*of_shifts(), *of_groups(), *of_widths()]
    for arguments in tqdm(list(parts()), desc="power", unit="part"):
        rows += of_spread(*arguments)
    files.write_csv(pd.DataFrame(rows)[COLUMNS], paths.DOCS / "power.csv", synthetic=True)
    page = paths.DOCS / "power.md"
    files.replace_text(page, power_page.to_page(pd.read_csv(paths.DOCS / "power.csv")))
    return page
