"""The difference of two answers of the same people where some answer more readily."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.sensitivity._share import Shifted, check_gamma

#: Who answers more readily: those who say yes to the second, or whose two answers differ.
WHO = ("second", "changed")


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """People by their two answers: yes to both, to the first or second alone, to neither.

    Weighted ones need not be whole. A count below 0, or nobody at all, raises ValueError.
    """

    both: float
    first_only: float
    second_only: float
    neither: float

    def __post_init__(self) -> None:
        """Refuse what are no counts of people."""
        counts = [self.both, self.first_only, self.second_only, self.neither]
        if not all(np.isfinite(each) and each >= 0 for each in counts) or not sum(counts) > 0:
            raise ValueError(f"the people by their two answers are {counts}; give counts from 0")

    @property
    def n(self) -> float:
        """All people."""
        return self.both + self.first_only + self.second_only + self.neither


def shifted_difference(
    gamma: float, *, pairs: Pairs, who: str = "second", critical: float = 0.0, added: float = 1.0
) -> Shifted:
    """Correct a paired difference of shares for some people answering the survey more readily.

    Parameters
    ----------
    gamma : float
        The chance of answering of the people that `who` names, by that of the others; above 0.
    pairs : Pairs
        The people who answered.
    who : str
        "second", those who say yes to the second question; or "changed", those who say yes to one
        alone.
    critical : float
        How many standard errors the interval reaches; 0 for 1.96. That of max-t makes one that
        holds together with others.
    added : float
        People added to either kind that says yes to one alone, before the interval is made: 1 for
        Bonett and Price's interval, 0 for Wald's.

    Returns
    -------
    Shifted
        The share that says yes to the second less that to the first, of the population.

    Raises
    ------
    ValueError
        If `gamma` is not above 0, or `who` unknown.

    Notes
    -----
    Each person of `who` counts 1 / gamma. With b, c who say yes to the first or second alone, a
    both and e neither, and who = "second", it is (c / gamma - b) / ((a + c) / gamma + b + e): 0 at
    gamma = c / b. With "changed" it is (c - b) / (b + c + (a + e) gamma), of one sign for all
    gamma: that people moved may move them to answer, and cannot by itself turn the direction as
    long as those who moved either way answer equally readily, which "changed" supposes.

    The error is that of a ratio of weighted totals, sum of w^2 (d - D)^2 / (sum of w)^2 with gamma
    known; at gamma = 1 the interval is Bonett and Price's (2012, J. Educ. Behav. Stat. 37).

    Examples
    --------
    >>> pairs = Pairs(both=40, first_only=10, second_only=30, neither=20)
    >>> shifted_difference(1.0, pairs=pairs)
    0.200 (0.078 to 0.315) at gamma 1.00
    >>> round(shifted_difference(3.0, pairs=pairs).estimate, 3)
    0.0
    """
    check_gamma(gamma)
    if who not in WHO:
        raise ValueError(f"who is {who!r}; choose one of {list(WHO)}")
    counts = np.array([pairs.both, pairs.first_only, pairs.second_only, pairs.neither])
    readily = np.array([1, 0, 1, 0] if who == "second" else [0, 1, 1, 0])
    weight = np.where(readily, 1 / gamma, 1.0)
    estimate, _ = _weighted(counts, weight)
    centre, error = _weighted(counts + added * np.array([0, 1, 1, 0]), weight)
    reach = (critical or float(stats.norm.isf(0.025))) * error
    return Shifted(
        gamma=gamma,
        estimate=estimate,
        conf_low=max(centre - reach, -1.0),
        conf_high=min(centre + reach, 1.0),
    )


def _weighted(counts: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Return the weighted mean of the differences, and its standard error."""
    values, total = np.array([0.0, -1.0, 1.0, 0.0]), float((counts * weight).sum())
    mean = float((counts * weight * values).sum() / total)
    spread = float((counts * weight**2 * (values - mean) ** 2).sum())
    return mean, float(np.sqrt(spread)) / total


def effective_pairs(shares: Pairs, *, std_error: float, n: float) -> Pairs:
    """Turn weighted shares of pairs of answers into the people of a sample that tells as much.

    Parameters
    ----------
    shares : Pairs
        The weighted shares of the four pairs of answers; in any unit.
    std_error : float
        The standard error of the difference that they make, such as the linearised one.
    n : float
        The people who have a weight: an upper limit.

    Returns
    -------
    Pairs
        They add up to the people that the interval is worth, at which Wald's interval of the
        difference has that standard error: (b + c - (c - b)^2) / std_error^2 of the shares b and c.
        That is another number than Kish's effective n, which knows the weights alone.

    Raises
    ------
    ValueError
        If the standard error is not above 0.

    Notes
    -----
    As Korn and Graubard (1998, Survey Methodology 24) do for one share.

    Examples
    --------
    >>> shares = Pairs(both=0.4, first_only=0.1, second_only=0.3, neither=0.2)
    >>> round(effective_pairs(shares, std_error=0.06, n=200).n, 3)
    100.0
    """
    if not std_error > 0:
        raise ValueError(f"the standard error is {std_error}; give one above 0")
    kinds = ("both", "first_only", "second_only", "neither")
    part = {kind: getattr(shares, kind) / shares.n for kind in kinds}
    moved, shift = (
        part["first_only"] + part["second_only"],
        part["second_only"] - part["first_only"],
    )
    people = min((moved - shift**2) / std_error**2, n)
    return Pairs(**{kind: people * each for kind, each in part.items()})
