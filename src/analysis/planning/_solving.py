"""How many people reach a power, and which effect a number of people can show."""

from collections.abc import Callable

from scipy import optimize

#: How many numbers of people after one that reaches a power must reach it too.
_AHEAD = 20


def smallest_n(
    power_of: Callable[[int], float], *, power: float = 0.8, at_least: int = 2,
    at_most: int = 1_000_000,
) -> float:  # fmt: skip
    """Find the number of people from which on a power is reached.

    Parameters
    ----------
    power_of : callable
        The power of a number of people. It rises with it, but for small steps down.
    power : float
        What is wanted.
    at_least, at_most : int
        Where the search begins and ends.

    Returns
    -------
    float
        People, a whole number; NaN if `at_most` do not reach it. Discrete tests have small steps
        down: then it is a number after which none of the next 20 falls short.

    Examples
    --------
    >>> from analysis.planning import mcnemar_power
    >>> smallest_n(lambda n: mcnemar_power(0.1, 0.25, n))
    207.0
    >>> smallest_n(lambda n: 0.5)
    nan
    """
    short, enough = at_least - 1, at_least
    while power_of(enough) < power:
        if enough >= at_most:
            return float("nan")
        short, enough = enough, min(2 * enough, at_most)
    while enough - short > 1:
        middle = (short + enough) // 2
        short, enough = (short, middle) if power_of(middle) >= power else (middle, enough)
    found, looked = enough, enough
    while looked < found + _AHEAD:
        looked += 1
        if power_of(looked) < power:
            found = looked + 1
    return float(found)


def least_effect(
    power_of: Callable[[float], float], *, power: float = 0.8, at_most: float = 1.0
) -> float:
    """Find the smallest effect that is seen with a power.

    Parameters
    ----------
    power_of : callable
        The power at an effect above 0; it rises with it.
    power : float
        What is wanted.
    at_most : float
        The largest effect there can be.

    Returns
    -------
    float
        NaN if even the largest is not seen with that power.

    Examples
    --------
    >>> from analysis.planning import closed_power
    >>> round(least_effect(lambda d: closed_power(d, 0.25, 100), at_most=0.25), 3)
    0.138
    """
    if not power_of(at_most) >= power:
        return float("nan")
    tiny = 1e-6 * at_most
    if power_of(tiny) >= power:
        return 0.0
    return float(optimize.brentq(lambda d: power_of(d) - power, tiny, at_most, xtol=1e-7))
