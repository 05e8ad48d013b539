"""Compare the shares of groups of people, answer by answer."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.numerics import holm
from analysis.patterns import people_of, with_people
from analysis.proportions._answers import chosen


def compare(
    answers: pd.Series | pd.DataFrame,
    second: pd.Series,
    *,
    frequency: pd.Series | None = None,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Compare the answers of two groups of people, answer by answer.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical, or indicators 1 and 0 of several; none missing.
    second : pandas.Series
        Boolean, True for people of the second group; every person of `answers` has one.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).
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
        If one of the groups is empty, or somebody is in neither.

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
    answers, frequency = with_people(answers, frequency)
    frame, people = chosen(answers), people_of(frequency, answers)
    lost = frame.index.difference(second.index)
    if len(lost):
        raise ValueError(f"{len(lost)} of {len(frame)} people are in neither group; select first")
    yes, here = frame.to_numpy(dtype=bool), second.reindex(frame.index).to_numpy(dtype=bool)
    n_first, n_second = int(people @ ~here), int(people @ here)
    if not n_first or not n_second:
        raise ValueError(f"the groups hold {n_first} and {n_second} people; two are compared")
    rows = []
    for answer, column in zip(frame.columns, yes.T, strict=True):
        yes_first, yes_second = int(people @ (column & ~here)), int(people @ (column & here))
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
    table["p_adjusted"] = holm(table["p_value"])
    table["answer"] = pd.Categorical(table["answer"], categories=list(frame.columns))
    return table
