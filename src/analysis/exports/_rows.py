"""Rows of cells, held by their columns: a file of text as it is read, without a list a row."""

from collections.abc import Iterator, Sequence
from itertools import chain

import pyarrow as pa

#: Rows that are put into columns at a time.
_BLOCK = 20_000


class Rows(Sequence):
    """Rows of one width, to be added one by one and read as lists of text.

    Examples
    --------
    >>> rows = Rows()
    >>> for row in (["Sex", "Age"], ["Male", "44"]):
    ...     rows.append(row)
    >>> rows[1], len(rows), rows.below(0, 1).to_pylist()
    (['Male', '44'], 2, ['Male'])
    """

    def __init__(self) -> None:
        self.width, self._open = 0, []
        self._blocks: list[list[pa.Array]] = []

    def append(self, row: list[str]) -> None:
        """Add a row as long as the first."""
        self.width = self.width or len(row)
        self._open.append(row)
        if len(self._open) == _BLOCK:
            self.close()

    def add_table(self, table: pa.Table) -> None:
        """Add the rows of a table of text."""
        self.close()
        self.width = self.width or table.num_columns
        self._blocks += [batch.columns for batch in table.to_batches() if batch.num_rows]

    def close(self) -> None:
        """Put the rows that were added last into columns."""
        if self._open:
            cells = zip(*self._open, strict=True)
            self._blocks.append([pa.array(column, type=pa.large_string()) for column in cells])
            self._open = []

    def below(self, place: int, start: int) -> pa.ChunkedArray:
        """Return the cells of the column at a place, from a row on.

        Parameters
        ----------
        place, start : int
            Counted from 0.

        Returns
        -------
        pyarrow.ChunkedArray
            Text.
        """
        self.close()
        blocks = [block[place] for block in self._blocks]
        return pa.chunked_array(blocks, type=pa.large_string()).slice(start)

    def __len__(self) -> int:
        return sum(len(block[0]) for block in self._blocks) + len(self._open)

    def __iter__(self) -> Iterator[list[str]]:
        blocks = (zip(*(each.to_pylist() for each in block), strict=True) for block in self._blocks)
        yield from (list(row) for row in chain(chain.from_iterable(blocks), self._open))

    def __getitem__(self, at: int | slice) -> list:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        place = at + (len(self) if at < 0 else 0)
        for block in self._blocks if place >= 0 else ():
            if place < len(block[0]):
                return [column[place].as_py() for column in block]
            place -= len(block[0])
        if 0 <= place < len(self._open):
            return self._open[place]
        raise IndexError(f"no row {at} among {len(self)}")


def cells_below(rows: Sequence[Sequence[str]], place: int, start: int) -> pa.ChunkedArray:
    """Return the cells of a column from a row on, however rows are held.

    Parameters
    ----------
    rows : sequence of sequence of str
        `Rows`, or lists.
    place, start : int
        Column and first row, counted from 0.

    Returns
    -------
    pyarrow.ChunkedArray
        Text.

    Examples
    --------
    >>> cells_below([["Sex"], ["Male"]], 0, 1).to_pylist()
    ['Male']
    """
    if isinstance(rows, Rows):
        return rows.below(place, start)
    return pa.chunked_array([[row[place] for row in rows[start:]]], type=pa.large_string())
