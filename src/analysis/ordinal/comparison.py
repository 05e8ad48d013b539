"""Tests between models: whether a term, a freed term or a spread between groups is needed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg, stats
from statsmodels.stats.multitest import multipletests

from analysis.ordinal.fitted import OrdinalFit
from analysis.ordinal.likelihood import Cumulative, shares
from analysis.ordinal.links import Link, find_link
from analysis.ordinal.newton import minimise
from analysis.ordinal.patterns import Patterns, collapse
from analysis.quadratic import quadratic_form
from analysis.report import p_text


@dataclass(frozen=True, kw_only=True)
class ModelTest:
    """Result of a test between two models; F with `df_denominator`, else chi-squared."""

    kind: str
    statistic: float
    df: int
    df_denominator: int | None = None
    p_value: float
    n: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        if self.df_denominator is not None:
            name = f"F({self.df}, {self.df_denominator:,})"
        else:
            name = f"chi2({self.df})"
        return f"{name} = {self.statistic:.2f}, {p_text(self.p_value)}; n = {self.n:,}"

    __repr__ = __str__


def compare(full: OrdinalFit, reduced: OrdinalFit) -> ModelTest:
    """Test by the likelihood ratio whether what a smaller model lacks is needed.

    Parameters
    ----------
    full, reduced : OrdinalFit
        Fits to the same people with the same link; the terms of `reduced` are among those of
        `full`. `full` may free terms that `reduced` keeps proportional, or have a random
        intercept that `reduced` lacks.

    Returns
    -------
    ModelTest
        2 (l_full - l_reduced), chi-squared with the number of parameters left out. Where a
        random intercept alone is left out, the p-value is half of it, since a spread cannot be
        negative: the 50:50 mixture of chi-squared on 0 and on 1 degree of freedom.

    Raises
    ------
    ValueError
        If the fits are not of the same people, not nested, or use survey weights (`wald` then).

    Notes
    -----
    Self and Liang 1987, JASA 82, for the mixture. With few groups it is a little conservative.

    Examples
    --------
    >>> from analysis.ordinal import fit
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "x": range(10)
    ... })
    >>> compare(fit("rating ~ x", data), fit("rating ~ 1", data))
    chi2(1) = 1.02, p = 0.313; n = 10
    """
    for each in (full, reduced):
        if each.weighted:
            raise ValueError(f"{each.formula!r} has survey weights, so no likelihood; use wald")
    extra = len(full.cov) - len(reduced.cov)
    inside = set(reduced.data.names) <= {*full.data.names, *full.data.freed_names}
    inside &= set(reduced.data.freed_names) <= set(full.data.freed_names)
    groups = [each.random.group if each.random else None for each in (full, reduced)]
    inside &= groups[1] in (None, groups[0])
    same = full.n == reduced.n and full.answers == reduced.answers and full.link == reduced.link
    same &= bool((full.data.counts.sum(axis=0) == reduced.data.counts.sum(axis=0)).all())
    if not (same and inside and extra > 0):
        raise ValueError(
            f"{reduced.formula!r} (n = {reduced.n}) is not inside {full.formula!r} "
            f"(n = {full.n}); fit both to the same people and leave terms out of one"
        )
    statistic = max(2 * (full.log_likelihood - reduced.log_likelihood), 0.0)
    p_value = float(stats.chi2.sf(statistic, extra))
    if groups[0] != groups[1]:
        if extra > 1:
            raise ValueError("leave out the random intercept or terms, not both at once")
        p_value = 0.5 * p_value if statistic > 0 else 1.0
    return ModelTest(
        kind="likelihood ratio", statistic=statistic, df=extra, p_value=p_value, n=full.n
    )


def family(tests: Mapping[str, ModelTest]) -> pd.DataFrame:
    """Put tests that were stated before looking into one table, adjusted together.

    Parameters
    ----------
    tests : mapping of str to ModelTest
        The tests by what they are about.

    Returns
    -------
    pandas.DataFrame
        `term, test, statistic, df, p_value, p_adjusted, n`, p-values adjusted by Holm's method.

    Examples
    --------
    >>> test = ModelTest(kind="score", statistic=5.0, df=1, p_value=0.025, n=100)
    >>> family({"channels": test, "districts": test})[["term", "p_value", "p_adjusted"]]
            term  p_value  p_adjusted
    0   channels    0.025        0.05
    1  districts    0.025        0.05
    """
    table = pd.concat([test.to_frame() for test in tests.values()], ignore_index=True)
    table["p_adjusted"] = multipletests(table["p_value"], method="holm")[1]
    table.insert(0, "term", list(tests))
    columns = ["term", "test", "statistic", "df", "p_value", "p_adjusted", "n"]
    return table.rename(columns={"kind": "test"})[columns]


def wald(fitted: OrdinalFit, term: str) -> ModelTest:
    """Test by Wald's statistic whether a term is needed, with survey weights or without.

    Parameters
    ----------
    fitted : OrdinalFit
        A fit with the term; it may be freed from proportional odds.
    term : str
        A term of the formula, or several joined by " + ".

    Returns
    -------
    ModelTest
        b' V^-1 b: chi-squared; with survey weights divided by the number of coefficients, F with
        n less the number of parameters as its second degrees of freedom (as `regTermTest` of R's
        `survey` for people drawn one by one).

    Raises
    ------
    ValueError
        If the fit has no such term.

    Examples
    --------
    >>> from analysis.ordinal import fit
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "x": range(10)
    ... })
    >>> wald(fit("rating ~ x", data), "x")
    chi2(1) = 0.98, p = 0.321; n = 10
    """
    wanted = [each.strip() for each in term.split(" + ")]
    absent = [each for each in wanted if each not in fitted.data.terms]
    if absent:
        raise ValueError(f"{absent} are no terms of {fitted.formula!r}")
    columns = {name for each in wanted for name in fitted.data.terms[each]}
    rows = [name.split(": ", 1)[-1] in columns or name in columns for name in fitted.cov.index]
    covariance = fitted.cov.to_numpy()[np.ix_(rows, rows)]
    statistic, df = quadratic_form(fitted.parameters[rows], covariance)
    if not fitted.weighted:
        p_value = float(stats.chi2.sf(statistic, df))
        return ModelTest(kind="Wald", statistic=statistic, df=df, p_value=p_value, n=fitted.n)
    rest = fitted.n - len(fitted.cov)
    return ModelTest(
        kind="Wald",
        statistic=statistic / df,
        df=df,
        df_denominator=rest,
        p_value=float(stats.f.sf(statistic / df, df, rest)),
        n=fitted.n,
    )


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
    larger = collapse(formula, data, frequency=frequency)
    names = fitted.data.names
    absent = [name for name in names if name not in larger.names]
    if absent or larger.n != fitted.n or len(larger.names) == len(names):
        raise ValueError(
            f"{fitted.formula!r} (n = {fitted.n}) is not inside {formula!r} (n = {larger.n}); "
            "add terms to it, and pass the people it was fitted to"
        )
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
    chance = shares(link, model.edges(at))
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
