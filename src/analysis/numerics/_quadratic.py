"""Quadratic forms v' M+ v with the rank of M, for vectors of shifts and their covariance."""

import numpy as np

#: Eigenvalues of a correlation matrix below this share of the largest count as zero.
TOLERANCE = 1e-10


def correlation(covariance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the correlations of a covariance, and the standard deviations divided by.

    Parameters
    ----------
    covariance : numpy.ndarray
        Shape (k, k).

    Returns
    -------
    tuple of numpy.ndarray
        Shapes (k, k) and (k,). Where nothing varies, rows of zeros and 1.

    Examples
    --------
    >>> matrix, scale = correlation(np.array([[4.0, 0.0], [0.0, 0.0]]))
    >>> matrix.tolist(), scale.tolist()
    ([[1.0, 0.0], [0.0, 0.0]], [2.0, 1.0])
    """
    scale = np.sqrt(np.diag(covariance))
    varies = scale > 1e-12 * scale.max(initial=0.0)
    unit = np.where(varies, scale, 1.0)
    return np.where(np.outer(varies, varies), covariance / np.outer(unit, unit), 0.0), unit


def whitener(covariance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the matrix that makes a vector's components uncorrelated with variance 1.

    Parameters
    ----------
    covariance : numpy.ndarray
        Shape (k, k), positive semi-definite.

    Returns
    -------
    tuple of numpy.ndarray
        The whitener, shape (k, rank), and a basis of the directions in which nothing varies,
        shape (k, k - rank): for v in the range, |v @ whitener|^2 = v' M+ v.

    Notes
    -----
    The rank is read off the correlation matrix, so a rare channel counts like a common one.
    """
    matrix, unit = correlation(covariance)
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    some = values > TOLERANCE * max(values.max(initial=0.0), 1e-300)
    return (vectors[:, some] / np.sqrt(values[some])) / unit[:, None], vectors[:, ~some] / unit[
        :, None
    ]


def quadratic_form(vector: np.ndarray, covariance: np.ndarray) -> tuple[float, int]:
    """Return v' M+ v and the rank of M.

    Parameters
    ----------
    vector : numpy.ndarray
        Shape (k,).
    covariance : numpy.ndarray
        Shape (k, k), positive semi-definite.

    Returns
    -------
    tuple of float and int
        Infinite, with the rank one higher, where the vector points in a direction in which
        nothing varies: all people moved alike.

    Examples
    --------
    >>> value, rank = quadratic_form(np.array([3.0, -3.0]), np.array([[2.0, -2], [-2, 2]]))
    >>> round(value, 9), rank
    (4.5, 1)
    """
    white, still = whitener(covariance)
    rank = white.shape[1]
    if np.abs(vector @ still).max(initial=0.0) > 1e-9 * max(np.abs(vector).max(initial=0.0), 1e-12):
        return float("inf"), rank + 1
    return float(np.square(vector @ white).sum()), rank
