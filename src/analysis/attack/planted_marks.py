"""Marks of persons who do not exist: each unique, and of a shape that tells of a person."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from analysis.errors import SurveyError

#: Persons that can be planted at most: numbers that are kept free for drama run out.
MOST = 2000

#: Syllables of words that no language has, for names, streets and handles.
_FIRST = ("vel", "quith", "zor", "brax", "plim", "drun", "wex", "yath", "klo", "fenz")
_SECOND = ("mo", "li", "gru", "sta", "we", "nxi", "pa", "zu", "thi", "ro")
_THIRD = ("rax", "bick", "wyn", "dolf", "mire", "quen", "vatch", "zell", "gorn", "juke")

#: Ordinary words: what is unique is that somebody put these together.
_THINGS = ("heron", "lanyard", "quarry", "trombone", "satchel", "beehive", "canoe", "lantern",
           "walnut", "harness", "puffin", "anvil", "kettle", "marble", "orchid", "saddle",
           "thimble", "umbrella", "violin", "wardrobe", "yoghurt", "zebra", "biscuit",
           "cactus")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What was planted.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    core : str
        What is searched for.
    text : str
        What was written, which holds the core.
    place : str
        Where it was written.
    """

    kind: str
    core: str
    text: str
    place: str = ""


class Inventor:
    """Makes marks, none of them twice.

    Parameters
    ----------
    seed : int
        Of the words.
    """

    def __init__(self, seed: int) -> None:
        words = [a + b + c for a in _FIRST for b in _SECOND for c in _THIRD]
        pairs = np.random.default_rng(seed).permutation(len(words) ** 2)
        self._words: Iterator[tuple[str, str]] = (
            (words[at // len(words)], words[at % len(words)]) for at in pairs
        )
        self._numbers = dict.fromkeys(KINDS, 0)

    def mark(self, kind: str, place: str) -> Mark:
        """Make a mark.

        Parameters
        ----------
        kind : str
            One of `KINDS`.
        place : str
            Where it will be written.

        Returns
        -------
        Mark
            Another one each time.

        Raises
        ------
        SurveyError
            If there are no more of the kind.
        """
        number, self._numbers[kind] = self._numbers[kind], self._numbers[kind] + 1
        one, two = next(self._words)
        try:
            core, text = KINDS[kind](number, one, two)
        except IndexError:
            raise SurveyError(
                f"no more marks of the kind {kind} than {number}; plant fewer persons"
            ) from None
        return Mark(kind=kind, core=core, text=text, place=place)


def _telephone(number: int, one: str, two: str) -> tuple[str, str]:
    starts = ("07700 900", "01632 960", "0113 496 0", "0114 496 0", "0115 496 0")
    core = f"{starts[number // 1000]}{number % 1000:03}"
    return core, f"ring me on {core}"


def _postcode(number: int, one: str, two: str) -> tuple[str, str]:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    district, unit = divmod(number, 4000)
    sector, pair = divmod(unit, 400)
    core = f"ZQ{90 + range(10)[district]} {sector}{letters[pair // 20]}{letters[pair % 20]}"
    return core, f"I live at {core}"


def _plate(number: int, one: str, two: str) -> tuple[str, str]:
    letters = "ABCDEFGHJKLMNOPRSTUVWXY"
    rest, last = divmod(number, 23)
    rest, middle = divmod(rest, 23)
    core = f"QX{50 + range(40)[rest]} {letters[middle]}{letters[last]}Z"
    return core, f"my car is {core}"


def _combination(number: int, one: str, two: str) -> tuple[str, str]:
    rest, third = divmod(number, 24)
    first, second = divmod(rest, 24)
    core = f"{_THINGS[first]} on the {_THINGS[second]} by the {_THINGS[third]}"
    return core, f"I saw a {core}"


def _html(number: int, one: str, two: str) -> tuple[str, str]:
    core = f"{one}{two}"
    shapes = (
        f"<script>alert('{core}')</script>",
        f'"><img src=x onerror="{core}()">',
        f"<b>{core}</b> &amp; co",
        f"[{core}](javascript:alert(1)) $\\frac{{1}}{{2}}$",
    )
    return core, shapes[number % len(shapes)]


def _formula(number: int, one: str, two: str) -> tuple[str, str]:
    core = f"{one}{two}"
    shapes = (
        f'=HYPERLINK("http://{core}.example")',
        f"+cmd|' /C {core}'!A0",
        f"-2+3+{core}",
        f"@SUM({core})",
    )
    return core, shapes[number % len(shapes)]


#: Kind -> the core of the mark of that number, and what is written.
KINDS: dict[str, Callable[[int, str, str], tuple[str, str]]] = {
    "name": lambda n, a, b: (f"{a} {b}".title(), f"My name is {a.title()} {b.title()}"),
    "name in small letters": lambda n, a, b: (f"{a} {b}", f"ask for {a} {b}"),
    "telephone": _telephone,
    "e-mail": lambda n, a, b: (f"{a}.{b}@example.org", f"write to {a}.{b}@example.org"),
    "postcode": _postcode,
    "plate": _plate,
    "reference": lambda n, a, b: (f"41/{978000 + n}/23", f"crime ref 41/{978000 + n}/23"),
    "handle": lambda n, a, b: (f"@{a}_{b}", f"I am @{a}_{b}"),
    "address": lambda n, a, b: (f"{n % 90 + 1} {a}{b} Lane", f"at {n % 90 + 1} {a}{b} Lane"),
    "IP address": lambda n, a, b: (f"2001:db8:{n:04x}::{n + 7:04x}:51a7",) * 2,
    "accents": lambda n, a, b: (f"Zoë-{a} Åström{b}", f"Zoë-{a} Åström{b} wrote this"),
    "combination": _combination,
    "HTML": _html,
    "formula": _formula,
}


def squeezed(text: str) -> str:
    """Leave of a text what all its spellings have in common.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Its letters and digits, small and without accents, all in one.

    Examples
    --------
    >>> squeezed("Zoë Quill, 07700 900123")
    'zoequill07700900123'
    """
    return re.sub(r"[\W_]+", "", folded(text)).encode("ascii", "ignore").decode("ascii")


def folded(text: str) -> str:
    """Write a text small and without accents.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each))
