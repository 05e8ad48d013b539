import pytest

from analysis.cleaning import answer_codes
from analysis.errors import SurveyError

TIMES = "03/10/2023 10:00:00,03/10/2023 10:05:00"


def _coded(survey):
    return answer_codes.code_replies(survey.read_raw(), survey.codebook)


def _used(demo, cell):
    row = _coded(demo([f'{TIMES},Lives,Yes,"{cell}",Website,'])).frame.iloc[0]
    return [row["used__phone"], row["used__web"], row["used__other"]]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("By telephone;", ["1", "0", "0"]),
        ("By telephone;Website;", ["1", "1", "0"]),
        ("  by\u00a0TELEPHONE ;", ["1", "0", "0"]),
        ("Other: I rang twice;", ["1", "0", "0"]),
        ("Other: Website;", ["0", "1", "0"]),
        ("Other: wrote a letter;", ["0", "0", "1"]),
        ("Other: rang, then the online form;", ["0", "0", "1"]),
        ("Other: a letter; by hand;Website;", ["0", "1", "1"]),
        ("Don\u2019t know;", ["dont_know"] * 3),
        ("By telephone;Don't know;", ["1", "0", "0"]),
        ("Other: by pigeon;Don't know;", ["0", "0", "1"]),
        ("-", ["no_answer"] * 3),
    ],
)
def test_several_answers_in_a_cell_become_indicators(demo, cell, expected):
    assert _used(demo, cell) == expected


def test_the_three_kinds_of_missing_stay_apart(demo):
    rows = [
        f"{TIMES},Lives,No,,Don't know,",
        f"{TIMES},Lives,Yes,,n/a,",
    ]
    frame = _coded(demo(rows)).frame
    assert frame["used__web"].tolist() == ["not_asked", "no_answer"]
    assert frame["preferred"].tolist() == ["dont_know", "no_answer"]


def test_free_text_leaves_only_that_it_was_there(demo):
    frame = _coded(demo([f"{TIMES},Lives,Yes,Website;,Website,Call me on 07700 900123"])).frame
    assert frame["comment"].tolist() == ["answered"]


def test_recoded_and_unrecoded_texts_are_counted(demo):
    rows = [f"{TIMES},Lives,Yes,Other: rang;,Other: by pigeon,"] * 3
    coded = _coded(demo(rows))
    assert coded.noted.recoded.to_dict("records") == [{"role": "used", "code": "phone", "n": 3}]
    assert dict(coded.noted.other_left) == {"preferred": 3}


def test_unknown_answers_are_listed_with_their_counts(demo):
    rows = [f"{TIMES},Lives,Yes,Pigeon;,Website,"] * 2 + [f"{TIMES},Lives,Yes,Website;,Smoke,"]
    with pytest.raises(SurveyError) as refused:
        _coded(demo(rows))
    assert "question 'used': the answer 'Pigeon' is not in the codebook (2 rows)" in str(
        refused.value
    )
    assert "question 'preferred': 1 text that is no answer of it, in row 3 of the replies" in str(
        refused.value
    )
    assert "Smoke" not in str(refused.value)


def test_a_renamed_column_is_missed_and_reported(demo):
    survey = demo(
        header="Start,End,Live or work here?,Made contact?,Used?,Preferred?,Anything else?"
    )
    with pytest.raises(SurveyError) as refused:
        _coded(survey)
    assert "no column 'Prefer?'" in str(refused.value)
    assert "a column 'Preferred?' that no question names" in str(refused.value)


def test_a_time_that_is_none_is_an_unknown_answer(demo):
    with pytest.raises(SurveyError, match=r"1 row hold a time .* like '00/0000'\), in row 1 of"):
        _coded(demo(["03/10/2023 10:00:00,10/2023,Lives,Yes,Website;,Website,"]))


def test_days_come_before_months(demo):
    frame = _coded(demo()).frame
    assert f"{frame.loc[0, 'submitted']:%d %B}" == "03 October"


def test_an_answer_that_was_not_offered_is_refused(demo):
    change = ('kind = "multiple"', 'kind = "multiple"\nnot_offered = ["web"]')
    with pytest.raises(
        SurveyError, match=r"'web' is in the data \(1 row\) but listed as not offered"
    ):
        _coded(demo([f"{TIMES},Lives,Yes,Website;,Website,"], change))
