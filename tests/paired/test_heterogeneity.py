import numpy as np
import pandas as pd
import pytest
from paired_people import UEBERSAX, patterns, people
from scipy import stats

from analysis import paired
from analysis.groups import means_test, normal_normal


def _areas(n, count=6, seed=4):
    number = np.random.default_rng(seed).integers(0, count, n)
    return pd.Series(number, name="area").astype("category")


def _same(seed, n=400):
    """Return answers whose shifts do not depend on the area."""
    rng = np.random.default_rng(seed)
    kinds = pd.CategoricalDtype(["a", "b", "c"])
    used = rng.choice(3, n, p=[0.6, 0.3, 0.1])
    preferred = np.where(rng.random(n) < 0.6, used, rng.choice(3, n, p=[0.3, 0.3, 0.4]))
    return tuple(pd.Series(list("abc"))[each].reset_index(drop=True).astype(kinds)
                 for each in (used, preferred))  # fmt: skip


# --- The test ---------------------------------------------------------------------------------


def test_mean_and_variance_over_all_ways_of_dealing_people_are_matched():
    rng = np.random.default_rng(2)
    values = rng.choice([-1.0, 0, 0, 0, 1], size=(60, 2))
    group = np.repeat([0, 1, 2], [30, 20, 10])
    found = means_test(values, group)
    centred = values - values.mean(axis=0)
    inverse = np.linalg.inv(centred.T @ centred / 60)

    def raw(each):
        sums = [centred[each == g].sum(axis=0) for g in range(3)]
        return sum(s @ inverse @ s / np.sum(each == g) for g, s in enumerate(sums))

    dealt = np.array([raw(rng.permutation(group)) for _ in range(4000)])
    assert 2 * dealt.mean() ** 2 / dealt.var() == pytest.approx(found.df, rel=0.08)
    assert found.statistic == pytest.approx(raw(group) * found.df / dealt.mean(), rel=0.02)
    assert found.p_value == pytest.approx((dealt >= raw(group) - 1e-9).mean(), abs=0.02)


def test_for_two_groups_and_one_answer_it_is_pearsons_chi_squared_in_large_samples():
    table = np.array([[900, 1100], [400, 600]])
    values = np.repeat([1.0, 0.0, 1.0, 0.0], table.ravel())[:, None]
    group = np.repeat([0, 0, 1, 1], table.ravel())
    found = means_test(values, group)
    pearson = stats.chi2_contingency(table, correction=False)
    assert found.p_value == pytest.approx(pearson.pvalue, rel=2e-2)


def test_under_no_difference_the_test_rejects_as_often_as_it_says():
    p_values = []
    for seed in range(1000):
        used, preferred = (pd.get_dummies(each, dtype=float) for each in _same(seed, n=200))
        area = np.random.default_rng([seed, 1]).integers(0, 8, 200)
        p_values.append(means_test((preferred - used).to_numpy(), area).p_value)
    rejected = np.mean(np.array(p_values) < 0.05)
    assert abs(rejected - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 1000)


def test_the_weighted_test_keeps_its_size_where_groups_have_unlike_weights():
    rng, p_values = np.random.default_rng(12), []
    for _ in range(1000):
        values = rng.choice([-1.0, 0, 0, 0, 1], size=(300, 2))
        group = rng.integers(0, 8, 300)
        weight = np.exp(rng.normal(0, 0.3, 300) + np.linspace(-0.5, 0.5, 8)[group])
        p_values.append(means_test(values, group, weight=weight).p_value)
    rejected = np.mean(np.array(p_values) < 0.05)
    assert abs(rejected - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 1000)


def test_a_group_without_weight_is_refused_by_name():
    with pytest.raises(ValueError, match="all weights of 'x' are 0"):
        means_test(np.eye(4), np.array(list("xxyy")), weight=np.array([0.0, 0, 1, 2]))


def test_a_planted_difference_is_found_in_the_channels_that_have_it():
    used, preferred = _same(1, n=1200)
    area = _areas(1200)
    moved = (area == 2) & (np.random.default_rng(5).random(1200) < 0.5)
    preferred[moved] = "c"
    found = paired.heterogeneity(used, preferred, by=area)
    assert found.test.p_value < 1e-6
    rows = found.answers.set_index("answer")
    assert rows.loc["c", "p_adjusted"] < 1e-4
    assert rows.loc["c", "conf_low"] > 0
    shifts = found.groups[found.groups["answer"] == "c"].set_index("area")
    assert shifts["estimate"].idxmax() == 2


def test_nothing_varies_and_one_group_are_no_evidence():
    for values, group in ((np.zeros((5, 2)), np.arange(5)), (np.eye(5), np.zeros(5))):
        found = means_test(values, group)
        assert (found.statistic, found.p_value) == (0.0, 1.0)


def test_the_order_of_groups_and_the_unit_of_weights_change_nothing():
    used, preferred = people(UEBERSAX)
    area = _areas(len(used))
    weights = pd.Series(np.linspace(0.5, 2, len(used)))
    one = paired.heterogeneity(used, preferred, by=area, weights=weights)
    turned = area.cat.reorder_categories(list(area.cat.categories[::-1]))
    two = paired.heterogeneity(used, preferred, by=turned, weights=5 * weights)
    assert one.test.statistic == pytest.approx(two.test.statistic)
    assert one.test.p_value == pytest.approx(two.test.p_value)
    left, right = (
        each.groups.assign(area=each.groups["area"].astype(int)).sort_values(["answer", "area"])
        for each in (one, two)
    )
    assert left["estimate"].to_numpy() == pytest.approx(right["estimate"].to_numpy(), abs=1e-10)


def test_patterns_with_their_frequency_are_the_same_as_rows():
    kinds_used, kinds_preferred, n = patterns(UEBERSAX)
    area = pd.Series(np.arange(9) % 3, name="area").astype("category")
    rows = np.repeat(np.arange(9), n)
    used, preferred, areas = (
        each.iloc[rows].reset_index(drop=True) for each in (kinds_used, kinds_preferred, area)
    )
    one = paired.heterogeneity(used, preferred, by=areas)
    two = paired.heterogeneity(kinds_used, kinds_preferred, by=area, frequency=n)
    assert one.test.p_value == pytest.approx(two.test.p_value)
    pd.testing.assert_frame_equal(one.groups, two.groups)


def test_two_groups_are_too_few():
    used, preferred = people(UEBERSAX)
    area = pd.Series(np.arange(len(used)) % 2).astype("category")
    with pytest.raises(ValueError, match=r"the groups are \[0, 1\]"):
        paired.heterogeneity(used, preferred, by=area)


# --- Shrinkage --------------------------------------------------------------------------------


def test_a_channel_that_nobody_moves_to_or_from_has_no_spread_and_intervals_all_the_same():
    used, preferred = people([[9, 3, 0], [2, 8, 0], [0, 0, 6]])
    found = paired.heterogeneity(used, preferred, by=_areas(28, count=3))
    still = found.answers.set_index("answer").loc["k2"]
    assert still[["estimate", "conf_low"]].tolist() == [0, 0]
    assert still["conf_high"] > 0.01
    assert found.groups.notna().all().all()
    rows = found.groups[found.groups["answer"] == "k2"]
    assert rows["estimate"].to_numpy() == pytest.approx(0, abs=1e-12)
    assert (rows["conf_low"] < -0.01).all()
    assert (rows["conf_high"] > 0.01).all()


def test_groups_that_are_as_different_as_can_be_have_a_spread():
    kinds = pd.CategoricalDtype(["a", "b"])
    used = pd.Series(["a"] * 30, dtype=kinds)
    preferred = pd.Series(["a"] * 20 + ["b"] * 10, dtype=kinds)
    area = pd.Series(np.repeat(["n", "s", "w"], 10), name="n").astype("category")
    found = paired.heterogeneity(used, preferred, by=area)
    assert found.answers.loc[0, "estimate"] > 0.3
    assert found.groups.columns[0] == "group"
    last = found.groups.iloc[2]
    assert last["conf_low"] < last["estimate"] < last["conf_high"]


def test_values_that_are_none_are_refused_by_name():
    with pytest.raises(ValueError, match="nan is among the values"):
        means_test(np.array([[1.0], [np.nan]]), np.array([0, 1]))
    with pytest.raises(ValueError, match="inf is among the weights"):
        means_test(np.eye(2), np.array([0, 1]), weight=np.array([1.0, np.inf]))


def test_a_small_group_is_drawn_further_towards_the_mean():
    v = np.array([0.002, 0.002, 0.002, 0.02])
    found = normal_normal(np.array([0.0, 0.05, 0.1, 0.3]), v)
    assert found.groups["weight"].iloc[3] < found.groups["weight"].iloc[0]
    shrunken = found.groups["estimate"].to_numpy()
    assert 0 < shrunken[0] < shrunken[1] < shrunken[2] < 0.1
    assert shrunken[3] < 0.2


def test_equal_estimates_have_spread_0_and_an_interval_that_begins_there():
    found = normal_normal(np.full(5, 0.1), np.full(5, 0.01))
    assert (found.spread["estimate"], found.spread["conf_low"]) == (0.0, 0.0)
    assert found.spread["conf_high"] > 0.02
    assert found.groups["estimate"].to_numpy() == pytest.approx(np.full(5, 0.1))


@pytest.mark.parametrize("spread", [0.0, 0.03, 0.1])
def test_intervals_of_groups_and_of_the_spread_cover_the_truth(spread):
    rng = np.random.default_rng(7)
    v = np.linspace(0.001, 0.006, 10)
    covered, covered_spread = [], []
    for _ in range(300):
        truth = rng.normal(-0.1, spread, 10)
        found = normal_normal(rng.normal(truth, np.sqrt(v)), v)
        covered.append((found.groups["conf_low"] <= truth) & (truth <= found.groups["conf_high"]))
        covered_spread.append(found.spread["conf_low"] <= spread <= found.spread["conf_high"])
    assert np.mean(covered) > 0.935
    assert np.mean(covered_spread) > 0.92


@pytest.mark.parametrize(
    ("y", "v", "message"),
    [
        ([0.1, 0.2], [0.1, 0.1], "2 groups say nothing"),
        ([0.1, 0.2, 0.3], [0.1, 0.1], "3 estimates and 2 variances"),
        ([0.1, np.nan, 0.2], [0.1, 0.1, 0.1], "nan is no estimate"),
        ([0.1, 0.2, 0.3], [0.1, 0.0, 0.1], "0.0 is no estimate or no variance"),
    ],
)
def test_groups_that_cannot_be_shrunken_are_refused(y, v, message):
    with pytest.raises(ValueError, match=message):
        normal_normal(np.array(y), np.array(v))
