"""How many people use what they prefer: all together, and answer by answer."""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.paired._checks import Answers
from analysis.paired._pairs import read_pairs
from analysis.proportions import Share, share


def agreement(
    used: Answers,
    preferred: Answers,
    *,
    frequency: pd.Series | None = None,
    conf_level: float = 0.95,
) -> Share:
    """Give the share of people whose two answers are the same.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As for `shifts`. With several answers, the two are the same if every answer agrees.
    frequency : pandas.Series, optional
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
        As `shifts`.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online", "online"], dtype=kinds)
    >>> agreement(used, preferred)
    75.0% of 4 (30.0% to 95.5%)
    """
    pairs = read_pairs(used, preferred, frequency=frequency)
    same = (pairs.used == pairs.preferred).all(axis=1)
    return share(same, frequency=pairs.people, conf_level=conf_level)


def reached(
    used: Answers,
    preferred: Answers,
    *,
    frequency: pd.Series | None = None,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Give, for each answer, the share of those who prefer it that used it.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As for `shifts`.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row an answer: `answer, estimate, conf_low, conf_high, n` with Wilson's score interval
        and `n` the people who prefer the answer, then `n_both` of them who used it. An answer
        that nobody prefers has no share: NA.

    Raises
    ------
    ValueError
        As `shifts`.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online", "online"], dtype=kinds)
    >>> reached(used, preferred)[["answer", "estimate", "n"]]
      answer  estimate  n
    0   phone  1.000000  1
    1  online  0.666667  3
    """
    pairs = read_pairs(used, preferred, frequency=frequency)
    n = pairs.people @ pairs.preferred
    both = pairs.people @ (pairs.used & pairs.preferred)
    some = np.maximum(n, 1)
    low, high = proportion_confint(both, some, alpha=1 - conf_level, method="wilson")
    numbers = pd.DataFrame({"estimate": both / some, "conf_low": low, "conf_high": high})
    numbers = numbers.mask(pd.Series(n == 0))
    numbers.insert(0, "answer", pd.Categorical(pairs.labels, categories=pairs.labels))
    return numbers.assign(n=n, n_both=both)


def moves(used: Answers, preferred: Answers, *, frequency: pd.Series | None = None) -> pd.DataFrame:
    """Count, for each answer used, which answers the people who used it prefer.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As for `shifts`.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    pandas.DataFrame
        A row an answer used: `answer, n` (people who used it), then a column an answer, the
        people of the row who prefer it. With one answer each, the table of `counts`; with several
        a person may stand in several rows and columns.

    Raises
    ------
    ValueError
        As `shifts`.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online"], dtype=kinds)
    >>> moves(used, preferred)
      answer  n  phone  online
    0   phone  2      1       1
    1  online  1      0       1
    """
    pairs = read_pairs(used, preferred, frequency=frequency)
    people = (pairs.used.T * pairs.people) @ pairs.preferred.astype(int)
    table = pd.DataFrame(people, columns=pairs.labels)
    table.insert(0, "n", pairs.people @ pairs.used)
    table.insert(0, "answer", pd.Categorical(pairs.labels, categories=pairs.labels))
    return table
