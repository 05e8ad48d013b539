"""A cell of a table that is shown holds one number, or one interval."""

import pandas as pd
import pytest

from analysis import report
from analysis.privacy import HIDDEN_NUMBER


def _columns(cells: list[str], heading: str = "Same mix (95% interval)") -> dict:
    frame = pd.DataFrame({"level": [*"abc"][: len(cells)], "told": cells, "value": "as asked"})
    shown = report.show(frame, caption="One", names={"told": heading}, kinds={"told": "text"})
    return shown.frame.drop(columns=["Answer", "Value"]).to_dict("list")


def test_a_number_and_its_interval_stand_in_two_columns():
    assert _columns(["41% (37% to 45%)", "[c]", "+1 (-4 to +5)"]) == {
        "Same mix": ["41%", "[c]", "+1"],
        "95% interval, Same mix": ["37% to 45%", "[c]", "-4 to +5"],
    }
    assert list(_columns(["65 (20 to 220)"], "Estimate")) == ["Estimate", "95% interval"]
    assert list(_columns(["1 (0 to 2)"], "Gap, points"))[1] == "95% interval, Gap"


@pytest.mark.parametrize("text", ["Area (A to B)", "12 (of 30)", "41%", "10 June (1 to be told)"])
def test_other_texts_stay_as_they_are(text):
    assert list(_columns([text, "41% (37% to 45%)"])) == ["Same mix (95% interval)"]
    assert _columns([text]) == {"Same mix (95% interval)": [text]}


WHY = "Not shown, since too few people gave one kind of answer, or others would tell of few"

NAN, SECRET = float("nan"), HIDDEN_NUMBER


def _shown(**columns: list) -> report.Shown:
    frame = pd.DataFrame({"level": [*"abc"], **columns})
    return report.show(frame, caption="One", kinds={"estimate": "percent"})


def test_a_row_of_which_only_the_people_are_shown_leaves_and_is_named_with_them():
    shown = _shown(n=[90, 12, 80], estimate=[0.4, SECRET, 0.5], p_value=[0.2, SECRET, SECRET])
    assert shown.frame.to_dict("list") == {
        "Answer": ["a", "c"], "n": ["90", "80"], "Estimate": ["40.0%", "50.0%"],
        "p": ["0.200", "[c]"],
    }  # fmt: skip
    assert shown.note.startswith(f"{WHY}: b (12). [c] rests on")
    assert shown.numeric == (False, True, True, True)


def test_a_column_of_which_nothing_is_shown_leaves_and_is_named():
    shown = _shown(n=[90, 12, 80], estimate=[0.4, 0.3, 0.5], p_value=[SECRET] * 3)
    assert list(shown.frame) == ["Answer", "n", "Estimate"]
    assert shown.note == f'{WHY}: the column "p".'
    assert shown.numeric == (False, True, True)


def test_what_does_not_exist_is_no_reason_to_leave():
    shown = _shown(n=[90, 12, 80], estimate=[0.4, NAN, 0.5])
    assert shown.frame["Estimate"].tolist() == ["40.0%", "[x]", "50.0%"]
    assert shown.note == "[x] is not available."


def test_people_that_are_hidden_too_are_not_told():
    shown = _shown(n=[90, SECRET, 80], estimate=[0.4, SECRET, 0.5])
    assert shown.note == f"{WHY}: b."


def test_a_table_of_which_nothing_is_shown_stays():
    shown = _shown(n=[90, 12, 80], estimate=[SECRET] * 3)
    assert shown.frame["Estimate"].tolist() == ["[c]"] * 3
