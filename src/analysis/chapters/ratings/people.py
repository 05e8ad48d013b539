"""What people rate, and the groups of people whose ratings are compared."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.privacy import rule_of
from analysis.report import (
    few_groups,
    in_sentence,
    joined_ages,
    joined_channel_groups,
    not_between_districts,
)
from analysis.survey import Survey, bases, measures

#: The questions of the notebook.
ROLES = ("visibility", "accessibility")


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One thing that is rated: what it is called, the answers, and which are the best.

    `answers` is an ordered Categorical without missing ones, `named` has the best answers by
    label, `best` these answers as they stand inside a sentence.
    """

    noun: str
    answers: pd.Series
    named: tuple[str, ...]
    best: str

    @property
    def good(self) -> pd.Series:
        """Who gave one of the best answers."""
        return self.answers.isin(self.named)


def rated(survey: Survey, responses: pd.DataFrame) -> dict[str, Rating]:
    """Gather the ratings that enough people gave.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    dict
        Role -> rating, of the questions that were asked and that as many people answered as the
        disclosure threshold.
    """
    found = {}
    for role in (each for each in ROLES if survey.has(each)):
        answers = bases.answered(survey, responses, [role]).frame[role]
        if rule_of(survey.codebook).enough(len(answers)):
            found[role] = Rating(
                noun=survey.codebook.noun(role),
                answers=answers,
                named=tuple(measures.top_answers(survey, role)),
                best=measures.best_answers(survey, role),
            )
    return found


def few_in_groups(survey: Survey, by: pd.Series, ratings: Mapping[str, Rating]) -> str:
    """Say that too few people of all but one group gave a rating.

    Parameters
    ----------
    survey : Survey
        The survey.
    by : pandas.Series
        Categorical, the group of each person.
    ratings : mapping of str to Rating
        As `rated` returns it.

    Returns
    -------
    str
        A clause; "" if two groups have enough people for each rating.
    """
    reasons = (
        few_groups(survey, by.reindex(each.answers.index), "groups") for each in ratings.values()
    )
    return next((reason for reason in reasons if reason), "")


def groupings(
    survey: Survey, responses: pd.DataFrame, ratings: Mapping[str, Rating]
) -> dict[str, pd.Series]:
    """Group people by contact, by the channel used last and by age, as far as can be compared.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    ratings : mapping of str to Rating
        As `rated` returns it.

    Returns
    -------
    dict
        What stands after "between" -> Categorical, the group of each person.
    """
    asked = asked_groupings(survey, responses)
    return {name: by for name, by in asked.items() if not few_in_groups(survey, by, ratings)}


def asked_groupings(survey: Survey, responses: pd.DataFrame) -> dict[str, pd.Series]:
    """Group people by what they were asked.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    dict
        What stands after "between" -> Categorical, small groups joined as in every notebook; empty
        if the survey asked for none of them.
    """
    found = {}
    if survey.has("contacted"):
        found["people with and without contact"] = _prefixed("Contact", responses["contacted"])
    if survey.used_role in responses:
        used = responses[survey.used_role].dropna()
        groups = joined_channel_groups(survey, bases.grouped(survey, used), responses)
        found[f"{survey.channel_groups} used"] = groups
    if survey.has("age") and isinstance(responses["age"].dtype, pd.CategoricalDtype):
        found["age groups"] = joined_ages(survey, responses)
    return found


def between_districts(
    survey: Survey, responses: pd.DataFrame, ratings: Mapping[str, Rating]
) -> dict[str, str]:
    """Say for each rating why districts cannot be compared on it.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    ratings : mapping of str to Rating
        As `rated` returns it.

    Returns
    -------
    dict
        Role -> reason, a clause; "" if they can be compared. Empty without districts.
    """
    if not survey.has("district"):
        return {}
    return {
        role: not_between_districts(
            survey, each.answers, responses["district"], measures.top_answers(survey, role)
        )
        for role, each in ratings.items()
    }


def pairs(
    survey: Survey, responses: pd.DataFrame, ratings: Mapping[str, Rating]
) -> dict[tuple[str, str], pd.DataFrame]:
    """Gather the people who gave two of the ratings, or one and the experience of contact.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    ratings : mapping of str to Rating
        As `rated` returns it.

    Returns
    -------
    dict
        Two roles -> the two answers of the people who gave both, of the pairs that enough people
        gave and in neither of which everybody said the same.
    """
    roles = [*ratings, *(["satisfaction"] if survey.has("satisfaction") else [])]
    found = {}
    for at, first in enumerate(roles):
        for second in roles[at + 1 :]:
            both = responses[[first, second]].dropna()
            varied = both.nunique().ge(2).all()
            if varied and rule_of(survey.codebook).enough(len(both)):
                found[first, second] = both
    return found


def _prefixed(what: str, answers: pd.Series) -> pd.Series:
    """Put what was asked before short answers, so that they can stand alone in a table.

    Parameters
    ----------
    what : str
        What was asked.
    answers : pandas.Series
        Categorical.

    Returns
    -------
    pandas.Series
        The same answers with longer names.

    Examples
    --------
    >>> _prefixed("Contact", pd.Series(["Yes"], dtype="category")).tolist()
    ['Contact: yes']
    """
    names = {each: f"{what}: {in_sentence(each)}" for each in answers.cat.categories}
    return answers.cat.rename_categories(names)
