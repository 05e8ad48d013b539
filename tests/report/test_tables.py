"""A cell of a table that is shown holds one number, or one interval."""

import pandas as pd
import pytest

from analysis import report


def _columns(cells: list[str], heading: str = "Same mix (95% interval)") -> dict:
    frame = pd.DataFrame({"level": [*"abc"][: len(cells)], "told": cells})
    shown = report.show(frame, caption="One", names={"told": heading}, kinds={"told": "text"})
    return shown.frame.drop(columns="Answer").to_dict("list")


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
