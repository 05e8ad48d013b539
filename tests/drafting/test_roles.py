"""A role is given once, for a reason that stands in the draft, and only to a kind that fits it."""

import pytest

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.roles import with_roles

YES_NO = [Listed(text="Yes", n=20), Listed(text="No", n=20)]
SEXES = [Listed(text="Female", n=20), Listed(text="Male", n=20)]
CODES = [Listed(text="1", n=20), Listed(text="2", n=20)]
WAYS = [Listed(text="Phone", n=20), Listed(text="Web", n=20)]


def _asked(header: str, kind: str, answers=()) -> Drafted:
    return Drafted(header=header, kind=kind, why=["seen"], answers=answers)


@pytest.mark.parametrize(
    ("question", "role"),
    [
        (_asked("Which council area do you live in?", "single", WAYS), "district"),
        (_asked("Which branch do you use most?", "single", WAYS), "district"),
        (_asked("Which library did you visit last?", "single", WAYS), "district"),
        (_asked("Which centre is nearest to you?", "single", WAYS), "district"),
        (_asked("Which of our surgeries are you registered with?", "single", WAYS), "district"),
        (_asked("What campus do you study at?", "single", WAYS), "district"),
        (_asked("Your nearest depot", "single", WAYS), "district"),
        (_asked("Branch", "single", WAYS), "district"),
        (_asked("Which branches have you used?", "multiple", WAYS), ""),
        (
            _asked("Which station did you use to contact us most recently?", "single", WAYS),
            "used_last",
        ),
        (_asked("Which of these did you use?", "multiple", WAYS), "used"),
        (_asked("Which site would you prefer?", "single", WAYS), "preferred"),
        (_asked("Do you live or work in the county?", "single", WAYS), "connection"),
        (_asked("Which method did you use the last time?", "single", WAYS), "used_last"),
        (_asked("How have you contacted us?", "multiple", WAYS), "used"),
        (_asked("Which way would you rather use?", "single", WAYS), "preferred"),
        (_asked("Was that your preferred way?", "single", YES_NO), "was_preferred"),
        (_asked("Have you been in touch with us?", "single", YES_NO), "contacted"),
        (_asked("What was your contact about?", "single", WAYS), "reason"),
        (_asked("How likely are you to use a video call?", "ordered", WAYS), "video_use"),
        (_asked("Where would you use a video call?", "multiple", WAYS), "video_place"),
        (_asked("How easy was it?", "ordered", WAYS), "ease"),
        (_asked("How accessible are the police?", "ordered", WAYS), "accessibility"),
        (_asked("Why do you say that?", "text"), "change_why"),
        (_asked("EndDate", "date"), "submitted"),
        (_asked("StartDate", "date"), "started"),
        (_asked("What could we do better?", "text"), "change"),
        (_asked("Do you have a health condition?", "single", YES_NO), "disability"),
        (_asked("How often do you have sex?", "single", WAYS), ""),
        (_asked("Are you", "single", SEXES), "sex"),
        (_asked("Are you a resident?", "single", CODES), "connection"),
        (_asked("Is your child", "single", SEXES), ""),
        (_asked("used", "single", WAYS), "used"),
        (_asked("What is your sexual orientation?", "single", WAYS), ""),
        (_asked("Which language do you speak?", "single", WAYS), ""),
        (_asked("Overall satisfaction", "text"), ""),
    ],
)
def test_a_role_goes_by_wording_kind_and_answers(question, role):
    assert with_roles([question])[0].role == role


def test_of_two_questions_that_fit_a_role_the_first_has_it_and_names_the_other():
    first, second = with_roles([
        _asked("How satisfied were you with the call?", "ordered", WAYS),
        _asked("How satisfied were you with the visit?", "ordered", WAYS),
    ])  # fmt: skip
    assert (first.role, second.role) == ("satisfaction", "")
    assert "with the visit" in first.decide[0]
    assert second.id == "how_satisfied_were_you_with_the_visit"


def test_a_question_without_a_role_is_never_called_like_one():
    (question,) = with_roles([_asked("District", "text")])
    assert (question.id, question.role) == ("district_2", "")


def test_ids_differ_and_begin_with_a_letter():
    questions = with_roles([_asked("1st?", "text"), _asked("1st!", "text"), _asked("?", "text")])
    assert [each.id for each in questions] == ["q_1st", "q_1st_2", "q"]
