"""What a survey is read for: the answers that count as a yes, headline by headline."""

import pandas as pd

from analysis.survey import bases, preferences
from analysis.survey.surveys import Survey
from analysis.survey.wording import at_start, in_sentence

#: Ordered questions whose best answers are a headline.
RATED = ("satisfaction", "ease", "visibility", "accessibility", "video_use")

#: Those with a headline of everybody's share in findings.csv, and its id.
RATING_IDS = {
    "visibility": "visibility_good",
    "accessibility": "accessibility_good",
    "video_use": "video_likely",
}


def headline_answers(survey: Survey, responses: pd.DataFrame) -> dict[str, pd.Series]:
    """Say for each headline of a survey who counts as a yes.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    dict
        Name -> boolean Series, indexed by the people who answered what it takes: groups of
        preferred channels, having used what one prefers, and the best answers of ratings.
    """
    words = survey.words
    found = {}
    if survey.has("preferred"):
        people = bases.answered(survey, responses, ["preferred"]).frame
        groups = channel_groups(survey, people, "preferred")
        shown = f"{words.preferred_short}: "
        found = {shown + in_sentence(name): groups[name] for name in groups.columns}
    if survey.has("preferred", survey.used_role):
        both = bases.answered(survey, responses, [survey.used_role, "preferred"]).frame
        got = preferences.used_preferred(survey, both).dropna()
        found[f"{words.used_short} what they {words.preferred}"] = got == 1
    for role in (each for each in RATED if survey.has(each)):
        answers = bases.answered(survey, responses, [role]).frame[role]
        name = f"{survey.codebook.noun(role)}: {best_answers(survey, role)}"
        name = at_start(words.satisfied if role == "satisfaction" else name)
        found[name] = answers.isin(top_answers(survey, role))
    return found


def channel_groups(survey: Survey, people: pd.DataFrame, role: str) -> pd.DataFrame:
    """Say which groups of channels people use, or prefer.

    Parameters
    ----------
    survey : Survey
        The survey.
    people : pandas.DataFrame
        Rows of `survey.responses()` without missing answers to the question.
    role : str
        "used", "used_last" or "preferred".

    Returns
    -------
    pandas.DataFrame
        Boolean, a row a person, a column a group.

    Examples
    --------
    >>> from analysis import survey
    >>> made = survey.load("herts_2023")
    >>> people = bases.answered(made, made.responses(), ["preferred"]).frame
    >>> list(channel_groups(made, people, "preferred"))
    ['Telephone', 'Digital', 'Face to face', 'Other']
    """
    groups = bases.grouped(survey, bases.channels(survey, people, role))
    several = isinstance(groups, pd.DataFrame)
    return (groups if several else pd.get_dummies(groups)).eq(1)


def best_answers(survey: Survey, role: str) -> str:
    """Name the best answers of an ordered question, as they stand inside a sentence.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        The question.

    Returns
    -------
    str
        `top_answers` joined.

    Examples
    --------
    >>> from analysis import survey
    >>> best_answers(survey.load("herts_2023"), "visibility")
    'good or very good'
    """
    return " or ".join(in_sentence(each) for each in top_answers(survey, role))


def worst_answers(survey: Survey, role: str) -> list[str]:
    """Return the labels of the worst answers of an ordered question, as many as are the best.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        The question.

    Returns
    -------
    list of str
        The first answers on offer, whether or not given; none where the best are not the last
        ones, or where best and worst would leave no answer between them.

    Examples
    --------
    >>> from analysis import survey
    >>> worst_answers(survey.load("herts_2023"), "visibility")
    ['Very poor', 'Poor']
    """
    question, best = survey.codebook.question(role), top_answers(survey, role)
    offered = [question.labels[code] for code in question.offered]
    if best != offered[len(offered) - len(best) :] or len(offered) <= 2 * len(best):
        return []
    return offered[: len(best)]


def top_answers(survey: Survey, role: str) -> list[str]:
    """Return the labels of the best answers of an ordered question, whether or not given.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        The question.

    Returns
    -------
    list of str
        Those that the codebook names as `best`. Where it names none: the last two of four
        answers or more on offer, the last one of two or three, of which two would be all or
        would take in the middle.

    Examples
    --------
    >>> from analysis import survey
    >>> top_answers(survey.load("herts_2023"), "video_use")
    ['Likely', 'Very likely']
    """
    question = survey.codebook.question(role)
    usual = 2 if len(question.offered) > 3 else 1
    codes = question.best or question.offered[-usual:]
    return [question.labels[code] for code in question.offered if code in codes]
