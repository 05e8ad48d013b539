import os

import pandas as pd
import pytest

from analysis import cleaning, files, paths, report, survey
from analysis.errors import SurveyError
from analysis.survey import bases, coded_frames

TIMES = "03/10/2023 10:00:00,03/10/2023 10:05:00"
ROWS = [
    f"{TIMES},Lives,Yes,By telephone;Website;,Website,a",
    f"{TIMES},Lives,Yes,Don't know,Website,b",
    f"{TIMES},Lives,No,,By telephone,c",
    f"{TIMES},Lives,Yes,Website;,,d",
    f"{TIMES},Lives,Yes,Website;,Website,e",
]


@pytest.fixture
def cleaned(demo):
    """Return demo with its cleaned responses written."""
    made = demo(ROWS)
    responses = cleaning.clean(made.read_raw(), made.codebook).responses
    files.write_csv(responses, made.processed / "responses.csv", synthetic=True)
    return made


def test_answers_come_back_as_categories_in_the_codebooks_order(cleaned):
    preferred = cleaned.responses()["preferred"]
    assert preferred.cat.categories.tolist() == ["Telephone", "Website", "Other"]
    assert preferred.isna().tolist() == [False, False, False, True, False]


def test_several_answers_come_back_as_indicators_with_every_missing_kind_as_na(cleaned):
    used = cleaned.responses()["used__web"]
    assert used.tolist()[0] == 1.0
    assert used.isna().tolist() == [False, True, True, False, False]


def test_coverage_keeps_the_kinds_of_missing_apart(cleaned):
    row = cleaned.coverage().set_index("role").loc["used"]
    counts = ["asked", "answered", "dont_know", "no_answer", "not_asked"]
    assert row[counts].tolist() == [4, 3, 1, 0, 1]


def test_a_base_counts_who_is_not_in_it_and_why(cleaned):
    base = bases.answered(cleaned, cleaned.responses(), ["used", "preferred"])
    assert base.n == 2
    steps = base.ledger.to_frame().set_index("step")["rows_excluded"]
    assert steps.to_dict() == {"not_asked": 1, "dont_know": 1, "no_answer": 1}


def test_a_base_of_a_part_of_the_responses_is_about_that_part(cleaned):
    responses = cleaned.responses()
    part = bases.answered(cleaned, responses.tail(3), ["used", "preferred"])
    whole = bases.answered(cleaned, responses, ["used", "preferred"])
    assert part.ledger.rows_in == 3
    assert set(part.frame["raw_row"]) == set(whole.frame["raw_row"]) & set(
        responses.tail(3)["raw_row"]
    )


def test_rows_of_another_survey_are_refused(cleaned):
    strange = cleaned.responses().assign(raw_row=lambda each: each["raw_row"] + 100)
    with pytest.raises(ValueError, match="5 of 5 rows are not among the 5 responses of demo"):
        bases.answered(cleaned, strange, ["used"])


def test_a_part_of_a_survey_is_read_and_counted_as_such(cleaned):
    part = cleaned.where(contacted="Yes")
    assert len(part.responses()) == 4
    assert (part.responses()["contacted"] == "Yes").all()
    asked = part.coverage().set_index("role")["asked"]
    assert asked["contacted"] == 4
    assert part.remark.startswith("Only people whose contacted is Yes; not to be published")
    assert part.processed == cleaned.processed / "subset"
    assert part.figures == cleaned.figures / "subset"
    assert len(cleaned.responses()) == 5


def test_a_base_chosen_by_an_answer_says_who_left(cleaned):
    base = bases.answered(cleaned, cleaned.responses(), ["contacted"]).where(contacted="Yes")
    assert base.n == 4
    last = base.ledger.to_frame().iloc[-1]
    assert (last["step"], last["rows_excluded"]) == ("where", 1)
    assert last["reason"] == "are not those whose contacted is Yes"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"contact": "Yes"}, "there is no column 'contact' to choose by; take one of raw_row,"),
        ({"contacted": "yes"}, "contacted has no answer 'yes'; its answers are Yes, No"),
        ({"contacted": "No", "used__web": 1.0}, "nobody is left of 5 where contacted is No and"),
    ],
)
def test_a_part_that_does_not_exist_is_refused_in_words(cleaned, answers, message):
    with pytest.raises(ValueError, match=message):
        cleaned.where(**answers)


def test_a_part_of_a_part_is_never_larger(cleaned):
    part = cleaned.where(contacted="Yes")
    again = part.where(contacted=["Yes", "No"])
    assert again.responses()["raw_row"].tolist() == part.responses()["raw_row"].tolist()


def test_a_part_keeps_its_answers_when_the_callers_list_changes(cleaned):
    wanted = ["Yes"]
    part = cleaned.where(contacted=wanted)
    wanted.append("No")
    assert len(part.responses()) == 4


@pytest.mark.parametrize("value", [None, [], "False", pd.Series(["Yes"]), {"a": 1}, [["Yes"]]])
def test_what_is_no_answer_is_refused_in_words(cleaned, value):
    with pytest.raises(ValueError, match="has no answer"):
        cleaned.where(contacted=value)


def test_an_indicator_takes_numbers_alone(cleaned):
    with pytest.raises(ValueError, match="used__web has no answer 'Website'; its answers are"):
        cleaned.where(used__web="Website")


def test_notebook_01_is_about_everybody(cleaned):
    with pytest.raises(ValueError, match="01 cleans everybody's replies; choose a part in the"):
        cleaned.where(contacted="Yes").raw_sha256()


def test_responses_are_read_again_when_the_file_was_written_again(cleaned):
    assert len(cleaned.responses()) == 5
    path = cleaned.processed / "responses.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert len(cleaned.responses()) == 4


def test_channels_of_several_answers_are_named_by_their_labels(cleaned):
    base = bases.answered(cleaned, cleaned.responses(), ["used"])
    used = bases.channels(cleaned, base.frame, "used")
    assert used.columns.tolist() == ["Telephone", "Website", "Other"]
    assert used.iloc[0].tolist() == [1.0, 1.0, 0.0]


def test_groups_of_channels_are_named_once_whatever_the_kind_of_question(cleaned):
    base = bases.answered(cleaned, cleaned.responses(), ["used", "preferred"])
    several = bases.grouped(cleaned, bases.channels(cleaned, base.frame, "used"))
    one = bases.grouped(cleaned, bases.channels(cleaned, base.frame, "preferred"))
    assert several.columns.tolist() == one.cat.categories.tolist()
    assert several.to_numpy().tolist() == [[1.0, 1.0, 0.0], [0.0, 1.0, 0.0]]


def test_none_of_these_stands_for_itself_where_a_question_takes_one_answer(demo):
    none = 'code = "other"\nlabel = "Other"\n[[lists.channels]]\ncode = "none"\nlabel = "None"\n'
    made = demo(
        [ROWS[0], ROWS[4].replace(",Website,e", ",None,e")],
        ('code = "other"\nlabel = "Other"\n', none + "exclusive = true\n"),
    )
    responses = cleaning.clean(made.read_raw(), made.codebook).responses
    files.write_csv(responses, made.processed / "responses.csv", synthetic=True)
    base = bases.answered(made, made.responses(), ["used", "preferred"])
    wishes = bases.channels(made, base.frame, "preferred")
    assert bases.grouped(made, wishes).tolist() == ["Website", "None"]
    used = bases.grouped(made, bases.channels(made, base.frame, "used"))
    assert used.columns.tolist() == ["Telephone", "Website", "Other"]


def test_a_group_is_named_if_any_of_its_channels_is(demo):
    made = demo(ROWS, ('label = "Website"', 'label = "Website"\ngroup = "Telephone"'))
    responses = cleaning.clean(made.read_raw(), made.codebook).responses
    files.write_csv(responses, made.processed / "responses.csv", synthetic=True)
    base = bases.answered(made, made.responses(), ["used"])
    several = bases.grouped(made, bases.channels(made, base.frame, "used"))
    assert several["Telephone"].tolist() == [1.0, 1.0, 1.0]


def test_people_who_were_not_asked_are_told_from_those_who_did_not_answer(cleaned):
    responses = cleaned.responses()
    assert bases.not_asked(cleaned, responses, "used").tolist() == [
        False,
        False,
        True,
        False,
        False,
    ]
    part = responses.iloc[[2, 0]]
    assert bases.not_asked(cleaned, part, "used").tolist() == [True, False]


def test_people_not_asked_join_the_base_and_nobody_else_does(cleaned):
    responses = cleaned.responses()
    base = bases.answered(cleaned, responses, ["used", "preferred"])
    frame, outside = bases.with_not_asked(
        cleaned, responses, base, role="used", answered_role="preferred"
    )
    assert frame["raw_row"].tolist() == responses["raw_row"].iloc[[0, 2, 4]].tolist()
    assert outside.tolist() == [False, True, False]


def test_responses_before_the_first_notebook_say_what_to_run(demo):
    with pytest.raises(SurveyError, match="demo has no cleaned responses yet; run 01"):
        demo().responses()


def test_a_lack_of_evidence_is_not_called_a_lack_of_difference():
    said = report.difference_sentence("Satisfaction", "districts", 0.3)
    assert said.startswith("These data do not show that satisfaction differs")


def test_a_codebook_below_analysis_raw_is_said_to_be_in_the_wrong_place(tmp_path, monkeypatch):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "codebook.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", tmp_path)
    with pytest.raises(SurveyError, match=r"copy codebook\.toml to data/raw/ours: below the fold"):
        survey.load("ours")
    with pytest.raises(SurveyError, match="new-survey NAME EXPORT"):
        survey.load("others")


def test_a_large_file_of_responses_is_read_as_a_small_one(cleaned, monkeypatch):
    small, told = cleaned.responses(), cleaned.coverage()
    monkeypatch.setattr(coded_frames, "_LARGE", 1)
    large = survey.Survey(name=cleaned.name, codebook=cleaned.codebook)
    pd.testing.assert_frame_equal(large.responses(), small)
    pd.testing.assert_frame_equal(large.coverage(), told)
    for column in large.coded_responses().drop(columns="raw_row"):
        assert isinstance(large.coded_responses()[column].dtype, pd.CategoricalDtype)
    base = bases.answered(large, large.responses(), ["used"])
    assert base.n == bases.answered(cleaned, small, ["used"]).n
