"""Sentences made from tables of numbers, for the answers of the notebooks."""

from analysis.report import p_text


def listed(items: list[str], most: int = 4) -> str:
    """Join names into a phrase.

    Parameters
    ----------
    items : list of str
        Names.
    most : int
        The most that are named; the rest is counted.

    Returns
    -------
    str
        Such as ``"a, b and c"``; ``"none"`` without items.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(list("abcdef"), most=2), listed([])
    ('a, b and c', 'a, b and 4 more', 'none')
    """
    if len(items) > most:
        items = [*items[:most], f"{len(items) - most} more"]
    if len(items) < 2:
        return items[0] if items else "none"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def in_sentence(label: str) -> str:
    """Write a label as it stands inside a sentence.

    Parameters
    ----------
    label : str
        A label with a capital at its start.

    Returns
    -------
    str
        With a small first letter, unless the word goes on in capitals or figures.

    Examples
    --------
    >>> in_sentence("Front counter"), in_sentence("CCTV"), in_sentence("101 by telephone")
    ('front counter', 'CCTV', '101 by telephone')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == "-" else label


def difference_sentence(what: str, between: str, p_adjusted: float) -> str:
    """Say what a test found, without taking a lack of evidence for a lack of difference.

    Parameters
    ----------
    what, between : str
        What is compared, between what: "Satisfaction", "districts".
    p_adjusted : float
        The adjusted p-value.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> difference_sentence("Satisfaction", "districts", 0.2)
    'These data do not show that satisfaction differs between districts (Holm-adjusted p = 0.200).'
    """
    shown = f"Holm-adjusted {p_text(p_adjusted)}"
    if p_adjusted < 0.05:
        return f"{what} differs between {between} ({shown})."
    return f"These data do not show that {in_sentence(what)} differs between {between} ({shown})."
