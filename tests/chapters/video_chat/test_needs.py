"""What of the notebook on a video chat is left out, for each of its reasons."""

import dataclasses

import pytest

from analysis import report, survey
from analysis.chapters.video_chat import needs

HERTS = survey.load("herts_2023")


def _without(*roles: str) -> survey.Survey:
    """Return the default survey as if it had not asked some questions."""
    kept = tuple(each for each in HERTS.codebook.questions if each.role not in roles)
    codebook = dataclasses.replace(HERTS.codebook, questions=kept)
    return dataclasses.replace(HERTS, codebook=codebook)


def _with(**answers: object) -> survey.Survey:
    """Return the default survey with other codes in some columns."""
    return HERTS.holding(HERTS.coded_responses().assign(**answers))


def _drawn(replies: int) -> survey.Survey:
    return HERTS.holding(HERTS.coded_responses().sample(n=replies, random_state=1))


def test_of_everybody_nothing_is_left_out():
    assert needs.left_out(HERTS) == {}


def test_without_the_question_there_is_no_notebook():
    reason = needs.left_out(_without("video_use"))
    assert reason == {report.NOTEBOOK: "the survey did not ask about a video chat"}


@pytest.mark.parametrize(("replies", "left"), [(19, True), (20, False)])
def test_fewer_than_twice_the_threshold_make_no_notebook(replies, left):
    codes = HERTS.coded_responses()
    said = codes[codes["video_use"].isin(["likely", "unlikely"])].head(replies)
    assert (report.NOTEBOOK in needs.left_out(HERTS.holding(said))) == left


@pytest.mark.parametrize(
    ("roles", "parts"),
    [
        (("video_place",), {"places"}),
        (("preferred",), {"against", "preference"}),
        (("used", "used_last"), {"against"}),
        (("district",), set()),
        (("age", "disability"), set()),
        (("age", "disability", "used", "used_last"), {"against", "model"}),
    ],
)
def test_parts_rest_on_the_questions_that_they_need(roles, parts):
    assert set(needs.left_out(_without(*roles))) == parts


def test_groups_rest_on_some_question_about_people():
    left = needs.left_out(_without("age", "disability", "district", "used", "used_last"))
    assert left["groups"].startswith("of people by age, disability, channel or district, no two")


def test_few_replies_leave_the_comparisons_out_and_keep_the_notebook():
    left = needs.left_out(_drawn(30))
    assert {"groups", "model", "against", "preference"} <= set(left)
    assert report.NOTEBOOK not in left


def test_an_answer_that_nobody_gives_leaves_no_model():
    left = needs.left_out(_with(video_use="unlikely"))
    assert {"groups", "model", "against", "preference"} <= set(left)


def test_one_preference_makes_no_comparison():
    left = needs.left_out(_with(preferred="website"))
    assert left["preference"].startswith("of people by the channel they prefer, no two groups")


def test_places_that_nobody_names_are_few():
    columns = HERTS.codebook.question("video_place").columns
    left = needs.left_out(_with(**dict.fromkeys(columns, "not_asked")))
    few = "fewer than 10 people said where they would use a video chat"
    assert left == {"places": few}
