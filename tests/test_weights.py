"""Raking meets its margins, says what it cannot do, and costs what it says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import weights


@pytest.fixture
def people():
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "sex": rng.choice(["f", "m"], 200, p=[0.7, 0.3]),
            "age": rng.choice(["young", "middle", "old"], 200, p=[0.1, 0.3, 0.6]),
        }
    )


MARGINS = {
    "sex": pd.Series({"f": 510, "m": 490}),
    "age": pd.Series({"young": 300, "middle": 400, "old": 300}),
}


def test_every_margin_is_met_to_ten_digits(people):
    raked = weights.rake(people, MARGINS)
    for name, count in MARGINS.items():
        reached = raked.weights.groupby(people[name]).sum()
        assert reached[count.index].to_numpy() == pytest.approx(count.to_numpy(), rel=1e-9)
    assert raked.largest_miss < 1e-9


def test_one_margin_is_post_stratification(people):
    raked = weights.rake(people, {"sex": MARGINS["sex"]})
    by_hand = people["sex"].map(MARGINS["sex"] / people["sex"].value_counts())
    assert raked.weights.to_numpy() == pytest.approx(by_hand.to_numpy())
    assert raked.iterations == 1


@given(st.randoms(use_true_random=False))
def test_the_order_of_people_margins_and_categories_changes_nothing(random):
    rng = np.random.default_rng(random.randint(0, 10**6))
    frame = pd.DataFrame({"a": rng.integers(0, 3, 60), "b": rng.integers(0, 2, 60)}).astype("str")
    if frame["a"].nunique() < 3 or frame["b"].nunique() < 2:
        return
    margins = {"a": pd.Series({"0": 20, "1": 50, "2": 30}), "b": pd.Series({"0": 40, "1": 60})}
    one = weights.rake(frame, margins)
    order = rng.permutation(len(frame))
    turned = {"b": margins["b"][::-1], "a": margins["a"].sample(frac=1, random_state=1)}
    two = weights.rake(frame.iloc[order], turned)
    assert two.weights[one.weights.index].to_numpy() == pytest.approx(one.weights, rel=1e-8)


def test_weights_have_one_factor_a_category(people):
    raked = weights.rake(people, MARGINS)
    factors = people.assign(weight=np.log(raked.weights))
    table = factors.pivot_table(index="sex", columns="age", values="weight")
    assert (table - table.iloc[0]).std(axis=1).max() < 1e-9


@pytest.mark.parametrize(
    ("change", "margins", "said"),
    [
        ({}, {"place": pd.Series({"n": 1})}, "margin 'place' is no column"),
        ({"sex": None}, {"sex": MARGINS["sex"]}, "'sex' is missing for 1 of 200 people"),
        ({}, {"sex": pd.Series({"f": 600, "m": -1})}, r"population \{'m': -1\}; counts are 0"),
        ({}, {"sex": pd.Series({"f": 600, "m": np.nan})}, r"population \{'m': nan\}"),
        ({}, {"sex": pd.Series({"f": 600.0, "m": np.inf})}, r"population \{'m': inf\}"),
        ({}, {"sex": pd.Series({"f": 600})}, r"\['m'\] have respondents .* and no population"),
        ({}, {"sex": pd.Series({"f": 5, "m": 5, "x": 1})}, r"nobody answered from \['x'\]"),
        ({}, {"sex": pd.Series([5, 6, 7], index=["f", "m", "m"])}, r"has \['m'\] twice"),
        (
            {},
            {"sex": pd.Series({"f": 5, "m": 5}), "age": MARGINS["age"]},
            "population is 10 by 'sex' and 1,000 by 'age'",
        ),
        ({}, {}, "200 people and 0 margins"),
    ],
)
def test_what_cannot_be_raked_is_said_by_name(people, change, margins, said):
    for column, value in change.items():
        people.loc[3, column] = value
    with pytest.raises(ValueError, match=said):
        weights.rake(people, margins)


def test_margins_that_no_weights_can_meet_are_refused():
    frame = pd.DataFrame({"a": ["x", "x", "y"], "b": ["u", "v", "v"]})
    margins = {"a": pd.Series({"x": 1, "y": 9}), "b": pd.Series({"u": 9, "v": 1})}
    with pytest.raises(ValueError, match="no weights meet all of a, b"):
        weights.rake(frame, margins, most_iterations=50)


def test_a_category_that_nobody_is_in_on_either_side_changes_nothing(people):
    with_empty = MARGINS | {"sex": pd.Series({"f": 510, "m": 490, "x": 0})}
    same = weights.rake(people, with_empty).weights
    assert same.to_numpy() == pytest.approx(weights.rake(people, MARGINS).weights)


def test_residuals_are_those_of_least_squares(people):
    raked = weights.rake(people, MARGINS)
    values = np.random.default_rng(2).normal(size=(len(people), 2))
    left = raked.residuals(values)
    for name in MARGINS:
        assert pd.DataFrame(left).groupby(people[name]).mean().abs().to_numpy().max() < 1e-12
    assert raked.residuals(left) == pytest.approx(left)


def test_supplied_weights_leave_values_alone():
    own = weights.Weights(weights=pd.Series([1.0, 2.0]))
    values = np.array([[1.0], [5.0]])
    assert (own.residuals(values) == values).all()


def test_trimming_keeps_the_total_and_its_limit(people):
    raked = weights.rake(people, MARGINS)
    cut = weights.trim(raked, upper=1.5)
    assert cut.weights.sum() == pytest.approx(raked.weights.sum())
    assert cut.largest <= 1.5 + 1e-9
    assert cut.design_effect < raked.design_effect
    assert cut.largest_miss > raked.largest_miss


def test_a_limit_below_the_mean_is_refused(people):
    with pytest.raises(ValueError, match=r"upper = 1\.0"):
        weights.trim(weights.rake(people, MARGINS), upper=1.0)


def _joined(counts, fewest=10, within=None):
    ages = pd.Series(np.repeat([*"abcd"], counts), dtype=pd.CategoricalDtype([*"abcd"]))
    return weights.collapse(ages, pd.Series(dict.fromkeys("abcd", 5)), fewest=fewest, within=within)


@pytest.mark.parametrize(
    ("counts", "names"),
    [
        ([20, 20, 20, 20], ["a", "b", "c", "d"]),
        ([3, 20, 20, 20], ["a and b", "a and b", "c", "d"]),
        ([20, 3, 30, 20], ["a and b", "a and b", "c", "d"]),
        ([20, 3, 20, 20], ["a and b", "a and b", "c", "d"]),
        ([20, 30, 20, 0], ["a", "b", "c and d", "c and d"]),
        ([3, 3, 3, 20], ["a to c", "a to c", "a to c", "d"]),
    ],
)
def test_the_smallest_category_joins_its_smaller_neighbour(counts, names):
    found = _joined(counts, fewest=9 if counts == [3, 3, 3, 20] else 10)
    assert [found[each] for each in "abcd"] == names


def test_categories_are_joined_until_every_crossed_cell_is_large_enough():
    sex = pd.Series(["f"] * 20 + ["m"] * 4 + ["f"] * 16 + ["m"] * 10 + ["f", "m"] * 15)
    found = _joined([24, 26, 15, 15], fewest=7, within=sex)
    assert found["a"] == "a and b" == found["b"]
    assert found["c"] == "c"


def test_too_few_people_altogether_are_refused():
    with pytest.raises(ValueError, match="10 are needed in every cell"):
        _joined([2, 2, 2, 2])


def test_the_design_effect_is_the_loss_of_a_mean_that_has_nothing_to_do_with_the_weights():
    rng = np.random.default_rng(11)
    w = rng.lognormal(0, 0.7, 400)
    means = [np.average(rng.normal(size=400), weights=w) for _ in range(4000)]
    own = weights.Weights(weights=pd.Series(w))
    assert np.var(means) * 400 == pytest.approx(own.design_effect, rel=0.08)
