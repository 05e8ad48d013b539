"""Kendall's tau-b: the same as scipy's and R's formula, with intervals that hold."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import paths, survey
from analysis.paired import pairwise, tau_b, tau_family

GOLDEN = paths.ROOT / "tests" / "golden"
FIVE = pd.CategoricalDtype(list(range(5)), ordered=True)
SEVEN = pd.CategoricalDtype(list(range(1, 8)), ordered=True)


def _pair(n, rho, rng):
    latent = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], n)
    cuts = [-1.2, -0.4, 0.4, 1.2]
    return [pd.Series(np.digitize(latent[:, at], cuts)).astype(FIVE) for at in (0, 1)]


@pytest.mark.parametrize("row", pd.read_csv(GOLDEN / "rank_correlation.csv").to_dict("records"))
def test_tau_b_and_its_errors_equal_their_formulas_in_r(row):
    both = survey.load("herts_2023").responses()[[row["first"], row["second"]]].dropna()
    found = tau_b(both[row["first"]], both[row["second"]])
    assert found.n == row["n"]
    assert found.estimate == pytest.approx(row["estimate"], rel=1e-9)
    assert found.std_error == pytest.approx(row["std_error"], rel=1e-8)
    assert found.estimate / found.statistic == pytest.approx(row["null_error"], rel=1e-8)
    assert found.p_value == pytest.approx(row["p_value"], rel=1e-6)


@pytest.mark.parametrize("row", pd.read_csv(GOLDEN / "rank_small_tests.csv").to_dict("records"))
def test_the_test_of_few_people_equals_every_order_of_their_answers_in_r(row):
    people = pd.read_csv(GOLDEN / "rank_small.csv").query("sample == @row['sample']")
    found = tau_b(people["first"].astype(SEVEN), people["second"].astype(SEVEN))
    assert found.estimate == pytest.approx(row["estimate"], abs=1e-12)
    assert found.p_value == pytest.approx(row["exact"], abs=1e-12)
    assert found.estimate / found.statistic == pytest.approx(row["null_error"], rel=1e-9)
    many = [pd.concat([people[name]] * 5, ignore_index=True) for name in ("first", "second")]
    known = stats.kendalltau(*many, method="asymptotic").pvalue
    assert tau_b(*(each.astype(SEVEN) for each in many)).p_value == pytest.approx(known)


@pytest.mark.parametrize("seed", range(5))
def test_tau_b_equals_scipys(seed):
    first, second = _pair(80, 0.3, np.random.default_rng(seed))
    known = stats.kendalltau(first.cat.codes, second.cat.codes).statistic
    assert tau_b(first, second).estimate == pytest.approx(known, rel=1e-12)


def test_the_standard_error_is_that_of_people_drawn_again():
    rng = np.random.default_rng(3)
    first, second = _pair(400, 0.4, rng)
    drawn = []
    for _ in range(400):
        at = rng.integers(0, 400, 400)
        drawn.append(tau_b(first.iloc[at], second.iloc[at]).estimate)
    assert np.std(drawn) == pytest.approx(tau_b(first, second).std_error, rel=0.12)


@pytest.mark.parametrize("each", [2, 3, 20])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_perfect_association_of_equal_cells_is_found_and_keeps_an_interval(each, sign):
    answers = pd.Series(np.repeat(range(5), each)).astype(FIVE)
    turned = answers if sign > 0 else answers[::-1].reset_index(drop=True)
    found = tau_b(answers, turned)
    assert found.estimate == pytest.approx(sign)
    assert found.p_value < 1e-3
    ends = np.abs([found.conf_low, found.conf_high])
    assert ends.max() == pytest.approx(1.0)
    assert ends.min() < 1 - 1 / (5 * each)


def test_two_people_who_agree_are_no_evidence():
    two = pd.Series([1, 3]).astype(FIVE)
    found = tau_b(two, two)
    assert found.p_value == 1
    assert found.conf_low < -0.9


def test_answers_without_relation_and_without_spread_have_an_interval():
    """Each of the four has as many in the same order as in the opposite one: nothing varies."""
    first, second = (pd.Series(each).astype(FIVE) for each in ([0, 1, 1, 2], [1, 0, 2, 1]))
    found = tau_b(first, second)
    assert found.estimate == 0
    assert found.p_value == 1
    assert found.conf_low < -0.5 < 0.5 < found.conf_high


def test_a_small_group_in_which_all_agree_does_not_narrow_the_interval_within_groups():
    first, second = _pair(60, 0.3, np.random.default_rng(12))
    group = pd.Series(pd.Categorical(["few"] * 3 + ["many"] * 57))
    for answers in (first, second):
        answers.iloc[:3] = [0, 2, 4]
    within, alone = tau_b(first, second, by=group), tau_b(first[3:], second[3:])
    null = 0.05**2 * tau_b(first[:3], second[:3]).std_error ** 2
    assert within.std_error**2 == pytest.approx(0.95**2 * alone.std_error**2 + null)


@pytest.mark.parametrize("n", [15, 30])
def test_the_test_of_few_people_without_relation_keeps_its_size(n):
    rng = np.random.default_rng(13)
    drawn = [rng.integers(0, 5, (2, n)) for _ in range(1000)]
    wrong = sum(
        tau_b(*(pd.Series(each).astype(FIVE) for each in two)).p_value < 0.05 for two in drawn
    )
    assert 30 <= wrong <= 68


def test_the_interval_holds_and_the_test_keeps_its_size():
    rng, held, wrong = np.random.default_rng(4), 0, 0
    for _ in range(400):
        found = tau_b(*_pair(150, 0.0, rng))
        held += found.conf_low <= 0 <= found.conf_high
        wrong += found.p_value < 0.05
    assert 366 <= held <= 396
    assert 8 <= wrong <= 34


def test_turning_one_scale_round_turns_the_sign():
    first, second = _pair(60, 0.5, np.random.default_rng(5))
    turned = first.cat.rename_categories(list(range(4, -1, -1))).astype(FIVE)
    one, two = tau_b(first, second), tau_b(turned, second)
    assert two.estimate == pytest.approx(-one.estimate)
    assert (two.conf_low, two.conf_high) == pytest.approx((-one.conf_high, -one.conf_low))


def test_an_association_between_groups_alone_is_gone_within_them():
    rng = np.random.default_rng(6)
    group = pd.Series(pd.Categorical(np.repeat([*"abcd"], 60)))
    height = np.repeat([-1.5, -0.5, 0.5, 1.5], 60)
    first, second = (
        pd.Series(np.digitize(height + rng.normal(size=240), [-1.2, -0.4, 0.4, 1.2])).astype(FIVE)
        for _ in range(2)
    )
    assert tau_b(first, second).conf_low > 0.2
    within = tau_b(first, second, by=group)
    assert within.conf_low < 0 < within.conf_high
    assert within.n == 240


def test_what_has_no_order_or_no_spread_is_refused():
    first, second = _pair(20, 0.5, np.random.default_rng(7))
    with pytest.raises(ValueError, match="is not ordered"):
        tau_b(first.cat.as_unordered(), second)
    with pytest.raises(ValueError, match="1 people have no answer"):
        tau_b(first.where(first.index > 0), second)
    with pytest.raises(ValueError, match="everybody gave the same answer"):
        tau_b(pd.Series([1] * 20).astype(FIVE), second)


def test_each_two_answers_are_compared_among_the_people_who_gave_both():
    rng = np.random.default_rng(8)
    first, second = _pair(60, 0.5, rng)
    third = _pair(60, 0.0, rng)[0].where(second.index >= 10)
    found = pairwise(pd.DataFrame({"a": first, "b": second, "c": third}))
    assert list(found) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [each.n for each in found.values()] == [60, 50, 50]
    assert found["b", "c"] == tau_b(second[10:], third[10:])


def test_tests_of_one_family_are_adjusted_by_holms_method():
    found = tau_b(*_pair(60, 0.3, np.random.default_rng(9)))
    tests = {
        name: replace(found, p_value=p) for name, p in zip("abc", (0.01, 0.04, 0.03), strict=True)
    }
    table = tau_family(tests)
    assert table["term"].tolist() == [*"abc"]
    assert table["p_adjusted"].tolist() == pytest.approx([0.03, 0.06, 0.06])
    assert (table["estimate"] == found.estimate).all()
