"""Text without what cannot be seen: the one place where such characters are named."""

import re

#: Control and format characters but for white space, as `re` and Arrow (RE2) write a class:
#: controls, the soft hyphen, marks of direction (overrides, embeddings, isolates), what joins
#: letters or parts them without a width, the byte order mark, fillers, tags.
HIDDEN = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F),
    (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891),
    (0x8E2, 0x8E2), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB), (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F),
)  # fmt: skip

_CLASS = re.compile(f"[{''.join(f'{chr(low)}-{chr(high)}' for low, high in HIDDEN)}]+")

_LINE = re.compile("\r\n?|[\x85\u2028\u2029]")

_SPACE = re.compile("[\x0b\x0c\x1c-\x1f]")


def without_hidden(text: str) -> str:
    r"""Drop the characters of a text that cannot be seen; white space is kept.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Without control and format characters (`HIDDEN`).

    Examples
    --------
    >>> without_hidden("pay\u202e00\u2069\x07 now\t")
    'pay00 now\t'
    """
    if text.isascii() and text.isprintable():
        return text
    return _CLASS.sub("", text)


def visible(text: str) -> str:
    r"""Make a text of somebody else safe to be shown: nothing in it is hidden or turns its order.

    Parameters
    ----------
    text : str
        What a respondent, an export or a codebook says.

    Returns
    -------
    str
        Without the characters that `without_hidden` drops; of white space only spaces, tabs and
        line feeds are left: other ends of a line become line feeds, other controls a space.

    Notes
    -----
    U+202A to U+202E and U+2066 to U+2069 change the order in which the rest of a page or a
    spreadsheet's row is read (Unicode Standard Annex 9); zero-width characters make two texts
    that look alike different. Both may stand in an answer or a label and nowhere else be seen.
    Letters of scripts that join by U+200C and U+200D are written without that.

    Examples
    --------
    >>> visible("\ufeffYes\u200b, \u202eon\r\nMonday\x0c")
    'Yes, on\nMonday '
    """
    if text.isascii() and text.isprintable():
        return text
    return without_hidden(_SPACE.sub(" ", _LINE.sub("\n", text)))
