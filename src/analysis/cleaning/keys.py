"""Texts of a column as whole numbers, and as the same numbers over parts of an export."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cleaning.columns import Column

#: Keys of the two hashes that stand for a text where parts of an export are put together.
_SEEDS = ("part of a survey", "part of an export"[:16])


@dataclass(frozen=True, kw_only=True)
class Keys:
    """A column of an export as whole numbers.

    `codes` has a number a reply, 0 for a blank cell; texts that differ in case, white space or
    marks alone have one number. `texts` has for the numbers 1, 2, ... the text as it is compared;
    sealed ones have two hashes of it instead, shape (numbers, 2).
    """

    codes: np.ndarray
    texts: pa.Array | np.ndarray

    @classmethod
    def of(cls, column: Column, blank: np.ndarray) -> "Keys":
        """Give the texts of a column numbers.

        Parameters
        ----------
        column : Column
            Of an export.
        blank : numpy.ndarray
            Boolean, a value a text of the column: those that count as nothing.

        Returns
        -------
        Keys
            In the order in which the texts first stand in the column.

        Examples
        --------
        >>> cells = Column.of(pd.Series(["Web", "", "web ", "101"]))
        >>> Keys.of(cells, np.array([False, True, False, False])).codes.tolist()
        [1, 0, 1, 2]
        """
        encoded = pc.dictionary_encode(column.match_keys.filter(pa.array(~blank)))
        numbers = np.zeros(len(blank), dtype=np.min_scalar_type(len(encoded.dictionary)))
        numbers[~blank] = encoded.indices.to_numpy() + 1
        return cls(codes=numbers[column.codes], texts=encoded.dictionary)

    def among(self, rows: np.ndarray) -> "Keys":
        """Keep some of the replies; the numbers stay."""
        return replace(self, codes=self.codes[rows])

    def sealed(self) -> "Keys":
        """Put two hashes of 64 bits in the place of each text, which never leaves its part.

        Two texts of 100 million have the same pair of hashes with a chance of about 1e-23.
        """
        texts = self.texts.to_numpy(zero_copy_only=False)
        hashes = [pd.util.hash_array(texts, hash_key=each, categorize=False) for each in _SEEDS]
        return replace(self, texts=np.stack(hashes, axis=1))


def unified(parts: Sequence[Keys]) -> np.ndarray:
    """Give a column's texts one number over all parts of an export.

    Parameters
    ----------
    parts : sequence of Keys
        Of one column; sealed, unless there is one alone.

    Returns
    -------
    numpy.ndarray
        Whole numbers, the replies of all parts one after another; 0 for a blank cell.

    Examples
    --------
    >>> one, two = (Column.of(pd.Series(cells)) for cells in (["Web", "101"], ["101", "post"]))
    >>> unified([Keys.of(each, np.zeros(2, dtype=bool)).sealed() for each in (one, two)]).tolist()
    [1, 2, 2, 3]
    """
    if len(parts) == 1:
        return parts[0].codes
    hashes = np.concatenate([each.texts for each in parts])
    one, two = (pd.factorize(np.ascontiguousarray(each))[0] for each in hashes.T)
    number, first = pd.factorize(one * (int(two.max(initial=0)) + 1) + two)
    numbers = (number + 1).astype(np.min_scalar_type(len(first)))
    ends = np.cumsum([len(each.texts) for each in parts])[:-1]
    nothing = np.zeros(1, dtype=numbers.dtype)
    return np.concatenate(
        [
            np.concatenate([nothing, mine])[each.codes]
            for each, mine in zip(parts, np.split(numbers, ends), strict=True)
        ]
    )


def combined(columns: Sequence[np.ndarray]) -> np.ndarray:
    """Give numbers to the combinations of several columns.

    Parameters
    ----------
    columns : sequence of numpy.ndarray
        Whole numbers, 0 for a blank cell.

    Returns
    -------
    numpy.ndarray
        Whole numbers from 1 on, 0 where a cell of the combination is blank.

    Examples
    --------
    >>> combined([np.array([1, 1, 2, 0]), np.array([1, 1, 1, 1])]).tolist()
    [1, 1, 2, 0]
    """
    together, blank = np.zeros(len(columns[0]), dtype=np.int64), np.zeros(len(columns[0]), bool)
    for codes in columns:
        blank |= codes == 0
        together = pd.factorize(together * (int(codes.max(initial=0)) + 1) + codes)[0]
    together[~blank] = pd.factorize(together[~blank])[0] + 1
    together[blank] = 0
    return together
