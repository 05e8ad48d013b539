"""Power of the test that groups of people differ: of a random intercept on the logit scale."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import optimize, special, stats

from analysis import ordinal

#: Spreads at which the likelihood is looked at, as multiples of the mean standard error.
_GRID = np.concatenate([[0.0], np.geomspace(0.05, 40.0, 90)])


def spread_information(shares: Sequence[float]) -> float:
    """Say how much an ordered answer tells of a group's place on the cumulative logit scale.

    Parameters
    ----------
    shares : sequence of float
        Shares of the answers, which add up to 1.

    Returns
    -------
    float
        Information of one person: the variance of the effect of a group of n people is 1 by n
        times this.

    Raises
    ------
    ValueError
        If they are no shares that add up to 1.

    Notes
    -----
    (1 - sum of p^3) / 3 (Whitehead 1993, Stat. Med. 12), near no effect and with thresholds
    known. Two answers give p (1 - p).

    Examples
    --------
    >>> round(spread_information([0.5, 0.5]), 4), round(spread_information([0.2] * 5), 4)
    (0.25, 0.32)
    """
    found = np.asarray(shares, dtype=float)
    if (found < 0).any() or abs(found.sum() - 1) > 1e-6 or found.max() >= 1:
        raise ValueError(f"shares {found.round(3).tolist()}; give two or more that add up to 1")
    return float((1 - (found**3).sum()) / 3)


def equal_spread_power(
    spread: float, groups: int, n: float, information: float, *, alpha: float = 0.05
) -> float:
    """Return the power of the test of a spread between groups of the same size.

    Parameters
    ----------
    spread : float
        Standard deviation between groups on the logit scale.
    groups : int
        How many, 3 or more.
    n : float
        People of each; may be an effective number of people.
    information : float
        As `spread_information` returns it.
    alpha : float
        Level of the test.

    Returns
    -------
    float
        Between 0 and 1; at a spread of 0 the size of the test, which is below `alpha`.

    Raises
    ------
    ValueError
        If there are fewer than three groups, or a number has no meaning.

    Notes
    -----
    The effects found are taken for normal around the true ones with variance v = 1 / (n i). With S
    their sum of squares, the likelihood ratio is r - k - k log(r / k) for r = S / v > k, and 0
    below, so that the test (p is half that of chi-squared with 1 df) rejects where r exceeds one
    number c, and r v / (v + t^2) is chi-squared with k - 1 df for a spread t. docs/power.md has how
    near this comes to the test of the cumulative logit model.

    Examples
    --------
    >>> [round(equal_spread_power(each, 10, 100, 0.32), 3) for each in (0, 0.3)]
    [0.023, 0.837]
    """
    _check(spread, [n] * groups, information)
    wanted = stats.chi2.isf(2 * alpha, 1)
    beyond = optimize.brentq(
        lambda r: r - groups - groups * np.log(r / groups) - wanted, groups, 100 * groups + 100
    )
    variance = 1 / (n * information)
    return float(stats.chi2.sf(beyond * variance / (variance + spread**2), groups - 1))


def spread_power(
    spread: float, sizes: Sequence[float], information: float, *, rng: np.random.Generator,
    draws: int = 4000, alpha: float = 0.05,
) -> float:  # fmt: skip
    """Return the power of the test of a spread between groups of any size, by simulation.

    Parameters
    ----------
    spread, information, alpha
        As for `equal_spread_power`.
    sizes : sequence of float
        People of each group; may be effective numbers of people.
    rng : numpy.random.Generator
        Source of randomness; the same one gives a power that rises with the spread.
    draws : int
        How many sets of effects are drawn. The Monte Carlo error is 0.8 points at most with 4,000.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        As `equal_spread_power`.

    Notes
    -----
    As `equal_spread_power`, the likelihood maximised over the spread on a grid for each draw.

    Examples
    --------
    >>> sizes = [40, 60, 80, 100, 120]
    >>> round(spread_power(0.5, sizes, 0.32, rng=np.random.default_rng(1)), 1)
    0.8
    """
    _check(spread, sizes, information)
    own = 1 / (np.asarray(sizes, dtype=float) * information)
    noise = rng.standard_normal((draws, len(own)))
    found = noise * np.sqrt(own + spread**2)
    best = alike = np.full(draws, -np.inf)
    for each in (_GRID * np.sqrt(own.mean())) ** 2:
        weight = 1 / (own + each)
        mean = (found @ weight / weight.sum())[:, None]
        here = (np.log(weight).sum() - (found - mean) ** 2 @ weight) / 2
        alike = here if each == 0 else alike
        best = np.maximum(best, here)
    return float((2 * (best - alike) > stats.chi2.isf(2 * alpha, 1)).mean())


def simulated_spread_power(
    spread: float, sizes: Sequence[int], shares: Sequence[float], *, runs: int,
    rng: np.random.Generator, alpha: float = 0.05,
) -> tuple[float, float]:  # fmt: skip
    """Return the power of the likelihood-ratio test itself, by fitting the models again and again.

    Parameters
    ----------
    spread, alpha
        As for `equal_spread_power`.
    sizes : sequence of int
        People of each group.
    shares : sequence of float
        Shares of the ordered answers in a middling group.
    runs : int
        Samples, some 50 in a second.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    tuple of float
        The power, and its Monte Carlo error.

    Raises
    ------
    ValueError
        As `equal_spread_power`.

    Notes
    -----
    The cumulative logit model with a random intercept by group against the one without
    (`ordinal.compare`: half the p-value of chi-squared with 1 df), effects normal and drawn anew
    for each sample.

    Examples
    --------
    >>> shares, rng = [0.3, 0.4, 0.3], np.random.default_rng(1)
    >>> simulated_spread_power(3.0, [60, 60, 60], shares, runs=4, rng=rng)
    (1.0, 0.0)
    """
    _check(spread, sizes, spread_information(shares))
    thresholds = special.logit(np.cumsum(shares)[:-1])
    answers = [f"{number:02d}" for number in range(len(shares))]
    frame = pd.MultiIndex.from_product([range(len(sizes)), answers], names=["group", "answer"])
    people = frame.to_frame(index=False)
    people["answer"] = pd.Categorical(people["answer"], answers, ordered=True)
    people["group"] = pd.Categorical(people["group"])
    seen = 0
    for _ in range(runs):
        effects = spread * rng.standard_normal((len(sizes), 1))
        below = np.hstack([special.expit(thresholds - effects), np.ones_like(effects)])
        counts = rng.multinomial(list(sizes), np.diff(below, axis=1, prepend=0.0)).ravel()
        sample = people.assign(people=counts)[counts > 0]
        how = {"data": sample, "frequency": "people"}
        plain = ordinal.fit("answer ~ 1", **how)
        seen += ordinal.compare(ordinal.fit("answer ~ 1", random="group", **how), plain).p_value < (
            alpha
        )
    power = seen / runs
    return power, float(np.sqrt(power * (1 - power) / runs))


def _check(spread: float, sizes: Sequence[float], information: float) -> None:
    if len(sizes) < 3 or min(sizes) < 1:
        raise ValueError(f"groups of {list(sizes)} people; give three or more, none of them empty")
    if spread < 0 or not 0 < information < np.inf:
        raise ValueError(
            f"a spread of {spread:g}, information {information:g}; give numbers above 0"
        )
