"""Answers and groups of people, brought to one form."""

import pandas as pd


def people_by_group(by: pd.Series, index: pd.Index) -> pd.Series:
    """Return the group of each person of an index.

    Parameters
    ----------
    by : pandas.Series
        Categorical, the group of each person.
    index : pandas.Index
        The people.

    Returns
    -------
    pandas.Series
        NA for who has none.

    Raises
    ------
    ValueError
        If `by` is not Categorical: the order of the groups would be lost.
    """
    if not isinstance(by.dtype, pd.CategoricalDtype):
        raise ValueError(f"groups of {by.name!r} are {by.dtype}; make them Categorical")
    return by.reindex(index)


def chosen(answers: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Return indicators of answers, from one answer a person or from indicators.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        One answer a person, Categorical or boolean, or indicators 1 and 0.

    Returns
    -------
    pandas.DataFrame
        Floats 1 and 0, a column an answer.

    Raises
    ------
    ValueError
        If an answer is missing, or neither 1 nor 0 in indicators.
    """
    if isinstance(answers, pd.Series) and isinstance(answers.dtype, pd.CategoricalDtype):
        frame = pd.get_dummies(answers, dtype=float)
        gaps = int(answers.isna().sum())
    else:
        frame = answers.to_frame("yes") if isinstance(answers, pd.Series) else answers
        gaps = int(frame.isna().any(axis=1).sum())
        frame = frame.astype(float)
    if gaps:
        raise ValueError(f"{gaps} of {len(answers)} people have no answer; select the base first")
    if not frame.isin([0.0, 1.0]).all(axis=None):
        raise ValueError("indicators are 1 for an answer given and 0 for one not given")
    frame.columns = list(frame.columns)
    return frame
