"""Survey weights together with a random intercept: witnesses, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ordinal_people import TRUE, draw

from analysis import assumptions, margins, ordinal, paths

GOLDEN = paths.ROOT / "tests" / "golden"
FORMULA = "rating ~ group + x"
SCALINGS = ["size", "effective", "none"]


@pytest.fixture(scope="module")
def people():
    return draw(500, seed=21, spread=0.6)


@pytest.fixture(scope="module")
def weighted(people):
    return ordinal.fit(FORMULA, people, weights="w", random="place")


def _all(found):
    return np.r_[found.parameters, found.log_likelihood]


# ---- Witnesses ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def golden_people():
    """Return people drawn in R, in nine places of unequal size; weights go with the answer."""
    frame = pd.read_csv(GOLDEN / "weighted_mixed_people.csv")
    ordered = pd.CategoricalDtype(["poor", "fair", "good", "best"], ordered=True)
    return frame.astype({"rating": ordered, "channel": "category", "place": "category"})


@pytest.mark.parametrize("link", ["logit", "probit"])
@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_fit_equals_a_likelihood_written_out_in_r(golden_people, link, scaling):
    golden = pd.read_csv(GOLDEN / "weighted_mixed.csv")
    golden = golden[(golden["link"] == link) & (golden["scaling"] == scaling)]
    found = ordinal.fit(
        "rating ~ channel + x", golden_people, weights="weight", random="place",
        link=link, scaling=scaling, nodes=30,
    )  # fmt: skip
    # R's terms: three thresholds, three coefficients, the spread.
    order = [3, 4, 5, 0, 1, 2, 6]
    expected = golden.iloc[order]
    assert found.parameters == pytest.approx(expected["estimate"], rel=1e-6)
    assert np.sqrt(np.diag(found.cov)) == pytest.approx(expected["std_error"], rel=1e-5)
    assert found.log_likelihood == pytest.approx(golden["log_likelihood"].iloc[0], rel=1e-9)
    ten = ordinal.fit(
        "rating ~ channel + x", golden_people, weights="weight", random="place",
        link=link, scaling=scaling,
    )  # fmt: skip
    assert ten.parameters == pytest.approx(found.parameters, rel=1e-5)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_weights_of_one_give_the_estimates_without_weights(people, scaling):
    plain = ordinal.fit(FORMULA, people, random="place")
    ones = people.assign(w=1.0)
    found = ordinal.fit(FORMULA, ones, weights="w", random="place", scaling=scaling)
    assert _all(found) == pytest.approx(_all(plain), rel=1e-9)
    ours, theirs = (each.random.effects["estimate"].to_numpy() for each in (found, plain))
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_whole_weights_without_scaling_are_people_repeated_in_their_group(people):
    repeated = people.loc[people.index.repeat(people["k"])].assign(one=1.0)
    how = {"random": "place", "scaling": "none"}
    found = ordinal.fit(FORMULA, people, weights="k", **how)
    same = ordinal.fit(FORMULA, repeated, weights="one", **how)
    assert _all(found) == pytest.approx(_all(same), rel=1e-9)
    assert found.cov.to_numpy() == pytest.approx(same.cov.to_numpy(), rel=1e-6, abs=1e-10)
    assert (found.n, same.n) == (len(people), people["k"].sum())


def test_the_covariance_is_the_sandwich_of_groups_left_out_one_by_one(people):
    # Scores by another route: the gradient of all less that of all but one group.
    found = ordinal.fit(FORMULA, people, weights="w", random="place", nodes=30)
    counts = ordinal._random.scaled(found.data, "size")
    data = found.data

    def gradient(kept):
        group = np.unique(data.group[kept], return_inverse=True)[1]
        model = ordinal._quadrature.Mixed(
            counts[kept], data.exog[kept], data.freed[kept], ordinal.find_link("logit"), group, 30
        )
        return model.gradient(found.parameters), model

    whole, model = gradient(np.ones(len(counts), bool))
    scores = np.array([whole - gradient(data.group != g)[0] for g in range(8)])
    bread = np.linalg.inv(model.hessian(found.parameters))
    expected = 8 / 7 * bread @ scores.T @ scores @ bread
    assert found.cov.to_numpy() == pytest.approx(expected, rel=1e-4, abs=1e-7)
    assert np.linalg.matrix_rank(found.cov, tol=1e-10) <= 7


def test_weights_undo_a_selection_by_answer():
    everybody = draw(30_000, seed=4, places=10, spread=0.5)
    chance = np.where(everybody["rating"].isin(["good", "best"]), 0.5, 0.15)
    some = np.random.default_rng(1).uniform(size=len(everybody)) < chance
    sample = everybody[some].assign(w=1 / chance[some])
    plain = ordinal.fit(FORMULA, sample, random="place")
    found = ordinal.fit(FORMULA, sample, weights="w", random="place")
    truth = ordinal.fit(FORMULA, everybody, random="place")
    apart = [
        np.abs(each.thresholds["estimate"] - truth.thresholds["estimate"]).max()
        for each in (plain, found)
    ]
    assert apart[0] > 0.8
    assert apart[1] < 0.1
    assert found.random.sd == pytest.approx(truth.random.sd, abs=0.06)
    error = found.coefficients.set_index("term")["estimate"] - pd.Series(TRUE)
    assert error.abs().max() < 0.1


# ---- What must not change the answer ------------------------------------------------------------


@given(seed=st.integers(0, 20), factors=st.lists(st.floats(0.01, 100), min_size=8, max_size=8))
def test_scaled_weights_have_no_unit_within_groups(seed, factors):
    people = draw(200, seed=seed, spread=0.5)
    changed = people.assign(w=people["w"] * np.array(factors)[people["place"].cat.codes])
    for scaling in ("size", "effective"):
        one, two = (
            ordinal._random.scaled(
                ordinal._patterns.to_patterns(FORMULA, each, weights="w", group="place"), scaling
            )
            for each in (people, changed)
        )
        assert two == pytest.approx(one, rel=1e-9)


def test_scaled_weights_add_up_to_what_their_scaling_says(people):
    patterns = ordinal._patterns.to_patterns(FORMULA, people, weights="w", group="place")
    by_place = people.groupby("place", observed=True)["w"]
    n, effective = by_place.size(), by_place.sum() ** 2 / by_place.agg(lambda w: (w**2).sum())
    for scaling, total in (("size", n), ("effective", effective), ("none", by_place.sum())):
        sums = np.bincount(patterns.group, ordinal._random.scaled(patterns, scaling).sum(axis=1))
        assert sums == pytest.approx(total.to_numpy())


def test_who_weighs_nothing_is_nobody_and_a_group_of_them_is_none(people):
    gone = people["place"] == "q"
    found = ordinal.fit(
        FORMULA, people.assign(w=people["w"].mask(gone, 0.0)), weights="w", random="place"
    )
    same = ordinal.fit(FORMULA, people[~gone], weights="w", random="place")
    assert _all(found) == pytest.approx(_all(same), rel=1e-12)
    assert len(found.random.effects) == 7
    assert found.df == 6


# ---- What a fit with both is good for ------------------------------------------------------------


def test_intervals_are_those_of_t_with_the_groups_less_one(weighted):
    row = weighted.coefficients.iloc[0]
    assert (row["conf_high"] - row["estimate"]) / row["std_error"] == pytest.approx(
        2.3646, abs=1e-4
    )
    assert weighted.df == 7


def test_wald_divides_by_the_groups_and_refuses_as_many_coefficients(people, weighted):
    test, one = ordinal.wald(weighted, "group"), ordinal.wald(weighted, "x")
    assert (test.df, test.df_denominator) == (2, 6)
    assert (one.df, one.df_denominator) == (1, 7)
    row = weighted.coefficients.set_index("term").loc["x"]
    assert one.statistic == pytest.approx(row["statistic"] ** 2)
    assert one.p_value == pytest.approx(row["p_value"])
    many = people.assign(many=pd.Categorical(np.arange(len(people)) % 9))
    found = ordinal.fit("rating ~ many", many, weights="w", random="place")
    with pytest.raises(ValueError, match=r"'many' has 8 coefficients, .* 8 groups allow"):
        ordinal.wald(found, "many")


def test_intercepts_have_no_standard_errors(weighted):
    effects = weighted.random.effects
    assert effects["estimate"].notna().all()
    assert effects[["std_error", "conf_low", "conf_high"]].isna().all(axis=None)


def test_predicted_shares_average_over_people_with_the_weights_as_they_are(people, weighted):
    found = margins.predicted_shares(weighted, "group", answers=["good", "best"])
    nodes, mass = np.polynomial.hermite_e.hermegauss(30)
    edges = weighted.edges(people.assign(group=people["group"].where(people["group"] == "b", "b")))
    by_node = [1 / (1 + np.exp(-(edges[:, 1] - weighted.random.sd * node))) for node in nodes]
    below = mass @ np.array(by_node) / mass.sum()
    share = 1 - np.average(below, weights=people["w"])
    row = found.frame().set_index("level").loc["b"]
    assert row["estimate"] == pytest.approx(share, rel=1e-9)
    reach = np.log(row["conf_high"] / (1 - row["conf_high"])) - np.log(share / (1 - share))
    assert reach / row["std_error"] * share * (1 - share) == pytest.approx(2.3646, abs=1e-4)
    apart = margins.differences(found, against="first")
    single = margins.differences(margins.predicted_shares(weighted, "group", answers=["best"]))
    assert (apart["std_error"] > 0).all()
    assert np.isfinite(single["p_value"]).all()


def test_the_interval_of_the_spread_is_made_on_the_log_scale(weighted):
    found = ordinal.weighted_spread(weighted)
    error = np.sqrt(weighted.cov.iloc[-1, -1]) / weighted.random.sd
    assert found["estimate"] ** 2 == pytest.approx(found["conf_low"] * found["conf_high"])
    assert np.log(found["conf_high"] / found["estimate"]) / error == pytest.approx(2.3646, abs=1e-4)


def test_nothing_between_groups_is_found_as_nothing():
    people = draw(400, seed=5)
    found = ordinal.fit(FORMULA, people, weights="w", random="place")
    assert found.random.sd == 0
    assert found.coefficients["std_error"].notna().all()
    assert found.cov.iloc[-1].isna().all()
    spread = ordinal.weighted_spread(found)
    assert spread["estimate"] == 0
    assert spread[["conf_low", "conf_high"]].isna().all()


# ---- Refusals ------------------------------------------------------------------------------------


def test_what_needs_a_likelihood_is_refused(people, weighted):
    plain = ordinal.fit(FORMULA, people, weights="w")
    with pytest.raises(ValueError, match="survey weights, so no likelihood; use wald"):
        ordinal.compare(weighted, plain)
    with pytest.raises(ValueError, match="no likelihood to profile; use weighted_spread"):
        ordinal.spread_interval(weighted)
    with pytest.raises(ValueError, match="has weights, groups or freed terms; refit without"):
        ordinal.score(weighted, FORMULA + " + place", people)
    with pytest.raises(ValueError, match="random intercept; free terms without it"):
        ordinal.free(weighted, "x")
    for check in (assumptions.brant, assumptions.freed_terms):
        with pytest.raises(ValueError, match="weights"):
            check(weighted)
    assert np.isnan(weighted.aic)


def test_the_weighted_interval_is_refused_without_weights_or_groups(people):
    with pytest.raises(ValueError, match="has no survey weights; use spread_interval"):
        ordinal.weighted_spread(ordinal.fit(FORMULA, people, random="place"))
    with pytest.raises(ValueError, match="has no random intercept"):
        ordinal.weighted_spread(ordinal.fit(FORMULA, people, weights="w"))


def test_an_obstacle_is_found_with_both(people):
    apart = people.assign(group=people["rating"].astype("str").astype("category"))
    assert ordinal.obstacle(FORMULA, people, weights="w", random="place") == ""
    told = ordinal.obstacle(FORMULA, apart, weights="w", random="place")
    assert "in some category of group" in told
