"""Numbers in plain words: what a first page says, without decimals and intervals."""

import math
from collections.abc import Iterable

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.numerics import percent
from analysis.survey import Survey, measures
from analysis.survey.wording import in_sentence


def give_or_take(row: object) -> str:
    """Say by how many points chance alone may have moved a share or a difference.

    Parameters
    ----------
    row : object
        `estimate, conf_low, conf_high`, as shares or differences of shares.

    Returns
    -------
    str
        In whole points: the larger side of the 95% interval, measured from the number as it is
        shown, so that what is said holds the whole interval.

    Examples
    --------
    >>> give_or_take(pd.Series({"estimate": 0.564, "conf_low": 0.527, "conf_high": 0.601}))
    'give or take 5 points'
    """
    return give_or_take_points(margin(row))


def give_or_take_points(points: int) -> str:
    """Say a margin in words.

    Parameters
    ----------
    points : int
        Whole points.

    Returns
    -------
    str
        The words.

    Examples
    --------
    >>> give_or_take_points(1)
    'give or take 1 point'
    """
    return f"give or take {points} point{'s' * (points != 1)}"


def shares_margin(shares: Iterable[float], n: int) -> int:
    """Return the largest margin of several shares of the same people.

    Parameters
    ----------
    shares : iterable of float
        Shares as they are shown, between 0 and 1; one or more.
    n : int
        The people they are of.

    Returns
    -------
    int
        Whole points, of Wilson's 95% interval, as `margin` measures it. It is made from what is
        shown, so that it tells nothing else.

    Examples
    --------
    >>> shares_margin([0.52, 0.36], 734)
    4
    """
    ends = ((each, proportion_confint(each * n, n, method="wilson")) for each in shares)
    return max(
        margin(pd.Series({"estimate": each, "conf_low": low, "conf_high": high}))
        for each, (low, high) in ends
    )


def margin(row: object) -> int:
    """Return the larger side of an interval around the whole percent that is shown.

    Parameters
    ----------
    row : object
        `estimate, conf_low, conf_high`.

    Returns
    -------
    int
        Whole points, 1 or more.

    Examples
    --------
    >>> margin(pd.Series({"estimate": -0.157, "conf_low": -0.2, "conf_high": -0.113}))
    5
    """
    shown = 100 * round(row.estimate, 2)
    sides = 100 * row.conf_high - shown, shown - 100 * row.conf_low
    return max(1, math.ceil(round(max(sides), 6)))


def worst_sentence(survey: Survey, role: str, answers: pd.DataFrame, *, n: int) -> str:
    """Say how many gave one of the worst answers, as many as count as the best.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        An ordered question.
    answers : pandas.DataFrame
        `answer, estimate`: the share of each answer, as far as it may be shown.
    n : int
        The people who answered.

    Returns
    -------
    str
        A sentence without its stop, such as "28% answered very poor or poor, give or take 4
        points": the sum of the whole percents of the answers where these are shown so. "" where
        one of them is hidden.

    Examples
    --------
    >>> from analysis import survey
    >>> answers = pd.DataFrame({"answer": ["Very poor", "Poor"], "estimate": [0.35, 0.2]})
    >>> worst_sentence(survey.load("herts_2023"), "visibility", answers, n=1072)
    '55% answered very poor or poor, give or take 3 points'
    """
    worst = measures.worst_answers(survey, role)
    shown = answers.set_index(answers["answer"].astype("str"))["estimate"].reindex(worst)
    if not worst or shown.isna().any():
        return ""
    labels = " or ".join(in_sentence(each) for each in worst)
    share = float(shown.sum())
    spread = give_or_take_points(shares_margin([share], n))
    return f"{percent(share)} answered {labels}, {spread}"
