"""Shares of people without weights, with Wilson's intervals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.numerics import interval, percent
from analysis.patterns import people_of, with_people


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share of people with its interval; `n_yes` of `n` people."""

    estimate: float
    conf_low: float
    conf_high: float
    n_yes: int
    n: int

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row, unrounded."""
        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        return (
            f"{percent(self.estimate, 1)} of {self.n:,} ({interval(self.conf_low, self.conf_high)})"
        )

    __repr__ = __str__


def share(
    yes: pd.Series | np.ndarray,
    *,
    frequency: pd.Series | np.ndarray | None = None,
    conf_level: float = 0.95,
) -> Share:
    """Give the share of people for whom something is true.

    Parameters
    ----------
    yes : pandas.Series or numpy.ndarray
        Boolean, a value a person.
    frequency : pandas.Series or numpy.ndarray, optional
        How many people a row stands for; 1 without it (see `patterns`).
    conf_level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    Share
        With Wilson's score interval.

    Raises
    ------
    ValueError
        If there is nobody.

    Notes
    -----
    Wilson 1927, JASA 22. The interval stays between 0 and 1 and covers well for small n.

    Examples
    --------
    >>> share(np.array([True, True, True, False]))
    75.0% of 4 (30.0% to 95.5%)
    """
    yes, frequency = with_people(yes, frequency)
    people = people_of(frequency, yes)
    n, n_yes = int(people.sum()), int(people @ np.asarray(yes, dtype=bool))
    if not n:
        raise ValueError("a share of nobody has no value; check the base")
    low, high = proportion_confint(n_yes, n, alpha=1 - conf_level, method="wilson")
    return Share(estimate=n_yes / n, conf_low=float(low), conf_high=float(high), n_yes=n_yes, n=n)


def distribution(
    answers: pd.Series, *, frequency: pd.Series | None = None, conf_level: float = 0.95
) -> pd.DataFrame:
    """Give the share of people with each answer.

    Parameters
    ----------
    answers : pandas.Series
        Categorical, an answer a person, none missing.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        `answer, estimate, conf_low, conf_high, n_yes, n`, in the order of the categories.

    Examples
    --------
    >>> distribution(pd.Series(pd.Categorical(["a", "b", "b", "b"])))[["answer", "estimate"]]
      answer  estimate
    0      a      0.25
    1      b      0.75
    """
    rows = [
        share(answers == answer, frequency=frequency, conf_level=conf_level)
        .to_frame()
        .assign(answer=answer)
        for answer in answers.cat.categories
    ]
    columns = ["answer", "estimate", "conf_low", "conf_high", "n_yes", "n"]
    return pd.concat(rows, ignore_index=True)[columns]
