"""Tests between models: whether a term, a freed term or a spread between groups is needed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import holm, p_text, quadratic_form
from analysis.ordinal._fitted import OrdinalFit
from analysis.ordinal._patterns import Patterns


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
        If the fits are not of the same people (by the index of their data) with the same answers,
        not nested, or use survey weights (`wald` then).

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
    check_same_people(full.formula, full.data, reduced.formula, reduced.data)
    if not (full.link == reduced.link and inside and extra > 0):
        raise ValueError(
            f"{reduced.formula!r} ({reduced.link}) is not inside {full.formula!r} ({full.link}); "
            "leave terms out of one and keep the link"
        )
    statistic = max(2 * (full.log_likelihood - reduced.log_likelihood), 0.0)
    p_value = float(stats.chi2.sf(statistic, extra))
    if groups[0] != groups[1]:
        if extra > 1:
            raise ValueError("leave out the random intercept or terms, not both at once")
        p_value = 0.5 * p_value if statistic > 1e-6 else 1.0
    return ModelTest(
        kind="likelihood ratio", statistic=statistic, df=extra, p_value=p_value, n=full.n
    )


def check_same_people(first_name: str, first: Patterns, second_name: str, second: Patterns) -> None:
    """Refuse to compare models of other people, or of other answers of theirs.

    Parameters
    ----------
    first_name, second_name : str
        What the models are called.
    first, second : Patterns
        What they were fitted to.

    Raises
    ------
    ValueError
        If the numbers of people, the question or the answers differ, or the people do.
    """
    names = f"{first_name!r} and {second_name!r}"
    advice = "fit both to the same rows: those with an answer to every question of either"
    if first.n != second.n:
        raise ValueError(f"{names} were fitted to {first.n:,} and {second.n:,} people; {advice}")
    asked = [f"{each.outcome} ({', '.join(each.answers)})" for each in (first, second)]
    if asked[0] != asked[1]:
        raise ValueError(f"{names} are models of {asked[0]} and {asked[1]}; compare models of one")
    totals = [each.people.sum(axis=0).tolist() for each in (first, second)]
    if first.whose != second.whose or totals[0] != totals[1]:
        raise ValueError(
            f"{names} were fitted to {first.n:,} people each, but not to the same people with the "
            f"same answers; {advice}"
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
    table["p_adjusted"] = holm(table["p_value"])
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
        b' V^-1 b: chi-squared; with survey weights divided by the number q of coefficients, F with
        n less the number of parameters as its second degrees of freedom (as `regTermTest` of R's
        `survey` for people drawn one by one). With weights and a random intercept by J groups
        (J - q) / ((J - 1) q) b' V^-1 b, F with q and J - q (Korn and Graubard 1990, Am. Stat. 44).

    Raises
    ------
    ValueError
        If the fit has no such term, or with weights and groups as many coefficients as groups.

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
    if fitted.random is not None:
        groups, rest = len(fitted.data.groups), len(fitted.data.groups) - int(sum(rows))
        if rest < 1:
            raise ValueError(
                f"{term!r} has {sum(rows)} coefficients, and with survey weights {groups} groups "
                "allow a test of fewer than that; test fewer terms at once"
            )
        statistic *= rest / (groups - 1)
    return ModelTest(
        kind="Wald",
        statistic=statistic / df,
        df=df,
        df_denominator=rest,
        p_value=float(stats.f.sf(statistic / df, df, rest)),
        n=fitted.n,
    )
