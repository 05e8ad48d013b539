"""Read a survey platform's export as it is: all text, one row a reply, nothing changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import SurveyError
from analysis.exports._files import listed_files, refuse_other_columns, refuse_other_file
from analysis.exports._headers import Header, column_names, find_header
from analysis.exports._media import KINDS, medium
from analysis.exports._raw_file import FORMATS, RawFile
from analysis.exports._rows import cells_below
from analysis.exports._stored import StoredTable, read_stored
from analysis.exports._text import TextTable, read_text
from analysis.exports._waves import add_wave, wave_names


@dataclass(frozen=True, kw_only=True)
class OneFile:
    """One file as read: its kind, its rows, and which of them name the columns."""

    kind: str
    table: TextTable | StoredTable
    header: Header


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
    refuse_other_file(places, file)
    first = frames[0]
    refuse_other_columns(
        [(place.name, list(frame.columns)) for place, frame in zip(places, frames, strict=True)]
    )
    whole = pd.concat([frame[first.columns] for frame in frames], ignore_index=True)
    if file.wave_column:
        rows = [len(frame) for frame in frames]
        add_wave(whole, file, [wave for wave, n in zip(waves, rows, strict=True) for _ in range(n)])
    whole.insert(0, "raw_row", range(1, len(whole) + 1))
    return whole


def _read_frame(path: Path, file: RawFile, wanted: list[str]) -> pd.DataFrame:
    one = read_one(path, file, wanted)
    if len(one.table.rows) <= one.header.rows:
        raise SurveyError(f"{path.name} has a header but no replies; export the replies again")
    return named_frame(one.table.rows, one.header, wanted)


def named_frame(
    rows: Sequence[Sequence[str]], header: Header, wanted: Iterable[str]
) -> pd.DataFrame:
    """Name the columns of a file, and return the replies below its header.

    Parameters
    ----------
    rows : sequence of sequence of str
        The header rows first.
    header : Header
        Which rows name the columns.
    wanted : iterable of str
        See `column_names`.

    Returns
    -------
    pandas.DataFrame
        All text; columns without name and content are left out.
    """
    names = column_names(rows, header, wanted)
    kept = {name: cells_below(rows, place, header.rows) for place, name in enumerate(names) if name}
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
