"""Cells as text: what a program stores as a number, a time or a mark, written as people read it."""

import math
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from analysis.files import without_hidden

_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"}
)

#: Whole numbers above it are no longer exact as 64-bit floats.
_EXACT = 2**53


def tidy(text: str) -> str:
    r"""Make the quotes, dashes, width and white space of a text regular.

    Parameters
    ----------
    text : str
        One cell or header as read.

    Returns
    -------
    str
        The text without the traces of the program it was typed in; case is kept.

    Examples
    --------
    >>> tidy("  I don’t\u00a0know ")
    "I don't know"
    """
    return " ".join(straightened(text).split())


def straightened(text: str) -> str:
    """Straighten quotes, dashes and the width of letters; white space is kept.

    Parameters
    ----------
    text : str
        One cell as read, or what stands between answers in it.

    Returns
    -------
    str
        The text without marks that cannot be seen.

    Examples
    --------
    >>> straightened("A；B – C")
    'A;B - C'
    """
    return unicodedata.normalize("NFKC", without_hidden(text)).translate(_QUOTES)


def cell_text(value: object) -> str:
    """Write a stored value as text.

    Parameters
    ----------
    value : object
        None, a text, a truth value, a number, a day, or a time.

    Returns
    -------
    str
        Whole numbers without a point, other numbers with as many digits as they need, days and
        times in ISO 8601 (a time at midnight is its day), "TRUE" and "FALSE"; "" for nothing.

    Raises
    ------
    TypeError
        If the value is none of these, such as a list.

    Examples
    --------
    >>> cell_text(3.0), cell_text(0.734), cell_text(True), cell_text(None)
    ('3', '0.734', 'TRUE', '')
    >>> cell_text(datetime(2023, 10, 2, 9, 3, 11)), cell_text(datetime(2023, 10, 2))
    ('2023-10-02 09:03:11', '2023-10-02')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")  # half a character is none
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Decimal):
        value = int(value) if value.is_finite() and value == value.to_integral() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "" if math.isnan(value) else str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        value = int(value)
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        midnight = value.time() == time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} is no text, number or time")
