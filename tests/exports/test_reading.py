"""A file is read as it is, or refused in one sentence that says nothing but what was seen."""

import codecs

import pytest

from analysis import exports
from analysis.cleaning import answer_codes
from analysis.errors import SurveyError
from analysis.exports import RawFile, _opened, _rows
from analysis.survey import codebook_reader


@pytest.fixture
def read(tmp_path):
    """Write a file and read it: `read(content, name="a.csv", **about_the_file)`."""

    def written(content: bytes | str, name: str = "replies.csv", **about: object):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return exports.read_export(path, RawFile(name=name, **about))

    return written


def _cells(frame):
    return [list(frame.columns[1:]), *frame.iloc[:, 1:].values.tolist()]


def test_every_cell_is_text_and_rows_are_numbered_from_one(demo):
    raw = demo().read_raw()
    assert raw["raw_row"].tolist() == [1]
    assert raw.loc[0, "Used?"] == "By telephone;"


def test_a_line_break_inside_quotes_is_one_cell(demo):
    raw = demo(['1,2,Lives,Yes,,Website,"two\nlines"']).read_raw()
    assert len(raw) == 1
    assert raw.loc[0, "Anything else?"] == "two\nlines"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (codecs.BOM_UTF16_LE, "is empty"),
        (codecs.BOM_UTF16_BE + "\n".encode("utf-16-be"), "is empty"),
        (b"sep=;\n", "is empty"),
        (b"A,B\n", "a header but no replies"),
        (b"A,B\n1,2\n3", "has 1 cell instead of 2 at line 3, with ',' between them"),
        (b"sep=,\nA,B\n1,2\n3", "has 1 cell instead of 2 at line 4"),
        (b"A,B\n1,2\n3,4,5\n", "has 3 cells instead of 2 at line 3"),
        (b'A,B\n1,2\n3,"half an ans', "cannot be read at line 3"),
        (b"A;B\n1;2\n3\n", "has 1 cell instead of 2 at line 3, with ';' between them"),
        (b"A;B\tC\n1;2\t3\n", "is not separated by ',', as codebook.toml says, and could be by"),
        (b"A,B\n1,caf\xe9\n", "none of the encodings of codebook.toml (utf-8-sig fails at byte 9)"),
        ("A,B\n1,2\n".encode("utf-16-le"), "utf-8-sig gives a character that no text has, at 1"),
        (codecs.BOM_UTF8 + b"A,caf\xe9\n", "the byte order mark of utf-8, but is not in it at"),
        (codecs.BOM_UTF16_LE + b"A,B\n1,2\n3", "the byte order mark of utf-16, but is not in it"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(read, content, message):
    with pytest.raises(SurveyError) as refused:
        read(content)
    said = str(refused.value)
    assert message in said
    assert "\n" not in said
    assert "cut off" not in said
    assert "damaged" not in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"$FL2@(#) SPSS DATA FILE", "replies.csv begins as an SPSS file does, but cannot be"),
        (b"PAR1rest", "begins as a Parquet file does, but cannot be read as one"),
        (b"PK\x03\x04rest", "begins as an Excel workbook or a ZIP archive does, but cannot be"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old kind (.xls) or one with a password"),
        (b"\x1f\x8brest", "is a gzip archive; unpack it"),
        (b"%PDF-1.7", "is a PDF; export the replies as CSV"),
        (b"\n<!DOCTYPE html><html>", "is a web page; export the replies"),
    ],
)
def test_a_file_of_another_kind_is_named_by_its_first_bytes(read, content, message):
    with pytest.raises(SurveyError) as refused:
        read(content)
    assert message in str(refused.value)
    assert "utf-8" not in str(refused.value).lower()


def test_encodings_are_tried_in_their_order_and_a_mark_goes_before_them(read):
    assert read(b"A,B\n1,caf\xe9\n", encodings=("utf-8", "cp1252")).loc[0, "B"] == "caf\u00e9"
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ):
        content = mark + '"A, or?",B\nYes,café\n'.encode(encoding)
        assert _cells(read(content, encodings=("cp1252",))) == [["A, or?", "B"], ["Yes", "café"]]


def test_surplus_empty_cells_are_nothing(read):
    expected = [["A?", "B?"], ["Yes", "x"], ["No", "y"]]
    assert _cells(read("A?,B?,,\nYes,x,,\nNo,y,,\n")) == expected
    assert _cells(read("A?,B?\nYes,x,\nNo,y,,,\n")) == expected
    assert _cells(read("A?,B?,,\nYes,x\nNo,y,,\n\n")) == expected
    assert _cells(read("A?,,B?\nYes, ,x\nNo,,y\n")) == expected


def test_a_column_without_a_name_that_holds_something_is_called_by_its_place(read):
    assert read(",A?,\n1,Yes,\n2,No,z\n").columns.tolist() == [
        "raw_row", "column 1", "A?", "column 3",
    ]  # fmt: skip


def test_columns_of_one_name_are_numbered_and_one_called_raw_row_is_too(read):
    frame = read("A,B,A,raw_row,A (1)\n1,2,3,4,5\n")
    assert frame.columns.tolist() == ["raw_row", "A (2)", "B", "A (3)", "raw_row (1)", "A (1)"]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_another_delimiter_is_found_if_it_alone_fits(read, mark):
    assert _cells(read(f'"A, or what?"{mark}B?\nYes{mark}x\n')) == [
        ["A, or what?", "B?"],
        ["Yes", "x"],
    ]
    assert _cells(read(f"A{mark}B\n1{mark}2,5\n")) == [["A", "B"], ["1", "2,5"]]


def test_columns_that_are_asked_for_tell_the_delimiter_where_two_would_fit(tmp_path):
    path = tmp_path / "replies.csv"
    path.write_text("A, or what?;B\n1,5;2\n2,5;3\n", "utf-8")
    told = exports.read_export(path, RawFile(name="replies.csv"), wanted=["B"])
    assert _cells(told) == [["A, or what?", "B"], ["1,5", "2"], ["2,5", "3"]]
    assert exports.read_export(path, RawFile(name="replies.csv")).columns[1] == "A"


def test_a_line_that_says_the_separator_is_no_header(read):
    assert _cells(read('sep=;\r\n"A, or?";B\r\n1,5;2\r\n')) == [["A, or?", "B"], ["1,5", "2"]]
    content = codecs.BOM_UTF16_LE + "sep=\t\r\nA\tB\r\n1\t2\r\n".encode("utf-16-le")
    assert _cells(read(content)) == [["A", "B"], ["1", "2"]]


def test_one_column_needs_no_delimiter(read):
    for header in ('"Phone; or web?"', "What else?"):
        assert len(read(f'{header}\n"Yes; or no"\nNo\n')) == 2


def test_a_first_row_that_is_asked_for_is_not_cut_at_a_mark_in_it(small):
    question = '[[question]]\nid = "z"\nkind = "text"\ncolumn = "Phone; or web?"\n'
    made = small(question, "Phone; or web?\nthe first; the last\n")
    assert made.read_raw().columns.tolist() == ["raw_row", "Phone; or web?"]


def test_header_rows_of_qualtrics_are_no_replies(read):
    ids = '"{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"'
    expected = [["Q1", "Q2"], ["2", "Hello"]]
    for form in ("", "qualtrics"):
        assert _cells(read(f"Q1,Q2\nWhich?,Why?\n{ids}\n2,Hello\n", format=form)) == expected
    old = "V1,V2,Q1\nResponseID,ResponseSet,Which?\nR_1,Default,2\n"
    assert _cells(read(old)) == [["V1", "V2", "Q1"], ["R_1", "Default", "2"]]
    assert _cells(read("Q1,Q2\nWhich?,Why?\n2,Hello\n", format="qualtrics")) == expected


SURVEYMONKEY = "When,Which?,,,Sex\n,Phone,Website,Other (please specify),Response\n"


@pytest.mark.parametrize("form", ["", "surveymonkey", "smartsurvey"])
def test_a_blank_question_carries_the_one_before_on(read, form):
    frame = read(f"{SURVEYMONKEY}1/2/2023,Phone,,,Male\n", format=form)
    assert frame.columns[1:].tolist() == [
        "When", "Which? Phone", "Which? Website", "Which? Other (please specify)", "Sex",
    ]  # fmt: skip
    assert len(frame) == 1


def test_a_question_alone_names_the_column_that_it_stands_above(small):
    questions = """
[[question]]
id = "used"
kind = "multiple"
answers = [{ code = "phone", label = "Phone" }, { code = "web", label = "Website" }]
answer_columns = { phone = "Which?", web = "Which? Website" }
"""
    made = small(questions, f"{SURVEYMONKEY}1/2/2023,Phone,,,Male\n")
    assert made.read_raw()["Which?"].tolist() == ["Phone"]


def test_a_blank_header_without_the_words_of_a_tool_is_no_second_header_row(read):
    assert len(read("When,Which?,\n1/2/2023,Phone,Website\n2/2/2023,Phone,Website\n")) == 2


def test_the_number_of_header_rows_can_be_said(read):
    assert _cells(read("A,B\nx,y\nz,z\n1,2\n", header_rows=3)) == [["A", "B"], ["1", "2"]]
    with pytest.raises(SurveyError, match="1 rows, but 2 should name its columns"):
        read("A,B\n", format="surveymonkey")


def test_a_format_that_the_file_is_not_is_refused_by_what_the_file_is(read):
    with pytest.raises(SurveyError, match=r"is text, but .* 'spss'; write format = \"csv\""):
        read("A,B\n1,2\n", format="spss")


def test_a_twin_that_nobody_reads_is_no_matter_and_one_that_is_read_is_refused(small):
    question = '[[question]]\nid = "z"\nkind = "text"\ncolumn = "Z"\n'
    made = small(question, "Z,Name,Name\nx,y,z\n")
    with pytest.raises(SurveyError, match="have a column 'Name \\(1\\)' that no question names"):
        answer_codes.code_replies(made.read_raw(), made.codebook)
    folder = made.raw_path.parent
    codebook = (folder / "codebook.toml").read_text("utf-8")
    listed = codebook.replace("[cleaning]", 'ignored_columns = ["Name"]\n[cleaning]', 1)
    (folder / "codebook.toml").write_text(listed, "utf-8")
    ignoring = codebook_reader.read_codebook(folder / "codebook.toml")
    assert len(answer_codes.code_replies(made.read_raw(), ignoring).frame) == 1
    other = '[[question]]\nid = "y"\nkind = "text"\ncolumn = "Y"\n'
    twins = small(question + other, "Z,Y,Z\nx,a,y\n")
    with pytest.raises(SurveyError, match="2 columns of the data are called 'Z'; name one"):
        answer_codes.code_replies(twins.read_raw(), twins.codebook)
    second = small(question.replace('"Z"', '"Z (2)"'), "Z,Z\nx,y\n")
    assert second.read_raw()["Z (2)"].tolist() == ["y"]


# ---- Several files -----------------------------------------------------------------------------


def test_a_folder_and_a_list_of_files_are_one_survey(tmp_path):
    folder = tmp_path / "waves"
    folder.mkdir()
    (folder / "1.csv").write_text("A,B\n1,2\n", "utf-8")
    (folder / "2.csv").write_text("B,A\n4,3\n6,5\n", "utf-8")
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "~$2.csv").write_bytes(b"\0")
    expected = {"raw_row": [1, 2, 3], "A": ["1", "3", "5"], "B": ["2", "4", "6"]}
    files = [folder / "1.csv", folder / "2.csv"]
    for place in (folder, files):
        assert exports.read_export(place, RawFile(name="waves")).to_dict("list") == expected
    known = exports.sha256(files)
    assert len(exports.read_export(folder, RawFile(name="waves", sha256=known.upper()))) == 3
    with pytest.raises(SurveyError, match=r"1.csv, 2.csv has the SHA-256"):
        exports.read_export(folder, RawFile(name="waves", sha256="0" * 64))


def test_files_whose_columns_differ_are_refused_by_name_unless_most_do(tmp_path):
    (tmp_path / "1.csv").write_text("A,B,C\n1,2,3\n", "utf-8")
    (tmp_path / "2.csv").write_text("A,B,D\n1,2,3\n", "utf-8")
    (tmp_path / "3.csv").write_text("my secret,2,3\n1,2,3\n", "utf-8")
    read = [tmp_path / "1.csv", tmp_path / "2.csv"]
    with pytest.raises(SurveyError, match=r"'C' is in 1.csv alone, 'D' is in 2.csv alone"):
        exports.read_export(read, RawFile(name="1.csv"))
    with pytest.raises(SurveyError, match=r"3.csv lacks 3 of the 3 columns of 1.csv") as refused:
        exports.read_export([tmp_path / "1.csv", tmp_path / "3.csv"], RawFile(name="1.csv"))
    assert "secret" not in str(refused.value)


def test_an_empty_folder_and_one_of_several_kinds_are_refused(tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(SurveyError, match="the folder none has no files"):
        exports.read_export(tmp_path / "none", RawFile(name="none"))
    (tmp_path / "none" / "a.csv").write_text("A\n1\n", "utf-8")
    (tmp_path / "none" / "b.tsv").write_text("A\n1\n", "utf-8")
    with pytest.raises(SurveyError, match=r"files that end in .csv, .tsv; keep those of one kind"):
        exports.read_export(tmp_path / "none", RawFile(name="none"))


def test_a_survey_reads_all_the_files_that_its_codebook_names(demo):
    one = demo().raw_path
    two = one.with_name("more.csv")
    two.write_bytes(one.read_bytes())
    made = demo(None, ('name = "replies.csv"', 'name = ["replies.csv", "more.csv"]'))
    assert made.read_raw()["raw_row"].tolist() == [1, 2]
    assert made.raw_sha256() == exports.sha256([one, two])


# ---- Which file --------------------------------------------------------------------------------


def test_another_file_than_the_codebooks_is_refused_by_its_hash(demo):
    survey = demo(None, ('name = "replies.csv"', f'name = "replies.csv"\nsha256 = "{"0" * 64}"'))
    with pytest.raises(SurveyError, match="has the SHA-256"):
        survey.read_raw()


def test_a_missing_file_says_where_to_get_it(demo):
    survey = demo()
    (survey.raw_path).unlink()
    del survey.__dict__["raw_paths"]
    with pytest.raises(SurveyError, match=r"replies.csv of demo is neither in .*; run the tests"):
        survey.read_raw()


def test_a_file_is_found_in_the_second_place(demo, tmp_path, monkeypatch):
    survey = demo()
    survey.raw_path.rename(tmp_path / "replies.csv")
    del survey.__dict__["raw_paths"]
    monkeypatch.setattr("analysis.paths.RAW_ELSEWHERE", tmp_path)
    assert len(survey.read_raw()) == 1


def test_rows_held_by_columns_are_the_rows_that_were_added(monkeypatch):
    monkeypatch.setattr(_rows, "_BLOCK", 3)
    made, added = _rows.Rows(), [[str(i), "", f"text {i}"] for i in range(8)]
    for row in added:
        made.append(row)
    assert list(made) == added
    assert [made[at] for at in range(-8, 8)] == added + added
    assert made[2:7:2] == added[2:7:2]
    assert made.below(2, 4).to_pylist() == [row[2] for row in added[4:]]
    assert list(made) == added
    with pytest.raises(IndexError, match="no row 8 among 8"):
        made[8]


@pytest.mark.parametrize("regular", [True, False])
def test_a_large_file_is_read_as_its_parts_are(monkeypatch, tmp_path, regular):
    monkeypatch.setattr(_rows, "_BLOCK", 4)
    monkeypatch.setattr(_opened, "_READ", 7)
    if not regular:
        monkeypatch.setattr(_opened, "is_regular", lambda *_: False)
    rows = [f'{i},"a ""{i}"",\nb",Ärger {i} “so”' for i in range(30)]
    (tmp_path / "a.csv").write_text("n,said,word\n" + "\n".join(rows), encoding="utf-8")
    read = exports.read_export([tmp_path / "a.csv"], RawFile(name="a.csv"))
    assert read["said"].tolist() == [f'a "{i}",\nb' for i in range(30)]
    assert read["word"].tolist() == [f"Ärger {i} “so”" for i in range(30)]
