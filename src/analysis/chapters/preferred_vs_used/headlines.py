"""The headlines on what people used and prefer."""

from collections.abc import Sequence

import pandas as pd

from analysis.chapters.preferred_vs_used.sentences import same_sentence
from analysis.chapters.preferred_vs_used.tables import least_reached
from analysis.chapters.preferred_vs_used.titles import shift_title
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import (
    Weighted,
    findings,
    interval,
    points,
    told_interval,
    told_text,
    with_weights,
)
from analysis.survey import Survey
from analysis.survey.codebook import Words


def headline_rows(
    survey: Survey,
    same: Share | None,
    top: pd.DataFrame,
    reached: pd.DataFrame,
    *,
    n: int,
    weighted: Sequence[Weighted | None] = (None, None, None),
) -> list[dict]:
    """Make the headlines: who gave the same answer, the largest shift, whom a channel failed most.

    Parameters
    ----------
    survey : Survey
        The survey.
    same : Share or None
        As `people.same_twice` returns it.
    top : pandas.DataFrame
        As `tables.largest_shift` returns it.
    reached : pandas.DataFrame
        As `tables.shown_reached` returns it.
    n : int
        The people who answered both questions.
    weighted : sequence of Weighted or None
        The headlines with weights, in the order below.

    Returns
    -------
    list of dict
        As `findings.row`: ``same_answer``, ``largest_shift`` and ``least_reached``, as far as
        their numbers are shown.
    """
    words, rule, rows = survey.words, rule_of(survey.codebook), []
    if same is not None and rule.enough(same.n_yes, same.n - same.n_yes):
        said = with_weights(same_sentence(survey, same), same, weighted[0])
        rows.append(findings.row("same_answer", said, same, n=same.n, weighted=weighted[0]))
    for _, row in top.iterrows():
        said = with_weights(shift_finding(row, words, n), row, weighted[1], difference=True)
        how = {"unit": "difference of shares", "weighted": weighted[1]}
        rows.append(findings.row("largest_shift", said, row, n=n, **how))
    for _, row in least_reached(survey, reached).iterrows():
        said, told = reached_finding(row, words), row.copy()
        if row["low"] != row["high"]:
            told["estimate"] = float("nan")  # a range has no number of its own
        said = with_weights(said, told, weighted[2])
        rows.append(findings.row("least_reached", said, told, n=row["n"], weighted=weighted[2]))
    return rows


def shift_finding(row: pd.Series, words: Words, n: int) -> str:
    """Say the shift of a channel with its interval and base.

    Parameters
    ----------
    row : pandas.Series
        As `tables.largest_shift` returns it.
    words : Words
        How the survey speaks.
    n : int
        The people compared.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> row = pd.Series({"channel": "Web", "share_used": 0.4, "share_preferred": 0.5,
    ...                  "estimate": 0.1, "conf_low": 0.02, "conf_high": 0.18,
    ...                  "shown": 6, "of": 9, "near": "apart from all others"})
    >>> print(shift_finding(row, words, 500))
    Web: 40% used most recently, 50% would prefer; +10.0 points (+2.0 to +18.0), 500 people; \
largest of the 6 that may be shown (of 9), apart from all others.
    """
    span = interval(row["conf_low"], row["conf_high"], "points")
    said = f"{shift_title(row, words)}; {points(row['estimate'])} points ({span}), {n:,} people"
    return f"{said}{_among(row, 'largest')}."


def reached_finding(row: pd.Series, words: Words) -> str:
    """Say how many of those who prefer a channel used it.

    Parameters
    ----------
    row : pandas.Series
        As `tables.shown_reached` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> row = pd.Series({"channel": "Web", "low": 0.3, "high": 0.3, "conf_low": 0.2,
    ...                  "conf_high": 0.4, "n": 101, "shown": 9, "of": 9,
    ...                  "near": "but its interval overlaps that of e-mail"})
    >>> print(reached_finding(row, words))
    Web: 30% of the 101 people who would prefer it used it (20.0% to 40.0%); lowest of 9, but its \
interval overlaps that of e-mail.
    """
    rounded = "" if row["low"] == row["high"] else "the count is rounded; 95% interval "
    return (
        f"{row['channel']}: {told_text(row)} of the {int(row['n']):,} people who "
        f"{words.preferred} it {words.used_short.lower()} it ({rounded}{told_interval(row)})"
        f"{_among(row, 'among the lowest' if row.get('tied') else 'lowest')}."
    )


def _among(row: pd.Series, place: str) -> str:
    """Say that a channel comes first, of how many, and whether the others can be told from it."""
    if row["of"] == 1:
        return ""
    if row["shown"] == 1:
        return f"; the only one of {row['of']} that may be shown"
    of = row["of"] if row["shown"] == row["of"] else f"the {row['shown']} that may be shown"
    hidden = f" (of {row['of']})" * (row["shown"] < row["of"])
    return f"; {place} of {of}{hidden}{row.get('kind', '')}, {row['near']}"
