"""What the models of satisfaction recover of a known population: by simulation.

`python -m analysis coverage` writes docs/recovery.csv and docs/recovery.md.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis import files, ordinal, paths
from analysis.validation import recovery_page
from analysis.validation.recovery_page import PROFILE
from analysis.validation.recovery_population import (
    CHANNELS,
    DISTRICTS,
    EFFECTS,
    PEOPLE,
    SCALES,
    SPREADS,
    draw_sample,
)
from analysis.validation.recovery_rows import COLUMNS, attempt, counted, rng_of, row_of
from analysis.validation.recovery_weights import KINDS, weights_and_groups

LEVEL = 0.95

#: Simulated samples: of most populations, under other links than the logit, with a profile
#: interval, with one node, and with weights and a random intercept together.
RUNS, RUNS_LINKS, RUNS_PROFILE, RUNS_LAPLACE, RUNS_BOTH = 1_000, 500, 500, 30, 200

TERMS = [f"channel[T.{name}]" for name in CHANNELS[1:]]

FIXED, WEIGHTED, RANDOM = "district fixed", "weighted", "district random"


def channel_effects(method: str, link: str, spread: float, runs: int) -> list[dict]:
    """Simulate how often intervals of channel effects hold the truth, districts being fixed.

    Parameters
    ----------
    method : str
        `FIXED`, or `WEIGHTED` for survey weights.
    link : str
        The link of the true model and of the fit.
    spread : float
        Standard deviation between districts on the logit scale.
    runs : int
        Samples.

    Returns
    -------
    list of dict
        Rows of the table of recovery: "channels" and "errors".
    """
    rng = rng_of((FIXED, WEIGHTED).index(method), link, spread)
    weights = "weight" if method == WEIGHTED else None
    found = []
    for _ in counted(runs, f"{method}, {link}, {spread:g}"):
        sample, _ = draw_sample(link, spread, rng)
        fitted = attempt(
            ordinal.fit, "satisfaction ~ channel + district", sample, weights=weights, link=link
        )
        if fitted is not None:
            found.append(_effects(fitted, link))
    return _channel_rows(link, spread, method, np.array(found), runs - len(found))


def spread_between_districts(spread: float, runs: int) -> list[dict]:
    """Simulate what the model with a random intercept finds.

    Parameters
    ----------
    spread, runs
        As for `channel_effects`. Profile intervals are made for the first `RUNS_PROFILE` of the
        runs.

    Returns
    -------
    list of dict
        Rows of the table of recovery: "channels", "errors", "spread", "test", and "districts" if
        the districts differ.
    """
    rng = rng_of(2, "logit", spread)
    found, effects, districts, intervals = [], [], [], []
    for number in counted(runs, f"{RANDOM}, {spread:g}"):
        sample, truth = draw_sample("logit", spread, rng)
        plain = attempt(ordinal.fit, "satisfaction ~ channel", sample)
        fitted = attempt(ordinal.fit, "satisfaction ~ channel", sample, random="district")
        if plain is None or fitted is None:
            continue
        found.append((fitted.random.sd, ordinal.compare(fitted, plain).p_value))
        effects.append(_effects(fitted, "logit"))
        districts.append(_district_hits(fitted, truth))
        if number < RUNS_PROFILE:
            intervals.append(attempt(ordinal.spread_interval, fitted))
    failed, one = runs - len(found), ("logit", spread)
    estimate, p_value = np.array(found).T
    rows = _channel_rows(*one, RANDOM, np.array(effects), failed)
    rows += _spread_rows(spread, estimate, failed)
    made = [each for each in intervals if each is not None]
    held = [each["conf_low"] <= spread <= each["conf_high"] for each in made]
    lost = min(runs, RUNS_PROFILE) - len(made)
    rows.append(row_of("spread", *one, PROFILE, "sd(district)", np.array(held), lost))
    for name, rejected in (
        ("50:50 mixture", p_value),
        ("chi-squared with 1 degree of freedom", 2 * p_value),
    ):
        rows.append(row_of("test", *one, name, "sd(district)", rejected < 1 - LEVEL, failed))
    if spread > 0:
        rows += _district_rows(spread, np.array(districts), estimate > 0, failed)
    return rows


def laplace(spread: float, runs: int) -> list[dict]:
    """Compare Laplace's approximation with quadrature on the same samples.

    Parameters
    ----------
    spread, runs
        As for `channel_effects`.

    Returns
    -------
    list of dict
        Rows of the table of recovery: mean and largest difference of the spread and of the
        log-likelihood.
    """
    rng = rng_of(3, "logit", spread)
    found = []
    for _ in counted(runs, f"laplace, {spread:g}"):
        sample, _ = draw_sample("logit", spread, rng)
        fits = [
            attempt(ordinal.fit, "satisfaction ~ channel", sample, random="district", nodes=nodes)
            for nodes in (1, 10)
        ]
        if None not in fits:
            pairs = [(each.random.sd, each.log_likelihood) for each in fits]
            found.append(np.subtract(*pairs))
    rows, failed = [], runs - len(found)
    for term, values in zip(("spread", "log-likelihood"), np.array(found).T, strict=True):
        largest = float(values[np.abs(values).argmax()])
        rows.append(row_of("laplace", "logit", spread, "mean", term, values, failed))
        rows.append(
            row_of("laplace", "logit", spread, "largest", term, values, failed, (largest, np.nan))
        )
    return rows


def _effects(fitted: ordinal.OrdinalFit, link: str) -> np.ndarray:
    """Return error and hit of each channel's interval, shape (2, channels - 1)."""
    rows, truth = fitted.coefficients.set_index("term").loc[TERMS], SCALES[link] * EFFECTS[1:]
    held = (rows["conf_low"] <= truth) & (truth <= rows["conf_high"])
    return np.array([rows["estimate"] - truth, held])


def _district_hits(fitted: ordinal.OrdinalFit, truth: np.ndarray) -> np.ndarray:
    """Return which intervals hold the districts' effects, and those less their mean."""
    rows = fitted.random.effects.set_index("level").loc[DISTRICTS]
    estimate = rows["estimate"].to_numpy()
    reach = rows["conf_high"].to_numpy() - estimate
    pairs = (estimate, truth), (estimate - estimate.mean(), truth - truth.mean())
    return np.array([np.abs(first - second) <= reach for first, second in pairs])


def _channel_rows(
    link: str, spread: float, method: str, found: np.ndarray, failed: int
) -> list[dict]:
    """Return coverage and mean errors from an array of shape (runs, 2, channels - 1)."""
    one = (link, spread, method)
    errors, held = found[:, 0], found[:, 1]
    rows = [row_of("channels", *one, "average", held, failed)]
    rows += [
        row_of(table, *one, name, values, failed)
        for table, each in (("channels", held), ("errors", errors))
        for name, values in zip(CHANNELS[1:], each.T, strict=True)
    ]
    return rows


def _spread_rows(spread: float, estimate: np.ndarray, failed: int) -> list[dict]:
    """Return what estimates of the spread are like."""
    runs = len(estimate)
    half = 0.5 / np.sqrt(runs)
    low, middle, high = np.quantile(estimate, [0.5 - half, 0.5, 0.5 + half])
    squares = (estimate - spread) ** 2
    root = float(np.sqrt(squares.mean()))
    error = float(squares.std() / (2 * root * np.sqrt(runs)))
    return [
        row_of("spread", "logit", spread, name, "sd(district)", values, failed, given)
        for name, values, given in (
            ("mean", estimate, None),
            ("median", estimate, (float(middle), float(high - low) / 2)),
            ("bias", estimate - spread, None),
            ("RMSE", estimate, (root, error)),
            ("share of runs at 0", estimate == 0, None),
        )
    ]


def _district_rows(spread: float, found: np.ndarray, some: np.ndarray, failed: int) -> list[dict]:
    """Return how often districts' intervals hold; `some` are the runs with a spread above 0."""
    held, centred = found[:, 0], found[:, 1]
    return [
        row_of("districts", "logit", spread, RANDOM, name, values, failed)
        for name, values in (
            ("all districts", held),
            (f"{DISTRICTS[0]} ({PEOPLE[0]} people)", held[:, :1]),
            (f"{DISTRICTS[-1]} ({PEOPLE[-1]} people)", held[:, -1:]),
            ("all, runs with a spread above 0", held[some]),
            ("all, less their mean", centred),
        )
    ]


def parts() -> Iterator[tuple[Callable[..., list[dict]], tuple]]:
    """Give each piece of the simulation with its arguments, in the order of the table.

    Yields
    ------
    tuple of function and tuple
        To be called with them; each has random numbers of its own, so the order is free.
    """
    for spread in SPREADS:
        yield channel_effects, (FIXED, "logit", spread, RUNS)
        yield channel_effects, (WEIGHTED, "logit", spread, RUNS)
        yield spread_between_districts, (spread, RUNS)
    for link in ("probit", "cloglog"):
        yield channel_effects, (FIXED, link, SPREADS[1], RUNS_LINKS)
    for spread in SPREADS[1:]:
        yield laplace, (spread, RUNS_LAPLACE)
    for kind in KINDS:
        for spread in SPREADS[1:]:
            yield weights_and_groups, (kind, spread, RUNS_BOTH)


def write_recovery() -> Path:
    """Run the simulation and write docs/recovery.csv and docs/recovery.md.

    Returns
    -------
    pathlib.Path
        The page.
    """
    rows = []
    for part, arguments in tqdm(list(parts()), desc="recovery", unit="part"):
        rows += part(*arguments)
    files.write_csv(pd.DataFrame(rows)[COLUMNS], paths.DOCS / "recovery.csv", synthetic=True)
    page = paths.DOCS / "recovery.md"
    files.replace_text(page, recovery_page.to_page(pd.read_csv(paths.DOCS / "recovery.csv")))
    return page
