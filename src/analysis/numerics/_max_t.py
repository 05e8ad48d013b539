"""The critical value that makes intervals hold together: the max-t distribution."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from scipy import linalg, optimize, special, stats
from scipy.stats import qmc

#: Points of the quasi-random sequence for each statistic, and for all together: the critical value
#: is right to 0.0002, with few degrees of freedom to 0.0006 (against R's mvtnorm, of golden cases
#: and small surveys); of more than 16 statistics, which have fewer points each, to 0.0006 too.
POINTS, ALL_POINTS = 2**12, 2**16

#: Seed of the sequence's scrambling, which is always the same one.
SEED = 20231015

#: Statistics nearer than this to the bound are beyond it: those that are one up to their sign.
_SAME = 1e-9


def critical_value(
    correlations: Sequence[np.ndarray],
    conf_level: float,
    *,
    df: float | None = None,
    points: int = 0,
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
        Degrees of freedom of a multivariate t, with one chi-squared variable for all groups; the
        normal distribution without.
    points : int
        How many points the distribution is made from for each statistic, a power of 2; by default
        `POINTS`, and fewer of very many statistics.

    Returns
    -------
    float
        At least the pointwise value; that value itself if nothing varies, or if all statistics
        are one and the same up to their sign.

    Notes
    -----
    The chance that any |T_k| is beyond c is the sum over k of P(|T_k| > c) E(1 / N), where N
    counts the statistics beyond c and the mean is over samples with T_k beyond it: a union is
    counted once (Naiman and Wynn 1997, Ann. Statist. 25; Hothorn, Bretz and Westfall 2008,
    Biom. J. 50, for simultaneous intervals). Only 1 / N, which is mostly 1, is simulated, from one
    scrambled Sobol sequence with a fixed seed: that errs far less than simulating the maximum,
    and the same correlations give the same value. R's `mvtnorm` is the check. Without a df the
    chances of several groups are multiplied; with one they are one group with blocks.

    Examples
    --------
    >>> round(critical_value([np.eye(2)], 0.95), 2), round(critical_value([np.eye(1)], 0.95), 6)
    (2.24, 1.959964)
    """
    pointwise = float(
        stats.norm.isf((1 - conf_level) / 2)
        if df is None
        else stats.t.isf((1 - conf_level) / 2, df)
    )
    groups = [_varying(each) for each in correlations if np.diag(each).any()]
    if sum(_root(each).shape[1] for each in groups) < 2:
        return pointwise
    if df is not None:
        groups = [linalg.block_diag(*groups)]
    shared = ALL_POINTS // max(len(each) for each in groups)
    points = points or max(2**7, min(POINTS, 2 ** (shared.bit_length() - 1)))
    beyond = [_share_beyond(each, df, points) for each in groups]

    @cache
    def excess(bound: float) -> float:
        return float(np.prod([1 - share(bound) for share in beyond])) - conf_level

    # Bonferroni's bound is never too low, whatever the correlations; a hair more for rounding.
    each = (1 - conf_level) / 2 / sum(map(len, groups))
    highest = float(stats.norm.isf(each) if df is None else stats.t.isf(each, df)) * (1 + 1e-9)
    if excess(pointwise) >= 0:
        return pointwise
    return float(optimize.brentq(excess, pointwise, highest, xtol=1e-9))


def _varying(matrix: np.ndarray) -> np.ndarray:
    """Return the correlations of the statistics that vary."""
    kept = np.diag(matrix) > 0
    return np.asarray(matrix, dtype=float)[np.ix_(kept, kept)]


def _share_beyond(matrix: np.ndarray, df: float | None, points: int) -> Callable[[float], float]:
    """Return the chance that any |T_k| of a group is beyond a bound, as a function of the bound."""
    if len(matrix) == 1 and df is None:
        return lambda bound: float(special.erfc(bound / np.sqrt(2)))
    roots = [_root(matrix - np.outer(each, each)) for each in matrix]
    drawn = qmc.Sobol(2 + max(each.shape[1] for each in roots), rng=SEED)
    parts = []
    for own, root in zip(matrix, roots, strict=True):
        sample = drawn.random(points)
        others = (special.ndtri(sample[:, 2 : 2 + root.shape[1]]) @ root.T).T
        spread = None if df is None else stats.chi2.ppf(sample[:, 1], df + 1)
        parts.append((sample[:, 0].copy(), own, np.ascontiguousarray(others), spread))

    def share(bound: float) -> float:
        above = special.ndtr(-bound) if df is None else special.stdtr(df, -bound)
        counted = [np.mean(1 / _beyond(bound, above, df, *part)) for part in parts]
        return float(2 * above * np.sum(counted))

    return share


def _beyond(
    bound: float,
    above: float,
    df: float | None,
    place: np.ndarray,
    own: np.ndarray,
    others: np.ndarray,
    spread: np.ndarray | None,
) -> np.ndarray:
    """Count the statistics beyond a bound in samples where one, of correlations `own`, is above.

    `others` has a row a statistic, which is how a sum over statistics is fast.

    It has the quantile `place` of its tail; the rest follow from it and from `others`, which it
    does not tell, as wide as its size and `spread` (chi-squared) make a t distribution.
    """
    if spread is None:
        first = -special.ndtri(place * above)
    else:
        first = -special.stdtrit(df, place * above)
        others = others * np.sqrt((df + first**2) / spread)
    every = np.multiply.outer(own, first)
    every += others
    np.abs(every, out=every)
    return np.add.reduce(every >= bound - _SAME, axis=0, dtype=np.uint16)


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
    return np.column_stack(columns) if columns else np.zeros((len(rest), 0))
