"""What a model is fitted to: people collapsed to patterns of predictors, with counts."""

import ast
from dataclasses import dataclass, replace

import formulaic
import numpy as np
import pandas as pd
from formulaic.parser.types import Term

from analysis.ordinal.cells import count_cells


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """The unique patterns of predictors (and group), and how many people gave each answer.

    `counts` are sums of weights (or numbers of people), shape (patterns, answers); `squares` sums
    of squared weights; both equal without weights. `exog` and `freed` are the predictors of the
    coefficients and, after a column of ones, those freed from proportional odds. `group` is the
    number of the group of each pattern, ascending. `terms` names the columns of each term.
    """

    outcome: str
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


def collapse(
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
    weights, frequency : str, optional
        Columns of survey weights and of numbers of identical people.
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
        weights are negative, not finite or all 0, or frequencies not whole.

    Examples
    --------
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical(["bad", "good", "good"], ["bad", "good"], ordered=True),
    ...     "group": pd.Categorical(["a", "b", "b"]),
    ... })
    >>> patterns = collapse("rating ~ group", data)
    >>> patterns.counts.tolist(), patterns.names
    ([[1.0, 0.0], [0.0, 2.0]], ['group[T.b]'])
    """
    outcome, _, right = (part.strip() for part in formula.partition("~"))
    wanted = _terms(right, formula)
    freed_terms = _terms(nominal, nominal) if nominal else []
    every = [*wanted, *(term for term in freed_terms if term not in wanted)]
    terms = formulaic.Formula([Term([]), *every] if not every else ["1", *map(str, every)])
    predictors = sorted(_named(terms, data))
    columns = [*([group] if group else []), *predictors, outcome]
    _check_columns(data, columns, outcome, group, formula)
    codes, sizes, values = zip(*(_coded(data[name]) for name in columns), strict=True)
    missing = {
        name: int((code < 0).sum())
        for name, code in zip(columns, codes, strict=True)
        if len(code) and code.min() < 0
    }
    if missing:
        raise ValueError(f"values are missing: {missing}; leave those people out first and say so")
    times, weight = _amounts(data, frequency, weights)
    if weight is not None:  # who weighs nothing is nobody
        times = np.where(weight > 0, 1.0 if times is None else times, 0.0)
    both = times if weight is None else times * weight
    amounts = [times] if weight is None else [times, both, both * weight]
    labels, sums = count_cells(codes, sizes, amounts)
    if not sums[-1].any():
        raise ValueError("there is nobody in the data; check the base")
    some = sums[-1].any(axis=1)
    labels, sums = labels[some], [table[some] for table in sums]
    given = sums[-1].any(axis=0)
    dropped = [f"{outcome}: {values[-1][at]}" for at in np.flatnonzero(~given)]
    answers = tuple(str(values[-1][at]) for at in np.flatnonzero(given))
    if len(answers) < 2:
        raise ValueError(f"{outcome} has the answer {list(answers)} only; a model needs two")
    sums = [table[:, given] for table in sums]
    found, groups, frame = None, (), {}
    for name, label, size, value in zip(columns[:-1], labels.T, sizes, values, strict=False):
        here = np.unique(label)
        if name == group:
            found, groups = np.searchsorted(here, label), tuple(str(value[at]) for at in here)
            continue
        if isinstance(data[name].dtype, pd.CategoricalDtype):
            absent = np.setdiff1d(np.arange(size), here)
            first = f" (the baseline; now {value[here[0]]})" if 0 in absent else ""
            dropped += [f"{name}: {value[at]}{first if at == 0 else ''}" for at in absent]
            frame[name] = pd.Categorical.from_codes(
                np.searchsorted(here, label), value[here], ordered=False
            )
        else:
            frame[name] = value[label]
    frame = pd.DataFrame(frame, index=range(len(labels)))
    matrix = _matrix(terms, frame, data, labels, codes, columns)
    names, term_names, lost = _columns(matrix, every, sums[0].any(axis=1))
    dropped += [f"{name} (nobody, or a repeat of other terms)" for name in lost]
    released = {str(term) for term in freed_terms}
    freed_names = [name for term in term_names if term in released for name in term_names[term]]
    free = [name for name in names if name not in freed_names]
    ones = np.ones((len(frame), 1))
    return Patterns(
        outcome=outcome,
        answers=answers,
        frame=frame,
        spec=matrix.model_spec,
        exog=np.ascontiguousarray(matrix[free].to_numpy(dtype=float)),
        names=free,
        freed=np.hstack([ones, matrix[freed_names].to_numpy(dtype=float)]),
        freed_names=freed_names,
        terms=term_names,
        counts=sums[0] if weight is None else sums[1],
        squares=sums[-1],
        people=sums[0],
        weighted=weight is not None,
        group=found,
        groups=groups,
        dropped=tuple(dropped),
    )


def _terms(text: str, formula: str) -> list[Term]:
    """Return the terms of a formula's right side without the intercept."""
    try:
        parsed = formulaic.Formula(text or "1")
    except Exception as error:
        raise ValueError(f"{formula!r} is not a formula: {str(error).splitlines()[0]}") from error
    return [term for term in parsed if str(term) != "1"]


def _named(terms: formulaic.Formula, data: pd.DataFrame) -> set[str]:
    """Return the columns that a formula names, also inside functions such as center()."""
    names = {str(name) for name in terms.required_variables}
    for expression in {factor.expr for term in terms for factor in term.factors}:
        if expression not in data and expression not in names and expression != "1":
            nodes = ast.walk(ast.parse(expression, mode="eval"))
            names |= {node.id for node in nodes if isinstance(node, ast.Name) and node.id in data}
    return names


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


def _coded(column: pd.Series) -> tuple[np.ndarray, int, np.ndarray]:
    """Return codes, how many there are, and what they stand for; -1 is missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.array.codes, len(column.cat.categories), column.cat.categories
    codes, values = pd.factorize(column, sort=True)
    if np.isinf(np.asarray(values, dtype=float)).any():
        raise ValueError(f"{column.name!r} holds infinite values; mend them first")
    return codes, max(len(values), 1), np.asarray(values, dtype=float)


def _amounts(
    data: pd.DataFrame, frequency: str | None, weights: str | None
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return the checked numbers of people and survey weights, or None."""
    found = []
    for what, name in (("frequency", frequency), ("weights", weights)):
        if name is None:
            found.append(None)
            continue
        if name not in data:
            raise ValueError(f"{name!r}, the column of {what}, is not in the data")
        amount = data[name].to_numpy(dtype=float)
        wrong = amount[~(np.isfinite(amount) & (amount >= 0))]
        if wrong.size:
            raise ValueError(f"{wrong[0]} is among the {what}; each must be finite and 0 or more")
        if not amount.any():
            raise ValueError(f"the {what} {name!r} are all 0; nobody is left")
        if what == "frequency" and (amount % 1).any():
            part = amount[amount % 1 > 0][0]
            raise ValueError(f"{part} is among the frequencies, which count people; use weights")
        found.append(amount)
    return found[0], found[1]


def _matrix(
    terms: formulaic.Formula,
    frame: pd.DataFrame,
    data: pd.DataFrame,
    labels: np.ndarray,
    codes: tuple[np.ndarray, ...],
    columns: list[str],
) -> formulaic.ModelMatrix:
    """Return the predictors of each pattern as numbers.

    A transformation such as `center(age)` needs all people, not patterns: then the matrix is made
    for everybody, and the first person of each pattern taken.
    """
    plain = all(
        factor.expr in frame or factor.expr == "1" for term in terms for factor in term.factors
    )
    if plain:
        return formulaic.model_matrix(terms, frame, context={})
    people = data[frame.columns].copy()
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            people[name] = people[name].astype(frame[name].dtype)
    try:
        matrix = formulaic.model_matrix(terms, people.reset_index(drop=True), context={})
    except formulaic.errors.FactorEvaluationError as error:
        raise ValueError(f"{error}; name columns and formulaic's functions alone") from error
    keys = pd.DataFrame(np.column_stack(codes[:-1]), columns=columns[:-1])
    first = keys.reset_index().groupby(columns[:-1])["index"].first()
    rows = first.loc[list(map(tuple, labels))] if len(columns) > 2 else first.loc[labels[:, 0]]
    spec = matrix.model_spec
    chosen = matrix.iloc[rows.to_numpy()].reset_index(drop=True)
    return formulaic.ModelMatrix(chosen, spec=spec)


def _columns(
    matrix: formulaic.ModelMatrix, every: list[Term], used: np.ndarray
) -> tuple[list[str], dict[str, list[str]], list[str]]:
    """Return the names of columns kept, those of each term, and those that repeat others."""
    names = [name for name in matrix.columns if name != "Intercept"]
    numbers = matrix[names].to_numpy(dtype=float)
    repeats = _repeats(numbers if used.all() else numbers[used])
    owner = {}
    for term, columns in matrix.model_spec.term_indices.items():
        owner |= {matrix.columns[at]: term for at in columns}
    lost = [name for name, repeat in zip(names, repeats, strict=True) if repeat]
    plain = sorted({str(owner[name]) for name in lost if len(owner[name].factors) < 2})
    if plain:
        raise ValueError(f"the predictors {plain} repeat others or do not vary; remove one")
    kept = [name for name in names if name not in lost]
    by_term = {str(term): [] for term in every}
    for name in kept:
        by_term[str(owner[name])].append(name)
    return kept, {term: columns for term, columns in by_term.items() if columns}, lost


def _repeats(exog: np.ndarray) -> np.ndarray:
    """Tell which columns are sums of multiples of those before them and of ones.

    Gram and Schmidt from left to right, each column twice, so that rounding does not add up.
    """
    n, size = exog.shape
    basis = np.empty((n, size + 1), order="F")
    basis[:, 0] = 1 / np.sqrt(n)
    repeat, filled = np.zeros(size, dtype=bool), 1
    for at in range(size):
        column = exog[:, at].astype(float)
        length = np.linalg.norm(column)
        for _ in range(2):
            column -= basis[:, :filled] @ (basis[:, :filled].T @ column)
        rest = np.linalg.norm(column)
        repeat[at] = filled >= n or rest <= 1e-9 * length
        if not repeat[at]:
            basis[:, filled] = column / rest
            filled += 1
    return repeat
