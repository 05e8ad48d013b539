"""Count with DuckDB: `python benchmarks/peers/duckdb_counting.py FILE [PARQUET]`.

Reads the export, writes it as Parquet, and counts the distinct rows of four answers as they are
written; of a Parquet file of clean replies (`polars_cleaning.py` writes one) the square table of
used by preferred, and what the model of satisfaction is fitted to. Prints JSON.
"""

import os
import sys
import tempfile
from pathlib import Path

import duckdb
import numpy as np
from common import Clock, codebook, report
from limit import ROLES


def main() -> None:
    """Read, write, count."""
    book, clock = codebook(), Clock()
    questions = {each["role"]: each for each in book["questions"]}
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        base.execute(f"SET threads = {os.cpu_count()}")
        raw = Path(folder) / "raw.parquet"
        base.execute(
            "CREATE TABLE raw AS FROM read_csv(?, all_varchar = true, header = true, "
            "delim = ',', quote = '\"', escape = '\"')",
            [sys.argv[1]],
        )
        clock.stage("read")
        base.execute(f"COPY raw TO '{raw}' (FORMAT parquet)")
        clock.stage("write Parquet")
        columns = ", ".join(f'"{questions[role]["column"]}"' for role in ROLES)
        patterns = base.execute(
            f"SELECT {columns}, count(*) AS n FROM '{raw}' GROUP BY ALL"
        ).fetchnumpy()
        clock.stage("count")
        found |= {"replies": int(patterns["n"].sum()), "patterns": len(patterns["n"])}
        if sys.argv[2:]:
            k = len(questions["preferred"]["codes"])
            found["square"], found["rated"] = clean(base, sys.argv[2], k)
            clock.stage("count clean")
    report(clock, ["duckdb"], found)


def clean(base: duckdb.DuckDBPyConnection, path: str, k: int) -> tuple[np.ndarray, int]:
    """Count clean replies: used by preferred, and the people whose satisfaction is modelled."""
    pairs = base.execute(
        "SELECT used_last, preferred, count(*) AS n FROM read_parquet(?) "
        "WHERE used_last > 0 AND preferred > 0 GROUP BY ALL",
        [path],
    ).fetchnumpy()
    square = np.zeros((k, k), dtype=int)
    square[pairs["used_last"] - 1, pairs["preferred"] - 1] = pairs["n"]
    rated = base.execute(
        "SELECT used_last, district, satisfaction, count(*) AS n FROM read_parquet(?) "
        "WHERE used_last > 0 AND district > 0 AND satisfaction > 0 GROUP BY ALL",
        [path],
    ).fetchnumpy()
    return square, int(rated["n"].sum())


if __name__ == "__main__":
    main()
