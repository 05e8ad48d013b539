"""What is left out of the notebook on ratings, and why."""

import pytest

from analysis import report
from analysis.chapters.ratings.needs import left_out

FEW = (
    "fewer than 10 people answered two of the questions, or everybody gave the same answer to one "
    "of them"
)


def test_a_survey_with_neither_rating_has_no_use_for_it(variant):
    found = left_out(variant(without=["visibility", "accessibility"]))
    assert found == {
        report.NOTEBOOK: "the survey did not ask about visibility and about accessibility"
    }


def test_too_few_answers_leave_the_whole_out(variant):
    found = left_out(variant(replies=8))
    assert found == {report.NOTEBOOK: "fewer than 10 people answered"}


@pytest.mark.parametrize("role", ["visibility", "accessibility"])
def test_one_rating_alone_is_enough_but_for_what_two_are_needed_for(variant, role):
    found = left_out(variant(without=[role]))
    assert found == {"together": f"the survey did not ask about {role}"}


def test_one_rating_without_an_experience_goes_with_nothing(variant):
    found = left_out(variant(without=["visibility", "satisfaction"]))
    assert found["correlations"] == (
        "the survey did not ask about visibility and about satisfaction"
    )


def test_groups_are_left_out_if_none_was_asked_for(variant):
    found = left_out(variant(without=["contacted", "used", "used_last", "age"]))
    assert found == {
        "groups": "the survey asked neither who made contact, nor what they used last, nor their "
        "age"
    }


def test_few_replies_have_no_groups_and_no_districts(variant):
    found = left_out(variant(replies=25, seed=2))
    assert found["groups"] == "fewer than 2 groups have 10 people or more who answered"
    assert found["districts"] == "fewer than 3 districts have 10 people or more who answered"
    assert "correlations" not in found


def test_districts_are_left_out_if_not_asked_for(variant):
    assert "district" in left_out(variant(without=["district"]))["districts"]


def test_districts_and_pairs_are_left_out_if_everybody_answers_alike(variant):
    def all_good(raw):
        wanted = [each for each in raw if "visibility" in each or "accessibility" in each]
        return raw.assign(**{each: raw[each].where(raw[each] == "", "Good") for each in wanted})

    found = left_out(variant(change=all_good))
    assert found["districts"] == "too few people gave one of the best answers, or too few another"
    assert found["correlations"] == found["together"] == FEW
