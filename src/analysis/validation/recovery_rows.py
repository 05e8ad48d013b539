"""Runs of the simulation of what models recover, and rows of its table."""

from collections.abc import Callable, Iterator

import numpy as np
from tqdm import tqdm

from analysis.validation.recovery_population import SCALES, SPREADS

SEED = 20231016

COLUMNS = [
    "table", "link", "spread", "method", "term", "estimate", "mc_error", "runs", "failed",
]  # fmt: skip


def rng_of(part: int, link: str, spread: float) -> np.random.Generator:
    """Return the random numbers of one part of the simulation.

    Parameters
    ----------
    part : int
        Its number.
    link : str
        The link of the true model.
    spread : float
        Standard deviation between districts on the logit scale.

    Returns
    -------
    numpy.random.Generator
        The same whenever it is asked for.
    """
    return np.random.default_rng([SEED, part, list(SCALES).index(link), SPREADS.index(spread)])


def counted(runs: int, name: str) -> Iterator[int]:
    """Count runs, with a bar on a terminal.

    Parameters
    ----------
    runs : int
        How many.
    name : str
        What they are.

    Returns
    -------
    iterator of int
        From 0.
    """
    return tqdm(range(runs), desc=name, leave=False, disable=None)


def attempt(function: Callable, *arguments: object, **options: object) -> object | None:
    """Return what an `ordinal` function gives, or None where there is no finite estimate.

    Parameters
    ----------
    function : callable
        The function.
    *arguments, **options
        What it is called with.

    Returns
    -------
    object or None
        Its result.
    """
    # A step of the search that is too long may overflow; the search takes it back.
    with np.errstate(all="ignore"):
        try:
            return function(*arguments, **options)
        except ValueError:
            return None


def row_of(table: str, link: str, spread: float, method: str, term: str, values: np.ndarray,
           failed: int, given: tuple[float, float] | None = None) -> dict:  # fmt: skip
    """Return one row of the table.

    Parameters
    ----------
    table, link, spread, method, term
        What the row is about.
    values : numpy.ndarray
        A row a run, of which the mean is taken.
    failed : int
        How many runs gave nothing.
    given : tuple of float, optional
        Estimate and Monte Carlo error, in place of the mean of the runs and its own.

    Returns
    -------
    dict
        As `COLUMNS`.

    Examples
    --------
    >>> row_of("spread", "logit", 0.2, "mean", "sd", np.array([0.1, 0.3]), 0)["estimate"]
    0.2
    """
    per_run = np.asarray(values, dtype=float).reshape(len(values), -1).mean(axis=1)
    runs = len(per_run)
    estimate, error = given or (float(per_run.mean()), float(per_run.std() / np.sqrt(runs)))
    return dict(
        zip(COLUMNS, (table, link, spread, method, term, estimate, error, runs, failed),
            strict=True)
    )  # fmt: skip
