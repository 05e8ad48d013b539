"""Whether people used what they prefer: the one rule, for every place that says so."""

import pandas as pd

from analysis.survey import bases
from analysis.survey.surveys import Survey
from analysis.survey.wording import in_sentence, listed


def used_preferred(survey: Survey, frame: pd.DataFrame, *, used: str = "") -> pd.Series:
    """Tell who used what they prefer, of the channels that they could have used.

    Parameters
    ----------
    survey : Survey
        A survey that asked what people used and what they prefer.
    frame : pandas.DataFrame
        Rows of `survey.responses()` without missing answers to the two questions.
    used : str
        The question on use; `survey.used_role` by default.

    Returns
    -------
    pandas.Series
        1.0 for who used every such channel that they prefer, else 0.0; NA for who prefers none.

    Notes
    -----
    Two answers count as no preference. A channel that was not on offer for use: nobody can have
    used it, so whoever prefers it would be among the others whatever they did. And "Other": who
    gives it twice need not mean one channel, nor two. Who prefers a further channel as well is
    told by that one.
    """
    roles = (used or survey.used_role, "preferred")
    answers, preferred = (bases.channels(survey, frame, role) for role in roles)
    left_out = {*survey.not_offered, survey.other_channel}
    if isinstance(answers, pd.Series) and isinstance(preferred, pd.Series):
        among = answers.cat.categories.difference([*left_out], sort=False)
        answers, preferred = answers.cat.set_categories(among), preferred.cat.set_categories(among)
        same = answers.cat.codes == preferred.cat.codes
        return same.astype(float).where(preferred.notna())
    answers, preferred = _indicators(answers), _indicators(preferred)
    counted = [each for each in preferred if each in answers and each not in left_out]
    answers, preferred = answers[counted], preferred[counted]
    got = (answers >= preferred).all(axis=1).astype(float)
    return got.where(preferred.any(axis=1))


def _indicators(answers: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Return indicators 1.0 and 0.0, a column a channel."""
    if isinstance(answers, pd.Series):
        return pd.get_dummies(answers, dtype=float)
    return answers.astype(float)


def left_out_sentence(survey: Survey) -> str:
    """Say of whom it is not told whether they used what they prefer.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        One sentence; "" where every channel could be used and none is "Other".

    Examples
    --------
    >>> from analysis import survey
    >>> print(left_out_sentence(survey.load("herts_2023")))
    Not counted, since it cannot be said whether they used it: people who prefer only what was \
not on offer (private video chat) or "Other".
    """
    parts = _named(survey)
    if not parts:
        return ""
    return (
        "Not counted, since it cannot be said whether they used it: people who prefer only "
        f"{' or '.join(parts)}."
    )


def same_answer_sentence(survey: Survey) -> str:
    """Say how the share of the same answer twice counts those whom `used_preferred` leaves out.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        One sentence; "" where every channel could be used and none is "Other".

    Examples
    --------
    >>> from analysis import survey
    >>> print(same_answer_sentence(survey.load("herts_2023")))
    The share of the same answer twice is about answers, so it counts everybody: who prefers \
what was not on offer (private video chat) cannot have given it twice, and "Other" twice is \
counted as the same answer. Where people are said to have used what they prefer, these are \
not counted.
    """
    parts = _named(survey)
    if not parts:
        return ""
    said = []
    if survey.not_offered:
        said.append(f"who prefers {parts[0]} cannot have given it twice")
    if survey.other_channel:
        said.append(f"{parts[-1]} twice is counted as the same answer")
    roles = (survey.used_role, "preferred")
    kinds = {survey.codebook.question(each).kind == "multiple" for each in roles}
    what = "the same answer twice" if len(kinds) == 1 else "answers that agree"
    return (
        f"The share of {what} is about answers, so it counts everybody: "
        f"{', and '.join(said)}. Where people are said to have used what they prefer, these are "
        "not counted."
    )


def _named(survey: Survey) -> list[str]:
    """Name the answers on preference of which use cannot be told."""
    names = [in_sentence(each) for each in survey.not_offered]
    parts = [f"what was not on offer ({listed(names)})"] if names else []
    return parts + [f'"{survey.other_channel}"'] * bool(survey.other_channel)
