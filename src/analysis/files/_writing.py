"""Write tables so that the same numbers are the same bytes, and nothing is half written."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.files._visible import visible

#: Significant digits of a number in a table file: more than any reader needs, fewer than
#: differ between two machines' linear algebra.
DIGITS = 8

#: Tables of more rows are written another way, to the same bytes.
MANY = 100_000

#: How the name of everything begins that is not finished: nobody reads it, and git ignores it.
UNFINISHED = ".unfinished-"


def beside(path: Path) -> Path:
    """Say where the unfinished new version of a file or folder is written.

    Parameters
    ----------
    path : pathlib.Path
        The file or folder.

    Returns
    -------
    pathlib.Path
        In the same folder, hence on the same file system.

    Examples
    --------
    >>> beside(Path("docs") / "page.md").as_posix()
    'docs/.unfinished-page.md'
    """
    return path.with_name(f"{UNFINISHED}{path.name}")


def refuse_read_only(path: Path) -> None:
    """Refuse to replace what is read-only: who made it so wants to keep it.

    Parameters
    ----------
    path : pathlib.Path
        A file or folder; one that is not there is fine.

    Raises
    ------
    PermissionError
        If nobody may write to it, or this process may not.

    Notes
    -----
    Replacing a file needs no leave to write to it, only to its folder; so it is asked here.
    """
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is read-only and was left as it is", str(path))


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

    Raises
    ------
    OSError
        If the file is read-only or the disk full; it names the file, which is as it was.
    """
    _replace(path, lambda unfinished: unfinished.write_bytes(content))


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Put what is written in the place of a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    refuse_read_only(path)
    unfinished = beside(path)
    try:
        write(unfinished)
        os.replace(unfinished, path)  # noqa: PTH105 - atomic on every system
    except BaseException as error:
        unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a full disk says of itself only that it is full
        raise


def safe_cell(value: object) -> object:
    """Make a text harmless in a spreadsheet.

    Parameters
    ----------
    value : object
        A cell; anything but text is returned as it is.

    Returns
    -------
    object
        Text is `visible`, and what a spreadsheet would take for a formula gets an apostrophe in
        front.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("fine"), safe_cell(-3.0)
    ("'=1+1", 'fine', -3.0)
    """
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") else text


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
    shown = frame.assign(
        data=pd.Categorical(["synthetic" if synthetic else "real"]).repeat(len(frame))
    )
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column]):
            codes, values = pd.factorize(shown[column])
            safe = pd.Series([safe_cell(value) for value in values])
            shown[column] = safe.reindex(codes).set_axis(shown.index)
    if len(shown) > MANY:
        _replace(path, lambda unfinished: _write_many(shown, unfinished))
        return
    text = shown.to_csv(index=False, lineterminator="\n", float_format=f"%.{DIGITS}g")
    replace_text(path, text)


def _write_many(shown: pd.DataFrame, path: Path) -> None:
    """Write very many rows by DuckDB: the same bytes, without a text of all of them."""
    import duckdb  # takes long, and most tables have few rows

    columns = {}
    for column in shown.columns:
        values = shown[column]
        if not (pd.api.types.is_integer_dtype(values) and values.dtype.kind in "iu"):
            codes, known = pd.factorize(values)
            form = f".{DIGITS}g" if pd.api.types.is_float_dtype(values) else ""
            texts = [f"{value:{form}}" or None for value in known]
            values = pa.array(texts, type=pa.string()).take(pa.array(codes, mask=codes < 0))
        columns[str(column)] = values
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = true")
        connection.register("shown", pa.table(columns))
        target = str(path).replace("'", "''")
        try:
            connection.execute(f"COPY shown TO '{target}' (FORMAT csv, HEADER, DELIMITER ',')")
        except duckdb.IOException as error:
            raise OSError(errno.EIO, str(error)) from None
