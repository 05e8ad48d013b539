"""Shares of groups drawn together: between their own and everybody's, and right in few groups."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import special

from analysis import groups
from analysis.groups import _shrinkage
from analysis.groups._shares_integral import _rise, beta_binomial
from analysis.numerics import density

GOLDEN = Path(__file__).parents[1] / "golden"


def people_of(y, n):
    """Make a boolean for each of the n people of each group, of whom y are a yes."""
    by = pd.Series(pd.Categorical(np.repeat(np.arange(len(n)), n)))
    yes = np.concatenate([np.arange(each) < some for some, each in zip(y, n, strict=True)])
    return pd.Series(yes), by


def pool(y, n, **how):
    return groups.pooled_shares(*people_of(y, n), rng=np.random.default_rng(1), **how)


@pytest.mark.parametrize("count", [3, 4, 10, 40])
@pytest.mark.parametrize("seed", range(5))
def test_a_share_lies_between_the_groups_own_and_everybodys(count, seed):
    rng = np.random.default_rng(seed)
    n = rng.integers(1, rng.choice([10, 100, 1000]), count)
    y = rng.binomial(n, rng.beta(0.3, 0.6, count))
    y[0], n[0], n[1] = 1, max(n[0], 2), max(n[1], 2)
    found = pool(y, n, draws=100)
    own, everybody = found.groups["raw_share"], found.overall
    low, high = np.minimum(own, everybody), np.maximum(own, everybody)
    assert (found.groups["estimate"] >= low - 1e-12).all()
    assert (found.groups["estimate"] <= high + 1e-12).all()
    assert everybody == pytest.approx(y.sum() / n.sum())


GOLDEN_SETS = [name for name, _ in pd.read_csv(GOLDEN / "pooled_shares.csv").groupby("set")]


@pytest.mark.parametrize("name", GOLDEN_SETS)
def test_spread_and_weights_equal_nested_integrals_of_r(name):
    rows = pd.read_csv(GOLDEN / "pooled_shares.csv").query("set == @name")
    golden = pd.read_csv(GOLDEN / "pooled_spread.csv").set_index("set").loc[name]
    y, n = rows["y"].to_numpy(), rows["n"].to_numpy()
    found = beta_binomial(y, n)
    assert found.spread.quantile(0.5) == pytest.approx(golden["median"], rel=1e-5)
    assert found.spread.quantile(0.975) == pytest.approx(golden["upper"], rel=1e-5)
    assert found.spread.mode == pytest.approx(golden["mode"], abs=3e-4)
    assert found.statistic == pytest.approx(golden["statistic"], abs=1e-6)
    pooled = pool(y, n, draws=100)
    assert pooled.groups["weight"].to_numpy() == pytest.approx(rows["weight"], abs=1e-6)
    assert pooled.groups["estimate"].to_numpy() == pytest.approx(rows["estimate"], abs=1e-6)


def test_ends_of_intervals_equal_nested_integrals_of_r_but_for_the_draws():
    people = pd.read_csv(GOLDEN / "pooled_shares.csv")
    for row in pd.read_csv(GOLDEN / "pooled_ends.csv").itertuples():
        counted = people[people["set"] == row.set]
        found = pool(counted["y"].to_numpy(), counted["n"].to_numpy()).groups.iloc[row.group - 1]
        # Four times the Monte Carlo error of a fiftieth of the standard deviation.
        near = 4 / 50 * found["std_error"]
        assert found["conf_low"] == pytest.approx(row.conf_low, abs=near)
        assert found["conf_high"] == pytest.approx(row.conf_high, abs=near)


REFINED = {
    "three": ([12, 30, 25], [40, 60, 30]),
    "three alike": ([20, 30, 15], [40, 60, 30]),
    "three of one kind": ([0, 6, 40], [7, 6, 90]),
    "four apart": ([2, 60, 30, 5], [50, 70, 60, 40]),
    "ten": ([27, 44, 55, 26, 54, 72, 36, 27, 16, 33], [44, 94, 101, 48, 95, 108, 62, 43, 45, 52]),
    "a million": ([250_000, 253_000, 251_000, 250_500], [500_000] * 4),
}


@pytest.mark.parametrize("name", REFINED)
def test_twice_the_nodes_move_no_shown_number_of_shares(name):
    y, n = (np.array(each) for each in REFINED[name])
    once, twice = (beta_binomial(y, n, fewest=fewest) for fewest in (16, 64))
    assert len(twice.spread.nodes) >= 2 * len(once.spread.nodes)
    for share in (0.025, 0.5, 0.975):
        assert once.spread.quantile(share) == pytest.approx(twice.spread.quantile(share), rel=1e-6)
    assert once.spread.shortest(0.95) == pytest.approx(twice.spread.shortest(0.95), abs=1e-5)
    weights = [each.spread.mass @ (n / (n + each.concentration[:, None])) for each in (once, twice)]
    assert weights[0] == pytest.approx(weights[1], abs=1e-7)


@pytest.mark.parametrize("count", [3, 4, 10])
@pytest.mark.parametrize("spread", [0.0, 0.05, 3.0])
def test_twice_the_nodes_move_no_shown_number_of_shifts(count, spread, monkeypatch):
    v = np.linspace(0.001, 0.006, count)
    y = spread * np.linspace(-1, 1, count)
    once = groups.normal_normal(y, v)
    monkeypatch.setattr(
        _shrinkage, "density", lambda *given, **how: density(*given, **how, fewest=64)
    )
    twice = groups.normal_normal(y, v)
    assert once.spread.to_numpy() == pytest.approx(twice.spread.to_numpy(), rel=1e-5, abs=1e-7)
    assert once.groups.to_numpy() == pytest.approx(twice.groups.to_numpy(), abs=1e-7)


def test_a_spread_of_shifts_is_not_wider_than_it_can_be():
    y, v = np.array([0.0, 0.05, 0.2]), np.full(3, 0.002)
    free, bounded = groups.normal_normal(y, v), groups.normal_normal(y, v, widest=1.0)
    assert free.spread["conf_high"] > 1 > bounded.spread["conf_high"]
    assert bounded.spread["estimate"] == pytest.approx(free.spread["estimate"], rel=1e-5)
    assert free.mean["std_error"] == np.inf
    assert bounded.mean["std_error"] < 1


def test_where_nothing_differs_intervals_do_not_collapse():
    found = pool([20] * 8, [50] * 8)
    assert found.spread[["estimate", "conf_low"]].tolist() == [0.0, 0.0]
    assert (found.statistic, found.p_value) == (0.0, 1.0)
    assert (found.groups["conf_high"] - found.groups["conf_low"] > 0.08).all()


def test_groups_far_apart_keep_their_own_share():
    found = pool([5, 500, 995], [1000] * 3)
    assert (found.groups["weight"] > 0.98).all()
    assert found.spread["estimate"] > 0.3
    assert found.p_value < 1e-9


def test_chances_of_the_lowest_places_add_up_to_the_places():
    found = pool([10, 20, 15, 25, 30], [40, 80, 60, 60, 50], lowest=2).groups
    assert found["chance_lowest"].sum() == pytest.approx(2.0)
    assert found["chance_lowest"].idxmin() == 4
    assert found["gap"] @ found["n"] == pytest.approx(0.0, abs=1e-9)


def test_the_same_seed_gives_the_same_numbers():
    one, two = (pool([10, 20, 15], [40, 80, 60]).groups for _ in range(2))
    assert one.equals(two)


def test_who_has_no_group_and_a_group_without_people_do_not_count():
    yes, by = people_of([10, 20, 15], [40, 80, 60])
    more = pd.concat([by.cat.add_categories([7]), pd.Series([np.nan] * 5)], ignore_index=True)
    more = pd.Series(pd.Categorical(more, categories=[0, 1, 2, 7]))
    found = groups.pooled_shares(
        pd.concat([yes, pd.Series([True] * 5)], ignore_index=True),
        more,
        rng=np.random.default_rng(1),
    )
    assert found.groups["level"].tolist() == [0, 1, 2]
    assert found.groups["n"].sum() == 180


@pytest.mark.parametrize("count", [3, 10])
def test_intervals_cover_the_true_shares_about_as_often_as_they_say(count):
    hits, runs = 0, 40
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        truth = special.expit(rng.normal(0, rng.uniform(0, 1), count))
        n = rng.integers(20, 120, count)
        found = pool(rng.binomial(n, truth), n, draws=500).groups
        hits += ((found["conf_low"] < truth) & (truth < found["conf_high"])).sum()
    assert 0.91 < hits / (count * runs) < 0.985


@pytest.mark.parametrize("start", [1e-3, 0.5, 15.9, 16.1, 1e3, 1e8, 1e16, np.inf])
def test_the_log_of_a_rising_factorial_keeps_its_digits(start):
    steps = np.array([0, 1, 7, 1000])
    expected = [np.log1p(np.arange(each) / start).sum() for each in steps]
    assert _rise(np.array([start]), steps)[0] == pytest.approx(expected, rel=1e-12, abs=2e-12)


@pytest.mark.parametrize(
    ("y", "n", "reason"),
    [
        ([5, 6], [10, 10], "there are people in 2 groups; a spread between groups needs 3 or more"),
        ([10, 10, 10], [10, 10, 10], "it is true of everybody"),
        ([0, 0, 0], [10, 10, 10], "it is false of everybody"),
    ],
)
def test_what_cannot_be_pooled_is_known_before_it_is_tried(y, n, reason):
    assert groups.pooling_obstacle(*people_of(y, n)).startswith(reason)
    with pytest.raises(ValueError, match=reason):
        pool(y, n)


def test_three_groups_of_any_kind_can_be_pooled():
    for y, n in (([0, 3, 5], [1, 3, 5]), ([1, 0, 0], [1, 1, 1])):
        assert groups.pooling_obstacle(*people_of(y, n)) == ""
        found = pool(y, n)
        assert np.isfinite(found.groups.drop(columns="level").to_numpy(dtype=float)).all()
