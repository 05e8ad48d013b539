"""A fixed number of invitations spread over strata, and what each way of doing so can tell."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import optimize

from analysis.planning._widths import share_width

#: Ways to spread invitations, and the exponent of the population that each goes by.
ALLOCATIONS = ("equal", "proportional", "neyman", "power", "widest")


def allocate(
    invitations: int,
    population: Sequence[float],
    *,
    method: str,
    response: Sequence[float] | float = 1.0,
    deviation: Sequence[float] | float = 1.0,
    exponent: float = 0.5,
    least: float = 0.0,
) -> np.ndarray:
    """Spread invitations over strata.

    Parameters
    ----------
    invitations : int
        How many there are.
    population : sequence of float
        People of each stratum.
    method : str
        One of `ALLOCATIONS`: "equal"; "proportional" to the population; "neyman", the smallest
        variance of the share of the whole population; "power", a compromise; "widest", the
        narrowest widest interval of a stratum.
    response : sequence of float or float
        Share of the people invited who reply, of each stratum or of all.
    deviation : sequence of float or float
        Standard deviation of the answer within each stratum; of a share, sqrt(p (1 - p)).
    exponent : float
        Of "power", from 0 (each stratum counts alike) to 1 ("neyman").
    least : float
        Expected replies that each stratum is to have at least.

    Returns
    -------
    numpy.ndarray
        Whole numbers that add up to `invitations`, none above the population of its stratum.

    Raises
    ------
    ValueError
        If the method is unknown, there are fewer people than invitations, `least` takes more
        invitations than there are, or a number has no meaning.

    Notes
    -----
    A stratum of N people with response rate r and standard deviation s, of whom m are invited,
    has m r replies. The sum of N^2q s^2 / (m r) is smallest for m in proportion to
    N^q s / sqrt(r) (Cochran 1977, Sampling Techniques, section 5.5, where 1 / r stands for the
    cost of a reply). q = 1 is Neyman's allocation (1934, J. R. Stat. Soc. 97), q between 0 and 1
    the power allocation of Bankier (1988, Am. Stat. 42), here for the error of a share and not, as
    his, relative to it. "widest" makes s^2 / (m r) equal: m in proportion to s^2 / r. Strata that
    would have more invitations than people give the rest to the others, and those that would have
    fewer replies than `least` take from them: with "neyman" that is the smallest variance of the
    whole of all allocations whose strata have so many. The correction for a
    finite population is left out: few of all people reply.

    Examples
    --------
    >>> allocate(1000, [90_000, 10_000], method="proportional").tolist()
    [900, 100]
    >>> allocate(1000, [90_000, 10_000], method="power").tolist()
    [750, 250]
    >>> allocate(1000, [90_000, 10_000], method="widest", response=[0.3, 0.1]).tolist()
    [250, 750]
    >>> allocate(1000, [90_000, 10_000], method="neyman", response=0.1, least=20).tolist()
    [800, 200]
    """
    people = np.asarray(population, dtype=float)
    rate, sd = (np.broadcast_to(np.asarray(each, float), people.shape)
                for each in (response, deviation))  # fmt: skip
    _check(invitations, people, rate, sd)
    share = {
        "equal": np.ones_like(people),
        "proportional": people,
        "neyman": people * sd / np.sqrt(rate),
        "power": people**exponent * sd / np.sqrt(rate),
        "widest": sd**2 / rate,
    }
    if method not in share:
        raise ValueError(f"method {method!r} is unknown; use one of {list(ALLOCATIONS)}")
    lower = np.minimum(least / rate, people)
    return _whole(_bounded(invitations, share[method], lower, people), invitations)


def precision(
    invited: Sequence[int],
    population: Sequence[float],
    *,
    share: Sequence[float] | float = 0.5,
    response: Sequence[float] | float = 1.0,
    design_effect: float = 1.0,
    conf_level: float = 0.95,
) -> tuple[pd.DataFrame, pd.Series]:
    """Say what an allocation can tell of each stratum, and of the whole population.

    Parameters
    ----------
    invited : sequence of int
        Invitations of each stratum.
    population, response
        As for `allocate`.
    share : sequence of float or float
        The share that is estimated.
    design_effect : float
        Kish's, of the weights within a stratum.
    conf_level : float
        Level of the intervals.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.Series
        A row a stratum: `invited, replies` (expected), `effective_n, width` (of Wilson's
        interval). Of the whole, weighted to the population: `replies, effective_n, width,
        design_effect`, the last with the weights of the strata.

    Raises
    ------
    ValueError
        If a number has no meaning.

    Notes
    -----
    The share of the whole is sum W p, of variance sum W^2 p (1 - p) / n with W the share of the
    population and n the effective replies of a stratum; its effective number of people is that of
    a simple random sample with the same variance.

    Examples
    --------
    >>> rows, whole = precision([500, 500], [90_000, 10_000], response=0.2)
    >>> rows["replies"].tolist(), whole.round(2).tolist()
    ([100.0, 100.0], [200.0, 121.95, 0.17, 1.64])
    """
    people = np.asarray(population, dtype=float)
    p, rate = (np.broadcast_to(np.asarray(each, float), people.shape) for each in (share, response))
    replies = np.asarray(invited, dtype=float) * rate
    if not (replies > 0).all():
        raise ValueError(f"expected replies {replies.round(1).tolist()}; each stratum needs some")
    effective, weight = replies / design_effect, people / people.sum()
    rows = pd.DataFrame({"invited": invited, "replies": replies, "effective_n": effective})
    rows["width"] = [
        share_width(*each, conf_level=conf_level)
        for each in zip(p, np.maximum(effective, 1), strict=True)
    ]
    mean = float(weight @ p)
    alike = mean * (1 - mean) / float(weight**2 @ (p * (1 - p) / effective))
    whole = {
        "replies": replies.sum(),
        "effective_n": alike,
        "width": share_width(mean, alike, conf_level=conf_level),
        "design_effect": replies.sum() / alike,
    }
    return rows, pd.Series(whole)


def _bounded(
    invitations: int, share: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> np.ndarray:
    """Spread invitations in proportion to shares, as far as the bounds allow."""
    if lower.sum() > invitations:
        raise ValueError(
            f"the replies wanted of each stratum take {np.ceil(lower.sum()):.0f} invitations, and "
            f"there are {invitations}"
        )

    def left(factor: float) -> float:
        return np.clip(factor * share, lower, upper).sum() - invitations

    most = (upper / share).max()
    factor = most if left(most) <= 0 else optimize.brentq(left, 0.0, most, xtol=1e-12, rtol=1e-14)
    return np.clip(factor * share, lower, upper)


def _whole(found: np.ndarray, invitations: int) -> np.ndarray:
    """Round to whole numbers that add up, by the largest remainders."""
    whole = np.floor(found + 1e-6)
    order = np.argsort(-(found - whole), kind="stable")
    whole[order[: int(invitations - whole.sum())]] += 1
    return whole.astype(int)


def _check(invitations: int, people: np.ndarray, rate: np.ndarray, sd: np.ndarray) -> None:
    if not len(people) <= invitations <= people.sum():
        raise ValueError(
            f"{invitations} invitations for {len(people)} strata of {people.sum():g} people; give "
            "one a stratum at least, and no more than there are people"
        )
    if not ((rate > 0) & (rate <= 1)).all() or not (sd > 0).all() or not (people > 0).all():
        raise ValueError(
            f"response {rate.round(3).tolist()}, deviation {sd.round(3).tolist()}: both are above "
            "0, a response at most 1, and every stratum has people"
        )
