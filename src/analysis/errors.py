"""The error that a user of the project can mend: it is shown as text, without a stack trace."""

from collections.abc import Iterable


class SurveyError(ValueError):
    """Something about the survey's files or codebook is wrong; the text says what to do."""


def contradiction_error(codebook: str, problems: Iterable[str]) -> SurveyError:
    """Make one error of all the contradictions found.

    Parameters
    ----------
    codebook : str
        Name of the survey.
    problems : iterable of str
        One contradiction each, with what to do.

    Returns
    -------
    SurveyError
        To be raised by the caller.

    Examples
    --------
    >>> print(contradiction_error("demo", ["question 'age': no answers; list them"]))
    codebook.toml of demo: question 'age': no answers; list them
    """
    listed = list(problems)
    if len(listed) == 1:
        return SurveyError(f"codebook.toml of {codebook}: {listed[0]}")
    lines = "".join(f"\n  - {problem}" for problem in listed)
    return SurveyError(f"codebook.toml of {codebook} has {len(listed)} contradictions:{lines}")
