"""How the times of an export are written; which of day and month comes first is never guessed."""

import re
from collections.abc import Iterable

import pandas as pd

from analysis.survey.wording import tidy

_DAYS = ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y",
         "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")  # fmt: skip
_TIMES = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", ", %H:%M:%S", ", %H:%M")

#: "" stands for ISO 8601, as in the codebook.
_FORMATS = ("", *(f"{day}{time}" for day in _DAYS for time in _TIMES))

_TIME = re.compile(
    r"(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2} [a-z]{3,9},? \d{4}|[a-z]{3,9} \d{1,2}, \d{4})"
    r"([ t,]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?)?( ?[ap]m)?( ?(z|[a-z]{2,5})?([+-]\d{1,2}(:?\d\d)?)?)?",
    re.I,
)


#: A zone at the end, as Google Forms writes it: "GMT+1", "BST".
_ZONE = re.compile(r" ?\b[A-Z]{3,4}(?:[+-]\d{1,2}(?::?\d\d)?)?$")


def is_time(text: str) -> bool:
    """Tell whether a text is shaped like a date or a time.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_time("7/2/20 11:00:22"), is_time("2023-10-02T09:00:00Z"), is_time("about 10/12 times")
    (True, True, False)
    """
    return _TIME.fullmatch(tidy(text)) is not None


def fitting_formats(texts: Iterable[str]) -> list[str]:
    """List the formats in which every text is a time.

    Parameters
    ----------
    texts : iterable of str
        Cells that hold something.

    Returns
    -------
    list of str
        As `datetime_format` of a codebook takes them; "" for ISO 8601. Two or more if the texts do
        not tell day from month.

    Examples
    --------
    >>> fitting_formats(["7/2/2020 11:00:22"])
    ['%d/%m/%Y %H:%M:%S', '%m/%d/%Y %H:%M:%S']
    >>> fitting_formats(["7/2/2020 11:00:22", "13/2/2020 09:00:00"])
    ['%d/%m/%Y %H:%M:%S']
    >>> fitting_formats(["2023/10/02 9:03:11 am GMT+1"])
    ['%Y/%m/%d %I:%M:%S %p %Z']
    """
    times = pd.Series(sorted({tidy(text) for text in texts}), dtype="str")
    if times.empty:
        return []
    if times.str.contains(_ZONE).all():
        return [f"{form} %Z" for form in fitting_formats(times.str.replace(_ZONE, "", regex=True))]
    found = []
    for form in _FORMATS:
        first = pd.to_datetime(times.iloc[0], format=form or "ISO8601", errors="coerce")
        if pd.isna(first):
            continue
        read = pd.to_datetime(times, format=form or "ISO8601", errors="coerce", utc=True)
        if read.notna().all():
            found.append(form)
    return found


def months_told(texts: Iterable[str], form: str) -> int:
    """Count the months in which times fall, read in a format.

    Parameters
    ----------
    texts : iterable of str
        Times.
    form : str
        As `fitting_formats` returns it.

    Returns
    -------
    int
        Different months of different years.

    Examples
    --------
    >>> months_told(["1/2/2023", "2/2/2023"], "%d/%m/%Y"), months_told(["1/2/2023"], "")
    (1, 0)
    """
    times = pd.Series(list(texts), dtype="str").map(tidy)
    if form.endswith(" %Z"):
        times, form = times.str.replace(_ZONE, "", regex=True), form.removesuffix(" %Z")
    read = pd.to_datetime(times, format=form or "ISO8601", errors="coerce", utc=True).dropna()
    return len(set(zip(read.dt.year, read.dt.month, strict=True)))
