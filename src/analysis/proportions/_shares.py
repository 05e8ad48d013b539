"""Shares of people by answer and group, weighted or not, with intervals."""

import numpy as np
import pandas as pd
from scipy import special, stats
from statsmodels.stats.proportion import proportion_confint

from analysis.patterns import people_of, with_people
from analysis.proportions._answers import chosen, people_by_group
from analysis.proportions._linearised import linearised
from analysis.weights import Weights

COLUMNS = [
    "level", "answer", "estimate", "std_error", "conf_low", "conf_high", "n_yes", "n",
    "effective_n",
]  # fmt: skip


def shares(
    answers: pd.Series | pd.DataFrame,
    *,
    by: pd.Series | None = None,
    weights: Weights | None = None,
    frequency: pd.Series | None = None,
    method: str = "korn_graubard",
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Give the share of people with each answer, of everybody or group by group.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical (single and ordered questions); boolean for a yes; or
        indicators 1 and 0 of several answers, whose shares may exceed 1 together. None missing.
    by : pandas.Series, optional
        Categorical, the group of each person; who has none is left out.
    weights : Weights, optional
        Of these people and perhaps more. Without, every person counts alike.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`). `Weights` bring their
        own: beside them it need not be given, and must be the same.
    method : str
        Interval of weighted shares: "korn_graubard" or "logit".
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row an answer, within groups in order: `level` (if grouped), `answer, estimate,
        std_error, conf_low, conf_high, n_yes` (people who gave it), `n` (people asked and
        answering), `effective_n` (Kish).

    Raises
    ------
    ValueError
        If nobody answered, somebody has no weight, `by` is not Categorical, or `method` is
        unknown.

    Notes
    -----
    Without weights: Wilson's interval. With weights the standard error is linearised (see
    `linearised`). Korn and Graubard (1998, Survey Methodology 24) take the exact binomial
    interval of Clopper and Pearson for p (1 - p) / var people; it holds for rare answers, where
    others are too short. Here these are never more than the people who answered (so does the US
    National Center for Health Statistics, Vital and Health Statistics 2(175), 2017): else a few
    people of small weights, or margins that nearly fix the share, would seem to tell more than
    all who answered. "logit" is a t interval on the log-odds (R's `svyciprop` default; there
    "beta" is Korn and Graubard's). A share of 0 or 1 has no linearised error: then Kish's
    effective n stands in.

    Examples
    --------
    >>> answers = pd.Series(pd.Categorical(["a", "b", "b", "b"]))
    >>> shares(answers)[["answer", "estimate", "n_yes", "n"]]
      answer  estimate  n_yes  n
    0      a      0.25      1  4
    1      b      0.75      3  4
    """
    if method not in ("korn_graubard", "logit"):
        raise ValueError(f"method {method!r}; choose 'korn_graubard' or 'logit'")
    answers, frequency = with_people(answers, frequency)
    yes = chosen(answers)
    if by is None:
        return _of_one_group(yes, weights, frequency, method, conf_level)[COLUMNS[1:]]
    by = people_by_group(by, yes.index)
    levels = by.cat.remove_unused_categories().cat.categories
    if not len(levels):
        raise ValueError(f"nobody is in a group of {by.name!r}; check the base")
    parts = []
    for level in levels:
        here = by == level
        times = None if frequency is None else frequency[here]
        parts.append(_of_one_group(yes[here], weights, times, method, conf_level))
        parts[-1]["level"] = level
    table = pd.concat(parts, ignore_index=True)[COLUMNS]
    table["level"] = pd.Categorical(table["level"], categories=list(levels))
    return table


def _of_one_group(
    yes: pd.DataFrame,
    weights: Weights | None,
    frequency: pd.Series | None,
    method: str,
    conf_level: float,
) -> pd.DataFrame:
    found = linearised(yes, weights=weights, frequency=frequency)
    share, n = found.estimates.to_numpy(), found.n
    people = people_of(frequency, yes) if weights is None else weights.people_at(yes.index)
    counts = people @ yes.to_numpy()
    if weights is None:
        error = np.sqrt(share * (1 - share) / n)
        low, high = proportion_confint(counts, n, alpha=1 - conf_level, method="wilson")
    else:
        error = np.sqrt(np.diag(found.cov))
        how = _logit if method == "logit" else _korn_graubard
        low, high = how(share, error, n, conf_level)
        known = (share <= 0) | (share >= 1)
        bare = _clopper_pearson(share, np.full(len(share), found.effective_n), conf_level)
        low, high = np.where(known, bare[0], low), np.where(known, bare[1], high)
    return pd.DataFrame(
        {
            "answer": pd.Categorical(yes.columns, categories=list(yes.columns)),
            "estimate": share,
            "std_error": error,
            "conf_low": low,
            "conf_high": high,
            "n_yes": counts.astype(int),
            "n": n,
            "effective_n": found.effective_n,
        }
    )


def _logit(
    share: np.ndarray, error: np.ndarray, n: int, conf_level: float
) -> tuple[np.ndarray, np.ndarray]:
    spread = share * (1 - share)
    half = np.divide(error, spread, out=np.zeros_like(error), where=spread > 0)
    half = half * stats.t.ppf((1 + conf_level) / 2, n - 1)
    centre = special.logit(np.clip(share, 1e-300, 1 - 1e-16))
    return special.expit(centre - half), special.expit(centre + half)


def _korn_graubard(
    share: np.ndarray, error: np.ndarray, n: int, conf_level: float
) -> tuple[np.ndarray, np.ndarray]:
    known = error <= 1e-12
    effective = np.divide(share * (1 - share), error**2, out=np.ones_like(error), where=~known)
    effective = np.minimum(effective, n)
    low, high = _clopper_pearson(share, effective, conf_level)
    return np.where(known, share, low), np.where(known, share, high)


def _clopper_pearson(
    share: np.ndarray, n: np.ndarray, conf_level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact binomial interval; n and the count may be fractions."""
    tail, count = (1 - conf_level) / 2, share * n
    with np.errstate(invalid="ignore"):
        low = stats.beta.ppf(tail, count, n - count + 1)
        high = stats.beta.ppf(1 - tail, count + 1, n - count)
    return np.where(share <= 0, 0.0, low), np.where(share >= 1, 1.0, high)
