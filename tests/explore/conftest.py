"""The data tables of surveys, and what may be chosen in them."""

from collections.abc import Iterator

import pytest

from analysis import survey, tables
from analysis.explore import choices
from analysis.explore.choices import Choice


@pytest.fixture(scope="session")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="session")
def book(herts):
    return tables.gather(herts)


@pytest.fixture(scope="session")
def every_choice():
    """Return a function that gives what may be chosen: each question with all groups and bases.

    Of answers the last one, since a table of all of them is in the same view.
    """

    def each(book: tables.Book) -> Iterator[Choice]:
        for _, role in choices.questions(book):
            yield Choice(question=role)
            yield Choice(question=role, weighted=True)
            for by in choices.groupings(book, role):
                answer = choices.answers(book, role)[-1]
                yield Choice(question=role, by=by, answer=answer, weighted=True)
            for base in choices.bases(book, role):
                yield Choice(question=role, base=base)

    return each
