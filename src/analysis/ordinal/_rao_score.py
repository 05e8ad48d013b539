"""Rao's score test: whether terms should be added, without fitting the larger model."""

import numpy as np
import pandas as pd
from scipy import linalg, stats

from analysis.numerics import minimise, quadratic_form
from analysis.ordinal._comparison import ModelTest, check_same_people
from analysis.ordinal._fitted import OrdinalFit
from analysis.ordinal._likelihood import Cumulative, answer_shares
from analysis.ordinal._links import Link, find_link
from analysis.ordinal._patterns import Patterns, to_patterns


def score(
    fitted: OrdinalFit,
    formula: str,
    data: pd.DataFrame,
    *,
    frequency: str | None = None,
    simulations: int = 0,
    rng: np.random.Generator | None = None,
) -> ModelTest:
    """Test by Rao's score whether terms should be added, without fitting the larger model.

    Parameters
    ----------
    fitted : OrdinalFit
        The smaller model, without weights, random intercept or freed terms.
    formula : str
        The larger model, which has all terms of the smaller one.
    data : pandas.DataFrame
        The people of the fit.
    frequency : str, optional
        As in the fit.
    simulations : int
        How many samples the p-value is made from; chi-squared with 0.
    rng : numpy.random.Generator, optional
        Source of randomness, needed with simulations.

    Returns
    -------
    ModelTest
        u' I^-1 u with the score u and the expected information I of the larger model at the
        estimates of the smaller one. It needs no finite estimates of the larger model, so it also
        holds where a combination of categories has few people, all with one answer; columns of
        empty cells are left out. With simulations, p is the share of samples drawn from the
        smaller model whose statistic is as large (Davison and Hinkley 1997, chapter 4).

    Raises
    ------
    ValueError
        If the models are not nested, not of the same people, or the smaller one has weights; if
        there are simulations and no `rng`.

    Notes
    -----
    Rao 1948, Proc. Camb. Phil. Soc. 44. The observed information would depend on the answers of
    the few people in a small cell: with seventy such cells it rejected more than half of samples
    without an interaction. With the expected one chi-squared is still a little liberal there,
    hence the simulations.

    Examples
    --------
    >>> from analysis.ordinal import fit
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "x": range(10)
    ... })
    >>> score(fit("rating ~ 1", data), "rating ~ x", data)
    chi2(1) = 0.99, p = 0.320; n = 10
    """
    if fitted.weighted or fitted.random is not None or fitted.data.freed_names:
        raise ValueError(f"{fitted.formula!r} has weights, groups or freed terms; refit without")
    if simulations and rng is None:
        raise ValueError("simulations need a source of randomness; give rng")
    larger = to_patterns(formula, data, frequency=frequency)
    check_same_people(fitted.formula, fitted.data, formula, larger)
    names = fitted.data.names
    absent = [name for name in names if name not in larger.names]
    if absent or len(larger.names) == len(names):
        raise ValueError(f"{fitted.formula!r} is not inside {formula!r}; add terms to it")
    kept = [larger.names.index(name) for name in names]
    link, parameters = find_link(fitted.link), fitted.parameters
    statistic, df, chance = _score_statistic(larger, larger.counts, kept, parameters, link)
    p_value = float(stats.chi2.sf(statistic, df))
    if simulations:
        people = larger.counts.sum(axis=1).astype(int)
        drawn = (rng.multinomial(people, chance).astype(float) for _ in range(simulations))
        found = [_simulated_score(larger, counts, kept, parameters, link) for counts in drawn]
        p_value = (1 + sum(each >= statistic for each in found)) / (simulations + 1)
    return ModelTest(kind="score", statistic=statistic, df=df, p_value=p_value, n=fitted.n)


def rao(gradient: np.ndarray, information: np.ndarray, tested: np.ndarray) -> tuple[float, int]:
    """Return Rao's statistic of some parameters at estimates without them, and its rank.

    Parameters
    ----------
    gradient, information : numpy.ndarray
        Of the larger model; the gradient of parameters not tested is 0.
    tested : numpy.ndarray
        Boolean, the parameters tested.

    Returns
    -------
    tuple of float and int
        Statistic and degrees of freedom.

    Examples
    --------
    >>> value, df = rao(np.array([0.0, 2.0]), np.diag([2.0, 4.0]), np.array([False, True]))
    >>> round(value, 9), df
    (1.0, 1)
    """
    cross = information[np.ix_(~tested, tested)]
    fixed = linalg.solve(information[np.ix_(~tested, ~tested)], cross, assume_a="pos")
    covariance = information[np.ix_(tested, tested)] - cross.T @ fixed
    return quadratic_form(gradient[tested], covariance)


def _score_statistic(
    larger: Patterns, counts: np.ndarray, kept: list[int], parameters: np.ndarray, link: Link
) -> tuple[float, int, np.ndarray]:
    """Return statistic, rank, and the shares that the smaller model expects."""
    size, cuts = len(larger.names), counts.shape[1] - 1
    at = np.zeros(size + cuts)
    at[kept], at[size:] = parameters[: len(kept)], parameters[len(kept) :]
    tested = np.ones(size + cuts, dtype=bool)
    tested[kept] = tested[size:] = False
    model = Cumulative(counts, larger.exog, larger.freed, link)
    chance = answer_shares(link, model.edges(at))
    chance = chance / chance.sum(axis=1, keepdims=True)
    expected = Cumulative(
        counts.sum(axis=1, keepdims=True) * chance, larger.exog, larger.freed, link
    )
    gradient, information = model.derivatives(at)[0], expected.derivatives(at)[1]
    return *rao(gradient, information, tested), chance


def _simulated_score(
    larger: Patterns, counts: np.ndarray, kept: list[int], parameters: np.ndarray, link: Link
) -> float:
    small = Cumulative(counts, larger.exog[:, kept], larger.freed, link)
    estimate, _ = minimise(small.value, small.derivatives, parameters, gain=1e-8)
    return _score_statistic(larger, counts, kept, estimate, link)[0]
