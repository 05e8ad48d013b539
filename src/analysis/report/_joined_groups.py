"""Groups of people joined alike in every notebook and data table, so that none holds too few.

Groups that are joined in one place and apart in another would tell of the few in one of them.
"""

import pandas as pd

from analysis.groups import collapse
from analysis.privacy import rule_of
from analysis.survey import Survey, bases

#: A group holds so many times the threshold: a share of a quarter leaves enough of either kind.
_TIMES = 4


def joined_ages(survey: Survey, responses: pd.DataFrame) -> pd.Series:
    """Return the age band of each person, neighbours joined where one holds too few people.

    Parameters
    ----------
    survey : Survey
        The survey; it asks age in bands.
    responses : pandas.DataFrame
        Rows of `survey.responses()`, all of them or those who answered on use and preference.

    Returns
    -------
    pandas.Series
        Categorical; NA for who did not tell.

    Notes
    -----
    Whether a band is too small is decided by the people who said what they used and prefer, as
    far as these were asked: the smallest base of all that are shown by age.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> ages = joined_ages(herts, herts.responses())
    >>> ages.cat.categories[[0, -1]].tolist(), int(ages.notna().sum())
    (['16-34', '75 and over'], 1078)
    """
    ages = responses["age"]
    in_order = survey.codebook.question("age").in_order
    names = _names(survey, ages, ages.loc[_compared(survey, responses)], in_order=in_order)
    return _renamed(ages, names)


def joined_channel_groups(
    survey: Survey, groups: pd.Series | pd.DataFrame, responses: pd.DataFrame
) -> pd.Series | pd.DataFrame:
    """Join the groups of channels that too few people used.

    Parameters
    ----------
    survey : Survey
        The survey; it asks what people used.
    groups : pandas.Series or pandas.DataFrame
        The group of channels that each person used, Categorical, as `bases.grouped` returns it, or
        with further kinds of people; indicators of several groups are not joined.
    responses : pandas.DataFrame
        As for `joined_ages`.

    Returns
    -------
    pandas.Series or pandas.DataFrame
        As `groups`, with the small groups as one, and with the smallest of the others until it
        is not small. It stands in the place of its first.

    Examples
    --------
    >>> from analysis import survey
    >>> from analysis.survey import bases
    >>> herts = survey.load("herts_2023")
    >>> responses = herts.responses()
    >>> used = bases.grouped(herts, responses["used_last"].dropna())
    >>> joined_channel_groups(herts, used, responses).cat.categories.tolist()
    ['Telephone', 'Digital', 'Face to face and Other']
    """
    if isinstance(groups, pd.DataFrame):
        return groups
    people = responses.loc[_compared(survey, responses)]
    used = bases.channels(survey, people.dropna(subset=[survey.used_role]), survey.used_role)
    mine = bases.grouped(survey, used)
    return _renamed(groups, _names(survey, mine, mine, in_order=False))


def _compared(survey: Survey, responses: pd.DataFrame) -> pd.Index:
    """Return who said what they used and prefer; everybody where that was not asked or answered."""
    both = [survey.used_role, "preferred"]
    if not survey.has(*both):
        return responses.index
    found = bases.answered(survey, responses, both).frame.index
    return found if len(found) else responses.index


def _names(
    survey: Survey, everybody: pd.Series, compared: pd.Series, *, in_order: bool
) -> dict[str, str]:
    """Return the joined name of each group that anybody is in."""
    fewest = min(rule_of(survey.codebook).people(_TIMES), int(compared.notna().sum()))
    return collapse(compared, everybody.value_counts(), fewest=fewest, in_order=in_order)


def _renamed(groups: pd.Series, names: dict[str, str]) -> pd.Series:
    """Give groups their joined names, in the order in which these come first."""
    order = dict.fromkeys(names.get(each, each) for each in groups.cat.categories)
    renamed = groups.astype("str").map(lambda each: names.get(each, each)).where(groups.notna())
    return renamed.astype(pd.CategoricalDtype([*order], ordered=groups.cat.ordered))
