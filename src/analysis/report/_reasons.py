"""Why a part of a notebook is left out: clauses that end "Left out: ...".

Each function returns "" if there is no such reason. None tells how many people are few.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis import ordinal
from analysis.privacy import rule_of
from analysis.survey import Survey
from analysis.survey.wording import listed

#: What the questions of a role are about.
ABOUT = {
    "age": "about age",
    "sex": "about sex",
    "disability": "about disability",
    "satisfaction": "about satisfaction",
    "visibility": "about visibility",
    "accessibility": "about accessibility",
    "reason": "for the reason for contact",
    "used": "what people used",
    "used_last": "what people used last",
    "preferred": "what people prefer",
    "was_preferred": "whether people used what they prefer",
    "change": "what to change",
    "change_why": "why",
    "video_use": "about a video chat",
    "video_place": "where people would use a video chat",
    "weight": "weights",
}


def not_asked(survey: Survey, *roles: str) -> str:
    """Say that a survey did not ask something.

    Parameters
    ----------
    survey : Survey
        The survey.
    *roles : str
        Questions that are all needed.

    Returns
    -------
    str
        A clause that names those it lacks.

    Examples
    --------
    >>> from analysis import survey
    >>> not_asked(survey.load("ape11"), "district", "change")
    'the survey did not ask what to change'
    """
    about = ABOUT | {"district": f"for the {survey.words.district}"}
    missing = [about.get(role, f"for {role}") for role in roles if not survey.has(role)]
    return f"the survey did not ask {listed(missing)}" if missing else ""


def all_of(reasons: Iterable[str]) -> str:
    """Say why none of several ways is open.

    Parameters
    ----------
    reasons : iterable of str
        Clauses, one a way; "" if the way is open.

    Returns
    -------
    str
        A clause; "" if a way is open.

    Examples
    --------
    >>> all_of(["it has no ages", "it has no districts"]), all_of(["it has no ages", ""])
    ('it has no ages and it has no districts', '')
    """
    found = list(dict.fromkeys(reasons))
    return listed(found) if all(found) else ""


def few_people(survey: Survey, people: int, what: str, *, times: int = 1) -> str:
    """Say that too few people did something for it to be shown.

    Parameters
    ----------
    survey : Survey
        The survey; its codebook sets the disclosure threshold.
    people : int
        How many did.
    what : str
        What they did, such as "answered".
    times : int
        How many times the threshold is needed.

    Returns
    -------
    str
        A clause with the number needed, never the number of people.

    Examples
    --------
    >>> from analysis import survey
    >>> few_people(survey.load("herts_2023"), 3, "answered")
    'fewer than 10 people answered'
    """
    needed = rule_of(survey.codebook).people(times)
    return f"fewer than {needed} people {what}" if people < needed else ""


def few_groups(survey: Survey, groups: pd.Series, what: str, *, least: int = 2) -> str:
    """Say that too few groups have enough people to be shown.

    Parameters
    ----------
    survey : Survey
        The survey; its codebook sets the disclosure threshold.
    groups : pandas.Series
        The group of each person.
    what : str
        What the groups are, such as "districts".
    least : int
        How many of them are needed.

    Returns
    -------
    str
        A clause.

    Examples
    --------
    >>> from analysis import survey
    >>> few_groups(survey.load("herts_2023"), pd.Series(["a"] * 50), "districts", least=3)
    'fewer than 3 districts have 10 people or more who answered'
    """
    rule = rule_of(survey.codebook)
    enough = int((~rule.few(groups.value_counts())).sum())
    if enough >= least:
        return ""
    return f"fewer than {least} {what} have {rule.people()} people or more who answered"


def not_between_districts(
    survey: Survey, answers: pd.Series, districts: pd.Series, named: Sequence[str]
) -> str:
    """Say why the share of some answers cannot be compared between districts.

    Parameters
    ----------
    survey : Survey
        The survey; its codebook sets the disclosure threshold.
    answers : pandas.Series
        Ordered Categorical; who has no answer is left out.
    districts : pandas.Series
        Categorical; who has none is left out.
    named : sequence of str
        The answers whose share is meant.

    Returns
    -------
    str
        A clause; "" if `district_shares` can be estimated and something of it shown.
    """
    people = pd.DataFrame({"answer": answers, "district": districts}).dropna()
    few = few_groups(survey, people["district"], survey.words.districts, least=3)
    if few:
        return few
    if not rule_of(survey.codebook).splits(people["answer"].isin(named)):
        return "too few people gave one of the best answers, or too few another"
    return ordinal.obstacle("answer ~ 1", people, random="district")
