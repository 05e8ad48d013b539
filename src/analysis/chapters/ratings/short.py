"""How visible and accessible the police are, in plain sentences."""

from collections.abc import Mapping

import pandas as pd

from analysis.chapters.ratings.people import Rating
from analysis.privacy import rounded_distribution
from analysis.report import give_or_take, percent, worst_sentence
from analysis.survey import Survey


def short_texts(survey: Survey, overall: pd.DataFrame, ratings: Mapping[str, Rating]) -> list[str]:
    """Answer in plain words how people rate what the survey asked about.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : pandas.DataFrame
        As `tables.overall_shares` returns it, a row a rating.
    ratings : mapping of str to Rating
        As `people.rated` returns it.

    Returns
    -------
    list of str
        Of each rating how many gave one of the best answers and how many one of the worst; "" where
        few did or few did not.
    """
    return [
        rating_sentence(survey, role, row, each)
        for (role, each), (_, row) in zip(ratings.items(), overall.iterrows(), strict=True)
    ]


def rating_sentence(survey: Survey, role: str, row: pd.Series, rating: Rating) -> str:
    """Say how many rate one thing well, and how many badly.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        What is rated.
    row : pandas.Series
        Its row of `tables.overall_shares`.
    rating : Rating
        Its answers.

    Returns
    -------
    str
        One sentence; "" where the share is hidden.
    """
    if pd.isna(row["estimate"]):
        return ""
    answers = rounded_distribution(rating.answers, survey.codebook, together=rating.named)
    bad = worst_sentence(survey, role, answers, n=int(row["n"]))
    said = f"{row['question']}: {percent(row['estimate'])} of {int(row['n']):,} people say"
    return f"{said} {rating.best}, {give_or_take(row)}" + f". {bad}" * bool(bad) + "."
