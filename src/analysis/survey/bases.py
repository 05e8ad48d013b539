"""Who an analysis is about: people with a substantive answer to the questions it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.survey.cells import coded_cells, first_missing
from analysis.survey.exclusions import Ledger, exclude
from analysis.survey.subsets import described, matching
from analysis.survey.surveys import Survey

#: Why somebody is not in a base, in the order in which the ledger counts them.
REASONS = {
    "not_asked": "were not asked one of the questions",
    "dont_know": "answered don't know to one of the questions",
    "no_answer": "left one of the questions without an answer",
}


#: The category of people who did not tell a characteristic.
NOT_TOLD = "Not told"


@dataclass(frozen=True, kw_only=True)
class Base:
    """The people of an analysis: their responses, and the ledger of who is not among them."""

    frame: pd.DataFrame
    ledger: Ledger

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.frame)

    def where(self, **answers: object) -> "Base":
        """Choose a part of these people; the ledger says how many were not among them.

        Parameters
        ----------
        **answers : object
            Column -> the answer, or a list of answers; see `Survey.where`, which does the same
            for everything that a notebook reads.

        Returns
        -------
        Base
            The people left.

        Raises
        ------
        ValueError
            If a column or answer is unknown, or nobody is left.
        """
        others = ~matching(self.frame, answers)
        reason = f"are not those whose {described(answers)}"
        frame, ledger = exclude(self.frame, self.ledger, others, step="where", reason=reason)
        return Base(frame=frame, ledger=ledger)


def answered(survey: Survey, responses: pd.DataFrame, roles: Sequence[str]) -> Base:
    """Select the people who gave a substantive answer to every one of some questions.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`: all of them, or those of a part of the people.
    roles : sequence of str
        The questions. "None of these" is a substantive answer, "don't know" is not.

    Returns
    -------
    Base
        The rows left, perhaps none, and a ledger with a step for each kind of missing.

    Raises
    ------
    ValueError
        If a row is none of the survey.
    """
    cells = coded_cells(survey, responses, roles)
    step = first_missing(cells, list(REASONS))
    ledger = Ledger.of_steps(responses["raw_row"], step, REASONS)
    stays = step == len(REASONS)
    frame = responses if stays.all() else responses[stays]
    ledger.reconcile(len(frame))
    return Base(frame=frame, ledger=ledger)


def only(survey: Survey, responses: pd.DataFrame, roles: Sequence[str]) -> pd.DataFrame:
    """Return the columns of some questions, of people of whom no other is looked at.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    roles : sequence of str
        The questions.

    Returns
    -------
    pandas.DataFrame
        `raw_row` and their columns: a base of these is copied in a fraction of the time.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> only(herts, herts.responses(), ["age"]).columns.tolist()
    ['raw_row', 'age']
    """
    columns = survey.codebook.columns_of(roles)
    return responses[list(dict.fromkeys(["raw_row", *columns]))]


def answered_only(survey: Survey, responses: pd.DataFrame, roles: Sequence[str]) -> Base:
    """Select as `answered`, where nothing but these questions is looked at: see `only`."""
    return answered(survey, only(survey, responses, roles), roles)


def channels(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series | pd.DataFrame:
    """Return what people answered to a question about channels, as `paired` wants it.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()` without missing answers to the question.
    role : str
        "used", "used_last" or "preferred".

    Returns
    -------
    pandas.Series or pandas.DataFrame
        One answer: the Categorical column. Several: indicators 1 and 0, a column a channel,
        named by its label; "none of these" is a row of zeros.
    """
    question = survey.codebook.question(role)
    if question.kind != "multiple":
        return frame[role]
    columns = channel_terms(survey, role)
    return frame[columns].rename(columns=survey.labels(role))


def grouped(survey: Survey, answers: pd.Series | pd.DataFrame) -> pd.Series | pd.DataFrame:
    """Bring channels to the codebook's groups of channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    answers : pandas.Series or pandas.DataFrame
        As `channels` returns it.

    Returns
    -------
    pandas.Series or pandas.DataFrame
        One answer: Categorical with the groups in the order of the codebook. Several: indicators,
        1 if any channel of the group was named.
    """
    asked = [role for role in ("preferred", "used", "used_last") if survey.has(role)]
    known: dict[str, str] = {}
    for role in asked:
        known = survey.codebook.question(role).groups | known
    several = isinstance(answers, pd.DataFrame)
    named = answers.columns if several else answers.cat.categories
    groups = {label: known[label] for label in named}
    order = list(dict.fromkeys(groups.values()))
    if several:
        return answers.T.groupby(groups).max().T[order]
    places = np.array([order.index(groups[label]) for label in named] + [-1])  # -1: missing
    codes = places[answers.cat.codes.to_numpy()]
    made = pd.Categorical.from_codes(codes, pd.Index(order, dtype="str"))
    return pd.Series(made, index=answers.index, name=answers.name)


def not_asked(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    """Mark the people who were not asked a question.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        The question.

    Returns
    -------
    pandas.Series
        Boolean, the index of `frame`.
    """
    column = coded_cells(survey, frame, [role]).iloc[:, 0]
    return pd.Series((column == "not_asked").to_numpy(), index=frame.index)


def with_not_asked(
    survey: Survey, responses: pd.DataFrame, base: Base, *, role: str, answered_role: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Join the people of a base with those who were not asked one of its questions.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    base : Base
        People who answered both questions.
    role : str
        The question that the others were not asked.
    answered_role : str
        The question that everybody here answered.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.Series
        Rows of `responses`; and boolean, who was not asked. People who were asked and are not in
        the base are left out: with them there would be two bases that differ by a few people.
    """
    everyone = answered(survey, responses, [answered_role]).frame
    outside = not_asked(survey, everyone, role)
    kept = outside | everyone.index.isin(base.frame.index)
    return everyone[kept], outside[kept]


def channel_terms(survey: Survey, role: str) -> list[str]:
    """Return the columns of a question about channels that a model takes as predictors.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        "used" or "used_last".

    Returns
    -------
    list of str
        The one Categorical column, or the indicators of the channels without "none of these".
    """
    question = survey.codebook.question(role)
    if question.kind != "multiple":
        return [role]
    return [f"{role}__{answer.code}" for answer in question.answers if not answer.exclusive]


def named_any(used: pd.Series | pd.DataFrame, preferred: pd.Series | pd.DataFrame) -> pd.Series:
    """Mark the people who named a channel in at least one of their two answers.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `channels` returns them.

    Returns
    -------
    pandas.Series
        Boolean. False for who answered "none of these" twice: two answers that agree, but on
        no channel.
    """
    named = pd.Series(False, index=used.index)
    for answers in (used, preferred):
        single = isinstance(answers, pd.Series)
        named |= answers.notna() if single else (answers == 1).any(axis=1)
    return named


def with_not_told(groups: pd.Series) -> pd.Series:
    """Make the people of whom no group is known a group of their own.

    Parameters
    ----------
    groups : pandas.Series
        Categorical.

    Returns
    -------
    pandas.Series
        The same with a last category `NOT_TOLD`, so that groups add up to everybody.

    Examples
    --------
    >>> with_not_told(pd.Series(["Yes", None], dtype="category")).tolist()
    ['Yes', 'Not told']
    """
    return groups.cat.add_categories([NOT_TOLD]).fillna(NOT_TOLD)
