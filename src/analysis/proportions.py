"""Shares of people, with intervals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.report import interval, percent


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


def share(yes: pd.Series | np.ndarray, *, conf_level: float = 0.95) -> Share:
    """Give the share of people for whom something is true.

    Parameters
    ----------
    yes : pandas.Series or numpy.ndarray
        Boolean, a value a person.
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
    75.0% of 4 (30.1% to 95.4%)
    """
    n, n_yes = len(yes), int(np.sum(yes))
    if not n:
        raise ValueError("a share of nobody has no value; check the base")
    low, high = proportion_confint(n_yes, n, alpha=1 - conf_level, method="wilson")
    return Share(estimate=n_yes / n, conf_low=float(low), conf_high=float(high), n_yes=n_yes, n=n)


def distribution(answers: pd.Series, *, conf_level: float = 0.95) -> pd.DataFrame:
    """Give the share of people with each answer.

    Parameters
    ----------
    answers : pandas.Series
        Categorical, an answer a person, none missing.
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
        share(answers == answer, conf_level=conf_level).to_frame().assign(answer=answer)
        for answer in answers.cat.categories
    ]
    columns = ["answer", "estimate", "conf_low", "conf_high", "n_yes", "n"]
    return pd.concat(rows, ignore_index=True)[columns]


def compare(
    answers: pd.Series | pd.DataFrame, second: pd.Series, *, conf_level: float = 0.95
) -> pd.DataFrame:
    """Compare the answers of two groups of people, answer by answer.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical, or indicators 1 and 0 of several; none missing.
    second : pandas.Series
        Boolean, True for people of the second group.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row an answer: `answer, share_first, share_second, estimate` (second less first),
        `conf_low, conf_high, p_value, p_adjusted` (Holm), `n_first, n_second`, and the people
        who gave the answer, `yes_first, yes_second`.

    Raises
    ------
    ValueError
        If one of the groups is empty.

    Notes
    -----
    Newcombe's interval from two Wilson intervals (1998, Stat. Med. 17, method 10 for independent
    shares), from statsmodels, and Fisher's exact test.

    Examples
    --------
    >>> answers = pd.Series(pd.Categorical(["a", "b", "a", "a"]))
    >>> rows = compare(answers, pd.Series([False, False, True, True]))
    >>> rows[["answer", "share_first", "share_second", "estimate"]]
      answer  share_first  share_second  estimate
    0      a          0.5           1.0       0.5
    1      b          0.5           0.0      -0.5
    """
    frame = pd.get_dummies(answers) if isinstance(answers, pd.Series) else answers
    chosen, here = frame.to_numpy(dtype=bool), second.to_numpy(dtype=bool)
    n_first, n_second = int((~here).sum()), int(here.sum())
    if not n_first or not n_second:
        raise ValueError(f"the groups hold {n_first} and {n_second} people; two are compared")
    rows = []
    for answer, column in zip(frame.columns, chosen.T, strict=True):
        yes_first, yes_second = int(column[~here].sum()), int(column[here].sum())
        low, high = confint_proportions_2indep(
            yes_second, n_second, yes_first, n_first, method="newcomb", alpha=1 - conf_level
        )
        table = [[yes_first, n_first - yes_first], [yes_second, n_second - yes_second]]
        rows.append(
            {
                "answer": answer,
                "share_first": yes_first / n_first,
                "share_second": yes_second / n_second,
                "estimate": yes_second / n_second - yes_first / n_first,
                "conf_low": float(low),
                "conf_high": float(high),
                "p_value": float(stats.fisher_exact(table).pvalue),
                "p_adjusted": np.nan,
                "n_first": n_first,
                "n_second": n_second,
                "yes_first": yes_first,
                "yes_second": yes_second,
            }
        )
    table = pd.DataFrame(rows)
    table["p_adjusted"] = multipletests(table["p_value"], method="holm")[1]
    table["answer"] = pd.Categorical(table["answer"], categories=list(frame.columns))
    return table
