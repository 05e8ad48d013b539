"""Numbers as text: every displayed number is rounded here."""


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
    """Write an interval.

    Parameters
    ----------
    low, high : float
        Its ends.
    kind : str
        "percent" or "whole percent" for shares, "points" or "whole points" for differences of
        shares, else a number.

    Returns
    -------
    str
        Such as ``"37.1% to 45.0%"``.

    Examples
    --------
    >>> interval(0.371, 0.45), interval(-0.02, 0.031, "points")
    ('37.1% to 45.0%', '-2.0 to +3.1')
    """
    if kind in ("percent", "whole percent"):
        digits = 1 if kind == "percent" else 0
        return f"{percent(low, digits)} to {percent(high, digits)}"
    if kind in ("points", "whole points"):
        digits = 1 if kind == "points" else 0
        return f"{points(low, digits)} to {points(high, digits)}"
    return f"{low:.2f} to {high:.2f}"
