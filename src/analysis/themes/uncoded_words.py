"""Groups of words that several people used, for who extends the rules."""

import re
from collections import Counter
from collections.abc import Container, Iterable

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

_TOKEN = re.compile(r"\[\w+\]|[a-z0-9']+|[^\sa-z0-9']")


def word_groups(
    texts: Iterable[str], *, stop_words: Container[str], least: int, most: int = 12
) -> pd.DataFrame:
    """Count groups of words by the people who used them.

    Parameters
    ----------
    texts : iterable of str
        Redacted answers, one a person.
    stop_words : container of str
        Words that are no part of a group; two words with one between them stand in no group.
    least : int
        The fewest people of a group that is returned.
    most : int
        The most groups that are returned.

    Returns
    -------
    pandas.DataFrame
        `words, n`, the most frequent first, longer groups before shorter ones. A group that only
        occurs inside a longer one of as many people is left out, and so is a group of two words
        or more that is the whole answer of somebody: it would be a quotation. Answers that say
        nothing (`SILENT`) are not counted.

    Examples
    --------
    >>> texts = ["the bus stop here", "a bus stop [name]", "my bus stop 12", "old bus"]
    >>> word_groups(texts, stop_words={"the", "a", "my"}, least=3)
          words  n
    0       bus  4
    1  bus stop  3
    """
    counts, whole = Counter(), set()
    for text in texts:
        plain = " ".join(re.sub(r"[^a-z0-9\s]", "", text.casefold()).split())
        if plain in SILENT:
            continue
        runs, run = [], []
        tokens = _TOKEN.findall(text.casefold())
        for token in tokens:
            word = token.replace("'", "")
            if not word.isalpha() or word in stop_words or len(word) < 2:
                runs, run = [*runs, run], []
            else:
                run.append(word)
        groups = {
            " ".join(each[start : start + size])
            for each in [*runs, run]
            for size in range(1, LONGEST + 1)
            for start in range(len(each) - size + 1)
        }
        counts.update(groups)
        whole.add(plain)
    kept = {
        words: n
        for words, n in counts.items()
        if n >= least and not (" " in words and words in whole)
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
