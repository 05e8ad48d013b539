"""A draft holds what the export shows, marks what it does not, and nothing that people wrote."""

import re
import tomllib

import forms_survey
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from settled_drafts import accepted

from analysis import drafting, survey
from analysis.cleaning import answer_codes
from analysis.drafting import several
from analysis.drafting.evidence import look
from analysis.drafting.kinds import draft_column
from analysis.drafting.personal import personal_reason
from analysis.errors import SurveyError
from analysis.survey.codebook import RawFile
from analysis.survey.wording import match_key, tidy


def _draft(cells: dict[str, list[str]]) -> str:
    frame = pd.DataFrame(cells, dtype="str")
    frame.insert(0, "raw_row", range(1, len(frame) + 1))
    text = drafting.draft(frame, RawFile(name="replies.csv"), name="westshire")
    accepted(text)
    return text


def _forms(**how) -> str:
    rows = forms_survey.replies(**how)
    return _draft(dict(zip(forms_survey.HEADER, zip(*rows, strict=True), strict=True)))


def _questions(text: str) -> dict[str, dict]:
    return {question["id"]: question for question in tomllib.loads(text)["question"]}


def _marks(table: dict) -> list[str]:
    """Return what is left to decide."""
    decide = table.get("decide", [])
    return [decide] if isinstance(decide, str) else decide


def _column(cells: list[str], header: str = "What?"):
    return draft_column(look(pd.Series(cells, name=header, dtype="str")))


@pytest.fixture(scope="module")
def westshire():
    return _forms()


# ---- The whole draft ---------------------------------------------------------------------------


def test_every_question_of_a_form_has_its_kind_and_role(westshire):
    kinds = {name: each["kind"] for name, each in _questions(westshire).items()}
    assert kinds == {
        "started": "date", "submitted": "date", "district": "single", "contacted": "single",
        "used": "multiple", "preferred": "single", "satisfaction": "ordered",
        "visibility": "ordered", "change": "text", "age": "single", "sex": "single",
    }  # fmt: skip


def test_scales_and_bands_stand_in_their_order(westshire):
    questions = _questions(westshire)
    for name, order in (
        ("satisfaction", forms_survey.SCALE),
        ("visibility", forms_survey.SEEN),
        ("age", forms_survey.AGES),
    ):
        assert [each["label"] for each in questions[name]["answers"]] == order


def test_who_was_asked_is_told_by_who_answered(westshire):
    questions = _questions(westshire)
    assert questions["used"]["asked_if"] == {"question": "contacted", "answers": ["yes"]}
    assert "asked_if" not in questions["change"]


def test_questions_on_channels_share_a_list_and_what_nobody_gave_is_to_be_decided(westshire):
    questions = _questions(westshire)
    assert questions["used"]["answers"] == questions["preferred"]["answers"] == "channels"
    assert questions["used"]["not_offered"] == ["police_app"]
    assert any("not_offered" in each for each in _marks(questions["used"]))


def test_texts_that_mean_nothing_are_kinds_of_missing(westshire):
    questions = _questions(westshire)
    assert questions["satisfaction"]["missing"] == {"dont_know": ["Don't know"]}
    assert questions["sex"]["missing"] == {"no_answer": ["Prefer not to say"]}


def test_columns_about_the_person_are_ignored(westshire):
    assert tomllib.loads(westshire)["file"]["ignored_columns"] == ["ID", "Email", "Name"]


def test_nothing_that_a_person_wrote_is_in_the_draft(westshire):
    for written in (*forms_survey.PERSONAL, "Quill", "Ottoline", "Mill Lane", "960123", "see to"):
        assert written not in westshire


def test_a_text_of_few_people_is_counted_and_no_count_below_ten_is_told(westshire):
    district = _questions(westshire)["district"]
    assert "Westmarch" not in westshire
    assert _marks(district)[0].startswith("1 text is not listed, of fewer than 10 rows")
    comments = " ".join(re.findall(r"#(.*)", westshire))
    counts = [int(each.replace(",", "")) for each in re.findall(r"about ([\d,]+)", comments)]
    assert counts
    assert all(count >= 10 and count % 10 == 0 for count in counts)


def test_a_few_replies_list_scales_alone():
    text = _forms(n=30)
    questions = _questions(text)
    labels = [each["label"] for each in questions["age"]["answers"]]
    assert labels == [age for age in forms_survey.AGES if age in labels]
    assert len(labels) >= 3
    for district in forms_survey.DISTRICTS[1:]:
        assert district not in text


def test_the_same_export_is_the_same_draft(westshire):
    assert _forms() == westshire


@pytest.mark.parametrize("header", ['a "b" \\ c', "tab\tand\x7f", "]] = [", "é – ü"])
def test_whatever_a_header_holds_the_draft_is_toml(header):
    text = _draft({header: ["Good", "Poor"] * 20, "Other?": ["x", "y"] * 20})
    assert header in [each["column"] for each in _questions(text).values()]


def test_a_first_row_that_is_a_reply_is_refused_without_a_word_of_it():
    cells = {"Satisfied": ["Satisfied", "Dissatisfied"] * 9, "Ware": ["Ware", "Hertford"] * 9}
    with pytest.raises(SurveyError, match="2 of the 2 cells of the first row") as refused:
        _draft(cells)
    assert "Ware" not in str(refused.value)


def test_an_export_without_a_question_is_refused():
    with pytest.raises(SurveyError, match=r"no column of replies.csv holds answers"):
        _draft({"ID": ["1", "2"], "Name": ["", ""]})


def test_answers_that_clash_in_their_order_are_to_be_decided():
    cells = {"How often?": ["Never", "Always", "Sometimes"] * 20,
             "When?": ["Never", "Always", "At night", "On Mondays"] * 15}  # fmt: skip
    question = _questions(_draft(cells))["when"]
    assert question["kind"] == "single"
    assert any("another order than in 'how_often'" in each for each in _marks(question))


def test_a_column_that_says_the_same_in_every_row_is_ignored_where_rows_are_many():
    cells = {"Version": ["a"] * 40, "Well?": ["Yes", "No"] * 20}
    assert tomllib.loads(_draft(cells))["file"]["ignored_columns"] == ["Version"]
    few = {"Version": ["a"], "Well?": ["Yes"]}
    assert tomllib.loads(_draft(few))["file"]["ignored_columns"] == []


def test_a_column_without_header_is_ignored():
    text = _draft({"": ["x", "y"] * 20, "Well?": ["Yes", "No"] * 20})
    assert tomllib.loads(text)["file"]["ignored_columns"] == [""]


# ---- Times -------------------------------------------------------------------------------------


def _times(cells: list[str]) -> dict:
    return tomllib.loads(_draft({"Completion time": cells, "Well?": ["Yes", "No"] * 6}))["file"]


def test_times_that_tell_day_from_month_are_read():
    cells = [f"{day}/11/2025 10:00:00" for day in range(9, 21)]
    file = _times(cells)
    assert file["datetime_format"] == "%d/%m/%Y %H:%M:%S"
    assert "decide" not in file


def test_which_of_day_and_month_comes_first_is_never_guessed():
    file = _times([f"{day}/3/2025 10:00:00" for day in range(1, 13)])
    assert "no cell tells day from month" in _marks(file)[0]


def test_iso_times_need_no_format():
    assert "datetime_format" not in _times([f"2025-03-{day:02} 10:00:00" for day in range(1, 13)])


def test_times_written_in_two_ways_are_to_be_decided():
    file = _times(["13/11/2025 10:00:00", "11/13/2025 10:00:00"] * 6)
    assert "no one way of writing fits" in _marks(file)[0]


# ---- One column --------------------------------------------------------------------------------


def test_a_cell_with_commas_is_one_answer_where_pieces_go_together():
    drafted = _column(["A road, or parking", "Lost, found", "Advice"] * 15)
    assert drafted.kind == "single"
    assert len(drafted.answers) == 3


def test_lists_cut_at_commas_are_several_answers_and_in_doubt():
    drafted = _column(["Bus", "Bus, Train", "Train, Tram", "Bus, Tram", "Bus, Train, Tram"] * 12)
    assert (drafted.kind, drafted.separator) == ("multiple", ", ")
    assert "were cut at" in drafted.decide[0]


def test_an_open_question_lists_nothing_even_if_many_wrote_the_same():
    drafted = _column(["None"] * 15 + ["Not sure"] * 3 + [f"Road {n} is dark" for n in range(60)])
    assert drafted.kind == "text"
    assert not drafted.answers
    assert not drafted.missing


def test_numbers_that_may_be_codes_are_to_be_decided_and_rare_ones_not_listed():
    drafted = _column(["1", "2", "3"] * 20 + ["2"] * 10 + ["11"])
    assert [each.text for each in drafted.answers] == ["1", "2", "3"]
    assert "if they are codes" in drafted.decide[0]
    assert (drafted.unlisted, drafted.further) == (1, 1)


def test_age_in_years_is_grouped_and_a_weight_is_told_by_its_mean():
    ages = _column([str(17 + n) for n in range(60)], "How old are you?")
    assert (ages.kind, ages.bands[0]) == ("number", 16)
    assert _column(["0.75", "1.25"] * 20, "wts").decide == ()
    assert "is it one?" in _column(["61.5", "88.2"] * 20, "Your weight").decide[0]


def test_who_is_younger_than_the_bands_has_one():
    cells = {"How old are you?": [str(12 + n) for n in range(60)]}
    question = _questions(_draft(cells))["age"]
    assert question["bands"][:2] == [0, 16]
    assert "younger than 16" in _marks(question)[0]
    frame = pd.DataFrame({"raw_row": range(60), **cells}, dtype="str")
    coded = answer_codes.code_replies(frame, accepted(_draft(cells))).frame
    assert coded["age"].tolist()[:4] == ["0_15"] * 4


def test_a_scale_of_which_an_end_is_lacking_asks_for_the_questionnaire():
    assert "nobody gave" in _column(["Poor", "Good", "Very good"] * 20).decide[0]


def test_free_text_behind_other_is_one_answer():
    cells = ["Phone", "Web"] * 20 + ["Other: my aunt Jo rang", "Other: pigeon"]
    drafted = _column(cells)
    assert [each.text for each in drafted.answers] == ["Phone", "Web", "Other"]
    assert drafted.other_prefix == "Other:"
    assert drafted.further == 0


def test_an_address_or_a_number_is_not_listed_however_many_gave_it():
    drafted = _column(["Phone", "Web"] * 20 + ["jo@example.org"] * 12)
    assert [each.text for each in drafted.answers] == ["Phone", "Web"]
    assert drafted.further == 12


# ---- What a file says of itself ----------------------------------------------------------------


def _with_dictionary(cells: dict[str, list[str]], **told) -> dict[str, dict]:
    frame = pd.DataFrame(cells, dtype="str")
    return _questions(drafting.draft(frame, RawFile(name="a.sav"), name="westshire", **told))


def test_answers_that_the_file_lists_are_listed_in_its_order_however_few_gave_them():
    listed = ["Ware", "Abbots Langley", "Outside", "Refused"]
    cells = {"q1": ["Ware", "Abbots Langley"] * 20 + ["Refused"]}
    question = _with_dictionary(cells, labels={"q1": listed})["q1"]
    assert [each["label"] for each in question["answers"]] == listed[:3]
    assert question["missing"] == {"no_answer": ["Refused"]}


def test_a_scale_that_the_file_lists_best_first_is_turned_round():
    cells = {"q1": ["Good", "Poor"] * 20}
    question = _with_dictionary(cells, labels={"q1": ["Very good", "Good", "Poor"]})["q1"]
    assert question["kind"] == "ordered"
    assert [each["label"] for each in question["answers"]] == ["Poor", "Good", "Very good"]


def test_a_number_of_which_only_missing_answers_are_labelled_is_a_number():
    cells = {"q1": [str(n) for n in range(40)]}
    assert (
        _with_dictionary(cells, labels={"q1": ["Refused", "Not stated"]})["q1"]["kind"] == "number"
    )


def test_the_wording_that_the_file_has_besides_the_header_decides():
    cells = {"q1": ["18-24", "25-34"] * 20, "q2_1": ["1", "0"] * 20, "q2_2": ["0", "1"] * 20,
             "q3": ["Jo"] * 40}  # fmt: skip
    wordings = {"q1": "How old are you?", "q2_1": "Used? - Phone", "q2_2": "Used? - Web",
                "q3": "What is your name?"}  # fmt: skip
    found = _with_dictionary(cells, wordings=wordings)
    assert (found["age"]["column"], found["age"]["wording"]) == ("q1", "How old are you?")
    assert [q["answer_columns"] for q in found.values() if q["kind"] == "multiple"] == [
        {"phone": "q2_1", "web": "q2_2"}
    ]
    assert len(found) == 2


# ---- Columns of one question -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (["Used? - Phone", "Used? - Web"], [["Phone", ""], ["", "Web"]]),
        (["Used? [Phone]", "Used? [Web]"], [["Yes", ""], ["", "Yes"]]),
        (["Used? Phone", "Used? Web"], [["1", "0"], ["0", "1"]]),
        (["Used? (Phone)", "Used? (Web)"], [["x", ""], ["", "x"]]),
    ],
)
def test_a_column_for_each_answer_is_one_question(headers, cells):
    columns = {h: look(pd.Series(c * 9, name=h)) for h, c in zip(headers, cells, strict=True)}
    (question,) = several.ticked_questions(columns, {}).values()
    assert question.header == "Used?"
    assert {each.text: each.column for each in question.answers} == {
        "Phone": headers[0], "Web": headers[1]
    }  # fmt: skip


def test_columns_of_ratings_stay_questions_of_their_own():
    headers = ["Rate: - Speed", "Rate: - Manners"]
    columns = {h: look(pd.Series(["Good", "Poor"] * 9, name=h)) for h in headers}
    assert several.ticked_questions(columns, {}) == {}


def test_an_answer_that_nobody_ticked_belongs_to_its_question():
    text = _draft({
        "Used? - Phone": ["1", "0"] * 9, "Used? - Web": ["0", "1"] * 9, "Used? - Fax": [""] * 18,
        "Used? - Don't know": ["0"] * 18,
    })  # fmt: skip
    (question,) = _questions(text).values()
    assert list(question["answer_columns"]) == ["phone", "web", "fax"]
    assert question["missing_columns"] == {"dont_know": "Used? - Don't know"}


# ---- Personal columns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Name", ""), ("First name", "Jo"), ("Your e-mail address", ""), ("Email", "anonymous"),
        ("IP Address", "10.0.0.1"), ("LocationLatitude", "51.8"), ("What is your postcode?", "x"),
        ("Date of birth", "1/1/1970"), ("Please enter your address [Street]", "x"),
        ("Where?", "SG98 1AA"), ("How can we reach you?", "07700 900123"), ("Q7", "jo@example.org"),
        ("Respondent ID", "114"), ("respid", "114"), ("case_no", "114"), ("PatientNumber", "114"),
        ("Key", "{9f1c2d3e-0a1b-4c5d-8e9f-001122334455}"), ("UserAgent", "x"),
        ("Can we use your contact details?", "Yes"),
    ],
)  # fmt: skip
def test_a_column_that_tells_who_a_person_is_is_not_read(header, cell):
    assert personal_reason(look(pd.Series([cell, ""], name=header)))


@pytest.mark.parametrize(
    "header",
    ["Do you know the name of your local officer?", "Would you use e-mail to contact us?",
     "Employment status", "Number of persons", "Record kept?", "How did you phone us?",
     "Which of these did you identify as?"],
)  # fmt: skip
def test_a_question_that_speaks_of_names_or_email_is_read(header):
    assert personal_reason(look(pd.Series(["Yes", "No"] * 10, name=header))) == ""


@pytest.mark.parametrize("header", ["weight", "Final_weight", "wgt", "w8"])
def test_weights_are_no_places_though_their_decimals_look_so(header):
    cells = pd.Series([f"{1 + 0.0001 * n:.4f}" for n in range(-20, 20)], name=header)
    assert personal_reason(look(cells)) == ""
    assert draft_column(look(cells)).kind == "weight"
    assert personal_reason(look(cells.rename("Q12_3"))) == "a place on the map"


def test_an_id_that_stands_twice_is_the_respondent_to_be_decided():
    ids = [str(1000 + n // 2) for n in range(40)]
    text = _draft({"Respondent ID": ids, "Well?": ["Yes", "No"] * 20})
    question = _questions(text)["respondent"]
    assert question["kind"] == "text"
    assert "same id" in _marks(question)[0]
    assert not re.search(r"10\d\d", text)


# ---- Drafts that are taken as they stand -------------------------------------------------------


@pytest.fixture(scope="module")
def herts_draft():
    herts = survey.load("herts_2023")
    file = RawFile(name="responses.csv")
    return drafting.draft(herts.read_raw(), file, name="drafted")


def test_the_draft_of_the_default_survey_has_the_kinds_roles_and_routing_of_its_codebook(
    herts_draft,
):
    drafted, written = accepted(herts_draft), survey.load("herts_2023").codebook
    assert [q.role for q in drafted.questions] == [q.role for q in written.questions]
    for ours, theirs in zip(drafted.questions, written.questions, strict=True):
        assert ours.kind == theirs.kind, ours.id
        assert ours.column == theirs.column
        assert ours.asked_if_question == theirs.asked_if_question, ours.id
        assert {match_key(each.text) for each in ours.answers} == {
            match_key(each.text) for each in theirs.answers
        }, ours.id
        assert set(ours.missing) == set(theirs.missing), ours.id
        if theirs.kind == "ordered" or theirs.role == "age":
            assert [a.label for a in ours.answers] == [a.label for a in theirs.answers]
    assert drafted.file.datetime_format == written.file.datetime_format
    assert drafted.file.ignored_columns == written.file.ignored_columns


def test_the_draft_of_the_default_survey_reads_its_export(herts_draft):
    drafted = accepted(herts_draft)
    raw = survey.load("herts_2023").read_raw()
    assert len(answer_codes.code_replies(raw, drafted).frame) == len(raw)


WORDS = st.text("abcdefgh", min_size=5, max_size=9)


@given(
    headers=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4, unique_by=tidy),
    common=st.lists(st.text(max_size=8), min_size=1, max_size=6),
    rare=st.lists(WORDS, min_size=1, max_size=5, unique=True),
    separator=st.sampled_from(["", ";", ", "]),
)
def test_whatever_stands_in_a_file_the_draft_is_toml_without_what_few_people_wrote(
    headers, common, rare, separator
):
    cells = [*(common * 20), *(f"{word}{separator}" for word in rare)]
    try:
        text = _draft({tidy(header) or "?": cells for header in headers})
    except SurveyError:
        return
    tomllib.loads(text)
    for word in rare:
        assert word not in text.replace("decide", "") or any(word in h for h in headers)
