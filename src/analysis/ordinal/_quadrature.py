"""The likelihood of the model with a normal random intercept, by adaptive quadrature."""

import numpy as np

from analysis.ordinal._likelihood import LEAST, Cumulative, answer_shares, assemble, curvature
from analysis.ordinal._links import Link

#: Nodes of the matrix that guides the search where the likelihood itself has fewer.
GUIDE = 7

#: Nodes of the covariance where the likelihood has ten or more.
FINE = 30

#: A spread beyond this, on the scale of the link, is not searched.
WIDEST = 20.0


class Mixed:
    """Negative log-likelihood of coefficients, thresholds and the spread of the groups.

    People of group g share v_g ~ N(0, 1): a_pj = z_p't_j - x_p'b - s v_g. With

        h_g(v) = sum_pj C_pj log pi_pj(v) - v^2 / 2,   m its maximum,   D = -h''(m),

    adaptive Gauss-Hermite quadrature with nodes x_k and weights w_k gives

        l_g = log sum_k w_k exp(h_g(v_k) + x_k^2) - log(pi D) / 2,   v_k = m + x_k sqrt(2 / D),

    Laplace's approximation if there is one node (Pinheiro and Bates 1995, J. Comput. Graph. Stat.
    4; Liu and Pierce 1994, Biometrika 81). The gradient is that of this sum, with the
    derivatives of m and D; in place of the Hessian stands Louis' (1982, J. R. Stat. Soc. B 44),
    which leaves the movement of the nodes out. l does not change with the sign of s.
    """

    def __init__(
        self,
        counts: np.ndarray,
        exog: np.ndarray,
        freed: np.ndarray,
        link: Link,
        group: np.ndarray,
        nodes: int,
    ) -> None:
        self.plain = Cumulative(counts, exog, freed, link)
        self.counts, self.link, self.group = counts, link, group
        self.first = np.flatnonzero(np.r_[True, np.diff(group) > 0])
        self.x, self.w = np.polynomial.hermite.hermgauss(nodes)
        self.some = counts > 0
        self.mode = np.zeros(len(self.first))
        self.guide = None
        if nodes < GUIDE:
            self.guide = Mixed(counts, exog, freed, link, group, GUIDE)

    def start(self, plain: np.ndarray, spread: float = 0.5) -> np.ndarray:
        """Return where to begin: the fit without groups, and a middling spread."""
        return np.r_[plain, spread]

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Add values of patterns up to those of groups, along the first axis."""
        return np.add.reduceat(values, self.first, axis=0)

    def modes(self, parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return m and D of each group, found by Newton's method; h is concave."""
        edges, spread = self.plain.edges(parameters[:-1]), parameters[-1]
        v = self.mode.copy()
        for _ in range(100):
            shifted = edges - spread * v[self.group, None]
            slope, diagonal, beside = curvature(self.link, shifted, self.counts)
            first = -spread * self.sums(slope.sum(axis=1)) - v
            second = spread**2 * self.sums(diagonal.sum(axis=1) + 2 * beside.sum(axis=1)) - 1
            step = np.clip(first / second, -2.0, 2.0)
            v -= step
            if np.abs(step).max() < 1e-12:
                break
        self.mode = np.where(np.isfinite(v), v, 0.0)
        return v, -second

    def value(self, parameters: np.ndarray) -> float:
        """Return the negative log-likelihood; infinite where thresholds are out of order."""
        if abs(parameters[-1]) > WIDEST:
            return np.inf
        edges = self.plain.edges(parameters[:-1])
        if not (answer_shares(self.link, edges)[self.some] > 0).all():
            return np.inf
        mode, curve = self.modes(parameters)
        return -float(self._nodes(edges, parameters[-1], mode, curve)[2].sum())

    def _nodes(
        self, edges: np.ndarray, spread: float, mode: np.ndarray, curve: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return v_k of each group, the weight of each node, and l_g."""
        v = mode[:, None] + self.x * np.sqrt(2 / curve)[:, None]
        chance = answer_shares(self.link, self._shifted(edges, spread, v))
        logs = np.log(np.maximum(chance, 1e-300), out=chance)
        terms = self.sums(np.einsum("pj,pkj->pk", self.counts, logs))
        terms += np.log(self.w) + self.x**2 - v**2 / 2
        top = terms.max(axis=1, keepdims=True)
        weight = np.exp(terms - top)
        total = weight.sum(axis=1, keepdims=True)
        log_sum = (top + np.log(total))[:, 0] - 0.5 * np.log(np.pi * curve)
        return v, weight / total, log_sum

    def _shifted(self, edges: np.ndarray, spread: float, v: np.ndarray) -> np.ndarray:
        """Return a_pj at each node, shape (patterns, nodes, answers - 1)."""
        return edges[:, None, :] - (spread * v)[self.group][:, :, None]

    def gradient(self, parameters: np.ndarray) -> np.ndarray:
        """Return the gradient of `value`."""
        return self._derivatives(parameters, louis=False)[0]

    def derivatives(self, parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the gradient of `value` and Louis' matrix in place of its Hessian.

        Few nodes miss what Louis' matrix needs, the spread of v given the answers: then it is
        made with more of them.
        """
        if self.guide is None:
            return self._derivatives(parameters, louis=True)[:2]
        return self.gradient(parameters), self.guide.derivatives(parameters)[1]

    def _derivatives(self, parameters: np.ndarray, *, louis: bool) -> tuple[np.ndarray, ...]:
        edges, s = self.plain.edges(parameters[:-1]), parameters[-1]
        mode, curve = self.modes(parameters)
        v, weight, _ = self._nodes(edges, s, mode, curve)
        counts = np.broadcast_to(self.counts[:, None, :], (*edges.shape[:1], *self._size()))
        slope, diagonal, beside = curvature(self.link, self._shifted(edges, s, v), counts)
        of_pattern = weight[self.group]
        total = self.sums(slope.sum(axis=2))
        downhill = -s * total - v
        along, along_x = (weight * downhill).sum(axis=1), (weight * downhill) @ self.x
        inner = np.einsum("pk,pkj->pj", of_pattern, slope)
        by_spread = -(weight * v * total).sum(axis=1)
        gradient = -self._moving(edges, s, mode, curve, inner, by_spread, along, along_x)
        if not louis:
            return gradient, np.empty(0), np.empty(0)
        matrix = np.zeros((len(parameters),) * 2)
        mean_score = np.zeros((len(mode), len(parameters)))
        for k in range(len(self.x)):
            exog = np.column_stack([self.plain.exog, v[self.group, k]])
            part = of_pattern[:, [k]]
            blocks = assemble(exog, self.plain.freed, part * diagonal[:, k], part * beside[:, k])
            score = self._group_scores(slope[:, k], -v[:, k] * total[:, k])
            mean_score += weight[:, [k]] * score
            matrix += self._reordered(blocks) + score.T @ (weight[:, [k]] * score)
        return gradient, mean_score.T @ mean_score - matrix, mean_score

    def _size(self) -> tuple[int, int]:
        return len(self.x), self.counts.shape[1]

    def _moving(
        self,
        edges: np.ndarray,
        s: float,
        mode: np.ndarray,
        curve: np.ndarray,
        inner: np.ndarray,
        by_spread: np.ndarray,
        along: np.ndarray,
        along_x: np.ndarray,
    ) -> np.ndarray:
        """Add to the gradient what comes from the movement of mode and curvature."""
        shifted = edges - s * mode[self.group, None]
        rows, by_edge, (first, second, third) = _common_shift(self.link, shifted, self.counts)
        one, two, three = self.sums(first), self.sums(second), self.sums(third)
        by_curve = -0.5 / curve - along_x / np.sqrt(2) * curve**-1.5
        kappa = (along + by_curve * s**3 * three) * s / curve
        lam = by_curve * s**2
        inner = inner - kappa[self.group, None] * rows - lam[self.group, None] * by_edge
        mode_by_s = (-one + s * mode * two) / curve
        curve_by_s = -2 * s * two + s**2 * three * (mode + s * mode_by_s)
        by_spread = by_spread + along * mode_by_s + by_curve * curve_by_s
        return np.r_[self.plain.collect(inner), by_spread.sum()]

    def _reordered(self, matrix: np.ndarray) -> np.ndarray:
        """Move the spread, which was the last coefficient, behind the thresholds."""
        size = self.plain.size
        order = np.r_[np.arange(size), np.arange(size + 1, len(matrix)), size]
        return matrix[np.ix_(order, order)]

    def _group_scores(self, slope: np.ndarray, by_spread: np.ndarray) -> np.ndarray:
        """Return the derivatives of each group's h by the parameters at one node."""
        by_coefficients = -self.sums(slope.sum(axis=1)[:, None] * self.plain.exog)
        freed = self.plain.freed
        columns = [self.sums(freed[:, [z]] * slope) for z in range(freed.shape[1])]
        return np.hstack([by_coefficients, *columns, by_spread[:, None]])

    def information(self, parameters: np.ndarray) -> np.ndarray:
        """Return the matrix whose inverse is the covariance.

        Ten nodes or more follow the integral so closely that its Hessian is theirs: that is
        Louis' matrix with many nodes, and costs one gradient instead of two for each parameter.
        """
        return self.scores(parameters)[1] if len(self.x) >= 10 else self.hessian(parameters)

    def scores(self, parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the derivatives of each group's l, a row a group, and Louis' matrix.

        Both with many nodes, whatever their number here.
        """
        plain = self.plain
        fine = Mixed(plain.counts, plain.exog, plain.freed, self.link, self.group, FINE)
        _, matrix, scores = fine._derivatives(parameters, louis=True)
        return scores, matrix

    def hessian(self, parameters: np.ndarray, step: float = 1e-4) -> np.ndarray:
        """Return the Hessian of `value`: central differences of the exact gradient."""
        size = len(parameters)
        matrix = np.empty((size, size))
        for at in range(size):
            move = np.zeros(size)
            move[at] = step
            matrix[at] = self.gradient(parameters + move) - self.gradient(parameters - move)
        matrix /= 2 * step
        return (matrix + matrix.T) / 2


def _common_shift(
    link: Link, edges: np.ndarray, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Return derivatives by a shift that all edges of a pattern share.

    Parameters
    ----------
    link : Link
        The link.
    edges, counts : numpy.ndarray
        a_pj and C_pj, shapes (patterns, answers - 1) and (patterns, answers).

    Returns
    -------
    tuple of numpy.ndarray
        The first and the second derivative of the log-likelihood by the shift, each
        differentiated by every edge, shape (patterns, answers - 1); and the first, second and
        third derivative by the shift, shape (patterns,).
    """
    low, high = link.below(edges)
    density, tilt, bend = link.slopes(edges, low, high)
    chance = np.maximum(answer_shares(link, edges), LEAST)
    ratio = np.divide(counts, chance, out=np.zeros_like(chance), where=counts > 0)
    inverse = np.divide(1.0, chance, out=np.zeros_like(chance), where=counts > 0)
    none = np.zeros((len(edges), 1))
    speed = np.diff(np.hstack([none, density, none]), axis=1) * inverse
    pace = np.diff(np.hstack([none, tilt, none]), axis=1) * inverse
    rows = np.zeros_like(edges)
    by_edge = np.zeros_like(edges)
    for sign, side in ((1, slice(None, -1)), (-1, slice(1, None))):
        q, r, c = speed[:, side], pace[:, side], sign * ratio[:, side]
        rows += c * (tilt - q * density)
        by_edge += c * (bend - 2 * q * tilt + (2 * q**2 - r) * density)
    first = (counts * speed).sum(axis=1)
    second = (counts * (pace - speed**2)).sum(axis=1)
    return rows, by_edge, (first, second, by_edge.sum(axis=1))
