"""How strong selection must be for a conclusion to change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize

from analysis.sensitivity._share import Shifted

#: Steps in which factors are tried on either side of 1, evenly on the log scale.
_STEPS = 100


@dataclass(frozen=True, kw_only=True)
class TippingPoint:
    """The factors nearest to 1 at which a conclusion changes.

    `estimate`: the estimate is that of the `comparison`. `interval`: the interval first includes
    it; 1 where it does without selection. `noise`: the interval first leaves out the estimate
    without selection, so that selection moves it by more than chance does. Infinite where no factor
    up to `largest`, or down to 1 / `largest`, is enough.
    """

    comparison: float
    estimate: float
    interval: float
    noise: float
    largest: float

    def __str__(self) -> str:
        return (
            f"interval reaches {self.comparison:g} at gamma {self.interval:.2f}, estimate at "
            f"{self.estimate:.2f}"
        )

    __repr__ = __str__


def tipping_point(
    shifted: Callable[[float], Shifted], *, comparison: float = 0.0, largest: float = 100.0
) -> TippingPoint:
    """Find how strong selection must be for a conclusion to change.

    Parameters
    ----------
    shifted : callable
        Gamma -> `Shifted`, such as `shifted_share` with its share.
    comparison : float
        What the estimate is compared with: 0 for a difference, such as 0.5 for a share.
    largest : float
        The largest factor tried; 1 / `largest` is the smallest.

    Returns
    -------
    TippingPoint
        Of a factor above 1 and one below, the one nearer to 1 on the log scale.

    Raises
    ------
    ValueError
        If `largest` is not above 1.

    Notes
    -----
    Found where the sign of a difference changes between neighbouring factors, then by Brent's
    method.

    Examples
    --------
    >>> from functools import partial
    >>> from analysis.sensitivity import shifted_share
    >>> share = partial(shifted_share, estimate=0.75, conf_low=0.6, conf_high=0.9)
    >>> tipping_point(share, comparison=0.5)
    interval reaches 0.5 at gamma 1.50, estimate at 3.00
    """
    if not (np.isfinite(largest) and largest > 1):
        raise ValueError(f"largest is {largest}; give a factor above 1")
    plain = shifted(1.0)
    above = plain.estimate > comparison

    def of_estimate(gamma: float) -> float:
        return shifted(gamma).estimate - comparison

    def of_interval(gamma: float) -> float:
        found = shifted(gamma)
        return (found.conf_low if above else found.conf_high) - comparison

    def of_noise(gamma: float) -> float:
        found = shifted(gamma)
        return min(found.conf_high - plain.estimate, plain.estimate - found.conf_low)

    holds = plain.conf_low <= comparison <= plain.conf_high
    return TippingPoint(
        comparison=comparison,
        estimate=_nearest(of_estimate, largest),
        interval=1.0 if holds else _nearest(of_interval, largest),
        noise=_nearest(of_noise, largest),
        largest=largest,
    )


def curve(shifted: Callable[[float], Shifted], gammas: Sequence[float]) -> pd.DataFrame:
    """Lay out an estimate over the factors by which chances of answering differ.

    Parameters
    ----------
    shifted : callable
        As for `tipping_point`.
    gammas : sequence of float
        The factors.

    Returns
    -------
    pandas.DataFrame
        `gamma, estimate, conf_low, conf_high`.

    Examples
    --------
    >>> from functools import partial
    >>> from analysis.sensitivity import shifted_share
    >>> share = partial(shifted_share, estimate=0.5, conf_low=0.4, conf_high=0.6)
    >>> curve(share, [0.5, 1.0])[["gamma", "estimate"]].round(3)
       gamma  estimate
    0    0.5     0.667
    1    1.0     0.500
    """
    names = ["gamma", "estimate", "conf_low", "conf_high"]
    return pd.DataFrame([vars(shifted(float(each))) for each in gammas], columns=names)


def _nearest(value: Callable[[float], float], largest: float) -> float:
    """Return the factor nearest to 1 at which the sign of a value changes; infinite if none."""
    if value(1.0) == 0:
        return 1.0
    found = []
    for end in (np.log(largest), -np.log(largest)):
        steps = np.exp(np.linspace(0.0, end, _STEPS + 1))
        signs = np.sign([value(float(each)) for each in steps])
        changed = np.flatnonzero(signs != signs[0])
        if len(changed):
            ends = steps[changed[0] - 1], steps[changed[0]]
            found.append(float(optimize.brentq(value, *ends, xtol=1e-12)))
    return min(found, key=lambda each: abs(np.log(each)), default=float("inf"))
