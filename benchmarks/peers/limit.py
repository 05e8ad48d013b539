"""How fast it can be at all: `python benchmarks/peers/limit.py FILE`.

Reads the bytes, reads the cells with pyarrow, and counts the distinct rows of the answers that the
tables of notebooks 03 and 04 are made of, as they are written. Prints JSON.
"""

import sys
from pathlib import Path

import pyarrow as pa
from common import Clock, codebook, report
from pyarrow import csv

#: What the square table and the model of satisfaction need.
ROLES = ("used_last", "preferred", "satisfaction", "district")


def main() -> None:
    """Read bytes, then cells, then count."""
    names = {each["role"]: each["column"] for each in codebook()["questions"]}
    clock = Clock()
    size = len(Path(sys.argv[1]).read_bytes())
    clock.stage("bytes")
    options = csv.ConvertOptions(column_types=dict.fromkeys(names.values(), pa.string()))
    table = csv.read_csv(
        sys.argv[1],
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=options,
    )
    clock.stage("read")
    answers = pa.table(
        {role: table[names[role]].dictionary_encode().unify_dictionaries() for role in ROLES}
    )
    counted = answers.group_by(list(ROLES)).aggregate([([], "count_all")])
    clock.stage("count")
    square = counted.group_by(list(ROLES[:2])).aggregate([("count_all", "sum")])
    found = {"replies": len(table), "file_mb": size / 1e6, "patterns": len(counted)}
    report(clock, ["pyarrow"], found | {"raw_pairs": len(square)})


if __name__ == "__main__":
    main()
