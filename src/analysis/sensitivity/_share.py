"""A share of people where some answer a survey more readily than others."""

from dataclasses import dataclass

import numpy as np
from scipy import special


@dataclass(frozen=True, kw_only=True)
class Shifted:
    """An estimate with its interval if the chances of answering differ by the factor `gamma`."""

    gamma: float
    estimate: float
    conf_low: float
    conf_high: float

    def __str__(self) -> str:
        span = f"{self.conf_low:.3f} to {self.conf_high:.3f}"
        return f"{self.estimate:.3f} ({span}) at gamma {self.gamma:.2f}"

    __repr__ = __str__


def shifted_share(gamma: float, *, estimate: float, conf_low: float, conf_high: float) -> Shifted:
    """Correct a share for people who say yes answering the survey more readily, or less.

    Parameters
    ----------
    gamma : float
        The chance of answering of people who say yes, by that of people who do not; above 0.
    estimate, conf_low, conf_high : float
        The share among those who answered, with its interval; weighted or not, between 0 and 1.

    Returns
    -------
    Shifted
        The share of the population.

    Raises
    ------
    ValueError
        If `gamma` is not above 0, or a share not between 0 and 1.

    Notes
    -----
    By Bayes' rule odds(among those who answered) = gamma odds(population): the share is
    p / (p + (1 - p) gamma), a move by -log(gamma) on the logit scale, as in exponential tilting
    (Rotnitzky, Robins and Scharfstein 1998, JASA 93). The odds here are those of saying yes; gamma
    is a ratio of chances of answering, and so whatever share of the population answered. The move
    is monotone: the interval's ends move alike, and cover as often as before.

    Examples
    --------
    >>> shifted_share(2.0, estimate=0.5, conf_low=0.4, conf_high=0.6)
    0.333 (0.250 to 0.429) at gamma 2.00
    """
    _check(gamma, estimate, conf_low, conf_high)
    moved = [each / (each + (1 - each) * gamma) for each in (estimate, conf_low, conf_high)]
    return Shifted(gamma=gamma, estimate=moved[0], conf_low=moved[1], conf_high=moved[2])


def implied_gamma(estimate: float, corrected: float) -> float:
    """Say which gamma would move one share to another.

    Parameters
    ----------
    estimate : float
        The share among those who answered, above 0 and below 1.
    corrected : float
        The share that it would become, such as the one weighted to the population.

    Returns
    -------
    float
        odds(estimate) / odds(corrected).

    Raises
    ------
    ValueError
        If a share is not above 0 and below 1.

    Examples
    --------
    >>> round(implied_gamma(0.5, 1 / 3), 6)
    2.0
    """
    for each in (estimate, corrected):
        if not 0 < each < 1:
            raise ValueError(f"the share is {each}; of none or all there are no odds")
    return float(np.exp(special.logit(estimate) - special.logit(corrected)))


def ratio_of_chances(share: float, population_share: float) -> float:
    """Say by what factor the chance of answering of a kind of people differs from that of others.

    Parameters
    ----------
    share : float
        Their share of the people who answered, above 0 and below 1.
    population_share : float
        Their share of the population, above 0 and below 1.

    Returns
    -------
    float
        odds(share) / odds(population share).

    Raises
    ------
    ValueError
        If a share is not above 0 and below 1.

    Notes
    -----
    Bayes' rule: the ratio of two chances of answering is the ratio of the odds of being of that
    kind, among the people who answered and in the population.

    Examples
    --------
    >>> round(ratio_of_chances(0.2, 0.5), 6)
    0.25
    """
    return implied_gamma(share, population_share)


def check_gamma(gamma: float) -> None:
    """Refuse a factor that is not above 0."""
    if not (np.isfinite(gamma) and gamma > 0):
        raise ValueError(f"gamma is {gamma}; give a number above 0, 1 for no selection")


def _check(gamma: float, *ends: float) -> None:
    check_gamma(gamma)
    for each in ends:
        if not 0 <= each <= 1:
            raise ValueError(f"the share or an end of its interval is {each}; give 0 to 1")
