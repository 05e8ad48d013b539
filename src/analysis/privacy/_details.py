"""Where the personal details of a text stand, and of which kind each is."""

import re
from collections.abc import Container
from dataclasses import dataclass

from analysis.privacy import _shapes as shapes
from analysis.privacy._dictionary import is_ordinary
from analysis.privacy._names import find_names

#: A figure that is left when all else is found.
FIGURE = "figure"

_DIGIT = re.compile(r"\d")
_FIGURES = re.compile(r"\d+")
_MAIL_SIGN = re.compile(r"[@.]|\bat\b|\bdot\b", re.I)
_WORD_BEFORE = re.compile(r"([\w'+-]+)\s+$")
_SPOKEN_SIGN = re.compile(r"\b(?:oh|zero|nought|double|triple|treble|seven|nine)\b", re.I)
_HANDLE_SIGN = re.compile(r"[@_\d]|/|handle|user|insta|twitter|snap|tik|facebook|fb|disc|tele", re.I)

#: Kinds that need a figure, in the order in which they are looked for.
_WITH_FIGURES = (
    ("date", shapes.DATE, shapes.is_dated),
    ("reference", shapes.REFERENCE, shapes.is_reference),
    ("number", shapes.IDENTITY, None),
    ("postcode", shapes.POSTCODE, None),
    ("telephone", shapes.TELEPHONE, shapes.is_telephone),
    ("street", shapes.STREET, shapes.is_street),
    ("plate", shapes.PLATE, shapes.is_plate),
)


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
    if _MAIL_SIGN.search(plain):
        work.take("address", shapes.EMAIL, shapes.is_address, wider=True)
        work.take("address", shapes.WEB)
    if _HANDLE_SIGN.search(plain):
        work.take("handle", shapes.HANDLE, shapes.is_handle)
    figures = _DIGIT.search(plain) is not None
    if _SPOKEN_SIGN.search(plain):
        work.take("telephone", shapes.SPOKEN, shapes.is_spoken)
    for kind, shape, check in _WITH_FIGURES:
        if figures or kind in ("date", "street"):
            work.take(kind, shape, check)
    for start, end in find_names(work.left, ordinary):
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
