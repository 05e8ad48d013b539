"""Open answers as plain words: without markup, in one spelling."""

import html
import re
from collections import defaultdict

from analysis.survey.theme_rules import ThemeRules
from analysis.survey.wording import match_key

#: A word this long may be a slip of another: shorter ones are too often words of their own.
SLIP = 6

_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.S | re.I)

_TAG = re.compile(r"<[^<>]*>")

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+", re.I)

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[.!?;\n]+")

_ENDINGS = ("", "s", "ed", "ing")


def _without_markup(text: str) -> str:
    """Take markup and addresses of pages and mail out of a text.

    Parameters
    ----------
    text : str
        As somebody typed it; it is never run nor shown.

    Returns
    -------
    str
        What is left.

    Examples
    --------
    >>> _without_markup("<b>Answer 101</b> <script>alert(1)</script>").strip()
    'Answer 101'
    """
    plain = html.unescape(text)
    return _ADDRESS.sub(" . ", _TAG.sub(" ", _SCRIPT.sub(" ", plain)))


class Reader:
    """Reads open answers as the phrases of a codebook are written.

    Slips of spelling are brought back to the words of the phrases: a word of six letters or more
    that is none of them, and no spelling that the codebook knows, becomes the one word of the
    phrases with the same first letter from which one letter left out, added or swapped with its
    neighbour makes it; a letter changed too often makes a word of its own. Then variants are
    replaced.
    """

    def __init__(self, rules: ThemeRules) -> None:
        self._sets = rules.sets
        spelt = " ".join([*rules.every_phrase, *rules.words, *rules.variants])
        spelt += " " + " ".join(each for some in rules.variants.values() for each in some)
        words = set(re.findall(r"[a-z0-9]+\*?", spelt))
        self._stems = tuple(word[:-1] for word in words if word.endswith("*"))
        self._words = {word for word in words if not word.endswith("*")}
        targets = {word for word in self._words if len(word) >= SLIP}
        targets |= {stem + end for stem in self._stems if len(stem) >= SLIP for end in _ENDINGS}
        self._targets = defaultdict(list)
        for word in sorted(targets):
            self._targets[word[0]].append(word)
        self._seen: dict[str, str] = {}
        self._right = {each: right for right, some in rules.variants.items() for each in some}
        ways = sorted(map(re.escape, self._right), key=len, reverse=True)
        self._variants = re.compile(rf"(?<= )(?:{'|'.join(ways)})(?= )" if ways else r"(?!)")

    def read(self, text: str) -> str:
        """Return the words of an answer, a space around each; "." stands for a sentence's end.

        Parameters
        ----------
        text : str
            An open answer.

        Returns
        -------
        str
            Small letters and figures; marks other than a sentence's end are left out.

        Examples
        --------
        >>> Reader(ThemeRules(themes=(), words=("station",))).read("The STAION - it's shut!")
        ' the station its shut . '
        """
        words = []
        for token in _TOKEN.findall(match_key(_without_markup(text))):
            plain = token.replace("'", "")
            words.append(self._spelt(plain) if plain[0].isalnum() else ".")
        line = f" {' '.join(words)} "
        return self._variants.sub(lambda found: self._right[found.group()], line)

    def _spelt(self, word: str) -> str:
        if len(word) < SLIP - 1 or word in self._words or word.startswith(self._stems or ("\n",)):
            return word
        if word not in self._seen:
            near = [each for each in self._targets[word[0]] if one_slip(word, each)]
            self._seen[word] = near[0] if len(near) == 1 else word
        return self._seen[word]


def one_slip(first: str, second: str) -> bool:
    """Tell whether one letter left out, added or swapped leads from a word to another.

    Parameters
    ----------
    first, second : str
        Two words.

    Returns
    -------
    bool
        False for equal words.

    Examples
    --------
    >>> one_slip("staion", "station"), one_slip("countre", "counter"), one_slip("cart", "dark")
    (True, True, False)
    """
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    one, two = first[start:], second[start:]
    swapped = one[:2] == two[1::-1] and one[2:] == two[2:] and len(one) > 1 and len(two) > 1
    return one[1:] == two or one == two[1:] or swapped
