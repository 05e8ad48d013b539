"""Hidden and absent numbers are missing alike for computing, and told apart where shown."""

import numpy as np
import pandas as pd
import pytest

from analysis import privacy, report

SECRET = privacy.hide(pd.Series([1.5, 2.0, 3.0]), [True, False, True])
HIDDEN = [True, False, True]


def test_a_hidden_number_is_missing_and_its_neighbour_is_not():
    assert SECRET.isna().tolist() == HIDDEN
    assert SECRET.tolist()[1] == 2.0
    assert privacy.is_hidden(SECRET).tolist() == HIDDEN


def test_an_absent_number_is_missing_and_not_hidden():
    absent = pd.Series([np.nan, None, float("nan"), np.inf - np.inf], dtype=float)
    assert absent.isna().all()
    assert not privacy.is_hidden(absent).any()


@pytest.mark.parametrize(
    "step",
    [
        lambda values: values.round(2) + 0.0,
        lambda values: -values,
        lambda values: 1 - values,
        lambda values: np.floor(values * 100) / 100,
        lambda values: pd.Series(np.clip((values / 0.05).round(2), 0.0, 1.0)),
        lambda values: values.to_frame("a").assign(b=1.0)["a"],
        lambda values: pd.concat([values, values]).iloc[:3],
        lambda values: values.astype(object).astype(float),
        lambda values: pd.Series(values.tolist()),
        lambda values: values.to_frame("a").join(pd.DataFrame({"b": [1, 2, 3]}))["a"],
    ],
)  # fmt: skip
def test_what_tables_do_with_numbers_keeps_them_hidden(step):
    assert privacy.is_hidden(step(SECRET)).tolist() == HIDDEN


def test_a_row_that_a_table_does_not_have_is_absent():
    found = SECRET.reindex([0, 7])
    assert privacy.is_hidden(found).tolist() == [True, False]


def test_a_frame_is_hidden_by_rows_or_cell_by_cell():
    frame = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    assert privacy.is_hidden(privacy.hide(frame, [True, False])).tolist() == [
        [True, True], [False, False],
    ]  # fmt: skip
    cells = np.array([[True, False], [False, False]])
    assert privacy.is_hidden(privacy.hide(frame, cells)).tolist() == cells.tolist()
    assert frame.to_numpy().tolist() == [[1, 3], [2, 4]]


def test_a_table_shows_which_numbers_are_hidden_and_which_do_not_exist():
    frame = pd.DataFrame({"level": ["a", "b", "c"], "estimate": [privacy.HIDDEN_NUMBER, np.nan, 0]})
    frame["p_value"] = 0.5
    shown = report.show(frame, caption="Shares", kinds={"estimate": "whole percent"})
    assert shown.frame["Estimate"].tolist() == ["[c]", "[x]", "0%"]
    assert "[c] rests on too few people" in shown.note
    assert shown.note.endswith("[x] is not available.")


def test_an_interval_and_a_share_in_one_cell_are_marked_too():
    frame = pd.DataFrame({"level": [*"abc"], "conf_low": [privacy.HIDDEN_NUMBER, np.nan, 0.2]})
    frame["conf_high"] = frame["conf_low"]
    frame["p_value"] = 0.5
    told = report.show(frame, caption="Ends").frame.iloc[:, 1].tolist()
    assert told == ["[c]", "[x]", "0.20 to 0.20"]
    assert report.estimate(privacy.HIDDEN_NUMBER, 0.1, 0.2) == "[c]"
    assert report.estimate(np.nan, 0.1, 0.2) == "[x]"


def test_a_table_without_rows_needs_a_reason():
    assert repr(report.show(pd.DataFrame(), caption="T", otherwise="Nobody.")) == "Nobody."
    with pytest.raises(ValueError, match="table 'T' has no rows; say with `otherwise` why"):
        report.show(pd.DataFrame(), caption="T")


def test_hiding_a_number_twice_changes_nothing_and_writing_leaves_an_empty_cell(tmp_path):
    twice = privacy.hide(SECRET, HIDDEN)
    assert privacy.is_hidden(twice).tolist() == HIDDEN
    twice.to_csv(tmp_path / "t.csv", index=False, header=False)
    assert (tmp_path / "t.csv").read_text() == '""\n2.0\n""\n'


@pytest.mark.parametrize(
    "where", [[True], True, pd.Series([True, False, False], index=[2, 0, 1]), [True] * 4]
)
def test_marks_of_other_rows_are_refused(where):
    with pytest.raises(ValueError, match="hide takes a mark for each row"):
        privacy.hide(pd.Series([40.0, 4, 7]), where)
