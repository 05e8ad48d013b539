"""Cells are read by the answers that the codebook knows; errors repeat nothing that is private."""

import pytest

from analysis import __main__, cleaning
from analysis.cleaning import answer_codes, negation
from analysis.errors import SurveyError
from analysis.survey.cleaning_rules import NEGATORS

OPEN = '[[question]]\nid = "z"\nkind = "text"\ncolumn = "Z"\n'


def _several(answers, more=""):
    listed = ", ".join(f'{{ code = "{code}", label = "{label}" }}' for code, label in answers)
    return f"""
[[question]]
id = "used"
kind = "multiple"
column = "Which?"
answers = [{listed}]
{more}
"""


TICKS = """
[[question]]
id = "used"
kind = "multiple"
answers = [{ code = "phone", label = "Phone" }, { code = "web", label = "Website" }]
answer_columns = { phone = "Q1", web = "Q2" }
"""


def _coded(made):
    return answer_codes.code_replies(made.read_raw(), made.codebook).frame


def _named(made):
    """Return the codes that each reply ticked."""
    frame = _coded(made).filter(like="used__")
    return [[name.split("__")[1] for name in frame if row[name] == "1"] for _, row in
            frame.iterrows()]  # fmt: skip


# ---- Several answers in a cell -----------------------------------------------------------------


def test_answers_that_hold_the_separator_are_found_whole(small):
    answers = [("phone", "Phone, 101"), ("web", "Website (form, app)"), ("desk", "Desk")]
    made = small(
        _several(answers, 'separator = ", "'),
        'Which?\n"Phone, 101, Desk"\n"Website (form, app)"\n"desk,  PHONE, 101,"\n',
    )
    assert _named(made) == [["phone", "desk"], ["web"], ["phone", "desk"]]


def test_the_longest_answer_goes_before_its_own_head(small):
    answers = [("email", "Email"), ("emailform", "Email, using the web form"), ("other", "Other")]
    made = small(
        _several(answers, 'separator = ", "\nother = { code = "other", prefix = "" }'),
        'Which?\n"Email, using the web form"\nEmail\n"Email, by pigeon, at night"\n'
        '"Email, using the web form, Email"\n',
    )
    assert _named(made) == [["emailform"], ["email"], ["email", "other"], ["email", "emailform"]]


def test_a_reading_of_known_answers_alone_goes_before_a_longer_head(small):
    answers = [("a", "A"), ("ab", "A, B"), ("bc", "B, C")]
    made = small(_several(answers, 'separator = ", "'), 'Which?\n"A, B, C"\n"A, B"\n')
    assert _named(made) == [["a", "bc"], ["ab"]]


def test_what_is_no_answer_is_refused_without_an_other(small):
    answers = [("phone", "Phone, 101"), ("desk", "Desk")]
    made = small(_several(answers, 'separator = ", "'), 'Which?\n"Phone, 101, my secret"\n')
    with pytest.raises(SurveyError, match="1 text that is no answer of it, in row 1") as refused:
        _coded(made)
    assert "secret" not in str(refused.value)


def test_a_misspelt_answer_is_brought_back_by_a_recode_without_an_other(small):
    answers = [("phone", "Phone"), ("desk", "Desk")]
    recode = 'separator = ";"\nrecode = { phone = ["phoen", "telefone"] }'
    made = small(_several(answers, recode), 'Which?\n"Desk;Phoen "\n')
    assert _named(made) == [["phone", "desk"]]
    made = small(_several(answers, recode), "Which?\nby telefone\n")
    with pytest.raises(SurveyError, match="1 text that is no answer of it"):
        _coded(made)


@pytest.mark.parametrize(
    ("separator", "cell"), [(r"\n", '"Phone\nDesk"'), (" – ", "Phone - Desk"), ("；", "Phone;Desk")]
)
def test_separators_are_read_as_the_cells_are(small, separator, cell):
    answers = [("phone", "Phone"), ("desk", "Desk")]
    made = small(_several(answers, f'separator = "{separator}"'), f"Which?\n{cell}\n")
    assert _named(made) == [["phone", "desk"]]


def test_two_kinds_of_missing_in_a_cell_are_no_answer_of_nothing(small):
    made = small(
        _several(
            [("phone", "Phone"), ("desk", "Desk")],
            'separator = ";"\nmissing = { dont_know = ["Unsure"], no_answer = ["Secret"] }',
        ),
        "Which?\nUnsure;Secret\nUnsure;Desk\n",
    )
    assert _coded(made)["used__desk"].tolist() == ["dont_know", "1"]


# ---- A column for each answer ------------------------------------------------------------------


def test_no_in_every_column_is_an_answer_and_empty_cells_are_none(small):
    made = small(TICKS + OPEN, "Z,Q1,Q2\na,Yes,No\nb,No,No\nc,,\nd,No,\n")
    frame = _coded(made)
    assert frame["used__phone"].tolist() == ["1", "0", "no_answer", "no_answer"]
    assert frame["used__web"].tolist() == ["0", "0", "no_answer", "no_answer"]


def test_a_column_of_an_answer_that_was_not_offered_may_be_empty(small):
    made = small(TICKS + 'not_offered = ["web"]\n' + OPEN, "Z,Q1,Q2\na,1,\nb,0,\nc,,\n")
    assert _coded(made)["used__phone"].tolist() == ["1", "0", "no_answer"]


def test_no_in_every_column_is_no_answer_where_none_of_these_was_offered(small):
    questions = TICKS.replace('label = "Website"', 'label = "None of these", exclusive = true')
    frame = _coded(small(questions + OPEN, "Z,Q1,Q2\na,0,1\nb,0,0\n"))
    assert frame["used__web"].tolist() == ["1", "no_answer"]


def test_no_in_every_column_of_a_question_that_was_passed_by_is_no_answer_to_it(small):
    filter_question = """
[[question]]
id = "contacted"
kind = "single"
column = "C"
answers = [{ code = "yes", label = "Yes" }, { code = "no", label = "No" }]
"""
    routed = TICKS + 'asked_if = { question = "contacted", answers = ["yes"] }\n'
    frame = _coded(small(filter_question + routed, "C,Q1,Q2\nYes,0,0\nNo,0,0\nNo,0,1\n"))
    assert frame["used__web"].tolist() == ["0", "not_asked", "1"]


def test_a_column_for_a_kind_of_missing_may_hold_its_text(small):
    questions = TICKS + 'missing = { dont_know = ["Unsure"] }\n'
    questions += 'missing_columns = { dont_know = "Q3" }\n' + OPEN
    frame = _coded(small(questions, "Z,Q1,Q2,Q3\na,,,Unsure\nb,,,1\nc,1,,Unsure\nd,,,0\n"))
    assert frame["used__phone"].tolist() == ["dont_know", "dont_know", "1", "no_answer"]


def test_a_column_for_a_kind_of_missing_that_holds_something_else_is_refused(small):
    questions = TICKS + 'missing_columns = { dont_know = "Q3" }\n' + OPEN
    with pytest.raises(SurveyError, match="1 text that is no answer of it, in row 1"):
        _coded(small(questions, "Z,Q1,Q2,Q3\na,,,Unsure\n"))


def test_a_questions_own_missing_texts_go_before_the_blank_ones(small):
    questions = TICKS + 'missing = { no_answer = ["-99"], not_asked = ["-1"] }\n' + OPEN
    export = "Z,Q1,Q2\na,1,0\nb,-99,-99\nc,-1,-1\nd,-1,1\n"
    frame = _coded(small(questions, export, blank='["", "-1"]'))
    assert frame["used__phone"].tolist() == ["1", "no_answer", "not_asked", "0"]
    assert frame["used__web"].tolist() == ["0", "no_answer", "not_asked", "1"]


def test_an_error_counts_people_and_not_their_cells(small):
    rows = "".join(f"a,{code},{code}\n" for code in (0, -1, -1, 1))
    with pytest.raises(SurveyError, match=r"the answer '-1' is not in the codebook \(2 rows\)"):
        _coded(small(TICKS + OPEN, f"Z,Q1,Q2\n{rows}"))


def test_words_and_codes_of_other_tools_say_what_was_ticked(small):
    questions = TICKS + 'not_ticked = ["2"]\nmissing = { no_answer = ["9"] }\n' + OPEN
    export = "Z,Q1,Q2\na,1,2\nb,9,9\nc,Selected,Not Selected\nd,Quoted,Not quoted\ne,2,2\n"
    frame = _coded(small(questions, export))
    assert frame["used__phone"].tolist() == ["1", "no_answer", "1", "1", "0"]
    assert frame["used__web"].tolist() == ["0", "no_answer", "0", "0", "0"]


def test_a_two_is_no_tick_mark_unless_the_codebook_says_so(small):
    with pytest.raises(SurveyError, match="1 text that is no answer of it, in row 1"):
        _coded(small(TICKS + OPEN, "Z,Q1,Q2\na,1,2\n"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('not_ticked = ["9"]\nmissing = { no_answer = ["9"] }', "not_ticked has '9', and so has"),
        ('not_ticked = ["phone"]', "which in its own column means that it was not ticked"),
    ],
)
def test_a_text_that_is_no_tick_and_something_else_is_refused(small, more, said):
    with pytest.raises(SurveyError, match=said):
        small(f"{TICKS}{more}\n{OPEN}", "Z,Q1,Q2\na,1,0\n")


def test_free_text_in_the_column_of_other_is_other_or_what_it_names(small):
    questions = TICKS.replace(
        'label = "Website" }]', 'label = "Website" }, { code = "other", label = "Other" }]'
    ).replace('web = "Q2" }', 'web = "Q2", other = "Q3" }')
    questions += 'other = { code = "other", prefix = "" }\nrecode = { phone = ["rang"] }\n'
    made = small(questions + OPEN, "Z,Q1,Q2,Q3\na,Phone,,\nb,,,I wrote\nc,,,I rang\nd,,Yes,\n")
    coded = answer_codes.code_replies(made.read_raw(), made.codebook)
    assert coded.frame["used__other"].tolist() == ["0", "1", "0", "0"]
    assert coded.frame["used__phone"].tolist() == ["1", "0", "1", "0"]
    assert coded.noted.other_left == {"used": 1}
    assert coded.noted.recoded.values.tolist() == [["used", "phone", 1]]


# ---- Negation ----------------------------------------------------------------------------------

PHRASES = {"phone": ["by phone", "phoned", "rang"], "web": ["web form", "online"],
           "paper": ["form"], "desk": ["front desk"]}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("not by phone", set()),
        ("I could not get through by phone so I wrote", set()),
        ("couldn’t get through by phone", set()),
        ("phoned", {"phone"}),
        ("Did not like the website, phoned", {"phone"}),
        ("not by phone but online", {"web"}),
        ("online instead of by phone", {"web"}),
        ("couldn't log in so rang", {"phone"}),
        ("no one was there. Phoned", {"phone"}),
        ("without going to the front desk", set()),
        ("it was not my idea at all to have phoned", {"phone"}),
        ("filled in the web form", {"web"}),
        ("a form", {"paper"}),
        ("web form and another form", {"web", "paper"}),
        ("phoned and went online", {"phone", "web"}),
        ("", set()),
    ],
)
def test_a_phrase_counts_unless_it_is_denied_or_part_of_a_longer_one(text, named):
    assert negation.named_answers(text, PHRASES, NEGATORS) == named


def test_what_is_not_done_is_no_answer_of_a_question(small):
    questions = """
[[question]]
id = "a"
kind = "single"
column = "A?"
answers = [{ code = "phone", label = "Phone" }, { code = "other", label = "Other" }]
other = { code = "other", prefix = "" }
recode = { phone = ["by phone", "phoned"] }
"""
    export = "A?\nnot by phone\nI could not get through by phone so I wrote\nphoned\n"
    assert _coded(small(questions, export))["a"].tolist() == ["other", "other", "phone"]


def test_a_codebook_may_bring_negators_of_its_own(small):
    questions = _several(
        [("phone", "Phone"), ("other", "Other")],
        'separator = ";"\nother = { code = "other", prefix = "" }\n'
        'recode = { phone = ["ffoniais"] }',
    )
    made = small(f'negators = ["ni"]\n{questions}', "Which?\nni ffoniais\nffoniais\n")
    assert _named(made) == [["other"], ["phone"]]


# ---- Numbers -----------------------------------------------------------------------------------


def test_age_in_years_is_grouped_by_its_bands(small):
    questions = (
        '[[question]]\nid = "age"\nkind = "number"\ncolumn = "Age"\nbands = [16, 25, 85]\n'
        'missing = { dont_know = ["Unsure"] }\n' + OPEN
    )
    made = small(questions, "Age,Z\n16,a\n24.5,b\n25,c\n101,d\nUnsure,e\n,f\n")
    bands = ["16_24", "16_24", "25_84", "85_over", "dont_know", "no_answer"]
    assert _coded(made)["age"].tolist() == bands
    made.processed.mkdir(parents=True)
    cleaned = cleaning.clean(made.read_raw(), made.codebook).responses
    cleaned.to_csv(made.processed / "responses.csv", index=False)
    age = made.responses()["age"]
    assert list(age.cat.categories) == ["16-24", "25-84", "85 and over"]
    assert age.astype("str").tolist()[:4] == ["16-24", "16-24", "25-84", "85 and over"]


@pytest.mark.parametrize("cell", ["15", "-3", "young", "nan"])
def test_a_number_in_no_band_is_refused(small, cell):
    questions = '[[question]]\nid = "age"\nkind = "number"\ncolumn = "Age"\nbands = [16, 25]\n'
    with pytest.raises(SurveyError, match=r"1 text that is no answer of it, in row 2 .* lower"):
        _coded(small(questions, f"Age\n30\n{cell}\n"))


def test_a_number_that_is_missing_keeps_its_kind(small):
    questions = (
        '[[question]]\nid = "n"\nkind = "number"\ncolumn = "N"\n'
        'missing = { dont_know = ["Don\'t know"] }\n'
    )
    made = small(questions + OPEN, "N,Z\n3,a\nDon’t know,b\n")
    assert _coded(made)["n"].tolist() == [3.0, "dont_know"]
    assert __main__.main(["check-export", "--survey", "demo"]) == 0


# ---- What people wrote is not repeated ---------------------------------------------------------


def test_swapped_headers_bring_no_open_answer_into_the_error(demo, capsys):
    times = "03/10/2023 10:00:00,03/10/2023 10:05:00"
    texts = ["call Jo Bloggs on 07700 900123", "my ex-husband did it", "see me at 3 High Street"]
    rows = [f"{times},Lives,Yes,Website;,{text},Website" for text in texts]
    demo(rows)
    assert __main__.main(["check-export", "--survey", "demo"]) == 2
    said = capsys.readouterr().err
    assert "question 'preferred': 3 texts that are no answer of it, in rows 1, 2, 3" in said
    for word in ("Bloggs", "07700", "husband", "Street"):
        assert word not in said


def test_check_export_shows_the_words_in_sentences(demo, capsys):
    demo()
    assert __main__.main(["check-export", "--survey", "demo"]) == 0
    said = capsys.readouterr().out
    assert "  30% of the 200 people who would prefer it used it.\n" in said


def test_an_unknown_answer_near_a_listed_one_is_named(demo):
    times = "03/10/2023 10:00:00,03/10/2023 10:05:00"
    made = demo([f"{times},Lives,Yes,Website;,Webiste,"])
    with pytest.raises(
        SurveyError, match=r"'Webiste' is not in the codebook, but near 'Website' \(1"
    ):
        _coded(made)


def test_a_first_row_that_is_a_reply_is_not_repeated(demo):
    reply = "03/10/2023 10:00:00,03/10/2023 10:05:00,Lives,Yes,Website;,Website,I was robbed"
    made = demo([reply.replace("10:05", "10:06")], header=reply.replace("Website;", "Web;"))
    with pytest.raises(SurveyError, match=r"7 of the 7 columns .* is it the header") as refused:
        _coded(made)
    assert "robbed" not in str(refused.value)


def test_many_rows_are_counted_after_the_first_ten(small):
    questions = '[[question]]\nid = "n"\nkind = "number"\ncolumn = "N"\n'
    cells = "\n".join("abcdefghijkl")
    with pytest.raises(SurveyError, match=r"12 texts .* in rows 1, 2, .* 10 and 2 more of the"):
        _coded(small(questions, f"N\n{cells}\n"))
