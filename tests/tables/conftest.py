"""The data tables of the default survey, made once."""

import pytest

from analysis import population, survey, tables
from analysis.tables import asked, groupings


@pytest.fixture(scope="session")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="session")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="session")
def weighing(herts, responses):
    return population.weigh(herts, responses)


@pytest.fixture(scope="session")
def questions(herts, responses):
    return {each.role: each for each in asked.closed(herts, responses)[0]}


@pytest.fixture(scope="session")
def grouped(herts, responses):
    return {each.key: each for each in groupings.find_groupings(herts, responses)[0]}


@pytest.fixture(scope="session")
def book(herts):
    return tables.gather(herts)
