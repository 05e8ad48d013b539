"""What is hidden is [c] in the written spreadsheet and empty in the written CSV, never a number."""

import csv
import zipfile
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from analysis import files, survey
from analysis.chapters.district_profiles import profiles
from analysis.privacy import HIDDEN_NUMBER, is_hidden
from analysis.publish import spreadsheet

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

#: Column of the CSV -> heading of the sheet.
SHEET = {
    "level": "District", "measure": "Measure", "unit": "Unit", "estimate": "Estimate",
    "conf_low": "Lower limit", "conf_high": "Upper limit", "overall": "Everybody",
    "gap": "Gap to everybody\n(points)", "gap_low": "Gap, lower limit\n(points)",
    "gap_high": "Gap, upper limit\n(points)", "n": "People",
    "residents": "Residents, estimated", "residents_low": "Residents, lower limit",
    "residents_high": "Residents, upper limit",
}  # fmt: skip

SHARES = ["estimate", "conf_low", "conf_high", "overall", "gap", "gap_low", "gap_high"]


RESIDENTS = ["residents", "residents_low", "residents_high"]


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def rows(herts):
    return profiles.compare_districts(herts, herts.responses(), seed=3).rows


@pytest.fixture(scope="module")
def written(herts, rows, tmp_path_factory):
    """Write the two files as notebook 08 does; return the cells of the sheet and of the CSV."""
    folder = tmp_path_factory.mktemp("written")
    files.write_csv(rows[profiles.COLUMNS], folder / "one.csv", synthetic=True)
    path = spreadsheet.write_profiles(rows, herts, folder / "one.xlsx")
    with (folder / "one.csv").open(encoding="utf-8", newline="") as opened:
        return sheet_rows(path), list(csv.DictReader(opened))


def sheet_cells(path) -> list[list[object]]:
    """Read the last sheet of a workbook: text, whole numbers, None where nothing stands."""
    with zipfile.ZipFile(path) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(each.itertext()) for each in shared]
        last = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        sheet = ElementTree.fromstring(book.read(last[-1]))
    return [[_value(cell, texts) for cell in row] for row in sheet.iter(f"{MAIN}row")]


def _value(cell, texts: list[str]) -> object:
    value = cell.findtext(f"{MAIN}v")
    if value is None:
        return None
    return texts[int(value)] if cell.get("t") == "s" else float(value)


def sheet_rows(path) -> list[dict[str, object]]:
    """Read the table of a workbook, a dict a row by the headings of the sheet."""
    cells = sheet_cells(path)
    start = next(at for at, row in enumerate(cells) if row[:2] == ["District", "Measure"])
    return [dict(zip(cells[start], row, strict=True)) for row in cells[start + 1 :]]


def row_of(herts, tmp_path, **numbers) -> dict[str, object]:
    """Write one made-up row and read it back."""
    row = {
        "level": "North",
        "measure": "Content",
        "unit": "percent",
        "n": 40,
        "n_low": None,
        "n_high": None,
    }
    row |= dict.fromkeys([*SHARES, *RESIDENTS], 0.5) | numbers
    path = spreadsheet.write_profiles(pd.DataFrame([row]), herts, tmp_path / "one.xlsx")
    return sheet_rows(path)[0]


def test_every_hidden_number_is_the_text_c_in_the_spreadsheet(rows, written):
    sheet, _ = written
    names = [name for name in [*SHARES, *RESIDENTS] if name in SHEET]
    hidden = [(at, name) for name in names for at in np.flatnonzero(is_hidden(rows[name]))]
    assert len(hidden) > 10
    assert {sheet[at][SHEET[name]] for at, name in hidden} == {"[c]"}


def test_no_cell_of_the_spreadsheet_is_blank(written):
    sheet, table = written
    assert len(sheet) == len(table)
    assert all(len(row) == len(SHEET) for row in sheet)
    assert not [row for row in sheet if any(cell in (None, "") for cell in row.values())]


def test_every_hidden_number_is_empty_in_the_csv(rows, written):
    _, table = written
    for name in SHARES:
        empty = [row[name] == "" for row in table]
        assert empty == is_hidden(rows[name]).tolist()


def test_every_shown_number_of_the_spreadsheet_is_that_of_the_csv(written):
    sheet, table = written
    for name in SHARES:
        shown = [(a[SHEET[name]], b[name]) for a, b in zip(sheet, table, strict=True) if b[name]]
        assert shown
        assert [a for a, _ in shown] == [round(100 * float(b)) for _, b in shown]


def test_names_and_people_of_the_spreadsheet_are_those_of_the_csv(written):
    sheet, table = written
    for name in ("level", "measure", "unit"):
        assert [row[SHEET[name]] for row in sheet] == [row[name] for row in table]
    assert [row["People"] for row in sheet] == [int(row["n"]) for row in table]


def test_an_empty_number_of_the_csv_is_c_in_the_spreadsheet_and_no_other_is(written):
    for row, line in zip(*written, strict=True):
        marked = [name for name in SHARES if row[SHEET[name]] == "[c]"]
        assert marked == [name for name in SHARES if line[name] == ""]


def test_residents_are_absent_of_shifts_and_hidden_of_small_districts(rows, written):
    sheet, table = written
    for name in RESIDENTS:
        shown = [each[SHEET[name]] for each in sheet]
        hidden = is_hidden(rows[name])
        absent = rows[name].isna().to_numpy() & ~hidden
        assert {each for each, here in zip(shown, hidden, strict=True) if here} == {"[c]"}
        assert {each for each, here in zip(shown, absent, strict=True) if here} == {"[x]"}
        assert set(rows.loc[absent, "unit"]) == {"points"}
        assert [each[name] == "" for each in table] == (hidden | absent).tolist()


def test_zero_is_a_number_and_not_a_hidden_one(herts, tmp_path):
    row = row_of(herts, tmp_path, gap=0.0, gap_low=-0.04, estimate=HIDDEN_NUMBER)
    assert (row["Gap to everybody\n(points)"], row["Gap, lower limit\n(points)"]) == (0, -4)
    assert row["Estimate"] == "[c]"


def test_an_absent_number_is_not_called_hidden(herts, tmp_path):
    row = row_of(herts, tmp_path, estimate=float("nan"))
    assert row["Estimate"] == "[x]"


def test_the_spreadsheet_says_what_c_means(herts, rows, tmp_path):
    path = spreadsheet.write_profiles(rows.head(1), herts, tmp_path / "one.xlsx")
    assert any(str(row[0]).startswith("[c] rests on too few") for row in sheet_cells(path) if row)


@pytest.mark.parametrize(("low", "said"), [(38.0, True), (None, False)])
def test_the_sheet_says_where_people_are_rounded(herts, tmp_path, low, said):
    row = {"level": "North", "measure": "Content", "unit": "percent", "n": 40, "n_high": 42.0}
    row |= dict.fromkeys([*SHARES, *RESIDENTS], 0.5) | {"n_low": low}
    path = spreadsheet.write_profiles(pd.DataFrame([row]), herts, tmp_path / "one.xlsx")
    texts = [str(cell) for line in sheet_cells(path) for cell in line]
    assert any("People are rounded" in each for each in texts) == said
