"""Factors between chances of answering as they are told and drawn."""

import numpy as np


def factor_text(gamma: float) -> str:
    """Write a factor between chances of answering that would overturn something.

    Parameters
    ----------
    gamma : float
        Of those who say yes, by those of the others; infinite where none is enough.

    Returns
    -------
    str
        A number, towards 1, so that nothing seems firmer than it is: whole from 10, one decimal
        from 2, three below 0.1, else two.

    Examples
    --------
    >>> factor_text(1.879), factor_text(0.2275), factor_text(float("inf")), factor_text(1.0)
    ('1.87', '0.23', 'none', '1')
    """
    if gamma == 1.0:
        return "1"
    if not np.isfinite(gamma):
        return "none"
    digits = _digits(gamma)
    scaled = gamma * 10**digits
    cut = np.floor(scaled + 1e-9) if gamma > 1 else np.ceil(scaled - 1e-9)
    return f"{cut / 10**digits:.{digits}f}"


def measured_text(gamma: float) -> str:
    """Write a factor between chances of answering that is measured: to the nearest.

    Parameters
    ----------
    gamma : float
        Above 0; infinite where none is enough.

    Returns
    -------
    str
        With as many decimals as `factor_text` has.

    Examples
    --------
    >>> measured_text(0.2603), measured_text(1 / 0.2603), measured_text(1.375)
    ('0.26', '3.8', '1.38')
    """
    return f"{gamma:.{_digits(gamma)}f}" if np.isfinite(gamma) else "none"


def drawn_factor(text: str) -> float:
    """Return a factor as it is told, so that a figure shows it no finer.

    Parameters
    ----------
    text : str
        As `factor_text` and `measured_text` write it.

    Returns
    -------
    float
        Infinite for "none".

    Examples
    --------
    >>> drawn_factor(factor_text(0.2275)), drawn_factor("none")
    (0.23, inf)
    """
    return float("inf") if text == "none" else float(text)


def likely_text(gamma: float) -> str:
    """Write a factor, and one of a half or less as one in so many besides.

    Parameters
    ----------
    gamma : float
        Above 0.

    Returns
    -------
    str
        Towards 1, as `factor_text`.

    Examples
    --------
    >>> likely_text(1.27), likely_text(0.93), likely_text(0.2275)
    ('1.27', '0.93', '0.23 (1 in 4.3)')
    """
    said = factor_text(gamma)
    return f"{said} (1 in {factor_text(1 / gamma)})" if gamma <= 0.5 else said


def _digits(gamma: float) -> int:
    if gamma >= 10:
        return 0
    return 1 if gamma >= 2 else 2 + int(gamma < 0.1)
