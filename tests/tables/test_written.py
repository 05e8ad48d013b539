"""The workbook as a screen reader meets it, and the two CSV files beside it."""

import csv
import math
import re
import warnings
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from analysis import cleaning, tables
from analysis.errors import SurveyError
from analysis.tables import sheets, workbook

GROUPS = ["By district", "By age", "By sex", "By channel used", "By preferred or not"]

TABLES = ["Topline", *GROUPS, "Tests"]


@pytest.fixture(scope="module")
def folder(herts, tmp_path_factory):
    made = tmp_path_factory.mktemp("tables")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tables.write_tables(herts, made)
    return made


@pytest.fixture(scope="module")
def opened(folder):
    return openpyxl.load_workbook(folder / "tables.xlsx")


def texts(sheet) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def body(sheet) -> pd.DataFrame:
    """Return the one table of a sheet."""
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return pd.DataFrame(rows[1:], columns=rows[0])


def test_a_cover_a_contents_sheet_notes_and_one_table_a_sheet(opened):
    assert opened.sheetnames == ["Cover", "Contents", "Notes", *TABLES]
    for sheet in opened:
        assert len(sheet.tables) == (sheet.title != "Cover")
        assert not sheet.merged_cells.ranges


def test_every_sheet_is_listed_in_the_contents(opened):
    listed = body(opened["Contents"])["Sheet name"].tolist()
    assert listed == opened.sheetnames[3:]


def test_every_table_has_a_header_row_and_no_blank_cell(opened):
    for name in TABLES:
        table = body(opened[name])
        assert len(table) > 10
        assert table.columns.is_unique
        assert not table.isin(["", None]).any(axis=None), name


def test_every_note_that_a_sheet_refers_to_is_on_the_sheet_of_notes(opened):
    there = {str(each) for each in body(opened["Notes"])["Note number"]}
    for name in TABLES:
        said = " ".join(texts(opened[name])[:4])
        referred = set(re.findall(r"\[note (\d+)\]", said))
        assert referred
        assert referred <= there


def test_synthetic_data_say_so_on_the_cover_in_each_sheet_and_in_each_row(opened, folder):
    for name in ["Cover", *TABLES]:
        assert any("Synthetic data" in each for each in texts(opened[name])[:4]), name
    for name in ("topline.csv", "banner.csv"):
        assert set(pd.read_csv(folder / name)["data"]) == {"synthetic"}


def test_what_is_hidden_is_c_and_the_sheet_says_what_it_means(opened):
    for name in TABLES[:-1]:
        assert body(opened[name]).isin(["[c]"]).any(axis=None)
        assert any(each.startswith("[c] rests on too few people") for each in texts(opened[name]))


def test_the_sheet_and_the_csv_show_the_same_shares(opened, folder):
    sheet = body(opened["Topline"])
    table = pd.read_csv(folder / "topline.csv")
    assert len(sheet) == len(table)
    shown = ["[c]" if pd.isna(each) else round(100 * each) for each in table["estimate"]]
    assert sheet["Share\n(percent)"].tolist() == shown


def test_a_banner_and_the_csv_show_the_same_shares(opened, folder):
    sheet = body(opened["By sex"])
    table = pd.read_csv(folder / "banner.csv")
    women = table[(table["by"] == "sex") & (table["group"] == "Female")]
    shown = ["[c]" if pd.isna(each) else round(100 * each) for each in women["estimate"]]
    assert sheet.loc[sheet["Unit"] == sheets.SHARE, "Female"].tolist() == shown


@pytest.mark.parametrize(("name", "by"), [("By sex", "sex"), ("By age", "age")])
def test_the_limits_of_its_interval_stand_below_every_share(opened, folder, name, by):
    sheet = body(opened[name])
    table = pd.read_csv(folder / "banner.csv")
    table = table[table["by"] == by].set_index(["wording", "answer", "group"])
    seen = 0
    for at, row in sheet[sheet["Unit"] == "percent"].iterrows():
        shown = [each for each in row.iloc[3:] if each != "[c]"]
        below = sheet.loc[at + 1 : at + 2]
        if not shown:
            assert not below["Unit"].head(1).str.startswith("percent, ").any()
            continue
        assert below["Unit"].tolist() == ["percent, lower limit", "percent, upper limit"]
        assert (below[["Question", "Answer"]] == row[["Question", "Answer"]]).all(axis=None)
        for group in sheet.columns[3:]:
            said, (low, high) = row[group], below[group]
            told = table.loc[(row["Question"], row["Answer"], group)]
            if said == "[c]":
                assert (low, high) == ("[c]", "[c]")
                continue
            assert [low, high] == [round(100 * told[end]) for end in ("conf_low", "conf_high")]
            assert said == "[u]" or low <= said <= high
            seen += 1
    assert seen > 60


def test_shares_are_bold_and_their_limits_are_not(opened):
    sheet = opened["By sex"]
    bold = {row[2].value: row[3].font.b for row in sheet.iter_rows(min_row=8)}
    assert bold["percent"]
    assert not any(
        bold[unit] for unit in ("people", "percent, lower limit", "percent, upper limit")
    )


def test_text_fits_its_cell(opened):
    for sheet in opened:
        if sheet.title == "Cover":
            continue
        (table,) = sheet.tables.values()
        widths: dict[str, float] = {}
        for each in sheet.column_dimensions.values():  # alike ones are kept together
            for column in range(each.min, each.max + 1):
                widths[get_column_letter(column)] = each.width
        assert max(widths.values()) < (101 if sheet.title in ("Contents", "Notes") else 61)
        for row in sheet[table.ref]:
            height = sheet.row_dimensions[row[0].row].height
            for cell in row:
                letters = max(len(line) for line in str(cell.value).split("\n"))
                assert height >= 15 * math.ceil(letters / widths[cell.column_letter])
                assert cell.alignment.wrap_text or letters <= widths[cell.column_letter]


def test_a_page_is_as_wide_as_its_sheet_and_repeats_the_heading(opened):
    for name in TABLES:
        sheet = opened[name]
        (table,) = sheet.tables.values()
        first = table.ref.partition(":")[0].strip("A")
        assert sheet.print_title_rows == f"${first}:${first}"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((None, 0), (1, 0))
        assert sheet.freeze_panes is None


def test_each_mark_is_explained_where_it_is_used_and_only_there(opened):
    for name in TABLES:
        cells = set(body(opened[name]).astype("str").to_numpy().ravel())
        above = [each.split()[0] for each in texts(opened[name])[:7]]
        for mark in ("[c]", "[x]", "[u]"):
            assert (mark in cells) == (mark in above), (name, mark)


def test_the_csv_has_a_row_an_answer_and_group_with_the_test(folder):
    table = pd.read_csv(folder / "banner.csv", keep_default_na=False)
    assert not table.duplicated(["question", "by", "group", "answer"]).any()
    assert set(table["p_adjusted"]) <= {"< 0.001", "< 0.01", "< 0.05", "0.05 or more"}
    age = table[(table["by"] == "age") & (table["question"] == "video_use")]
    assert set(age["p_adjusted"]) == {"< 0.001"}


def test_the_same_responses_give_the_same_bytes(herts, folder, tmp_path):
    for path in tables.write_tables(herts, tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_nothing_that_a_person_wrote_is_in_the_files(herts, folder, opened):
    raw = herts.read_raw()
    written = [herts.codebook.question(role).column for role in ("change", "change_why")]
    said = {text for column in written for text in raw[column] if len(text) > 20}
    there = {text for sheet in opened for text in texts(sheet)}
    for name in ("topline.csv", "banner.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            there |= {cell for row in csv.reader(lines) for cell in row}
    assert len(said) > 300
    assert not said & there


ROWS = [
    f"03/10/2023 1{at % 9}:0{at % 7}:{at:02d},03/10/2023 1{at % 9}:4{at % 7}:{at:02d},Lives,Yes,"
    f"{('Website', 'By telephone')[at % 2]};,{('By telephone', 'Website', 'Website')[at % 3]},"
    f"Fine {at}"
    for at in range(40)
]


def held(survey):
    return survey.holding(cleaning.clean(survey.read_raw(), survey.codebook).responses)


def test_a_label_that_looks_like_a_formula_is_refused(demo):
    formula = "=HYPERLINK('x')"
    with pytest.raises(SurveyError, match="label is a formula to a spreadsheet"):
        demo(ROWS, ('label = "Telephone"', f'label = "{formula}"'))


def test_what_is_not_made_is_named_in_the_contents_with_the_reason(demo, tmp_path):
    tables.write_tables(held(demo(ROWS)), tmp_path / "out")
    said = texts(openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")["Contents"])
    assert "Not made: answers by age: the survey did not ask about age." in said
    assert any(each.startswith("Not made: weighted shares: the survey brings no") for each in said)


def test_a_survey_of_too_few_people_has_no_tables(demo, tmp_path):
    made = held(demo(ROWS[:9], ("disclosure_threshold = 2", "disclosure_threshold = 50")))
    assert tables.write_tables(made, tmp_path / "out") == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("replies", [30, 60, 120])
def test_small_surveys_have_tables(variant, tmp_path, replies):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = tables.write_tables(variant(replies=replies), tmp_path / "out")
    assert [path.name for path in made] == list(tables.NAMES)


def test_a_survey_without_channels_weights_and_groups_has_a_topline(variant, tmp_path):
    gone = ["district", "age", "sex", "used", "used_last", "preferred", "was_preferred"]
    made = variant(replies=200, without=gone)
    tables.write_tables(made, tmp_path / "out")
    opened = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    assert opened.sheetnames == ["Cover", "Contents", "Notes", "Topline"]
    said = " ".join(texts(opened["Contents"]))
    for what in ("district", "age", "sex", "weighted shares"):
        assert f"Not made: answers by {what}:" in said or f"Not made: {what}:" in said


def test_without_groups_to_compare_there_is_no_file_of_them(variant, tmp_path):
    asked = ["district", "age", "sex", "used", "used_last", "preferred", "was_preferred"]
    made = tables.write_tables(variant(replies=60, without=asked), tmp_path / "out")
    assert [path.name for path in made] == ["tables.xlsx", "topline.csv"]


def test_a_real_survey_has_tables_in_its_own_words(ape11, tmp_path):
    tables.write_tables(held(ape11), tmp_path / "out")
    opened = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    assert "By region" in opened.sheetnames
    assert not any("Synthetic" in text for sheet in opened for text in texts(sheet))
    assert set(pd.read_csv(tmp_path / "out" / "banner.csv")["data"]) == {"real"}


def test_a_survey_with_several_channels_a_person_is_laid_out_by_them(ape11, tmp_path):
    tables.write_tables(held(ape11), tmp_path / "out")
    opened = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    sheet = body(opened["By activity used"])
    assert list(sheet)[3:] == ["Contact", "Campaign", "Petition", "Money", "Vote"]
    notes = body(opened["Notes"])
    (overlap,) = notes.loc[
        notes["Note text"].str.contains("are then in several columns"), "Note number"
    ]
    assert any(f"[note {overlap}]" in each for each in texts(opened["By activity used"])[:4])
    assert not any(f"[note {overlap}]" in each for each in texts(opened["By age"])[:4])
    left_out = (
        "answers on use and preference by groups of activities used: notebook 03 compares these"
    )
    assert f"Not made: {left_out}." in texts(opened["Contents"])
    tests = body(opened["Tests"])
    by_group = tests[tests["Groups"] == "Groups of activities used"]
    assert set(by_group["Group against the others"]) == set(list(sheet)[3:])
    rows = pd.read_csv(tmp_path / "out" / "banner.csv")
    vote = rows[(rows["by"] == "groups of activities used") & (rows["group"] == "Vote")]
    assert set(vote.loc[vote["question"] == "satisfaction", "p_adjusted"]) == {"< 0.001"}


def test_notes_that_no_table_refers_to_are_left_out(herts, tmp_path):
    table = workbook.gptables.GPTable(
        table=pd.DataFrame({"a": [1]}), table_name="one", title="One", subtitles=["Said $$here$$"]
    )
    cover = workbook.gptables.Cover(title="Cover", intro=["One"])
    path = workbook.write(
        tmp_path / "one.xlsx", herts.codebook, {"One": table}, cover=cover,
        notes={"here": "Referred to", "gone": "Not referred to"},
    )  # fmt: skip
    assert body(openpyxl.load_workbook(path)["Notes"])["Note text"].tolist() == ["Referred to"]


def test_two_questions_of_the_same_wording_stay_apart(book, herts):
    alike = replace(book, banner=book.banner.assign(wording="The same"))
    plain, same = (sheets.lay_out(each, herts)["By sex"].table for each in (book, alike))
    assert same.drop(columns="Question").equals(plain.drop(columns="Question"))
