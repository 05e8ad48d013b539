"""The two answers of every person, checked, as patterns with people and weights."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.paired._checks import Answers, check_people, check_rows
from analysis.patterns import distinct, people_of


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Rows of two answers; a row stands for one person or for all with the same two answers.

    `used` and `preferred` are boolean, shape (rows, labels). `people` counts the people of a
    row, `weight` sums their weights and `weight_squared` the squares of these: all that a mean
    and its linearised variance need. `each` is the weight of each person of a row, on average.
    `group` is the number of the row's group in `groups`.
    """

    labels: list[str]
    used: np.ndarray
    preferred: np.ndarray
    people: np.ndarray
    weight: np.ndarray
    weight_squared: np.ndarray
    each: np.ndarray
    weighted: bool
    group: np.ndarray
    groups: list[str]

    @property
    def difference(self) -> np.ndarray:
        """1 where a row prefers an answer that it did not use, -1 the other way round, else 0."""
        return self.preferred.astype(float) - self.used.astype(float)

    @property
    def n(self) -> int:
        """How many people."""
        return int(self.people.sum())

    @property
    def n_discordant(self) -> int:
        """How many people gave different answers."""
        return int(self.people[(self.used != self.preferred).any(axis=1)].sum())

    @property
    def effective_n(self) -> float:
        """Kish's effective number of people: n without weights, and never above n."""
        return min(float(self.weight.sum() ** 2 / self.weight_squared.sum()), self.n)

    def moments(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean difference of each answer and the covariance of these means.

        Returns
        -------
        tuple of numpy.ndarray
            Shapes (labels,) and (labels, labels).

        Notes
        -----
        With W the sum of the weights, the covariance is that of linearisation,
        c sum_i w_i^2 (d_i - m)(d_i - m)' / W^2. With weights c = n / (n - 1), as in R's
        `svymean`; without, c = 1 and every w is 1, the multinomial covariance.
        """
        total = self.weight.sum()
        values = self.difference
        mean = self.weight @ values / total
        centred = values - mean
        factor = self.n / (self.n - 1) if self.weighted and self.n > 1 else 1.0
        spread = centred.T @ (self.weight_squared[:, None] * centred) / total**2
        return mean, factor * spread

    def counted(self) -> "Pairs":
        """Return one row for each group, pattern of answers and weight, in this order."""
        kinds = distinct([self.group, self.used, self.preferred, self.each], people=self.people)
        found, each = self._rows(kinds.first), self.each[kinds.first]
        return replace(
            found,
            people=kinds.people,
            weight=kinds.people * each,
            weight_squared=kinds.people * each**2,
        )

    def collapsed(self) -> "Pairs":
        """Return one row for each group and pattern of answers; nothing that is summed changes."""
        found = self.counted()
        if not self.weighted:
            return found
        kinds = distinct([found.group, found.used, found.preferred], people=found.people)
        weight, squared = (
            np.bincount(kinds.number, each) for each in (found.weight, found.weight_squared)
        )
        return replace(
            found._rows(kinds.first),
            people=kinds.people,
            weight=weight,
            weight_squared=squared,
            each=weight / kinds.people,
        )

    def by_group(self) -> Iterator[tuple[str, "Pairs"]]:
        """Give each group with its rows, in order.

        Yields
        ------
        tuple of str and Pairs
            The group's name, and its people alone.
        """
        for number, name in enumerate(self.groups):
            yield name, self._rows(self.group == number)

    def _rows(self, which: np.ndarray) -> "Pairs":
        """Return some of the rows."""
        by_row = ("used", "preferred", "people", "weight", "weight_squared", "each", "group")
        return replace(self, **{name: getattr(self, name)[which] for name in by_row})


def read_pairs(
    used: Answers,
    preferred: Answers,
    *,
    weights: pd.Series | None = None,
    frequency: pd.Series | None = None,
    by: pd.Series | None = None,
) -> Pairs:
    """Check two answers of the same people and bring them to one form.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        One answer each: Categorical with the same categories. Several answers: indicators 0 and
        1, shape (people, labels), same columns. Same people in the same order, none missing.
    weights : pandas.Series, optional
        Survey weights, a value a row, in any unit.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).
    by : pandas.Series, optional
        Categorical, the group of each row, none missing.

    Returns
    -------
    Pairs
        A row for each row given that has people and weight; groups without any are left out.

    Raises
    ------
    ValueError
        If people or answers differ, somebody stands twice, an answer or group is missing, an
        indicator is not 0 or 1, a weight is negative, not finite or all are 0, or a frequency is
        not a whole number of people. The value is named.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online"], dtype=kinds)
    >>> read_pairs(used, preferred).difference.tolist()
    [[0.0, 0.0], [-1.0, 1.0], [0.0, 0.0]]
    """
    check_rows(used, preferred)
    people = people_of(frequency, used)
    some = people > 0
    people, used, preferred = people[some], used[some], preferred[some]
    weights, by = (_of_rows(each, some) for each in (weights, by))
    check_people(used, preferred)
    labels, before = _indicators(used)
    labels_after, after = _indicators(preferred)
    if labels != labels_after:
        raise ValueError(
            f"used has the answers {labels}, preferred {labels_after}; give both the same list"
        )
    weight = _weights(weights, used.index)
    kept = weight > 0
    group, groups = _groups(by, used.index, kept)
    return Pairs(
        labels=labels,
        used=before[kept],
        preferred=after[kept],
        people=people[kept],
        weight=(people * weight)[kept],
        weight_squared=(people * weight**2)[kept],
        each=weight[kept],
        weighted=weights is not None,
        group=group,
        groups=groups,
    )


def _of_rows(given: pd.Series | None, some: np.ndarray) -> pd.Series | None:
    """Leave out what is said of rows that stand for nobody; another number of rows is refused."""
    return given[some] if isinstance(given, pd.Series) and len(given) == len(some) else given


def _indicators(answers: Answers) -> tuple[list[str], np.ndarray]:
    """Return the answers and a boolean array of shape (people, labels)."""
    if isinstance(answers, pd.Series):
        if not isinstance(answers.dtype, pd.CategoricalDtype):
            raise ValueError(
                f"answers are of type {answers.dtype}; make them Categorical, so that an answer "
                "that nobody named has its place"
            )
        labels = list(answers.cat.categories)
        return labels, np.eye(len(labels), dtype=bool)[answers.cat.codes.to_numpy()]
    if not answers.columns.is_unique:
        twice = answers.columns[answers.columns.duplicated()][0]
        raise ValueError(f"the answer {twice!r} has two columns; give each answer one")
    cells = _numbers(answers, "indicators")
    bad = cells[(cells != 0) & (cells != 1)]
    if bad.size:
        raise ValueError(f"an indicator is {bad[0]}; use 1 for chosen and 0 for not chosen")
    return list(answers.columns), cells.astype(bool)


def _numbers(given: Answers, what: str) -> np.ndarray:
    try:
        return given.to_numpy(dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{what} must be numbers ({error})") from None


def _values(given: pd.Series, index: pd.Index, what: str) -> np.ndarray:
    if not isinstance(given, pd.Series) or not given.index.equals(index):
        raise ValueError(f"{what} are not those of the same people; take them from the same frame")
    values = _numbers(given, what)
    bad = values[~np.isfinite(values) | (values < 0)]
    if bad.size:
        raise ValueError(f"{bad[0]} is among the {what}; each must be finite and not negative")
    if not values.any():
        raise ValueError(f"all {what} are 0; at least one must be positive")
    return values


def _weights(given: pd.Series | None, index: pd.Index) -> np.ndarray:
    return np.ones(len(index)) if given is None else _values(given, index, "weights")


def _groups(
    given: pd.Series | None, index: pd.Index, kept: np.ndarray
) -> tuple[np.ndarray, list[str]]:
    """Return the number of each kept row's group, and the names of the groups with people."""
    if given is None:
        return np.zeros(kept.sum(), dtype=int), [""]
    if not isinstance(given, pd.Series) or not given.index.equals(index):
        raise ValueError("groups are not those of the same people; take them from the same frame")
    if given.isna().any():
        raise ValueError(f"{int(given.isna().sum())} people are in no group; leave them out first")
    if not isinstance(given.dtype, pd.CategoricalDtype):
        given = given.astype("category")
    given = given[kept].cat.remove_unused_categories()
    return given.cat.codes.to_numpy(dtype=int), list(given.cat.categories)
