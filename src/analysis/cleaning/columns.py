"""The columns of an export by their distinct texts: each is found, and read, once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.exports import match_keys
from analysis.survey.answer_texts import cell_key
from analysis.survey.codebook import MISSING, Codebook, Question
from analysis.survey.spellings import spelled
from analysis.survey.wording import tidy


def coded_type(codes: Sequence[str]) -> pd.CategoricalDtype:
    """Return the type of a column in codes: those that there can be, then all kinds of missing."""
    return pd.CategoricalDtype(pd.Index(list(dict.fromkeys([*codes, *MISSING])), dtype="str"))


@dataclass(eq=False)
class Column:
    """The distinct texts of a column, and where they stand.

    `codes` has for every cell the place of its text in `texts`, which are in the order in which
    they first stand in the column.
    """

    codes: np.ndarray
    texts: pa.Array
    index: pd.Index
    _keys: dict[tuple[bool, frozenset[str]], pa.Array] = field(
        default_factory=dict, init=False, repr=False
    )

    @classmethod
    def of(cls, cells: pd.Series) -> "Column":
        """Find the distinct texts of a column.

        Examples
        --------
        >>> Column.of(pd.Series(["web", "101", "web"])).codes.tolist()
        [0, 1, 0]
        """
        codes, texts = pd.factorize(cells)
        return cls(codes.astype(np.int32), _texts(texts), cells.index)

    @cached_property
    def match_keys(self) -> pa.Array:
        """Each text without regard to case and white space, see `wording.match_key`."""
        return match_keys(self.texts)

    def keys(self, question: Question) -> pa.Array:
        """Return each text as cells of a question are compared, see `answer_texts.cell_key`."""
        form = (question.decimal_comma, question.apart)
        if form not in self._keys:
            self._keys[form] = spelled(
                self.match_keys, decimal_comma=question.decimal_comma, apart=question.apart
            )
        return self._keys[form]

    def among(self, known: set[str], question: Question) -> np.ndarray:
        """Tell of each text whether it is one of those known, as cells of a question compare."""
        return pc.is_in(self.keys(question), _texts(sorted(known))).to_numpy(zero_copy_only=False)

    def spread(self, values: Sequence[object] | np.ndarray) -> pd.Series:
        """Give each cell the value of its text."""
        return pd.Series(values).take(self.codes).set_axis(self.index)

    def coded(self, values: Sequence[str], codes: Sequence[str]) -> pd.Series:
        """Give each cell the code of its text.

        Parameters
        ----------
        values : sequence of str
            A code or a kind of missing for each text.
        codes : sequence of str
            Those that there can be.

        Returns
        -------
        pandas.Series
            Categorical, of the same type whatever was answered.

        Examples
        --------
        >>> Column.of(pd.Series(["Web", "", "Web"])).coded(["web", "no_answer"], ["web"]).tolist()
        ['web', 'no_answer', 'web']
        """
        known = {value: place for place, value in enumerate([*coded_type(codes).categories])}
        for value in values:
            known.setdefault(value, len(known))
        places = np.array([known[value] for value in values], dtype=np.int32)[self.codes]
        names = pd.Index(list(known), dtype="str")
        return pd.Series(pd.Categorical.from_codes(places, names), index=self.index)

    def mapped(self, function: Callable[[str], object]) -> pd.Series:
        """Give each cell what a function says of its text; it is asked once a text."""
        return self.spread([function(text) for text in self.texts.to_pylist()])

    def beside(self, other: "Column") -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Find the distinct pairs of this column's texts and those of another.

        Returns
        -------
        tuple of numpy.ndarray
            For every cell the place of its pair; and of every pair the places of its two texts.

        Examples
        --------
        >>> one, two = (Column.of(pd.Series(each)) for each in (["a", "b", "a"], ["x", "y", "x"]))
        >>> [each.tolist() for each in one.beside(two)]
        [[0, 1, 0], [0, 1], [0, 1]]
        """
        joined = self.codes.astype(np.int64) * max(len(other.texts), 1) + other.codes
        codes, pairs = pd.factorize(joined)
        return codes, *np.divmod(pairs, max(len(other.texts), 1))

    def places(self) -> Iterator[tuple[str, np.ndarray]]:
        """Yield each text with the positions of its cells."""
        order = np.argsort(self.codes, kind="stable")
        ends = np.cumsum(np.bincount(self.codes, minlength=len(self.texts)))
        yield from zip(self.texts.to_pylist(), np.split(order, ends[:-1]), strict=True)

    def places_of(self, texts: Sequence[str]) -> list[tuple[str, np.ndarray]]:
        """Return some of the texts, each with the positions of its cells."""
        wanted = set(texts)
        return [each for each in self.places() if each[0] in wanted] if wanted else []


class Columns:
    """The columns of an export; each is looked at when it is first asked for.

    `raw_rows` has the number of each reply in the export.
    """

    def __init__(self, raw: pd.DataFrame) -> None:
        self._raw, self._held = raw, {}
        self.index, self.names = raw.index, [name for name in raw.columns if name != "raw_row"]
        self.raw_rows = raw["raw_row"].to_numpy()

    def __getitem__(self, name: str) -> Column:
        """Return a column by its header, however that is written in the codebook."""
        name = tidy(name)
        if name not in self._held:
            self._held[name] = Column.of(self._raw[name])
        return self._held[name]

    def blank(self, codebook: Codebook) -> pd.DataFrame:
        """Tell which cells of the questions hold nothing.

        Parameters
        ----------
        codebook : Codebook
            Its `blank` texts ("-", "N/A") count as nothing.

        Returns
        -------
        pandas.DataFrame
            Boolean, a row a reply x the export's question columns.
        """
        return pd.DataFrame(
            {
                tidy(name): self[name].spread(blank_texts(self[name], question, codebook))
                for question in codebook.questions
                for name in question.source_columns
            },
            index=self.index,
        )


def blank_texts(column: Column, question: Question, codebook: Codebook) -> np.ndarray:
    """Tell of each text of a column whether it counts as nothing.

    Parameters
    ----------
    column : Column
        One of a question's.
    question : Question
        What was asked.
    codebook : Codebook
        Its `blank` texts.

    Returns
    -------
    numpy.ndarray
        Boolean.
    """
    blanks = {cell_key(text, question) for text in ("", *codebook.cleaning.blank)}
    return column.among(blanks, question)


def _texts(texts: Iterable[str]) -> pa.Array:
    return pa.array(texts, type=pa.large_string())
