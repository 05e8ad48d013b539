"""A headline weighted to the population, beside the same of the people who answered."""

from dataclasses import dataclass

import pandas as pd

from analysis.numerics import interval, percent, points
from analysis.population import Weighing
from analysis.privacy import hidden_weighted, rule_of, weights_tell
from analysis.proportions import shares
from analysis.survey.codebook import Codebook


@dataclass(frozen=True, kw_only=True)
class Weighted:
    """A weighted share, or difference of shares, with the people who have a weight."""

    estimate: float
    conf_low: float
    conf_high: float
    n: int
    effective_n: float


def weighted_share(
    yes: pd.Series, weighing: Weighing | None, codebook: Codebook
) -> Weighted | None:
    """Give the weighted share of people for whom something is true.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person, of whom some may have no weight.
    weighing : Weighing or None
        As `population.weigh` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    Weighted or None
        Of the people who have a weight, with Korn and Graubard's interval; None without weights, or
        where it could give few people away (`privacy.hidden_weighted`).
    """
    if weighing is None:
        return None
    mine, rule = weighing.people(yes), rule_of(codebook)
    counts = [int(yes.sum())], len(yes), [int(mine.sum())], len(mine)
    if hidden_weighted(*counts, rule=rule, complete=False)[0]:
        return None
    row = shares(mine, weights=weighing.weights).iloc[0]
    return Weighted(
        estimate=row["estimate"],
        conf_low=row["conf_low"],
        conf_high=row["conf_high"],
        n=int(row["n"]),
        effective_n=row["effective_n"],
    )


def told_weighted(row: pd.Series) -> Weighted | None:
    """Take the weighted share of a table's row.

    Parameters
    ----------
    row : pandas.Series
        Perhaps with `weighted, weighted_low, weighted_high, n_weighted, effective_n`.

    Returns
    -------
    Weighted or None
        None where the row has none, or it is hidden.

    Examples
    --------
    >>> told_weighted(pd.Series({"estimate": 0.3})) is None
    True
    """
    if pd.isna(row.get("weighted")):
        return None
    return Weighted(
        estimate=float(row["weighted"]),
        conf_low=float(row["weighted_low"]),
        conf_high=float(row["weighted_high"]),
        n=int(row["n_weighted"]),
        effective_n=float(row["effective_n"]),
    )


def weighted_row(
    row: object, people: pd.Index, everybody: int, weighing: Weighing, codebook: Codebook
) -> Weighted | None:
    """Give a weighted difference of shares with the people behind it.

    Parameters
    ----------
    row : object
        `estimate, conf_low, conf_high`, with weights.
    people : pandas.Index
        Those of the people compared who have a weight.
    everybody : int
        How many are compared without weights.
    weighing : Weighing
        As `population.weigh` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    Weighted or None
        None where few people have a weight, or some but few have none.
    """
    if weights_tell(everybody, len(people), rule=rule_of(codebook)):
        return None
    weights = weighing.weights.weights.loc[people]
    return Weighted(
        estimate=float(row.estimate),
        conf_low=float(row.conf_low),
        conf_high=float(row.conf_high),
        n=len(people),
        effective_n=float(weights.sum() ** 2 / (weights**2).sum()),
    )


def with_weights(
    sentence: str, plain: object, weighted: Weighted | None, *, difference: bool = False
) -> str:
    """Put the headline with weights behind the one without.

    Parameters
    ----------
    sentence : str
        The headline, with its full stop.
    plain, weighted, difference
        As for `weighted_clause`.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> heavy = Weighted(estimate=0.36, conf_low=0.32, conf_high=0.4, n=987, effective_n=590.2)
    >>> plain = pd.Series({"estimate": 0.35, "conf_low": 0.31, "conf_high": 0.39})
    >>> with_weights("35% agree.", plain, heavy)
    '35% agree; weighted 36% (32.0% to 40.0%; 987 people, effective n 590).'
    >>> with_weights("35% agree.", plain, None)
    '35% agree.'
    """
    clause = weighted_clause(plain, weighted, difference=difference)
    return f"{sentence.removesuffix('.')}{clause}." if clause else sentence


def weighted_clause(plain: object, weighted: Weighted | None, *, difference: bool = False) -> str:
    """Say a headline with weights, and whether they lead to another conclusion.

    Parameters
    ----------
    plain : object
        `estimate, conf_low, conf_high` without weights.
    weighted : Weighted or None
        The same with weights.
    difference : bool
        True of a difference of shares, about which the conclusion is whether it is one; False of a
        share, about which it is whether weights move it out of its interval.

    Returns
    -------
    str
        A clause that begins with a semicolon; "" without weights.

    Examples
    --------
    >>> heavy = Weighted(estimate=0.36, conf_low=0.32, conf_high=0.4, n=987, effective_n=590.2)
    >>> plain = pd.Series({"estimate": 0.3, "conf_low": 0.27, "conf_high": 0.33})
    >>> weighted_clause(plain, heavy)
    '; weighted 36% (32.0% to 40.0%; 987 people, effective n 590), outside that interval'
    >>> gap = pd.Series({"estimate": 0.03, "conf_low": -0.003, "conf_high": 0.06})
    >>> heavy = Weighted(estimate=0.06, conf_low=0.01, conf_high=0.1, n=684, effective_n=400)
    >>> weighted_clause(gap, heavy, difference=True)
    '; weighted +6.0 points (+1.0 to +10.0; 684 people, effective n 400): with weights alone a \
difference is shown'
    """
    if weighted is None:
        return ""
    people = f"{weighted.n:,} people, effective n {weighted.effective_n:,.0f}"
    if not difference:
        span = interval(weighted.conf_low, weighted.conf_high)
        outside = not plain.conf_low <= weighted.estimate <= plain.conf_high
        said = f"; weighted {percent(weighted.estimate)} ({span}; {people})"
        return said + ", outside that interval" * outside
    span = interval(weighted.conf_low, weighted.conf_high, "points")
    said = f"; weighted {points(weighted.estimate)} points ({span}; {people})"
    before, after = (each.conf_low > 0 or each.conf_high < 0 for each in (plain, weighted))
    if before == after:
        return said
    return f"{said}: with weights " + (
        "alone a difference is shown" if after else "no difference is shown"
    )
