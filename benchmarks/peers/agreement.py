"""Do the peers say what we say? `python benchmarks/peers/agreement.py FILE [PEER ...]`.

Works our own answers out, runs each peer in a process of its own, and prints a row a peer: whether
its answers are ours, its peak of memory, and the seconds of each stage, in brackets those of the
processors. A time counts only if they agree.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import cleaning, exports, ordinal, primary, survey
from analysis.validation.known_surveys import KnownSurvey

#: The peers, and how far an estimate may be from ours.
PEERS, ALLOWED = ("headlines", "usual_pandas", "polars_cleaning", "duckdb_counting", "limit"), 1e-4


def our_answers(path: Path) -> dict[str, object]:
    """Return what our own path says of an export: replies left, square table, ordinal model."""
    base = survey.load(survey.DEFAULT)
    codebook = base.codebook
    wanted = [name for each in codebook.questions for name in each.source_columns]
    raw = exports.read_export(path, replace(codebook.file, sha256=""), wanted=wanted)
    cleaned = cleaning.clean(raw, codebook)
    steps = cleaned.ledger.to_frame()
    this = KnownSurvey(name=base.name, codebook=codebook, raw=raw).holding(cleaned.responses)
    people = this.responses()
    _, used, preferred = primary.compared(this, people)
    labels = preferred.cat.categories
    square = pd.crosstab(used, preferred).reindex(index=labels, columns=labels, fill_value=0)
    made = primary.designs.design_of(this, people)
    model = ordinal.fit(made.formula, made.people)
    return {
        "replies": len(raw),
        "left": dict(zip(steps["step"], steps["rows_after"].astype(int), strict=True)),
        "square": square.to_numpy().tolist(),
        "rated": model.n,
        "ordinal": [*model.thresholds["estimate"], *model.coefficients["estimate"]],
    }


def disagreements(theirs: Mapping[str, object], ours: Mapping[str, object]) -> list[str]:
    """List the answers of a peer that are not ours; what it does not answer is none."""
    found = []
    for name in (each for each in ours if each in theirs):
        if name == "ordinal":
            gap = np.abs(np.subtract(theirs[name], ours[name])).max()
            found += [f"ordinal model by {gap:.1e}"] if not gap <= ALLOWED else []
        elif theirs[name] != ours[name]:
            found.append(f"{name}: {theirs[name]} and not {ours[name]}")
    return found


def run(peer: str, *arguments: str) -> dict:
    """Run a peer in a process of its own, and read what it prints."""
    script = Path(__file__).with_name(f"{peer}.py")
    done = subprocess.run(
        [sys.executable, str(script), *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout)


def main() -> None:
    """Compare the peers with us on one file."""
    command = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    command.add_argument("file", type=Path)
    command.add_argument("peers", nargs="*", default=PEERS)
    given = command.parse_args()
    ours, rows = our_answers(given.file), []
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean.parquet"  # which polars writes and DuckDB counts
        for peer in given.peers:
            with_clean = peer == "polars_cleaning" or (peer == "duckdb_counting" and clean.exists())
            made = run(peer, str(given.file), *[str(clean)] * with_clean)
            wrong = "; ".join(disagreements(made["answers"], ours))
            row = {"peer": peer, "agrees": wrong or "yes", "peak_mb": round(made["peak_mb"])}
            for name, each in made["stages"].items():
                row[name] = f"{each:.2f} ({made['processor'].get(name, np.nan):.2f})"
            rows.append(row)
    print(pd.DataFrame(rows).set_index("peer").T.to_string(na_rep=""))


if __name__ == "__main__":
    main()
