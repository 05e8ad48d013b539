"""Who is compared on ratings: by contact, channel and age, as far as asked and enough people."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.ratings import people


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


NAMES = ["people with and without contact", "groups of channels used", "age groups"]


def test_people_are_grouped_by_contact_channel_and_age(herts, responses):
    found = people.asked_groupings(herts, responses)
    assert list(found) == NAMES
    assert found[NAMES[0]].cat.categories.tolist() == ["Contact: yes", "Contact: no"]
    assert found[NAMES[1]].notna().all()
    several = responses.drop(columns=herts.used_role)
    assert list(people.asked_groupings(herts, several)) == [NAMES[0], NAMES[2]]


def test_people_are_not_grouped_by_what_was_not_asked(herts, responses):
    kept = tuple(each for each in herts.codebook.questions if each.role in ("used_last", "age"))
    asked = replace(herts, codebook=replace(herts.codebook, questions=kept))
    assert list(people.asked_groupings(asked, responses)) == [
        "groups of channels used",
        "age groups",
    ]


def test_a_grouping_with_one_group_of_enough_people_is_left_out(herts, responses):
    ratings = people.rated(herts, responses)
    few = responses.copy()
    no = few.index[few["contacted"] == "No"]
    few.loc[no[9:], "contacted"] = None
    assert list(people.groupings(herts, responses, ratings)) == NAMES
    assert list(people.groupings(herts, few, ratings)) == NAMES[1:]


def test_a_rating_that_few_people_gave_is_none(herts, responses):
    few = responses.copy()
    answered = few.index[few["visibility"].notna()]
    kept = few.loc[answered[:9]]
    assert people.rated(herts, kept).get("visibility") is None
    assert len(people.rated(herts, few.loc[answered[:10]])["visibility"].answers) == 10


def test_a_rating_is_called_as_the_codebook_calls_it(herts, responses):
    found = people.rated(herts, responses)["visibility"]
    assert (found.noun, found.best) == ("visibility of the police", "good or very good")
    assert found.good.sum() == found.answers.isin(["Good", "Very good"]).sum()


def test_pairs_are_of_people_who_gave_both_answers_and_not_all_the_same(herts, responses):
    ratings = people.rated(herts, responses)
    found = people.pairs(herts, responses, ratings)
    assert list(found) == [
        people.ROLES, ("visibility", "satisfaction"), ("accessibility", "satisfaction"),
    ]  # fmt: skip
    assert len(found[people.ROLES]) == len(responses[[*people.ROLES]].dropna())
    same = responses[responses["accessibility"].isin(["Good"])]
    assert list(people.pairs(herts, same, ratings)) == [("visibility", "satisfaction")]
    few = responses[[*people.ROLES, "satisfaction"]].dropna().head(9)
    assert people.pairs(herts, few, ratings) == {}
    assert pd.notna(found[people.ROLES]).all(axis=None)
