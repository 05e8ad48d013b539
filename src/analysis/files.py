"""Write tables so that the same numbers are the same bytes, and nothing is half written."""

import os
from pathlib import Path

import pandas as pd

#: Significant digits of a number in a table file: more than any reader needs, fewer than
#: differ between two machines' linear algebra.
DIGITS = 8


def replace_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        The file; folders are made as needed.
    text : str
        Its content, written in UTF-8 with line feeds.
    """
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        The file; folders are made as needed.
    content : bytes
        Its content.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)  # noqa: PTH105 - atomic on every system


def safe_cell(value: object) -> object:
    """Make a text harmless in a spreadsheet.

    Parameters
    ----------
    value : object
        A cell; anything but text is returned as it is.

    Returns
    -------
    object
        Text that a spreadsheet would take for a formula gets an apostrophe in front.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("fine"), safe_cell(-3.0)
    ("'=1+1", 'fine', -3.0)
    """
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def write_csv(frame: pd.DataFrame, path: Path, *, synthetic: bool) -> None:
    """Write a table with a last column that says whether the data are synthetic.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any table without an index worth keeping.
    path : pathlib.Path
        The CSV file.
    synthetic : bool
        True writes "synthetic" into the column `data`, False "real".
    """
    shown = frame.assign(data="synthetic" if synthetic else "real")
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column]):
            shown[column] = shown[column].map(safe_cell)
    text = shown.to_csv(index=False, lineterminator="\n", float_format=f"%.{DIGITS}g")
    replace_text(path, text)
