"""Weighted shares and how they vary from sample to sample, by linearisation."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Linearised:
    """Weighted shares or means with the influence of each person on them.

    `estimates` is indexed by answer, `influence` has a row for each person with a weight, `cov`
    is the covariance of the estimates, shape (answers, answers). `effective_n` is Kish's and
    never above `n`: equal weights tell as much as there are people, unlike ones less.
    """

    estimates: pd.Series
    influence: pd.DataFrame
    cov: np.ndarray
    n: int
    effective_n: float


def linearised(answers: pd.Series | pd.DataFrame, *, weights: Weights | None = None) -> Linearised:
    """Estimate shares of the people who gave an answer, with their covariance.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical, or indicators 1 and 0; none missing. People with a
        weight who are not among them are outside the domain.
    weights : Weights, optional
        Of these people and perhaps more. Equal ones without.

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
    return linearised_means(chosen(answers), weights=weights)


def linearised_means(values: pd.DataFrame, *, weights: Weights | None = None) -> Linearised:
    """Estimate means of the people who have values, with their covariance.

    Parameters
    ----------
    values : pandas.DataFrame
        Shape (people, values), none missing. People with a weight who are not among them are
        outside the domain.
    weights : Weights, optional
        Of these people and perhaps more. Equal ones without.

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
    with a weight: as R's `svymean` of a design without clusters and strata.

    Examples
    --------
    >>> found = linearised_means(pd.DataFrame({"shift": [1.0, -1.0, 0.0, 1.0]}))
    >>> found.estimates.tolist(), found.cov.round(4)[0, 0].item()
    ([0.25], 0.2292)
    """
    if values.empty:
        raise ValueError("a share of nobody has no value; check the base")
    people = values.index if weights is None else weights.weights.index
    unweighted = values.index.difference(people)
    if len(unweighted):
        raise ValueError(
            f"{len(unweighted)} of {len(values)} people have no weight; leave them out first"
        )
    weight = np.ones(len(people)) if weights is None else weights.weights.to_numpy(dtype=float)
    inside = people.isin(values.index)
    given = np.zeros((len(people), values.shape[1]))
    given[inside] = values.reindex(people[inside]).to_numpy(dtype=float)
    mine = weight * inside
    total = mine.sum()
    estimates = mine @ given / total
    alike = np.ptp(given[inside], axis=0) == 0
    estimates[alike] = given[inside][0, alike]  # without a rounding error
    influence = np.where(inside[:, None], given - estimates, 0.0) / total
    if weights is not None:
        influence = weights.residuals(influence)
    influence = weight[:, None] * influence
    return Linearised(
        estimates=pd.Series(estimates, index=values.columns),
        influence=pd.DataFrame(influence, index=people, columns=values.columns),
        cov=_linearised_covariance(influence),
        n=len(values),
        effective_n=min(float(total**2 / (mine**2).sum()), len(values)),
    )


def linearised_cells(
    cells: pd.Series, size: int, *, weights: Weights | None = None
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
    if weights is None:
        weights = Weights(weights=pd.Series(1.0, index=cells.index))
    people, found = weights.weights.index, weights.patterns
    unweighted = cells.index.difference(people)
    if len(unweighted):
        raise ValueError(
            f"{len(unweighted)} of {len(cells)} people have no weight; leave them out first"
        )
    weight = weights.weights.to_numpy(dtype=float)
    cell = cells.reindex(people, fill_value=size).to_numpy()
    kinds, group = np.unique(found.number * (size + 1) + cell, return_inverse=True)
    of_pattern, of_cell = np.divmod(kinds, size + 1)
    first, second = np.bincount(group, weight), np.bincount(group, weight**2)
    reached = np.bincount(of_cell, first, size + 1)[:size]
    total = reached.sum()
    share = reached / total
    bare = np.vstack([np.eye(size) - share, np.zeros(size)]) / total
    totals = np.zeros((len(found.counts), size))
    np.add.at(totals, of_pattern, np.bincount(group)[:, None] * bare[of_cell])
    influence = bare[of_cell] - found.fitted(totals)[of_pattern]
    n, mean = len(people), first @ influence / len(people)
    squares = (second[:, None] * influence).T @ influence - n * np.outer(mean, mean)
    return share, squares * (n / max(n - 1, 1))


def _linearised_covariance(influence: np.ndarray) -> np.ndarray:
    """Return the covariance of estimates from the influences of people, shape (people, answers).

    Parameters
    ----------
    influence : numpy.ndarray
        Weighted influences, a row a person.

    Returns
    -------
    numpy.ndarray
        Shape (answers, answers); of one person alone, zeros.
    """
    n = len(influence)
    centred = influence - influence.mean(axis=0)
    return centred.T @ centred * (n / max(n - 1, 1))


def linearised_variance(influence: np.ndarray) -> np.ndarray:
    """Return the variances of estimates from the influences of people.

    Parameters
    ----------
    influence : numpy.ndarray
        Weighted influences, a row a person.

    Returns
    -------
    numpy.ndarray
        A value an answer.
    """
    return np.diag(_linearised_covariance(influence))


def people_by_group(by: pd.Series, index: pd.Index) -> pd.Series:
    """Return the group of each person of an index.

    Parameters
    ----------
    by : pandas.Series
        Categorical, the group of each person.
    index : pandas.Index
        The people.

    Returns
    -------
    pandas.Series
        NA for who has none.

    Raises
    ------
    ValueError
        If `by` is not Categorical: the order of the groups would be lost.
    """
    if not isinstance(by.dtype, pd.CategoricalDtype):
        raise ValueError(f"groups of {by.name!r} are {by.dtype}; make them Categorical")
    return by.reindex(index)


def chosen(answers: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Return indicators of answers, from one answer a person or from indicators.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical or boolean, or indicators 1 and 0.

    Returns
    -------
    pandas.DataFrame
        Floats 1 and 0, a column an answer.

    Raises
    ------
    ValueError
        If an answer is missing, or neither 1 nor 0 in indicators.
    """
    if isinstance(answers, pd.Series) and isinstance(answers.dtype, pd.CategoricalDtype):
        frame = pd.get_dummies(answers, dtype=float)
        gaps = int(answers.isna().sum())
    else:
        frame = answers.to_frame("yes") if isinstance(answers, pd.Series) else answers
        gaps = int(frame.isna().any(axis=1).sum())
        frame = frame.astype(float)
    if gaps:
        raise ValueError(f"{gaps} of {len(answers)} people have no answer; select the base first")
    if not frame.isin([0.0, 1.0]).all(axis=None):
        raise ValueError("indicators are 1 for an answer given and 0 for one not given")
    frame.columns = list(frame.columns)
    return frame
