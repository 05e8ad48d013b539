"""Fitting cumulative link models by maximum likelihood."""

from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.numerics import Convergence, minimise
from analysis.ordinal._fitted import OrdinalFit, estimate_table
from analysis.ordinal._likelihood import Cumulative
from analysis.ordinal._links import find_link
from analysis.ordinal._patterns import Patterns, to_patterns
from analysis.ordinal._quadrature import Mixed
from analysis.ordinal._random import covariance_of, intercepts, scaled
from analysis.ordinal._separation import SUSPICIOUS, separated_terms


def fit(
    formula: str,
    data: pd.DataFrame,
    *,
    weights: str | None = None,
    frequency: str | None = None,
    random: str | None = None,
    nominal: str | None = None,
    link: str = "logit",
    nodes: int = 10,
    scaling: str = "size",
) -> OrdinalFit:
    """Fit a cumulative link model of an ordered answer.

    Parameters
    ----------
    formula : str
        Such as ``"satisfaction ~ channel + district"``; the outcome an ordered Categorical.
    data : pandas.DataFrame
        A row a person, or `frequency` people. Predictors are Categorical (the first category is
        the baseline) or numbers; text is refused, since its baseline would be the alphabet's.
    weights : str, optional
        Column of survey weights: pseudo-likelihood, with a covariance by linearisation.
    frequency : str, optional
        The column that says how many people a row stands for; 1 without it (see `patterns`).
    random : str, optional
        Categorical column of groups that have a normal random intercept.
    nominal : str, optional
        Terms freed from proportional odds, as in a formula: each moves every threshold by a
        distance of its own.
    link : str
        "logit" (proportional odds), "probit" or "cloglog".
    nodes : int
        Quadrature nodes for each group; 1 is Laplace's approximation.
    scaling : str
        With weights and groups, what the weights of a group add up to: "size", its people;
        "effective", its effective n; "none", as they are.

    Returns
    -------
    OrdinalFit
        Standard errors from the inverse of the observed information, or linearised; with weights
        and groups by the sandwich over groups, with t intervals on groups - 1 degrees of freedom.

    Raises
    ------
    ValueError
        If a column is absent, text, or has missing values (counted in the message); if the
        outcome is not ordered or has one answer; if weights are negative, not finite or all 0;
        if there is one group only, or no such scaling; if predictors repeat each other or
        foretell the answers (separation, naming the columns), thresholds cross, or the search
        did not converge.

    Notes
    -----
    McCullagh 1980, J. R. Stat. Soc. B 42; Binder 1983, Int. Stat. Rev. 51, for the weights: with
    H the Hessian, s_i the score and w_i the weight of person i of n, the covariance is
    n / (n - 1) H^-1 (sum w_i^2 s_i s_i') H^-1. Weights and groups together: see `_random.scaled`.
    People are first collapsed to unique patterns of predictors, so the cost of Newton's method
    depends on patterns and not on people.
    statsmodels' `OrderedModel` takes no weights and no groups, has no analytic Hessian, and
    passes over `freq_weights`; it is a witness in the tests.

    Examples
    --------
    >>> rng = np.random.default_rng(7)
    >>> group = pd.Categorical.from_codes(rng.integers(0, 2, 400), ["a", "b"])
    >>> latent = rng.logistic(size=400) + 1.0 * (group.codes == 1)
    >>> rating = pd.cut(pd.Series(latent), [-np.inf, 0, 1, np.inf], labels=["bad", "ok", "good"])
    >>> fitted = fit("rating ~ group", pd.DataFrame({"rating": rating, "group": group}))
    >>> fitted.coefficients[["term", "estimate", "std_error"]].round(3)
              term  estimate  std_error
    0  group[T.b]       0.9      0.189
    """
    find_link(link)
    if nodes < 1:
        raise ValueError(f"nodes is {nodes}; give 1 (Laplace) or more")
    patterns = to_patterns(
        formula, data, weights=weights, frequency=frequency, group=random, nominal=nominal
    )
    if random is not None and len(patterns.groups) < 2:
        raise ValueError(
            f"{random!r} has one group, {patterns.groups[0]!r}; a spread needs two or more"
        )
    return fit_patterns(formula, patterns, link=link, random=random, nodes=nodes, scaling=scaling)


def free(fitted: OrdinalFit, term: str) -> OrdinalFit:
    """Fit a model again with a term freed from proportional odds.

    Parameters
    ----------
    fitted : OrdinalFit
        A model without random intercept.
    term : str
        A term of its formula, or several joined by " + ".

    Returns
    -------
    OrdinalFit
        As `fit` with `nominal`, from the patterns of `fitted`.

    Raises
    ------
    ValueError
        If the fit has no such term, or as in `fit`.

    Examples
    --------
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "x": range(10)
    ... })
    >>> free(fit("rating ~ x", data), "x").thresholds["term"].tolist()
    ['a | b', 'b | c', 'a | b: x', 'b | c: x']
    """
    wanted = [each.strip() for each in term.split(" + ")]
    absent = [each for each in wanted if each not in fitted.data.terms]
    if absent:
        raise ValueError(f"{absent} are no terms of {fitted.formula!r}")
    if fitted.random is not None:
        raise ValueError(f"{fitted.formula!r} has a random intercept; free terms without it")
    names = [name for each in wanted for name in fitted.data.terms[each]]
    patterns = fitted.data.freeing(names)
    return fit_patterns(f"{fitted.formula} [free: {term}]", patterns, link=fitted.link)


def fit_patterns(
    formula: str,
    patterns: Patterns,
    *,
    link: str = "logit",
    random: str | None = None,
    nodes: int = 10,
    scaling: str = "size",
) -> OrdinalFit:
    """Fit a model to people collapsed to patterns.

    Parameters
    ----------
    formula : str
        What the model is called.
    patterns : Patterns
        As `collapse` returns them.
    link, random, nodes, scaling
        As in `fit`.

    Returns
    -------
    OrdinalFit
        As `fit`.

    Raises
    ------
    ValueError
        As in `fit`.

    Examples
    --------
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "x": range(10)
    ... })
    >>> fit_patterns("rating ~ x", to_patterns("rating ~ x", data)).n
    10
    """
    found_link = find_link(link)
    # Weights count in units of their mean, so that their unit does not matter.
    unit = patterns.counts.sum() / patterns.n if patterns.weighted else 1.0
    counts = patterns.counts / unit if random is None else scaled(patterns, scaling)
    plain = Cumulative(counts, patterns.exog, patterns.freed, found_link)
    parameters, convergence = minimise(plain.value, plain.derivatives, plain.start())
    covariance = _checked_covariance(formula, patterns, plain, parameters, convergence)
    if random is None:
        if patterns.weighted:
            meat = plain.score_squares(parameters, patterns.squares / unit**2)
            covariance = patterns.n / (patterns.n - 1) * covariance @ meat @ covariance
        value, effects = plain.value(parameters), None
    else:
        mixed = Mixed(counts, patterns.exog, patterns.freed, found_link, patterns.group, nodes)
        parameters, convergence = minimise(mixed.value, mixed.derivatives, mixed.start(parameters))
        _check_search(formula, convergence)
        parameters[-1] = abs(parameters[-1])
        value, effects = mixed.value(parameters), intercepts(random, patterns, mixed, parameters)
        covariance = covariance_of(mixed, parameters, weighted=patterns.weighted)
    names = _parameter_names(patterns)
    spread = [] if random is None else [f"sd({random})"]
    size = len(patterns.names)
    errors = np.sqrt(np.diag(covariance)[: len(names)])
    df = len(patterns.groups) - 1 if random is not None and patterns.weighted else np.inf
    table = estimate_table(names, parameters[: len(names)], errors, df=df)
    labels = [*names, *spread]
    return OrdinalFit(
        formula=formula + (f" + (1 | {random})" if random else ""),
        link=link,
        coefficients=table.iloc[:size],
        thresholds=table.iloc[size:].reset_index(drop=True),
        random=effects,
        cov=pd.DataFrame(covariance, index=labels, columns=labels),
        df=df,
        log_likelihood=-value,
        convergence=convergence,
        data=patterns,
    )


def _parameter_names(patterns: Patterns) -> list[str]:
    """Return the names of coefficients, then of thresholds, then of what moves them."""
    cuts = [f"{low} | {high}" for low, high in pairwise(patterns.answers)]
    freed = [f"{cut}: {name}" for name in patterns.freed_names for cut in cuts]
    return [*patterns.names, *cuts, *freed]


def _check_search(formula: str, convergence: Convergence) -> None:
    if not convergence.converged:
        raise ValueError(
            f"the model {formula!r} did not converge ({convergence}); combine small categories "
            "or leave a term out"
        )


def _checked_covariance(
    formula: str,
    patterns: Patterns,
    plain: Cumulative,
    parameters: np.ndarray,
    convergence: Convergence,
) -> np.ndarray:
    """Return the inverse of the Hessian, if there is a finite maximum with ordered thresholds."""
    hessian = plain.derivatives(parameters)[1]
    try:
        covariance = np.linalg.inv(hessian)
    except np.linalg.LinAlgError:
        covariance = np.full_like(hessian, np.inf)
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    ranges = np.ptp(patterns.exog, axis=0) if patterns.names else np.zeros(0)
    scaled = errors * np.r_[ranges, np.ones(len(errors) - len(ranges))]
    if not convergence.converged or not (scaled < SUSPICIOUS).all():
        runaway = separated_terms(patterns)
        if runaway:
            raise ValueError(
                f"the answers are separated by {runaway} in {formula!r}: everybody there gave one "
                "answer, or answers to one side of all others, so no finite estimate exists; "
                "combine these categories with others or leave the term out"
            )
    _check_search(formula, convergence)
    gaps = np.diff(plain.edges(parameters), axis=1)
    crossed = int(patterns.people[(gaps <= 0).any(axis=1)].sum())
    if crossed:
        raise ValueError(
            f"freed thresholds of {formula!r} cross for {crossed} people, so some answer has a "
            f"negative probability; free fewer terms than {patterns.freed_names}"
        )
    return covariance
