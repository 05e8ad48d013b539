"""Phrases in what people wrote, and whether they are denied there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from analysis.survey.wording import match_key

#: A negator denies a phrase that follows within so many words, in the same clause.
WINDOW = 5

_CLAUSE = re.compile(r"[.,;:!?()/]+(?!\w)|\s-\s|\b(?:but|so|then|because|although)\b")

_WORD = re.compile(r"\w+")


def named_answers(
    text: str, phrases: Mapping[str, Iterable[str]], negators: Iterable[str]
) -> set[str]:
    """Find the answers whose phrases stand in a text and are not denied.

    Parameters
    ----------
    text : str
        What a person wrote.
    phrases : mapping of str to iterable of str
        Code -> phrases: whole words, whatever the case.
    negators : iterable of str
        Words that deny what follows, such as "not" and "instead of".

    Returns
    -------
    set of str
        Codes. A phrase inside a longer one, of whichever answer, does not count; nor does one
        that a negator precedes, with fewer than `WINDOW` words between and no mark or "but".

    Examples
    --------
    >>> phrases, negators = {"phone": ["by phone"], "web": ["form", "web form"]}, ["not"]
    >>> named_answers("not by phone but on the web form", phrases, negators)
    {'web'}
    """
    line = match_key(text)
    found = [
        (match.start(), match.end(), code)
        for code, listed in phrases.items()
        for match in _matches(listed, line)
    ]
    denying = {_plain(match_key(negator)) for negator in negators}
    return {
        code
        for start, end, code in found
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found)
        and not _denied(line[:start], denying)
    }


def _matches(phrases: Iterable[str], line: str) -> Iterator[re.Match[str]]:
    """Yield where phrases stand in a line as whole words."""
    for phrase in phrases:
        key, pattern = _compiled(phrase)
        if key in line:
            yield from pattern.finditer(line)


@lru_cache(maxsize=4096)
def _compiled(phrase: str) -> tuple[str, re.Pattern[str]]:
    """Return a phrase as lines are written, and what finds it; of a codebook, so there are few."""
    key = match_key(phrase)
    return key, re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")


def _denied(before: str, negators: set[str]) -> bool:
    """Tell whether a negator stands near the end of what precedes a phrase."""
    words = _WORD.findall(_plain(_CLAUSE.split(before)[-1]))
    return any(
        " ".join(words[at : at + negator.count(" ") + 1]) == negator
        for negator in negators
        for at in range(max(0, len(words) - WINDOW), len(words))
    )


def _plain(text: str) -> str:
    """Write "can't" as many people do."""
    return text.replace("'", "")
