"""Whether the survey's own words fit the places in sentences where they are put."""

import re

from analysis.survey.codebook import Codebook, Words

#: What follows "people who" or "what people", for each key: an example that fits.
_VERBS = {
    "used": "used most recently",
    "preferred": "would prefer",
    "satisfied": "rated their experience good or very good",
    "used_short": "Used",
    "preferred_short": "Prefer",
}

#: What stands inside a sentence as the name of something.
_NOUNS = {
    "channel": "channel",
    "channels": "channels",
    "district": "district",
    "districts": "districts",
    "satisfaction": "experience",
}

_HEADINGS = ("used_short", "preferred_short")

#: No verb begins with one of these, and every phrase that does needs one before it.
_NO_VERB = {
    "a", "an", "the", "this", "that", "these", "those", "my", "our", "your", "their", "his", "her",
    "its", "by", "in", "at", "on", "of", "for", "from", "with", "without", "during", "before",
    "after", "between", "under", "over", "about", "what", "which", "who", "whom", "whose",
}  # fmt: skip


def word_contradictions(words: Words) -> list[str]:
    """List words that cannot fit the sentences in which they are put.

    Parameters
    ----------
    words : Words
        `[words]` of a codebook.

    Returns
    -------
    list of str
        One contradiction each, with an example that fits. Only what never fits is listed:
        `sample_sentences` shows the rest to the author.
    """
    problems = (
        [] if words.preference.strip() else ["[words]: preference is empty; write a sentence"]
    )
    for key, example in (_VERBS | _NOUNS).items():
        text = getattr(words, key)
        wrong = _wrong_verb(key, text) if key in _VERBS else _wrong_text(text)
        if wrong:
            problems.append(f"[words]: {key} = {text!r} {wrong}; write such as {example!r}")
    return problems


def _wrong_text(text: str) -> str:
    """Say why a text fits no place inside a sentence."""
    if not text.strip():
        return "is empty"
    if text != text.strip() or re.search(r"[.,;:!?]$", text):
        return "has a mark or white space at an end, in the middle of a sentence"
    if re.match(r"[A-Z][a-z]", text):
        return "begins with a capital, in the middle of a sentence"
    return ""


def _wrong_verb(key: str, text: str) -> str:
    """Say why a text cannot follow "people who"."""
    wrong = _wrong_text(text.lower() if key in _HEADINGS else text)
    first = text.lower().split(" ")[0]
    if wrong or first in _NO_VERB:
        return wrong or f'has no verb, so that "people who {text.lower()}" is no sentence'
    if re.search(r"\bit\b", text.lower()):
        return 'has an "it", which the sentences add themselves'
    return ""


def sample_sentences(codebook: Codebook) -> list[str]:
    """Put a survey's words into the sentences of its report, with made-up numbers.

    Parameters
    ----------
    codebook : Codebook
        Its `[words]`, and which questions it asked.

    Returns
    -------
    list of str
        Sentences on what it asked, for the author of the codebook to read.

    Examples
    --------
    >>> from analysis import survey
    >>> for sentence in sample_sentences(survey.load("herts_2023").codebook):
    ...     print(sentence)
    What people used most recently and what they would prefer differ for 3 of 9 channels.
    30% of the 200 people who would prefer it used it.
    56% of 200 people rated their experience good or very good.
    The experience differs between channels by more than chance explains.
    A reason might be: fewer than 3 districts have 10 people or more who answered.
    """
    words, said = codebook.words, []
    if codebook.has("preferred"):
        said += [
            f"What people {words.used} and what they {words.preferred} differ for 3 of 9 "
            f"{words.channels}.",
            f"30% of the 200 people who {words.preferred} it {words.used_short.lower()} it.",
        ]
    if codebook.has("satisfaction"):
        said += [
            f"56% of 200 people {words.satisfied}.",
            f"The {words.satisfaction} differs between {words.channels} by more than chance "
            "explains.",
        ]
    if codebook.has("district"):
        said.append(
            f"A reason might be: fewer than 3 {words.districts} have 10 people or more who "
            "answered."
        )
    return said
