"""The groups of people whose ratings are compared."""

import pandas as pd

from analysis.report import in_sentence
from analysis.survey import Survey, bases


def groupings(survey: Survey, responses: pd.DataFrame) -> dict[str, pd.Series]:
    """Group people by contact, by the channel used last and by age, as far as they were asked.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    dict
        What stands after "between" -> Categorical, the group of each person; empty if the survey
        asked for none of them.
    """
    found = {}
    if survey.has("contacted"):
        found["people with and without contact"] = _prefixed("Contact", responses["contacted"])
    if survey.used_role in responses and survey.has("preferred"):
        used = responses[survey.used_role].dropna()
        found[f"groups of {survey.words.channels} used"] = bases.grouped(survey, used)
    if survey.has("age"):
        found["age groups"] = responses["age"]
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
