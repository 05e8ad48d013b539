"""Phrases of the codebook as patterns over plain words."""

import itertools
import re
from collections.abc import Iterable, Mapping
from functools import cache

#: Words that a gap, written "...", may stand for at most; a gap never leaves a sentence.
GAP = 6

#: The fewest letters of a stem: fewer would stand for too many words.
STEM = 3

_WORD, _SET = re.compile(r"[a-z0-9]+\*?"), re.compile(r"\{(\w+)\}")

_PARTS = re.compile(r"\([^()]*\)|\S+")


def phrase_problem(phrase: str, sets: Iterable[str]) -> str:
    """Say what is wrong with a phrase.

    Parameters
    ----------
    phrase : str
        Words that stand in this order: a word; a stem such as "patrol*"; "see|seen" and
        "(at once|straight away)" for one of several; "{officer}" for one of a set; "..." between
        two for a gap.
    sets : iterable of str
        Names of the sets.

    Returns
    -------
    str
        "" if nothing is wrong.

    Examples
    --------
    >>> phrase_problem("answer* ... 101", []), phrase_problem("", [])
    ('', "phrase '' is empty; remove it")
    >>> phrase_problem("pa*rol", [])
    "phrase 'pa*rol': 'pa*rol' is no word or stem; a stem ends in * after 3 letters or more"
    """
    parts = _PARTS.findall(phrase)
    if not parts:
        return f"phrase {phrase!r} is empty; remove it"
    if "..." in (parts[0], parts[-1]) or ("...", "...") in itertools.pairwise(parts):
        return f"phrase {phrase!r}: a gap ... stands between two words; add what is missing"
    ways = [way for part in parts if part != "..." for way in _ways(part)]
    for word in [word for way in ways for word in way.split() or [""]]:
        named = _SET.fullmatch(word)
        if named and named.group(1) not in sets:
            return f"phrase {phrase!r}: no set {named.group(1)!r}; add it to [theme_rules.sets]"
        found = "" if named else _word_problem(word)
        if found:
            return f"phrase {phrase!r}: {found}"
    return ""


def set_problem(member: str) -> str:
    """Say what is wrong with a member of a set: words and stems without gaps.

    Parameters
    ----------
    member : str
        Such as "police officer*".

    Returns
    -------
    str
        "" if nothing is wrong.

    Examples
    --------
    >>> set_problem("police officer*"), set_problem("a ... b")
    ('', "phrase 'a ... b': '...' is no word or stem; a stem ends in * after 3 letters or more")
    """
    if not member.split():
        return f"phrase {member!r} is empty; remove it"
    found = next((each for each in map(_word_problem, member.split()) if each), "")
    return f"phrase {member!r}: {found}" if found else ""


def _word_problem(word: str) -> str:
    stem = word.removesuffix("*")
    if not _WORD.fullmatch(word) or (word.endswith("*") and len(stem) < STEM):
        return f"{word!r} is no word or stem; a stem ends in * after {STEM} letters or more"
    return ""


def pattern(phrases: Iterable[str], sets: Mapping[str, Iterable[str]]) -> re.Pattern:
    """Make one pattern of several phrases.

    Parameters
    ----------
    phrases : iterable of str
        As `phrase_problem` describes them, none wrong.
    sets : mapping of str to iterable of str
        Words by the name of the set.

    Returns
    -------
    re.Pattern
        Matches plain words, a space around each (see `plain_words.Reader`); never, without phrases.

    Examples
    --------
    >>> found = pattern(["answer* ... {phone}"], {"phone": ["101", "the phone"]})
    >>> bool(found.search(" please answer your calls to 101 quickly ")), bool(found.search(" 101 "))
    (True, False)
    """
    ways = [_one(_PARTS.findall(phrase), sets) for phrase in phrases]
    return _compiled(rf"(?<= )(?:{'|'.join(ways)})(?= )" if ways else r"(?!)")


@cache
def _compiled(text: str) -> re.Pattern:
    """Compile a pattern once: a codebook has more of them than `re` keeps."""
    return re.compile(text)


def _one(parts: list[str], sets: Mapping[str, Iterable[str]]) -> str:
    text = _part(parts[0], sets)
    for before, part in itertools.pairwise(parts):
        if part != "...":
            gap = rf"(?: [a-z0-9]+){{0,{GAP}}}" if before == "..." else ""
            text += f"{gap} {_part(part, sets)}"
    return text


def _ways(part: str) -> list[str]:
    """Split "see|seen" and "(at once|straight away)" into the ways of putting it."""
    return part.removeprefix("(").removesuffix(")").split("|")


def _part(part: str, sets: Mapping[str, Iterable[str]]) -> str:
    ways = [_words(way, sets) for way in _ways(part)]
    return f"(?:{'|'.join(ways)})" if len(ways) > 1 else ways[0]


def _words(way: str, sets: Mapping[str, Iterable[str]]) -> str:
    """Make a pattern of words, stems and sets that follow each other."""
    words = []
    for word in way.split():
        named = _SET.fullmatch(word)
        if named:
            words.append(f"(?:{'|'.join(_words(each, {}) for each in sets[named.group(1)])})")
        else:
            words.append(re.escape(word.removesuffix("*")) + "[a-z0-9]*" * word.endswith("*"))
    return " ".join(words)
