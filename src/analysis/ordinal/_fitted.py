"""A fitted cumulative link model."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import Convergence
from analysis.ordinal._likelihood import answer_shares
from analysis.ordinal._links import find_link
from analysis.ordinal._patterns import Patterns
from analysis.ordinal._scale import on_scale


@dataclass(frozen=True, kw_only=True)
class RandomIntercept:
    """The groups of a model with a random intercept.

    `sd` is the standard deviation between groups on the scale of the link. `effects` has a row a
    group: `level, estimate, std_error, conf_low, conf_high, n`, the most likely intercept given
    the estimated parameters, with its conditional standard error: intervals do not count what is
    unknown about `sd`. With survey weights there is no such error (NaN). A positive estimate goes
    with better answers.
    """

    group: str
    sd: float
    effects: pd.DataFrame
    nodes: int


@dataclass(frozen=True, kw_only=True)
class OrdinalFit:
    """A fitted model P(Y <= j) = F(theta_j - x'b).

    `coefficients` has a row a term, `thresholds` a row a threshold and then, for each column
    freed from proportional odds, a row a threshold that says how far the column moves it. Both
    have `term, estimate, std_error, conf_low, conf_high, statistic, p_value` on the scale of the
    link. `cov` is the covariance of coefficients, then thresholds, then the spread between groups
    if the model has one, and `df` its degrees of freedom: groups - 1 with weights and groups, else
    infinite. `dropped` names answers, categories and columns that nobody has. `data` holds the
    patterns of predictors that the model was fitted to, with counts.
    """

    formula: str
    link: str
    coefficients: pd.DataFrame
    thresholds: pd.DataFrame
    random: RandomIntercept | None
    cov: pd.DataFrame
    df: float = np.inf
    log_likelihood: float
    convergence: Convergence
    data: Patterns = field(repr=False)

    @property
    def n(self) -> int:
        """How many people."""
        return self.data.n

    @property
    def n_patterns(self) -> int:
        """How many different patterns of predictors (and group)."""
        return len(self.data.counts)

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that somebody gave, in order."""
        return self.data.answers

    def named(self, answers: Sequence[str]) -> np.ndarray:
        """Mark the answers that are named; those that nobody gave add nothing to a share.

        Parameters
        ----------
        answers : sequence of str
            Labels on the scale of the outcome, given or not.

        Returns
        -------
        numpy.ndarray
            Boolean, shape (answers,), a value an answer that somebody gave.

        Raises
        ------
        ValueError
            If none is named, or one is not on the scale.
        """
        wanted = on_scale(answers, self.data.scale, outcome=self.data.outcome)
        return np.isin(self.answers, wanted)

    def split_by(self, answers: Sequence[str]) -> np.ndarray:
        """Mark the answers that are named, if somebody gave one of them and somebody another.

        Parameters
        ----------
        answers : sequence of str
            As in `named`.

        Returns
        -------
        numpy.ndarray
            As `named` returns it.

        Raises
        ------
        ValueError
            As `named`; if nobody gave a named answer, or everybody: there is no model of that.
        """
        named = self.named(answers)
        if named.all() or not named.any():
            who, share = ("everybody", 1) if named.all() else ("nobody", 0)
            raise ValueError(
                f"{who} gave one of the answers {list(answers)} to {self.data.outcome!r}: their "
                f"share is {share}, and there is no model of it"
            )
        return named

    @property
    def dropped(self) -> tuple[str, ...]:
        """Answers, categories and columns that nobody has."""
        return self.data.dropped

    @property
    def weighted(self) -> bool:
        """Whether survey weights were used: then there is no likelihood to compare."""
        return self.data.weighted

    @property
    def aic(self) -> float:
        """Akaike's information criterion; NaN with survey weights."""
        return np.nan if self.weighted else 2 * len(self.cov) - 2 * self.log_likelihood

    @property
    def parameters(self) -> np.ndarray:
        """Coefficients, thresholds and the spread between groups, in the order of `cov`."""
        spread = [] if self.random is None else [self.random.sd]
        return np.r_[self.coefficients["estimate"], self.thresholds["estimate"], spread]

    def edges(self, data: pd.DataFrame) -> np.ndarray:
        """Return theta_j - x'b of other people, without a random intercept.

        Parameters
        ----------
        data : pandas.DataFrame
            The predictors, as in the fit.

        Returns
        -------
        numpy.ndarray
            Shape (people, answers - 1).
        """
        exog, freed = self.data.design(data)
        thresholds = self.thresholds["estimate"].to_numpy().reshape(-1, len(self.answers) - 1)
        return freed @ thresholds - (exog @ self.coefficients["estimate"].to_numpy())[:, None]

    def predict(self, data: pd.DataFrame) -> pd.DataFrame:
        """Give every person's probability of each answer.

        Parameters
        ----------
        data : pandas.DataFrame
            The predictors, as in the fit, and its group if it has a random intercept.

        Returns
        -------
        pandas.DataFrame
            Shape (people, answers); rows add up to 1. With a random intercept, at the most likely
            intercept of the person's group, and averaged over the distribution of intercepts
            where the fit did not see the group.

        Raises
        ------
        ValueError
            If a predictor is absent, or has a value that the fit did not see.
        """
        edges, link = self.edges(data), find_link(self.link)
        if self.random is None:
            chance = answer_shares(link, edges)
        else:
            if self.random.group not in data:
                raise ValueError(f"{self.random.group!r} is not a column; the fit has its groups")
            effects = self.random.effects.set_index("level")["estimate"]
            shift = data[self.random.group].astype(str).map(effects).to_numpy(dtype=float)
            chance = answer_shares(link, edges - np.nan_to_num(shift)[:, None])
            unseen = np.isnan(shift)
            if unseen.any():
                x, w = np.polynomial.hermite_e.hermegauss(30)
                chance[unseen] = sum(
                    weight * answer_shares(link, edges[unseen] - self.random.sd * node)
                    for node, weight in zip(x, w / w.sum(), strict=True)
                )
        return pd.DataFrame(chance, index=data.index, columns=list(self.answers))

    def __str__(self) -> str:
        spread = f", {self.random.group} sd {self.random.sd:.3f}" if self.random else ""
        fitted = (
            "survey weights"
            if self.weighted
            else f"log-likelihood {self.log_likelihood:.2f}, AIC {self.aic:.2f}"
        )
        return (
            f"Cumulative {self.link} model {self.formula}: n = {self.n:,}, "
            f"{len(self.coefficients)} coefficients{spread}, {fitted}"
        )

    __repr__ = __str__


def estimate_table(
    names: list[str],
    estimate: np.ndarray,
    std_error: np.ndarray,
    *,
    conf_level: float = 0.95,
    df: float = np.inf,
) -> pd.DataFrame:
    """Return estimates with Wald intervals and tests.

    Parameters
    ----------
    names : list of str
        What each is.
    estimate, std_error : numpy.ndarray
        Shape (names,).
    conf_level : float
        Level of the intervals, between 0 and 1.
    df : float
        Degrees of freedom of t; normal if infinite.

    Returns
    -------
    pandas.DataFrame
        `term, estimate, std_error, conf_low, conf_high, statistic, p_value`.

    Examples
    --------
    >>> estimate_table(["x"], np.array([2.0]), np.array([1.0]))[["term", "conf_low"]].round(2)
      term  conf_low
    0    x      0.04
    """
    reach = stats.t.isf((1 - conf_level) / 2, df) * std_error
    statistic = estimate / std_error
    return pd.DataFrame(
        {
            "term": names,
            "estimate": estimate,
            "std_error": std_error,
            "conf_low": estimate - reach,
            "conf_high": estimate + reach,
            "statistic": statistic,
            "p_value": 2 * stats.t.sf(np.abs(statistic), df),
        }
    )
