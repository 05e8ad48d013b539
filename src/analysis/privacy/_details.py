"""Where the personal details of a text stand, and of which kind each is."""

import re
from collections.abc import Container
from dataclasses import dataclass

from analysis.privacy import _shapes as shapes
from analysis.privacy._dictionary import is_ordinary, words_of
from analysis.privacy._names import find_names

#: A figure that is left when all else is found.
FIGURE = "figure"

_FIGURES = re.compile(r"\d+")
_WITH_DIGIT = re.compile(r"\w*\d\w*")
_MAIL_SIGN = re.compile(r"@|\.\w|www|\bdot\b|\(dot\)|\[dot\]", re.I)
_WORD_BEFORE = re.compile(r"([\w'+-]+)\s+$")
_LETTERS = re.compile(r"[a-z]+")

#: Kinds that need a figure, in the order in which they are looked for.
_WITH_FIGURES = (
    ("number", shapes.IDENTITY, None),
    ("date", shapes.DATE, shapes.is_dated),
    ("reference", shapes.REFERENCE, shapes.is_reference),
    ("plate", shapes.SPELT_PLATE, None),
    ("postcode", shapes.POSTCODE, None),
    ("telephone", shapes.TELEPHONE, shapes.is_telephone),
    ("street", shapes.STREET, shapes.is_street),
    ("plate", shapes.PLATE, shapes.is_plate),
)

#: Words without one of which a shape needs not be looked for where there is no figure.
_SPOKEN_WORDS = words_of("oh zero nought naught double triple treble seven nine")
_BIRTH_WORDS = words_of("born birth birthday birthdate dob")


@dataclass(frozen=True, slots=True)
class Detail:
    """A personal detail of a text: where it begins and ends, and its kind."""

    start: int
    end: int
    kind: str


def find_details(
    plain: str, *, ordinary: Container[str], numbers: Container[str] = ()
) -> list[Detail]:
    """Find personal details in a text.

    Parameters
    ----------
    plain : str
        Tidy text without markup.
    ordinary : container of str
        Words in small letters that are no names, as `ordinary_words` finds them.
    numbers : container of str
        Numbers that tell nothing about a person.

    Returns
    -------
    list of Detail
        In their order, none inside another. The kinds are address (mail and web), handle, date,
        reference, number (national insurance, health service), postcode, telephone, street, plate,
        name, and figure for every other number.

    Examples
    --------
    >>> found = find_details("jo_q, 12a acacia avenue, 40 days", ordinary=set())
    >>> [(each.start, each.end, each.kind) for each in found]
    [(0, 4, 'handle'), (6, 23, 'street'), (25, 27, 'figure')]
    """
    work = _Work(plain, numbers)
    words = frozenset(_LETTERS.findall(plain.casefold()))
    if _MAIL_SIGN.search(plain):
        work.take("address", shapes.EMAIL, shapes.is_address, wider=True)
        work.take("address", shapes.WEB)
    figures = any(each not in numbers for each in _WITH_DIGIT.findall(plain))
    if figures or "@" in plain or "_" in plain or not words.isdisjoint(shapes.PLATFORMS):
        work.take("handle", shapes.HANDLE, shapes.is_handle)
    if not words.isdisjoint(_SPOKEN_WORDS):
        work.take("telephone", shapes.SPOKEN, shapes.is_spoken)
    if figures:
        street = shapes.STREET_ENDS.search(plain) or not words.isdisjoint(shapes.STREET_WORDS)
        for kind, shape, check in _WITH_FIGURES:
            if street or kind != "street":
                work.take(kind, shape, check)
    else:
        if not words.isdisjoint(_BIRTH_WORDS):
            work.take("date", shapes.DATE, shapes.is_dated)
        if not words.isdisjoint(shapes.STREET_WORDS):
            work.take("street", shapes.STREET, shapes.is_street)
    for start, end in find_names(work.left, ordinary, words):
        work.found.append(Detail(start, end, "name"))
    if figures:
        for each in _FIGURES.finditer(work.left):
            if each.group() not in numbers:
                work.found.append(Detail(*each.span(), FIGURE))
    return sorted(work.found, key=lambda each: each.start)


class _Work:
    """A text from which details are taken, kind by kind; NULs stand where one stood."""

    def __init__(self, plain: str, numbers: Container[str]) -> None:
        self.left, self.numbers = plain, numbers
        self.found: list[Detail] = []

    def take(self, kind: str, shape: re.Pattern, check: object = None, wider: bool = False) -> None:
        """Take out what has a shape, and is no public number."""
        for match in list(shape.finditer(self.left)):
            if check is not None and not check(match):
                continue
            start, end = match.span("it" if "it" in shape.groupindex and match["it"] else 0)
            told = self.left[start:end].rstrip(" ,.:-/")
            end = start + len(told)
            if told in self.numbers:
                continue
            start = self._wider(start) if wider else start
            self.found.append(Detail(start, end, kind))
            self.left = f"{self.left[:start]}{chr(0) * (end - start)}{self.left[end:]}"

    def _wider(self, start: int) -> int:
        """Return where an address begins that was written with a space: "jo smith at ..."."""
        for _ in range(2):
            before = _WORD_BEFORE.search(self.left, max(0, start - 30), start)
            if before is None or is_ordinary(before[1].casefold()):
                break
            start = before.start()
        return start
