"""Write tables so that the same numbers are the same bytes, and nothing is half written."""

import errno
import os
from pathlib import Path

import pandas as pd

#: Significant digits of a number in a table file: more than any reader needs, fewer than
#: differ between two machines' linear algebra.
DIGITS = 8

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
    path.parent.mkdir(parents=True, exist_ok=True)
    refuse_read_only(path)
    unfinished = beside(path)
    try:
        unfinished.write_bytes(content)
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
