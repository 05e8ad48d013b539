"""An export in parts: files of a folder, ranges of rows of a large file of text or Parquet."""

import codecs
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import SurveyError
from analysis.exports._cells import tidy
from analysis.exports._files import listed_files, refuse_other_file
from analysis.exports._headers import Header, find_header
from analysis.exports._media import medium
from analysis.exports._raw_file import FORMATS, RawFile
from analysis.exports._reading import named_frame, read_export
from analysis.exports._regular import is_regular, read_regular
from analysis.exports._rows import Rows
from analysis.exports._stored import parquet_rows
from analysis.exports._waves import add_wave, wave_names

#: About how many bytes of text are a part, and how many rows of Parquet.
PART_BYTES, PART_ROWS = 24 << 20, 150_000

#: Bytes at the start of a file in which its header rows end.
_HEAD = 1 << 20

_FEED, _QUOTE = b'\n"'


class IrregularPartError(Exception):
    """A part of a file that can only be read with the whole file, row by row."""


@dataclass(frozen=True, kw_only=True)
class ExportPart:
    """A part of an export, to be read by `read_part`, here or elsewhere.

    `start` and `end` are bytes of a file of text, whose header rows end at byte `head`, or row
    groups of a Parquet file; the whole file if there is no `end`. `wave` is the cell of the
    column that says which file a reply came from.
    """

    path: Path
    start: int = 0
    end: int = 0
    head: int = 0
    wave: str = ""

    @property
    def whole(self) -> "ExportPart":
        """The whole file that this is a part of."""
        return ExportPart(path=self.path, wave=self.wave)

    def __str__(self) -> str:
        return self.path.name


def export_parts(
    path: Path | Sequence[Path], file: RawFile, *, wanted: Iterable[str] = ()
) -> list[ExportPart]:
    """Cut an export into parts that can be read by themselves.

    Parameters
    ----------
    path : pathlib.Path or sequence of pathlib.Path
        As for `read_export`.
    file : RawFile
        How it is written.
    wanted : iterable of str
        Columns that somebody asks for.

    Returns
    -------
    list of ExportPart
        In the order of the replies. Large files of text are cut at the ends of rows where every
        column has a name and no quote is in doubt so far; Parquet at its row groups; other files
        stay whole.

    Raises
    ------
    SurveyError
        As `read_export`, if the files are not those that the codebook means.
    """
    places, wanted = listed_files(path), list(wanted)
    waves = wave_names(places, file) if file.wave_column else [""] * len(places)
    refuse_other_file(places, file)
    found = []
    for place, wave in zip(places, waves, strict=True):
        found += [replace(part, wave=wave) for part in _parts_of(place, file, wanted)]
    return found


def read_part(part: ExportPart, file: RawFile, *, wanted: Iterable[str] = ()) -> pd.DataFrame:
    """Read a part of an export.

    Parameters
    ----------
    part : ExportPart
        As `export_parts` returns it.
    file : RawFile
        How the export is written.
    wanted : iterable of str
        Columns that somebody asks for.

    Returns
    -------
    pandas.DataFrame
        As `read_export`; `raw_row` is 1 for the first reply of the part.

    Raises
    ------
    SurveyError
        As `read_export`, with the name of the file.
    IrregularPartError
        If the part can only be read with the whole file.
    """
    plain = replace(file, sha256="", wave_column="", waves=())
    if not part.end:
        replies = read_export(part.path, plain, wanted=wanted).drop(columns="raw_row")
    elif part.head:
        replies = _read_text_part(part, file, wanted)
    else:
        replies = _read_groups(part, file, wanted)
    if file.wave_column:
        add_wave(replies, file, [part.wave] * len(replies))
    replies.insert(0, "raw_row", range(1, len(replies) + 1))
    return replies


def _parts_of(path: Path, file: RawFile, wanted: list[str]) -> list[ExportPart]:
    whole = [ExportPart(path=path)]
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    try:
        kind = medium(path.name, head)
    except SurveyError:
        return whole
    if kind == "parquet" and "parquet" in FORMATS[file.format].media:
        return _cut_groups(path)
    if kind != "text" or path.stat().st_size < 2 * PART_BYTES or file.skip_rows:
        return whole
    below = _head_of(head, file, wanted)
    return _cut_text(path, below) if below else whole


def _head_of(head: bytes, file: RawFile, wanted: list[str]) -> int:
    """Return where the header rows of a file of text end; 0 where it has to be read as a whole."""
    utf_8 = next(iter(file.encodings), "") in ("utf-8", "utf-8-sig")
    other = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    ends = _row_ends(np.frombuffer(head, dtype=np.uint8))
    if not utf_8 or other or len(ends) < 4 or not is_regular(head[mark : ends[3]], file.delimiter):
        return 0
    table = read_regular(head[mark : ends[3]], file.delimiter)
    if table is None or table.num_rows < 4:
        return 0
    rows = Rows()
    rows.add_table(table)
    names = {tidy(cell) for cell in rows[0]}
    if "" in names or names.isdisjoint(tidy(each) for each in wanted):
        return 0
    header = find_header(rows, file).rows
    return int(ends[header - 1]) if header < table.num_rows else 0


def _row_ends(cells: np.ndarray) -> np.ndarray:
    """Return where rows end among bytes from the beginning of one: behind feeds outside quotes."""
    feeds = np.flatnonzero(cells == _FEED)
    inside = np.searchsorted(np.flatnonzero(cells == _QUOTE), feeds) % 2
    return feeds[inside == 0] + 1


def _cut_text(path: Path, head: int) -> list[ExportPart]:
    """Cut a file of text behind its header, at the ends of rows about every `PART_BYTES`."""
    size, ends, at = path.stat().st_size, [], head
    with path.open("rb") as opened:
        opened.seek(head)
        while at + 2 * PART_BYTES < size:
            cells = np.frombuffer(opened.read(PART_BYTES), dtype=np.uint8)
            found = _row_ends(cells)
            if not len(found):
                return [ExportPart(path=path)]
            at += int(found[-1])
            ends.append(at)
            opened.seek(at)
    starts = [head, *ends]
    return [
        ExportPart(path=path, start=start, end=end, head=head)
        for start, end in zip(starts, [*ends, size], strict=True)
    ]


def _read_text_part(part: ExportPart, file: RawFile, wanted: Iterable[str]) -> pd.DataFrame:
    with part.path.open("rb") as opened:
        head = opened.read(part.head).removeprefix(codecs.BOM_UTF8)
        content = bytearray(len(head) + part.end - part.start)
        content[: len(head)] = head
        opened.seek(part.start)
        opened.readinto(memoryview(content)[len(head) :])
    table = None
    if b"\0" not in content and is_regular(content, file.delimiter):
        table = read_regular(content, file.delimiter)
    if table is None:
        raise IrregularPartError(part.path.name)
    rows = Rows()
    rows.add_table(table)
    return named_frame(rows, find_header(rows, file), wanted)


def _cut_groups(path: Path) -> list[ExportPart]:
    from pyarrow import parquet  # takes long, and most surveys need none

    try:
        told = parquet.read_metadata(path)
    except Exception:  # a broken file is read as a whole, which says what is wrong with it
        return [ExportPart(path=path)]
    rows = [told.row_group(at).num_rows for at in range(told.num_row_groups)]
    parts, start, together = [], 0, 0
    for at, n in enumerate(rows):
        together += n
        if together >= PART_ROWS or at == len(rows) - 1:
            parts.append(ExportPart(path=path, start=start, end=at + 1))
            start, together = at + 1, 0
    return parts if len(parts) > 1 else [ExportPart(path=path)]


def _read_groups(part: ExportPart, file: RawFile, wanted: Iterable[str]) -> pd.DataFrame:
    from pyarrow import parquet

    with parquet.ParquetFile(part.path) as opened:
        table = opened.read_row_groups(range(part.start, part.end))
    rows = parquet_rows(table)
    return named_frame(rows, Header(rows=1), wanted)
