"""A part of the responses, chosen by answers and flags."""

from collections.abc import Mapping

import pandas as pd


def matching(frame: pd.DataFrame, answers: Mapping[str, object]) -> pd.Series:
    """Mark the people who gave one of the answers named, to every question named.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of `Survey.responses()`.
    answers : mapping of str to object
        Column -> the answer, or a list of answers; True or False for a flag.

    Returns
    -------
    pandas.Series
        Boolean, the index of `frame`.

    Raises
    ------
    ValueError
        If there is no such column, an answer is not among those of the question, or nobody is
        left.

    Examples
    --------
    >>> frame = pd.DataFrame({"age": pd.Categorical(["16-24", "25-34"]), "flag_speeder": False})
    >>> matching(frame, {"age": "16-24", "flag_speeder": False}).tolist()
    [True, False]
    """
    kept = pd.Series(True, index=frame.index)
    for column, wanted in answers.items():
        if column not in frame:
            raise ValueError(
                f"there is no column {column!r} to choose by; take one of {', '.join(frame)}"
            )
        values = list(wanted) if isinstance(wanted, list | tuple | set) else [wanted]
        known = frame[column].cat.categories if hasattr(frame[column], "cat") else values
        unknown = [each for each in values if each not in known]
        if unknown:
            raise ValueError(
                f"{column} has no answer {unknown[0]!r}; its answers are {', '.join(known)}"
            )
        kept &= frame[column].isin(values)
    if len(frame) and not kept.any():
        raise ValueError(f"nobody is left of {len(frame)} where {described(answers)}")
    return kept


def described(answers: Mapping[str, object]) -> str:
    """Say how people were chosen.

    Parameters
    ----------
    answers : mapping of str to object
        As for `matching`.

    Returns
    -------
    str
        Such as ``"age is 16-24 and flag speeder is False"``.

    Examples
    --------
    >>> described({"age": ["16-24", "25-34"], "flag_speeder": False})
    'age is 16-24 or 25-34 and flag speeder is False'
    """
    parts = [
        f"{column.replace('_', ' ')} is "
        + " or ".join(map(str, wanted if isinstance(wanted, list | tuple | set) else [wanted]))
        for column, wanted in answers.items()
    ]
    return " and ".join(parts)
