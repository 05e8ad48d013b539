"""How a file is written is found from the file; real ones are read where they are to be had."""

import codecs
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from analysis import exports, paths
from analysis.errors import SurveyError
from analysis.exports import RawFile

QUALTRICS = (
    "StartDate,Q1\nStart Date,Which way?\n"
    '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"\n2023-10-02 09:03:11,Phone\n'
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"A,B\n1,2\n", {"format": "csv"}),
        (b"A\tB\n1\t2\n", {"format": "csv", "delimiter": "\t"}),
        (b"sep=;\nA;B\n1;2,5\n", {"format": "csv", "delimiter": ";"}),
        (b"A,B\ncaf\xe9,2\n", {"format": "csv", "encodings": ("utf-8-sig", "cp1252")}),
        (
            codecs.BOM_UTF16_LE + "A;B\n1;2\n".encode("utf-16-le"),
            {"format": "csv", "delimiter": ";"},
        ),
        (QUALTRICS.encode(), {"format": "qualtrics"}),
        (b"V1,V2,Q1\nResponseID,ResponseSet,Which?\nR,D,2\n", {"format": "qualtrics"}),
        (b"When,Which?,\n,Phone,Response\n1,Phone,\n", {"format": "surveymonkey"}),
        (b"UserID,UserNo,Which?,\n,,Response,Other\n1,2,Phone,\n", {"format": "smartsurvey"}),
        (b"Timestamp,Which?\n2023/10/02 9:03:11 am GMT+1,Phone\n", {"format": "google_forms"}),
        (b"ID,Start time,Completion time,Email\n1,2,3,4\n", {"format": "microsoft_forms"}),
        (b'\xef\xbb\xbf"Response ID","Date submitted"\n"1","2"\n', {"format": "limesurvey"}),
    ],
)
def test_the_format_is_told_by_what_each_tool_writes(tmp_path, content, expected):
    (tmp_path / "replies.csv").write_bytes(content)
    found = exports.guess(tmp_path / "replies.csv")
    assert found == RawFile(name="replies.csv", **expected)
    assert len(exports.read_export(tmp_path / "replies.csv", found)) == 1


def test_a_workbook_of_microsoft_forms_is_told_from_another(tmp_path):
    for headers, form in (
        (["ID", "Start time", "Completion time", "Which?"], "microsoft_forms"),
        (["A", "B", "C", "D"], "xlsx"),
    ):
        book = openpyxl.Workbook()
        book.active.append(headers)
        book.active.append([1, 2, 3, "Phone"])
        book.save(tmp_path / "replies.xlsx")
        assert exports.guess(tmp_path / "replies.xlsx").format == form


def test_a_folder_is_told_by_its_first_file(tmp_path):
    (tmp_path / "waves").mkdir()
    for name in ("1.csv", "2.csv"):
        (tmp_path / "waves" / name).write_text("A;B\n1;2\n", "utf-8")
    assert exports.guess(tmp_path / "waves") == RawFile(name="waves", format="csv", delimiter=";")


def test_how_a_file_was_read_is_said_with_a_delimiter_that_is_not_the_codebooks(tmp_path):
    path = tmp_path / "replies.csv"
    path.write_text('"A, or what?";B?\nYes;x\n', "utf-8")
    assert exports.described(path, RawFile(name="replies.csv")) == (
        "text; with ';' between cells, and not ',' as [file] delimiter says; in utf-8; "
        "1 row names the columns"
    )
    path.write_text(QUALTRICS, "utf-8")
    said = "text; with ',' between cells; in utf-8; 3 rows name the columns; 2 files"
    assert exports.described([path, path], RawFile(name="replies.csv")) == said


def test_the_wording_of_qualtrics_is_its_second_row(tmp_path):
    path = tmp_path / "replies.csv"
    path.write_text(QUALTRICS, "utf-8")
    wording = {"StartDate": "Start Date", "Q1": "Which way?"}
    assert exports.labels(path, exports.guess(path)) == wording
    path.write_text("A,B\n1,2\n", "utf-8")
    assert exports.labels(path, exports.guess(path)) == {}


@pytest.mark.parametrize(
    ("name", "form", "replies", "columns"),
    [
        ("qualtrics_sample.csv", "qualtrics", 1, 20),
        ("qualtrics_sample_legacy.csv", "qualtrics", 1, 15),
        ("surveymonkey_sleeping_alone_head.csv", "surveymonkey", 25, 31),
        ("limesurvey_998192_R_data_file.csv", "limesurvey", None, None),
    ],
)
def test_real_exports_are_told_and_read(name, form, replies, columns):
    path = (paths.RAW_ELSEWHERE or paths.RAW) / "exports" / name
    if not path.is_file():
        pytest.skip(f"the real export {name} is not here")
    found = exports.guess(path)
    frame = exports.read_export(path, found)
    assert found.format == form
    assert replies in (None, len(frame))
    assert columns in (None, len(frame.columns) - 1)
    assert not frame.isin(["Response", '{"ImportId":"QID1"}', "Open-Ended Response"]).any(axis=None)


# ---- Titles above the header, and sheets -------------------------------------------------------

TITLED = [
    ("Contact survey 2025\n\nAge,Which?,Why?\n44,Phone,x\n45,Web,y\n", ",", 2),
    ("Contact survey 2025,,\n,,\nAge,Which?,Why?\n44,Phone,x\n45,Web,y\n", ",", 2),
    ("Contact survey, May 2025\nAge,Which?,Why?,Where?\n44,Phone,x,\n45,Web,y,z\n", ",", 1),
    ("Contact survey 2025\n\nAge;Which?;Why?\n44;Phone;x, y\n45;Web;y, z\n", ";", 2),
    (
        "Our survey\n\nExported,May\n\nAge\tWhich?\tWhy?\tBy\n44\tWeb\tx\ty\n45\tWeb\ty\tz\n",
        "\t",
        4,
    ),
    ("sep=;\nOur survey\nAge;Which?\n44;Phone\n45;Web\n", ";", 1),
    ("\nOur survey\nAge,Which?\n44,Phone\n45,Web\n", ",", 2),
    ('"Our survey\nof 2025"\n\nAge,Which?\n44,Phone\n45,Web\n', ",", 2),
]


@pytest.mark.parametrize(("text", "delimiter", "skip"), TITLED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_title_above_the_header_is_found_and_passed_over(
    tmp_path, text, delimiter, skip, encoding
):
    path = tmp_path / "replies.csv"
    path.write_bytes(text.encode(encoding))
    found = exports.guess(path)
    assert (found.skip_rows, found.delimiter) == (skip, delimiter)
    frame = exports.read_export(path, found)
    assert frame["Age"].tolist() == ["44", "45"]
    assert frame["raw_row"].tolist() == [1, 2]
    assert exports.read_export(path, replace(found, delimiter=",")).equals(frame)


def test_a_title_above_two_header_rows_or_in_a_workbook_is_passed_over(tmp_path):
    rows = [["Contact survey 2025"], [], ["Age", "Which?", None], ["Response", "Phone", "Web"],
            [44, "Phone", None], [45, None, "Web"]]  # fmt: skip
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "replies.xlsx")
    found = exports.guess(tmp_path / "replies.xlsx")
    assert (found.skip_rows, found.format, found.sheet) == (2, "surveymonkey", "")
    frame = exports.read_export(tmp_path / "replies.xlsx", found)
    assert list(frame.columns) == ["raw_row", "Age", "Which? Phone", "Which? Web"]
    assert len(frame) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Which?,\nPhone,\nWeb,x\n",
        "Which?,\nPhone,x\nWeb,\nPhone,y\n",  # a header with a column that has no name
        "Which?,,,\nPhone,Web,Desk,Response\n1,,,x\n",  # options below a question
        "Age,Sex\n44,Male\n",
        "Age\n44\n45\n",
    ],
)
def test_a_header_is_not_taken_for_a_title(tmp_path, text):
    path = tmp_path / "replies.csv"
    path.write_text(text, "utf-8")
    assert exports.guess(path).skip_rows == 0


def test_a_header_that_is_too_short_is_not_taken_for_a_title(tmp_path):
    (tmp_path / "a.csv").write_text("Age,Which?\n44,Phone,x\n45,Web,y\n", "utf-8")
    with pytest.raises(SurveyError, match="3 cells instead of 2 at line 2"):
        exports.guess(tmp_path / "a.csv")


def test_a_title_that_the_codebook_does_not_name_is_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text(TITLED[0][0], "utf-8")
    with pytest.raises(SurveyError, match=r"say in .file. skip_rows how many rows of title"):
        exports.read_export(tmp_path / "a.csv", RawFile(name="a.csv"))


def test_rows_of_a_file_that_has_none_above_its_columns_cannot_be_skipped(tmp_path):
    pd.DataFrame({"A": ["x"]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(SurveyError, match="a Parquet file, which has no rows above its columns"):
        exports.read_export(tmp_path / "a.parquet", RawFile(name="a.parquet", skip_rows=1))


def _book(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


REPLIES = [["Age", "Which?"], [44, "Phone"], [45, "Web"]]


def test_the_one_sheet_that_can_hold_replies_is_found(tmp_path):
    path = tmp_path / "replies.xlsx"
    _book(path, About=[["Contact survey"], ["by hand"]], Empty=[], Data=[["Title"], [], *REPLIES])
    found = exports.guess(path)
    assert (found.sheet, found.skip_rows) == ("Data", 2)
    assert exports.read_export(path, found)["Which?"].tolist() == ["Phone", "Web"]


def test_of_several_sheets_that_of_a_tool_is_taken_and_else_all_are_named(tmp_path):
    forms = [["ID", "Start time", "Completion time", "Which?"], [1, 2, 3, "Phone"]]
    path = _book(tmp_path / "replies.xlsx", Areas=REPLIES, Form1=forms)
    assert (exports.guess(path).sheet, exports.guess(path).format) == ("Form1", "microsoft_forms")
    _book(path, May=REPLIES, June=REPLIES, Notes=[["x"]])
    with pytest.raises(SurveyError, match=r"2 sheets that could hold the replies .'May', 'June'.;"):
        exports.guess(path)


# ---- Question and option -----------------------------------------------------------------------


def test_question_and_option_are_told_by_the_header_rows(tmp_path):
    path = tmp_path / "replies.csv"
    path.write_text(
        "When,Which? (tick all),,Why?\n,Phone,Web,Open-Ended Response\n1,,,x\n", "utf-8"
    )
    found = exports.parts(path, exports.guess(path))
    assert {name: (each.question, each.option) for name, each in found.items()} == {
        "When": ("When", ""), "Which? (tick all) Phone": ("Which? (tick all)", "Phone"),
        "Which? (tick all) Web": ("Which? (tick all)", "Web"), "Why?": ("Why?", ""),
    }  # fmt: skip
    assert [each.run for each in found.values()] == [1, 2, 2, 3]


def test_qualtrics_says_which_column_holds_the_text_of_an_option(tmp_path):
    path = tmp_path / "replies.csv"
    asked = {
        "Q1": "How? - by now - Selected Choice", "Q1_4_TEXT": "How? - by now - Other - Text",
        "Q2_1": "Which? - Selected Choice - Phone - day", "Q3": "Why? - Please say",
        "Q4_TEXT": "What should change?",
    }  # fmt: skip
    ids = ",".join(['"{""ImportId"":""a""}"'] * 5)
    path.write_text(f"{','.join(asked)}\n{','.join(asked.values())}\n{ids}\n,,,,\nx,,,,\n", "utf-8")
    found = exports.parts(path, exports.guess(path))
    assert {name: (each.question, each.option, each.text) for name, each in found.items()} == {
        "Q1": ("How? - by now", "", False), "Q1_4_TEXT": ("How? - by now", "Other", True),
        "Q2_1": ("Which?", "Phone - day", False),
    }  # fmt: skip
