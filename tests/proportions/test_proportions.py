"""Shares, their intervals, comparisons and tests."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import proportions
from analysis.proportions._linearised import linearised_cells
from analysis.weights import Weights, rake, trim


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


def _answers(n, rng, shares=(0.6, 0.3, 0.1)):
    kinds = pd.CategoricalDtype(["a", "b", "c"])
    return pd.Series(rng.choice(["a", "b", "c"], n, p=shares), dtype=kinds)


def test_shares_without_weights_are_wilsons():
    answers = _answers(80, np.random.default_rng(1))
    mine, plain = proportions.shares(answers), proportions.distribution(answers)
    for name in ("estimate", "conf_low", "conf_high", "n_yes", "n"):
        assert mine[name].to_numpy() == pytest.approx(plain[name].to_numpy())
    assert (mine["effective_n"] == 80).all()


def test_equal_weights_give_the_shares_without_weights():
    answers = _answers(80, np.random.default_rng(1))
    own = Weights(weights=pd.Series(np.full(80, 3.0)))
    mine, plain = proportions.shares(answers, weights=own), proportions.shares(answers)
    assert mine["estimate"].to_numpy() == pytest.approx(plain["estimate"].to_numpy())
    ratio = mine["std_error"] / plain["std_error"]
    assert ratio.to_numpy() == pytest.approx(np.full(3, np.sqrt(80 / 79)))


@pytest.mark.parametrize("method", ["korn_graubard", "logit"])
def test_everybody_has_an_interval_whatever_the_rounding_of_the_weights(method):
    rng = np.random.default_rng(12)
    for n in range(20, 80):
        own = Weights(weights=pd.Series(rng.lognormal(0, 0.6, n)))
        found = proportions.shares(pd.Series([True] * n), weights=own, method=method).iloc[0]
        assert found["estimate"] == found["conf_high"] == 1 > 0.95 > found["conf_low"]


def test_after_trimming_a_share_that_the_margins_fixed_is_no_longer_known():
    rng = np.random.default_rng(13)
    people = pd.DataFrame({"sex": ["f"] * 60 + ["m"] * 20, "age": rng.choice([*"yo"], 80)})
    raked = rake(people, {"sex": pd.Series({"f": 5, "m": 5}), "age": pd.Series({"y": 3, "o": 7})})
    found = proportions.shares(people["sex"].astype("category"), weights=trim(raked, upper=1.5))
    assert (found["std_error"] > 1e-3).all()
    assert (found["conf_low"] < found["estimate"]).all()


def test_several_answers_may_add_up_to_more_than_everybody():
    frame = pd.DataFrame({"a": [1.0, 1, 1, 0], "b": [1.0, 1, 0, 1]})
    assert proportions.shares(frame)["estimate"].sum() == pytest.approx(1.5)


@pytest.mark.parametrize("method", ["korn_graubard", "logit"])
def test_nobody_and_everybody_have_an_interval(method):
    frame = pd.DataFrame({"never": np.zeros(40), "always": np.ones(40)})
    own = Weights(weights=pd.Series(np.r_[np.ones(20), np.full(20, 3.0)]))
    found = proportions.shares(frame, weights=own, method=method).set_index("answer")
    assert found.loc["never", "conf_low"] == 0 < found.loc["never", "conf_high"] < 0.2
    assert found.loc["always", "conf_high"] == 1 > found.loc["always", "conf_low"] > 0.8


@pytest.mark.parametrize("light", [0.01, 0.1])
def test_a_few_people_of_small_weights_never_tell_more_than_all_who_answered(light):
    """One of fifty says yes and weighs little: the linearised error alone would be tiny."""
    yes = pd.Series([True] + [False] * 49)
    own = Weights(weights=pd.Series([light] + [1.0] * 49))
    row = proportions.shares(yes, weights=own).iloc[0]
    share = light / (49 + light)
    assert row["estimate"] * (1 - row["estimate"]) / row["std_error"] ** 2 > 50
    assert row["conf_high"] == pytest.approx(stats.beta.ppf(0.975, 50 * share + 1, 50 - 50 * share))
    nobody = proportions.shares(pd.Series([False] * 50), weights=own).iloc[0]
    assert row["conf_high"] > 0.9 * nobody["conf_high"]


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=40))
def test_the_effective_number_of_people_is_never_above_their_number(values):
    own = Weights(weights=pd.Series(values))
    assert own.effective_n <= own.n
    row = proportions.shares(pd.Series([True] * own.n), weights=own).iloc[0]
    assert row["effective_n"] <= row["n"]
    equal = Weights(weights=pd.Series([0.1] * own.n))
    assert equal.effective_n == pytest.approx(own.n)
    assert equal.effective_n <= own.n


def test_a_share_that_the_margins_fix_is_known():
    people = pd.DataFrame({"sex": ["f"] * 30 + ["m"] * 10})
    raked = rake(people, {"sex": pd.Series({"f": 50, "m": 50})})
    found = proportions.shares(people["sex"].astype("category"), weights=raked)
    assert found["estimate"].to_numpy() == pytest.approx([0.5, 0.5])
    assert found["std_error"].to_numpy() == pytest.approx([0, 0], abs=1e-12)
    assert found["conf_high"].to_numpy() == pytest.approx([0.5, 0.5])


def test_groups_are_domains_and_people_without_one_are_left_out():
    answers = _answers(60, np.random.default_rng(2))
    by = pd.Series(pd.Categorical([*["x"] * 25, *["y"] * 25, *[None] * 10]))
    found = proportions.shares(answers, by=by)
    assert found.groupby("level", observed=True)["n"].first().tolist() == [25, 25]
    alone = proportions.shares(answers[by == "x"])
    assert found[found["level"] == "x"]["estimate"].tolist() == alone["estimate"].tolist()


def test_somebody_without_a_weight_is_refused():
    own = Weights(weights=pd.Series([1.0, 1.0], index=[0, 1]))
    with pytest.raises(ValueError, match="1 of 3 people have no weight"):
        proportions.shares(pd.Series([True, False, True]), weights=own)


def test_groups_that_are_text_are_refused():
    with pytest.raises(ValueError, match="groups of 'place' are str; make them Categorical"):
        proportions.shares(pd.Series([True, False]), by=pd.Series(["a", "b"], name="place"))


def test_two_groups_are_matched_to_their_answers_by_person():
    answers, second = _two(3, 4, 1, 2)
    turned = proportions.compare(answers, second[::-1])
    assert turned["estimate"].tolist() == proportions.compare(answers, second)["estimate"].tolist()
    with pytest.raises(ValueError, match="1 of 6 people are in neither group"):
        proportions.compare(answers, second[:5])


def test_what_is_no_answer_is_refused():
    with pytest.raises(ValueError, match="1 of 2 people have no answer"):
        proportions.shares(pd.Series(pd.Categorical(["a", None])))
    with pytest.raises(ValueError, match="1 for an answer given and 0"):
        proportions.shares(pd.DataFrame({"a": [2.0, 0.0]}))
    with pytest.raises(ValueError, match="method 'wald'; choose"):
        proportions.shares(pd.Series([True]), method="wald")
    with pytest.raises(ValueError, match="a share of nobody"):
        proportions.shares(pd.Series([], dtype=bool))


def test_rao_scott_without_weights_is_pearson_by_its_degrees_of_freedom():
    rng = np.random.default_rng(3)
    answers, by = _answers(500, rng), pd.Series(pd.Categorical(rng.choice([*"xyz"], 500)))
    found = proportions.rao_scott(answers, by)
    pearson = stats.chi2_contingency(pd.crosstab(answers, by), correction=False)
    assert found.df == pytest.approx(pearson.dof, rel=1e-12)
    assert found.statistic * 4 == pytest.approx(pearson.statistic * 499 / 500, rel=1e-12)
    assert found.p_value == pytest.approx(pearson.pvalue, abs=0.01)
    own = Weights(weights=pd.Series(np.full(500, 2.5)))
    assert proportions.rao_scott(answers, by, weights=own).statistic == pytest.approx(
        found.statistic
    )


def _sample(n=150):
    rng = np.random.default_rng(14)
    people = pd.DataFrame({"a": rng.choice([*"xyz"], n), "b": rng.choice([*"uv"], n)})
    margins = {"a": pd.Series({"x": 2, "y": 3, "z": 5}), "b": pd.Series({"u": 4, "v": 6})}
    raked = rake(people, margins)
    own = Weights(weights=pd.Series(rng.lognormal(0, 0.5, n)))
    return {"none": None, "own": own, "raked": raked, "cut": trim(raked, upper=1.2)}


@pytest.mark.parametrize("kind", ["none", "own", "raked", "cut"])
def test_the_cells_of_a_table_vary_as_their_indicators_do(kind):
    rng = np.random.default_rng(15)
    cells = pd.Series(rng.integers(0, 6, 120), index=rng.permutation(150)[:120])
    share, cov = linearised_cells(cells, 6, weights=_sample()[kind])
    dense = pd.DataFrame(np.eye(6)[cells], index=cells.index)
    found = proportions.linearised(dense, weights=_sample()[kind])
    assert share == pytest.approx(found.estimates.to_numpy())
    assert cov == pytest.approx(found.cov, rel=1e-9, abs=1e-15)


def test_a_table_with_hardly_any_full_cell_is_tested():
    same = pd.Series(pd.Categorical(np.repeat([*"pqr"], 10)))
    assert proportions.rao_scott(same, same).p_value < 1e-6


def test_two_groups_that_gave_one_answer_each_are_tested_as_by_pearson():
    answers, by = (pd.Series(pd.Categorical([*"ab"] * 10)) for _ in range(2))
    found = proportions.rao_scott(answers, by)
    assert (found.statistic, found.df) == (pytest.approx(20), 1)
    assert found.p_value == pytest.approx(stats.f.sf(20, 1, 19))


def test_a_table_that_the_margins_fix_is_refused():
    people = pd.DataFrame({"a": np.repeat([*"xyz"], 10)})
    raked = rake(people, {"a": pd.Series({"x": 1, "y": 2, "z": 3})})
    same = people["a"].astype("category")
    with pytest.raises(ValueError, match="margins fix the table of 'a' by 'a'"):
        proportions.rao_scott(same, same, weights=raked)


def test_rao_scott_seldom_finds_what_is_not_there():
    rng, wrong = np.random.default_rng(4), 0
    by = pd.Series(pd.Categorical(np.repeat([*"wxyz"], 60)))
    for _ in range(400):
        own = Weights(weights=pd.Series(rng.lognormal(0, 0.6, 240)))
        wrong += proportions.rao_scott(_answers(240, rng), by, weights=own).p_value < 0.05
    assert 8 <= wrong <= 34


def test_one_group_or_one_answer_has_nothing_to_test():
    answers = pd.Series(pd.Categorical(["a"] * 5))
    found = proportions.rao_scott(answers, pd.Series(pd.Categorical([*"xxyyy"])))
    assert (found.statistic, found.df, found.p_value) == (0, 0, 1)


def test_a_family_is_adjusted_by_holm():
    rng = np.random.default_rng(6)
    answers = _answers(200, rng)
    tests = {
        name: proportions.rao_scott(answers, pd.Series(pd.Categorical(rng.choice([*"xy"], 200))))
        for name in ("one", "two")
    }
    table = proportions.family(tests)
    low = table["p_value"].min()
    assert table.loc[table["p_value"].idxmin(), "p_adjusted"] == pytest.approx(min(2 * low, 1))
