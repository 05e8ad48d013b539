"""Numbers in plain words: what a first page says, without decimals and intervals."""

import math

import pandas as pd

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
    points = margin(row)
    return f"give or take {points} point{'s' * (points != 1)}"


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


def worst_sentence(survey: Survey, role: str, answers: pd.DataFrame) -> str:
    """Say how many gave one of the worst answers, as many as count as the best.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        An ordered question.
    answers : pandas.DataFrame
        `answer, estimate`: the share of each answer, as far as it may be shown.

    Returns
    -------
    str
        A clause, such as "28% answered very poor or poor": the sum of the whole percents of the
        answers where these are shown so. "" where one of them is hidden.

    Examples
    --------
    >>> from analysis import survey
    >>> answers = pd.DataFrame({"answer": ["Very poor", "Poor"], "estimate": [0.35, 0.2]})
    >>> worst_sentence(survey.load("herts_2023"), "visibility", answers)
    '55% answered very poor or poor'
    """
    worst = measures.worst_answers(survey, role)
    shown = answers.set_index(answers["answer"].astype("str"))["estimate"].reindex(worst)
    if not worst or shown.isna().any():
        return ""
    labels = " or ".join(in_sentence(each) for each in worst)
    return f"{percent(float(shown.sum()))} answered {labels}"
