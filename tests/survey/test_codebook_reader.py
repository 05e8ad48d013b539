import re

import pytest

from analysis import paths, survey
from analysis.errors import SurveyError
from analysis.survey import codebook_reader
from analysis.survey.codebook import Words


def test_answers_keep_their_order_and_labels(demo):
    assert demo().codebook.question("used").labels == {
        "phone": "Telephone",
        "web": "Website",
        "other": "Other",
    }


@pytest.mark.parametrize("name", ["herts_2023", "ape11"])
def test_the_projects_codebooks_are_free_of_contradictions(name):
    assert survey.load(name).codebook.id == name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('column = "Start"', 'colum = "Start"'), "unknown key 'colum'"),
        (('label = "Website"', 'label = "Website"\n[[lists.channels]]\ncode = "web"\nlabel = "W"'),
         "code 'web' stands 2 times"),
        (('id = "comment"', 'id = "comment"\nrole = "used"'), "role 'used' is given 2 times"),
        (('kind = "text"', 'kind = "essay"'), "kind 'essay'; choose one of"),
        (('answers = "channels"', 'answers = "chanels"'), "no list 'chanels'"),
        (('column = "Start"', 'column = "End"'), "column 'End' stands 2 times"),
        (('answers = ["yes"]', 'answers = ["perhaps"]'), "asked_if has ['perhaps']"),
        (('no_connection = ["neither"]', 'no_connection = ["none"]'), "'none' is not an answer"),
        (('missing = { dont_know', 'missing = { unsure'), "missing 'unsure'; choose one of"),
        (('id = "demo"', 'id = "demonstration"'), "make it the folder's name, 'demo'"),
        (('synthetic = true', 'synthetic = "yes"'), "synthetic = 'yes' is not bool"),
        (('title = "A small survey"\n', ""), "[survey]: no 'title'; add it"),
        (("opens = 2023-10-02", "opens = 2023-12-02"), "after it closes"),
        (("opens = 2023-10-02", "opens = 2023-10-02T09:00:00"), "is not date; correct it"),
        (("[cleaning]", 'delimiter = ";;"\n[cleaning]'), "delimiter ';;'; give one"),
        (("[cleaning]", "delimiter = '\"'\n[cleaning]"), "give one character"),
        (("[cleaning]", 'format = "stata"\n[cleaning]'), "format 'stata'; choose one of csv, xlsx"),
        (("[cleaning]", "header_rows = -1\n[cleaning]"), "header_rows -1; use 1 or more"),
        (("[cleaning]", 'encodings = ["undefined"]\n[cleaning]'), "'undefined' is none that is"),
        (("[cleaning]", 'encodings = ["utf\\u0000"]\n[cleaning]'), "is none that is known"),
        (("[cleaning]", 'encodings = ["base64"]\n[cleaning]'), "'base64' is none that is known"),
        (("[cleaning]", 'encodings = ["klingon"]\n[cleaning]'), "'klingon' is none that is known"),
        (("[cleaning]", 'further_names = ["b.csv"]\n[cleaning]'), "unknown key 'further names'"),
        (('name = "replies.csv"', 'name = []'), "name = [] is not str"),
        (('name = "replies.csv"', 'name = ["a.csv", 2]'), "is not str; correct it"),
        (('name = "replies.csv"', 'name = "."'), "name '.'; name a file or a folder"),
        (('name = "replies.csv"', 'name = "../other/replies.csv"'), "name a file or a folder"),
        (('name = "replies.csv"', 'name = ["a.csv", "/b.csv"]'), "name '/b.csv'; name a file"),
        (("closes = 2023-10-15", 'closes = ""'), "closes = '' is not date; correct it"),
        (("closes = 2023-10-15", "closes = 9999-12-31"), "closes 9999-12-31; give a day of the"),
        (("closes = 2023-10-15", f"closes = {'[' * 3000}{']' * 3000}"), "inside each other too"),
        (("closes = 2023-10-15", f"closes.{'a.' * 3000}b = 1"), "inside each other too often"),
        (("closes = 2023-10-15", f"closes = {'9' * 5000}"), "no TOML in UTF-8"),
        (("[words]", 'timezone = "Europe"\n[words]'), "timezone 'Europe' is unknown"),
        (('kind = "text"', 'kind = "text"\nnot_ticked = ["2"]'), "not_ticked is for answer_col"),
        (("%d/%m/%Y %H:%M:%S", "%d/%Q"), "datetime_format is no format of times"),
        (("disclosure_threshold = 2", "disclosure_threshold = 0"), "use 1 or more"),
        (("disclosure_threshold = 2", 'disclosure_threshold = 2\ndisclosure_method = "noise"'),
         "disclosure_method 'noise'; use 'ranges' or 'controlled_rounding'"),
        (('phone = ["rang", "101"]', 'pigeon = ["coo"]'), "'pigeon' is not one of its answers"),
        (("[survey]", "[survey"), "no TOML in UTF-8"),
        (("[file]", 'digital_groups = ["Web"]\n[file]'), "'Web' is no group of channels"),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused_by_name(demo, change, message):
    with pytest.raises(SurveyError) as refused:
        demo(None, change)
    assert message in str(refused.value)


def test_a_clash_of_answer_orders_names_both_orders(demo):
    clash = 'answers = [{ code = "no", label = "No" }, { code = "yes", label = "Yes" }]'
    extra = (
        f'id = "again"\ncolumn = "Again?"\nkind = "single"\n{clash}\n[[question]]\nid = "comment"'
    )
    with pytest.raises(SurveyError, match="answer order clash, yes, no against no, yes"):
        demo(None, ('id = "comment"', extra))


def test_all_contradictions_are_listed_in_one_error(demo):
    with pytest.raises(SurveyError) as refused:
        demo(
            None,
            ('column = "Start"', 'colum = "Start"'),
            ('kind = "text"', 'kind = "essay"'),
            ('answers = "channels"', 'answers = "chanels"'),
        )
    said = str(refused.value)
    assert "codebook.toml of demo has 3 contradictions:" in said
    assert said.count("\n  - ") == 3
    for part in ("unknown key 'colum'", "kind 'essay'", "no list 'chanels'"):
        assert part in said


def test_a_survey_that_does_not_exist_is_named_with_the_choice(demo):
    demo()
    with pytest.raises(SurveyError, match="no survey 'herts' in data/raw; choose demo"):
        survey.load("herts")


def test_the_environment_names_the_survey(demo, monkeypatch):
    demo()
    monkeypatch.setenv("SURVEY", "demo")
    assert survey.load().name == "demo"


# ---- What is required, and what is left to decide ----------------------------------------------

EMPTY = """
[survey]
[words]
[file]
[cleaning]
[population]
[theme_rules]
[[question]]
answers = [{}]
[[theme]]
[[waves.map]]
"""

TABLES = {
    "[survey]": "[survey]", "[file]": "[file]", "[population]": "[population]",
    "question 'number 1'": "[[question]]", "question 'number 1', answer None": "answer",
    "theme 'number 1'": "[[theme]]", "[[waves.map]] of 'number 1'": "[[waves.map]]",
}  # fmt: skip


def test_the_page_on_the_codebook_lists_exactly_the_keys_that_the_reader_asks_for(tmp_path):
    (tmp_path / "codebook.toml").write_text(EMPTY, encoding="utf-8")
    with pytest.raises(SurveyError) as refused:
        codebook_reader.read_codebook(tmp_path / "codebook.toml")
    asked: dict[str, set] = {}
    for where, key in re.findall(r"  - (.*): no '(\w+)'; add it", str(refused.value)):
        asked.setdefault(TABLES[where], set()).add(key)
    page = (paths.DOCS / "codebook.md").read_text("utf-8")
    section = page.partition("## Required keys")[2].partition("\n## ")[0]
    listed = {}
    for row in re.findall(r"^\| (.*) \| (`.*`) \|$", section, re.M):
        table = re.search(r"\[+[\w.]+\]+|answer", row[0])[0]
        listed[table] = set(re.findall(r"`(\w+)`", row[1]))
    assert listed == asked


def test_words_may_be_left_out_and_the_page_states_the_defaults(demo):
    words = re.compile(r"\[words\]\n(?:\w+ = .*\n)+")
    made = demo(load=False)
    path = paths.RAW / "demo" / "codebook.toml"
    path.write_text(words.sub("", path.read_text("utf-8")), encoding="utf-8")
    made = survey.load("demo")
    assert made.words == Words()
    page = " ".join((paths.DOCS / "codebook.md").read_text("utf-8").split())
    for key, default in vars(Words()).items():
        assert key == "digital_groups" or f'"{default}"' in page, key


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        ('"is it text?"', ["question 'comment': decide, then delete the line: is it text?"]),
        ('["is it?", "or not?"]', ["delete the line: is it?", "delete the line: or not?"]),
    ],
)
def test_what_is_left_to_decide_is_refused_in_its_own_words(demo, decide, said):
    with pytest.raises(SurveyError) as refused:
        demo(None, ('id = "comment"', f'id = "comment"\ndecide = {decide}'))
    assert all(each in str(refused.value) for each in said)


def test_an_empty_list_of_decisions_is_no_matter(demo):
    assert demo(None, ('id = "comment"', 'id = "comment"\ndecide = []')).has("comment")
