"""The posterior of a binomial model with normal effects: spreads integrated, the rest drawn."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import linalg, special

#: Values of all spreads together that the integral is taken over, about.
NODES = 600

#: Spreads are integrated up to so many times the scale of their prior, and twice more without
#: the ends that together hold less than a mass of `SMALL`.
REACH, SMALL = 4.0, 1e-7

#: A Newton step moves no cell's logit by more than this, and the search ends below the second.
LONGEST, SHORTEST, MOST = 2.0, 1e-9, 200


@dataclass(frozen=True, kw_only=True)
class Cells:
    """People counted by cell: of the `n` in each, `y` are a yes.

    `design` has a row a cell: 1 for the intercept, then an indicator a level of each factor.
    `factor` says of each column which factor it is of, -1 for the intercept.
    """

    y: np.ndarray
    n: np.ndarray
    design: np.ndarray
    factor: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Posterior:
    """Draws of the coefficients, shape (draws, columns), each with a weight; these add up to 1.

    `nodes` are the values of the spreads, shape (nodes, factors), `mass` the probability of each
    by Laplace's method, `modes` the coefficients that are most likely at each.
    """

    draws: np.ndarray
    weight: np.ndarray
    nodes: np.ndarray
    mass: np.ndarray
    modes: np.ndarray

    @property
    def effective(self) -> float:
        """How many draws of equal weight would tell as much (Kish)."""
        return float(1 / (self.weight**2).sum())


def posterior(
    cells: Cells, known: np.ndarray, *, scale: float, draws: int, rng: np.random.Generator
) -> Posterior:
    """Draw from the posterior of the coefficients.

    Parameters
    ----------
    cells : Cells
        The people.
    known : numpy.ndarray
        The spread of each factor, NA where it is to be integrated.
    scale : float
        Of the half-normal prior of these.
    draws : int
        How many.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    Posterior
        Exact but for the number of draws and of nodes.

    Notes
    -----
    Coefficients are s z, z ~ N(0, 1), s the spread of the factor; the intercept has a flat prior.
    At each node of the spreads z is normal about its mode (Laplace's method; Rue, Martino and
    Chopin 2009, J. R. Stat. Soc. B 71), which gives the node its mass. Nodes are then taken in
    steps of equal mass, z from that normal, and the draws weighed by what the binomial likelihood
    has beyond it (importance sampling), so that no normal shape is supposed.
    """
    ends = np.tile([0.0, REACH * scale], (len(known), 1))
    for _ in range(3):
        nodes, prior = spread_nodes(known, scale, ends)
        modes, hessians, heights = modes_at(cells, nodes)
        mass = special.softmax(prior + heights - np.linalg.slogdet(hessians)[1] / 2)
        ends = _narrowed(nodes, mass, ends)
    at = np.searchsorted(np.cumsum(mass), (np.arange(draws) + 0.5) / draws)
    at = np.minimum(at, len(mass) - 1)
    noise = rng.standard_normal((draws, modes.shape[1]))
    z = modes[at]
    for node in np.unique(at):
        here = at == node
        root = linalg.cholesky(hessians[node], lower=True)
        z[here] += linalg.solve_triangular(root, noise[here].T, lower=True, trans="T").T
    coefficients = z * column_spreads(cells, nodes)[at]
    excess = _height(cells, coefficients, z) - heights[at] + (noise**2).sum(axis=1) / 2
    return Posterior(
        draws=coefficients,
        weight=special.softmax(excess),
        nodes=nodes,
        mass=mass,
        modes=modes * column_spreads(cells, nodes),
    )


def spread_nodes(
    known: np.ndarray, scale: float, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return values of the spreads, and the logarithm of the prior mass of each.

    Parameters
    ----------
    known : numpy.ndarray
        The spread of each factor, NA where it is to be integrated.
    scale : float
        Of the half-normal prior.
    ends : numpy.ndarray
        The lowest and the highest value of each, shape (factors, 2).

    Returns
    -------
    tuple of numpy.ndarray
        Shapes (nodes, factors) and (nodes,).

    Notes
    -----
    Gauss-Legendre in t from 0 to 1, t^2 being the way from end to end: closer where it is small.

    Examples
    --------
    >>> ends = np.array([[0.0, 2.0], [0.0, 2.0]])
    >>> nodes, logs = spread_nodes(np.array([np.nan, 1.0]), 0.5, ends)
    >>> mass = np.exp(logs) / np.exp(logs).sum()
    >>> round(float(mass @ nodes[:, 0]), 4), set(nodes[:, 1].tolist())
    (0.3988, {1.0})
    """
    free = np.isnan(known)
    count = int(np.clip(NODES ** (1 / max(free.sum(), 1)), 8, 64))
    x, weight = np.polynomial.legendre.leggauss(count)
    t = (x + 1) / 2
    values = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * t**2
    logs = np.log(weight * t) - (values / scale) ** 2 / 2
    ways = [range(count) if each else [0] for each in free]
    picked = np.array(list(product(*ways)))
    factors = np.arange(len(known))
    nodes = np.where(free, values[factors, picked], known)
    return nodes, np.where(free, logs[factors, picked], 0.0).sum(axis=1)


def _narrowed(nodes: np.ndarray, mass: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return ends of the spreads that leave out what has hardly any mass."""
    found = ends.copy()
    for factor, column in enumerate(nodes.T):
        values, at = np.unique(column, return_inverse=True)
        below = np.cumsum(np.bincount(at, mass))
        low, high = np.searchsorted(below, [SMALL / 2, 1 - SMALL / 2])
        if low > 0:
            found[factor, 0] = values[low - 1]
        if high + 1 < len(values):
            found[factor, 1] = values[high + 1]
    return found


def column_spreads(cells: Cells, nodes: np.ndarray) -> np.ndarray:
    """Return the spread of each coefficient at each node; 1 for the intercept."""
    return np.where(cells.factor >= 0, nodes[:, cells.factor], 1.0)


def modes_at(cells: Cells, nodes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find where the posterior is highest for given spreads, all at once.

    Parameters
    ----------
    cells : Cells
        The people.
    nodes : numpy.ndarray
        Shape (nodes, factors).

    Returns
    -------
    tuple of numpy.ndarray
        z of shape (nodes, columns), the negative Hessian there, and the log posterior density.

    Raises
    ------
    ValueError
        If the search does not end.
    """
    spreads, design = column_spreads(cells, nodes), cells.design
    size = design.shape[1]
    pairs = (design[:, :, None] * design[:, None, :]).reshape(len(design), size**2)
    ridge = (cells.factor >= 0).astype(float)
    z = np.zeros_like(spreads)
    z[:, cells.factor < 0] = special.logit(cells.y.sum() / cells.n.sum())
    for _ in range(MOST):
        shares = special.expit((z * spreads) @ design.T)
        slope = spreads * ((cells.y - cells.n * shares) @ design) - ridge * z
        bend = (cells.n * shares * (1 - shares)) @ pairs
        hessians = spreads[:, :, None] * bend.reshape(-1, size, size) * spreads[:, None, :]
        hessians += np.diag(ridge)
        step = np.linalg.solve(hessians, slope[..., None])[..., 0]
        moved = np.abs((spreads * step) @ design.T).max(axis=1)
        z += step * np.minimum(1.0, LONGEST / np.maximum(moved, LONGEST))[:, None]
        if moved.max() < SHORTEST:
            return z, hessians, _height(cells, z * spreads, z)
    raise ValueError(f"the most likely coefficients are not found in {MOST} steps")


def _height(cells: Cells, coefficients: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Return the log posterior density of coefficients, up to a constant."""
    logits = coefficients @ cells.design.T
    likelihood = logits @ cells.y - _softplus(logits) @ cells.n
    return likelihood - (z[:, cells.factor >= 0] ** 2).sum(axis=1) / 2


def _softplus(logits: np.ndarray) -> np.ndarray:
    """Return log(1 + exp(logits)) to within 1e-15, five times as fast as `numpy.logaddexp`.

    Beyond 700, where the exponential would overflow, it is the logit itself.
    """
    inside = np.minimum(logits, 700.0)
    return np.log(1.0 + np.exp(inside)) + (logits - inside)
