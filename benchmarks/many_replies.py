"""Time a survey of very many replies, stage by stage: `python benchmarks/many_replies.py`.

Writes docs/scale.csv and prints it. Exports are made by the generator of the default survey, with
its faults, and kept in a scratch folder; every size is run in a process of its own, so that its
peak of memory is its own. No test looks at these numbers: they depend on the machine.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import cleaning, exports, files, paths, survey
from analysis.chapters.known_truth import stored
from analysis.synthetic import simulation
from analysis.validation import known_readings
from analysis.validation.known_population import (
    EFFECTS,
    calibration_from_frame,
    parameters_of,
    scaled,
)
from analysis.validation.known_surveys import KnownSurvey

SIZES, SEED = (1_200, 20_000, 100_000, 300_000, 1_000_000), 20261128

#: What is timed, in order.
STAGES = ("read", "clean", "decode", "notebook 03", "notebook 04")


def export(folder: Path, replies: int) -> Path:
    """Write an export of so many replies, faults included."""
    codebook = survey.load(survey.DEFAULT).codebook
    found = calibration_from_frame(stored.read_table("calibration"), EFFECTS, codebook)
    made = simulation.simulate(
        codebook,
        scaled(parameters_of(EFFECTS), replies),
        rng=np.random.default_rng([SEED, replies]),
        calibration=found,
    )
    path = folder / f"{replies}.csv"
    path.write_bytes(simulation.export_bytes(made.raw))
    return path


def timed(function: Callable[[], object]) -> tuple[object, float]:
    """Return a result and the seconds it took."""
    started = time.perf_counter()
    made = function()
    return made, time.perf_counter() - started


def stages(path: Path) -> dict[str, float]:
    """Take one export from its file to what notebooks 03 and 04 say."""
    base = survey.load(survey.DEFAULT)
    codebook, seconds = base.codebook, {}
    wanted = [name for each in codebook.questions for name in each.source_columns]
    file = replace(codebook.file, sha256="")
    raw, seconds["read"] = timed(lambda: exports.read_export(path, file, wanted=wanted))
    cleaned, seconds["clean"] = timed(lambda: cleaning.clean(raw, codebook).responses)
    this = KnownSurvey(name=base.name, codebook=codebook, raw=raw).holding(cleaned)
    del cleaned
    people, seconds["decode"] = timed(this.responses)
    for stage, chapter in (("notebook 03", "channels"), ("notebook 04", "satisfied")):
        read = known_readings.READERS[chapter]
        _, seconds[stage] = timed(lambda read=read: read(this, people))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "replies": len(raw), "file_mb": path.stat().st_size / 1e6, **seconds,
        "all": sum(seconds.values()), "peak_mb": peak,
    }  # fmt: skip


def slopes(table: pd.DataFrame) -> pd.DataFrame:
    """Fit seconds = intercept + slope x replies to each stage, with the errors of both."""
    x = np.column_stack([np.ones(len(table)), table["replies"] / 1e6])
    inverse, rows = np.linalg.inv(x.T @ x), []
    for stage in (*STAGES, "all"):
        y = table[stage].to_numpy()
        found = inverse @ x.T @ y
        rest = y - x @ found
        errors = np.sqrt(np.diag(inverse) * (rest @ rest) / max(len(y) - 2, 1))
        values = (stage, found[0], errors[0], found[1], errors[1])
        rows.append(dict(zip(("stage", "fixed", "fixed_error", "per_million", "per_million_error"),
                             values, strict=True)))  # fmt: skip
    return pd.DataFrame(rows)


def main() -> None:
    """Run all sizes, and write the table."""
    command = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    command.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes, rows = command.parse_args().sizes, []
    with tempfile.TemporaryDirectory() as folder:
        for replies in sizes:
            path = export(Path(folder), replies)
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                rows.append(pool.apply(stages, (path,)))
            path.unlink()
            print(pd.DataFrame(rows[-1:]).round(2).to_string(index=False), flush=True)
    table = pd.DataFrame(rows)
    print(slopes(table).round(2).to_string(index=False))
    files.write_csv(table, paths.DOCS / "scale.csv", synthetic=True)


if __name__ == "__main__":
    main()
