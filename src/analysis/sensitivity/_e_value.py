"""E-values: how strong a confounder must be to make an association by itself."""

from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True, kw_only=True)
class EValue:
    """A risk ratio with its interval, and the E-values of it and of the end nearer to 1."""

    ratio: float
    conf_low: float
    conf_high: float
    estimate: float
    limit: float

    def __str__(self) -> str:
        return f"E-value {self.estimate:.2f}, of the interval {self.limit:.2f}"

    __repr__ = __str__


def e_value(ratio: float, conf_low: float, conf_high: float) -> EValue:
    """Say how strong an unmeasured confounder must be to make an association by itself.

    Parameters
    ----------
    ratio, conf_low, conf_high : float
        A risk ratio with its interval, above 0, on either side of 1; see `ratio_of_odds` for an
        odds ratio.

    Returns
    -------
    EValue
        The least risk ratio that the confounder must have both with the exposure and with the
        outcome, beyond what is held equal, for the ratio to be 1, and for the interval to include
        1.

    Raises
    ------
    ValueError
        If the ratios are not above 0 and in order.

    Notes
    -----
    E = RR + sqrt(RR (RR - 1)) of RR above 1, and of 1 / RR below; 1 for an interval that includes 1
    (VanderWeele and Ding 2017, Ann. Intern. Med. 167). It says nothing of whether there is such a
    confounder, nor of selection or errors of answers.

    Examples
    --------
    >>> e_value(3.9, 1.8, 8.7)
    E-value 7.26, of the interval 3.00
    """
    if not 0 < conf_low <= ratio <= conf_high:
        raise ValueError(f"ratio and interval are {ratio}, {conf_low}, {conf_high}; give them so")
    near = conf_low if ratio > 1 else conf_high
    holds = conf_low <= 1 <= conf_high
    return EValue(
        ratio=ratio,
        conf_low=conf_low,
        conf_high=conf_high,
        estimate=_of(ratio),
        limit=1.0 if holds else _of(near),
    )


def ratio_of_shares(
    first: float,
    second: float,
    *,
    var_first: float,
    var_second: float,
    cov: float = 0.0,
    critical: float = 0.0,
) -> tuple[float, float, float]:
    """Give the ratio of two shares with its interval, such as those of a model.

    Parameters
    ----------
    first, second : float
        Shares above 0.
    var_first, var_second, cov : float
        Their variances and covariance.
    critical : float
        How many standard errors the interval reaches; 0 for 1.96.

    Returns
    -------
    tuple of float
        The ratio and the ends of its interval.

    Raises
    ------
    ValueError
        If a share is not above 0.

    Notes
    -----
    The interval is the delta method's on the log scale.

    Examples
    --------
    >>> found = ratio_of_shares(0.6, 0.3, var_first=0.0009, var_second=0.0009)
    >>> [round(each, 2) for each in found]
    [2.0, 1.61, 2.49]
    """
    if not (first > 0 and second > 0):
        raise ValueError(f"the shares are {first} and {second}; a ratio needs both above 0")
    spread = var_first / first**2 + var_second / second**2 - 2 * cov / (first * second)
    reach = (critical or float(stats.norm.isf(0.025))) * float(np.sqrt(max(spread, 0.0)))
    ratio = first / second
    return ratio, ratio * float(np.exp(-reach)), ratio * float(np.exp(reach))


def ratio_of_odds(odds_ratio: float, *, common: bool = True) -> float:
    """Turn an odds ratio, or an end of its interval, into an approximate risk ratio.

    Parameters
    ----------
    odds_ratio : float
        Above 0. That of an ordered answer holds at every boundary between answers.
    common : bool
        Whether the outcome is common; if fewer than 15% have it, an odds ratio is nearly the risk
        ratio.

    Returns
    -------
    float
        Its square root if the outcome is common.

    Raises
    ------
    ValueError
        If the odds ratio is not above 0.

    Notes
    -----
    The square root is within a quarter of the risk ratio for risks from 20% to 80% (VanderWeele
    2017, Epidemiology 28; VanderWeele and Ding 2017, Ann. Intern. Med. 167).

    Examples
    --------
    >>> ratio_of_odds(4.0), ratio_of_odds(4.0, common=False)
    (2.0, 4.0)
    """
    if not odds_ratio > 0:
        raise ValueError(f"the odds ratio is {odds_ratio}; give one above 0")
    return float(np.sqrt(odds_ratio)) if common else float(odds_ratio)


def _of(ratio: float) -> float:
    up = max(ratio, 1 / ratio)
    return float(up + np.sqrt(up * (up - 1)))
