"""Titles of the figures on the video chat, and captions, headings and notes of the tables."""

from collections.abc import Mapping

import pandas as pd

from analysis.privacy import HIDDEN
from analysis.proportions import Share
from analysis.report import (
    apart_clause,
    at_start,
    beside_first,
    in_sentence,
    listed,
    p_text,
    percent,
)
from analysis.survey import Survey

#: Headings of the comparison of people who used another channel than the one they prefer.
COMPARED = {
    "model": "Comparison",
    "share_yes": "Another",
    "share_no": "That one",
    "estimate": "Difference, points",
}

#: What the two rows of that comparison are called.
UNADJUSTED, ADJUSTED = "Unadjusted", "Adjusted"


def answers_title(overall: Share | None, people: int, answered: str) -> str:
    """Head the figure of answers with the share of everybody.

    Parameters
    ----------
    overall : Share or None
        As `tables.overall_share` returns it.
    people : int
        How many answered.
    answered : str
        What the share did.

    Returns
    -------
    str
        Without a full stop; without a share where it is hidden.

    Examples
    --------
    >>> answers_title(None, 30, 'answered "likely"')
    'Answers of 30 people'
    """
    if overall is None:
        return f"Answers of {people:,} people"
    return f"{percent(overall.estimate)} of {people:,} people {answered}"


def answers_subtitle(names: Mapping[str, str]) -> str:
    """Say what the figure of answers shows.

    Parameters
    ----------
    names : mapping of str to str
        What the groups of each grouping are called, the first one drawn.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> answers_subtitle({"age": "age groups"})
    'Answers, and by age groups from rounded counts; hatched: a range, or hidden'
    """
    groups = "".join(f", and by {name} from rounded counts" for name in list(names.values())[:1])
    return f"Answers{groups}; hatched: a range, or hidden"


def adjusted_title(shown: pd.DataFrame, tests: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Head the figure of adjusted shares with what differs most.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `report.shown_adjusted` returns it.
    tests : pandas.DataFrame
        `term, p_adjusted`.
    names : mapping of str to str
        What the groups of a grouping are called.

    Returns
    -------
    str
        Without a full stop.

    Examples
    --------
    >>> shown = pd.DataFrame({"variable": ["age"] * 2, "level": ["young", "old"], "few": False,
    ...                       "estimate": [0.6, 0.2], "conf_low": [0.5, 0.1],
    ...                       "conf_high": [0.7, 0.3]})
    >>> tests = pd.DataFrame({"term": ["age"], "p_adjusted": [0.001]})
    >>> adjusted_title(shown, tests, {"age": "age groups"})
    'Between age groups, the adjusted share runs from 20% (old) to 60% (young)'
    """
    least = tests.loc[tests["p_adjusted"].idxmin()]
    rows = shown[(shown["variable"] == least["term"]) & ~shown["few"]].dropna(subset=["estimate"])
    if least["p_adjusted"] >= 0.05 or len(rows) < 2:
        return "These data do not show that any of these groupings differs"
    rows = rows.sort_values("estimate", kind="stable")
    cells = [
        f"{percent(order['estimate'].iloc[0])} ({order['level'].iloc[0]}{beside_first(order)})"
        for order in (rows, rows.iloc[::-1])
    ]
    return f"Between {names[least['term']]}, the adjusted share runs from {' to '.join(cells)}"


def places_title(places: pd.DataFrame) -> str:
    """Head the figure of places.

    Parameters
    ----------
    places : pandas.DataFrame
        As `places.shown_places` returns it, most first.

    Returns
    -------
    str
        Without a full stop; one place alone, where no other can be shown; "" where none can.

    Examples
    --------
    >>> places_title(pd.DataFrame({"level": ["Library", "Shop"], "estimate": [0.5, 0.2],
    ...                            "conf_low": [0.4, 0.1], "conf_high": [0.6, 0.3]}))
    'Most often: library (50%); least often: shop (20%)'
    """
    known = places.dropna(subset=["estimate"])
    if known.empty:
        return ""
    most, least = (
        f"{in_sentence(row.level)} ({percent(row.estimate)})"
        for row in known.iloc[[0, -1]].itertuples()
    )
    if len(known) < 2:
        return f"{most[:1].upper()}{most[1:]}"
    first, last = (
        "" if apart_clause(rows).startswith("apart") else "among the "
        for rows in (known, known.iloc[::-1])
    )
    return at_start(f"{first}most often: {most}; {last}least often: {least}")


def places_subtitle(places: pd.DataFrame) -> str:
    """Say what the figure of places shows, of how many people."""
    ring = "; ring: weighted" if places["weighted_share"].notna().any() else ""
    return f"Share of {int(places['n'].iloc[0]):,} people who ticked it, 95% interval{ring}"


def places_caption(survey: Survey) -> str:
    """Head the table of places with the question, and who was asked it."""
    question = survey.codebook.question("video_place")
    return f"{question.wording} Asked: {question.base[:1].lower()}{question.base[1:]}"


def preference_note(tests: pd.DataFrame) -> str:
    """Say below the table by preference what its test finds.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `compared.by_preference` returns them, preference last.

    Returns
    -------
    str
        One line.
    """
    return f"Likelihood ratio of preference: {p_text(tests['p_value'].iloc[-1])}."


def unweighted_sentence(shown: Mapping[str, pd.DataFrame]) -> str:
    """Name the groupings of which no weighted share stands beside the unweighted ones, and why.

    Parameters
    ----------
    shown : mapping of str to pandas.DataFrame
        What groups are called -> as `tables.shown_group_shares` returns it.

    Returns
    -------
    str
        One sentence; "" without weights, or where each grouping has a weighted share.

    Examples
    --------
    >>> rows = pd.DataFrame({"estimate": [0.3, 0.4], "weighted": ["[c]", "[c]"]})
    >>> print(unweighted_sentence({"districts": rows}))
    No weighted share is shown by districts: in so many groups few people have no weight that, \
beside the unweighted shares, the answers of these could be worked out.
    """
    named = [
        name
        for name, rows in shown.items()
        if rows["estimate"].notna().any() and rows["weighted"].eq(HIDDEN).all()
    ]
    if not named:
        return ""
    return (
        f"No weighted share is shown by {listed(named)}: in so many groups few people have no "
        "weight that, beside the unweighted shares, the answers of these could be worked out."
    )
