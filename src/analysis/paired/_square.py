"""Square tables of two answers, and the tests of marginal homogeneity and symmetry on them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import linalg, stats
from scipy.sparse import csgraph

from analysis.numerics import p_text
from analysis.paired._checks import check_people
from analysis.paired._mcnemar import swap_p
from analysis.patterns import people_of


@dataclass(frozen=True, kw_only=True)
class PairedTest:
    """Result of a test on a square table of two answers by the same people."""

    name: str
    statistic: float
    df: int
    p_value: float
    n: int
    n_discordant: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        return (
            f"{self.name}: chi2({self.df}) = {self.statistic:.2f}, {p_text(self.p_value)}; "
            f"n = {self.n:,}, of whom {self.n_discordant:,} gave different answers"
        )

    __repr__ = __str__


def counts(
    used: pd.Series, preferred: pd.Series, *, frequency: pd.Series | None = None
) -> pd.DataFrame:
    """Count people by their two answers.

    Parameters
    ----------
    used, preferred : pandas.Series
        Categorical, the same people in the same order, the same categories; no missing value.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    pandas.DataFrame
        Square table of counts with every category, used in rows and preferred in columns.

    Raises
    ------
    ValueError
        If the people or the categories differ, an answer is missing, or a frequency is no number
        of people.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online"], dtype=kinds)
    >>> counts(used, preferred).to_numpy().tolist()
    [[1, 1], [0, 1]]
    """
    for answers in (used, preferred):
        if not isinstance(answers.dtype, pd.CategoricalDtype):
            raise ValueError(f"answers are of type {answers.dtype}; make them Categorical")
    if list(used.cat.categories) != list(preferred.cat.categories):
        raise ValueError(
            f"used has the categories {list(used.cat.categories)}, preferred "
            f"{list(preferred.cat.categories)}; give both the same list"
        )
    people = people_of(frequency, used)
    used, preferred, people = used[people > 0], preferred[people > 0], people[people > 0]
    check_people(used, preferred)
    labels = list(used.cat.categories)
    size = len(labels)
    cells = used.cat.codes.to_numpy(dtype=int) * size + preferred.cat.codes.to_numpy(dtype=int)
    table = np.bincount(cells, people, size * size).astype(int).reshape(size, size)
    return pd.DataFrame(
        table, index=pd.Index(labels, name="used"), columns=pd.Index(labels, name="preferred")
    )


def stuart_maxwell(table: pd.DataFrame) -> PairedTest:
    """Test marginal homogeneity: that the two answers have the same distribution.

    Parameters
    ----------
    table : pandas.DataFrame
        Square table of counts, shape (k, k), as `counts` returns it. One person counts once.

    Returns
    -------
    PairedTest
        Chi-squared with the rank of the covariance as degrees of freedom: a category that
        nobody chose changes nothing. Without discordant people: statistic 0, df 0, p 1.

    Raises
    ------
    ValueError
        If the labels of rows and columns differ, or a count is negative, broken or not finite.

    Notes
    -----
    With d the differences of the margins, S_kk = n_k. + n_.k - 2 n_kk and S_kl = -(n_kl + n_lk),
    the statistic is d' S+ d (Stuart 1955, Biometrika 42; Maxwell 1970, Brit. J. Psychiatry 116).
    S is the Laplacian of the graph that joins categories between which somebody moved, so its
    rank is the number of categories less the number of parts of that graph: exact, whatever the
    size of the counts. `SquareTable` of statsmodels adds 0.5 to empty cells unless told otherwise
    and counts empty categories; that is why this function exists.

    Examples
    --------
    >>> labels = ["phone", "online", "in person"]
    >>> table = pd.DataFrame([[20, 10, 0], [3, 30, 15], [0, 5, 40]], index=labels, columns=labels)
    >>> stuart_maxwell(table)
    Stuart-Maxwell: chi2(2) = 8.77, p = 0.012; n = 123, of whom 33 gave different answers
    """
    cells = square_cells(table)
    statistic, df = _homogeneity(cells)
    return _paired_test("Stuart-Maxwell", statistic, df, cells)


def bhapkar(table: pd.DataFrame) -> PairedTest:
    """Test marginal homogeneity with the covariance as estimated, not as under the hypothesis.

    Parameters
    ----------
    table : pandas.DataFrame
        Square table of counts, shape (k, k), as `counts` returns it. One person counts once.

    Returns
    -------
    PairedTest
        Chi-squared, degrees of freedom as for `stuart_maxwell`. Without discordant people:
        statistic 0, df 0, p 1. Stuart and Maxwell's statistic if all people moved alike, where
        the estimated covariance is 0 in the direction of their move.

    Raises
    ------
    ValueError
        If the labels of rows and columns differ, or a count is negative, broken or not finite.

    Notes
    -----
    B = Q / (1 - Q / n) with Q of Stuart and Maxwell (Bhapkar 1966, JASA 61; Ireland, Ku and
    Kullback 1969, JASA 64). It is the Wald test of `shift_test`, and rejects more often than Q in
    small samples. p is not below `swap_p`.

    Examples
    --------
    >>> labels = ["phone", "online", "in person"]
    >>> table = pd.DataFrame([[20, 10, 0], [3, 30, 15], [0, 5, 40]], index=labels, columns=labels)
    >>> bhapkar(table)
    Bhapkar: chi2(2) = 9.44, p = 0.009; n = 123, of whom 33 gave different answers
    """
    cells = square_cells(table)
    score, df = _homogeneity(cells)
    n = cells.sum()
    left = n - score
    statistic = score * n / left if left > 1e-12 * n else score
    found = _paired_test("Bhapkar", statistic, df, cells)
    return replace(found, p_value=max(found.p_value, swap_p(found.n_discordant)))


def bowker(table: pd.DataFrame) -> PairedTest:
    """Test symmetry: that each change of answer is as frequent as its opposite.

    Parameters
    ----------
    table : pandas.DataFrame
        Square table of counts, shape (k, k), as `counts` returns it. One person counts once.

    Returns
    -------
    PairedTest
        Chi-squared; the degrees of freedom count the pairs of categories with at least one
        person. Without discordant people: statistic 0, df 0, p 1.

    Raises
    ------
    ValueError
        If the labels of rows and columns differ, or a count is negative, broken or not finite.

    Notes
    -----
    Sum over k < l of (n_kl - n_lk)^2 / (n_kl + n_lk) (Bowker 1948, JASA 43). statsmodels counts
    pairs without people among the degrees of freedom.

    Examples
    --------
    >>> labels = ["phone", "online", "in person"]
    >>> table = pd.DataFrame([[20, 10, 0], [3, 30, 15], [0, 5, 40]], index=labels, columns=labels)
    >>> bowker(table)
    Bowker: chi2(2) = 8.77, p = 0.012; n = 123, of whom 33 gave different answers
    """
    cells = square_cells(table)
    upper = np.triu_indices_from(cells, k=1)
    there, back = cells[upper], cells.T[upper]
    together = there + back
    some = together > 0
    statistic = float((((there - back)[some]) ** 2 / together[some]).sum())
    return _paired_test("Bowker", statistic, int(some.sum()), cells)


def _paired_test(name: str, statistic: float, df: int, cells: np.ndarray) -> PairedTest:
    return PairedTest(
        name=name,
        statistic=statistic if df else 0.0,
        df=df,
        p_value=float(stats.chi2.sf(statistic, df)) if df else 1.0,
        n=int(cells.sum()),
        n_discordant=int(cells.sum() - np.trace(cells)),
    )


def _homogeneity(cells: np.ndarray) -> tuple[float, int]:
    """Return Stuart and Maxwell's statistic and the rank of its covariance.

    The differences of the margins add up to 0 within each part of the graph of exchanges, so one
    category of each part is left out and the rest is a positive definite system.
    """
    exchanged = cells + cells.T
    np.fill_diagonal(exchanged, 0.0)
    parts, part = csgraph.connected_components(exchanged > 0, directed=False)
    kept = np.sort(np.concatenate([np.flatnonzero(part == each)[1:] for each in range(parts)]))
    if not kept.size:
        return 0.0, 0
    laplacian = np.diag(exchanged.sum(axis=1)) - exchanged
    difference = (cells.sum(axis=1) - cells.sum(axis=0))[kept]
    solved = linalg.solve(laplacian[np.ix_(kept, kept)], difference, assume_a="pos")
    return float(difference @ solved), len(kept)


def square_cells(table: pd.DataFrame) -> np.ndarray:
    """Check a square table of counts and return its cells.

    Parameters
    ----------
    table : pandas.DataFrame
        Shape (k, k), the same labels in rows and columns.

    Returns
    -------
    numpy.ndarray
        Floats, shape (k, k).

    Raises
    ------
    ValueError
        If the labels of rows and columns differ, or a count is negative, broken or not finite.

    Examples
    --------
    >>> square_cells(pd.DataFrame([[1, 2], [0, 3]])).tolist()
    [[1.0, 2.0], [0.0, 3.0]]
    """
    if list(table.index) != list(table.columns):
        raise ValueError(
            f"rows are {list(table.index)}, columns {list(table.columns)}; "
            "a paired table has the same labels in the same order"
        )
    cells = table.to_numpy(dtype=float)
    bad = cells[~np.isfinite(cells) | (cells < 0) | (cells != np.round(cells))]
    if bad.size:
        raise ValueError(f"{bad[0]} is not a count of people; give whole numbers from 0 upwards")
    return cells
