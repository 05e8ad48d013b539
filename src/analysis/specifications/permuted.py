"""Inference over a whole curve: how such a curve looks where there is no difference."""

from collections.abc import Sequence

import numpy as np
from scipy import stats

from analysis.specifications.estimates import Estimate, Scores

#: How often answers are swapped, or labels dealt out anew.
PERMUTATIONS = 499

_LEVEL = 0.05


def curve_p(
    made: Sequence[Estimate], *, rng: np.random.Generator, permutations: int = PERMUTATIONS
) -> tuple[float, float]:
    """Test a curve as a whole: its median statistic, and how many specifications find something.

    Parameters
    ----------
    made : sequence of Estimate
        One a specification, with p-values and scores.
    rng : numpy.random.Generator
        Source of randomness.
    permutations : int
        How many curves without a difference are made.

    Returns
    -------
    tuple of float
        p of the median, and of the share of specifications with p below 0.05 (of differences: in
        the direction of most of them).

    Raises
    ------
    ValueError
        If no specification has scores.

    Notes
    -----
    Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4, 1208-1214. Paired answers: the
    two answers of each person are swapped at random, in all specifications at once. Groups: each
    person gets the label of another, in all at once, against the scores of a model without these
    labels (`models.ridits`; a person who is not in a specification adds nothing to it). Each
    specification's permuted sums are brought to standard normal or chi-squared by their exact
    variance under permutation, the observed ones by their own test: so what permutation adds is
    how specifications go together. p is (1 + curves at least as extreme) / (1 + curves).
    """
    some = [each for each in made if each.scores is not None and np.isfinite(each.p_value)]
    if not some:
        raise ValueError("no specification has a test and scores; a curve needs one")
    paired = some[0].scores.labels is None
    signed = paired or _two_groups(some)
    everybody = np.unique(np.concatenate([each.scores.rows for each in some]))
    if paired:
        signs = rng.choice([-1.0, 1.0], (permutations, len(everybody)))
        drawn = np.array([_swapped(each.scores, everybody, signs) for each in some])
    else:
        orders = np.array([rng.permutation(len(everybody)) for _ in range(permutations)])
        drawn = np.array([_dealt(each.scores, everybody, orders, signed) for each in some])
    own = np.array([_own(each, signed) for each in some])
    limit = stats.norm.isf(_LEVEL / 2 if signed else _LEVEL)
    return tuple(
        float(
            (1 + (statistic(drawn) >= statistic(own[:, None]) - 1e-12).sum()) / (1 + permutations)
        )
        for statistic in (
            lambda z: np.abs(np.median(z, axis=0)) if signed else np.median(z, axis=0),
            lambda z: _share(z, limit, signed),
        )
    )


def _two_groups(some: Sequence[Estimate]) -> bool:
    """Tell whether two groups are compared, so that a difference has a direction."""
    known = all(np.isfinite(each.estimate) for each in some)
    return known and all(len(np.unique(each.scores.labels)) <= 2 for each in some)


def _own(made: Estimate, signed: bool) -> float:
    """Return the statistic of a specification as a standard normal one."""
    p_value = max(made.p_value, 1e-300)
    if signed:
        return float(np.sign(made.estimate) * stats.norm.isf(p_value / 2))
    return float(stats.norm.isf(p_value))


def _share(z: np.ndarray, limit: float, signed: bool) -> np.ndarray:
    """Return the share of specifications that find something, in the direction of most."""
    up = (z > limit).mean(axis=0)
    return np.maximum(up, (z < -limit).mean(axis=0)) if signed else up


def _swapped(scores: Scores, everybody: np.ndarray, signs: np.ndarray) -> np.ndarray:
    places = np.searchsorted(everybody, scores.rows)
    return signs[:, places] @ scores.values / np.sqrt((scores.values**2).sum())


def _dealt(scores: Scores, everybody: np.ndarray, orders: np.ndarray, signed: bool) -> np.ndarray:
    places, size = np.searchsorted(everybody, scores.rows), len(everybody)
    values = np.zeros(size)
    values[places] = scores.values - scores.values.mean()
    names, codes = np.unique(scores.labels, return_inverse=True)
    members = np.zeros((size, len(names)))
    members[places, codes] = 1.0
    members[places] -= members[places].mean(axis=0)
    covariance = (values**2).sum() / (size - 1) * (members.T @ members)
    sums = values[orders] @ members
    if signed:
        return sums[:, -1] / np.sqrt(covariance[-1, -1])
    q = np.einsum("ij,jk,ik->i", sums, np.linalg.pinv(covariance), sums)
    return stats.norm.isf(np.clip(stats.chi2.sf(q, len(names) - 1), 1e-300, 1 - 1e-16))
