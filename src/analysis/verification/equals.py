"""Two answers to one question that the numbers cannot tell apart: ties, and spreads next to 0."""

from collections.abc import Mapping

import pandas as pd

from analysis.verification.steps import EXACT


def tie(own: Mapping[str, object], candidates: pd.DataFrame) -> str:
    """Say why a candidate that is not R's first is as good a choice as that one.

    Parameters
    ----------
    own : mapping
        The candidate that the published headline is about.
    candidates : pandas.DataFrame
        All of them in R's order, with the number that decides between them: `choice`, the lowest
        first, in steps of `step` (0 for none). Candidates of one `class` are compared; classes by
        `class_value`, which simulation may move by `class_error`.

    Returns
    -------
    str
        A clause; "" if R's first is ahead by more than the rule, the digits or the error hold.

    Examples
    --------
    >>> rows = pd.DataFrame({"choice": [-0.0661, -0.0659, -0.04], "step": 0.001, "class": "none"})
    >>> tie(rows.loc[1], rows), tie(rows.loc[2], rows)
    ('both are equal in steps of 0.001, by which they are sorted', '')
    """
    first = candidates.iloc[0]
    if _class(own) == _class(first):
        return _equal(own, first)
    apart = abs(_number(own, "class_value") - _number(first, "class_value"))
    if not apart <= max(_number(own, "class_error") + _number(first, "class_error"), EXACT):
        return ""
    mine = candidates[[_class(each) == _class(own) for each in candidates.to_dict("records")]]
    if not _equal(own, mine.iloc[0]):
        return ""
    return "the tests that decide between them are nearer than their simulation errs"


def _equal(own: Mapping[str, object], first: Mapping[str, object]) -> str:
    """Say in what two candidates of one class are equal."""
    here, there, step = _number(own, "choice"), _number(first, "choice"), _number(own, "step")
    if pd.isna(here - there):
        return ""
    if step > 0 and round(here / step) == round(there / step):
        return f"both are equal in steps of {step:g}, by which they are sorted"
    if abs(here - there) <= EXACT:
        return "both are equal to 0.00001 in that by which they are sorted"
    return ""


def boundary(column: str, given: float, made: float, own: Mapping[str, object]) -> str:
    """Say why a spread next to 0 and the spread 0 are one estimate.

    Parameters
    ----------
    column : str
        Of findings.csv.
    given, made : float
        As published, and as R has it.
    own : mapping
        Its `flat_to` is the spread up to which the log-likelihood, maximised over all else, is
        within 1e-8 of that without any spread, where that is the maximum; 0 elsewhere.

    Returns
    -------
    str
        A clause; "" if the likelihood tells the two apart.

    Examples
    --------
    >>> boundary("estimate", 2e-5, 0.0, {"flat_to": 8e-5})
    'the likelihood is flat between 0 and 2e-05, to 1e-8'
    >>> boundary("estimate", 0.02, 0.0, {"flat_to": 8e-5})
    ''
    """
    if column == "estimate" and made == 0 and 0 <= given <= _number(own, "flat_to"):
        return f"the likelihood is flat between 0 and {given:.1g}, to 1e-8"
    return ""


def _number(row: Mapping[str, object], name: str) -> float:
    """Return a number of a row, 0 where it has none but for what is chosen by."""
    value = row.get(name)
    absent = float("nan") if name in ("choice", "class_value") else 0.0
    return absent if value is None or pd.isna(value) else float(value)


def _class(row: Mapping[str, object]) -> str:
    value = row.get("class")
    return value if isinstance(value, str) else ""
