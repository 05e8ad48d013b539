"""A published example: what its source prints, what this project gives, and how far they agree."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

#: Where a printed value was seen. Only the first kind counts as a published example.
PRINTED = "printed"
KEPT = "kept in tests"
RECALLED = "not seen again"


@dataclass(frozen=True)
class Figure:
    """One printed value beside ours; `reason` says why fewer digits than printed agree."""

    what: str
    printed: str
    ours: float
    digits: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A published analysis: its room, its source with place, and the figures compared."""

    room: str
    name: str
    source: str
    figures: list[Figure] = field(repr=False)
    kind: str = PRINTED
    note: str = ""


def significant(printed: str) -> int:
    """Count the digits that are printed, without leading zeros; of 0 its decimals.

    Examples
    --------
    >>> significant("-0.0620"), significant("2.195e-06"), significant("0.0000")
    (3, 4, 4)
    """
    mantissa = printed.lower().partition("e")[0].lstrip("+-").replace(".", "")
    return len(mantissa.lstrip("0")) or len(mantissa) - 1


def agreeing(printed: str, ours: float) -> int:
    """Count how many leading digits of a printed value ours gives too.

    k digits agree if ours lies within half a unit of the k-th printed digit, counted from the first
    that is not 0; the printed value itself was rounded, so no more than what is printed can agree.

    Examples
    --------
    >>> agreeing("2.503", 2.50310), agreeing("2.503", 2.5036), agreeing("0.0620", -0.062)
    (4, 3, 0)
    """
    value, mine = Decimal(printed), Decimal(repr(float(ours)))
    last = value.as_tuple().exponent
    count = significant(printed)
    for digits in range(count, 0, -1):
        half = Decimal(5).scaleb(last + (count - digits) - 1)
        if abs(mine - value) <= half * Decimal("1.000001"):
            return digits
    return 0


def shown(printed: str, ours: float) -> str:
    """Write ours with one digit more than is printed, and eight at most.

    Examples
    --------
    >>> shown("2.503", 2.503102), shown("2.19e-06", 2.1949e-06), shown("19", 19.0)
    ('2.5031', '2.195e-06', '19')
    """
    if float(ours).is_integer() and "." not in printed:
        return f"{ours:.0f}"
    digits = min(significant(printed) + 1, 8)
    if "e" in printed.lower():
        return f"{ours:.{digits - 1}e}"
    if ours == 0:
        return printed
    return f"{ours:.{max(digits - 1 - math.floor(math.log10(abs(ours))), 0)}f}"


def figures(names: list[str], printed: str, ours: Iterable[float]) -> list[Figure]:
    """Put printed values, in one text with blanks between, beside ours."""
    return [Figure(*each) for each in zip(names, printed.split(), map(float, ours), strict=True)]


def fewer(compared: list[Figure], reason: str, **digits: int) -> list[Figure]:
    """Say of some figures, by name, how many digits agree and why no more."""
    known = {figure.what for figure in compared}
    assert set(digits) <= known, set(digits) - known
    return [
        replace(each, digits=digits[each.what], reason=reason) if each.what in digits else each
        for each in compared
    ]
