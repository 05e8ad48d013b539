"""The order of two waves in time."""

import pandas as pd

from analysis.errors import SurveyError


def refuse_reversed(first: pd.DataFrame, second: pd.DataFrame, labels: tuple[str, str]) -> None:
    """Refuse two waves of which the second was over before the first began.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Responses; without a column `submitted` nothing is known of their order.
    labels : tuple of str
        What the waves are called.

    Raises
    ------
    SurveyError
        If they are in the wrong order.

    Examples
    --------
    >>> old, new = (pd.DataFrame({"submitted": [day]}) for day in ("2023-10-02", "2025-10-02"))
    >>> refuse_reversed(old, new, ("2023", "2025"))
    """
    if "submitted" not in first or "submitted" not in second:
        return
    begins, ends = (
        pd.to_datetime(each["submitted"], errors="coerce").dropna() for each in (first, second)
    )
    if len(begins) and len(ends) and begins.min() > ends.max():
        raise SurveyError(
            f"{labels[1]} ended on {ends.max():%Y-%m-%d}, before {labels[0]} began on "
            f"{begins.min():%Y-%m-%d}; name the earlier survey first"
        )
