"""Files written whole or not at all; folders put in place together; one run at a time.

- `write_csv`, `replace_text`, `replace_bytes`: one file; the same numbers are the same bytes
- `placing`: several folders and files replaced together, and whatever was interrupted
- `locks`: who may write
"""

from analysis.files._writing import (
    DIGITS,
    UNFINISHED,
    beside,
    refuse_read_only,
    replace_bytes,
    replace_text,
    safe_cell,
    write_csv,
)

__all__ = [
    "DIGITS",
    "UNFINISHED",
    "beside",
    "refuse_read_only",
    "replace_bytes",
    "replace_text",
    "safe_cell",
    "write_csv",
]
