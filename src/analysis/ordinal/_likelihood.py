"""The likelihood of the cumulative link model, with its derivatives, over patterns of people."""

import numpy as np

from analysis.ordinal._links import Link

#: Shares below this count as this in derivatives, so that no step far out overflows.
LEAST = 1e-100


class Cumulative:
    """Negative log-likelihood of coefficients b then thresholds, with its derivatives.

    Pattern p has counts C_pj of the answers j = 1..J, predictors x_p and, for terms freed from
    proportional odds, predictors z_p with a first column of ones. With a_pj = z_p't_j - x_p'b,

        P(Y <= j) = F(a_pj),   pi_pj = F(a_pj) - F(a_p,j-1),   l = sum_pj C_pj log pi_pj.

    l depends on pattern p through a_p1..a_p,J-1 alone, and pi_pj on two of them: so the second
    derivatives by them are tridiagonal, and the Hessian is a sum over patterns of X and Z with
    these. l is concave for these links (Pratt 1981, JASA 76).
    """

    def __init__(self, counts: np.ndarray, exog: np.ndarray, freed: np.ndarray, link: Link) -> None:
        self.counts, self.exog, self.freed, self.link = counts, exog, freed, link
        self.size, self.cuts = exog.shape[1], counts.shape[1] - 1
        self.some = counts > 0
        self.known: tuple = (None,)

    def start(self) -> np.ndarray:
        """Return no effects, and the thresholds that the answers alone give."""
        totals = self.counts.sum(axis=0)
        below = np.cumsum(totals)[:-1] / totals.sum()
        freed = np.zeros((self.freed.shape[1], self.cuts))
        freed[0] = self.link.inverse(below)
        return np.r_[np.zeros(self.size), freed.ravel()]

    def edges(self, parameters: np.ndarray) -> np.ndarray:
        """Return a_pj, shape (patterns, answers - 1)."""
        thresholds = parameters[self.size :].reshape(-1, self.cuts)
        return self.freed @ thresholds - (self.exog @ parameters[: self.size])[:, None]

    def at(self, parameters: np.ndarray) -> tuple[np.ndarray, ...]:
        """Return the edges, F and 1 - F there, and the shares; the last ones are kept."""
        if self.known[0] is None or not np.array_equal(self.known[0], parameters):
            edges = self.edges(parameters)
            low, high = self.link.below(edges)
            self.known = (parameters.copy(), edges, low, high, _differences(low, high))
        return self.known[1:]

    def value(self, parameters: np.ndarray) -> float:
        """Return the negative log-likelihood; infinite where thresholds are out of order."""
        chance = self.at(parameters)[-1]
        if not (chance[self.some] > 0).all():
            return np.inf
        return -float(self.counts[self.some] @ np.log(chance[self.some]))

    def derivatives(self, parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return gradient and Hessian of `value`."""
        slope, diagonal, beside = _curvature(self.link, self.counts, *self.at(parameters))
        return -self.collect(slope), -assemble(self.exog, self.freed, diagonal, beside)

    def collect(self, slope: np.ndarray) -> np.ndarray:
        """Return the derivatives by the parameters from those by a_pj."""
        by_coefficients = -(slope.sum(axis=1) @ self.exog)
        return np.r_[by_coefficients, (self.freed.T @ slope).ravel()]

    def score_squares(self, parameters: np.ndarray, amounts: np.ndarray) -> np.ndarray:
        """Return the sum over people of amounts times their score times its transpose.

        A person who gave answer j has derivatives f_j / pi_j by a_j and -f_(j-1) / pi_j by
        a_(j-1): their products are tridiagonal too.
        """
        edges, low, high, chance = self.at(parameters)
        density = self.link.slopes(edges, low, high)[0]
        ratio = np.divide(amounts, chance**2, out=np.zeros_like(chance), where=amounts > 0)
        diagonal = density**2 * (ratio[:, :-1] + ratio[:, 1:])
        beside = -density[:, :-1] * density[:, 1:] * ratio[:, 1:-1]
        return assemble(self.exog, self.freed, diagonal, beside)


def answer_shares(link: Link, edges: np.ndarray) -> np.ndarray:
    """Return the probability of each answer from a_pj.

    Parameters
    ----------
    link : Link
        The link.
    edges : numpy.ndarray
        a_pj on the last axis.

    Returns
    -------
    numpy.ndarray
        One more on the last axis; rows add up to 1.
    """
    return _differences(*link.below(edges))


def _differences(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the shares between the edges from F and 1 - F there, without loss in the tails."""
    between = np.where(
        low[..., :-1] > 0.5, high[..., :-1] - high[..., 1:], low[..., 1:] - low[..., :-1]
    )
    return np.concatenate([low[..., :1], between, high[..., -1:]], axis=-1)


def curvature(
    link: Link, edges: np.ndarray, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the derivatives of the log-likelihood by the edges a_pj.

    Parameters
    ----------
    link : Link
        The link.
    edges : numpy.ndarray
        a_pj on the last axis.
    counts : numpy.ndarray
        C_pj, one more on the last axis.

    Returns
    -------
    tuple of numpy.ndarray
        First derivatives, second derivatives by the same edge, and by neighbouring ones.
    """
    low, high = link.below(edges)
    return _curvature(link, counts, edges, low, high, _differences(low, high))


def _curvature(
    link: Link,
    counts: np.ndarray,
    edges: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    chance: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    density, tilt, _ = link.slopes(edges, low, high)
    chance = np.maximum(chance, LEAST)
    ratio = np.divide(counts, chance, out=np.zeros_like(chance), where=counts > 0)
    square = np.divide(ratio, chance, out=np.zeros_like(chance), where=counts > 0)
    change = ratio[..., :-1] - ratio[..., 1:]
    diagonal = tilt * change - density**2 * (square[..., :-1] + square[..., 1:])
    beside = density[..., :-1] * density[..., 1:] * square[..., 1:-1]
    return density * change, diagonal, beside


def assemble(
    exog: np.ndarray, freed: np.ndarray, diagonal: np.ndarray, beside: np.ndarray
) -> np.ndarray:
    """Return sum_p A_p' T_p A_p, where A_p are the derivatives of a_p by the parameters.

    Parameters
    ----------
    exog, freed : numpy.ndarray
        Predictors x_p and z_p, shapes (patterns, coefficients) and (patterns, freed columns).
    diagonal, beside : numpy.ndarray
        The tridiagonal T_p, shapes (patterns, cuts) and (patterns, cuts - 1).

    Returns
    -------
    numpy.ndarray
        Square, coefficients first, then the thresholds of each freed column.
    """
    size, columns, cuts = exog.shape[1], freed.shape[1], diagonal.shape[1]
    rows = diagonal.copy()
    rows[:, 1:] += beside
    rows[:, :-1] += beside
    matrix = np.empty((size + columns * cuts,) * 2)
    matrix[:size, :size] = exog.T @ (rows.sum(axis=1)[:, None] * exog)
    at = np.arange(cuts)
    for first in range(columns):
        here = slice(size + first * cuts, size + (first + 1) * cuts)
        matrix[:size, here] = -(exog.T @ (freed[:, [first]] * rows))
        matrix[here, :size] = matrix[:size, here].T
        for second in range(columns):
            both = freed[:, first] * freed[:, second]
            block = np.diag(both @ diagonal)
            block[at[:-1], at[1:]] = block[at[1:], at[:-1]] = both @ beside
            matrix[here, size + second * cuts : size + (second + 1) * cuts] = block
    return matrix
