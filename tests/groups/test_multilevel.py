"""Shares of groups post-stratified: equal to lme4's and to brute-force integrals, and honest."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import groups
from analysis.groups._posterior import Cells, column_spreads, modes_at, posterior, spread_nodes

GOLDEN = Path(__file__).parents[1] / "golden"


def people_of(cells):
    """Make a row for each person of a table of cells, and whether each is a yes."""
    kinds = dict.fromkeys(("district", "age"), "category")
    people = cells.loc[cells.index.repeat(cells["n"])].reset_index(drop=True).astype(kinds)
    yes = np.concatenate([np.arange(n) < y for n, y in zip(cells["n"], cells["y"], strict=True)])
    return pd.Series(yes), people[["district", "age"]]


#: The scale of the prior that R's integrals have.
SCALE = 0.5


def fit(cells, draws=20_000, seed=1):
    yes, people = people_of(cells)
    rng = np.random.default_rng(seed)
    return groups.multilevel(
        yes, people, by="district", held=["age"], rng=rng, draws=draws, scale=SCALE
    )


def golden_cells():
    counted = pd.read_csv(GOLDEN / "multilevel_cells.csv")
    codes = [counted[name].astype("category").cat.codes for name in ("district", "age")]
    design = np.hstack([np.ones((len(counted), 1)), *(np.eye(c.max() + 1)[c] for c in codes)])
    factor = np.r_[-1, np.repeat([0, 1], [10, 5])]
    return Cells(y=counted["y"].to_numpy(), n=counted["n"].to_numpy(), design=design, factor=factor)


def test_modes_at_given_spreads_equal_those_of_lme4():
    cells, golden = golden_cells(), pd.read_csv(GOLDEN / "multilevel_modes.csv")
    for _, rows in golden.groupby("set"):
        nodes = rows[["of_district", "of_age"]].iloc[:1].to_numpy()
        modes = modes_at(cells, nodes)[0] * column_spreads(cells, nodes)
        assert modes[0] == pytest.approx(rows["mode"].to_numpy(), abs=1e-5)


def test_laplaces_likelihood_of_the_spreads_moves_like_that_of_lme4():
    cells, golden = golden_cells(), pd.read_csv(GOLDEN / "multilevel_modes.csv")
    first = golden.drop_duplicates("set")
    _, hessians, heights = modes_at(cells, first[["of_district", "of_age"]].to_numpy())
    # lme4 integrates the effects alone, not the intercept.
    logs = np.linalg.slogdet(hessians[:, 1:, 1:])[1]
    ours = -2 * (heights - logs / 2)
    assert ours - ours[0] == pytest.approx(
        (first["deviance"] - first["deviance"].iloc[0]).to_numpy(), abs=1e-5
    )


@pytest.fixture(scope="module")
def small():
    cells = pd.read_csv(GOLDEN / "multilevel_small.csv")
    return cells, fit(cells, draws=200_000)


def test_means_and_deviations_equal_brute_force_integrals_of_r(small):
    cells, found = small
    golden = pd.read_csv(GOLDEN / "multilevel_integrals.csv")
    shares = found.shares(cells)
    # Three digits; the Monte Carlo error of 200,000 draws is 0.0003.
    assert shares["estimate"].to_numpy() == pytest.approx(golden["mean"].to_numpy(), abs=1e-3)
    assert shares["std_error"].to_numpy() == pytest.approx(golden["sd"].to_numpy(), abs=1e-3)
    assert found.spreads["district"] == pytest.approx(golden["spread"].iloc[0], rel=0.01)


def test_quantiles_equal_brute_force_integrals_of_r(small):
    cells, found = small
    for row in pd.read_csv(GOLDEN / "multilevel_integrals.csv").itertuples():
        for cut, below in ((row.cut1, row.below1), (row.cut2, row.below2), (row.cut3, row.below3)):
            # The quantile at R's probability is R's cut: an end of that interval. Quantiles that
            # one draw in fifty or fewer lie beyond have a larger Monte Carlo error.
            level = abs(2 * below - 1)
            if level > 0.96:
                continue
            ends = found.shares(cells, conf_level=level).set_index("level").loc[row.district]
            end = ends["conf_high"] if below > 0.5 else ends["conf_low"]
            assert end == pytest.approx(cut, abs=2e-3)


def test_draws_hardly_need_their_weights(small):
    _, found = small
    assert found.posterior.effective > 0.9 * len(found.posterior.draws)
    assert found.posterior.weight.sum() == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_numbers_and_another_others():
    cells = pd.read_csv(GOLDEN / "multilevel_small.csv")
    first, again, other = (fit(cells, draws=500, seed=seed).shares(cells) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert (first["estimate"] != other["estimate"]).all()


def test_more_nodes_move_nothing_that_is_seen(monkeypatch):
    cells = golden_cells()
    few = posterior(cells, np.full(2, np.nan), scale=1.0, draws=10, rng=np.random.default_rng(1))
    monkeypatch.setattr("analysis.groups._posterior.NODES", 64**2)
    many = posterior(cells, np.full(2, np.nan), scale=1.0, draws=10, rng=np.random.default_rng(1))
    assert len(many.mass) > 6 * len(few.mass)
    assert few.mass @ few.nodes == pytest.approx(many.mass @ many.nodes, abs=1e-4)
    assert few.mass @ few.modes == pytest.approx(many.mass @ many.modes, abs=1e-4)


def test_a_spread_that_many_groups_tell_well_is_integrated_all_the_same():
    rng = np.random.default_rng(3)
    cells = pd.MultiIndex.from_product([range(60), range(4)], names=["district", "age"])
    cells = cells.to_frame(index=False).assign(n=200)
    effects = rng.normal(0, 0.3, 60)[cells["district"]]
    cells["y"] = rng.binomial(200, 1 / (1 + np.exp(-effects)))
    found = fit(cells, draws=500)
    nodes, mass = found.posterior.nodes[:, 0], found.posterior.mass
    error = np.sqrt(mass @ nodes**2 - (mass @ nodes) ** 2)
    held = np.bincount(np.unique(nodes, return_inverse=True)[1], mass)
    assert abs(found.spreads["district"] - effects.std()) < 0.1
    assert held.max() < 0.5  # a step between nodes is about a standard deviation or less
    assert error == pytest.approx(0.3 / np.sqrt(2 * 60), rel=0.5)


def test_a_spread_that_is_set_is_not_integrated():
    nodes, logs = spread_nodes(np.array([1.0, 2.0]), 0.5, np.array([[0.0, 2.0]] * 2))
    assert nodes.tolist() == [[1.0, 2.0]]
    assert logs.tolist() == [0.0]


@pytest.mark.parametrize("share", [0.02, 0.98])
def test_groups_without_a_yes_or_without_a_no_keep_intervals(share):
    rng = np.random.default_rng(7)
    cells = pd.MultiIndex.from_product([[*"ABCDE"], [*"abc"]], names=["district", "age"])
    cells = cells.to_frame(index=False).assign(n=8)
    cells["y"] = rng.binomial(8, share, len(cells))
    cells.loc[0, "y"] = 4
    cells.loc[cells["district"] == "E", "y"] = 8 if share > 0.5 else 0
    found = fit(cells)
    rows = found.shares(cells.assign(people=1))
    assert found.posterior.effective > 2_000
    assert ((rows["conf_low"] > 0) & (rows["conf_high"] < 1)).all()
    assert (rows["conf_low"] < rows["estimate"]).all()


def test_people_of_the_cells_decide_and_not_those_who_answered():
    cells = pd.MultiIndex.from_product([[*"ABC"], [*"abc"]], names=["district", "age"])
    cells = cells.to_frame(index=False).assign(n=[90, 5, 5] * 3, y=[9, 2, 5] * 3)
    found = fit(cells)
    young = found.shares(cells.assign(people=[100, 0, 0] * 3))["estimate"]
    old = found.shares(cells.assign(people=[0, 0, 100] * 3))["estimate"]
    assert (young < 0.15).all()
    assert (old > 0.5).all()
    some = found.shares(cells.assign(people=[50, 0, 50] * 3))["estimate"]
    assert some.to_numpy() == pytest.approx((young + old).to_numpy() / 2)


def test_a_group_and_an_age_that_nobody_answered_from_are_told_of_by_the_prior():
    cells = pd.read_csv(GOLDEN / "multilevel_small.csv")
    yes, people = people_of(cells)
    kinds = {"district": [*"ABCDE"], "age": [*"abcd"]}
    people = people.astype({name: pd.CategoricalDtype(each) for name, each in kinds.items()})
    found = groups.multilevel(
        yes, people, by="district", held=["age"], rng=np.random.default_rng(1)
    )
    rows = found.shares(pd.DataFrame({"district": [*"ABE"], "age": [*"aad"], "people": 5}))
    width = rows["conf_high"] - rows["conf_low"]
    assert width[2] > width[:2].max()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"age": ["x"] * 12}, "no level of the model"),
        ({"people": [-1] * 12}, "number of people"),
        ({"people": [np.nan] * 12}, "number of people"),
    ],
)
def test_cells_that_the_model_does_not_know_are_refused(change, said):
    cells = pd.read_csv(GOLDEN / "multilevel_small.csv")
    found = fit(cells, draws=100)
    with pytest.raises(ValueError, match=said):
        found.shares(cells.assign(**change))


def test_people_without_a_factor_are_refused_and_so_are_two_groups():
    yes, people = people_of(pd.read_csv(GOLDEN / "multilevel_small.csv"))
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="people without"):
        groups.multilevel(
            yes, people.assign(age=people["age"].where(people["age"] != "a")), by="district",
            held=["age"], rng=rng,
        )  # fmt: skip
    two = people["district"].isin(["A", "B"])
    with pytest.raises(ValueError, match="2 groups"):
        groups.multilevel(yes[two], people[two], by="district", held=["age"], rng=rng)
