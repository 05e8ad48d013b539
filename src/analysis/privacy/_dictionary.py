"""Ordinary English words about contacting the police, and words that are names.

Both lists were written down for this project: `ordinary_words.txt` and `names.txt` beside this
module. A word that is in neither may be a slip of spelling, a brand, a place or a name.
"""

import re
from functools import lru_cache
from importlib import resources

from rapidfuzz.distance import DamerauLevenshtein


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that lists them, a space between.

    Parameters
    ----------
    text : str
        Words.

    Returns
    -------
    frozenset of str
        Each once.

    Examples
    --------
    >>> sorted(words_of("road rd road"))
    ['rd', 'road']
    """
    return frozenset(text.split())


def _listed(name: str) -> dict[str, frozenset[str]]:
    """Read the words of a list, by the headings (`# heading`) that they stand under."""
    found: dict[str, list[str]] = {}
    heading = ""
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.strip("# ")
        else:
            found.setdefault(heading, []).extend(line.split())
    return {heading: frozenset(words) for heading, words in found.items()}


_LISTS = _listed("ordinary_words.txt")

WORDS = frozenset().union(*_LISTS.values())

#: Words that are never a name, as "and" and "was" are.
SMALL_WORDS = _LISTS["small words"]

_NAMES = _listed("names.txt")

#: Given names and surnames that are no words.
NAMES = (_NAMES["given names"] | _NAMES["surnames"]) - WORDS

#: Given names, also those that are words too.
GIVEN = _NAMES["given names"] | _NAMES["given names that are words"]

#: Words that are names only where something else says so, such as "ask for".
DOUBTFUL = _NAMES["given names that are words"] | _NAMES["surnames that are words"]

#: Single words of the names of towns, which are no names of people.
PLACES = frozenset(" ".join(_NAMES["towns"]).replace("_", " ").split())

#: An ending, and what stands in its place in the plain form.
_ENDINGS = (
    ("ies", ("y",)), ("ied", ("y",)), ("ier", ("y",)), ("iest", ("y",)), ("ily", ("y",)),
    ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")), ("ly", ("", "le")),
    ("er", ("", "e")), ("ers", ("", "e")), ("est", ("", "e")), ("ness", ("",)), ("n't", ("",)),
    ("ish", ("", "e")), ("ings", ("", "e")), ("'s", ("",)), ("'", ("",)), ("ally", ("",)),
)  # fmt: skip

_DOUBLED = re.compile(r"([bdglmnprt])\1$")


@lru_cache(maxsize=65536)
def is_ordinary(word: str) -> bool:
    """Tell whether a word is in the dictionary, in its plain form or with a common ending.

    Parameters
    ----------
    word : str
        In small letters.

    Returns
    -------
    bool
        True for words joined by hyphens if each of them is. Of misspelt words, False.

    Examples
    --------
    >>> [is_ordinary(word) for word in ("rang", "patrols", "stopped", "e-mails", "zorblax")]
    [True, True, True, True, False]
    """
    if word in WORDS:
        return True
    if "-" in word:
        return all(is_ordinary(part) or len(part) < 2 for part in word.split("-"))
    for ending, plain in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            if any(len(stem + each) > 2 and stem + each in WORDS for each in plain):
                return True
            doubled = ending in ("ed", "ing", "er", "ers", "est") and _DOUBLED.search(stem)
            if doubled and stem[:-1] in WORDS:
                return True
    return False


@lru_cache(maxsize=4096)
def is_slip(word: str) -> bool:
    """Tell whether a word is a slip of spelling of one in the dictionary.

    Parameters
    ----------
    word : str
        In small letters, not in the dictionary.

    Returns
    -------
    bool
        True where one letter left out, added, changed or swapped with its neighbour makes it a
        word of five letters or more, or two of them one of eight or more.

    Examples
    --------
    >>> is_slip("recieved"), is_slip("desmond"), is_slip("kofi")
    (True, False, False)
    """
    most = 2 if len(word) >= 8 else 1
    return len(word) >= 5 and any(
        DamerauLevenshtein.distance(word, each, score_cutoff=most) <= most
        for each in _LONG
        if abs(len(each) - len(word)) <= most
    )


_LONG = sorted(
    {each + end for each in WORDS if len(each) > 4 for end in ("", "s", "d", "ed", "ing")}
)


def is_listed_name(word: str) -> bool:
    """Tell whether a word is in a list of names, and is no word besides.

    Parameters
    ----------
    word : str
        In small letters, with or without 's.

    Returns
    -------
    bool
        Of words joined by hyphens, True if one of them is.

    Examples
    --------
    >>> is_listed_name("desmond's"), is_listed_name("mark"), is_listed_name("jo-anne")
    (True, False, True)
    """
    return any(part.removesuffix("'s") in NAMES for part in word.split("-"))


def is_plain_word(word: str) -> bool:
    """Tell whether a word is in the dictionary and in no list of names.

    Parameters
    ----------
    word : str
        In small letters.

    Returns
    -------
    bool
        False of "james", which would be the plural of a word.

    Examples
    --------
    >>> is_plain_word("patrols"), is_plain_word("james"), is_plain_word("zorblax")
    (True, False, False)
    """
    return is_ordinary(word) and not is_listed_name(word)
