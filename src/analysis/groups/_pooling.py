"""The share of people in each group for whom something is true, drawn towards everybody's."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.groups._shares_integral import BetaBinomial, beta_binomial
from analysis.groups._shrinkage import FEWEST_GROUPS
from analysis.patterns import people_of


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """Shares of groups drawn together.

    `groups` has a row a group: `level, estimate, std_error, conf_low, conf_high, n, n_top,
    raw_share, weight, chance_lowest, chance_highest, gap, gap_low, gap_high`. `spread` is the
    standard deviation of shares between groups: `estimate` (the most likely), `conf_low,
    conf_high`. `overall` is everybody's share. `statistic` and `p_value` are of the test that the
    spread is 0.
    """

    groups: pd.DataFrame
    spread: pd.Series
    overall: float
    statistic: float
    p_value: float


def pooling_obstacle(yes: pd.Series, by: pd.Series, *, frequency: pd.Series | None = None) -> str:
    """Say what keeps the shares of groups from being drawn together, without trying it.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    str
        "" if `pooled_shares` can be had, else a clause.

    Examples
    --------
    >>> pooling_obstacle(pd.Series([True, False]), pd.Series(pd.Categorical(["a", "b"])))
    'there are people in 2 groups; a spread between groups needs 3 or more'
    """
    everybody, groups, _ = _inside(yes, by, frequency)
    count = groups.nunique()
    if count < FEWEST_GROUPS:
        return (
            f"there are people in {count} groups; a spread between groups needs "
            f"{FEWEST_GROUPS} or more"
        )
    if everybody.all() or not everybody.any():
        return f"it is {'true' if everybody.all() else 'false'} of everybody in every group"
    return ""


def pooled_shares(
    yes: pd.Series,
    by: pd.Series,
    *,
    rng: np.random.Generator,
    frequency: pd.Series | None = None,
    lowest: int = 3,
    draws: int = 20_000,
    conf_level: float = 0.95,
) -> Pooled:
    """Draw the share of each group towards everybody's, as far as chance explains the distance.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    rng : numpy.random.Generator
        Source of randomness.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).
    lowest : int
        How many ranks at each end `chance_lowest` and `chance_highest` are about.
    draws : int
        How many draws intervals and ranks are made from.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Pooled
        `weight` is how much of a group's estimate is its own share, the rest is everybody's: so
        the estimate lies between the two. `chance_lowest` is the chance that the group is among
        the `lowest`, `chance_highest` among as many highest; `gap` by how much its share lies above
        that of all groups together.

    Raises
    ------
    ValueError
        With the reason that `pooling_obstacle` gives, or if a frequency is no number of people.

    Notes
    -----
    Of the n people of a group y are a yes, y ~ Binomial(n, p) and p ~ Beta(k m, k (1 - m))
    (Skellam 1948, J. R. Stat. Soc. B 10; Gelman et al. 2013, Bayesian Data Analysis, section
    5.3). Given k and m, the mean of p is (y + k m) / (n + k). The estimate is its mean over k
    with m at everybody's share, so that it lies between this and the group's own; intervals and
    ranks are from draws of k, m and p. The spread sqrt(m (1 - m) / (k + 1)) cannot be wider than
    sqrt(m (1 - m)); its prior is flat up to there, so that three groups, or groups without a
    single yes, give it a distribution too. With few groups that is a wide one.

    The spread is integrated by quadrature with an error far below a digit shown; the ends of
    intervals have the Monte Carlo error of the draws, a fiftieth of the standard deviation. A
    model of the whole scale with proportional odds needs fewer people, but draws away from
    everybody a group whose answers are at both ends.

    Examples
    --------
    >>> place = pd.Series(pd.Categorical([*"ppppqqqqrrrrrrrr"]))
    >>> yes = pd.Series([True] * 4 + [False] * 4 + [True, False] * 4)
    >>> found = pooled_shares(yes, place, rng=np.random.default_rng(1))
    >>> found.groups[["level", "raw_share", "estimate", "weight"]].round(2)
      level  raw_share  estimate  weight
    0     p        1.0      0.85    0.70
    1     q        0.0      0.15    0.70
    2     r        0.5      0.50    0.79
    """
    reason = pooling_obstacle(yes, by, frequency=frequency)
    if reason:
        raise ValueError(f"shares cannot be pooled: {reason}")
    names, y, n = _counts(yes, by, frequency)
    found, overall = beta_binomial(y, n), float(y.sum() / n.sum())
    own = found.spread.mass @ (n / (n + found.concentration[:, None]))
    estimate = own * y / n + (1 - own) * overall
    shares = _draws(found, y, n, draws, rng)
    gaps = shares - (shares @ n / n.sum())[:, None]
    order = shares.argsort(axis=1, kind="stable").argsort(axis=1)
    tails = [(1 - conf_level) / 2, (1 + conf_level) / 2]
    (low, high), (gap_low, gap_high) = (np.quantile(each, tails, axis=0) for each in (shares, gaps))
    table = pd.DataFrame(
        {
            "level": names,
            "estimate": estimate,
            "std_error": shares.std(axis=0),
            "conf_low": low,
            "conf_high": high,
            "n": n,
            "n_top": y,
            "raw_share": y / n,
            "weight": own,
            "chance_lowest": (order < lowest).mean(axis=0),
            "chance_highest": (order >= len(names) - lowest).mean(axis=0),
            "gap": estimate - estimate @ n / n.sum(),
            "gap_low": gap_low,
            "gap_high": gap_high,
        }
    )
    ends = np.array([found.spread.mode, *found.spread.shortest(conf_level)])
    spread = ends * np.sqrt(overall * (1 - overall))
    return Pooled(
        groups=table,
        spread=pd.Series(spread, index=["estimate", "conf_low", "conf_high"]),
        overall=overall,
        statistic=found.statistic,
        p_value=found.p_value,
    )


def _counts(
    yes: pd.Series, by: pd.Series, frequency: pd.Series | None
) -> tuple[list, np.ndarray, np.ndarray]:
    """Return the groups that have people, how many of these are a yes, and how many there are."""
    true, by, people = _inside(yes, by, frequency)
    groups = by.cat.remove_unused_categories().cat
    n = np.bincount(groups.codes, people).astype(int)
    y = np.bincount(groups.codes, people * true).astype(int)
    return list(groups.categories), y, n


def _inside(
    yes: pd.Series, by: pd.Series, frequency: pd.Series | None
) -> tuple[np.ndarray, pd.Series, np.ndarray]:
    """Return the rows with people and a group: whether it is true, the group, how many people."""
    people = people_of(frequency, by)
    kept = (people > 0) & by.notna().to_numpy()
    yes = yes if yes.index.equals(by.index) else yes[by.index]
    return yes[kept].to_numpy(dtype=bool), by[kept], people[kept]


def _draws(
    found: BetaBinomial, y: np.ndarray, n: np.ndarray, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Return shares of the groups, shape (draws, groups).

    Spread and mean are taken from their nodes in steps of equal mass, the shares at random.
    """
    steps = (np.arange(draws) + 0.5) / draws
    cumulative = np.cumsum(found.mass)
    at = np.searchsorted(cumulative, steps * cumulative[-1])
    mean = found.means.ravel()[at][:, None]
    k = found.concentration[at // found.means.shape[1]][:, None]
    return rng.beta(y + k * mean, n - y + k * (1 - mean))
