"""An export that is read in parts is the export."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import exports, survey
from analysis.errors import SurveyError
from analysis.exports import RawFile, _parts


@pytest.fixture
def small(monkeypatch):
    """Cut after some hundred bytes, or two rows of Parquet."""
    monkeypatch.setattr(_parts, "PART_BYTES", 300)
    monkeypatch.setattr(_parts, "PART_ROWS", 2)


def _in_parts(path, file, wanted=("A",)):
    parts = exports.export_parts(path, file, wanted=wanted)
    read = [exports.read_part(part, file, wanted=wanted) for part in parts]
    whole = pd.concat(read, ignore_index=True)
    assert all(each["raw_row"].tolist() == list(range(1, len(each) + 1)) for each in read)
    return len(parts), whole.assign(raw_row=range(1, len(whole) + 1))


def _text(rows, header="A,B,C"):
    return "\n".join([header, *rows]) + "\n"


ROWS = [f'{at},"said ""{at}"",\nand more","{"x" * (at % 40)}"' for at in range(200)]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_of_text_is_cut_at_the_ends_of_rows(small, tmp_path, mark, end):
    path, file = tmp_path / "a.csv", RawFile(name="a.csv")
    path.write_bytes((mark + _text(ROWS).replace("\n", end)).encode())
    n, found = _in_parts(path, file)
    assert n > 10
    pd.testing.assert_frame_equal(found, exports.read_export(path, file, wanted=["A"]))


def test_three_header_rows_stand_above_every_part(small, tmp_path):
    path, file = tmp_path / "a.csv", RawFile(name="a.csv", format="qualtrics")
    ids = ",".join(f'"{{""ImportId"":""Q{at}""}}"' for at in range(3))
    path.write_text(_text(["What?,Which?,Why?", ids, *ROWS]), encoding="utf-8")
    n, found = _in_parts(path, file)
    assert n > 10
    assert found["A"].tolist() == [str(at) for at in range(200)]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (_text(ROWS, "A,,C"), {}),
        (_text(ROWS, "sep=,\nA,B,C"), {}),
        (_text(ROWS), {"encodings": ("cp1252", "utf-8")}),
        (_text(ROWS, "Title,,\nA,B,C"), {"skip_rows": 1}),
        (_text([each.replace(",", ";") for each in ROWS], "A;B;C"), {}),
    ],
)
def test_a_file_whose_header_leaves_a_doubt_stays_whole(small, tmp_path, text, about):
    path, file = tmp_path / "a.csv", RawFile(name="a.csv", **about)
    path.write_text(text, encoding="utf-8")
    n, found = _in_parts(path, file)
    assert n == 1
    pd.testing.assert_frame_equal(found, exports.read_export(path, file, wanted=["A"]))


@pytest.mark.parametrize(
    "row", [b'1,5" wide,c\n', b"1,2\n", b"1,2,3,\n", b"\xff,b,c\n", b"a\0,b,c\n"]
)
def test_a_part_that_is_read_row_by_row_alone_says_so(small, tmp_path, row):
    path, file = tmp_path / "a.csv", RawFile(name="a.csv")
    rows = _text(ROWS).encode()
    path.write_bytes(rows + row + rows.split(b"\n", 1)[1])
    parts = exports.export_parts(path, file, wanted=["A"])
    with pytest.raises(exports.IrregularPartError, match=r"a\.csv"):
        [exports.read_part(part, file, wanted=["A"]) for part in parts]
    assert parts[0].whole == exports.ExportPart(path=path)


def test_parquet_is_cut_at_its_row_groups(small, tmp_path):
    path, file = tmp_path / "a.parquet", RawFile(name="a.parquet")
    times = pd.Series(pd.Timestamp("2023-10-02") + pd.to_timedelta(np.arange(9), "h"))
    frame = pd.DataFrame(
        {"A": [*"abcdefgh", None], "B": [1.0, np.nan, 0.5, *[2.0] * 6], "C": times}
    )
    frame["D"] = frame["A"].astype("category")
    frame.to_parquet(path, row_group_size=1)
    n, found = _in_parts(path, file)
    assert n == 5
    pd.testing.assert_frame_equal(found, exports.read_export(path, file))
    assert found.loc[[0, 8], ["B", "C"]].to_numpy().tolist() == [
        ["1", "2023-10-02"], ["2", "2023-10-02 08:00:00"],
    ]  # fmt: skip


def test_parts_know_the_wave_of_their_file(small, tmp_path):
    for year in (2023, 2025):
        (tmp_path / f"{year}.csv").write_text(_text(ROWS), encoding="utf-8")
    places = [tmp_path / "2023.csv", tmp_path / "2025.csv"]
    file = RawFile(name="2023.csv", further_names=("2025.csv",), wave_column="Wave")
    n, found = _in_parts(places, file)
    assert n > 20
    pd.testing.assert_frame_equal(found, exports.read_export(places, file, wanted=["A"]))


def test_a_file_of_another_sha256_is_refused_before_it_is_cut(small, tmp_path):
    (tmp_path / "a.csv").write_text(_text(ROWS), encoding="utf-8")
    with pytest.raises(SurveyError, match="has the SHA-256"):
        exports.export_parts(tmp_path / "a.csv", RawFile(name="a.csv", sha256="0" * 64))


def test_the_default_survey_in_parts_is_the_survey(monkeypatch):
    monkeypatch.setattr(_parts, "PART_BYTES", 20_000)
    herts = survey.load("herts_2023")
    asked = [name for each in herts.codebook.questions for name in each.source_columns]
    file = replace(herts.codebook.file)
    n, found = _in_parts(herts.raw_paths, file, asked)
    assert n > 5
    pd.testing.assert_frame_equal(found, herts.read_raw())
