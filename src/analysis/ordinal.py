"""Cumulative link models of an ordered answer."""

from dataclasses import dataclass
from itertools import pairwise

import formulaic
import numpy as np
import pandas as pd
from scipy import optimize, special, stats

from analysis.likelihood import CumulativeLogit
from analysis.report import p_text

#: A coefficient beyond this, on the logit scale, has run away: its category gave one answer only.
_SEPARATED = 12.0


@dataclass(frozen=True, kw_only=True)
class OrdinalFit:
    """A fitted proportional-odds model P(Y <= j) = 1 / (1 + exp(-(theta_j - x'b))).

    `coefficients` and `thresholds` have a row a term with `term, estimate, std_error, conf_low,
    conf_high, statistic, p_value`, both on the logit scale. `cov` is the covariance of
    coefficients then thresholds. `dropped` names answers and categories that nobody gave.
    """

    formula: str
    coefficients: pd.DataFrame
    thresholds: pd.DataFrame
    cov: pd.DataFrame
    log_likelihood: float
    n: int
    answers: tuple[str, ...]
    dropped: tuple[str, ...]
    design: formulaic.ModelSpec

    @property
    def aic(self) -> float:
        """Akaike's information criterion."""
        return 2 * len(self.cov) - 2 * self.log_likelihood

    def predict(self, data: pd.DataFrame) -> pd.DataFrame:
        """Give every person's probability of each answer.

        Parameters
        ----------
        data : pandas.DataFrame
            The predictors, as in the fit.

        Returns
        -------
        pandas.DataFrame
            Shape (people, answers); rows add up to 1.
        """
        linear = self.design_matrix(data) @ self.coefficients["estimate"].to_numpy()
        theta = self.thresholds["estimate"].to_numpy()
        below = special.expit(theta[None, :] - linear[:, None])
        edges = np.column_stack([np.zeros(len(linear)), below, np.ones(len(linear))])
        return pd.DataFrame(np.diff(edges, axis=1), index=data.index, columns=list(self.answers))

    def design_matrix(self, data: pd.DataFrame) -> np.ndarray:
        """Return the predictors as numbers, without intercept.

        Parameters
        ----------
        data : pandas.DataFrame
            The predictors, as in the fit.

        Returns
        -------
        numpy.ndarray
            Shape (people, coefficients).
        """
        matrix = self.design.get_model_matrix(data)
        return matrix[self.coefficients["term"].tolist()].to_numpy(dtype=float)

    def __str__(self) -> str:
        return (
            f"Cumulative logit model {self.formula}: n = {self.n:,}, "
            f"{len(self.coefficients)} coefficients, log-likelihood {self.log_likelihood:.2f}, "
            f"AIC {self.aic:.2f}"
        )

    __repr__ = __str__


def fit(formula: str, data: pd.DataFrame) -> OrdinalFit:
    """Fit a cumulative logit model with proportional odds by maximum likelihood.

    Parameters
    ----------
    formula : str
        Such as ``"satisfaction ~ channel + district"``; the outcome an ordered Categorical.
    data : pandas.DataFrame
        A row a person. Predictors are Categorical (the first category is the baseline) or
        numbers; text is refused, since its baseline would be the alphabet's. No missing value.

    Returns
    -------
    OrdinalFit
        Standard errors from the inverse of the observed information.

    Raises
    ------
    ValueError
        If the outcome is not ordered, a predictor is text, a value is missing, fewer than three
        answers were given, or the fit did not converge (separation, or too few people in a
        category: combine categories).

    Notes
    -----
    McCullagh 1980, J. R. Stat. Soc. B 42. Maximised by scipy's trust-region method from the
    analytic gradient and Hessian. `OrderedModel` of statsmodels derives its Hessian numerically
    and needs half a minute for 26 parameters; it is the witness in the tests. Weights are not
    taken.

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
    outcome, predictors = _variables(formula, data)
    used = data[[outcome, *predictors]].copy()
    dropped = []
    for column in used.columns:
        if isinstance(used[column].dtype, pd.CategoricalDtype):
            empty = used[column].cat.categories.difference(used[column].unique(), sort=False)
            dropped += [f"{column}: {category}" for category in empty]
            used[column] = used[column].cat.remove_unused_categories()
    answers = tuple(str(each) for each in used[outcome].cat.categories)
    if len(answers) < 3:
        raise ValueError(f"{outcome} has the answers {list(answers)} only; a model needs three")
    matrix = formulaic.model_matrix(formula.split("~")[1].strip(), used)
    terms = [column for column in matrix.columns if column != "Intercept"]
    exog = matrix[terms].to_numpy(dtype=float)
    rank = np.linalg.matrix_rank(np.column_stack([np.ones(len(exog)), exog]))
    if rank <= len(terms):
        raise ValueError(f"the predictors of {formula!r} repeat each other; remove one")
    likelihood = CumulativeLogit(used[outcome].cat.codes.to_numpy(dtype=int), exog, len(answers))
    result = optimize.minimize(
        likelihood.value, likelihood.start(), jac=likelihood.gradient, hess=likelihood.hessian,
        method="trust-exact", options={"gtol": 1e-8 * len(used), "maxiter": 200},
    )  # fmt: skip
    if not result.success or np.abs(result.x[: len(terms)]).max(initial=0) > _SEPARATED:
        raise ValueError(
            f"the model {formula!r} did not converge; look for categories in which everybody "
            "gave the same answer, and combine them with others"
        )
    # One Newton step more: estimates to the last digits, the same on every machine.
    newton = np.linalg.solve(likelihood.hessian(result.x), likelihood.gradient(result.x))
    parameters = result.x - newton
    covariance = np.linalg.inv(likelihood.hessian(parameters))
    names = [*terms, *(f"{low} | {high}" for low, high in pairwise(answers))]
    table = _coefficient_table(names, parameters, np.sqrt(np.diag(covariance)))
    return OrdinalFit(
        formula=formula,
        coefficients=table.iloc[: len(terms)],
        thresholds=table.iloc[len(terms) :].reset_index(drop=True),
        cov=pd.DataFrame(covariance, index=names, columns=names),
        log_likelihood=-likelihood.value(parameters),
        n=len(used),
        answers=answers,
        dropped=tuple(dropped),
        design=matrix.model_spec,
    )


@dataclass(frozen=True, kw_only=True)
class LikelihoodRatio:
    """Result of comparing a model with a smaller one."""

    statistic: float
    df: int
    p_value: float
    n: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        return f"chi2({self.df}) = {self.statistic:.2f}, {p_text(self.p_value)}; n = {self.n:,}"

    __repr__ = __str__


def compare(full: OrdinalFit, reduced: OrdinalFit) -> LikelihoodRatio:
    """Test whether the terms that a smaller model lacks are needed.

    Parameters
    ----------
    full, reduced : OrdinalFit
        Fits to the same people; the terms of `reduced` are among those of `full`.

    Returns
    -------
    LikelihoodRatio
        2 (l_full - l_reduced), chi-squared with the number of terms left out.

    Raises
    ------
    ValueError
        If the fits are not of the same people, or not nested.
    """
    extra = len(full.coefficients) - len(reduced.coefficients)
    nested = set(reduced.coefficients["term"]) < set(full.coefficients["term"])
    if full.n != reduced.n or full.answers != reduced.answers or not nested:
        raise ValueError(
            f"{reduced.formula!r} (n = {reduced.n}) is not inside {full.formula!r} "
            f"(n = {full.n}); fit both to the same people and leave terms out of one"
        )
    statistic = 2 * (full.log_likelihood - reduced.log_likelihood)
    return LikelihoodRatio(
        statistic=statistic, df=extra, p_value=float(stats.chi2.sf(statistic, extra)), n=full.n
    )


def _variables(formula: str, data: pd.DataFrame) -> tuple[str, list[str]]:
    """Check what the formula names and return outcome and predictors."""
    left, _, right = (part.strip() for part in formula.partition("~"))
    if left not in data:
        raise ValueError(f"{left!r} is not a column; the formula is {formula!r}")
    if not isinstance(data[left].dtype, pd.CategoricalDtype) or not data[left].cat.ordered:
        raise ValueError(f"{left!r} is {data[left].dtype}; make it an ordered Categorical")
    predictors = sorted(str(name) for name in formulaic.Formula(right).required_variables)
    absent = [name for name in predictors if name not in data]
    if absent:
        raise ValueError(f"{absent} are not columns; the formula is {formula!r}")
    for name in predictors:
        numeric = pd.api.types.is_numeric_dtype(data[name])
        if not numeric and not isinstance(data[name].dtype, pd.CategoricalDtype):
            raise ValueError(f"{name!r} is text; make it Categorical with the baseline first")
    missing = data[[left, *predictors]].isna().sum()
    if missing.any():
        named = {name: int(n) for name, n in missing.items() if n}
        raise ValueError(f"values are missing: {named}; leave those people out first and say so")
    return left, predictors


def _coefficient_table(
    names: list[str], estimate: np.ndarray, std_error: np.ndarray
) -> pd.DataFrame:
    reach = stats.norm.isf(0.025) * std_error
    statistic = estimate / std_error
    return pd.DataFrame(
        {
            "term": names,
            "estimate": estimate,
            "std_error": std_error,
            "conf_low": estimate - reach,
            "conf_high": estimate + reach,
            "statistic": statistic,
            "p_value": 2 * stats.norm.sf(np.abs(statistic)),
        }
    )
