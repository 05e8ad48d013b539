"""Ways of writing one text that are the same to who compares cells with the codebook."""

import re
from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from analysis.survey.wording import match_key

_NUMBER = re.compile(r"(?P<sign>[+-]?)0*(?P<whole>\d*)(?:\.(?P<part>\d*))?", re.ASCII)

#: What writes plain numbers in one way, in this order, by way of "sign|whole|part".
_VALUE = (
    (r"^([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?$", r"\1|\2|\3"),
    (r"^([+-]?)\|\|", r"\1|0|"),
    (r"\|$", ""),
    (r"^\+", ""),
    (r"^(-?)\|", r"\1"),
    (r"\|", "."),
    ("^-0$", "0"),
)


def spelling(text: str, *, decimal_comma: bool = False, apart: Iterable[str] = ()) -> str:
    """Return the form in which a cell is compared with the texts of a question.

    Parameters
    ----------
    text : str
        A cell, or a piece of one, or a text of the codebook.
    decimal_comma : bool
        Whether the file writes 1,5 for 1.5.
    apart : iterable of str
        Numbers that are written in two ways which stand for two things, see `told_apart`.

    Returns
    -------
    str
        Equal for texts that differ in case, width, white space, quotes or dashes alone, and for
        plain numbers of one value: programs write the code 1 as 1.0.

    Examples
    --------
    >>> [spelling(text) for text in ("1", " 1.0 ", "01", "1.10", "Yes", "1,0")]
    ['1', '1', '1', '1.1', 'yes', '1,0']
    >>> spelling("1,0", decimal_comma=True), spelling("1.10", apart={"1.1"})
    ('1', '1.10')
    """
    key = match_key(text)
    value = _value(key, decimal_comma)
    return key if not value or value in apart else value


def spelled(keys: pa.Array, *, decimal_comma: bool = False, apart: Iterable[str] = ()) -> pa.Array:
    """Return the form in which very many cells are compared with the texts of a question.

    Parameters
    ----------
    keys : pyarrow.Array
        What `exports.match_keys` returns of the cells.
    decimal_comma, apart
        As for `spelling`.

    Returns
    -------
    pyarrow.Array
        What `spelling` returns for each cell.

    Examples
    --------
    >>> from analysis.exports import match_keys
    >>> spelled(match_keys(pa.array(["1", " 1.0 ", "-00.50", "Yes", "-0"]))).to_pylist()
    ['1', '1', '-0.5', 'yes', '0']
    """
    plain = keys
    if decimal_comma:
        points = pc.match_substring(keys, ".")
        plain = pc.if_else(points, keys, pc.replace_substring(keys, ",", "."))
    number = pc.match_substring_regex(plain, r"^[+-]?[0-9]*(\.[0-9]*)?$")
    number = pc.and_(number, pc.match_substring_regex(plain, "[0-9]"))
    values = plain.filter(number)
    for pattern, by in _VALUE:
        values = pc.replace_substring_regex(values, pattern, by)
    known = pc.is_in(values, pa.array(sorted(apart), type=values.type))
    values = pc.if_else(known, keys.filter(number), values)
    return pc.replace_with_mask(keys, number, values)


def told_apart(texts: Iterable[tuple[str, str]], *, decimal_comma: bool = False) -> frozenset[str]:
    """Find the numbers that a question writes in two ways for two things.

    Parameters
    ----------
    texts : iterable of tuple of str
        What each text of the question stands for, and the text.
    decimal_comma : bool
        Whether the file writes 1,5 for 1.5.

    Returns
    -------
    frozenset of str
        Such as 1.1, where "1.1" and "1.10" are different answers: these are no numbers there.

    Examples
    --------
    >>> told_apart([("first", "1.1"), ("tenth", "1.10"), ("other", "2")])
    frozenset({'1.1'})
    >>> told_apart([("first", "1"), ("first", "1.0")])
    frozenset()
    """
    written: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for owner, text in texts:
        key = match_key(text)
        if value := _value(key, decimal_comma):
            written[value][key].add(owner)
    return frozenset(
        value
        for value, ways in written.items()
        if len(ways) > 1 and len(set().union(*ways.values())) > 1
    )


def _value(key: str, decimal_comma: bool) -> str:
    """Write a plain number in one way; "" for any other text."""
    plain = key.replace(",", ".") if decimal_comma and "." not in key else key
    told = _NUMBER.fullmatch(plain)
    if told is None or not any(each.isdigit() for each in plain):
        return ""
    part = (told["part"] or "").rstrip("0")
    number = f"{told['whole'] or '0'}{'.' * bool(part)}{part}"
    return number if told["sign"] != "-" or number == "0" else f"-{number}"
