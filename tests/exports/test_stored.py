"""Workbooks, SPSS files and Parquet become the text that people read in them."""

import zipfile
from datetime import date, datetime, time

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from analysis import exports
from analysis.errors import SurveyError
from analysis.exports import RawFile


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook of one sheet and return its path."""

    def write(rows, name="replies.xlsx", formats=()):
        book = openpyxl.Workbook()
        sheet = book.active
        for row in rows:
            sheet.append(row)
        for place, number_format in formats:
            sheet[place].number_format = number_format
        book.create_sheet("Notes").append(["Made", "by hand"])
        book["Notes"].append(["x", "y"])
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def _cells(frame):
    return [list(frame.columns[1:]), *frame.iloc[:, 1:].values.tolist()]


def test_cells_of_a_workbook_are_text_as_people_read_it(workbook):
    path = workbook(
        [
            ["When", "Day", "N", "Share", "Yes?", "Text", None],
            [datetime(2023, 10, 2, 9, 3, 11), date(2023, 10, 2), 3.0, 0.25, True, "0123", None],
            [time(9, 3), None, 0.734, 0.125, False, " A\nB ", None],
            [None, None, None, None, None, None, None],
        ],
        formats=[("D2", "0%"), ("D3", "0.0%")],
    )
    assert _cells(exports.read_export(path, RawFile(name=path.name, format="xlsx"))) == [
        ["When", "Day", "N", "Share", "Yes?", "Text"],
        ["2023-10-02 09:03:11", "2023-10-02", "3", "25%", "TRUE", "0123"],
        ["09:03:00", "", "0.734", "12.5%", "FALSE", " A\nB "],
    ]


def test_a_formula_is_read_by_its_last_result(tmp_path, workbook):
    path, kept = workbook([["A", "B"], [1, "=A2+1"]]), tmp_path / "kept.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<f>A2+1</f><v></v>", b"<f>A2+1</f><v>2</v>")
                         .replace(b"<f>A2+1</f><v />", b"<f>A2+1</f><v>2</v>"))  # fmt: skip
    assert exports.read_export(kept, RawFile(name="a")).loc[0, "B"] == "2"


def test_the_sheet_is_the_first_unless_the_codebook_names_another(workbook):
    path = workbook([["A"], [1]])
    assert _cells(exports.read_export(path, RawFile(name="a"))) == [["A"], ["1"]]
    notes = RawFile(name="a", sheet="Notes")
    assert _cells(exports.read_export(path, notes)) == [["Made", "by hand"], ["x", "y"]]
    with pytest.raises(SurveyError, match="no sheet 'Replies'; name one of 'Sheet', 'Notes'"):
        exports.read_export(path, RawFile(name="a", sheet="Replies"))


def test_a_workbook_of_two_header_rows_is_read_as_its_text_would_be(workbook):
    rows = [["When", "Which?", None], [None, "Phone", "Web"], ["1/2/2023", "Phone", None]]
    frame = exports.read_export(workbook(rows), RawFile(name="a", format="surveymonkey"))
    assert _cells(frame)[0] == ["When", "Which? Phone", "Which? Web"]
    assert len(frame) == 1


def test_an_empty_workbook_and_one_of_a_header_alone_are_refused(workbook):
    with pytest.raises(SurveyError, match="is empty"):
        exports.read_export(workbook([]), RawFile(name="a"))
    with pytest.raises(SurveyError, match="a header but no replies"):
        exports.read_export(workbook([["A", "B"]]), RawFile(name="a"))


def test_a_stray_cell_far_below_and_right_of_the_replies_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["A", "B"])
    book.active.append([1, 2])
    book.active["XFD9000"] = "x"
    book.save(tmp_path / "replies.xlsx")
    with pytest.raises(SurveyError, match=r"reaches to row 9,000 and column 16,384; remove what"):
        exports.read_export(tmp_path / "replies.xlsx", RawFile(name="a"))


def test_a_workbook_under_the_name_of_text_is_named(workbook):
    path = workbook([["A"], [1]], name="replies.csv")
    with pytest.raises(SurveyError) as refused:
        exports.read_export(path, RawFile(name="replies.csv", format="csv"))
    assert (
        "is an Excel workbook, but codebook.toml says format = 'csv'; write format = \"xlsx\""
        in (str(refused.value))
    )


# ---- SPSS --------------------------------------------------------------------------------------


@pytest.fixture(params=["replies.sav", "replies.zsav"])
def sav(tmp_path, request):
    """Write an SPSS file as a tool does: codes, labels, a user-missing value, times."""
    people = pd.DataFrame(
        {
            "q1": [1.0, 2.0, None, -99.0, 7.0],
            "t": ["a", "", "b", "c", "d"],
            "when": [datetime(2023, 10, 2, 9, 3, 11)] * 4 + [None],
            "w": [0.734, 1.0, 2.5, 3.0, 1.0],
        }
    )
    path = tmp_path / request.param
    pyreadstat.write_sav(
        people,
        str(path),
        column_labels={"q1": "Which  did you use?"},
        variable_value_labels={"q1": {2: "Web", 1: "Phone", -99: "Refused"}},
        missing_ranges={"q1": [-99]},
        compress=path.suffix == ".zsav",
    )
    return path


def test_spss_values_are_read_by_their_labels(sav):
    assert _cells(exports.read_export(sav, RawFile(name="a", format="spss"))) == [
        ["q1", "t", "when", "w"],
        ["Phone", "a", "2023-10-02 09:03:11", "0.734"],
        ["Web", "", "2023-10-02 09:03:11", "1"],
        ["", "b", "2023-10-02 09:03:11", "2.5"],
        ["Refused", "c", "2023-10-02 09:03:11", "3"],
        ["7", "d", "", "1"],
    ]


def test_an_spss_file_says_what_its_columns_ask_and_list(sav):
    assert exports.labels(sav, RawFile(name="a")) == {"q1": "Which did you use?"}
    assert exports.value_labels(sav, RawFile(name="a")) == {"q1": ("Refused", "Phone", "Web")}
    assert exports.guess(sav) == RawFile(name=sav.name, format="spss")


# ---- Parquet -----------------------------------------------------------------------------------


def test_parquet_is_read_as_text_without_the_row_numbers_of_pandas(tmp_path):
    people = pd.DataFrame(
        {
            "When": [datetime(2023, 10, 2, 9, 3, 11), None],
            "N": [1.0, None],
            "Yes": [True, False],
            "T": ["a", None],
            "C": pd.Categorical(["x", "y"]),
        },
        index=["r1", "r2"],
    )
    path = tmp_path / "replies.parquet"
    people.to_parquet(path)
    assert _cells(exports.read_export(path, RawFile(name="a", format="parquet"))) == [
        ["When", "N", "Yes", "T", "C"],
        ["2023-10-02 09:03:11", "1", "TRUE", "a", "x"],
        ["", "", "FALSE", "", "y"],
    ]


def test_parquet_of_lists_is_refused_without_their_content(tmp_path):
    pd.DataFrame({"A": [["my secret"]]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(SurveyError, match=r"cannot be read as one \(TypeError\)") as refused:
        exports.read_export(tmp_path / "a.parquet", RawFile(name="a"))
    assert "secret" not in str(refused.value)
