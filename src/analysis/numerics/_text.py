"""Numbers as text: every displayed number is rounded here, intervals outwards."""

import math

import numpy as np
import pandas as pd

#: Ends of an interval, or of many.
Ends = float | np.ndarray | pd.Series


def percent(share: float, digits: int = 0) -> str:
    """Write a share as a percentage.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    digits : int
        Decimals.

    Returns
    -------
    str
        Such as ``"41%"``.

    Examples
    --------
    >>> percent(0.4125), percent(0.4125, 1)
    ('41%', '41.2%')
    """
    return f"{100 * share + 0.0:.{digits}f}%"


def points(difference: float, digits: int = 1) -> str:
    """Write a difference of two shares in percentage points, with its sign.

    Parameters
    ----------
    difference : float
        Between -1 and 1.
    digits : int
        Decimals.

    Returns
    -------
    str
        Such as ``"+7.5"``.

    Examples
    --------
    >>> points(0.075), points(-0.1), points(-0.0001)
    ('+7.5', '-10.0', '0.0')
    """
    value = round(100 * difference, digits)
    return f"{value:+.{digits}f}" if value else f"{0.0:.{digits}f}"


def p_text(p_value: float) -> str:
    """Write a p-value.

    Parameters
    ----------
    p_value : float
        Between 0 and 1.

    Returns
    -------
    str
        Three decimals; that it is below 0.001, or below 0.05 where three decimals would hide it.

    Examples
    --------
    >>> p_text(0.0124), p_text(3e-9), p_text(0.0499), p_text(0.05)
    ('p = 0.012', 'p < 0.001', 'p < 0.05', 'p = 0.050')
    """
    if p_value < 0.001:
        return "p < 0.001"
    return "p < 0.05" if p_value < 0.05 <= round(p_value, 3) else f"p = {p_value:.3f}"


def interval(low: float, high: float, kind: str = "percent") -> str:
    """Write an interval, rounded outwards.

    Parameters
    ----------
    low, high : float
        Its ends; the upper one may be infinite.
    kind : str
        "percent" or "whole percent" for shares, "points" or "whole points" for differences of
        shares, else a number.

    Returns
    -------
    str
        Such as ``"37.1% to 45.0%"``.

    Examples
    --------
    >>> interval(0.3719, 0.45), interval(-0.02, 0.0301, "points"), interval(0.1, np.inf, "number")
    ('37.1% to 45.0%', '-2.0 to +3.1', '0.10 or more')
    """
    digits = 0 if kind.startswith("whole") else 1
    if kind in ("percent", "whole percent"):
        ends = [percent(each, digits) for each in outwards(low, high, step=0.01 / 10**digits)]
    elif kind in ("points", "whole points"):
        ends = [points(each, digits) for each in outwards(low, high, step=0.01 / 10**digits)]
    else:
        ends = [f"{each:.2f}" for each in outwards(low, high)]
    return f"{ends[0]} or more" if high == np.inf else " to ".join(ends)


def outwards(low: Ends, high: Ends, *, step: float | np.ndarray = 0.01) -> tuple[Ends, Ends]:
    """Round the ends of intervals outwards, so that what is shown holds what was computed.

    Parameters
    ----------
    low, high : float, numpy.ndarray or pandas.Series
        The ends.
    step : float or numpy.ndarray
        Of what they become multiples, such as 0.01 for whole percent.

    Returns
    -------
    tuple
        The ends. One that is a multiple but for the last digits of a float stays.

    Examples
    --------
    >>> [round(float(end), 2) for end in outwards(0.3719, 0.45)]
    [0.37, 0.45]
    """
    ends = []
    for end, way in ((low, np.floor), (high, np.ceil)):
        ends.append(np.round(way(np.round(end / step, 7)) * step, 9) + 0.0)
    return ends[0], ends[1]


def ratio(value: float) -> str:
    """Write an odds ratio to two digits.

    Parameters
    ----------
    value : float
        Above 0.

    Returns
    -------
    str
        Such as ``"1.4"``.

    Examples
    --------
    >>> ratio(1.4142), ratio(123.4), ratio(0.0499), ratio(0.996)
    ('1.4', '120', '0.050', '1.0')
    """
    rounded = float(f"{value:.2g}")
    decimals = 1 - math.floor(math.log10(rounded)) if 0.0 < rounded < math.inf else 0
    return f"{rounded:.{max(decimals, 0)}f}"


def ratio_interval(low: float, high: float) -> str:
    """Write the interval of an odds ratio to two digits, rounded outwards.

    Parameters
    ----------
    low, high : float
        Its ends, above 0.

    Returns
    -------
    str
        Such as ``"0.62 to 1.4"``.

    Examples
    --------
    >>> ratio_interval(0.629, 1.31), ratio_interval(0.5, 121.0)
    ('0.62 to 1.4', '0.50 to 130')
    """
    ends = []
    for at, end in enumerate((low, high)):
        if 0.0 < end < np.inf:
            step = 10.0 ** (np.floor(np.log10(end)) - 1)
            end = outwards(end, end, step=step)[at]
        ends.append(ratio(float(end)))
    return " to ".join(ends)
