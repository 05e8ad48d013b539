"""Sentences made from tables of numbers, for the answers of the notebooks."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from analysis.exports import tidy

#: How alike two texts are that are near: 1 is equal.
_NEAR = 0.8


def listed(items: list[str], most: int = 4) -> str:
    """Join names into a phrase.

    Parameters
    ----------
    items : list of str
        Names.
    most : int
        The most that are named; the rest is counted.

    Returns
    -------
    str
        Such as ``"a, b and c"``; ``"none"`` without items.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(list("abcdef"), most=2), listed([])
    ('a, b and c', 'a, b and 4 more', 'none')
    """
    if len(items) > most:
        items = [*items[:most], f"{len(items) - most} more"]
    if len(items) < 2:
        return items[0] if items else "none"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def in_sentence(label: str) -> str:
    """Write a label as it stands inside a sentence.

    Parameters
    ----------
    label : str
        A label with a capital at its start.

    Returns
    -------
    str
        With a small first letter, unless the word goes on in capitals or figures.

    Examples
    --------
    >>> in_sentence("Front counter"), in_sentence("CCTV"), in_sentence("101 by telephone")
    ('front counter', 'CCTV', '101 by telephone')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == "-" else label


def at_start(phrase: str) -> str:
    """Write a phrase as it stands at the start of a sentence.

    Parameters
    ----------
    phrase : str
        As it stands inside one.

    Returns
    -------
    str
        With a capital first letter; the rest as it is.

    Examples
    --------
    >>> at_start("visibility of the BBC")
    'Visibility of the BBC'
    """
    return phrase[:1].upper() + phrase[1:]


def match_key(text: str) -> str:
    r"""Return the form in which two texts are compared: tidy, and without regard to case.

    Parameters
    ----------
    text : str
        An answer from the data or from the codebook.

    Returns
    -------
    str
        Equal for texts that differ in case, white space, quotes or dashes alone.

    Examples
    --------
    >>> match_key("WEBSITE  (online form)") == match_key("Website (online\u00a0form)")
    True
    """
    return tidy(text).casefold()


def clipped(text: str, length: int = 60) -> str:
    """Quote a text in an error message, cut to a length that keeps the message readable.

    Parameters
    ----------
    text : str
        The offending value.
    length : int
        The most characters shown.

    Returns
    -------
    str
        The text in single quotes.

    Examples
    --------
    >>> clipped("webchat")
    "'webchat'"
    """
    return repr(text if len(text) <= length else text[: length - 1] + "…")


def nearest(text: str, known: Iterable[str]) -> str:
    """Find the known text that a text is but for a slip: only then may it be repeated.

    Parameters
    ----------
    text : str
        What stands in a file, and may be what a person wrote.
    known : iterable of str
        Texts of the codebook; those of one or two letters are near to nothing.

    Returns
    -------
    str
        The nearest one; "" for what tells something that the known texts do not.

    Notes
    -----
    Letters left out, added, changed, or swapped with their neighbour are counted (Damerau 1964;
    Levenshtein 1966), as a share of the letters of the longer text.

    Examples
    --------
    >>> nearest("Webiste", ["Website"]), nearest("My number is 07700 900123", ["Website"])
    ('Website', '')
    """
    keys = {match_key(each): each for each in known if len(match_key(each)) > 2}
    found = process.extractOne(
        match_key(text),
        list(keys),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=_NEAR,
    )
    return keys[found[0]] if found else ""
