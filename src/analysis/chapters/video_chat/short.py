"""Who would use a video chat, and where, in plain sentences."""

import pandas as pd

from analysis import privacy, proportions
from analysis.chapters.video_chat.sentences import said
from analysis.proportions import Share
from analysis.report import (
    Weighted,
    beside_first,
    give_or_take,
    in_sentence,
    percent,
    worst_sentence,
)
from analysis.survey import Survey, bases, measures


def short_texts(
    survey: Survey,
    responses: pd.DataFrame,
    overall: Share | None,
    weighted: Weighted | None,
    differing: tuple[pd.DataFrame, pd.DataFrame],
    places: pd.DataFrame,
) -> list[str]:
    """Answer in plain words who would use a video chat, and where.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    overall : Share or None
        Of the people who answered; None where it is hidden.
    weighted : Weighted or None
        The weighted share, as `report.weighted_share` returns it.
    differing : tuple of pandas.DataFrame
        The tests of the groupings, and the adjusted shares of their groups.
    places : pandas.DataFrame
        As `places.shown_places` returns it, most first.

    Returns
    -------
    list of str
        Of everybody, with weights, between which groups it runs, and the place named most; "" of
        what is not shown.
    """
    if overall is None:
        return [""]
    given = bases.answered(survey, responses, ["video_use"]).frame["video_use"]
    best = measures.top_answers(survey, "video_use")
    answers = privacy.shown_distribution(
        proportions.distribution(given), survey.codebook, together=best
    )
    share = f"{percent(overall.estimate)} of {overall.n:,} people {said(survey)}"
    bad = worst_sentence(survey, "video_use", answers, n=overall.n)
    return [
        f"{share}, {give_or_take(overall)}" + f". {bad}" * bool(bad) + ".",
        weighted_sentence(overall, weighted),
        groups_sentence(*differing),
        place_sentence(places),
    ]


def weighted_sentence(overall: Share, weighted: Weighted | None) -> str:
    """Say the weighted share where it leaves the interval of the other.

    Parameters
    ----------
    overall : Share
        Of the people who answered.
    weighted : Weighted or None
        The weighted share.

    Returns
    -------
    str
        One sentence; "" without weights, or where these change nothing.

    Examples
    --------
    >>> overall = Share(estimate=0.3, conf_low=0.27, conf_high=0.33, n_yes=300, n=1000)
    >>> heavy, light = (
    ...     Weighted(estimate=at, conf_low=at - 0.04, conf_high=at + 0.04, n=900, effective_n=600.0)
    ...     for at in (0.36, 0.3)
    ... )
    >>> weighted_sentence(overall, heavy), weighted_sentence(overall, light)
    ('Weighted to the population it is 36%, give or take 4 points.', '')
    """
    if weighted is None or overall.conf_low <= weighted.estimate <= overall.conf_high:
        return ""
    return (
        f"Weighted to the population it is {percent(weighted.estimate)}, {give_or_take(weighted)}."
    )


def groups_sentence(tests: pd.DataFrame, shares: pd.DataFrame) -> str:
    """Say between which groups the share runs, of the first grouping that differs.

    Parameters
    ----------
    tests : pandas.DataFrame
        `term, p_adjusted`.
    shares : pandas.DataFrame
        `variable, level, estimate, conf_low, conf_high, few`, adjusted.

    Returns
    -------
    str
        One sentence; "" where none differs, or fewer than two groups may be named.

    Examples
    --------
    >>> tests = pd.DataFrame({"term": ["age"], "p_adjusted": [0.001]})
    >>> shares = pd.DataFrame({"variable": "age", "level": ["16-34", "65-74"], "few": False,
    ...     "estimate": [0.62, 0.19], "conf_low": [0.51, 0.14], "conf_high": [0.72, 0.24]})
    >>> groups_sentence(tests, shares)
    'Between groups it runs from 19% (65-74, give or take 5 points) to 62% (16-34, give or take 11 \
points), adjusted.'
    """
    clear = tests.loc[tests["p_adjusted"] < 0.05, "term"] if len(tests) else []
    for term in clear:
        rows = shares[(shares["variable"] == term) & ~shares["few"].astype(bool)]
        rows = rows.dropna(subset=["estimate"]).sort_values("estimate", kind="stable")
        if len(rows) > 1:
            low, high = (_end(rows), _end(rows.iloc[::-1]))
            return f"Between groups it runs from {low} to {high}, adjusted."
    return ""


def _end(rows: pd.DataFrame) -> str:
    """Say the share of the group at the top, and from which others it cannot be told."""
    first = rows.iloc[0]
    who = f"{first['level']}, {give_or_take(first)}{beside_first(rows)}"
    return f"{percent(first['estimate'])} ({who})"


def place_sentence(places: pd.DataFrame) -> str:
    """Name the place that most people would use it in.

    Parameters
    ----------
    places : pandas.DataFrame
        `level, estimate, conf_low, conf_high, n`, most first.

    Returns
    -------
    str
        One sentence; "" where none is shown.

    Examples
    --------
    >>> places = pd.DataFrame({"level": ["Library"], "estimate": [0.56], "conf_low": [0.51],
    ...                        "conf_high": [0.61], "n": [437]})
    >>> place_sentence(places)
    'Of 437 people who named a place, most ticked library (56%, give or take 5 points).'
    """
    known = places.dropna(subset=["estimate"])
    if known.empty:
        return ""
    first = known.iloc[0]
    who = f"Of {int(first['n']):,} people who named a place"
    named = f"{in_sentence(first['level'])} ({percent(first['estimate'])}, {give_or_take(first)})"
    if len(known) > 1 and known.iloc[1]["conf_high"] >= first["conf_low"]:
        return f"{who}, {named} is among the places ticked most."
    return f"{who}, most ticked {named}."
