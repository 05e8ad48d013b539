"""Holm's adjustment of the p-values of a family of tests."""

import numpy as np
from numpy.typing import ArrayLike


def holm(p_values: ArrayLike) -> np.ndarray:
    """Adjust the p-values of a family, so that it has one false finding in 20 families at 0.05.

    Parameters
    ----------
    p_values : array_like, shape (k,)
        Of the tests of the family; missing ones count as tests, and stay missing.

    Returns
    -------
    numpy.ndarray, shape (k,)
        In the same order.

    Notes
    -----
    The smallest of k is multiplied by k, the next by k - 1 and so on; none is smaller than one
    before it or larger than 1 (Holm 1979, Scand. J. Statist. 6). As `multipletests` of
    statsmodels, which collects the garbage of the whole process at each call.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(p_values, dtype=float)
    order = np.argsort(given, kind="stable")
    times = np.arange(len(given), 0, -1)
    adjusted = np.empty(len(given))
    adjusted[order] = np.minimum(np.maximum.accumulate(given[order] * times), 1.0)
    return adjusted
