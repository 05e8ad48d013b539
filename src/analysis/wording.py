"""Text as people and survey tools write it, made comparable."""

import re
import unicodedata

_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-"}
)


def tidy(text: str) -> str:
    r"""Straighten quotes and dashes, and reduce every run of white space to one space.

    Parameters
    ----------
    text : str
        One cell as read.

    Returns
    -------
    str
        The text without the traces of the program it was typed in; case is kept.

    Examples
    --------
    >>> tidy("  I don’t\u00a0know ")
    "I don't know"
    """
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join(plain.replace("\u200b", "").replace("\ufeff", "").split())


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


def contains_phrase(text: str, phrase: str) -> bool:
    """Tell whether a phrase stands in a text as whole words.

    Parameters
    ----------
    text, phrase : str
        Compared without regard to case, white space, quotes or dashes.

    Returns
    -------
    bool
        True if the phrase occurs and no letter or digit touches it.

    Examples
    --------
    >>> contains_phrase("I Rang 101 twice", "rang 101")
    True
    >>> contains_phrase("rang 1012", "rang 101")
    False
    """
    pattern = rf"(?<!\w){re.escape(match_key(phrase))}(?!\w)"
    return re.search(pattern, match_key(text)) is not None


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
