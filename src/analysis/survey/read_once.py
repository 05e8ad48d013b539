"""What is made of a survey's raw file, made once and kept with the survey."""

from collections.abc import Callable
from typing import TypeVar

from analysis.survey.surveys import Survey

Made = TypeVar("Made")


def of_raw(survey: Survey, what: str, make: Callable[[], Made]) -> Made:
    """Make something of the raw file once, and again only if it is another file.

    Parameters
    ----------
    survey : Survey
        The survey; what is made is about all its rows, and goes with it.
    what : str
        Its name.
    make : callable
        Makes it.

    Returns
    -------
    object
        What `make` returned; nobody changes it.

    Examples
    --------
    >>> from analysis import survey
    >>> this = survey.load("herts_2023")
    >>> of_raw(this, "times", lambda: [1]) is of_raw(this, "times", lambda: [2])
    True
    """
    states = [path.stat() for path in survey.raw_paths]
    seen = [(each.st_mtime_ns, each.st_size) for each in states]
    if survey._read.get(what, (None,))[0] != seen:
        survey._read[what] = seen, make()
    return survey._read[what][1]
