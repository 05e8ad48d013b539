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


def test_three_margins_are_met_at_once(people):
    place = pd.Series({"n": 200, "s": 800})
    frame = people.assign(place=["n", "s"] * 100)
    raked = weights.rake(frame, MARGINS | {"place": place})
    for name, count in (MARGINS | {"place": place}).items():
        reached = raked.weights.groupby(frame[name]).sum()
        assert reached[count.index].to_numpy() == pytest.approx(count.to_numpy(), rel=1e-9)


def test_raking_to_what_the_weights_reach_changes_nothing(people):
    raked = weights.rake(people, MARGINS)
    table = raked.margins
    reached = {
        name: part.set_index("category")["weighted"] for name, part in table.groupby("margin")
    }
    again = weights.rake(people, reached)
    assert again.weights.to_numpy() == pytest.approx(raked.weights.to_numpy(), rel=1e-8)


def test_a_population_twice_as_large_doubles_every_weight(people):
    raked = weights.rake(people, MARGINS)
    huge = weights.rake(people, {name: count * 1e12 for name, count in MARGINS.items()})
    assert huge.weights.to_numpy() / 1e12 == pytest.approx(raked.weights.to_numpy(), rel=1e-9)
    values = np.random.default_rng(3).normal(size=(len(people), 1))
    assert huge.residuals(values) == pytest.approx(raked.residuals(values))


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
    with pytest.raises(ValueError, match=r"stand for at most 1 of 9 'y' \(a\), 1 of 9 'u' \(b\)"):
        weights.rake(frame, margins)
    many = pd.concat([frame] * 400, ignore_index=True)
    with pytest.raises(ValueError, match="at most 1 of 9 'y'"):
        weights.rake(many, margins)


def test_margins_that_only_a_weight_of_nought_would_meet_are_refused():
    frame = pd.DataFrame({"a": ["x", "x", "y"], "b": ["u", "v", "v"]})
    margins = {"a": pd.Series({"x": 5, "y": 5}), "b": pd.Series({"u": 5, "v": 5})}
    with pytest.raises(ValueError, match=r"respondents with 'x' \(a\) and 'v' \(b\) would weigh 0"):
        weights.rake(frame, margins)


def _linked_by_one(young):
    """Return people of whom one alone is m and y, and margins that this person links."""
    frame = pd.DataFrame({"a": ["f"] * 50 + ["m"] * 51, "b": ["y"] * 50 + ["o"] * 50 + ["y"]})
    margins = {
        "a": pd.Series({"f": 500, "m": 500}),
        "b": pd.Series({"y": young, "o": 1000 - young}),
    }
    return frame, margins


@pytest.mark.parametrize("young", [500.5, 500.01, 549.0])
def test_margins_that_one_person_links_are_met(young):
    raked = weights.rake(*_linked_by_one(young))
    assert raked.weights.iloc[[0, 50, 100]].tolist() == pytest.approx(
        [10, (1000 - young) / 50, young - 500], rel=1e-8
    )
    assert raked.largest_miss <= 1e-10


def test_margins_that_nobody_could_link_name_the_categories_that_lack_people():
    with pytest.raises(ValueError, match=r"at most 499 of 500 'f' \(a\), 500 of 501 'o' \(b\)"):
        weights.rake(*_linked_by_one(499))


def test_a_long_chain_of_categories_is_raked_to_weights_with_one_factor_a_category():
    pairs = [(at, at) for at in range(30) for _ in range(20)] + [(at + 1, at) for at in range(29)]
    frame = pd.DataFrame(pairs, columns=["a", "b"])
    drawn = np.random.default_rng(1).lognormal(0, 1.5, len(frame))
    margins = {name: pd.Series(np.bincount(frame[name], drawn)) for name in frame}
    raked = weights.rake(frame, margins)
    assert raked.largest_miss <= 1e-10
    columns = pd.get_dummies(frame.astype("str"), dtype=float).to_numpy()
    logs = np.log(raked.weights.to_numpy())
    fit = columns @ np.linalg.lstsq(columns, logs, rcond=None)[0]
    assert fit == pytest.approx(logs, abs=1e-8)


def test_somebody_who_stands_twice_is_refused(people):
    with pytest.raises(ValueError, match=r"holds \[7\] more than once"):
        weights.rake(people.rename(index={8: 7}), MARGINS)


@pytest.mark.parametrize("wrong", [np.nan, 0.0, -1.0, np.inf])
def test_what_is_no_weight_is_refused(wrong):
    with pytest.raises(ValueError, match="1 of 2 weights are"):
        weights.Weights(weights=pd.Series([1.0, wrong]))


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


def test_residuals_equal_a_dense_fit_where_patterns_repeat(people):
    frame = people.assign(place=[*"nsew"] * 50)
    raked = weights.rake(frame, MARGINS | {"place": pd.Series(250, index=[*"nsew"])})
    values = np.random.default_rng(8).normal(size=(len(frame), 3))
    columns = pd.get_dummies(frame, columns=list(frame), dtype=float).to_numpy()
    fit = columns @ np.linalg.lstsq(columns, values, rcond=None)[0]
    assert raked.residuals(values) == pytest.approx(values - fit)
    assert len(raked.patterns.counts) == len(frame.drop_duplicates())


def test_trimming_twice_keeps_what_was_cut_from_the_raked_weights(people):
    raked = weights.rake(people, MARGINS)
    twice = weights.trim(weights.trim(raked, upper=1.8), upper=1.4)
    assert twice.kept.to_numpy() == pytest.approx((twice.weights / raked.weights).to_numpy())


def test_a_limit_just_above_the_mean_is_reached(people):
    cut = weights.trim(weights.rake(people, MARGINS), upper=1.0001)
    assert cut.largest <= 1.0001 + 1e-9
    assert cut.weights.sum() == pytest.approx(1000)


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


def test_the_design_effect_is_the_loss_of_a_mean_that_has_nothing_to_do_with_the_weights():
    rng = np.random.default_rng(11)
    w = rng.lognormal(0, 0.7, 400)
    means = [np.average(rng.normal(size=400), weights=w) for _ in range(4000)]
    own = weights.Weights(weights=pd.Series(w))
    assert np.var(means) * 400 == pytest.approx(own.design_effect, rel=0.08)
