"""Weighted shares and how they vary from sample to sample, by linearisation."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.patterns import distinct, people_of, with_people
from analysis.proportions._answers import chosen
from analysis.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Linearised:
    """Weighted shares or means with the influence of each person on them.

    `estimates` is indexed by answer, `influence` has a row for each person with a weight (or row
    of people: that of each of them, and `people` says how many they are), `cov` is the covariance
    of the estimates, shape (answers, answers). `effective_n` is Kish's and never above `n`: equal
    weights tell as much as there are people, unlike ones less.
    """

    estimates: pd.Series
    influence: pd.DataFrame
    people: pd.Series
    cov: np.ndarray
    n: int
    effective_n: float


def linearised(
    answers: pd.Series | pd.DataFrame,
    *,
    weights: Weights | None = None,
    frequency: pd.Series | None = None,
) -> Linearised:
    """Estimate shares of the people who gave an answer, with their covariance.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical, or indicators 1 and 0; none missing. People with a
        weight who are not among them are outside the domain.
    weights : Weights, optional
        Of these people and perhaps more. Equal ones without.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`). `Weights` bring their
        own: beside them it need not be given, and must be the same.

    Returns
    -------
    Linearised
        Shares, influences and covariance.

    Raises
    ------
    ValueError
        If nobody answered, or somebody has no weight.

    Notes
    -----
    As `linearised_means` of the indicators.

    Examples
    --------
    >>> found = linearised(pd.Series(pd.Categorical(["a", "b", "b", "b"])))
    >>> found.estimates.tolist(), found.cov.round(4)[0, 0].item()
    ([0.25, 0.75], 0.0625)
    """
    answers, frequency = with_people(answers, frequency)
    return linearised_means(chosen(answers), weights=weights, frequency=frequency)


def linearised_means(
    values: pd.DataFrame, *, weights: Weights | None = None, frequency: pd.Series | None = None
) -> Linearised:
    """Estimate means of the people who have values, with their covariance.

    Parameters
    ----------
    values : pandas.DataFrame
        Shape (people, values), none missing. People with a weight who are not among them are
        outside the domain.
    weights : Weights, optional
        Of these people and perhaps more. Equal ones without.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`). `Weights` bring their
        own: beside them it need not be given, and must be the same.

    Returns
    -------
    Linearised
        Means, influences and covariance.

    Raises
    ------
    ValueError
        If there is nobody, or somebody has no weight.

    Notes
    -----
    A mean is a ratio of two weighted totals; the influence of person i is
    u_i = (y_i - p) / sum of weights within the domain and 0 outside it (Taylor linearisation).
    With raked weights the margins' part is taken out of u first (`Weights.residuals`). The
    variance is n / (n - 1) times the sum of squares of w_i u_i about their mean, n all people
    with a weight: as R's `svymean` of a design without clusters and strata. Sums are taken over the
    distinct rows of values, weight and margins, each times its people.

    Examples
    --------
    >>> found = linearised_means(pd.DataFrame({"shift": [1.0, -1.0, 0.0, 1.0]}))
    >>> found.estimates.tolist(), found.cov.round(4)[0, 0].item()
    ([0.25], 0.2292)
    """
    if values.empty:
        raise ValueError("a share of nobody has no value; check the base")
    values, frequency = with_people(values, frequency)
    rows = _rows(values, weights, frequency)
    kinds = distinct([rows.pattern, rows.inside, rows.weight, rows.given], people=rows.people)
    people, first = kinds.people, kinds.first
    inside, weight, given = rows.inside[first], rows.weight[first], rows.given[first]
    n, mine = int(people @ inside), people * weight * inside
    total = mine.sum()
    estimates = mine @ given / total
    alike = np.ptp(given[inside], axis=0) == 0
    estimates[alike] = given[inside][0, alike]  # without a rounding error
    influence = np.where(inside[:, None], given - estimates, 0.0) / total
    if weights is not None and weights.categories is not None:
        pattern, found = rows.pattern[first], weights.patterns
        influence = influence - found.fitted(found.totals(pattern, people, influence))[pattern]
    influence = weight[:, None] * influence
    return Linearised(
        estimates=pd.Series(estimates, index=values.columns),
        influence=pd.DataFrame(influence[kinds.number], index=rows.index, columns=values.columns),
        people=pd.Series(rows.people, index=rows.index),
        cov=_linearised_covariance(influence, people),
        n=n,
        effective_n=min(float(total**2 / (mine @ weight)), n),
    )


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """All rows with a weight: people, weight, pattern of margins, and values of those inside."""

    index: pd.Index
    people: np.ndarray
    weight: np.ndarray
    pattern: np.ndarray
    inside: np.ndarray
    given: np.ndarray


def _rows(values: pd.DataFrame, weights: Weights | None, frequency: pd.Series | None) -> _Rows:
    """Put values beside the weights, 0 for who has a weight and none of them."""
    mine = values.to_numpy(dtype=float)
    if weights is None:
        return _Rows(
            index=values.index,
            people=people_of(frequency, values),
            weight=np.ones(len(values)),
            pattern=np.zeros(len(values), dtype=int),
            inside=np.ones(len(values), dtype=bool),
            given=mine,
        )
    weights.people_at(values.index, frequency)
    index = weights.weights.index
    place = index.get_indexer(values.index)
    inside, given = np.zeros(len(index), dtype=bool), np.zeros((len(index), values.shape[1]))
    inside[place], given[place] = True, mine
    return _Rows(
        index=index,
        people=weights.people,
        weight=weights.weights.to_numpy(dtype=float),
        pattern=weights.patterns.number,
        inside=inside,
        given=given,
    )


def linearised_cells(
    cells: pd.Series,
    size: int,
    *,
    weights: Weights | None = None,
    frequency: pd.Series | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Estimate the shares of the cells of a table, with their covariance.

    Parameters
    ----------
    cells : pandas.Series
        The number of each person's cell, from 0 to `size` - 1.
    size : int
        How many cells the table has.
    weights : Weights, optional
        Of these people and perhaps more.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`). `Weights` bring their
        own: beside them it need not be given, and must be the same.

    Returns
    -------
    tuple of numpy.ndarray
        Shares, shape (size,), and covariance, shape (size, size): those of `linearised` of the
        indicators of all cells.

    Notes
    -----
    People of one cell and one pattern of margins have the same influence but for their weight,
    so that sums of weights and of their squares are enough: indicators of a million people by
    eighty cells are never made.

    Examples
    --------
    >>> share, cov = linearised_cells(pd.Series([0, 1, 1, 1]), 2)
    >>> share.tolist(), cov[0, 0].round(4).item()
    ([0.25, 0.75], 0.0625)
    """
    cells, frequency = with_people(cells, frequency)
    rows = _rows((cells + 1).to_frame(), weights, frequency)
    cell = np.where(rows.inside, rows.given[:, 0].astype(int) - 1, size)
    kinds = distinct([rows.pattern, cell, rows.weight], people=rows.people)
    people, weight = kinds.people, rows.weight[kinds.first]
    here = rows.pattern[kinds.first] * (size + 1) + cell[kinds.first]
    together, group = np.unique(here, return_inverse=True)
    of_pattern, of_cell = np.divmod(together, size + 1)
    first, second = (np.bincount(group, people * weight**power) for power in (1, 2))
    reached = np.bincount(of_cell, first, size + 1)[:size]
    total = reached.sum()
    share = reached / total
    bare = np.vstack([np.eye(size) - share, np.zeros(size)]) / total
    influence = bare[of_cell]
    if weights is not None and weights.categories is not None:
        found = weights.patterns
        totals = found.totals(of_pattern, np.bincount(group, people), influence)
        influence = influence - found.fitted(totals)[of_pattern]
    n = int(people.sum())
    mean = first @ influence / n
    squares = (second[:, None] * influence).T @ influence - n * np.outer(mean, mean)
    return share, squares * (n / max(n - 1, 1))


def _linearised_covariance(influence: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Return the covariance of estimates from the influences of people.

    Parameters
    ----------
    influence : numpy.ndarray
        Weighted influences, shape (rows, answers), of each person of a row.
    people : numpy.ndarray
        How many people each row stands for.

    Returns
    -------
    numpy.ndarray
        Shape (answers, answers); of one person alone, zeros.
    """
    n = people.sum()
    centred = influence - people @ influence / n
    return centred.T @ (people[:, None] * centred) * (n / max(n - 1, 1))


def linearised_variance(
    influence: np.ndarray, *, frequency: np.ndarray | None = None
) -> np.ndarray:
    """Return the variances of estimates from the influences of people.

    Parameters
    ----------
    influence : numpy.ndarray
        Weighted influences, a row a person.
    frequency : numpy.ndarray, optional
        How many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    numpy.ndarray
        A value an answer.
    """
    influence, frequency = with_people(influence, frequency)
    kinds = distinct([influence], people=people_of(frequency, influence))
    return np.diag(_linearised_covariance(influence[kinds.first], kinds.people))
