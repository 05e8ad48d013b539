"""Words of a figure, measured as they are drawn and wrapped to the room that they have."""

from collections.abc import Sequence
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.figures import style

#: Letters of a picture are set on whole dots, and so a little wider than they are drawn.
_SET = 1.04


@lru_cache(maxsize=20_000)
def width(text: str, size: float, weight: str = "normal") -> float:
    """Measure one line of words.

    Parameters
    ----------
    text : str
        The words.
    size : float
        Of the letters, in points.
    weight : str
        "normal" or "bold".

    Returns
    -------
    float
        In points.

    Examples
    --------
    >>> width("Wide", 10) < width("Wide", 10, "bold") < width("Wider", 10, "bold")
    True
    """
    font = FontProperties(family=style.FAMILY, size=size, weight=weight)
    return _SET * text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]


def wrap(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """Break words into lines that are as wide as there is room.

    Parameters
    ----------
    text : str
        The words.
    room : float
        In points. A word that is wider by itself is broken where it reaches the end.
    size, weight
        As for `width`.

    Returns
    -------
    list of str
        The lines; none of no words.

    Examples
    --------
    >>> wrap("A finding of some length", 80, 10)
    ['A finding of', 'some length']
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if width(longer, size, weight) <= room:
            lines[-1:] = [longer]
            continue
        lines.append(word)
        while width(lines[-1], size, weight) > room and len(lines[-1]) > 1:
            end = _fitting(lines[-1], room, size, weight)
            lines[-1:] = [lines[-1][:end], lines[-1][end:]]
    return [line for line in lines if line]


def fitted(
    text: str,
    room: float,
    *,
    sizes: Sequence[float],
    most: int,
    weight: str = "normal",
    end: str = "",
) -> tuple[list[str], float]:
    """Wrap words into at most some lines, in smaller letters where they need it, else cut.

    Parameters
    ----------
    text : str
        The words.
    room : float
        In points.
    sizes : sequence of float
        Of letters, from the largest; the first in which the words fit is taken.
    most : int
        Lines.
    weight : str
        As for `width`.
    end : str
        What stands behind the words and is never cut.

    Returns
    -------
    tuple of list and float
        The lines and the size. Words that do not fit in the smallest end in "…".

    Examples
    --------
    >>> fitted("Meeting in person", 60, sizes=(10, 8), most=2)
    (['Meeting in', 'person'], 10)
    >>> fitted("Meeting an officer in person", 60, sizes=(10, 8), most=1, end=" (9)")
    (['Meeting… (9)'], 8)
    """
    for size in sizes:
        lines = wrap(text + end, room, size, weight)
        if len(lines) <= most and not _broken(text, room, size, weight):
            return lines, size
    size, words = sizes[-1], text
    while len(lines := wrap(words + end, room, size, weight)) > most and words.strip("…"):
        words = words.removesuffix("…")
        shorter = words.rpartition(" ")[0] if " " in words.strip() else words[:-1]
        words = f"{shorter.rstrip(' ,;:-')}…"
    return lines, size


def _broken(text: str, room: float, size: float, weight: str) -> bool:
    return any(width(word, size, weight) > room for word in text.split(" "))


def _fitting(word: str, room: float, size: float, weight: str) -> int:
    """Return how many letters of a word fit, one at least."""
    return max(1, sum(width(word[:end], size, weight) <= room for end in range(1, len(word) + 1)))
