"""Text whose quotes leave no doubt, read at once by Arrow; all other text is read row by row."""

import re

import numpy as np
import pyarrow as pa
from pyarrow import csv

#: Bytes that are looked at, and read, at a time.
_BLOCK = 1 << 24

_QUOTE, _FEED, _RETURN = b'"\n\r'

_LONE_RETURN = re.compile(rb"\r(?!\n)")


def is_regular(content: bytes | memoryview, delimiter: str) -> bool:
    r"""Tell whether text is cut into cells in one way only, whoever reads it.

    Parameters
    ----------
    content : bytes or memoryview
        UTF-8, from the beginning of a row to the end of one.
    delimiter : str
        What separates its cells.

    Returns
    -------
    bool
        True if its rows end in line feeds (with or without a carriage return before), and every
        quote opens a cell, closes one or is doubled within one.

    Notes
    -----
    The grammar is that of RFC 4180. Readers differ in what they make of other quotes.

    Examples
    --------
    >>> is_regular(b'A,B\n"1,5","say ""no"" twice"\n', ","), is_regular(b'A,B\n5" wide,2\n', ",")
    (True, False)
    """
    if len(delimiter.encode()) != 1 or delimiter in '"\r\n':
        return False
    if len(content) and _LONE_RETURN.search(content):
        return False
    cells = np.frombuffer(content, dtype=np.uint8)
    places = quotes(cells)
    if len(places) % 2:
        return False
    opening, closing = places[::2], places[1::2]
    before, after = cells.take(opening - 1, mode="clip"), cells.take(closing + 1, mode="clip")
    opens = (opening == 0) | (before == ord(delimiter)) | (before == _FEED) | (before == _QUOTE)
    closes = closing == len(cells) - 1
    for mark in (ord(delimiter), _FEED, _QUOTE, _RETURN):
        closes |= after == mark
    return bool(opens.all() and closes.all())


def quotes(cells: np.ndarray) -> np.ndarray:
    """Return where quotes stand among bytes."""
    found = [
        np.flatnonzero(cells[start : start + _BLOCK] == _QUOTE) + start
        for start in range(0, len(cells), _BLOCK)
    ]
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def read_regular(content: bytes | memoryview, delimiter: str) -> pa.Table | None:
    r"""Read regular text into columns.

    Parameters
    ----------
    content : bytes or memoryview
        See `is_regular`.
    delimiter : str
        What separates its cells.

    Returns
    -------
    pyarrow.Table or None
        Text, a column for each cell of the first row, which is the first row of the table too;
        empty lines are left out. None if rows differ in length, or are of one cell.

    Examples
    --------
    >>> read_regular(b"A,B\n1,2\n", ",").to_pydict()
    {'0': ['A', '1'], '1': ['B', '2']}
    """
    parse = csv.ParseOptions(delimiter=delimiter, newlines_in_values=True)
    names = _names(content, parse)
    if len(names) < 2:
        return None
    convert = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
    )
    read = csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK)
    try:
        return csv.read_csv(pa.py_buffer(content), read, parse, convert)
    except pa.ArrowInvalid:
        return None


def _names(content: bytes | memoryview, parse: csv.ParseOptions) -> list[str]:
    """Name the cells of the first row by their places."""
    read = csv.ReadOptions(autogenerate_column_names=True, use_threads=False, block_size=1 << 20)
    try:
        with csv.open_csv(pa.py_buffer(content), read, parse) as opened:
            return [str(place) for place in range(len(opened.schema))]
    except pa.ArrowInvalid:
        return []
