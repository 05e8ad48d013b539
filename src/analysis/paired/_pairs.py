"""The two answers of every person, checked, as patterns with people and weights."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

Answers = pd.Series | pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Rows of two answers; a row stands for one person or for all with the same two answers.

    `used` and `preferred` are boolean, shape (rows, labels). `people` counts the people of a
    row, `weight` sums their weights and `weight_squared` the squares of these: all that a mean
    and its linearised variance need. `group` is the number of the row's group in `groups`.
    """

    labels: list[str]
    used: np.ndarray
    preferred: np.ndarray
    people: np.ndarray
    weight: np.ndarray
    weight_squared: np.ndarray
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

    def collapsed(self) -> "Pairs":
        """Return one row for each group and pattern of answers; nothing that is summed changes."""
        cells = np.packbits(np.hstack([self.used, self.preferred]), axis=1)
        number = self.group.astype(">i4").reshape(-1, 1).view(np.uint8)
        first, row = _distinct(np.hstack([number, cells]))
        return replace(
            self,
            used=self.used[first],
            preferred=self.preferred[first],
            group=self.group[first],
            people=np.bincount(row, self.people).astype(int),
            weight=np.bincount(row, self.weight),
            weight_squared=np.bincount(row, self.weight_squared),
        )

    def by_group(self) -> Iterator[tuple[str, "Pairs"]]:
        """Give each group with its rows, in order.

        Yields
        ------
        tuple of str and Pairs
            The group's name, and its people alone.
        """
        for number, name in enumerate(self.groups):
            here = self.group == number
            rows = {
                name: getattr(self, name)[here]
                for name in ("used", "preferred", "people", "weight", "weight_squared", "group")
            }
            yield name, replace(self, **rows)


def _distinct(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the distinct rows of bytes in order: where each first stands, and which each row is."""
    if rows.shape[1] > 8:
        _, first, row = np.unique(rows, axis=0, return_index=True, return_inverse=True)
        return first, row.reshape(-1)
    whole = np.zeros((len(rows), 8), dtype=np.uint8)
    whole[:, : rows.shape[1]] = rows
    numbers = whole.view(">u8").reshape(-1).astype(np.uint64)
    _, first, row = np.unique(numbers, return_index=True, return_inverse=True)
    return first, row


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
        How many people a row stands for; 1 without it.
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
    check_people(used, preferred)
    labels, before = _indicators(used)
    labels_after, after = _indicators(preferred)
    if labels != labels_after:
        raise ValueError(
            f"used has the answers {labels}, preferred {labels_after}; give both the same list"
        )
    people = _frequencies(frequency, used.index)
    weight = _weights(weights, used.index)
    kept = (people > 0) & (weight > 0)
    group, groups = _groups(by, used.index, kept)
    return Pairs(
        labels=labels,
        used=before[kept],
        preferred=after[kept],
        people=people[kept],
        weight=(people * weight)[kept],
        weight_squared=(people * weight**2)[kept],
        weighted=weights is not None,
        group=group,
        groups=groups,
    )


def check_conf_level(conf_level: float) -> None:
    """Refuse a level of intervals that is no probability.

    Parameters
    ----------
    conf_level : float
        Such as 0.95.

    Raises
    ------
    ValueError
        If it is not between 0 and 1.
    """
    if not 0 < conf_level < 1:
        raise ValueError(f"conf_level is {conf_level}; give a share between 0 and 1, such as 0.95")


def check_people(used: Answers, preferred: Answers) -> None:
    """Refuse two answers that are not those of the same people, each once and complete.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As for `read`.

    Raises
    ------
    ValueError
        Naming what is wrong.
    """
    if not used.index.equals(preferred.index):
        raise ValueError(
            f"used holds {len(used)} people, preferred {len(preferred)}, and they are not the "
            "same in the same order; take both from one frame"
        )
    if not used.index.is_unique:
        twice = used.index[used.index.duplicated()][0]
        raise ValueError(f"person {twice} stands twice; one person counts once")
    missing = int(np.asarray(used.isna()).sum() + np.asarray(preferred.isna()).sum())
    if missing:
        raise ValueError(f"{missing} answers are missing; leave those people out first")
    if not len(used):
        raise ValueError("nobody answered both questions; there is nothing to compare")


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


def _frequencies(given: pd.Series | None, index: pd.Index) -> np.ndarray:
    if given is None:
        return np.ones(len(index), dtype=int)
    values = _values(given, index, "frequencies")
    broken = values[values != np.round(values)]
    if broken.size:
        raise ValueError(f"a frequency is {broken[0]}; it counts people, so give a whole number")
    return values.astype(int)


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
