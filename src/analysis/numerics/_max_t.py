"""The critical value that makes intervals hold together: the max-t distribution."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from scipy import optimize, special, stats
from scipy.stats import qmc

#: Points of the quasi-random sequence: the critical value is right to about 0.01 (against R's
#: mvtnorm 0.0005, 0.003 and 0.009 in three surveys).
POINTS = 2**15

#: Seed of the sequence's scrambling, which is always the same one.
SEED = 20231015


def critical_value(
    correlations: Sequence[np.ndarray],
    conf_level: float,
    *,
    df: float | None = None,
    points: int = POINTS,
) -> float:
    """Return c with P(max |T_k| <= c) = conf_level for correlated T_k.

    Parameters
    ----------
    correlations : sequence of numpy.ndarray
        Correlation matrices of groups of statistics, each shape (k, k); the groups are
        independent of one another. A matrix may be singular; a row of zeros is a statistic that
        does not vary and does not count.
    conf_level : float
        Between 0 and 1.
    df : float, optional
        Degrees of freedom of a multivariate t; the normal distribution without.
    points : int
        How many points the distribution is made from, a power of 2.

    Returns
    -------
    float
        At least the pointwise value; that value itself if nothing varies, or if all statistics
        are one and the same up to their sign.

    Raises
    ------
    ValueError
        If the level is too near 1 for the number of points.

    Notes
    -----
    The distribution is read off one scrambled Sobol sequence with a fixed seed, so the same
    correlations give the same value (Hothorn, Bretz and Westfall 2008, Biom. J. 50, for the
    method; R's `mvtnorm` for the check). For several groups the distribution functions are
    multiplied, with the same chi-squared draw in each if there is a df. A group whose statistics
    are one up to their sign, such as the differences of two groups from their mean, needs no
    sequence: its distribution is that of |T_1|.

    Examples
    --------
    >>> round(critical_value([np.eye(2)], 0.95), 2), round(critical_value([np.eye(1)], 0.95), 6)
    (2.24, 1.959964)
    """
    if conf_level > 1 - 16 / points:
        raise ValueError(f"conf_level is {conf_level}; give {1 - 16 / points:.4f} at most")
    pointwise = float(
        stats.norm.isf((1 - conf_level) / 2)
        if df is None
        else stats.t.isf((1 - conf_level) / 2, df)
    )
    roots = [_root(each) for each in correlations if np.diag(each).any()]
    if sum(root.shape[1] for root in roots) < 2:
        return pointwise
    shares = [_share_below(root, points) for root in roots]
    scale = np.ones(1)
    if df is not None:
        scale = np.sqrt(stats.chi2.ppf((np.arange(256) + 0.5) / 256, df) / df)

    def excess(bound: float) -> float:
        share = [below(bound * scale) for below in shares]
        return float(np.prod(share, axis=0).mean()) - conf_level

    highest = 2 * pointwise
    while excess(highest) < 0:
        highest *= 2
    return max(pointwise, float(optimize.brentq(excess, 0.0, highest, xtol=1e-9)))


def _share_below(root: np.ndarray, points: int) -> Callable[[np.ndarray], np.ndarray]:
    """Return the distribution function of the largest |T_k| of a group, T = root @ normal."""
    if root.shape[1] == 1:
        return lambda bound: special.erf(bound / np.sqrt(2))
    drawn = _normal_points(root.shape[1], points)
    sizes, ranks = np.sort(np.abs(drawn @ root.T).max(axis=1)), (np.arange(points) + 0.5) / points
    return lambda bound: np.interp(bound, sizes, ranks)


@lru_cache(maxsize=16)
def _normal_points(dimensions: int, points: int) -> np.ndarray:
    """Return points of a normal distribution, shape (points, dimensions), always the same."""
    return special.ndtri(qmc.Sobol(dimensions, rng=SEED).random(points))


def _root(matrix: np.ndarray) -> np.ndarray:
    """Return L with L L' the matrix, a column for each dimension that the earlier ones lack.

    Cholesky's factor in the given order, without the columns that a singular matrix leaves
    empty: unlike eigenvectors it does not depend on how a machine rounds.
    """
    rest, columns = np.array(matrix, dtype=float), []
    for at in range(len(rest)):
        if rest[at, at] > 1e-9:
            column = rest[:, at] / np.sqrt(rest[at, at])
            columns.append(column)
            rest = rest - np.outer(column, column)
    return np.column_stack(columns)
