"""`python -m analysis validate`: the study of known truth, from surveys to stored tables."""

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import exports, files, survey
from analysis.chapters.known_truth import stored
from analysis.errors import SurveyError
from analysis.options import whole_number
from analysis.synthetic import simulation
from analysis.synthetic.simulated_people import Calibration
from analysis.validation import known_readings, known_results, known_runs
from analysis.validation.known_population import (
    EFFECTS,
    NULL,
    calibration_from_frame,
    calibration_to_frame,
    draw_population,
    parameters_of,
    scaled,
)
from analysis.validation.known_results_of_gaps import gaps_by_measure
from analysis.validation.known_surveys import CLEANED, SEED, draw_survey
from analysis.validation.known_values import true_values

#: People of the population behind the truths, and the seed of their draw.
POPULATION, POPULATION_SEED = 1_000_000, 20231018

#: Surveys of each size by default; of 5,000 replies, which take longest, a quarter.
RUNS = 400

#: Surveys of which single numbers are stored, to be made again: replies and number.
CHECKED = ((300, 0), (300, 1), (1_200, 0))


def validate(
    *,
    runs: int = RUNS,
    sizes: Sequence[int] = known_runs.SIZES,
    workers: int = 2,
    overwrite: bool = False,
) -> Iterator[Path]:
    """Simulate surveys, read each as the notebooks do, and write what that shows.

    Parameters
    ----------
    runs : int
        Surveys of each size.
    sizes : sequence of int
        Replies received.
    workers : int
        Processes.
    overwrite : bool
        Whether a study of fewer surveys, or other sizes, may replace the one that is carried.

    Yields
    ------
    pathlib.Path
        The tables of docs/known_truth. A run that was stopped goes on where it was, as long as
        the code is the same.

    Raises
    ------
    SurveyError
        If fewer than 10 surveys are asked for, or one is smaller than 60 replies; or the study is
        smaller than by default and nothing may be overwritten.
    """
    if runs < known_runs.PART or min(sizes, default=0) < min(known_runs.SIZES):
        raise SurveyError(
            f"a study of {runs} surveys of {min(sizes, default=0)} replies shows nothing; ask for "
            f"{known_runs.PART} surveys or more, of {min(known_runs.SIZES)} replies or more"
        )
    if (runs < RUNS or sorted(sizes) != sorted(known_runs.SIZES)) and not overwrite:
        raise SurveyError(
            f"a study of {runs} surveys of {', '.join(map(str, sizes))} replies would replace the "
            "one in docs/known_truth that notebook 10 shows; add --overwrite if that is meant"
        )
    truths, calibration = _population(known_runs.KEPT / known_runs.sources_sha256()[:12])
    parts = [
        part
        for part in known_runs.plan(sizes, runs_of(runs))
        if part.replies <= 1_200 or part.first < runs / 4
    ]
    readings = known_runs.run(parts, calibration, workers=workers)
    yield from write_tables(readings, truths, calibration)


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command.

    Parameters
    ----------
    command : argparse.ArgumentParser
        Of `validate`.
    """
    sizes = list(known_runs.SIZES)
    command.add_argument("--runs", type=whole_number, default=RUNS, help="surveys of each size")
    command.add_argument(
        "--sizes", type=whole_number, nargs="+", default=sizes, help="replies received"
    )
    command.add_argument(
        "--overwrite", action="store_true", help="replace the carried study by a smaller one"
    )
    command.add_argument("--workers", type=whole_number, default=2, help="processes")


def runs_of(runs: int) -> dict[str, int]:
    """Say how many surveys each piece of the study has.

    Parameters
    ----------
    runs : int
        Those of the largest pieces.

    Returns
    -------
    dict
        As for `known_runs.plan`.

    Examples
    --------
    >>> runs_of(400)["gaps"]
    100
    """
    return {"most": runs, "null": runs, "received": runs // 4, "gaps": runs // 4}


def _population(kept: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the populations, or read what was kept of them."""
    paths = [kept / f"{name}.csv" for name in ("truths", "calibration")]
    if not all(path.is_file() for path in paths):
        kept.mkdir(parents=True, exist_ok=True)
        codebook, tables = survey.load(survey.DEFAULT).codebook, []
        for variant in (EFFECTS, NULL):
            people, found = draw_population(
                codebook, variant, people=POPULATION, seed=POPULATION_SEED
            )
            tables.append(calibration_to_frame(found, variant))
            if variant == EFFECTS:
                truths = true_values(people, found, variant)
        for table, path in zip((truths, pd.concat(tables)), paths, strict=True):
            files.write_csv(table, path, synthetic=True)
    return tuple(
        pd.read_csv(path, keep_default_na=False, na_values=[""]).drop(columns="data")
        for path in paths
    )


def write_tables(
    readings: pd.DataFrame, truths: pd.DataFrame, calibration: pd.DataFrame
) -> Iterator[Path]:
    """Write the tables of the study, and a manifest of what they are.

    Parameters
    ----------
    readings : pandas.DataFrame
        As `known_runs.run` returns them.
    truths, calibration : pandas.DataFrame
        As `known_values.true_values` and `known_population.calibration_to_frame` return them.

    Yields
    ------
    pathlib.Path
        Each file of docs/known_truth.
    """
    rows = known_results.with_truth(readings, truths)
    tables = {
        "estimates": known_results.estimates(rows),
        "extremes": known_results.extremes(rows),
        "gaps": gaps_by_measure(rows),
        "tests": known_results.error_rates(readings),
        "cleaning": known_results.cleaning(rows),
        "runs": checked(readings),
        "truths": truths,
        "calibration": calibration,
    }
    made = {
        "seed": str(SEED),
        "generator": generator_sha256(_calibrations(calibration)),
        "population": str(POPULATION),
        "population_seed": str(POPULATION_SEED),
        "surveys": str(len(readings[known_runs.OF].drop_duplicates())),
    }
    stored.folder().mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        path = stored.folder() / f"{name}.csv"
        files.write_csv(table, path, synthetic=True)
        made[name] = exports.sha256(path)
        yield path
    path = stored.folder() / "manifest.csv"
    manifest = pd.DataFrame({"name": list(made), "value": list(made.values())})
    files.write_csv(manifest, path, synthetic=True)
    yield path


def checked(readings: pd.DataFrame) -> pd.DataFrame:
    """Choose the single numbers that are stored, to be made again.

    Parameters
    ----------
    readings : pandas.DataFrame
        As `known_runs.run` returns them.

    Returns
    -------
    pandas.DataFrame
        What the quick chapters read of the surveys of `CHECKED`.
    """
    quick = _quick_quantities()
    mine = readings[
        (readings["variant"] == EFFECTS)
        & (readings["treated"] == CLEANED)
        & readings["quantity"].isin(quick)
    ]
    parts = [mine[(mine["replies"] == size) & (mine["run"] == run)] for size, run in CHECKED]
    return pd.concat(parts, ignore_index=True)


def _quick_quantities() -> list[str]:
    return ["replies_kept", "composition", "most_missing", "moved", "moved_most", "same_answer",
            "largest_shift", "least_reached", "shift", "reached", "visibility_good",
            "accessibility_good", "visibility_accessibility"]  # fmt: skip


def run_again() -> pd.DataFrame:
    """Simulate and read the surveys of `CHECKED` again, and compare them with what is stored.

    Returns
    -------
    pandas.DataFrame
        A row a survey: `replies, run, numbers` (estimates, ends of intervals and p-values that
        are stored), `equal` (of these, to six digits), and `furthest`, the largest difference.

    Raises
    ------
    SurveyError
        If a stored table is not the one that was written, or the generator has changed since.
    """
    calibrations = _calibrations(stored.read_table("calibration"))
    if generator_sha256(calibrations) != stored.manifest()["generator"]:
        raise SurveyError(
            "the generator no longer makes the surveys that docs/known_truth is about; run "
            "`python -m analysis validate`"
        )
    known, rows = stored.read_table("runs"), []
    numbers = ["estimate", "conf_low", "conf_high", "p_value", "n"]
    keys = ["quantity", "level", "kind"]
    for (replies, run), part in known.groupby(["replies", "run"], sort=False):
        this = draw_survey(calibrations, EFFECTS, int(replies), int(run))
        found, _ = known_readings.read(this, known_runs.QUICK)
        again = found.assign(level=found["level"].replace("", np.nan))
        both = part.merge(again, on=keys, how="outer", suffixes=("", "_again"))
        first = both[numbers].to_numpy(dtype=float)
        second = both[[f"{name}_again" for name in numbers]].to_numpy(dtype=float)
        there = ~(np.isnan(first) & np.isnan(second))
        equal = np.isclose(first, second, rtol=1e-6, atol=1e-9)
        gap = np.abs(first - second)[there]
        rows.append({
            "replies": int(replies), "run": int(run), "numbers": int(there.sum()),
            "equal": int((equal & there).sum()), "furthest": float(np.nan_to_num(gap, nan=1).max()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _calibrations(table: pd.DataFrame) -> dict[str, Calibration]:
    codebook = survey.load(survey.DEFAULT).codebook
    return {each: calibration_from_frame(table, each, codebook) for each in (EFFECTS, NULL)}


def generator_sha256(calibrations: Mapping[str, Calibration]) -> str:
    """Return a fingerprint of what the generator makes.

    Parameters
    ----------
    calibrations : mapping
        As for `known_surveys.draw_survey`.

    Returns
    -------
    str
        The SHA-256 of a small export: another one if the generator or its parameters change in
        anything that replies show.
    """
    made = simulation.simulate(
        survey.load(survey.DEFAULT).codebook,
        scaled(parameters_of(EFFECTS), 300),
        rng=np.random.default_rng(SEED),
        calibration=calibrations[EFFECTS],
    )
    return hashlib.sha256(simulation.export_bytes(made.raw)).hexdigest()
