"""What is doubtful in a draft is marked: a scale that is not known, a role that little tells."""

import re
import tomllib

import pandas as pd
import pytest
from settled_drafts import accepted, without_marks

from analysis import drafting
from analysis.exports import RawFile
from analysis.survey.theme_rules import Theme

MOODS = ["Delighted", "Content", "So-so", "Let down", "Furious"]


def _drafted(cells: dict[str, list[str]]) -> str:
    text = drafting.draft(pd.DataFrame(cells, dtype="str"), RawFile(name="a.csv"), name="drafted")
    accepted(text)
    return text


def _question(header: str, cells: list[str], **more: list[str]) -> dict:
    text = _drafted({header: cells, **more})
    return next(each for each in tomllib.loads(text)["question"] if each["column"] == header)


def _marks(question: dict) -> str:
    marks = question.get("decide", [])
    return marks if isinstance(marks, str) else " ".join(marks)


# ---- Scales that are not known -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("How happy were you with the service?", " and the role satisfaction"),
        ("Overall, what did you make of the contact?", " and the role satisfaction"),
        ("Please rate the service that you got", " and the role satisfaction"),
        ("How easy was it?", " and the role ease"),
        ("To what extent did the officer help?", ""),
        ("How safe do you feel at home?", ""),
        ("How good is the food?", " and the role satisfaction"),
        ("How well were you treated?", " and the role satisfaction"),
    ],
)
def test_answers_of_no_known_scale_to_a_question_for_a_rating_are_to_be_put_in_order(header, role):
    question = _question(header, MOODS * 20)
    assert question["kind"] == "single"
    assert "put them in order from worst to best, and give it the kind ordered" in _marks(question)
    assert f"the kind ordered{role}." in _marks(question)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Which team helped you?", ["Red", "Blue", "Green"]),
        ("How happy were you?", ["Very happy", "Happy", "Unhappy"]),
        ("Overall, were you content?", ["Yes", "No"]),
        ("How old are you overall?", ["16-24", "25-44", "45-64"]),
    ],
)
def test_other_answers_and_questions_have_no_such_mark(header, cells):
    assert "asks for a rating" not in _marks(_question(header, cells * 20))


def test_a_role_that_another_question_has_is_not_offered():
    cells = ["Very good", "Good", "Poor", "Very poor"] * 25
    question = _question("How happy were you with the call?", MOODS * 20, **{
        "Overall, how satisfied were you with the service?": cells,
    })  # fmt: skip
    assert "role satisfaction" in _marks(question)
    text = _drafted({
        "Overall, how satisfied were you with the service?": cells,
        "How happy were you with the call?": MOODS * 20,
    })  # fmt: skip
    second = tomllib.loads(text)["question"][1]
    assert "give it the kind ordered." in _marks(second)


# ---- Roles that little tells -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("Which did you use?", ["Red", "Blue"], "used"),
        ("Was it your experience of us?", ["Poor", "Good", "Very good"], "satisfaction"),
        ("Have you phoned the office?", ["Yes", "No"], "contacted"),
    ],
)
def test_a_role_that_rests_on_one_weak_word_is_marked(header, cells, role):
    question = _question(header, cells * 20)
    assert question["id"] == role
    assert f"little tells that its role is {role}" in _marks(question)


def test_a_role_that_the_wording_tells_has_no_mark():
    question = _question("How did you contact us?", ["Phone", "Website"] * 20)
    assert question["id"] == "used"
    assert _marks(question) == ""


@pytest.mark.parametrize(
    ("preferred", "marked"),
    [
        (["Phone", "Website", "Letter"], False), (["Phone", "Website", "App"], False),
        (["Red", "Blue", "Green"], True), (["Phone", "Blue", "Green"], True),
    ],
)  # fmt: skip
def test_questions_on_channels_that_share_fewer_than_half_of_their_answers_are_marked(
    preferred, marked
):
    question = _question("How would you prefer to contact us?", preferred * 20, **{
        "How did you contact us?": ["Phone", "Website", "Letter"] * 20,
    })  # fmt: skip
    text = _drafted({
        "How did you contact us?": ["Phone", "Website", "Letter"] * 20,
        "How would you prefer to contact us?": preferred * 20,
    })  # fmt: skip
    assert question["id"] == "preferred"
    second = tomllib.loads(text)["question"][1]
    assert ("of its 3 answers are those of 'used' too" in _marks(second)) is marked


# ---- Open questions ----------------------------------------------------------------------------

STOCK = ["More officers", "Nothing", "No", "Longer hours"]


@pytest.mark.parametrize(
    "header",
    [
        "Why do you say that?", "What would you change?", "Please tell us more", "Please tell us",
        "Any other comments?", "Please describe what happened", "In your own words, how was it?",
        "What could we do better?", "Is there anything else you would like to say?",
        "Do you have any suggestions?", "Please explain your answer", "Comments", "Why?",
        "How could we improve our service?",
    ],
)  # fmt: skip
@pytest.mark.parametrize("tail", [0, 25])
def test_stock_phrases_of_an_open_question_are_not_listed(header, tail):
    cells = STOCK * 25 + [f"the lamp in road {n} is dark" for n in range(tail)]
    text = _drafted({header: cells})
    (question,) = tomllib.loads(text)["question"]
    assert question["kind"] == "text"
    assert "answers" not in question
    assert "many wrote the same" in _marks(question)
    assert not [phrase for phrase in STOCK[:1] + STOCK[3:] if phrase in text]


def test_phrases_with_commas_are_no_list_of_several_answers_to_an_open_question():
    cells = ["More officers, longer hours", "Longer hours", "More officers", "Lights"] * 25
    question = _question("What would you change?", cells)
    assert (question["kind"], "separator" in question) == ("text", False)


def test_an_open_question_that_looks_open_has_no_mark():
    cells = [f"the lamp in road {n} is dark" for n in range(80)]
    assert _marks(_question("What would you change?", cells)) == ""


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Why did you contact us?", ["A crime", "Noise", "Parking"]),
        ("Please tell us which district you live in", ["Ashford", "Dover"]),
        ("Please tell us how satisfied you were", ["Satisfied", "Dissatisfied", "Very satisfied"]),
        ("Please tell us more: are you", ["16-24", "25-44", "45-64"]),
        ("What would you change? (tick all that apply)", ["Hours", "Staff", "Forms"]),
        ("Which of the following would you change?", ["Hours", "Staff", "Forms"]),
        ("How would you describe your ethnic group?", ["White", "Asian", "Black"]),
    ],
)
def test_a_list_of_answers_stays_one_though_its_wording_begins_openly(header, cells):
    assert _question(header, cells * 25)["kind"] != "text"


def test_the_phrases_of_people_with_nothing_to_say_are_suggested_and_can_be_taken():
    text = _drafted({"Any comments?": [f"road {n} is dark" for n in range(40)]})
    plain = without_marks(text)
    assert "# says_nothing" in text
    theme = {name: "x" for name in Theme.__dataclass_fields__ if name in ("code", "label")}
    written = "".join(f'{name} = "{value}"\n' for name, value in theme.items())
    taken = re.sub(r"^# (\[theme_rules\]|says_nothing)", r"\1", plain, flags=re.M)
    codebook = accepted(
        f'{taken}\n[[theme]]\n{written}description = "It is dark."\nphrases = ["dark"]\n'
    )
    assert "no comment" in codebook.themes.says_nothing


def test_a_survey_without_an_open_question_has_no_such_suggestion():
    assert "says_nothing" not in _drafted({"Well?": ["Yes", "No"] * 20})
