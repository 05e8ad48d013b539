"""A column of free text behind "Other" goes with its question, whatever tool wrote it."""

import tomllib
from pathlib import Path

import pytest
import tool_exports
from settled_drafts import accepted

from analysis import cleaning, drafting, exports

WAYS = ["Desk", "Phone", "Website"]
TEXTS = [f"by pigeon number {n}" for n in range(30)]
BOX = "Other (please specify)"


def _replies() -> list[dict]:
    """Make replies: one way or the text, several of them, and an age group."""
    made = []
    for at in range(90):
        text = TEXTS[at // 3] if at % 3 == 0 else ""
        made.append({
            "one": "" if text else WAYS[at % 3], "one_text": text,
            "several": [way for n, way in enumerate(WAYS) if (at + n) % 2],
            "several_text": TEXTS[at // 5] if at % 5 == 0 else "",
            "age": ["16-24", "25-44", "45-64"][at % 3],
        })  # fmt: skip
    return made


def _ticks(reply: dict, tick: str = "") -> list[str]:
    return [(tick or way) if way in reply["several"] else "" for way in WAYS]


def _one_column(replies: list[dict], folder: Path) -> Path:
    """Write free text behind "Other:" in the cells of the answers."""
    rows = [["How did you first contact us?", "Which of these did you use?", "Your age group"]]
    for each in replies:
        texts = {key: f"Other: {each[f'{key}_text']}" for key in ("one", "several")}
        several = [*each["several"], *([texts["several"]] if each["several_text"] else [])]
        rows.append([each["one"] or texts["one"], "".join(f"{w};" for w in several), each["age"]])
    return _csv(folder, rows)


def _csv(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "replies.csv"
    path.write_text(tool_exports.as_csv(rows), "utf-8")
    return path


def _two_rows(replies: list[dict], folder: Path, *before: str) -> Path:
    """Write SurveyMonkey: the box is a column beside the answer, and one of the ticks."""
    above = [*before, "How did you first contact us?", "", "Which of these did you use?", "", "",
             "", "Your age group"]  # fmt: skip
    below = [*[""] * len(before), "Response", BOX, *WAYS, BOX, "Response"]
    rows = [
        [*[str(at)] * len(before), each["one"], each["one_text"], *_ticks(each),
         each["several_text"], each["age"]]
        for at, each in enumerate(replies)
    ]  # fmt: skip
    return _csv(folder, [above, below, *rows])


def _smartsurvey(replies: list[dict], folder: Path) -> Path:
    return _two_rows(replies, folder, "UserID", "UserNo")


def _qualtrics(replies: list[dict], folder: Path) -> Path:
    names = ["Q3", "Q3_7_TEXT", "Q4_1", "Q4_2", "Q4_3", "Q4_4", "Q4_4_TEXT", "Q5"]
    one, several = "How did you first contact us?", "Which of these did you use?"
    asked = [
        f"{one} - Selected Choice", f"{one} - {BOX} - Text",
        *(f"{several} - Selected Choice - {way}" for way in (*WAYS, BOX)),
        f"{several} - {BOX} - Text", "Your age group",
    ]  # fmt: skip
    rows = [names, asked, [f'{{"ImportId":"{name}"}}' for name in names]]
    for each in replies:
        one_way = BOX if each["one_text"] else each["one"]
        other = BOX if each["several_text"] else ""
        rows.append([one_way, each["one_text"], *_ticks(each), other, each["several_text"],
                     each["age"]])  # fmt: skip
    return _csv(folder, rows)


def _limesurvey(replies: list[dict], folder: Path, *, codes: bool = False) -> Path:
    one, several = "How did you first contact us?", "Which of these did you use?"
    age = "Your age group"
    options = [f"[{way}]" for way in WAYS]
    if codes:
        one, several, age, options = "Q3", "Q4", "Q5", ["[SQ001]", "[SQ002]", "[SQ003]"]
    join = "" if codes else " "
    header = ["Response ID", one, f"{one}{join}[other]", *(f"{several}{join}{o}" for o in options),
              f"{several}{join}[other]", age]  # fmt: skip
    rows = [
        [str(at + 1000), each["one"] or "Other", each["one_text"],
         *(tick or ("" if codes else "No") for tick in _ticks(each, "Y" if codes else "Yes")),
         each["several_text"], each["age"]]
        for at, each in enumerate(replies)
    ]  # fmt: skip
    return _csv(folder, [header, *rows])


def _limesurvey_codes(replies: list[dict], folder: Path) -> Path:
    return _limesurvey(replies, folder, codes=True)


TOOLS = [_two_rows, _smartsurvey, _qualtrics, _limesurvey, _limesurvey_codes]


def _drafted(path: Path) -> tuple[dict, str]:
    """Draft, accept and clean: question -> cleaned answers, by place."""
    file = exports.guess(path)
    frame = exports.read_export(path, file)
    text = drafting.draft(
        frame, file, name="drafted", wordings=exports.labels(path, file),
        labels=exports.value_labels(path, file), parts=exports.parts(path, file),
    )  # fmt: skip
    codebook = accepted(text)
    cleaned = cleaning.clean(exports.read_export(path, codebook.file), codebook).responses
    asked = [each for each in codebook.questions if each.kind in ("single", "multiple")]
    return {
        at: cleaned[list(each.columns)].to_numpy().tolist() for at, each in enumerate(asked)
    }, text


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.__name__.strip("_"))
def test_a_draft_cleans_the_same_replies_to_the_same_answers(tmp_path, tool):
    (tmp_path / "plain").mkdir()
    expected, _ = _drafted(_one_column(_replies(), tmp_path / "plain"))
    assert len(expected) == 3
    assert sum(row == ["other"] for row in expected[0]) == 30
    found, text = _drafted(tool(_replies(), tmp_path))
    assert found == expected
    assert "pigeon" not in text
    one, several = [each["other"] for each in tomllib.loads(text)["question"] if "other" in each]
    assert one["code"] == several["code"] == "other"
    assert one["column"]
    assert several["column"]


def _plain(tmp_path, header: str, first: list[str], second: list[str], question="How?") -> dict:
    rows = [[question, header, "Well?"], *zip(first, second, ["Yes", "No"] * 45, strict=True)]
    _, text = _drafted(_csv(tmp_path, rows))
    return {each["column"]: each for each in tomllib.loads(text)["question"]}


@pytest.mark.parametrize(
    "header",
    ["If other, please specify", "Other (please specify)", "Other - please state", "Please specify",
     "If you selected other, please give details"],
)  # fmt: skip
def test_a_column_that_only_its_place_tells_is_taken_with_a_mark(tmp_path, header):
    replies = _replies()
    ways = [each["one"] or "Other" for each in replies]
    found = _plain(tmp_path, header, ways, [each["one_text"] for each in replies])
    assert list(found) == ["How?", "Well?"]
    assert found["How?"]["other"] == {"code": "other", "column": header}
    assert "is taken for the text behind its answer" in found["How?"]["decide"]


@pytest.mark.parametrize("header", ["Why?", "Other comments", "What other ways would you like?"])
def test_an_open_question_is_no_box_of_the_one_before(tmp_path, header):
    replies = _replies()
    ways = [each["one"] or "Other" for each in replies]
    assert header in _plain(tmp_path, header, ways, [each["one_text"] for each in replies])


def test_the_box_of_an_open_question_is_a_question(tmp_path):
    texts = [f"road {n} is dark" for n in range(90)]
    assert "Please specify" in _plain(tmp_path, "Please specify", texts, texts, "Why?")


def test_an_answer_that_gathers_others_under_another_name_has_the_text(tmp_path):
    replies = _replies()
    ways = [each["one"] or "Something else" for each in replies]
    boxes = [each["one_text"] for each in replies]
    found = _plain(tmp_path, "How? [Something else]", ways, boxes)
    assert found["How?"]["other"]["code"] == "something_else"


def test_the_text_behind_other_of_answers_that_cannot_be_listed_yet_says_so(tmp_path):
    rows = [["How?", "How? [Other]"], ["Phone", ""], ["Web", ""], ["", "by pigeon"], ["", "an owl"]]
    _, text = _drafted(_csv(tmp_path, rows))
    first, second = tomllib.loads(text)["question"]
    assert first["kind"] == second["kind"] == "text"
    assert "behind the answer Other of the column 'How?'" in second["decide"]


@pytest.mark.parametrize("cells", [["7", "12", "40"], ["2025-03-01", "2025-03-02", "2025-03-03"]])
def test_a_box_that_the_header_gives_to_a_question_may_hold_numbers_or_days(tmp_path, cells):
    ways = ["Phone", "Website", "Other"] * 30
    found = _plain(tmp_path, "How? [Other]", ways, [*["", ""] * 30, *cells * 10])
    assert found["How?"]["other"]["column"] == "How? [Other]"


def test_names_tell_whose_text_a_column_holds_where_no_wording_does(tmp_path):
    replies = _replies()
    rows = [["Q3", "Q3_7_TEXT", "Q4_1", "Q4_2", "Q4_3", "Q4_9_TEXT", "Q5"]]
    rows += [
        [each["one"], each["one_text"], *_ticks(each, "1"), each["several_text"], each["age"]]
        for each in replies
    ]
    found, text = _drafted(_csv(tmp_path, rows))
    others = [each["other"]["column"] for each in tomllib.loads(text)["question"][:2]]
    assert others == ["Q3_7_TEXT", "Q4_9_TEXT"]
    assert sum(row == ["other"] for row in found[0]) == 30


def test_who_wrote_there_alone_has_answered(tmp_path):
    _, text = _drafted(_two_rows(_replies(), tmp_path))
    evidence = text.partition('id = "used"')[0].rpartition("\n\n")[2]
    assert "# without an answer: none of about 90 rows" in evidence
