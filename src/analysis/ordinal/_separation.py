"""Separation: predictors that foretell an answer so well that no finite estimate exists."""

import numpy as np
from scipy import optimize

from analysis.ordinal._patterns import Patterns

#: A standard error of this size, on the scale of the link, makes one look for separation.
SUSPICIOUS = 20.0


def separated_terms(patterns: Patterns) -> list[str]:
    """Name the columns whose coefficients run away, if there are any.

    Parameters
    ----------
    patterns : Patterns
        What the model is fitted to.

    Returns
    -------
    list of str
        Names of columns; empty if the maximum of the likelihood is finite.

    Notes
    -----
    The likelihood has no finite maximum if in some direction of the parameters no observed
    answer becomes less likely and one becomes more likely (Albert and Anderson 1984, Biometrika
    71, for the logit; the cumulative model is log-concave as well). Answer j of pattern p does
    not become less likely if a_pj does not fall and a_p,j-1 does not rise. The direction with
    the most such changes is found by linear programming (Konis 2007, thesis, Oxford). Where a
    pattern gave two neighbouring answers, the edge between them can only stay: if these edges
    alone leave no direction, as in any large survey, nothing is left to look for.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.ordinal._patterns import to_patterns
    >>> rating = pd.Categorical([*"aabbcc"], ordered=True)
    >>> apart = pd.DataFrame({"rating": rating, "group": pd.Categorical([*"pppqqq"])})
    >>> mixed = pd.DataFrame({"rating": rating, "group": pd.Categorical([*"pqpqpq"])})
    >>> [separated_terms(to_patterns("rating ~ group", each)) for each in (apart, mixed)]
    [['group[T.q]'], []]
    """
    at, answer = np.nonzero(patterns.counts > 0)
    cuts, size = patterns.counts.shape[1] - 1, patterns.exog.shape[1]
    columns = patterns.freed.shape[1]

    def edge(pattern: np.ndarray, which: np.ndarray) -> np.ndarray:
        """Return the derivatives of the edge `which` of each of some patterns."""
        place = np.eye(cuts)[which]
        parts = [patterns.freed[pattern, [z]][:, None] * place for z in range(columns)]
        return np.hstack([-patterns.exog[pattern], *parts])

    both = np.nonzero((patterns.counts[:, :-1] > 0) & (patterns.counts[:, 1:] > 0))
    still = edge(*both)
    if np.linalg.matrix_rank(still.T @ still, hermitian=True) == still.shape[1]:
        return []
    rows = []
    for some, which, sign in ((answer < cuts, answer, 1), (answer > 0, answer - 1, -1)):
        rows.append(sign * edge(at[some], which[some]))
    rises = np.unique(np.vstack(rows), axis=0)
    found = optimize.linprog(
        -rises.sum(axis=0), A_ub=-rises, b_ub=np.zeros(len(rises)), bounds=(-1, 1), method="highs"
    )
    if not found.success or -found.fun < 1e-7:
        return []
    names = [*patterns.names, *(["thresholds"] * cuts)]
    for name in patterns.freed_names:
        names += [name] * cuts
    moved = np.abs(found.x) > 1e-7
    moved[size : size + cuts] &= not moved[np.r_[:size, size + cuts : len(moved)]].any()
    return list(dict.fromkeys(name for name, move in zip(names, moved, strict=True) if move))
