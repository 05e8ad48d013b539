"""Which columns are answers of one question is told by the header rows, not by the wording."""

import tomllib
from pathlib import Path

import openpyxl
import pytest
import tool_exports
from settled_drafts import accepted

from analysis import cleaning, drafting, exports

WAYS = ["Phone, 101", "Website", "Front desk", "At home"]

#: How a question says that several answers may be ticked, and that it does not.
WORDINGS = [
    "Which did you use?",
    "Which did you use? (Please tick all that apply)",
    "Which did you use? (Tick all)",
    "Which did you use? Please tick all that apply.",
    "Which did you use (tick all that apply)?",
    "Ways of contact",
    "Ways of contact - in the last year",
    "Tell us which of these you used: you may select more than one",
    "Please tick all that apply",
    "Q4. Which did you use [select up to three]",
    "You said that you had been in touch. Which did you use",
]


def _said(options: list[str], cell, n: int = 60) -> list[list[str]]:
    """Make cells: who has ticked what goes round."""
    chosen = [{options[at % len(options)], options[at % 3 % len(options)]} for at in range(n)]
    return [[cell(option, option in some) for option in options] for some in chosen]


def _write(folder: Path, question: str, options: list[str], cells: list[list[str]], tool: str):
    above = ["Date", question, *[""] * (len(options) - 1), "Your age group"]
    below = ["", *options, "Response"]
    if tool == "smartsurvey":
        above[0:0], below[0:0] = ["UserID", "UserNo"], ["", ""]
    ids = [[str(at), str(at)] if tool == "smartsurvey" else [] for at in range(len(cells))]
    ages = ["16-24", "25-44", "45-64"]
    rows = [
        [*before, f"2025-03-{at % 28 + 1:02} 10:00:00", *row, ages[at % 3]]
        for at, (before, row) in enumerate(zip(ids, cells, strict=True))
    ]
    if tool == "workbook":
        path = folder / "replies.xlsx"
        book = openpyxl.Workbook()
        for row in [above, below, *rows]:
            book.active.append([cell or None for cell in row])
        book.save(path)
    else:
        path = folder / "replies.csv"
        path.write_text(tool_exports.as_csv([above, below, *rows]), encoding="utf-8")
    return path


def _draft(path: Path) -> str:
    file = exports.guess(path)
    text = drafting.draft(
        exports.read_export(path, file),
        file,
        name="drafted",
        wordings=exports.labels(path, file),
        labels=exports.value_labels(path, file),
        parts=exports.parts(path, file),
    )
    codebook = accepted(text)
    cleaned = cleaning.clean(exports.read_export(path, codebook.file), codebook)
    assert len(cleaned.responses) == len(exports.read_export(path, file))
    return text


def _questions(text: str) -> list[dict]:
    return tomllib.loads(text)["question"]


@pytest.mark.parametrize("question", WORDINGS)
@pytest.mark.parametrize("tool", ["surveymonkey", "smartsurvey", "workbook"])
def test_columns_below_one_question_are_its_answers_however_it_is_worded(tmp_path, question, tool):
    cells = _said(WAYS, lambda option, ticked: option if ticked else "")
    _, asked, _ = _questions(_draft(_write(tmp_path, question, WAYS, cells, tool)))
    assert asked["kind"] == "multiple"
    assert asked["wording"] == question
    assert [each["label"] for each in asked["answers"]] == WAYS
    assert set(asked["answer_columns"].values()) == {f"{question} {way}" for way in WAYS}


@pytest.mark.parametrize("cell", ["1", "x"])
def test_ticks_may_be_marks(tmp_path, cell):
    cells = _said(WAYS, lambda option, ticked: cell if ticked else "0")
    path = _write(tmp_path, "Which?", WAYS, cells, "surveymonkey")
    assert [each["kind"] for each in _questions(_draft(path))] == ["date", "multiple", "single"]


@pytest.mark.parametrize(
    "scale",
    [
        ["Very poor", "Poor", "Good"], ["Daily", "Weekly", "Never"], ["1", "2", "3", "4"],
        ["Red", "Amber", "Green"], ["Yes", "No"], ["Yes", "No", "Don't know"],
    ],
)  # fmt: skip
def test_a_grid_is_a_question_a_row_with_the_wording_of_both(tmp_path, scale):
    rows = ["Speed", "Manners", "Clear advice"]
    cells = [[scale[(at + of) % len(scale)] for of in range(3)] for at in range(60)]
    path = _write(tmp_path, "Please rate each", rows, cells, "surveymonkey")
    grid = _questions(_draft(path))[1:4]
    assert [each["wording"] for each in grid] == [f"Please rate each: {row}" for row in rows]
    assert {each["kind"] for each in grid} <= {"single", "ordered"}
    assert [each["column"] for each in grid] == [f"Please rate each {row}" for row in rows]


def test_a_grid_of_ratings_that_are_nearly_all_one_is_no_list_of_ticks(tmp_path):
    cells = [["1", "1", str(at % 4 + 1), str(at % 5 + 1)] for at in range(60)]
    path = _write(tmp_path, "Rate", ["Speed", "Manners", "Advice", "Care"], cells, "surveymonkey")
    assert "multiple" not in {each["kind"] for each in _questions(_draft(path))}


def test_yes_and_no_are_ticks_where_the_question_asks_to_tick(tmp_path):
    cells = _said(WAYS, lambda _, ticked: "Yes" if ticked else "No")
    path = _write(tmp_path, "Which? Please tick all that apply", WAYS, cells, "surveymonkey")
    asked = _questions(_draft(path))[1]
    assert asked["kind"] == "multiple"
    assert "yes and no" in asked["decide"]


@pytest.mark.parametrize(
    "header",
    [
        "Which did you use? (tick all that apply) {}", "Which did you use? (Tick all) - {}",
        "Which did you use? Please select all that apply. {}",
        "Which did you use? Please select all that apply: {}",
        "Which did you use (tick all that apply)? {}", "Which did you use? - {} (tick all)",
        "Which did you use? (choose as many as you like) [{}]", "Which did you use - {}",
        "Which did you use? [{}]", "Which did you use? ({})",
    ],
)  # fmt: skip
@pytest.mark.parametrize("marked", [True, False])
def test_in_one_header_row_what_tells_how_to_answer_is_no_part_of_an_option(
    tmp_path, header, marked
):
    ways = ["Phone", "Website", "Front desk"]
    cells = _said(ways, lambda option, ticked: ("1" if marked else option) if ticked else "")
    path = tmp_path / "replies.csv"
    path.write_text(tool_exports.as_csv([[header.format(way) for way in ways], *cells]), "utf-8")
    (asked,) = _questions(_draft(path))
    assert [each["label"] for each in asked["answers"]] == ways
    assert asked["wording"].startswith("Which did you use")
    assert "hone" not in asked["wording"]


def test_without_any_mark_a_header_that_ends_with_its_cells_is_parted_there(tmp_path):
    ways = ["Phone", "Website", "Front desk", "Fax"]
    cells = _said(ways[:3], lambda option, ticked: option if ticked else "")
    path = tmp_path / "replies.csv"
    rows = [[f"Ways that you used {way}" for way in ways], *([*row, ""] for row in cells)]
    path.write_text(tool_exports.as_csv(rows), "utf-8")
    (asked,) = _questions(_draft(path))
    assert asked["wording"] == "Ways that you used"
    assert [each["label"] for each in asked["answers"]] == ways


def test_a_column_for_those_who_do_not_know_is_a_kind_of_missing_and_its_text_is_read(tmp_path):
    ways = ["Phone", "Website", "Don't know", "Can't say"]
    cells = [[way if at % 4 == n else "" for n, way in enumerate(ways)] for at in range(80)]
    path = _write(tmp_path, "Which did you use?", ways, cells, "surveymonkey")
    text = _draft(path)
    _, asked, _ = _questions(text)
    assert asked["missing_columns"] == {"dont_know": "Which did you use? Don't know"}
    assert asked["missing"] == {"dont_know": ["Don't know"]}
    assert tomllib.loads(text)["file"]["ignored_columns"] == ["Which did you use? Can't say"]


def test_questions_on_channels_may_be_a_column_each_and_a_column_for_each_answer(tmp_path):
    ways = ["Phone", "Website"]
    used = [[way if at % 2 == n else "" for n, way in enumerate(ways)] for at in range(60)]
    rows = [["Which have you used to contact us?", "", "How would you prefer to contact us?"],
            [*ways, "Response"]]  # fmt: skip
    rows += [[*row, ["Phone", "Website", "App"][at % 3]] for at, row in enumerate(used)]
    path = tmp_path / "replies.csv"
    path.write_text(tool_exports.as_csv(rows), "utf-8")
    first, second = _questions(_draft(path))
    assert first["answers"] == second["answers"] == "channels"
    assert first["not_offered"] == ["app"]
