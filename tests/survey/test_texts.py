"""What the texts, codes and words of a codebook say against each other is refused by name."""

from dataclasses import replace

import pytest

from analysis import survey
from analysis.errors import SurveyError
from analysis.survey import answer_texts, word_checks
from analysis.survey.wording import nearest


def _single(answers, more=""):
    return f"""
[[question]]
id = "a"
kind = "single"
column = "A?"
answers = [{answers}]
{more}
"""


def _multiple(answers, more=""):
    return _single(answers, more).replace("single", "multiple")


YES_NO = '{ code = "yes", label = "Yes" }, { code = "no", label = "No" }'

TICKS = """
[[question]]
id = "a"
kind = "multiple"
answers = [{ code = "phone", label = "Phone" }, { code = "web", label = "Website" }]
answer_columns = { phone = "Q1", web = "Q2" }
"""


def _refused(small, questions, **how):
    with pytest.raises(SurveyError) as refused:
        small(questions, "A?\nYes\n", **how)
    return str(refused.value)


@pytest.mark.parametrize("code", ["dont_know", "no_answer", "not_asked"])
@pytest.mark.parametrize("layout", ["a cell", "columns"])
def test_an_answer_with_the_code_of_a_kind_of_missing_is_refused(small, code, layout):
    questions = _single(f'{YES_NO}, {{ code = "{code}", label = "Not sure" }}')
    if layout == "columns":
        questions = TICKS.replace("web", code)
    said = _refused(small, questions)
    assert f"has the code '{code}', which stands for a kind of missing" in said


@pytest.mark.parametrize(
    ("one", "two"),
    [("it", "IT"), ("Yes", "Ｙｅｓ"), ("I don't", "I don’t"), ("Web  site", "Web site")],
)
def test_answers_that_the_reader_of_cells_cannot_tell_apart_are_refused(small, one, two):
    said = _refused(
        small, _single(f'{{ code = "x", label = "{one}" }}, {{ code = "y", label = "{two}" }}')
    )
    assert f"{one!r} (answer 'x') and {two!r} (answer 'y') are read as one text" in said


def test_every_question_of_a_shared_list_is_checked(small):
    shared = '[[lists.l]]\ncode = "x"\nlabel = "it"\n[[lists.l]]\ncode = "y"\nlabel = "IT"\n'
    question = '[[question]]\nid = "{0}"\nkind = "single"\ncolumn = "{0}"\nanswers = "l"\n'
    said = _refused(small, shared + question.format("p") + question.format("q"))
    assert "question 'p': 'it' (answer 'x')" in said
    assert "question 'q': 'it' (answer 'x')" in said


@pytest.mark.parametrize("blank", ['["", "NO"]', '["", " no "]'])
def test_a_blank_text_that_is_an_answer_is_refused(small, blank):
    said = _refused(small, _single(YES_NO), blank=blank)
    assert "'No' (answer 'no') and" in said
    assert "([cleaning] blank) are read as one text" in said


def test_a_missing_text_that_is_an_answer_is_refused(small):
    said = _refused(small, _single(YES_NO, 'missing = { no_answer = ["no"] }'))
    assert "'No' (answer 'no') and 'no' (missing 'no_answer') are read as one text" in said


def test_a_missing_text_of_two_kinds_is_refused(small):
    said = _refused(small, _single(YES_NO, 'missing = { no_answer = ["-"], dont_know = ["–"] }'))
    assert "(missing 'no_answer') and '–' (missing 'dont_know') are read as one text" in said


def test_a_missing_text_may_be_listed_as_blank_too(small):
    made = small(_single(YES_NO, 'missing = { not_asked = ["-1"] }'), "A?\n-1\n", blank='["-1"]')
    assert made.codebook.question("a").missing == {"not_asked": ("-1",)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('label = "Website"', 'label = "No"'), "which in its own column means that it was not"),
        (('label = "Website"', 'label = "W", text = "0"'), "is '0', which in its own column"),
        (("answer_columns", 'missing = { no_answer = ["WEBSITE"] }\nanswer_columns'),
         "answer 'web' is 'Website', and so is missing 'no_answer' 'WEBSITE'"),
        (("answer_columns", 'missing = { no_answer = ["1"] }\nanswer_columns'),
         "missing 'no_answer' has '1', which in a column of its own means that"),
        (("answer_columns", 'column = "B"\nanswer_columns'), "keep one of them"),
        (('"multiple"', '"single"'), "answer_columns are of a question of kind 'multiple'"),
    ],
)  # fmt: skip
def test_texts_of_columns_that_are_ticked_are_checked_alike(small, change, said):
    assert said in _refused(small, TICKS.replace(*change))


def test_a_blank_text_that_means_ticked_is_refused(small):
    assert "[cleaning] blank has 'x', which in a column" in _refused(small, TICKS, blank='["x"]')


def test_answers_of_which_a_cell_has_two_readings_are_refused(small):
    said = _refused(
        small,
        _multiple(
            '{ code = "c", label = "Cars" }, { code = "v", label = "Vans" },'
            '{ code = "cv", label = "Cars, Vans" }',
            'separator = ", "',
        ),
    )
    assert "a cell can be read as 'Cars' + 'Vans' and as 'Cars, Vans'" in said


def test_answers_that_only_overlap_have_two_readings_too():
    known = [("a", "b"), ("c",), ("a",), ("b", "c")]
    one, two = answer_texts.two_readings(known)
    assert sum(one, ()) == sum(two, ()) == ("a", "b", "c")
    assert one != two


@pytest.mark.parametrize(
    "known",
    [
        [("phone", "101"), ("website (form", "app)"), ("desk",)],
        [("email",), ("email", "using the web form"), ("other",)],
        [("a",), ("b", "a")],
    ],
)
def test_answers_with_the_separator_are_let_through_where_no_cell_has_two_readings(known):
    assert answer_texts.two_readings(known) is None


def test_a_separator_of_a_question_with_one_answer_is_refused(small):
    assert "kind 'single' has one answer" in _refused(small, _single(YES_NO, 'separator = ";"'))


@pytest.mark.parametrize(
    ("recode", "said"),
    [
        ('{ yes = ["aye"], no = ["AYE"] }', "recode has 'aye' for no and yes; keep it for one"),
        ('{ yes = [" "] }', "recode has an empty phrase"),
    ],
)
def test_a_phrase_that_means_two_answers_or_none_is_refused(small, recode, said):
    assert said in _refused(small, _single(YES_NO, f"recode = {recode}"))


def test_columns_that_differ_by_white_space_alone_are_one(small):
    again = _single(YES_NO).replace('id = "a"', 'id = "b"').replace("A?", "A? ")
    assert "column 'A?' stands 2 times" in _refused(small, _single(YES_NO) + again)


@pytest.mark.parametrize("role", ["raw_row", "flag_speeder"])
def test_a_role_that_is_a_column_of_the_project_is_refused(small, role):
    said = _refused(small, _single(YES_NO, f'role = "{role}"'))
    assert f"role {role!r} is a name of the project" in said


# ---- Kinds of roles, bands ---------------------------------------------------------------------


def test_age_in_years_without_bands_is_refused_with_an_example(small):
    said = _refused(small, '[[question]]\nid = "age"\nkind = "number"\ncolumn = "A?"\n')
    assert "kind 'number', but the role 'age' needs single or ordered" in said
    assert "such as bands = [16, 25, 35" in said


def test_a_scale_of_answers_without_an_order_is_refused(small):
    said = _refused(small, _single(YES_NO, 'role = "satisfaction"'))
    assert "kind 'single', but the role 'satisfaction' needs ordered" in said


@pytest.mark.parametrize("bands", ["[16]", "[25, 16]", "[16, 16]", "[16, 25.5]", '["16-24"]'])
def test_bands_that_do_not_rise_in_whole_numbers_are_refused(small, bands):
    said = _refused(
        small, f'[[question]]\nid = "age"\nkind = "number"\ncolumn = "A?"\nbands = {bands}\n'
    )
    assert "write two or more whole numbers that rise" in said


def test_bands_of_anything_but_a_number_are_refused(small):
    assert "bands are of a question of kind 'number'" in _refused(
        small, _single(YES_NO, "bands = [16, 25]")
    )


# ---- The survey's own words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('used = "used"', 'used = "by day"', "used = 'by day' has no verb"),
        ('used_short = "Used"', 'used_short = "By day"', "used_short = 'By day' has no verb"),
        ('preferred = "would prefer"', 'preferred = "the best way"', "has no verb"),
        ('satisfied = "were content"', 'satisfied = "with the answer"', "has no verb"),
        ('satisfied = "were content"', 'satisfied = ""', "satisfied = '' is empty; write such as"),
        ('satisfied = "were content"', 'satisfied = "were content."', "has a mark or white space"),
        ('satisfied = "were content"', 'satisfied = "Were content"', "begins with a capital"),
        ('channels = "channels"', 'channels = "Channels"', "begins with a capital"),
        ('preferred = "would prefer"', 'preferred = "would like it"', 'has an "it"'),
        ('preference = "Preference is not a promise."', 'preference = " "', "preference is empty"),
    ],
)  # fmt: skip
def test_words_that_cannot_fit_their_place_are_refused_with_an_example(demo, old, new, said):
    with pytest.raises(SurveyError) as refused:
        demo(None, (old, new))
    assert said in str(refused.value)
    assert "write such as" in str(refused.value) or "write a sentence" in str(refused.value)


@pytest.mark.parametrize("channel", ["CCTV", "way of making contact", "e-mail list"])
def test_words_that_fit_are_let_through(demo, channel):
    assert demo(None, ('channel = "channel"', f'channel = "{channel}"')).words.channel == channel


def test_sample_sentences_hold_every_word_that_stands_in_sentences():
    codebook = survey.load("herts_2023").codebook
    said, words = " ".join(word_checks.sample_sentences(codebook)), codebook.words
    for word in (words.used, words.preferred, words.satisfied, words.channels, words.district):
        assert word in said


def test_sample_sentences_are_about_what_the_survey_asked():
    asked = survey.load("herts_2023").codebook
    questions = [each for each in asked.questions if each.role not in ("preferred", "district")]
    said = word_checks.sample_sentences(replace(asked, questions=tuple(questions)))
    assert len(said) == 2
    assert all("experience" in each for each in said)


# ---- Near-misses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Vrey good", "Very good"),
        ("very godo", "Very good"),
        ("Satisfed", "Satisfied"),
        ("Very good, PC Quill", ""),
        ("Very good Al", ""),
        ("01632 960123", ""),
        ("no", ""),
    ],
)
def test_a_text_is_near_a_known_one_but_for_a_slip_alone(text, near):
    assert nearest(text, ["Very good", "Satisfied", "Dissatisfied", "No"]) == near
