"""The difference of two groups' shares where some people answer more readily."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.sensitivity._share import Shifted, check_gamma


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """The shares of two groups with their variances and covariance, plain or of a model."""

    first: float
    second: float
    var_first: float
    var_second: float
    cov: float = 0.0


def shifted_contrast(gamma: float, *, contrast: Contrast, critical: float = 0.0) -> Shifted:
    """Correct a difference of shares for one kind of people answering the survey more readily.

    Parameters
    ----------
    gamma : float
        The chance of answering of people of the first group who say yes, by that of everybody
        else; above 0.
    contrast : Contrast
        The shares above 0 and below 1.
    critical : float
        How many standard errors the interval reaches; 0 for 1.96.

    Returns
    -------
    Shifted
        The first share less the second, of the population.

    Raises
    ------
    ValueError
        If `gamma` is not above 0, or a share is not above 0 and below 1.

    Notes
    -----
    Saying yes alone, or being of the first group alone, may change the chance of answering and
    leaves the odds ratio of saying yes as it is; only the two together can make an
    association. The first share p becomes p / (p + (1 - p) gamma), the second stays: the difference
    is 0 where gamma is the odds ratio of the two shares. The error is the delta method's, with
    slope gamma / (p + (1 - p) gamma)^2; the interval is made on Fisher's scale, as that of
    `margins.differences`.

    Examples
    --------
    >>> contrast = Contrast(first=0.6, second=0.5, var_first=0.001, var_second=0.001)
    >>> shifted_contrast(1.0, contrast=contrast)
    0.100 (0.012 to 0.187) at gamma 1.00
    >>> round(abs(shifted_contrast(1.5, contrast=contrast).estimate), 6)
    0.0
    """
    check_gamma(gamma)
    for each in (contrast.first, contrast.second):
        if not 0 < each < 1:
            raise ValueError(f"a share is {each}; of none or all there are no odds")
    below = contrast.first + (1 - contrast.first) * gamma
    slope = gamma / below**2
    difference = contrast.first / below - contrast.second
    spread = slope**2 * contrast.var_first + contrast.var_second - 2 * slope * contrast.cov
    error = float(np.sqrt(max(spread, 0.0)))
    reach = (critical or float(stats.norm.isf(0.025))) * error / (1 - difference**2)
    centre = np.arctanh(difference)
    return Shifted(
        gamma=gamma,
        estimate=float(difference),
        conf_low=float(np.tanh(centre - reach)),
        conf_high=float(np.tanh(centre + reach)),
    )
