"""Read a survey platform's export as it is: all text, one row a reply, nothing changed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import SurveyError
from analysis.exports._cells import tidy
from analysis.exports._headers import Header, column_names, find_header
from analysis.exports._media import KINDS, medium
from analysis.exports._raw_file import FORMATS, RawFile
from analysis.exports._rows import cells_below
from analysis.exports._stored import StoredTable, read_stored
from analysis.exports._text import TextTable, read_text
from analysis.exports._waves import wave_names

#: At most so many columns are named where files differ.
_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class OneFile:
    """One file as read: its kind, its rows, and which of them name the columns."""

    kind: str
    table: TextTable | StoredTable
    header: Header


def files_of(path: Path) -> list[Path]:
    """List the files of an export.

    Parameters
    ----------
    path : pathlib.Path
        A file, or a folder of files of one kind.

    Returns
    -------
    list of pathlib.Path
        The file, or those of the folder by name; hidden ones and locks of office programs are
        none.

    Raises
    ------
    SurveyError
        If the folder is empty, or has files of several kinds.
    """
    if not path.is_dir():
        return [path]
    inside = sorted(
        each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "~$"))
    )
    if not inside:
        raise SurveyError(f"the folder {path.name} has no files; put the exports there")
    endings = sorted({each.suffix.lower() for each in inside})
    if len(endings) > 1:
        raise SurveyError(
            f"the folder {path.name} has files that end in {', '.join(endings)}; keep those of one "
            "kind, or list the files in [file] name"
        )
    return inside


def sha256(path: Path | Sequence[Path]) -> str:
    """Return the SHA-256 of an export, opened read-only.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        A file; a folder or several files count as their contents one after another.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for each in listed_files(path):
        digest.update(each.read_bytes())
    return digest.hexdigest()


def listed_files(path: Path | Sequence[Path]) -> list[Path]:
    """List the files of an export that may be given in several parts.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        Files, and folders of files.

    Returns
    -------
    list of pathlib.Path
        See `files_of`.

    Raises
    ------
    SurveyError
        See `files_of`.
    """
    places = [path] if isinstance(path, Path) else path
    return [file for place in places for file in files_of(place)]


def read_export(
    path: Path | Sequence[Path], file: RawFile, *, wanted: Iterable[str] = ()
) -> pd.DataFrame:
    """Read an export into one frame of text.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        The export, opened read-only: a file, a folder of files, or several of them.
    file : RawFile
        How it is written.
    wanted : iterable of str
        Columns that somebody asks for, see `column_names`.

    Returns
    -------
    pandas.DataFrame
        One row a reply, every cell text as it stands, columns named by the header with white
        space and quotes made regular, after a first column `raw_row`: 1 for the first reply,
        counting on from file to file; after it `wave_column`, if the file has one. Columns without
        name and content are left out.

    Raises
    ------
    SurveyError
        If a file is empty, has a header alone, is of another kind than its format, cannot be
        read, is not the file of that SHA-256, or has other columns than the first; or if the
        waves are not those of the files.
    """
    places, wanted = listed_files(path), list(wanted)
    waves = wave_names(places, file) if file.wave_column else [""] * len(places)
    frames = [_read_frame(each, file, wanted) for each in places]
    if file.sha256:
        digest = sha256(places)
        if digest != file.sha256.lower():
            raise SurveyError(
                f"{', '.join(each.name for each in places)} has the SHA-256 {digest}, but "
                f"codebook.toml says {file.sha256}; get the file again or, if this is the one you "
                "mean, write its SHA-256 there"
            )
    first = frames[0]
    for place, frame in zip(places, frames, strict=True):
        _refuse_other_columns(places[0].name, first, place.name, frame)
    whole = pd.concat([frame[first.columns] for frame in frames], ignore_index=True)
    if file.wave_column:
        _add_waves(whole, tidy(file.wave_column), [len(frame) for frame in frames], waves)
    whole.insert(0, "raw_row", range(1, len(whole) + 1))
    return whole


def _add_waves(whole: pd.DataFrame, column: str, rows: list[int], waves: list[str]) -> None:
    """Put a first column before the replies that says which file each came from."""
    if column in whole.columns:
        raise SurveyError(
            f"the export has a column {column!r} of its own; give wave_column in [file] another "
            "name, or remove it and let the question read that column"
        )
    cells = [wave for wave, n in zip(waves, rows, strict=True) for _ in range(n)]
    whole.insert(0, column, pd.Series(cells, index=whole.index, dtype="str"))


def _read_frame(path: Path, file: RawFile, wanted: list[str]) -> pd.DataFrame:
    one = read_one(path, file, wanted)
    rows, at = one.table.rows, one.header.rows
    if len(rows) <= at:
        raise SurveyError(f"{path.name} has a header but no replies; export the replies again")
    names = column_names(rows, one.header, wanted)
    kept = {name: cells_below(rows, place, at) for place, name in enumerate(names) if name}
    text = pd.StringDtype(na_value=np.nan)
    return pa.table(kept).to_pandas(types_mapper={pa.large_string(): text}.get)


def read_one(path: Path, file: RawFile, wanted: Iterable[str] = ()) -> OneFile:
    """Read one file into rows of text, the header rows among them.

    Parameters
    ----------
    path : pathlib.Path
        The file; opened read-only.
    file : RawFile
        How it is written.
    wanted : iterable of str
        Columns that somebody asks for.

    Returns
    -------
    OneFile
        Its rows are of one length, and at least one.

    Raises
    ------
    SurveyError
        If it is empty, of another kind than its format, or cannot be read.
    """
    content = path.read_bytes()
    if not content.strip():
        raise SurveyError(f"{path.name} is empty; export the replies again")
    kind = medium(path.name, content)
    if kind not in FORMATS[file.format].media:
        what, reads = KINDS[kind]
        raise SurveyError(
            f"{path.name} is {what}, but codebook.toml says format = {file.format!r}; write "
            f'format = "{reads}" in [file], or name another file'
        )
    if kind == "text":
        table = read_text(
            path.name,
            content,
            delimiter=file.delimiter,
            encodings=file.encodings,
            wanted=wanted,
            skip=file.skip_rows,
        )
    else:
        table = read_stored(
            path,
            content,
            kind,
            sheet=file.sheet,
            encodings=file.encodings,
            skip=file.skip_rows,
        )
    if not table.rows or not table.rows[0]:
        raise SurveyError(f"{path.name} is empty; export the replies again")
    header = Header(rows=1) if kind in ("spss", "parquet") else find_header(table.rows, file)
    if len(table.rows) < header.rows:
        raise SurveyError(
            f"{path.name} has {len(table.rows)} rows, but {header.rows} should name its columns; "
            "correct format or header_rows in [file]"
        )
    return OneFile(kind=kind, table=table, header=header)


def _refuse_other_columns(one: str, first: pd.DataFrame, other: str, frame: pd.DataFrame) -> None:
    """Raise if two files have different columns; named only if most are shared.

    Otherwise a file without a header would have its first reply repeated.
    """
    lacking = [name for name in first.columns if name not in frame.columns]
    added = [name for name in frame.columns if name not in first.columns]
    if not lacking and not added:
        return
    if 2 * len(lacking) > len(first.columns):
        raise SurveyError(
            f"{other} lacks {len(lacking)} of the {len(first.columns)} columns of {one}; name "
            "files with the same columns in [file] name"
        )
    said = [
        f"{name!r} is in {file} alone"
        for names, file in ((lacking, one), (added, other))
        for name in names[:_NAMED]
    ]
    raise SurveyError(
        f"{one} and {other} have different columns: {', '.join(said)}; name files with the same "
        "columns in [file] name"
    )
