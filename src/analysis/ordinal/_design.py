"""The predictors of a model as numbers: terms of a formula, columns, and which repeat others."""

import ast

import formulaic
import numpy as np
import pandas as pd
from formulaic.parser.types import Term


def read_terms(text: str, formula: str) -> list[Term]:
    """Return the terms of a formula's right side without the intercept.

    Parameters
    ----------
    text : str
        The right side.
    formula : str
        What an error names.

    Returns
    -------
    list of formulaic.parser.types.Term
        In the order of the formula.

    Raises
    ------
    ValueError
        If the text is no formula.

    Examples
    --------
    >>> [str(term) for term in read_terms("a * b", "y ~ a * b")]
    ['a', 'b', 'a:b']
    """
    try:
        parsed = formulaic.Formula(text or "1")
    except Exception as error:
        raise ValueError(f"{formula!r} is not a formula: {str(error).splitlines()[0]}") from error
    return [term for term in parsed if str(term) != "1"]


def named_columns(terms: formulaic.Formula, data: pd.DataFrame) -> set[str]:
    """Return the columns that a formula names, also inside functions such as center().

    Parameters
    ----------
    terms : formulaic.Formula
        The terms.
    data : pandas.DataFrame
        Where names are columns.

    Returns
    -------
    set of str
        Names, also of columns that the data lack.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0], "b": [2.0]})
    >>> sorted(named_columns(formulaic.Formula("a + center(b)"), data))
    ['a', 'b']
    """
    names = {str(name) for name in terms.required_variables}
    for expression in {factor.expr for term in terms for factor in term.factors}:
        if expression in data:
            names.add(expression)  # also if it is the name of a function, such as scale
        elif expression not in names and expression != "1":
            nodes = ast.walk(ast.parse(expression, mode="eval"))
            names |= {node.id for node in nodes if isinstance(node, ast.Name) and node.id in data}
    return names


def model_matrix(
    terms: formulaic.Formula,
    frame: pd.DataFrame,
    data: pd.DataFrame,
    labels: np.ndarray,
    codes: tuple[np.ndarray, ...],
    columns: list[str],
    *,
    people: pd.Series | None = None,
) -> formulaic.ModelMatrix:
    """Return the predictors of each pattern as numbers.

    Parameters
    ----------
    terms : formulaic.Formula
        The terms, with an intercept.
    frame : pandas.DataFrame
        The predictors of each pattern.
    data : pandas.DataFrame
        A row a person, or as many as `people` says.
    labels : numpy.ndarray
        Codes of each pattern, a column a predictor.
    codes : tuple of numpy.ndarray
        Codes of each row, one a column of `columns`.
    columns : list of str
        Group and predictors, and the outcome last.
    people : pandas.Series, optional
        How many people each row stands for.

    Returns
    -------
    formulaic.ModelMatrix
        A row a pattern.

    Raises
    ------
    ValueError
        If the formula calls something that formulaic does not know.

    Notes
    -----
    A transformation such as `center(age)` needs all people, not patterns: then the matrix is made
    for everybody, and the first person of each pattern taken. Counted rows are then repeated, so
    that memory grows with the people.
    """
    plain = all(
        factor.expr in frame or factor.expr == "1" for term in terms for factor in term.factors
    )
    if plain:
        return formulaic.model_matrix(terms, frame, context={})
    everybody = data[frame.columns].copy()
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            everybody[name] = everybody[name].astype(frame[name].dtype)
    if people is not None:
        everybody = everybody.iloc[np.repeat(np.arange(len(data)), people)]
        codes = tuple(np.repeat(each, people) for each in codes)
    try:
        matrix = formulaic.model_matrix(terms, everybody.reset_index(drop=True), context={})
    except formulaic.errors.FactorEvaluationError as error:
        raise ValueError(f"{error}; name columns and formulaic's functions alone") from error
    keys = pd.DataFrame(np.column_stack(codes[:-1]), columns=columns[:-1])
    first = keys.reset_index().groupby(columns[:-1])["index"].first()
    rows = first.loc[list(map(tuple, labels))] if len(columns) > 2 else first.loc[labels[:, 0]]
    spec = matrix.model_spec
    chosen = matrix.iloc[rows.to_numpy()].reset_index(drop=True)
    return formulaic.ModelMatrix(chosen, spec=spec)


def kept_columns(
    matrix: formulaic.ModelMatrix, every: list[Term], used: np.ndarray
) -> tuple[list[str], dict[str, list[str]], list[str]]:
    """Return the names of columns kept, those of each term, and those that repeat others.

    Parameters
    ----------
    matrix : formulaic.ModelMatrix
        The predictors of each pattern.
    every : list of formulaic.parser.types.Term
        The terms, in order.
    used : numpy.ndarray
        Boolean, the patterns with anybody in them.

    Returns
    -------
    tuple of list, dict and list
        Names kept, names by term, and names of interactions left out.

    Raises
    ------
    ValueError
        If a column that is no interaction repeats others.
    """
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
    empty = [str(term) for term in every if len(term.factors) == 1 and not by_term[str(term)]]
    if empty:
        raise ValueError(f"the predictors {empty} have one category only; leave them out")
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
