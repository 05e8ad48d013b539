"""What a model is fitted to: people collapsed to patterns of predictors, with counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import formulaic
import numpy as np
import pandas as pd
from formulaic.parser.types import Term

from analysis.ordinal._cells import (
    count_cells,
    distinct_weights,
    fingerprint,
    people_and_weight,
)
from analysis.ordinal._design import kept_columns, model_matrix, named_columns, read_terms
from analysis.patterns import named_people


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """The unique patterns of predictors (and group), and how many people gave each answer.

    `counts` are sums of weights (or numbers of people), shape (patterns, answers); `squares` sums
    of squared weights; both equal without weights. `exog` and `freed` are the predictors of the
    coefficients and, after a column of ones, those freed from proportional odds. `group` is the
    number of the group of each pattern, ascending. `terms` names the columns of each term. `scale`
    has all answers in order, `answers` those that somebody gave. `whose` is a number that the
    same people with the same answers share (`fingerprint`).
    """

    outcome: str
    scale: tuple[str, ...]
    answers: tuple[str, ...]
    frame: pd.DataFrame
    spec: formulaic.ModelSpec
    exog: np.ndarray
    names: list[str]
    freed: np.ndarray
    freed_names: list[str]
    terms: dict[str, list[str]]
    counts: np.ndarray
    squares: np.ndarray
    people: np.ndarray
    weighted: bool
    group: np.ndarray | None
    groups: tuple[str, ...]
    dropped: tuple[str, ...]
    whose: int

    @property
    def n(self) -> int:
        """How many people."""
        return int(self.people.sum())

    def freeing(self, names: list[str]) -> "Patterns":
        """Return the same patterns with further columns freed from proportional odds."""
        moved = [self.names.index(name) for name in names if name in self.names]
        kept = [at for at in range(len(self.names)) if at not in moved]
        return replace(
            self,
            exog=self.exog[:, kept],
            names=[self.names[at] for at in kept],
            freed=np.hstack([self.freed, self.exog[:, moved]]),
            freed_names=[*self.freed_names, *(self.names[at] for at in moved)],
        )

    def design(self, data: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return the predictors of other people as numbers.

        Parameters
        ----------
        data : pandas.DataFrame
            The predictors, as in the fit.

        Returns
        -------
        tuple of numpy.ndarray
            As `exog` and `freed`, a row a person.

        Raises
        ------
        ValueError
            If a predictor is absent, has missing values, or a category that the fit lacks.
        """
        kept = {}
        for name in self.frame.columns:
            if name not in data:
                raise ValueError(f"{name!r} is not a column of the data; the fit needs it")
            categorical = isinstance(self.frame[name].dtype, pd.CategoricalDtype)
            known = data[name].notna()
            if categorical:
                known &= data[name].isin(self.frame[name].cat.categories)
            if not known.all():
                bad = sorted(map(str, data[name][~known].unique()))
                raise ValueError(f"{name!r} has values that the fit did not see: {bad}")
            kept[name] = data[name].astype(self.frame[name].dtype) if categorical else data[name]
        matrix = self.spec.get_model_matrix(pd.DataFrame(kept, index=data.index), context={})
        ones = np.ones((len(data), 1))
        freed = matrix[self.freed_names].to_numpy(dtype=float)
        return matrix[self.names].to_numpy(dtype=float), np.hstack([ones, freed])


def to_patterns(
    formula: str,
    data: pd.DataFrame,
    *,
    weights: str | None = None,
    frequency: str | None = None,
    group: str | None = None,
    nominal: str | None = None,
) -> Patterns:
    """Collapse people to the patterns that a model is fitted to.

    Parameters
    ----------
    formula : str
        "outcome ~ predictors".
    data : pandas.DataFrame
        A row a person, or `frequency` people.
    weights : str, optional
        Column of survey weights.
    frequency : str, optional
        The column that says how many people a row stands for; 1 without it (see `patterns`).
    group : str, optional
        Column of the group with a random intercept.
    nominal : str, optional
        Terms freed from proportional odds, as in a formula.

    Returns
    -------
    Patterns
        Levels and answers that nobody has are left out and named in `dropped`; so are columns of
        interactions that repeat others, since their cells are empty.

    Raises
    ------
    ValueError
        If a column is absent, text, has missing values, or predictors repeat each other; if
        weights are negative, not finite or all 0, or frequencies no numbers of people.

    Examples
    --------
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical(["bad", "good", "good"], ["bad", "good"], ordered=True),
    ...     "group": pd.Categorical(["a", "b", "b"]),
    ... })
    >>> patterns = to_patterns("rating ~ group", data)
    >>> patterns.counts.tolist(), patterns.names
    ([[1.0, 0.0], [0.0, 2.0]], ['group[T.b]'])
    """
    outcome, _, right = (part.strip() for part in formula.partition("~"))
    wanted = read_terms(right, formula)
    freed_terms = read_terms(nominal, nominal) if nominal else []
    every = [*wanted, *(term for term in freed_terms if term not in wanted)]
    terms = formulaic.Formula([Term([]), *every] if not every else ["1", *map(str, every)])
    predictors = sorted(named_columns(terms, data))
    if group in predictors:
        raise ValueError(f"{group!r} is a term and has a random intercept; leave one of them out")
    columns = [*([group] if group else []), *predictors, outcome]
    _check_columns(data, columns, outcome, group, formula)
    data, times = named_people(data, frequency)
    codes, sizes, values = _checked(data, columns)
    people, weight = people_and_weight(data, times, weights)
    labels, sums = count_cells(*distinct_weights(codes, sizes, people, weight))
    if not sums[-1].any():
        raise ValueError("there is nobody in the data; check the base")
    some, given = (sums[-1].any(axis=axis) for axis in (1, 0))
    answers, dropped = _answers(outcome, values[-1], given)
    labels, sums = labels[some], [table[some][:, given] for table in sums]
    frame, left_out = _frame(data, columns[:-1], labels, values)
    dropped, found, groups = [*dropped, *left_out], None, ()
    if group is not None:
        found, groups = _group(frame, group)
        dropped = [each for each in dropped if not each.startswith(f"{group}: ")]
    matrix = model_matrix(terms, frame, data, labels, codes, columns, people=times)
    names, term_names, lost = kept_columns(matrix, every, sums[0].any(axis=1))
    dropped += [f"{name} (nobody, or a repeat of other terms)" for name in lost]
    released = {str(term) for term in freed_terms}
    freed_names = [name for term in term_names if term in released for name in term_names[term]]
    free = [name for name in names if name not in freed_names]
    return Patterns(
        outcome=outcome,
        scale=tuple(map(str, values[-1])),
        answers=answers,
        frame=frame,
        spec=matrix.model_spec,
        exog=np.ascontiguousarray(matrix[free].to_numpy(dtype=float)),
        names=free,
        freed=np.column_stack([np.ones(len(frame)), matrix[freed_names].to_numpy(dtype=float)]),
        freed_names=freed_names,
        terms=term_names,
        counts=sums[0] if weights is None else sums[1],
        squares=sums[-1],
        people=sums[0],
        weighted=weights is not None,
        group=found,
        groups=groups,
        dropped=tuple(dropped),
        whose=fingerprint(data[outcome], people, by_row=frequency is None),
    )


def _check_columns(
    data: pd.DataFrame, columns: list[str], outcome: str, group: str | None, formula: str
) -> None:
    absent = [name for name in columns if name not in data]
    if absent:
        raise ValueError(f"{absent} are not columns; the formula is {formula!r}")
    kind = data[outcome].dtype
    if not isinstance(kind, pd.CategoricalDtype) or not kind.ordered:
        raise ValueError(f"{outcome!r} is {kind}; make it an ordered Categorical")
    for name in columns:
        numeric = pd.api.types.is_numeric_dtype(data[name])
        if not numeric and not isinstance(data[name].dtype, pd.CategoricalDtype):
            raise ValueError(f"{name!r} is text; make it Categorical with the baseline first")
    if group is not None and not isinstance(data[group].dtype, pd.CategoricalDtype):
        raise ValueError(f"{group!r} is {data[group].dtype}; make it Categorical")


def _checked(data: pd.DataFrame, columns: Sequence[str]) -> tuple[tuple, tuple, tuple]:
    """Return codes, sizes and values of the columns, none of them missing."""
    codes, sizes, values = zip(*(_coded(data[name]) for name in columns), strict=True)
    pairs = zip(columns, codes, strict=True)
    missing = {name: int((code < 0).sum()) for name, code in pairs if (code < 0).any()}
    if missing:
        raise ValueError(f"values are missing: {missing}; leave those people out first and say so")
    return codes, sizes, values


def _answers(
    outcome: str, values: Sequence[object], given: np.ndarray
) -> tuple[tuple[str, ...], list[str]]:
    """Return the answers that somebody gave, and a line for each other one."""
    answers = tuple(str(values[at]) for at in np.flatnonzero(given))
    if len(answers) < 2:
        raise ValueError(f"{outcome} has the answer {list(answers)} only; a model needs two")
    return answers, [f"{outcome}: {values[at]}" for at in np.flatnonzero(~given)]


def _group(frame: pd.DataFrame, group: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Take the group out of the frame of patterns, as codes and names."""
    column = frame.pop(group).array
    return column.codes, tuple(map(str, column.categories))


def _coded(column: pd.Series) -> tuple[np.ndarray, int, np.ndarray]:
    """Return codes, how many there are, and what they stand for; -1 is missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.array.codes, len(column.cat.categories), column.cat.categories
    codes, values = pd.factorize(column, sort=True)
    if np.isinf(np.asarray(values, dtype=float)).any():
        raise ValueError(f"{column.name!r} holds infinite values; mend them first")
    return codes, max(len(values), 1), np.asarray(values, dtype=float)


def _frame(
    data: pd.DataFrame, columns: list[str], labels: np.ndarray, values: tuple
) -> tuple[pd.DataFrame, list[str]]:
    """Return the values of each pattern, and the categories that nobody has."""
    frame, left_out = {}, []
    for name, label, value in zip(columns, labels.T, values, strict=False):
        if not isinstance(data[name].dtype, pd.CategoricalDtype):
            frame[name] = value[label]
            continue
        here = np.unique(label)
        absent = np.setdiff1d(np.arange(len(value)), here)
        first = f" (the baseline; now {value[here[0]]})"
        left_out += [f"{name}: {value[at]}{first if at == 0 else ''}" for at in absent]
        codes = np.searchsorted(here, label)
        frame[name] = pd.Categorical.from_codes(codes, value[here], ordered=False)
    return pd.DataFrame(frame, index=range(len(labels))), left_out
