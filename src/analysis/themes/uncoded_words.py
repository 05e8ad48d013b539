"""Groups of words that several people used, for who extends the rules."""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping

import pandas as pd

#: Answers that say nothing, without marks: they are nobody's words on the question.
SILENT = frozenset({
    "no", "none", "nothing", "na", "n a", "nil", "nope", "no comment", "no comments", "no idea",
    "no ideas", "no suggestions", "not applicable", "not sure", "unsure", "do not know",
    "dont know", "don t know", "nothing to add", "nothing at all", "nothing else", "none at all",
    "no thank you", "no thanks", "no change", "no changes",
})  # fmt: skip

#: The most words of a group.
LONGEST = 3

#: A word with whatever is written together with it, or another mark.
_TOKEN = re.compile(r"\[\w+\]|[\w#@](?:[\w#@'-]*[\w#@])?|[^\w\s]")

#: Letters, with apostrophes and hyphens between them.
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")

#: A group of words, and the people who used it.
Users = Mapping[str, set[Hashable]]


def word_users(
    texts: Iterable[str],
    *,
    stop_words: Container[str],
    people: Iterable[Hashable] | None = None,
    longest: int = LONGEST,
) -> tuple[Users, set[str]]:
    """Find who used each group of words.

    Parameters
    ----------
    texts : iterable of str
        Redacted answers.
    stop_words : container of str
        Words that are no part of a group; two words with one between them stand in no group.
    people : iterable, optional
        Who wrote each answer; without it, somebody else each.
    longest : int
        The most words of a group.

    Returns
    -------
    tuple
        Group -> the people who used it, and the answers that are no more than some words, in
        letters alone. Answers that say nothing (`SILENT`) are not counted. A word is what is
        written together: neither "shell" and "she'll" are one word, nor "jo" a part of "joe" or
        of "jo99".

    Examples
    --------
    >>> users, _ = word_users(["the shell", "she'll ring"], stop_words={"the"}, longest=1)
    >>> sorted(users)
    ['ring', "she'll", 'shell']
    """
    users: dict[str, set[Hashable]] = defaultdict(set)
    whole: set[str] = set()
    texts = list(texts)
    for text, who in zip(texts, range(len(texts)) if people is None else people, strict=True):
        plain = _letters(text)
        if plain in SILENT:
            continue
        whole.add(plain)
        for run in _runs(text, stop_words):
            for size in range(1, longest + 1):
                for start in range(len(run) - size + 1):
                    users[" ".join(run[start : start + size])].add(who)
    return users, whole


def word_groups(
    texts: Iterable[str],
    *,
    stop_words: Container[str],
    least: int,
    shown: Callable[[str], bool],
    people: Iterable[Hashable] | None = None,
    most: int = 12,
) -> pd.DataFrame:
    """Count groups of words by the people who used them.

    Parameters
    ----------
    texts, stop_words, people
        As for `word_users`.
    least : int
        The fewest people of a group that is returned.
    shown : callable
        Tells of a word whether it may be part of a group.
    most : int
        The most groups that are returned.

    Returns
    -------
    pandas.DataFrame
        `words, n`, the most frequent first, longer groups before shorter ones. A group that only
        occurs inside a longer one of as many people is left out, and so is a group of two words
        or more that is the whole answer of somebody: it would be a quotation.

    Examples
    --------
    >>> texts = ["the bus stop here", "a bus stop [name]", "my bus stop 12", "old bus"]
    >>> stop_words = {"the", "a", "my"}
    >>> word_groups(texts, stop_words=stop_words, least=3, shown=lambda word: True)
          words  n
    0       bus  4
    1  bus stop  3
    """
    users, whole = word_users(texts, stop_words=stop_words, people=people)
    kept = {
        words: len(who)
        for words, who in users.items()
        if len(who) >= least
        and not (" " in words and _letters(words) in whole)
        and all(shown(word) for word in words.split())
    }
    inside = {
        short
        for short, n in kept.items()
        for longer, m in kept.items()
        if short != longer and n == m and f" {short} " in f" {longer} "
    }
    rows = sorted(
        ((words, n) for words, n in kept.items() if words not in inside),
        key=lambda row: (-row[1], -len(row[0].split()), row[0]),
    )
    return pd.DataFrame(rows[:most], columns=["words", "n"]).astype({"words": "str", "n": int})


def _letters(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]|_", "", text.casefold()).split())


def _runs(text: str, stop_words: Container[str]) -> list[list[str]]:
    """Cut an answer into runs of words without a stop word, mark or figure between them."""
    runs: list[list[str]] = [[]]
    for token in _TOKEN.findall(text.casefold()):
        word = token.strip("'-")
        stop = word.replace("'", "") in stop_words
        if len(word) < 2 or stop or _WORD.fullmatch(word) is None:
            runs.append([])
        else:
            runs[-1].append(word)
    return runs
