"""A density on the positive numbers, integrated by Gauss-Legendre quadrature in panels."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.polynomial import legendre
from scipy import optimize

#: Ends of the panels, as shares of the way from 0 to the end: halved towards both.
EDGES = np.r_[0.0, 0.5 ** np.arange(16, 0, -1), 1 - 0.5 ** np.arange(2, 17), 1.0]

#: The fewest and the most nodes of a panel.
FEWEST, MOST = 16, 1024

#: The number of nodes is doubled until the logarithm of the integral moves by less than this.
SMALL = 1e-9


@dataclass(frozen=True, kw_only=True)
class Density:
    """A density with nodes and the mass of each, which add up to 1.

    The mean of f is `mass @ f(nodes)`. `mode` is where the density is highest. `scale` and
    `bounded` are as given to `density`.
    """

    nodes: np.ndarray
    mass: np.ndarray
    mode: float
    scale: float
    bounded: bool

    def quantile(self, share: float) -> float:
        """Return the value below which a share of the density lies.

        Parameters
        ----------
        share : float
            Between 0 and 1.

        Returns
        -------
        float
            From the polynomial through the nodes of the panel, integrated.
        """
        panels = self.mass.reshape(len(EDGES) - 1, -1)
        below = np.r_[0.0, np.cumsum(panels.sum(axis=1))]
        panel = int(np.clip(np.searchsorted(below, share) - 1, 0, len(panels) - 1))
        series = legendre.legint(_rule(panels.shape[1])[2] @ panels[panel])
        start = legendre.legval(-1.0, series)

        def excess(at: float) -> float:
            return below[panel] + float(legendre.legval(at, series) - start) - share

        if excess(-1.0) >= 0 or excess(1.0) <= 0:
            at = -1.0 if excess(-1.0) >= 0 else 1.0
        else:
            at = optimize.brentq(excess, -1.0, 1.0, xtol=1e-14)
        low, high = EDGES[panel : panel + 2]
        return float(_value(low + (high - low) * (at + 1) / 2, self.scale, self.bounded))

    def shortest(self, conf_level: float) -> tuple[float, float]:
        """Return the ends of the shortest interval that holds a share of the density.

        Parameters
        ----------
        conf_level : float
            The share, between 0 and 1.

        Returns
        -------
        tuple of float
            It begins at 0 where the density is highest there, and holds the mode.
        """
        found = optimize.minimize_scalar(
            lambda tail: self.quantile(tail + conf_level) - self.quantile(tail),
            bounds=(0.0, 1 - conf_level),
            method="bounded",
            options={"xatol": 1e-9},
        )
        high = self.quantile(conf_level)
        if self.mode == 0 or high <= found.fun:
            return 0.0, high
        ends = self.quantile(found.x), self.quantile(found.x + conf_level)
        return min(ends[0], self.mode), max(ends[1], self.mode)


def density(
    log_density: Callable[[np.ndarray], np.ndarray],
    *,
    scale: float,
    bounded: bool = False,
    fewest: int = FEWEST,
) -> Density:
    """Integrate a density over the positive numbers, or from 0 to `scale`.

    Parameters
    ----------
    log_density : callable
        Logarithm of a function proportional to it, of values in an array; finite at 0.
    scale : float
        The end if `bounded`, else a value of the size of those that matter.
    bounded : bool
        Whether values beyond `scale` have no mass.
    fewest : int
        Nodes that each panel has at least, a power of 2.

    Returns
    -------
    Density
        With so many nodes that doubling them moves the logarithm of the integral by less than
        `SMALL`.

    Raises
    ------
    ValueError
        If `MOST` nodes a panel are too few for that.

    Notes
    -----
    Values are x = scale t, or scale t / (1 - t), and t from 0 to 1 is cut into panels that halve
    towards both ends, each with a Gauss-Legendre rule. So a tail that falls like 1 / x^2 or
    faster is integrated to its end, and values much smaller or larger than `scale` are resolved.

    Examples
    --------
    >>> found = density(lambda x: -x, scale=1.0)
    >>> round(found.quantile(0.5), 9), round(float(found.mass @ found.nodes), 9)
    (0.693147181, 1.0)
    """
    count, known = fewest, None
    while True:
        x, w, _ = _rule(count)
        widths = np.diff(EDGES)[:, None]
        t = EDGES[:-1, None] + widths * (x + 1) / 2
        values = _value(t, scale, bounded)
        logs = log_density(values.ravel()).reshape(t.shape)
        stretch = np.zeros_like(t) if bounded else -2 * np.log1p(-t)
        top = (logs + stretch).max()
        parts = widths / 2 * w * np.exp(logs + stretch - top)
        total = np.log(parts.sum()) + top
        if known is not None and abs(total - known) < SMALL:
            nodes = values.ravel()
            mode = _mode(log_density, nodes, logs.ravel())
            mass = (parts / parts.sum()).ravel()
            return Density(nodes=nodes, mass=mass, mode=mode, scale=scale, bounded=bounded)
        if count == MOST:
            raise ValueError(f"{MOST} nodes a panel do not integrate this density; is it one?")
        count, known = 2 * count, total


@lru_cache(maxsize=8)
def _rule(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return nodes, weights, and the matrix from masses of the nodes to Legendre's series."""
    x, weights = legendre.leggauss(count)
    degree = np.arange(count)
    return x, weights, (degree[:, None] + 0.5) * legendre.legvander(x, count - 1).T


def _value(t: np.ndarray | float, scale: float, bounded: bool) -> np.ndarray | float:
    return scale * t if bounded else scale * t / np.maximum(1 - t, 1e-300)


def _mode(
    log_density: Callable[[np.ndarray], np.ndarray], nodes: np.ndarray, logs: np.ndarray
) -> float:
    """Return where the density is highest, 0 if it is no higher anywhere else."""
    at = int(logs.argmax())
    around = (nodes[max(at - 1, 0)] * (at > 0), nodes[min(at + 1, len(nodes) - 1)])
    best = optimize.minimize_scalar(
        lambda each: -log_density(np.array([each]))[0],
        bounds=around,
        method="bounded",
        options={"xatol": 1e-12 * around[1]},
    )
    ends = log_density(np.array([0.0, best.x]))
    return float(best.x) if ends[1] > ends[0] + SMALL else 0.0
