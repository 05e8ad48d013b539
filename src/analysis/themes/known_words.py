"""Words that may be printed: those of the dictionary and the codebook, and what many people use."""

import re
from collections.abc import Callable, Iterable

from analysis import privacy
from analysis.survey.codebook import Codebook
from analysis.themes.uncoded_words import Users

#: A word in no dictionary is printed from so many times the disclosure threshold of people on.
TIMES = 2

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def codebook_words(codebook: Codebook) -> frozenset[str]:
    """Return the words that a codebook prints: of its questions, answers and themes.

    Parameters
    ----------
    codebook : Codebook
        With or without themes.

    Returns
    -------
    frozenset of str
        In small letters.

    Examples
    --------
    >>> from analysis import survey
    >>> words = codebook_words(survey.load("herts_2023").codebook)
    >>> {"watford", "webchat", "pcso"} <= words, "zorblax" in words
    (True, False)
    """
    texts = [codebook.title, codebook.population]
    for question in codebook.questions:
        texts += [question.wording, question.noun]
        texts += [text for each in question.answers for text in (each.label, each.text)]
    if codebook.themes is not None:
        rules = codebook.themes
        texts += [*rules.every_phrase, *rules.words, *rules.variants]
        texts += [text for theme in rules.themes for text in (theme.label, theme.description)]
    return frozenset(_WORD.findall(" ".join(texts).casefold()))


def shown_words(
    users: Users, everything: Iterable[str], codebook: Codebook
) -> Callable[[str], bool]:
    """Decide which words may be printed.

    Parameters
    ----------
    users : mapping
        Word -> the people who used it, in redacted answers; see `word_users`.
    everything : iterable of str
        All answers to the question, as they were written.
    codebook : Codebook
        Its words and its threshold.

    Returns
    -------
    callable
        Tells of a word in small letters whether it may be printed.

    Notes
    -----
    A word may be printed if the project's dictionary or the codebook has it. Another one may be a
    name, a nickname or nonsense that some people share: it is printed if at least `TIMES` times
    the disclosure threshold of people use it, it is in no list of names, and redaction takes it out
    of no answer to the question, as a name, handle or anything else, where no word outside the
    dictionary counts as ordinary. A name in no list that so many people write in small letters,
    and nobody otherwise, is printed: only its frequency tells it from a word.
    """
    own = codebook_words(codebook)
    many = privacy.rule_of(codebook).people(TIMES)

    def known(word: str) -> bool:
        return word in own or privacy.is_plain_word(word)

    rare = {word for word, who in users.items() if len(who) >= many and not known(word)}
    rare -= _taken_out(rare, everything)
    return lambda word: known(word) or word in rare


def _taken_out(words: set[str], everything: Iterable[str]) -> set[str]:
    """Return the words that are part of a detail in some answer, or are in a list of names."""
    if not words:
        return set()
    found = {word for word in words if privacy.is_listed_name(word)}
    anywhere = re.compile("|".join(sorted(map(re.escape, words))), re.I)
    for text in set(everything):
        if not anywhere.search(text):
            continue
        plain = privacy.without_markup(text)
        for each in privacy.find_details(plain, ordinary=frozenset()):
            detail = plain[each.start : each.end].casefold()
            found |= {word for word in words if word in detail}
    return found
