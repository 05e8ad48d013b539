"""Replies counted: a row a distinct combination of answers, and how many people gave it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.patterns._cells import Coded, code, rows_and_sums
from analysis.patterns._frequencies import people_of


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """The distinct combinations of some answers, and the people who gave each.

    `frame` has a row a combination, columns of the types that the replies had: Categorical,
    numbers such as indicators 1 and 0, NaN where an answer is missing. Rows are in order: by the
    first column's categories or values, a missing one last, then by the second and so on. `people`
    counts the people of each row; `weight` and `weight_squared` sum their weights and the squares
    of these, None without weights. The index of all is 0, 1, 2 and so on.
    """

    frame: pd.DataFrame
    people: pd.Series
    weight: pd.Series | None = None
    weight_squared: pd.Series | None = None

    @property
    def n(self) -> int:
        """How many people."""
        return int(self.people.sum())

    @property
    def columns(self) -> list:
        """Which answers are told apart."""
        return list(self.frame.columns)

    def __len__(self) -> int:
        return len(self.frame)

    def of(self, columns: Sequence) -> "Patterns":
        """Count by some of the columns alone.

        Parameters
        ----------
        columns : sequence
            Names among `columns`, in the order that the rows shall have.

        Returns
        -------
        Patterns
            Numbers of people added up.

        Raises
        ------
        ValueError
            If a name is none of the columns.

        Examples
        --------
        >>> people = pd.DataFrame({"age": ["old", "old", "young"], "yes": [1.0, 0.0, 1.0]})
        >>> count(people, ["age", "yes"]).of(["yes"]).people.tolist()
        [1, 2]
        """
        return _counted(self.frame, columns, self._amounts())

    def where(self, mask: pd.Series | np.ndarray | None = None, /, **answers: object) -> "Patterns":
        """Select the people with some answers.

        Parameters
        ----------
        mask : pandas.Series or numpy.ndarray, optional
            Boolean, a value a row.
        **answers : object
            Column and answer, or several answers in a list.

        Returns
        -------
        Patterns
            The rows to which all of it applies, as they are; the people who did not answer are
            none of them.

        Raises
        ------
        ValueError
            If a column or a category is not there, or the mask has other rows.

        Examples
        --------
        >>> people = pd.DataFrame({"age": pd.Categorical(["old", "old", "young"])})
        >>> count(people, ["age"]).where(age="old").n
        2
        """
        kept = np.ones(len(self), dtype=bool)
        if mask is not None:
            same = len(mask) == len(self) and np.asarray(mask).dtype == bool
            if isinstance(mask, pd.Series):
                same = same and mask.index.equals(self.frame.index)
            if not same:
                raise ValueError(
                    f"the mask has {len(mask)} values of type {np.asarray(mask).dtype}; give True "
                    f"or False for each of the {len(self)} rows"
                )
            kept &= np.asarray(mask)
        for name, wanted in answers.items():
            kept &= _has(self.frame, name, wanted)
        amounts = [None if each is None else each[kept] for each in self._amounts()]
        return _made(self.frame[kept], amounts)

    def _amounts(self) -> list[np.ndarray | None]:
        given = (self.people, self.weight, self.weight_squared)
        return [None if each is None else each.to_numpy() for each in given]


def count(
    frame: pd.DataFrame,
    columns: Sequence,
    *,
    weights: str | None = None,
    frequency: str | None = None,
) -> Patterns:
    """Count the people with each combination of answers.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a person, or `frequency` people.
    columns : sequence
        Which columns: Categorical, boolean or numbers, NaN where missing; or text.
    weights : str, optional
        Column of survey weights, finite and 0 or more. Who weighs the same may also be told
        apart: then name the column among `columns`.
    frequency : str, optional
        Column that says how many people a row stands for; 1 without it.

    Returns
    -------
    Patterns
        Only combinations that somebody has. Numbers of people are exact; sums of weights depend
        in their last digits on the order of the rows.

    Raises
    ------
    ValueError
        If a column is not there or named twice, a weight is none, or as `people_of`.

    Notes
    -----
    The codes of all columns make one whole number a row, 8 bytes each, and these are counted, or
    sorted in place; where the combinations that there could be are too many for 63 bits, the
    numbers are made anew of those that there are.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["online", "phone", None, "online"], dtype=kinds)
    >>> found = count(used.to_frame("used"), ["used"])
    >>> found.frame["used"].tolist(), found.people.tolist()
    (['phone', 'online', nan], [1, 2, 1])
    """
    _check_columns(frame, [*columns, *(each for each in (weights, frequency) if each is not None)])
    people = None if frequency is None else people_of(frame[frequency], frame)
    if weights is None:
        return _counted(frame, columns, [people, None, None])
    weight = frame[weights].to_numpy(dtype=float)
    bad = weight[~(np.isfinite(weight) & (weight >= 0))]
    if bad.size:
        raise ValueError(f"{bad[0]} is among the weights; each must be finite and not negative")
    times = 1 if people is None else people
    return _counted(frame, columns, [people, times * weight, times * weight**2])


def merge(parts: Iterable[Patterns]) -> Patterns:
    """Put the counts of several parts of the people together.

    Parameters
    ----------
    parts : iterable of Patterns
        Of the same columns; nobody in two of them.

    Returns
    -------
    Patterns
        As `count` of all the people at once.

    Raises
    ------
    ValueError
        If there is no part, or columns, their types or their categories differ, or some parts
        alone have weights.

    Examples
    --------
    >>> people = pd.DataFrame({"yes": [1.0, 0.0, 1.0]})
    >>> merge(count(people[part], ["yes"]) for part in (slice(2), slice(2, 3))).people.tolist()
    [1, 2]
    """
    found = list(parts)
    if not found:
        raise ValueError("there are no parts to put together; give one or more")
    first = found[0]
    for other in found[1:]:
        _check_same(first, other)
    frame = pd.concat([each.frame for each in found], ignore_index=True)
    amounts = [
        None if of_part[0] is None else np.concatenate(of_part)
        for of_part in zip(*(each._amounts() for each in found), strict=True)
    ]
    return _counted(frame, first.columns, amounts)


def _check_columns(frame: pd.DataFrame, columns: Sequence) -> None:
    absent = [name for name in columns if name not in frame]
    if absent:
        raise ValueError(f"{absent} are no columns; the columns are {list(frame.columns)}")
    twice = [name for at, name in enumerate(columns) if name in columns[:at]]
    if twice:
        raise ValueError(f"{twice[0]!r} is named twice; name each column once")


def _check_same(first: Patterns, other: Patterns) -> None:
    if first.columns != other.columns:
        raise ValueError(
            f"one part has the columns {first.columns}, another {other.columns}; count the same"
        )
    for name in first.columns:
        one, two = first.frame[name].dtype, other.frame[name].dtype
        if one != two or _said(one) != _said(two):
            raise ValueError(
                f"column {name!r} is {_said(one)} in one part and {_said(two)} in another; read "
                "both by one codebook"
            )
    if (first.weight is None) != (other.weight is None):
        raise ValueError("some parts have weights and others none; count all with them or without")


def _said(kind: object) -> str:
    if isinstance(kind, pd.CategoricalDtype):
        return f"Categorical {list(kind.categories)}{', ordered' if kind.ordered else ''}"
    return str(kind)


def _has(frame: pd.DataFrame, name: str, wanted: object) -> np.ndarray:
    """Tell which rows have an answer, or one of several."""
    _check_columns(frame, [name])
    answers = list(wanted) if isinstance(wanted, (list, tuple, set)) else [wanted]
    kind = frame[name].dtype
    known = list(kind.categories) if isinstance(kind, pd.CategoricalDtype) else answers
    odd = [each for each in answers if each not in known]
    if odd:
        raise ValueError(f"{odd[0]!r} is no answer of {name!r}; the answers are {known}")
    return frame[name].isin(answers).to_numpy()


def _counted(
    frame: pd.DataFrame, columns: Sequence, amounts: Sequence[np.ndarray | None]
) -> Patterns:
    _check_columns(frame, list(columns))
    coded = (code(frame[name]) for name in columns)
    kinds: list[Coded] = []
    codes, sums = rows_and_sums(coded, kinds, len(frame), amounts)
    some = sums[0] > 0
    values = {
        name: kind.values_of(codes[some, at])
        for at, (name, kind) in enumerate(zip(columns, kinds, strict=True))
    }
    found = pd.DataFrame(values, index=range(int(some.sum())), columns=list(columns))
    return _made(found, [None if each is None else each[some] for each in sums])


def _made(frame: pd.DataFrame, amounts: Sequence[np.ndarray | None]) -> Patterns:
    frame = frame.reset_index(drop=True)
    people, weight, squared = (
        None if each is None else pd.Series(each, index=frame.index, name=name)
        for name, each in zip(("people", "weight", "weight_squared"), amounts, strict=True)
    )
    return Patterns(
        frame=frame, people=people.astype(np.int64), weight=weight, weight_squared=squared
    )
