"""Take personal details out of open text: what is left may still tell who wrote it.

It is a precaution for text that stays with the researcher, never a reason to publish an answer.
"""

import html
import re
from collections import Counter
from collections.abc import Container, Iterable

from analysis.privacy._details import FIGURE, find_details
from analysis.privacy._dictionary import NAMES
from analysis.survey.wording import tidy

#: A word that so many answers, and of many answers such a share, write with a small letter is an
#: ordinary word, not a name.
ORDINARY, SHARE = 3, 0.0005

_AT = re.compile(r"<\s*(at|dot)\s*>", re.I)

_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.S | re.I)

_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z']+")

_SMALL = re.compile(r"\b[a-z][a-z']*\b")


def ordinary_words(texts: Iterable[str]) -> set[str]:
    """Find the words that several answers write with a small letter.

    Parameters
    ----------
    texts : iterable of str
        Open answers.

    Returns
    -------
    set of str
        Words in small letters; not among them are given names and surnames that are in a list,
        and words that a third of their writers or more give a capital inside a sentence.

    Examples
    --------
    >>> sorted(ordinary_words(["we ring", "I ring Desmond", "they ring desmond"]))
    ['ring']
    """
    small, large, texts = Counter(), Counter(), list(texts)
    for text in texts:
        plain = tidy(text)
        small.update({*_SMALL.findall(plain)})
        large.update({*_INSIDE.findall(plain)})
    least = max(ORDINARY, SHARE * len(texts))
    common = {word for word, n in small.items() if n >= least and n > 2 * large[word.capitalize()]}
    return common - NAMES


def without_markup(text: str) -> str:
    """Take markup out of a text, and make its quotes, dashes and white space regular.

    Parameters
    ----------
    text : str
        An open answer; it is never run.

    Returns
    -------
    str
        Tidy text, without characters that cannot be seen.

    Examples
    --------
    >>> without_markup("<b>Answer</b> &amp; listen <script>alert(1)</script>")
    'Answer & listen'
    """
    plain = html.unescape(text) if "&" in text else text
    if "<" in plain:
        plain = _MARKUP.sub(" ", _AT.sub(r"[\1]", plain))
    return tidy(plain)


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
        Without markup, and without what `find_details` finds; figures become "#".

    Notes
    -----
    docs/privacy-redaction.md has how much is found, kind by kind, and what is not: above all a name
    in small letters that is in no list and has no cue before it.

    Examples
    --------
    >>> redact("Ring Desmond Quill on 07700 900123, or 101", ordinary={"ring"}, numbers={"101"})
    'Ring [name] on [telephone], or 101'
    """
    plain = without_markup(text)
    parts, end = [], 0
    for each in find_details(plain, ordinary=ordinary, numbers=numbers):
        parts += [plain[end : each.start], "#" if each.kind == FIGURE else f"[{each.kind}]"]
        end = each.end
    return "".join([*parts, plain[end:]])
