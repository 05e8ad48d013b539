import pandas as pd
import pytest
from scipy import stats

from analysis import proportions


def _two(yes_first, n_first, yes_second, n_second):
    answers = ["a"] * yes_first + ["b"] * (n_first - yes_first)
    answers += ["a"] * yes_second + ["b"] * (n_second - yes_second)
    second = pd.Series([False] * n_first + [True] * n_second)
    return pd.Series(pd.Categorical(answers)), second


def test_newcombes_example_of_two_groups_has_his_limits():
    row = proportions.compare(*_two(48, 80, 56, 70)).iloc[0]
    assert row["estimate"] == pytest.approx(0.2)
    assert (row["conf_low"], row["conf_high"]) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert row["p_value"] == pytest.approx(stats.fisher_exact([[48, 32], [56, 14]]).pvalue)


def test_several_answers_are_compared_one_by_one():
    frame = pd.DataFrame({"x": [1.0, 0, 1, 1], "y": [0.0, 0, 1, 1]})
    rows = proportions.compare(frame, pd.Series([False, False, True, True]))
    assert rows["share_first"].tolist() == [0.5, 0.0]
    assert rows["share_second"].tolist() == [1.0, 1.0]
    assert (rows["p_adjusted"] >= rows["p_value"]).all()


def test_a_group_without_people_is_refused():
    answers, _ = _two(2, 3, 1, 2)
    with pytest.raises(ValueError, match="the groups hold 5 and 0 people"):
        proportions.compare(answers, pd.Series([False] * 5))
