"""Files written whole or not at all; folders put in place together; one run at a time.

- `write_csv`, `replace_text`, `replace_bytes`: one file; the same numbers are the same bytes
- `visible`: text of somebody else without characters that cannot be seen
- `placing`: several folders and files replaced together, and whatever was interrupted
- `locks`: who may write
"""

from analysis.files._visible import HIDDEN, visible, without_hidden
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
    "HIDDEN",
    "UNFINISHED",
    "beside",
    "refuse_read_only",
    "replace_bytes",
    "replace_text",
    "safe_cell",
    "visible",
    "without_hidden",
    "write_csv",
]
