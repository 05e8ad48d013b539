"""The likelihood of shares of groups that vary by a beta distribution, and its integral."""

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from analysis.numerics import Density, density

#: From here on Stirling's series of log Gamma is right to the last digit.
LARGE = 16.0

#: Groups whose likelihood is taken together: all of most surveys, and not all of a country.
_AT_ONCE = 16

#: Nodes over the mean of the groups, and how many of its standard deviations they reach.
MEAN_NODES, REACH = 32, 8.0


@dataclass(frozen=True, kw_only=True)
class BetaBinomial:
    """The distribution of spread and mean of the groups, given the people counted.

    `spread` is the density of r, the spread as a part of the widest. `concentration` is k, shape
    (nodes of r,); `means` and `mass` have the nodes of the mean for each, shape (nodes of r,
    nodes of m). `statistic` and `p_value` are of the test that r is 0.
    """

    spread: Density
    concentration: np.ndarray
    means: np.ndarray
    mass: np.ndarray
    statistic: float
    p_value: float


def beta_binomial(y: np.ndarray, n: np.ndarray, *, fewest: int = 16) -> BetaBinomial:
    """Integrate spread and mean of the groups.

    Parameters
    ----------
    y, n : numpy.ndarray
        How many people of each group are a yes, and how many there are; shape (groups,).
    fewest : int
        Nodes that each panel of the spread has at least.

    Returns
    -------
    BetaBinomial
        Of y ~ Binomial(n, p), p ~ Beta(k m, k (1 - m)), r = 1 / sqrt(k + 1), with flat priors on
        r and m from 0 to 1.

    Notes
    -----
    The mean is integrated by Gauss-Legendre quadrature over `REACH` of its standard deviations to
    both sides, the spread as `numerics.density` does. The test is the likelihood ratio with the
    mean at everybody's share, where it has its maximum if there is no spread and where the two
    have uncorrelated scores (Tarone 1979, Biometrika 66), with half the p-value of chi-squared on
    1 degree of freedom, since a spread cannot be negative (Self and Liang 1987, JASA 82).
    """
    found = density(
        lambda part: special.logsumexp(_over_means(part, y, n)[1], axis=1),
        scale=1.0,
        bounded=True,
        fewest=fewest,
    )
    means, logs = _over_means(found.nodes, y, n)
    inside = np.exp(logs - special.logsumexp(logs, axis=1, keepdims=True))
    overall = np.array([[y.sum() / n.sum()]])
    best = density(lambda part: _log_ratio(part, overall, y, n)[:, 0], scale=1.0, bounded=True).mode
    statistic = 2 * float(_log_ratio(np.array([best]), overall, y, n)[0, 0])
    return BetaBinomial(
        spread=found,
        concentration=_concentration(found.nodes),
        means=means,
        mass=found.mass[:, None] * inside,
        statistic=max(statistic, 0.0),
        p_value=float(0.5 * stats.chi2.sf(statistic, 1)) if best > 0 else 1.0,
    )


def _over_means(part: np.ndarray, y: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return nodes of the mean for each spread, and log-likelihood plus log weight there."""
    within = part[:, None] ** 2
    variance = within + (1 - within) / n
    precision = (1 / variance).sum(axis=1)
    centre = (y / n / variance).sum(axis=1) / precision
    overall = y.sum() / n.sum()
    most = np.maximum(centre * (1 - centre), overall * (1 - overall))
    reach = REACH * np.sqrt(most / precision)
    low, high = np.maximum(centre - reach, 0.0), np.minimum(centre + reach, 1.0)
    x, weight = np.polynomial.legendre.leggauss(MEAN_NODES)
    half = (high - low)[:, None] / 2
    means = low[:, None] + half * (x + 1)
    return means, _log_ratio(part, means, y, n) + np.log(half * weight)


def _log_ratio(part: np.ndarray, means: np.ndarray, y: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return the log-likelihood of spreads and means, less that of no spread and everybody's share.

    `part` has shape (spreads,), `means` and the result (spreads or 1, means).
    """
    k = _concentration(part)[:, None]
    total = np.zeros(np.broadcast_shapes(k.shape, means.shape))
    for start in range(0, len(y), _AT_ONCE):
        yes, people = y[start : start + _AT_ONCE], n[start : start + _AT_ONCE]
        rises = _rise(k * means, yes) + _rise(k * (1 - means), people - yes) - _rise(k, people)
        total += rises.sum(axis=-1)
    overall = y.sum() / n.sum()
    total += special.xlogy(y.sum(), means / overall)
    return total + special.xlogy((n - y).sum(), (1 - means) / (1 - overall))


def _concentration(part: np.ndarray) -> np.ndarray:
    """Return k = 1 / r^2 - 1, infinite for 0."""
    with np.errstate(divide="ignore"):
        return (1 - part**2) / part**2


def _rise(start: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Return the sum over j < steps of log(1 + j / start), 0 for an infinite start.

    That is log Gamma(start + steps) - log Gamma(start) - steps log(start), by Stirling's series
    where the start is large, since there the difference would have no digits left. The result has
    a last axis more, of `steps`.
    """
    small = start < LARGE
    rise = np.empty((*start.shape, len(steps)))
    low, far = start[small][:, None], np.minimum(start[~small], 1e100)[:, None]
    rise[small] = special.gammaln(low + steps) - special.gammaln(low) - special.xlogy(steps, low)
    ratio = np.log1p(steps / far)
    series = (far - 0.5) * ratio + steps * (ratio - 1) + _correction(far + steps)
    rise[~small] = series - _correction(far)
    return rise


def _correction(at: np.ndarray) -> np.ndarray:
    """Return what log Gamma has beyond (at - 1/2) log(at) - at + log(2 pi) / 2."""
    square = (1 / at) ** 2
    return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / at
