"""What may be chosen: the questions, groups and bases that the data tables have."""

from dataclasses import dataclass

import pandas as pd

from analysis.survey import Survey
from analysis.tables import Book

#: The base of everybody who answered.
EVERYBODY = ("", "")

#: Without groups.
NO_GROUPS = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What to look at.

    `question` is a role. `by` is the name of a way of grouping people, or `NO_GROUPS`. `base` is
    such a name and one group of it, whose people alone are looked at, or `EVERYBODY`. `answer` is
    the one whose share is compared between groups; "" without groups. `weighted` asks for weights.
    """

    question: str
    by: str = NO_GROUPS
    base: tuple[str, str] = EVERYBODY
    answer: str = ""
    weighted: bool = False


def questions(book: Book) -> list[tuple[str, str]]:
    """List the questions.

    Parameters
    ----------
    book : Book
        The data tables of a survey.

    Returns
    -------
    list of tuple of str
        Wording and role, in the order of the codebook.
    """
    pairs = book.topline[["wording", "question"]].drop_duplicates("question")
    return [(str(wording), str(role)) for wording, role in pairs.to_numpy()]


def groupings(book: Book, question: str) -> list[str]:
    """List the ways of grouping people by which a question is laid out.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    question : str
        A role.

    Returns
    -------
    list of str
        Names, such as "district".
    """
    return [str(each) for each in _laid_out(book, question)["by"].unique()]


def bases(book: Book, question: str) -> list[tuple[str, str]]:
    """List the groups of people who can be looked at alone: those whose size may be shown.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    question : str
        A role.

    Returns
    -------
    list of tuple of str
        A way of grouping people, and one group of it.
    """
    rows = _laid_out(book, question).dropna(subset=["n"])
    pairs = rows[["by", "group"]].drop_duplicates()
    return [(str(by), str(group)) for by, group in pairs.to_numpy()]


def answers(book: Book, question: str) -> list[str]:
    """List the answers to a question, the best ones together after those of a rating.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    question : str
        A role.

    Returns
    -------
    list of str
        Labels.
    """
    return [str(each) for each in _of_everybody(book, question)["answer"]]


def usual_answer(book: Book, survey: Survey, question: str) -> str:
    """Choose the answer that groups are compared on first.

    Parameters
    ----------
    book : Book
        The data tables of the survey.
    survey : Survey
        The survey.
    question : str
        A role.

    Returns
    -------
    str
        The best answers together, where they have a row; else the one that most people gave, of
        those that are shown.

    Examples
    --------
    >>> from analysis import survey, tables
    >>> herts = survey.load("herts_2023")
    >>> rows = pd.DataFrame(
    ...     {"question": "sex", "answer": ["Male", "Female"], "estimate": [0.4, 0.6]}
    ... )
    >>> book = tables.Book(topline=rows, banner=rows, tests=rows, groupings=[], not_made={})
    >>> usual_answer(book, herts, "sex")
    'Female'
    """
    rows = _of_everybody(book, question)
    together = set(rows["answer"]) - set(survey.codebook.question(question).labels.values())
    if together:
        return str(together.pop())
    return str(rows["answer"].iloc[rows["estimate"].fillna(-1.0).to_numpy().argmax()])


def no_weights(book: Book, choice: Choice) -> str:
    """Say why weights change nothing of what is shown.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    choice : Choice
        What to look at.

    Returns
    -------
    str
        A clause; "" if they do: shares of everybody, and tests between groups.
    """
    if "weighted" not in book.topline:
        return book.not_made.get("weighted shares", "the survey has no weights")
    if choice.base != EVERYBODY:
        return "shares of one group are not weighted"
    return ""


def check(book: Book, choice: Choice) -> None:
    """Refuse what the data tables do not have.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    choice : Choice
        What to look at.

    Raises
    ------
    ValueError
        If the question, its answer, the groups or the base are none of those offered, or both
        groups and a base are chosen: people of one group, grouped once more, are in no table.
    """
    roles = [role for _, role in questions(book)]
    if choice.question not in roles:
        raise ValueError(f"no table has {choice.question!r}; take one of {', '.join(roles)}")
    by, base, role = choice.by, choice.base, choice.question
    if by != NO_GROUPS and base != EVERYBODY:
        raise ValueError(f"{base[1]!r} cannot be grouped by {by!r} too: no table has such cells")
    if by != NO_GROUPS and by not in groupings(book, role):
        raise ValueError(f"{role} is not laid out by {by!r}; take one of {groupings(book, role)}")
    if by != NO_GROUPS and choice.answer not in answers(book, role):
        raise ValueError(f"{role} has no answer {choice.answer!r}; take {answers(book, role)}")
    if base != EVERYBODY and base not in bases(book, role):
        raise ValueError(f"{base} is no base of {role}; take one of {bases(book, role)}")


def _laid_out(book: Book, question: str) -> pd.DataFrame:
    return book.banner[book.banner["question"] == question]


def _of_everybody(book: Book, question: str) -> pd.DataFrame:
    return book.topline[book.topline["question"] == question]
