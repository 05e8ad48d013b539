"""Sentences made from tables of numbers, for the answers of the notebooks."""

import pandas as pd

from analysis.report import interval, p_text, percent


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


def range_sentence(
    start: str, shares: pd.DataFrame, *, aside: str = "", proper: bool = False
) -> str:
    """Say which category has the lowest and which the highest share.

    Parameters
    ----------
    start : str
        How the sentence begins.
    shares : pandas.DataFrame
        `level, estimate, conf_low, conf_high, n`; rows with hidden numbers are not named.
    aside : str
        A category that is not named, since it gathers different things.
    proper : bool
        True if the names keep their capital inside a sentence, as names of places do.

    Returns
    -------
    str
        One sentence with intervals; "" if there are fewer than two categories.
    """
    known = shares.dropna(subset=["estimate"]).sort_values("estimate")
    known = known[known["level"] != aside]
    if len(known) < 2:
        return ""
    named = str if proper else in_sentence
    left_out = f' ("{aside}" aside)' if aside else ""
    low, high = (
        f"{percent(row['estimate'])} ({interval(row['conf_low'], row['conf_high'])}) for "
        f"{named(row['level'])}"
        for _, row in known.iloc[[0, -1]].iterrows()
    )
    return f"{start}, the adjusted share runs from {low} to {high}{left_out}."


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


def share_sentence(row: pd.Series, what: str) -> str:
    """Say the share of one category.

    Parameters
    ----------
    row : pandas.Series
        `level, estimate, conf_low, conf_high, n`.
    what : str
        What the share did, as it follows the percentage.

    Returns
    -------
    str
        One sentence with interval and people.

    Examples
    --------
    >>> row = pd.Series(
    ...     {"level": "Webchat", "estimate": 0.61, "conf_low": 0.47, "conf_high": 0.73, "n": 43}
    ... )
    >>> share_sentence(row, "were content")
    'Webchat: 61% were content, adjusted (47.0% to 73.0%; 43 people).'
    """
    span = interval(row["conf_low"], row["conf_high"])
    share, people = percent(row["estimate"]), f"{int(row['n']):,} people"
    return f"{row['level']}: {share} {what}, adjusted ({span}; {people})."
