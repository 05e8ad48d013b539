"""A dictionary beside an export of codes gives the draft what an SPSS file has inside it."""

import re
import tomllib

import pandas as pd
import pytest
from settled_drafts import accepted

from analysis import cleaning, drafting, paths, survey
from analysis.survey.codebook import RawFile

SCALE = {
    "-1": "Not applicable", "1": "Very satisfied", "2": "Fairly satisfied",
    "3": "Fairly dissatisfied", "4": "Very dissatisfied", "8": "Don't know", "9": "Refused",
}  # fmt: skip
YES_NO = {"1": "Yes", "2": "No"}


def _draft(cells, codes, wordings=None):
    frame = pd.DataFrame(cells, dtype="str")
    frame.insert(0, "raw_row", range(1, len(frame) + 1))
    text = drafting.draft(
        frame, RawFile(name="replies.csv"), name="demo", codes=codes, wordings=wordings
    )
    return text, {each["id"]: each for each in tomllib.loads(text)["question"]}


def _texts(question):
    return {each["label"]: each.get("text") for each in question["answers"]}


def test_answers_have_labels_in_the_order_of_the_scale_and_the_code_as_their_text():
    _, found = _draft(
        {"q1": ["1.0", "4.0", "2.0", "8.0"] * 15}, {"q1": SCALE}, {"q1": "How satisfied were you?"}
    )
    question = found["satisfaction"]
    assert question["kind"] == "ordered"
    assert question["wording"] == "How satisfied were you?"
    assert _texts(question) == {
        "Very dissatisfied": "4", "Fairly dissatisfied": "3", "Fairly satisfied": "2",
        "Very satisfied": "1",
    }  # fmt: skip
    assert question["missing"] == {"not_asked": ["-1"], "dont_know": ["8"], "no_answer": ["9"]}
    assert "decide" not in question


def test_codes_and_labels_in_one_column_are_both_listed():
    cells = ["1", "Yes", "2", "2.0", "2"] * 10
    _, found = _draft({"q1": cells}, {"q1": YES_NO}, {"q1": "Have you contacted us?"})
    assert _texts(found["contacted"]) == {"Yes": ["1", "Yes"], "No": "2"}


def test_two_codes_of_one_answer_are_both_listed():
    codes = {"1": "North", "2": "North", "3": "South"}
    _, found = _draft({"district": ["1", "2", "3"] * 12}, {"district": codes})
    assert _texts(found["district"]) == {"North": ["1", "2"], "South": "3"}


def test_labels_of_missing_codes_alone_leave_a_number_a_number():
    ages = [str(age) for age in range(18, 78)] + ["-9"] * 3
    codes = {"-9": "Refused", "77": "77 or older"}
    _, found = _draft({"age": ages}, {"age": codes}, {"age": "How old are you?"})
    assert found["age"]["kind"] == "number"
    assert "decide" not in found["age"]
    assert found["age"]["missing"] == {"no_answer": ["-9"]}


def test_an_open_question_says_which_codes_are_no_answer():
    cells = [f"text {at}" for at in range(40)] + ["-9"] * 12
    _, found = _draft({"q9": cells}, {"q9": {"-9": "No answer"}}, {"q9": "What would you change?"})
    assert found["change"]["kind"] == "text"
    assert found["change"]["missing"] == {"no_answer": ["-9"]}


def test_columns_of_ticks_say_which_code_is_no_tick_and_which_is_one():
    cells = {f"q_{at}": ["1", "2", "2", "-9"] * 12 for at in (1, 2)}
    wordings = {"q_1": "Which did you use? - Phone", "q_2": "Which did you use? - Web"}
    codes = {name: {**YES_NO, "-9": "Refused"} for name in cells}
    _, found = _draft(cells, codes, wordings)
    assert found["used"]["not_ticked"] == ["2"]
    assert found["used"]["missing"] == {"no_answer": ["-9"]}
    assert _texts(found["used"]) == {"Phone": None, "Web": None}
    turned = {name: {"1": "Not selected", "2": "Selected", "-9": "Refused"} for name in cells}
    _, found = _draft(cells, turned, wordings)
    assert found["used"]["not_ticked"] == ["1"]
    assert _texts(found["used"]) == {"Phone": "2", "Web": "2"}


def test_questions_on_channels_share_a_list_with_its_codes_unless_these_differ():
    cells = {"q1": ["1", "2"] * 20, "q2": ["1", "2"] * 20}
    ways = {"1": "Phone", "2": "Web"}
    wordings = {"q1": "How did you contact us?", "q2": "How would you prefer to contact us?"}
    text, found = _draft(cells, {"q1": ways, "q2": ways}, wordings)
    lists = tomllib.loads(text)["lists"]["channels"]
    assert [(each["label"], each["text"]) for each in lists] == [("Phone", "1"), ("Web", "2")]
    turned = {"1": "Web", "2": "Phone", "3": "App"}
    text, found = _draft(cells, {"q1": ways, "q2": turned}, wordings)
    assert "lists" not in tomllib.loads(text)
    assert _texts(found["used"]) == {"App": None, "Phone": "1", "Web": "2"}
    assert _texts(found["preferred"]) == {"App": "3", "Phone": "2", "Web": "1"}
    assert all("its codes differ from those of the other" in each for each in
               [found["used"]["decide"], found["preferred"]["decide"]])  # fmt: skip


@pytest.mark.parametrize("codes", [{"q1": {}}, {"not there": YES_NO}, {"q1": {"7": "Seven"}}])
def test_codes_of_nothing_in_the_export_change_nothing(codes):
    cells = {"q1": ["Good", "Poor"] * 20}
    assert _draft(cells, codes) == _draft(cells, {})


def test_a_draft_by_a_dictionary_reads_its_export_without_it(demo):
    demo(load=False)
    cells = {"q1": ["1.0", "2.0", "8.0", "-1.0"] * 12, "q2": ["1", "2", "2", "2"] * 12}
    text, _ = _draft(cells, {"q1": SCALE, "q2": YES_NO})
    folder = paths.RAW / "demo"
    marks = r"^decide = (?:\".*\"|\[\n(?:    .*\n)+\])\n"
    (folder / "codebook.toml").write_text(re.sub(marks, "", text, flags=re.M), "utf-8")
    pd.DataFrame(cells).to_csv(folder / "replies.csv", index=False)
    made = survey.load("demo")
    coded = cleaning.clean(made.read_raw(), made.codebook).responses
    assert coded["q1"].astype("str").value_counts().to_dict() == {
        "very_satisfied": 12, "fairly_satisfied": 12, "dont_know": 12, "not_asked": 12,
    }  # fmt: skip
    assert coded["q2"].astype("str").value_counts().to_dict() == {"no": 36, "yes": 12}


def test_a_tick_of_a_missing_answer_is_read_or_marked_where_its_code_means_two_things():
    ways = {"1": "Phone", "2": "Web", "3": "Don't know"}
    cells = {f"q_{at}": ["1", "2", "2", "2"] * 12 for at in ways}
    wordings = {f"q_{at}": f"Which did you use? - {way}" for at, way in ways.items()}
    _, found = _draft(cells, dict.fromkeys(cells, YES_NO), wordings)
    assert found["used"]["missing_columns"] == {"dont_know": "q_3"}
    assert found["used"]["missing"] == {"dont_know": ["Don't know"]}
    assert "the code" not in str(found["used"].get("decide"))
    turned = {name: {"1": "Not selected", "2": "Selected"} for name in cells}
    text, found = _draft(cells, turned, wordings)
    assert "the code '2' means in one of its columns" in str(found["used"]["decide"])
    assert _texts(found["used"]) == {"Phone": "2", "Web": "2"}
    accepted(text)


def test_the_code_0_of_a_tick_is_marked():
    ways = {"q_1": "Phone", "q_2": "Web"}
    wordings = {name: f"Which did you use? - {way}" for name, way in ways.items()}
    cells = {"q_1": ["0", "", "0"] * 12, "q_2": ["", "0", "0"] * 12}
    text, found = _draft(cells, {name: {"0": way} for name, way in ways.items()}, wordings)
    assert "the code '0' means in 2 of its columns" in str(found["used"]["decide"])
    accepted(text)
