"""What the notebook on visibility and accessibility needs."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis import report
from analysis.chapters.ratings import people
from analysis.chapters.ratings.people import Rating
from analysis.survey import Survey

#: What each part shows.
PARTS = {
    "groups": "groups of people",
    "districts": "districts",
    "correlations": "rank correlations",
    "together": "one rating by the other",
}


def left_out(survey: Survey) -> dict[str, str]:
    """Say which parts of the notebook a survey does not allow.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses.

    Returns
    -------
    dict
        Part -> reason; `report.NOTEBOOK` for the whole notebook. Empty if nothing is left out.
    """
    if not any(survey.has(role) for role in people.ROLES):
        return {report.NOTEBOOK: report.not_asked(survey, *people.ROLES)}
    responses = survey.responses()
    ratings = people.rated(survey, responses)
    if not ratings:
        return {report.NOTEBOOK: report.few_people(survey, 0, "answered")}
    pairs = people.pairs(survey, responses, ratings)
    reasons = {
        "groups": _groups(survey, responses, ratings),
        "districts": _districts(survey, responses, ratings),
        "correlations": "" if pairs else _pairs(survey, [*people.ROLES, "satisfaction"]),
        "together": "" if people.ROLES in pairs else _pairs(survey, people.ROLES),
    }
    return {part: reason for part, reason in reasons.items() if reason}


def _groups(survey: Survey, responses: pd.DataFrame, ratings: Mapping[str, Rating]) -> str:
    asked = people.asked_groupings(survey, responses).values()
    if not asked:
        return "the survey asked neither who made contact, nor what they used last, nor their age"
    reasons = [people.few_in_groups(survey, by, ratings) for by in asked]
    return reasons[0] if all(reasons) else ""


def _districts(survey: Survey, responses: pd.DataFrame, ratings: Mapping[str, Rating]) -> str:
    reasons = list(people.between_districts(survey, responses, ratings).values())
    if not reasons:
        return report.not_asked(survey, "district")
    return reasons[0] if all(reasons) else ""


def _pairs(survey: Survey, roles: Sequence[str]) -> str:
    """Say why no two answers of some questions can be laid beside each other."""
    if sum(survey.has(role) for role in roles) < 2:
        return report.not_asked(survey, *roles)
    few = report.few_people(survey, 0, "answered two of the questions")
    return f"{few}, or everybody gave the same answer to one of them"
