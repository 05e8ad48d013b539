"""Texts of a codebook that one of the writers of the results would refuse, or take for a command.

The results are Markdown, HTML, pictures, and a spreadsheet: XML 1.0, cells of limited length.
"""

import re
from collections.abc import Iterator

from analysis.survey.bases import NOT_TOLD
from analysis.survey.codebook import Codebook, Question
from analysis.survey.wording import clipped

#: Letters that a text may have. A cell holds 32,767, with what the sheet says around the text.
MOST_LETTERS = 10_000

_ADDRESS = r"(?:https?://|mailto:)[^\s()\[\]]{1,1000}"

#: What Markdown, and the spreadsheet after it, take for a link; and the one link that all follow.
_LINK = re.compile(r"\]\(|^\s*\[[^\]]*\]:", re.MULTILINE)
_GOOD_LINK = re.compile(rf"[^\[\]]*\[[^\[\]]+\]\({_ADDRESS}\)[^\[\]]*")

#: Control characters but tab and line feed, and what XML 1.0 has no place for.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


#: What a spreadsheet would work out, opening a table of text: all but numbers, and spans of them.
_NUMBERS = r"[+-]\s?[\d.,]+\s?%?(?: (?:to|or) [+-]?[\d.,]+%?)?\s*$"
_FORMULA = re.compile(rf"\s*(?:[=@]|(?!{_NUMBERS})[+-])")

#: What stands for a sign at the beginning of a text that is drafted.
_INSTEAD = {"-": "\u2013", "+": "plus ", "@": "at "}


def showable(text: str) -> str:
    r"""Take out of a text what could not be written everywhere.

    Parameters
    ----------
    text : str
        Such as a header or an answer of an export.

    Returns
    -------
    str
        As it was, if nothing had to be taken out.

    Examples
    --------
    >>> showable("Why?"), showable("a\x7fb for $$"), showable("see [this](x)"), showable("@home")
    ('Why?', 'ab for $', 'see [this] (x)', 'at home')
    """
    plain = re.sub(r"\${2,}", "$", _UNWRITABLE.sub("", text)).replace("![", "! [")
    if _LINK.search(plain) and not _GOOD_LINK.fullmatch(plain):
        plain = re.sub(r"^(\s*)\[([^\]]*)\]:", r"\1\2:", plain.replace("](", "] ("), flags=re.M)
    if _FORMULA.match(plain):
        plain = plain.lstrip("= \t\n")
        plain = _INSTEAD.get(plain[:1], plain[:1]) + plain[1:]
    return plain[:MOST_LETTERS]


def shown_text_contradictions(codebook: Codebook) -> list[str]:
    """List the texts that could not be written, each with its key.

    Parameters
    ----------
    codebook : Codebook
        As read, every key known and of its type.

    Returns
    -------
    list of str
        One contradiction each, with what to do; empty if there is none.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from analysis import survey
    >>> codebook = replace(survey.load("herts_2023").codebook, title="=1+1")
    >>> shown_text_contradictions(codebook)
    ['[survey] title is a formula to a spreadsheet; begin it with a letter']
    """
    problems = []
    for where, text in _texts(codebook):
        if found := _UNWRITABLE.search(text):
            problems.append(f"{where} has the control character U+{ord(found[0]):04X}; remove it")
        if len(text) > MOST_LETTERS:
            problems.append(
                f"{where} has {len(text):,} letters; no cell of a spreadsheet holds more than "
                f"{MOST_LETTERS:,} here, shorten it"
            )
        if "![" in text:
            problems.append(f"{where} embeds an image, {clipped(text)}; write what it says")
        elif _LINK.search(text) and not _GOOD_LINK.fullmatch(text):
            problems.append(
                f"{where} has a link that cannot be followed, {clipped(text)}; write the address "
                "as it is, or one [text](https://...) alone"
            )
        if _FORMULA.match(text):
            problems.append(f"{where} is a formula to a spreadsheet; begin it with a letter")
        if "$$" in text:
            problems.append(f"{where} has $$, which marks a note in the spreadsheet; write one $")
    for where, text in _names(codebook):
        if not re.search(r"\w", text):
            problems.append(f"{where} is {clipped(text)}, without a letter or figure; name it")
        elif text == NOT_TOLD:
            problems.append(
                f"{where} is {text!r}, which stands for people without an answer; list it under "
                "missing, or use another label"
            )
    for where, text in _sheet_names(codebook):
        if re.search(r"\w", text) and not re.search(r"[A-Za-z0-9]", text):
            problems.append(
                f"{where} is {clipped(text)}, without a letter from A to Z or a figure, which the "
                "writer of the spreadsheet asks for; add one"
            )
    return problems


def _texts(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield every text that is shown somewhere, with its key."""
    yield from _survey_texts(codebook)
    yield from _words(codebook)
    if codebook.population_counts:
        yield "[population] label", codebook.population_counts.label
        yield "[population] source", codebook.population_counts.source
    for question in codebook.questions:
        where = f"question {question.id!r}"
        yield f"{where}: wording", question.wording
        yield f"{where}: base", question.base
        for answer in question.answers:
            yield f"{where}: code", answer.code
            yield f"{where}, answer {answer.code!r}: label", answer.label
            yield f"{where}, answer {answer.code!r}: group", answer.group
    for theme in codebook.themes.themes if codebook.themes else ():
        yield f"theme {theme.code!r}: label", theme.label
        yield f"theme {theme.code!r}: description", theme.description


def _survey_texts(codebook: Codebook) -> Iterator[tuple[str, str]]:
    for name in ("title", "population", "source", "licence", "limits"):
        yield f"[survey] {name}", getattr(codebook, name)


def _words(codebook: Codebook) -> Iterator[tuple[str, str]]:
    for name, value in vars(codebook.words).items():
        if isinstance(value, str):
            yield f"[words] {name}", value


def _labels(question: Question) -> Iterator[tuple[str, str]]:
    for answer in question.answers:
        yield f"question {question.id!r}, answer {answer.code!r}: label", answer.label


def _names(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the texts that head a table, a row or a sentence, so that they cannot be blank."""
    yield "[survey] title", codebook.title
    yield from _words(codebook)
    for question in codebook.questions:
        yield from _labels(question)


def _sheet_names(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the texts that are whole cells of the spreadsheet of districts."""
    yield from _survey_texts(codebook)
    yield "[words] district", codebook.words.district
    for question in codebook.questions:
        if question.role == "district":
            yield from _labels(question)
