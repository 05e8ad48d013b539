"""What a survey is read for: the answers that count as a yes, headline by headline."""

import pandas as pd

from analysis.survey import bases
from analysis.survey.surveys import Survey
from analysis.survey.wording import in_sentence

#: Ordered questions whose two best answers are a headline.
RATED = ("satisfaction", "ease", "visibility", "accessibility", "video_use")


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
        preferred channels, having used what one prefers, and the two best answers of ratings.
    """
    found, words = {}, survey.words
    if survey.has("preferred"):
        people = bases.answered(survey, responses, ["preferred"]).frame
        preferred = bases.channels(survey, people, "preferred")
        groups = bases.grouped(survey, preferred)
        if isinstance(groups, pd.Series):
            groups = pd.get_dummies(groups)
        shown = f"{words.preferred_short}: "
        found |= {shown + in_sentence(name): groups[name] == 1 for name in groups.columns}
    if survey.has("preferred", survey.used_role):
        both = bases.answered(survey, responses, [survey.used_role, "preferred"]).frame
        answers = [bases.channels(survey, both, role) for role in (survey.used_role, "preferred")]
        got = bases.got_preferred(*answers).dropna()
        found[f"{words.used_short} what they {words.preferred}"] = got == 1
    for role in (each for each in RATED if survey.has(each)):
        answers = bases.answered(survey, responses, [role]).frame[role]
        best = answers.cat.categories[-2:]
        name = f"{role.replace('_', ' ').capitalize()}: {best_answers(answers)}"
        if role == "satisfaction":
            name = words.satisfied[:1].upper() + words.satisfied[1:]
        found[name] = answers.isin(best)
    return found


def best_answers(answers: pd.Series) -> str:
    """Name the two best answers of an ordered question.

    Parameters
    ----------
    answers : pandas.Series
        Ordered Categorical.

    Returns
    -------
    str
        Such as ``"good or very good"``.

    Examples
    --------
    >>> scale = pd.CategoricalDtype(["Poor", "Fair", "Good"], ordered=True)
    >>> best_answers(pd.Series(["Poor"], dtype=scale))
    'fair or good'
    """
    return " or ".join(in_sentence(each) for each in answers.cat.categories[-2:])


def top_answers(survey: Survey, role: str, *, top: int = 2) -> list[str]:
    """Return the labels of the highest answers of an ordered question.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        The question.
    top : int
        How many of its answers.

    Returns
    -------
    list of str
        In the order of the codebook.

    Examples
    --------
    >>> from analysis import survey
    >>> top_answers(survey.load("herts_2023"), "video_use")
    ['Likely', 'Very likely']
    """
    return list(survey.codebook.question(role).labels.values())[-top:]
