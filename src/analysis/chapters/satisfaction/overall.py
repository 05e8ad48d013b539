"""Everybody's satisfaction: the share of the best answers, all answers, and both with weights."""

import pandas as pd

from analysis import population, privacy, proportions
from analysis.primary import Primary, got
from analysis.primary.designs import Design
from analysis.proportions import Share
from analysis.report import Weighted, weighted_share
from analysis.survey import Survey, measures


def everybody(survey: Survey, made: Design) -> tuple[Share, pd.DataFrame]:
    """Give the share of the best answers, and the share of each answer.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers.

    Returns
    -------
    tuple of Share and pandas.DataFrame
        The share; and as `privacy.shown_distribution`, a row an answer.
    """
    best, rating = measures.top_answers(survey, "satisfaction"), made.base.frame["satisfaction"]
    answers = proportions.distribution(rating)
    shown = privacy.shown_distribution(answers, survey.codebook, together=best)
    return proportions.share(rating.isin(best)), shown


def weighted_headlines(
    survey: Survey, responses: pd.DataFrame, plan: Primary
) -> list[Weighted | None]:
    """Give with weights everybody's share, and the difference of who used what they prefer.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`, who are weighted.
    plan : Primary
        As `primary.primary` returns it.

    Returns
    -------
    list of Weighted or None
        None of what cannot be had with weights, or would tell of few people.
    """
    best, weighing = (
        measures.top_answers(survey, "satisfaction"),
        population.weigh(survey, responses),
    )
    satisfied = plan.made.base.frame["satisfaction"].isin(best)
    return [
        weighted_share(satisfied, weighing, survey.codebook),
        got.weighted(survey, plan.made, answers=best, weighing=weighing),
    ]
