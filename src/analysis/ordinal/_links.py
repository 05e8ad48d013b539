"""Links of the cumulative model: distribution functions with their derivatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

_ROOT = 1 / np.sqrt(2 * np.pi)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A distribution function F: `inverse` is its quantile function.

    `below` gives F(x) and 1 - F(x); `slopes` gives f = F', f' and f''. All work on arrays.
    """

    name: str
    below: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
    slopes: Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, ...]]
    inverse: Callable[[np.ndarray], np.ndarray]


def _logit_below(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return special.expit(x), special.expit(-x)


def _logit_slopes(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, ...]:
    density, tilt = low * high, high - low
    return density, density * tilt, density * (tilt**2 - 2 * density)


def _probit_below(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return special.ndtr(x), special.ndtr(-x)


def _probit_slopes(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, ...]:
    density = _ROOT * np.exp(-0.5 * x * x)
    return density, -x * density, (x * x - 1) * density


def _cloglog_below(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    hazard = np.exp(np.minimum(x, 700.0))
    return -np.expm1(-hazard), np.exp(-hazard)


def _cloglog_slopes(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, ...]:
    hazard = np.exp(np.minimum(x, 700.0))
    density = hazard * high
    tilt = np.where(density > 0, 1 - hazard, 0.0)
    return density, density * tilt, density * (tilt**2 - np.where(density > 0, hazard, 0.0))


#: The links by name: logistic, normal, and the smallest of many (complementary log-log).
LINKS = {
    "logit": Link(name="logit", below=_logit_below, slopes=_logit_slopes, inverse=special.logit),
    "probit": Link(
        name="probit", below=_probit_below, slopes=_probit_slopes, inverse=special.ndtri
    ),
    "cloglog": Link(
        name="cloglog",
        below=_cloglog_below,
        slopes=_cloglog_slopes,
        inverse=lambda share: np.log(-np.log1p(-share)),
    ),
}


def find_link(name: str) -> Link:
    """Return a link by its name.

    Parameters
    ----------
    name : str
        "logit", "probit" or "cloglog".

    Returns
    -------
    Link
        The distribution function with its derivatives.

    Raises
    ------
    ValueError
        If there is no such link.

    Examples
    --------
    >>> link = find_link("cloglog")
    >>> below, above = link.below(np.array([0.0]))
    >>> round(float(below[0]), 4), round(float(link.inverse(below)[0]), 4)
    (0.6321, 0.0)
    """
    if name not in LINKS:
        raise ValueError(f"link is {name!r}; choose from {', '.join(LINKS)}")
    return LINKS[name]
