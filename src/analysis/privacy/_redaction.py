"""Take personal details out of open text: what is left may still tell who wrote it.

It is a precaution for text that stays with the researcher, never a reason to publish an answer.
"""

import html
import re
from collections import Counter
from collections.abc import Container, Iterable

from analysis.survey.wording import tidy

#: A word that this many answers write with a small letter is an ordinary word, not a name.
ORDINARY = 3

_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.S | re.I)

_SHAPES = (
    ("address", re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)*", re.I)),
    ("reference", re.compile(r"\b\w*\d\w*(?:/\w*\d\w*)+\b")),
    ("postcode", re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.I)),
    ("plate", re.compile(r"\b(?:[a-z]{2}\d{2}\s?[a-z]{3}|[a-z]\d{1,3}\s?[a-z]{3})\b", re.I)),
    ("telephone", re.compile(r"\(?\+?\d[\d\s().-]{5,}\d")),
)

_CUE = re.compile(
    r"\b((?:my name is|mr|mrs|ms|miss|mx|dr|sir|pc|pcso|sgt|sergeant|inspector|constable)\.?)"
    r"((?:\s+(?!and\b|or\b|who\b|on\b|in\b|to\b|for\b|ring\b|came\b)[a-z][\w'-]*){1,2})",
    re.I,
)

_CAPITAL = re.compile(r"\b[A-Z][\w']*(?:-[A-Z][\w']*)*")

_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "pc", "pcso", "sgt"}

_NUMBER = re.compile(r"\d+")


def ordinary_words(texts: Iterable[str]) -> set[str]:
    """Find the words that several answers write with a small letter.

    Parameters
    ----------
    texts : iterable of str
        Open answers.

    Returns
    -------
    set of str
        Words in small letters.

    Examples
    --------
    >>> sorted(ordinary_words(["we ring", "I ring Desmond", "they ring"]))
    ['ring']
    """
    seen = Counter(
        word for text in texts for word in {*re.findall(r"\b[a-z][a-z']*\b", tidy(text))}
    )
    return {word for word, n in seen.items() if n >= ORDINARY}


def redact(text: str, *, ordinary: Container[str], numbers: Container[str] = ()) -> str:
    """Replace personal details by what they are, in brackets.

    Parameters
    ----------
    text : str
        An open answer.
    ordinary : container of str
        Words in small letters that are no names, as `ordinary_words` finds them.
    numbers : container of str
        Numbers that tell nothing about a person, such as a public telephone number.

    Returns
    -------
    str
        Without markup, e-mail and web addresses, references, postcodes, number plates, telephone
        numbers and other figures, and without words that may be names: those after a title, and
        those with a capital that are not ordinary or stand inside a sentence.

    Notes
    -----
    A name in small letters without a title before it is not found.

    Examples
    --------
    >>> redact("Ring Desmond Quill on 07700 900123, or 101", ordinary={"ring"}, numbers={"101"})
    'Ring [name] on [telephone], or 101'
    """
    plain = tidy(_MARKUP.sub(" ", html.unescape(text)))
    for kind, shape in _SHAPES:
        plain = shape.sub(f"[{kind}]", plain)
    plain = _CUE.sub(lambda found: f"{found.group(1)} [name]", plain)
    plain = _CAPITAL.sub(lambda found: _named(found, ordinary), plain)
    plain = _NUMBER.sub(lambda found: found.group() if found.group() in numbers else "#", plain)
    return re.sub(r"\[name\](?:['\s,-]*\[name\])+", "[name]", plain)


def _named(found: re.Match, ordinary: Container[str]) -> str:
    word = found.group()
    known = all(part.casefold() in ordinary for part in re.findall(r"[A-Za-z']+", word))
    inside = re.search(r"[\w,;'\"\)\]-]\s*$", found.string[: found.start()]) is not None
    title = word != word.upper()
    if word in ("I", "I'm", "I'd", "I've", "I'll") or word.casefold() in _TITLES:
        return word
    return word if known and not (inside and title) else "[name]"
