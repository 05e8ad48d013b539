"""How fast it can be at all: `python benchmarks/peers/limit.py FILE`.

Reads the bytes; reads all cells with pyarrow, a block at a time, and keeps none; and reads and
counts the distinct rows of the answers that the tables of notebooks 03 and 04 are made of, as they
are written. Prints JSON.
"""

import sys
from functools import partial
from pathlib import Path

import pyarrow as pa
from common import Clock, codebook, report
from pyarrow import csv

#: What the square table and the model of satisfaction need.
ROLES = ("used_last", "preferred", "satisfaction", "district")


def blocks(path: str, columns: list[str]) -> csv.CSVStreamingReader:
    """Read columns as text, a block at a time; lines may break inside a cell."""
    kinds = dict.fromkeys(columns, pa.large_string())
    return csv.open_csv(
        path,
        read_options=csv.ReadOptions(block_size=1 << 22),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(column_types=kinds, include_columns=columns),
    )


def main() -> None:
    """Read bytes, then cells, then cells to count them."""
    path, names = sys.argv[1], {each["role"]: each["column"] for each in codebook()["questions"]}
    clock = Clock()
    with Path(path).open("rb") as file:
        size = sum(len(part) for part in iter(partial(file.read, 1 << 22), b""))
    clock.stage("bytes")
    replies = sum(len(block) for block in blocks(path, list(names.values())))
    clock.stage("read")
    roles = [names[role] for role in ROLES]
    parts = [
        pa.table(block).group_by(roles).aggregate([([], "count_all")])
        for block in blocks(path, roles)
    ]
    counted = pa.concat_tables(parts).group_by(roles).aggregate([("count_all", "sum")])
    clock.stage("read and count")
    found = {"replies": replies, "file_mb": size / 1e6, "patterns": len(counted)}
    report(clock, ["pyarrow"], found)


if __name__ == "__main__":
    main()
