"""Shares of groups drawn together: a random intercept with its spread integrated, and ranks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg

from analysis.numerics import minimise
from analysis.ordinal import Cumulative, OrdinalFit, find_link

#: Points of the grid over the spread.
GRID = 41


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """Shares of the groups of a model with a random intercept.

    `groups` has a row a group: `level, estimate, std_error, conf_low, conf_high, n, n_top,
    raw_share, weight, chance_lowest, gap, gap_low, gap_high`. `spread` is the standard deviation
    between groups: `estimate` (the most likely), `conf_low, conf_high`.
    """

    groups: pd.DataFrame
    spread: pd.Series
    overall: float


def pooled_shares(
    fitted: OrdinalFit,
    *,
    rng: np.random.Generator,
    answers: Sequence[str],
    lowest: int = 3,
    draws: int = 4000,
    conf_level: float = 0.95,
) -> Pooled:
    """Give each group's share of the named answers, drawn towards the others as chance explains.

    Parameters
    ----------
    fitted : OrdinalFit
        A model with a random intercept.
    rng : numpy.random.Generator
        Source of randomness.
    answers : sequence of str
        The answers whose share is meant, by label; those that nobody gave add nothing.
    lowest : int
        The ranks that `chance_lowest` is about.
    draws : int
        How many draws intervals and ranks are made from.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Pooled
        `estimate` is the mean of the draws, with everybody in the data set to the group;
        `raw_share` the share counted among the group's own people; `weight` how much of the
        group's intercept is its own at the most likely spread, between 0 and 1;
        `chance_lowest` the share of draws in which the group is among the `lowest`; `gap` by how
        much it lies above the mean of all groups (each counted by its people), draw by draw.

    Raises
    ------
    ValueError
        If the model has no random intercept or fewer than three groups; if an answer is not on
        the scale of the outcome, or nobody gave a named answer, or everybody.

    Notes
    -----
    Flat priors on coefficients, thresholds and the spread s. For each s of a grid the other
    parameters and the intercepts are drawn from the normal distribution at their joint mode, and
    the density of s is Laplace's approximation: -h(mode) - log|H| / 2 (Tierney and Kadane 1986,
    JASA 81; Rue, Martino and Chopin 2009, J. R. Stat. Soc. B 71). Since s is integrated and not
    plugged in, intervals do not collapse where its estimate is 0, and since the intercepts are
    drawn with the coefficients, they count what is unknown about these.

    Examples
    --------
    >>> from analysis import ordinal
    >>> make = np.random.default_rng(3)
    >>> place = pd.Categorical(np.repeat([*"pqrstu"], 40))
    >>> latent = make.logistic(size=240) + make.normal(size=6)[place.codes]
    >>> rating = pd.cut(pd.Series(latent), [-np.inf, -1, 1, np.inf], labels=[*"abc"])
    >>> data = pd.DataFrame({"rating": rating, "place": place})
    >>> found = pooled_shares(
    ...     ordinal.fit("rating ~ 1", data, random="place"),
    ...     answers=["c"], rng=np.random.default_rng(1),
    ... )
    >>> found.groups[["level", "estimate", "raw_share"]].round(2).head(2)
      level  estimate  raw_share
    0     p      0.15       0.15
    1     q      0.11       0.08
    """
    if fitted.random is None:
        raise ValueError(f"{fitted.formula!r} has no random intercept; fit it with `random`")
    data, groups, named = fitted.data, fitted.data.groups, fitted.split_by(answers)
    if len(groups) < 3:
        raise ValueError(f"{len(groups)} groups say nothing of a spread; three or more are needed")
    own = np.eye(len(groups))[data.group]
    spreads, modes, roots, log_density = _over_spreads(fitted, own)
    density = np.exp(log_density - log_density.max())
    mass = density / density.sum()
    chosen = np.sort(rng.choice(len(spreads), draws, p=mass))
    normal = rng.standard_normal((draws, modes.shape[1]))
    sampled = np.empty_like(normal)
    for at in np.unique(chosen):
        here = chosen == at
        sampled[here] = (
            modes[at] + linalg.solve_triangular(roots[at], normal[here].T, lower=True, trans="T").T
        )
    intercepts = sampled[:, -len(groups) :] * spreads[chosen][:, None]
    shares = _shares(fitted, sampled[:, : -len(groups)], intercepts, named)
    size = np.array([float((own[:, each] @ data.people).sum()) for each in range(len(groups))])
    gaps = shares - (shares @ size / size.sum())[:, None]
    order = shares.argsort(axis=1, kind="stable").argsort(axis=1)
    tail = (1 - conf_level) / 2
    low, high = np.quantile(shares, [tail, 1 - tail], axis=0)
    gap_low, gap_high = np.quantile(gaps, [tail, 1 - tail], axis=0)
    people = np.array([own[:, each] @ data.people for each in range(len(groups))])
    best = people[:, named].sum(axis=1)
    at = int(density.argmax())
    table = pd.DataFrame(
        {
            "level": list(groups),
            "estimate": shares.mean(axis=0),
            "std_error": shares.std(axis=0),
            "conf_low": low,
            "conf_high": high,
            "n": size.astype(int),
            "n_top": best.astype(int),
            "raw_share": best / size,
            "weight": _own_weight(fitted, own, spreads[at], modes[at]),
            "chance_lowest": (order < lowest).mean(axis=0),
            "gap": gaps.mean(axis=0),
            "gap_low": gap_low,
            "gap_high": gap_high,
        }
    )
    ends = np.interp([tail, 1 - tail], np.cumsum(mass), spreads)
    spread = pd.Series({"estimate": spreads[at], "conf_low": ends[0], "conf_high": ends[1]})
    return Pooled(groups=table, spread=spread, overall=float(best.sum() / people.sum()))


def _over_spreads(
    fitted: OrdinalFit, own: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[np.ndarray], np.ndarray]:
    """Return spreads, joint modes, Cholesky factors of the Hessians, and log densities."""
    data, link = fitted.data, find_link(fitted.link)
    size, count = data.exog.shape[1], own.shape[1]
    start = np.r_[fitted.parameters[:-1], np.zeros(count)]

    def at_spread(spread: float, begin: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
        model = Cumulative(data.counts, np.hstack([data.exog, spread * own]), data.freed, link)
        order = np.r_[:size, size + count : len(begin), size : size + count]
        back = np.argsort(order)

        def value(at: np.ndarray) -> float:
            return model.value(at[back]) + 0.5 * float(at[-count:] @ at[-count:])

        def derivatives(at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            gradient, hessian = model.derivatives(at[back])
            gradient, hessian = gradient[order], hessian[np.ix_(order, order)]
            gradient[-count:] += at[-count:]
            hessian[range(-count, 0), range(-count, 0)] += 1.0
            return gradient, hessian

        mode, _ = minimise(value, derivatives, begin, gain=1e-10)
        root = linalg.cholesky(derivatives(mode)[1], lower=True)
        return mode, root, -value(mode) - float(np.log(np.diag(root)).sum())

    end = max(2.5 * fitted.random.sd, 0.25)
    top = max(at_spread(each, start)[2] for each in np.linspace(0, end, 6))
    while end < 50 and at_spread(end, start)[2] > top - 9:
        end *= 1.3
        top = max(top, at_spread(end, start)[2])
    spreads = np.linspace(0, end, GRID)
    modes, roots, log_density = [], [], []
    for spread in spreads:
        start, root, value = at_spread(spread, start)
        modes.append(start)
        roots.append(root)
        log_density.append(value)
    return spreads, np.array(modes), roots, np.array(log_density)


def _shares(
    fitted: OrdinalFit, parameters: np.ndarray, intercepts: np.ndarray, named: np.ndarray
) -> np.ndarray:
    """Return the share of the named answers with everybody in each group, (draws, groups).

    With u_j = P(Y > j) it is the sum of u_j (m_(j+1) - m_j), m being 1 for a named answer, and 1
    more if the lowest answer is named.
    """
    data, link = fitted.data, find_link(fitted.link)
    cuts, size = len(fitted.answers) - 1, data.exog.shape[1]
    columns = data.freed.shape[1]
    design = np.hstack([data.exog, data.freed])
    unique, number = np.unique(design, axis=0, return_inverse=True)
    weight = np.bincount(number.ravel(), data.counts.sum(axis=1))
    weight /= weight.sum()
    thresholds = parameters[:, size:].reshape(len(parameters), columns, cuts)
    effects = parameters[:, :size] @ unique[:, :size].T
    found = np.full_like(intercepts, float(named[0]))
    steps = np.diff(named.astype(float))
    for cut in np.flatnonzero(steps):
        edges = thresholds[:, :, cut] @ unique[:, size:].T - effects
        for group in range(intercepts.shape[1]):
            above = link.below(edges - intercepts[:, [group]])[1] @ weight
            found[:, group] += steps[cut] * above
    return found


def _own_weight(fitted: OrdinalFit, own: np.ndarray, spread: float, mode: np.ndarray) -> np.ndarray:
    """Return s^2 I / (1 + s^2 I), I being the information that a group has on its intercept."""
    data, link = fitted.data, find_link(fitted.link)
    size, cuts = data.exog.shape[1], len(fitted.answers) - 1
    model = Cumulative(data.counts, np.hstack([data.exog, own]), data.freed, link)
    groups = own.shape[1]
    at = np.r_[mode[:size], spread * mode[-groups:], mode[size : size + cuts * data.freed.shape[1]]]
    information = np.diag(model.derivatives(at)[1])[size : size + groups]
    return spread**2 * information / (1 + spread**2 * information)
