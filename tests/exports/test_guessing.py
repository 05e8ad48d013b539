"""How a file is written is found from the file; real ones are read where they are to be had."""

import codecs

import openpyxl
import pytest

from analysis import exports, paths
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
