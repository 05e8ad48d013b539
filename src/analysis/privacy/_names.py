"""Names of people in open text: by the words before them, by capitals, and by lists."""

import re
from collections.abc import Container, Set

from analysis.privacy._dictionary import (
    DOUBTFUL,
    GIVEN,
    NAMES,
    PLACES,
    SMALL_WORDS,
    WORDS,
    is_ordinary,
    is_slip,
    words_of,
)

_TITLES = (
    "mr mrs ms miss mx dr sir rev reverend cllr pc pcso wpc sgt sergeant sargeant inspector insp "
    "constable dc ds dci det detective officer councillor"
)

_TITLE = rf"(?:p\.c|{'|'.join(_TITLES.split())})\.?(?:\s*\d{{1,6}}\b)?"

_KIN = (
    r"(?:neighbou?r|son|daughter|husband|wife|partner|mum|mom|dad|mother|father|brother|sister"
    r"|friend|mate|boss|landlord|landlady|lodger|uncle|aunt|auntie|nan|boyfriend|girlfriend|ex"
    r"|carer|cousin|nephew|niece|tenant|colleague|manager|lad|man|woman|lady|chap|bloke|guy|boy|girl"
    r"|officer|someone|somebody|person|kid|child|one|sergeant|pcso|pc|operator|handler|member)"
)

#: What stands before a name; the group that matched says how sure it is.
_CUE = re.compile(
    rf"(?:(?P<title>{_KIN}(?:s?,?| (?:there|here|next door),?) (?:is |was |who is |who's )?"
    rf"(?:called|named|name of)|{_TITLE}"
    r"|(?:my|his|her|the|whose|your|their) (?:full |first |last |sur)?name(?:'s|s| is| was|:)"
    r"|by the name of|goes by(?: the name)?(?: of)?|(?:known|referred to) as|yours sincerely|signed"
    r"|name:?)"
    r"|(?P<spoken>(?:ask|asked|asking) for|(?:speak|spoke|spoken|speaking|talk|talked|talking"
    r"|chatted|complained|reported it) (?:to|with)|(?:dealt with|seen|visited|helped|contacted"
    r"|phoned|called|interviewed|attended|rung|ignored|spoken to|let down) by|kind regards|regards"
    r"|many thanks|attn|fao|c/o|dear)"
    rf"|(?P<loose>(?:my|his|her|our|their) (?:ex[- ])?{_KIN}|emailed|rang|phoned|texted|contact"
    r"|contacted|thank|met|told))[\s,:]+(?:\d{1,6}\s+)?(?=[^\W\d_])",
    re.I,
)

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")

#: Words that a cue begins with.
_CUE_STARTS = words_of(
    "asked asking speak spoke spoken speaking talk talked talking chatted complained reported "
    "dealt seen visited helped contacted phoned called interviewed attended rung ignored let "
    "kind regards many attn fao c dear emailed rang texted contact thank met told ex "
    f"{_TITLES} p my his her the whose your their our by goes known referred yours signed name ask "
    f"{_KIN[3:-1].replace('|', ' ').replace('neighbou?r', 'neighbour neighbor')}"
)

#: Titles that stand before a name and nothing else.
_MARRIED = re.compile(r"\b(?:mr|mrs|mx)\.?\s+$", re.I)

_BETWEEN = re.compile(r"[\s,.'-]{1,2}|\s+(?:de|van|von|der|al|bin|o')\s+")

_CAPITAL = re.compile(r"[^\W\d_a-z]")

_PLAIN_SMALL = WORDS - NAMES

_SENTENCE = re.compile(r"[\w,;'\"\)\]\x00-]\s*$|\b[A-HJ-Z]\.\s?$")

_KEPT = frozenset(("I", "I'm", "I'd", "I've", "I'll", *_TITLES.split()))

_MONTHS = frozenset(("march", "april", "may", "june", "august", "summer", "winter"))

_GENERAL = words_of("hope faith patience chance star sky rich norm drew rob will may dot art")

Span = tuple[int, int]


def find_names(text: str, ordinary: Container[str], words: Set[str]) -> list[Span]:
    """Find names of people.

    Parameters
    ----------
    text : str
        Tidy text, with a NUL in place of every character of details found before.
    ordinary : container of str
        Words in small letters that are no names.
    words : set of str
        The words of the text, letters alone and small.

    Returns
    -------
    list of tuple
        Where each begins and ends, in order; names of one person are one.

    Examples
    --------
    >>> find_names("ask for desmond, he rang Ada Quill in Ware in May", set(), {"for"})
    [(8, 15), (25, 34)]
    """
    no_cue = words.isdisjoint(_CUE_STARTS)
    if no_cue and words.isdisjoint(NAMES) and not _CAPITAL.search(text):
        return []
    cues: dict[int, str] = {}
    spans: list[Span] = []
    last, before = -9, None
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = found.group()
        if word.casefold() in _CUE_STARTS and (cue := _CUE.match(text, start)):
            cues.setdefault(cue.end(), cue.lastgroup)
        if start > last + 4 and start not in cues and word in _PLAIN_SMALL:
            before = None
            continue
        plain = _plain(word)
        follows = bool(spans) and _BETWEEN.fullmatch(text, spans[-1][1], start) is not None
        if _is_name(text, start, word, plain, cues.get(start, ""), follows, ordinary):
            if follows:
                start = spans.pop()[0]
            elif before is not None and _is_given(before, start):
                start = before.start()
            spans.append((start, end))
            last = end
        before = found
    return spans


def _is_given(before: re.Match, start: int) -> bool:
    """Tell whether the word before a name belongs to it: a capital alone, or of no known word."""
    word = before.group()
    gap = before.string[before.end() : start]
    if not word[0].isupper() or word == "I" or not (gap == " " or (gap == ". " and len(word) == 1)):
        return False
    plain = _plain(word)
    return len(word) == 1 or not (is_ordinary(plain) or plain in PLACES or word in _KEPT)


def _plain(word: str) -> str:
    plain = word.casefold()
    return plain[:-2] if plain.endswith("'s") else plain


def _is_name(
    text: str, start: int, word: str, plain: str, cue: str, follows: bool, ordinary: Container[str]
) -> bool:
    if word in _KEPT or plain in _KEPT:
        return False
    listed = plain in NAMES
    if not listed and "-" in plain:
        listed = any(part in NAMES for part in plain.split("-"))
    if listed:
        return plain not in PLACES or bool(cue)
    capital = word[0].isupper()
    common = is_ordinary(plain)
    if cue:
        if capital and cue == "title" and len(plain) > 1:
            return not common or plain in DOUBTFUL or word != word.upper()
        if cue == "title":
            sure = _MARRIED.search(text, max(0, start - 6), start) and plain not in SMALL_WORDS
            return bool(sure) or plain in DOUBTFUL or not common
        if cue == "spoken":
            return plain in GIVEN or (not common and plain not in PLACES)
        return not (common or plain in PLACES or plain in ordinary or is_slip(plain))
    if follows and len(plain) > 1:
        if plain in DOUBTFUL:
            return capital or plain not in _GENERAL
        return not common and plain not in PLACES and text[start - 1] != ","
    if not capital or len(word) == 1:
        return False
    return _is_capital_name(text, start, word, plain, common, ordinary)


def _is_capital_name(
    text: str, start: int, word: str, plain: str, common: bool, ordinary: Container[str]
) -> bool:
    """Tell whether a word with a capital is a name where no cue says so."""
    if plain in PLACES or word.casefold() in PLACES:
        return False
    inside = _SENTENCE.search(text, max(0, start - 4), start) is not None
    title = word != word.upper()
    if common:
        return inside and title and plain in GIVEN and plain not in _MONTHS | _GENERAL
    known = all(part in ordinary for part in re.split("[-']", plain))
    return not known or (inside and title)
