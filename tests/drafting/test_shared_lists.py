"""Questions on channels share a list in which an answer has all that the export writes for it."""

import tomllib

import pandas as pd
import pytest
from settled_drafts import accepted

from analysis import cleaning, drafting
from analysis.exports import RawFile

USED, WANTED = "How did you contact us?", "How would you prefer to contact us?"
ASK = "Other (please specify)"


def _draft(cells, codes=None):
    frame = pd.DataFrame(cells, dtype="str")
    frame.insert(0, "raw_row", range(1, len(frame) + 1))
    text = drafting.draft(frame, RawFile(name="replies.csv"), name="demo", codes=codes)
    return frame, text, tomllib.loads(text)


def _texts(drafted):
    return {each["label"]: each.get("text") for each in drafted["lists"]["channels"]}


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [("Other", ASK, ["Other", ASK]), (ASK, "Other", [ASK, "Other"]), (ASK, ASK, None)],
)
def test_other_is_one_answer_however_each_question_writes_it(first, second, text):
    cells = {USED: ["Phone", "Web", first] * 15, WANTED: ["Web", second, "Phone"] * 15}
    frame, drafted_text, drafted = _draft(cells)
    assert _texts(drafted) == {"Phone": None, "Web": None, first: text}
    coded = cleaning.clean(frame, accepted(drafted_text)).responses
    assert coded[["used", "preferred"]].eq("other").sum().tolist() == [15, 15]


def test_two_answers_that_gather_others_stay_two():
    cells = {USED: ["Phone", "Other", "Something else"] * 15, WANTED: ["Phone", ASK, "Web"] * 15}
    frame, text, drafted = _draft(cells)
    assert set(_texts(drafted)) == {"Phone", "Web", "Other", "Something else", ASK}
    cleaning.clean(frame, accepted(text))


def test_who_was_asked_is_told_by_the_code_that_other_has_in_the_list():
    why = [[f"because {at}", "", ""] for at in range(20)]
    cells = {
        USED: ["Phone", "Phone", "Web", "Other"] * 15, WANTED: [ASK, "Phone", "Web"] * 20,
        "Why would you prefer that?": [each for three in why for each in three],
    }  # fmt: skip
    _, text, drafted = _draft(cells)
    asked = {each["id"]: each.get("asked_if") for each in drafted["question"]}
    assert asked["change_why"] == {"question": "preferred", "answers": ["other"]}
    accepted(text)


def test_codes_of_one_question_and_words_of_the_next_are_one_list():
    cells = {USED: ["1", "2", "9"] * 15, WANTED: ["Web", "Other", "Phone"] * 15}
    frame, text, drafted = _draft(cells, {USED: {"1": "Phone", "2": "Web", "9": ASK}})
    assert _texts(drafted) == {"Phone": ["1", "Phone"], "Web": ["2", "Web"], ASK: ["9", "Other"]}
    coded = cleaning.clean(frame, accepted(text)).responses
    assert coded["used"].tolist() == ["phone", "web", "other"] * 15
    assert coded["preferred"].tolist() == ["web", "other", "phone"] * 15


def test_a_tick_with_the_code_of_another_answer_elsewhere_leaves_each_its_own_list():
    cells = {
        f"{USED} - Phone": ["5", "", "5"] * 15, f"{USED} - Web": ["", "5", "5"] * 15,
        WANTED: ["1", "5", "1"] * 15,
    }  # fmt: skip
    codes = {name: {"5": name.rpartition(" - ")[2]} for name in list(cells)[:2]}
    frame, text, drafted = _draft(cells, {**codes, WANTED: {"1": "Phone", "5": "Desk"}})
    assert "lists" not in drafted
    made = {each["id"]: each for each in drafted["question"]}
    assert made["used"]["not_offered"] == ["desk"]
    coded = cleaning.clean(frame, accepted(text)).responses
    assert coded["used__phone"].tolist() == ["1", "0", "1"] * 15
    assert coded["preferred"].tolist() == ["phone", "desk", "phone"] * 15


def test_a_text_of_thousands_of_figures_is_an_answer_like_any_other():
    figures = "9" * 5000
    cells = {
        f"{USED} - {figures}": ["1", "", "1"] * 15, f"{USED} - Web": ["", "1", "1"] * 15,
        WANTED: ["Web", "Phone", "Phone"] * 15,
    }  # fmt: skip
    _, text, drafted = _draft(cells)
    assert set(_texts(drafted)) == {figures, "Web", "Phone"}
    accepted(text)
