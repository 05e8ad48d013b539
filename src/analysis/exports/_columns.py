"""The rules of `_cells` for very many texts at once: the same results, column by column."""

from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.files import HIDDEN

#: What `str.split` takes for white space, as a class of characters.
_SPACE = (
    "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}"
    "\\x{3000}]"
)

#: Texts in which white space may not be regular.
_ODD = f"^{_SPACE}|{_SPACE}$|{_SPACE}{{2}}|[\\x00-\\x1f\\x7f]|[^\\x00-\\x7f]"

#: What `files.without_hidden` drops.
_RANGES = (f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in HIDDEN)
_HIDDEN = "[" + "".join(_RANGES) + "]"

#: Characters that `_cells.straightened` replaces, and by what.
_STRAIGHT = (("[‘’‛]", "'"), ("[“”„]", '"'), ("[–—‑]", "-"))


def tidied(texts: pd.Series | pa.Array) -> pa.Array:
    r"""Make the quotes, dashes, width and white space of texts regular.

    Parameters
    ----------
    texts : pandas.Series or pyarrow.Array
        Cells as read, none of them missing.

    Returns
    -------
    pyarrow.Array
        What `tidy` returns for each.

    Examples
    --------
    >>> tidied(pd.Series(["  I don’t\u00a0know ", "101"])).to_pylist()
    ["I don't know", '101']
    """
    found = pa.array(texts, type=pa.large_string())
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    found = _changed(found, pc.invert(pc.string_is_ascii(found)), _straightened)
    return _changed(found, pc.match_substring_regex(found, _ODD), _spaced)


def match_keys(texts: pd.Series | pa.Array) -> pa.Array:
    """Return the form in which texts are compared: tidy, and without regard to case.

    Parameters
    ----------
    texts : pandas.Series or pyarrow.Array
        As for `tidied`.

    Returns
    -------
    pyarrow.Array
        What `wording.match_key` returns for each.

    Examples
    --------
    >>> match_keys(pd.Series([" Website", "STRASSE", "Straße"])).to_pylist()
    ['website', 'strasse', 'strasse']
    """
    found = tidied(texts)
    found = _changed(found, pc.string_is_ascii(found), pc.ascii_lower)
    return _changed(found, pc.invert(pc.string_is_ascii(found)), _folded)


def _changed(
    texts: pa.Array, which: pa.Array, function: Callable[[pa.Array], pa.Array]
) -> pa.Array:
    """Apply a function to some of the texts."""
    if not pc.any(which).as_py():
        return texts
    return pc.replace_with_mask(texts, which, function(texts.filter(which)))


def _straightened(texts: pa.Array) -> pa.Array:
    found = pc.replace_substring_regex(texts, _HIDDEN, "")
    found = pc.utf8_normalize(found, form="NFKC")
    for pattern, plain in _STRAIGHT:
        found = pc.replace_substring_regex(found, pattern, plain)
    return found


def _spaced(texts: pa.Array) -> pa.Array:
    seen = pc.replace_substring_regex(texts, _HIDDEN, "")
    return pc.utf8_trim(pc.replace_substring_regex(seen, f"{_SPACE}+", " "), " ")


def _folded(texts: pa.Array) -> pa.Array:
    return pa.array([text.casefold() for text in texts.to_pylist()], type=texts.type)
