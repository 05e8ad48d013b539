"""What is left out of district profiles, and why."""

import pytest

from analysis import report
from analysis.chapters.district_profiles.needs import left_out

ALL = ["used", "used_last", "preferred", "satisfaction", "ease", "visibility", "accessibility",
       "video_use", "change"]  # fmt: skip


def without_all_but(*kept: str) -> list[str]:
    return [role for role in ALL if role not in kept]


def reason(made) -> str:
    return left_out(made).get(report.NOTEBOOK, "")


@pytest.mark.parametrize("kept", [("satisfaction",), ("change",), ("visibility",)])
def test_any_one_measure_is_enough(variant, kept):
    assert left_out(variant(without=without_all_but(*kept))) == {}


def test_a_survey_without_districts_has_no_profiles(variant):
    assert "district" in reason(variant(without=["district"]))


def test_few_replies_have_no_profiles(variant):
    found = reason(variant(replies=40))
    assert found == "fewer than 3 districts have 10 people or more who answered"


def test_a_survey_with_nothing_to_compare_says_so(variant):
    assert reason(variant(without=ALL)).startswith("on nothing that the survey asked did enough")
