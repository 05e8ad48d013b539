"""Exports that store values: Excel workbooks, SPSS files, Parquet. All of them become text."""

import io
import pickle
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import SurveyError
from analysis.exports._archives import MOST_TIMES, refuse_bomb, refuse_unpacked
from analysis.exports._cells import cell_text
from analysis.exports._media import KINDS
from analysis.exports._rows import Rows

#: A table of more cells than this is not made: nearly all of them would be empty.
_MOST_CELLS = 20_000_000

#: An SPSS file may take so long, and a second more for so many bytes.
_SECONDS, _BYTES_A_SECOND = 30, 100_000


@dataclass(frozen=True, kw_only=True)
class StoredTable:
    """The rows of a file, the header first, and what it says of its columns.

    `wording` is column -> question; `values` is column -> the labels of its values, in order.
    """

    rows: list[list[str]] | Rows
    wording: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_stored(
    path: Path, content: bytes, kind: str, *, sheet: str, encodings: Iterable[str], skip: int = 0
) -> StoredTable:
    """Read a workbook, an SPSS file or a Parquet file.

    Parameters
    ----------
    path : pathlib.Path
        The file; opened read-only.
    content : bytes
        All of it.
    kind : str
        "workbook", "spss" or "parquet".
    sheet : str
        The sheet of a workbook; "" for the first.
    encodings : iterable of str
        Tried where an SPSS file does not say its own, or says a wrong one.
    skip : int
        How many rows of the sheet stand above the header, empty ones among them.

    Returns
    -------
    StoredTable
        All text, see `cell_text`.

    Raises
    ------
    SurveyError
        If the file cannot be read as what it begins as, has no such sheet, or rows are to be
        skipped in a file that has none above its columns.
    """
    if skip and kind != "workbook":
        raise SurveyError(
            f"{path.name} is {KINDS[kind][0]}, which has no rows above its columns; take skip_rows "
            "out of [file]"
        )
    readers: dict[str, Callable[[], StoredTable]] = {
        "workbook": lambda: _read_workbook(path.name, content, sheet, skip),
        "spss": lambda: _read_spss(path, encodings),
        "parquet": lambda: _read_parquet(path.name, content),
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules that no reply depends on
            return readers[kind]()
    except SurveyError:
        raise
    except Exception as error:  # whatever a broken file makes of its reader; it may quote cells
        raise _unreadable(path.name, kind, type(error).__name__) from None


def _unreadable(name: str, kind: str, error: str) -> SurveyError:
    return SurveyError(
        f"{name} begins as {KINDS[kind][0]} does, but cannot be read as one ({error}); export it "
        "again, or save it as CSV"
    )


def _read_workbook(name: str, content: bytes, sheet: str, skip: int) -> StoredTable:
    sheets = _opened(name, content)
    if sheet and sheet not in sheets:
        raise SurveyError(
            f"{name} has no sheet {sheet!r}; name one of {', '.join(map(repr, sheets))} in [file] "
            "sheet"
        )
    chosen = sheets[sheet] if sheet else next(iter(sheets.values()))
    return StoredTable(rows=_sheet_rows(name, chosen)[skip:])


def sheet_names(path: Path) -> list[str]:
    """List the sheets of a workbook.

    Parameters
    ----------
    path : pathlib.Path
        The workbook; opened read-only.

    Returns
    -------
    list of str
        In their order.

    Raises
    ------
    SurveyError
        If it cannot be opened.
    """
    try:
        return list(_opened(path.name, path.read_bytes()))
    except SurveyError:
        raise
    except Exception as error:  # as in `read_stored`
        raise _unreadable(path.name, "workbook", type(error).__name__) from None


def _opened(name: str, content: bytes) -> dict[str, Any]:
    """Open a workbook that is not too large: title -> sheet."""
    from openpyxl import load_workbook  # takes long, and most surveys need none

    refuse_bomb(name, content)
    book = load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_vba=False, keep_links=False
    )
    return {each.title: each for each in book.worksheets}


def _sheet_rows(name: str, sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # some tools state a size that is not the sheet's
    rows, cells, width = [], 0, 0
    for row in sheet.iter_rows():
        rows.append(_without_end([_workbook_cell(cell) for cell in row]))
        cells, width = cells + len(rows[-1]), max(width, len(rows[-1]))
        if cells > _MOST_CELLS:  # before all that is below it is in memory
            _refuse_large(name, len(rows), width)
    rows = _without_end(rows)
    _refuse_large(name, len(rows), width)
    return [row + [""] * (width - len(row)) for row in rows]


def _without_end(cells: list) -> list:
    """Leave out empty cells behind the last one that is none, or empty rows below."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _workbook_cell(cell: object) -> str:
    """Write a cell as the sheet shows it, as far as that matters: shares keep their %."""
    value = cell.value
    if isinstance(value, float | int) and not isinstance(value, bool):
        shown = re.search(r"0(?:\.(0+))?\s*%", str(cell.number_format))
        if shown:
            return f"{100 * value:.{len(shown[1] or '')}f}%"
    return cell_text(value) if not hasattr(value, "total_seconds") else str(value)


def _read_spss(path: Path, encodings: Iterable[str]) -> StoredTable:
    """Read values by their labels; what a file lists as missing is read like any other value."""
    reader = Path(__file__).with_name("_spss_process.py")
    others = [each for each in encodings if not each.startswith("utf-8")]
    run = subprocess.run(
        [sys.executable, str(reader), str(path), *others],
        capture_output=True,
        timeout=_SECONDS + path.stat().st_size / _BYTES_A_SECOND,
        check=True,
    )
    found = pickle.loads(run.stdout)
    if len(found) == 1:
        raise _unreadable(path.name, "spss", found[0])
    columns, wording, labels = found
    cells = [_labelled(values, labels.get(name, {})) for name, values in columns.items()]
    return StoredTable(
        rows=[list(columns), *map(list, zip(*cells, strict=True))],
        wording={name: said for name, said in wording.items() if said},
        values={name: tuple(said[each] for each in sorted(said)) for name, said in labels.items()},
    )


def _labelled(values: Iterable[object], labels: Mapping[object, str]) -> list[str]:
    return [cell_text(labels.get(value) or value) for value in values]


def _refuse_large(name: str, rows: int, columns: int) -> None:
    if rows * columns > _MOST_CELLS:
        raise SurveyError(
            f"{name} reaches to row {rows:,} and column {columns:,}; remove what stands beyond the "
            "replies, or save them as CSV"
        )


def _read_parquet(name: str, content: bytes) -> StoredTable:
    from pyarrow import parquet

    file = parquet.ParquetFile(io.BytesIO(content))
    groups = [file.metadata.row_group(at) for at in range(file.metadata.num_row_groups)]
    refuse_unpacked(
        name, packed=len(content), unpacked=sum(each.total_byte_size for each in groups)
    )
    if file.metadata.num_rows > MOST_TIMES * len(content):
        raise SurveyError(
            f"{name} has {len(content):,} bytes, but says that it holds {file.metadata.num_rows:,} "
            "rows; export the replies again"
        )
    return StoredTable(rows=parquet_rows(file.read()))


def parquet_rows(table: pa.Table) -> Rows:
    """Write the values of a table as text, each distinct value once.

    Parameters
    ----------
    table : pyarrow.Table
        As Parquet holds it.

    Returns
    -------
    Rows
        The names of its columns, then its rows. Row numbers that pandas adds are left out.

    Raises
    ------
    TypeError
        If a column holds what is no text, number or time.
    """
    kept = [
        (name, column)
        for name, column in zip(table.column_names, table.columns, strict=True)
        if not re.fullmatch(r"__index_level_\d+__", name)
    ]
    rows = Rows()
    rows.append([name for name, _ in kept])
    places = [str(place) for place in range(len(kept))]
    rows.add_table(pa.table([_as_text(column) for _, column in kept], names=places))
    return rows


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write each value of a column as `cell_text` does."""
    values = column.combine_chunks()
    if pa.types.is_nested(values.type):
        return pa.chunked_array([[cell_text(each) for each in values.to_pylist()]])
    if not pa.types.is_dictionary(values.type):
        values = pc.dictionary_encode(values, null_encoding="encode")
    texts = pa.array(map(cell_text, values.dictionary.to_pylist()), type=pa.large_string())
    return pa.chunked_array([texts.take(values.indices).fill_null("")])
