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
        kept &= frame[column].isin(_known(frame[column], listed_values(wanted)))
    if len(frame) and not kept.any():
        raise ValueError(f"nobody is left of {len(frame)} where {described(answers)}")
    return kept


def listed_values(wanted: object) -> tuple:
    """Return the answers that somebody named, one or several, as a tuple of their own.

    Examples
    --------
    >>> listed_values("16-24"), listed_values(["16-24", "25-34"])
    (('16-24',), ('16-24', '25-34'))
    """
    several = isinstance(wanted, list | tuple | set | frozenset)
    return tuple(wanted) if several else (wanted,)


def _known(column: pd.Series, values: tuple) -> list:
    """Return the values, if they can be answers in a column."""
    answers = list(column.cat.categories) if hasattr(column, "cat") else None
    if column.dtype == bool:
        answers = [True, False]
    for value in values or ((),):  # no answer at all is none of the answers
        strange = isinstance(value, pd.Series | pd.DataFrame | dict | list | tuple)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        wrong = value not in answers if answers and not strange else strange
        if wrong or (pd.api.types.is_float_dtype(column) and not number):
            named = ", ".join(map(str, answers)) if answers else "numbers or texts"
            raise ValueError(f"{column.name} has no answer {value!r}; its answers are {named}")
    return list(values)


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
        f"{column.replace('_', ' ')} is " + " or ".join(map(str, listed_values(wanted)))
        for column, wanted in answers.items()
    ]
    return " and ".join(parts)
