"""One answer written in several ways is one answer: listed texts, and codes as numbers."""

import pytest

from analysis import survey
from analysis.cleaning import answer_codes
from analysis.errors import SurveyError

OPEN = '[[question]]\nid = "z"\nkind = "text"\ncolumn = "Z"\n'


def _single(answers, more="", kind="single"):
    return (
        f'[[question]]\nid = "a"\nkind = "{kind}"\ncolumn = "A?"\nanswers = [{answers}]\n{more}\n'
    )


def _answer(code, text):
    return f'{{ code = "{code}", label = "{code.capitalize()}", text = {text} }}'


YES_NO = f'{_answer("yes", """["1", "Yes", "Y"]""")}, {_answer("no", """["2", "No"]""")}'

TICKS = """
[[question]]
id = "a"
kind = "multiple"
answers = [
    { code = "phone", label = "Phone", text = ["3", "rang"] },
    { code = "web", label = "Web" },
]
answer_columns = { phone = "Q1", web = "Q2" }
not_ticked = ["2"]
missing = { no_answer = ["-9"] }
missing_columns = { dont_know = "Q3" }
"""


def _coded(made):
    return answer_codes.code_replies(made.read_raw(), made.codebook).frame


def _cells(made):
    return _coded(made)["a"].tolist()


def test_every_listed_way_of_writing_an_answer_is_that_answer(small):
    made = small(_single(YES_NO), "A?\n1\nyes\n Y\n2\nNo\n")
    assert _cells(made) == ["yes", "yes", "yes", "no", "no"]


def test_the_label_is_no_text_of_an_answer_whose_texts_are_listed(small):
    made = small(_single(f'{_answer("yes", "[`1`]")}, {_answer("no", "`2`")}'.replace("`", '"')),
                 "A?\n1\nYes\n")  # fmt: skip
    with pytest.raises(SurveyError, match="'Yes' is not in the codebook, but the label of an"):
        _coded(made)


def test_codes_that_are_numbers_are_read_by_their_value(small):
    more = 'missing = { dont_know = ["-1"], no_answer = ["9"] }'
    made = small(_single(YES_NO, more), "A?\n1.0\n 01\n2.00\n-1.0\n9.0\n0.0\n", blank='["", "0"]')
    assert _cells(made) == ["yes", "yes", "no", "dont_know", "no_answer", "no_answer"]


def test_a_comma_is_decimal_in_a_code_only_where_the_file_says_so(small, demo):
    made = small(_single(YES_NO), 'A?\n"1,0"\n')
    with pytest.raises(SurveyError, match="1 text that is no answer"):
        _coded(made)
    path = made.raw_path.with_name("codebook.toml")
    text = path.read_text("utf-8").replace("[file]\n", "[file]\ndecimal_comma = true\n")
    path.write_text(text, encoding="utf-8")
    assert _cells(survey.load("demo")) == ["yes"]


def test_answers_that_look_like_one_number_stay_two_and_are_read_as_written(small):
    answers = ", ".join(_answer(code, f'"{text}"') for code, text in
                        [("first", "1.1"), ("tenth", "1.10"), ("second", "2")])  # fmt: skip
    assert _cells(small(_single(answers), "A?\n1.1\n1.10\n2.0\n")) == ["first", "tenth", "second"]
    with pytest.raises(SurveyError, match="1 text that is no answer"):
        _coded(small(_single(answers), "A?\n1.100\n"))


def test_long_numbers_are_never_rounded_into_one(small):
    one, two = "9007199254740992000000000000000001", "9007199254740992000000000000000002"
    answers = f"{_answer('yes', f'`{one}`')}, {_answer('no', f'`{two}`')}".replace("`", '"')
    assert _cells(small(_single(answers), f"A?\n{two}\n{one}.0\n")) == ["no", "yes"]


@pytest.mark.parametrize("separator", [";", "|"])
def test_codes_in_a_cell_of_several_are_read_by_their_value(small, separator):
    more = f'separator = "{separator}"\nmissing = {{ dont_know = ["9"] }}'
    made = small(_single(YES_NO, more, "multiple"), f"A?\n1.0{separator}2.0\nY\n9.0\n")
    frame = _coded(made)
    assert frame["a__yes"].tolist() == ["1", "1", "dont_know"]
    assert frame["a__no"].tolist() == ["1", "0", "dont_know"]


def test_columns_that_are_ticked_are_read_by_value_too(small):
    made = small(TICKS + OPEN, "Z,Q1,Q2,Q3\na,1.0,0.0,0\nb,3.0,2.0,0\nc,rang,2,0\nd,-9.0,,0\n"
                 "e,,,1.0\n")  # fmt: skip
    frame = _coded(made)
    assert frame["a__phone"].tolist() == ["1", "1", "1", "no_answer", "dont_know"]
    assert frame["a__web"].tolist() == ["0", "0", "0", "no_answer", "dont_know"]


def test_missing_and_blank_numbers_of_a_question_of_numbers_are_read_by_value(small):
    question = ('[[question]]\nid = "a"\nkind = "number"\ncolumn = "A?"\n'
                'missing = { dont_know = ["99"] }\n')  # fmt: skip
    made = small(question, "A?\n99.0\n98.0\n41\n", blank='["", "98"]')
    assert [*map(str, _cells(made))] == ["dont_know", "None", "41.0"]
    made = small(f"{question}bands = [16, 25]\n", "A?\n99.0\n98.0\n41\n", blank='["", "98"]')
    assert _cells(made) == ["dont_know", "no_answer", "25_over"]


def test_a_filter_by_a_code_asks_those_who_gave_it_however_it_is_written(small):
    more = 'asked_if = { question = "a", answers = ["yes"] }'
    scale = f"{_answer('bad', '`1`')}, {_answer('good', '`2`')}".replace("`", '"')
    asked = _single(scale, more, "ordered").replace('"a"\nkind', '"b"\nkind').replace("A?", "B?")
    made = small(_single(YES_NO) + asked, "A?,B?\n1.0,2.0\n2.0,\n1,\n")
    assert _coded(made)["b"].tolist() == ["good", "not_asked", "no_answer"]


def test_a_text_that_two_answers_claim_is_refused_with_both(small):
    answers = f'{YES_NO}, {_answer("maybe", """["3", "y"]""")}'
    with pytest.raises(SurveyError, match=r"'Y' \(answer 'yes'\) and 'y' \(answer 'maybe'\)"):
        small(_single(answers), "A?\n1\n")


def test_a_slip_of_any_listed_text_is_told_with_the_text_that_it_is_near(small):
    answers = f'{_answer("yes", """["1", "Certainly"]""")}, {_answer("no", """["2"]""")}'
    made = small(_single(answers), "A?\nCertianly\n")
    with pytest.raises(SurveyError, match="'Certianly' is not in the codebook, but near 'Certai"):
        _coded(made)


@pytest.mark.parametrize("text", ["[]", "[1]", '["a", 2]', '[""]', "1", "{}", "[[]]"])
def test_texts_that_are_none_are_refused_in_one_sentence(small, text):
    with pytest.raises(
        SurveyError, match=r"question 'a', answer 'yes': text = .*; (write|correct)"
    ):
        small(_single(f'{_answer("yes", text)}, {_answer("no", """["2"]""")}'), "A?\n1\n")
