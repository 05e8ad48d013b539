"""Dictionaries of tools and archives say what columns ask and what codes stand for."""

import openpyxl
import pytest

from analysis import exports
from analysis.errors import SurveyError
from analysis.exports import RawFile

COLUMNS = ["q1", "Q2", "tick___1", "tick___2", "age"]
SAID = {"q1": "Did you call?", "Q2": "How was it?"}
CODED = {"q1": {"1": "Yes", "2": "No", "-9": "Refused"}, "Q2": {"1": "Good", "2": "Poor"}}

ONCE = """{}
q1,Did you call?,1,Yes
,,2,No
,,-9,Refused
q2,How was it?,1,Good
,,2,Poor
"""

REPEATED = """variable,value,label,question text
q1,1,Yes,Did you call?
q1,2,No,Did you call?
q1,-9,Refused,Did you call?
q2,1,Good,How was it?
q2,2,Poor,How was it?
elsewhere,1,One,Not in this export
"""

REDCAP = """"Variable / Field Name","Form Name","Section Header","Field Type","Field Label",\
"Choices, Calculations, OR Slider Labels","Field Note"
q1,calls,,radio,"Did you call?","1, Yes | 2, No | -9, Refused",
q2,calls,,radio,"How was it?","1, Good | 2, Poor",
tick,calls,,checkbox,"Which ways?","1, By phone, or by fax | 2, Online",
age,calls,,calc,"Age","round(datediff([dob], 'today', 'y'), 0)",
"""


@pytest.fixture
def read(tmp_path):
    def write(content: str | bytes, name: str = "codes.csv", columns=COLUMNS):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return exports.read_dictionary(path, columns)

    return write


@pytest.mark.parametrize(
    "headings",
    [
        "Variable,Variable label,Value,Value label", "name,label,code,label",
        "FIELD,Question text,Code,Answer", "column,wording,value,category",
        "var_name,description,values,meaning", "Question,Question wording,Code,Response",
    ],
)  # fmt: skip
def test_a_row_a_code_is_read_whatever_the_headings_and_blank_cells_carry_on(read, headings):
    found = read(ONCE.format(headings))
    assert found.wordings == SAID
    assert {name: dict(codes) for name, codes in found.answers.items()} == {
        "q1": {"-9": "Refused", "1": "Yes", "2": "No"}, "Q2": CODED["Q2"],
    }  # fmt: skip


def test_a_wording_in_every_row_is_read_once_and_other_variables_are_passed_over(read):
    found = read(REPEATED)
    assert (found.wordings, found.answers) == (SAID, CODED)


def test_codes_stand_in_the_order_of_their_values(read):
    found = read("variable,value,label\nq1,10,Ten\nq1,9,Nine\nq1,-1,None\nq2,b,B\nq2,a,A\n")
    assert [list(found.answers[name]) for name in ("q1", "Q2")] == [["-1", "9", "10"], ["b", "a"]]


def test_all_codes_in_one_cell_are_read_and_a_column_for_each_answer_is_told(read):
    found = read(REDCAP)
    assert found.wordings == {
        **SAID, "tick___1": "Which ways? [By phone, or by fax]", "tick___2": "Which ways? [Online]",
        "age": "Age",
    }  # fmt: skip
    assert found.answers == CODED


@pytest.mark.parametrize(
    "codes", ["1=Yes; 2=No", "1 = Yes, 2 = No", "1: Yes\n2: No", "1) Yes|2) No", "1 - Yes | 2 - No"]
)
def test_codes_in_one_cell_are_cut_by_what_stands_between_them(read, codes):
    assert read(f'variable,values\nq1,"{codes}"\n').answers == {"q1": {"1": "Yes", "2": "No"}}


def test_a_workbook_and_other_delimiters_are_read_alike(read, tmp_path):
    tabs = ONCE.format("variable,label,value,value label").replace(",", "\t")
    assert read(tabs, "codes.tsv").wordings == SAID
    book = openpyxl.Workbook()
    for row in tabs.splitlines():
        cells = row.split("\t")
        book.active.append([int(each) if each.lstrip("-").isdigit() else each for each in cells])
    book.save(tmp_path / "codes.xlsx")
    found = exports.read_dictionary(tmp_path / "codes.xlsx", COLUMNS)
    assert found.wordings == SAID
    assert found.answers["Q2"] == CODED["Q2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "no column of codes.csv names columns of the export"),
        ("variable,sheep,goats\nq1,a,b\n", "does not say what its columns hold; call them"),
        ("variable,value,label\nq1,1,Yes\nq1,1,No\n",
         "gives the code '1' of 'q1' two meanings, 'Yes' and 'No'; keep one"),
        ("variable,value,label\nq1,,\n", "says nothing of any column of the export"),
        ("", "codes.csv is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "codes.csv"),
        (b"PAR1 no table PAR1", "codes.csv"),
        ("variable,value,label\nq1,1\n,,,,,7\n", "cells instead of 3"),
    ],
)  # fmt: skip
def test_what_is_no_dictionary_of_the_export_is_one_sentence(read, content, said):
    with pytest.raises(SurveyError) as refused:
        read(content)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_dictionary_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SurveyError, match=r"there is no file .*; name the dictionary"):
        exports.read_dictionary(tmp_path / "codes.csv", COLUMNS)


def test_headers_of_code_and_text_have_their_wording_behind_the_code(tmp_path):
    path = tmp_path / "lime.csv"
    path.write_text(
        '"id. Response ID","Q1. How was it?","Q5[SQ1]. Which way? [Phone]"\n1,Good,Yes\n', "utf-8"
    )
    file = exports.guess(path)
    assert file.format == "limesurvey"
    assert exports.labels(path, file) == {
        "id. Response ID": "Response ID", "Q1. How was it?": "How was it?",
        "Q5[SQ1]. Which way? [Phone]": "Which way? [Phone]",
    }  # fmt: skip
    path.write_text('"Response ID","Q1. How was it?","Which way?"\n1,Good,Yes\n', "utf-8")
    assert exports.labels(path, RawFile(name="lime.csv", format="limesurvey")) == {}
