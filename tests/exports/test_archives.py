"""Workbooks that would fill the memory, run or fetch something are refused in one sentence."""

import io
import struct
import tracemalloc
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from analysis import exports
from analysis.errors import SurveyError
from analysis.exports import RawFile, _archives, _stored


def _workbook(rows=(["A", "B"], [1, "x"])) -> dict[str, bytes]:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _read(tmp_path, parts, name="replies.xlsx", change=lambda content: content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    path = tmp_path / name
    path.write_bytes(change(file.getvalue()))
    return exports.read_export(path, RawFile(name=name))


def test_a_workbook_without_any_of_it_is_read(tmp_path):
    assert _read(tmp_path, _workbook()).loc[0, "B"] == "x"


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_unpacks_to_too_many_times_its_size_is_refused(tmp_path):
    parts = _workbook()
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", b" " * 60_000_000 + b"<sheetData>")
    tracemalloc.start()
    with pytest.raises(
        SurveyError, match=r"^replies.xlsx unpacks to 6\d,\d+,\d+ bytes, [\d,]+ times"
    ):
        _read(tmp_path, parts)
    tracemalloc.stop()


def test_a_workbook_that_unpacks_to_too_much_is_refused_whatever_its_size(monkeypatch, tmp_path):
    monkeypatch.setattr(_archives, "MOST_BYTES", 1000)
    with pytest.raises(SurveyError, match=r"unpacks to .* bytes"):
        _read(tmp_path, _workbook())


def test_a_part_that_is_larger_than_it_states_is_refused(tmp_path):
    """The directory says 1,000 bytes; what is packed there is 60 million."""
    parts = _workbook()
    parts["xl/theme/theme1.xml"] = b"<a>" + b" " * 60_000_000 + b"</a>"
    true = struct.pack("<L", len(parts["xl/theme/theme1.xml"]))
    false = struct.pack("<L", 1000)
    tracemalloc.start()
    with pytest.raises(SurveyError, match=r"holds something else than it states \(xl/theme/theme1"):
        _read(tmp_path, parts, change=lambda content: content.replace(true, false))
    assert tracemalloc.get_traced_memory()[1] < 30_000_000 + 60_000_000 * 3  # what the test makes
    tracemalloc.stop()


@pytest.mark.parametrize("part", [
    "xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "custom/vbaProject.bin", "xl/macrosheets/sheet1.xml",
    "xl\\macrosheets\\sheet1.xml",
])  # fmt: skip
@pytest.mark.parametrize("name", ["replies.xlsx", "replies.xlsm"])
def test_macros_are_refused_under_any_name(tmp_path, part, name):
    with pytest.raises(SurveyError, match=f"^{name} is a workbook with macros, .* as CSV$"):
        _read(tmp_path, _workbook() | {part: b"x"}, name=name)


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
FETCHES = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "declared", [LAUGHS, FETCHES, b"<!DOCTYPE a SYSTEM 'http://example.org/a'>"]
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml",
                                  "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])  # fmt: skip
def test_a_type_of_document_is_refused_wherever_it_stands(tmp_path, part, declared):
    parts = _workbook()
    start, mark, rest = (
        parts[part].partition(b"?>") if b"?>" in parts[part] else (b"", b"", parts[part])
    )
    parts[part] = start + mark + declared + rest
    with pytest.raises(SurveyError, match=r"declares a type of document in .*; save the"):
        _read(tmp_path, parts)


def test_a_type_of_document_behind_a_long_comment_or_in_utf_16_is_seen(tmp_path):
    parts = _workbook()
    for before in (b"<!--" + b"x" * (_archives._BLOCK - 10) + b"-->", b""):
        text = before + LAUGHS + b"<a/>"
        for content in (text, text.decode().encode("utf-16")):
            with pytest.raises(SurveyError, match="declares a type of document"):
                _read(tmp_path, parts | {"xl/styles.xml": content})


def test_links_to_other_files_are_not_followed(tmp_path):
    parts = _workbook()
    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"</externalLink>"
    )
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/>'
        b"</Relationships>"
    )
    more = {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": rels,
    }
    assert _read(tmp_path, parts | more).loc[0, "B"] == "x"


def test_a_sheet_of_wide_rows_is_refused_before_all_of_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(_stored, "_MOST_CELLS", 100)
    read = []
    cell = _stored._workbook_cell
    monkeypatch.setattr(_stored, "_workbook_cell", lambda each: read.append(1) or cell(each))
    with pytest.raises(SurveyError, match="reaches to row 6 and column 20"):
        _read(tmp_path, _workbook([["x"] * 20] * 1000))
    assert len(read) == 120


def test_empty_cells_and_rows_at_the_ends_do_not_count(tmp_path, monkeypatch):
    monkeypatch.setattr(_stored, "_MOST_CELLS", 10)
    rows = [["A", "B", *[""] * 20], [1, 2, *[""] * 20], *[[""] * 20] * 30]
    assert _read(tmp_path, _workbook(rows)).shape == (1, 3)


def test_a_parquet_file_of_one_value_a_million_times_is_refused(tmp_path):
    path = tmp_path / "replies.parquet"
    parquet.write_table(pa.table({"a": pa.array(["x"] * 3_000_000).dictionary_encode()}), path)
    assert path.stat().st_size < 15_000
    with pytest.raises(SurveyError, match=r"says that it holds 3,000,000 rows; export the replies"):
        exports.read_export(path, RawFile(name=path.name))


def test_a_parquet_file_of_replies_is_read(tmp_path):
    path = tmp_path / "replies.parquet"
    pd.DataFrame({"a": range(5000), "b": "x"}).to_parquet(path)
    assert len(exports.read_export(path, RawFile(name=path.name))) == 5000
