import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ordinal_people import ANSWERS, TRUE, draw
from scipy import optimize
from statsmodels.miscmodels.ordinal_model import OrderedModel

from analysis import assumptions, ordinal
from analysis.numerics import minimise
from analysis.ordinal import Cumulative
from analysis.ordinal._links import LINKS
from analysis.ordinal._patterns import to_patterns
from analysis.ordinal._quadrature import Mixed

FORMULA = "rating ~ group + x"


@pytest.fixture(scope="module")
def people():
    return draw(800, seed=11, spread=0.6)


@pytest.fixture(scope="module")
def fitted(people):
    return ordinal.fit(FORMULA, people)


@pytest.fixture(scope="module")
def mixed(people):
    return ordinal.fit(FORMULA, people, random="place")


def _estimates(found):
    return np.r_[found.coefficients["estimate"], found.thresholds["estimate"]]


def _errors(found):
    return np.r_[found.coefficients["std_error"], found.thresholds["std_error"]]


# ---- Two routes to the same numbers -------------------------------------------------------------


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_the_fit_equals_statsmodels_by_another_route(people, link):
    ours = ordinal.fit(FORMULA, people, link=link)
    exog = pd.get_dummies(people["group"], drop_first=True, dtype=float).assign(x=people["x"])
    model = OrderedModel(people["rating"].cat.codes, exog.to_numpy(), distr=link)
    theirs = model.fit(
        start_params=model.fit(method="bfgs", disp=False).params, method="newton", disp=False
    )
    assert ours.coefficients["estimate"].to_numpy() == pytest.approx(theirs.params[:3], rel=1e-6)
    assert ours.coefficients["std_error"].to_numpy() == pytest.approx(theirs.bse[:3], rel=1e-4)
    assert ours.log_likelihood == pytest.approx(theirs.llf, rel=1e-10)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("nominal", [None, "group"])
def test_gradient_and_hessian_are_those_of_the_likelihood(people, link, nominal):
    patterns = to_patterns(FORMULA, people, nominal=nominal)
    model = Cumulative(patterns.counts, patterns.exog, patterns.freed, LINKS[link])
    at = model.start() + 0.05 * np.cos(np.arange(len(model.start())))
    gradient, hessian = model.derivatives(at)
    assert gradient == pytest.approx(optimize.approx_fprime(at, model.value, 1e-7), abs=2e-3)
    numerical = optimize.approx_fprime(at, lambda p: model.derivatives(p)[0], 1e-7)
    assert hessian == pytest.approx(numerical, rel=1e-4, abs=2e-3)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("nodes", [1, 4, 10])
def test_the_gradient_with_groups_is_that_of_the_quadrature(people, link, nodes):
    patterns = to_patterns(FORMULA, people, group="place")
    model = Mixed(
        patterns.counts, patterns.exog, patterns.freed, LINKS[link], patterns.group, nodes
    )
    at = model.start(model.plain.start() + 0.1)
    steps = 1e-5 * np.eye(len(at))
    numerical = [(model.value(at + step) - model.value(at - step)) / 2e-5 for step in steps]
    assert model.gradient(at) == pytest.approx(numerical, abs=1e-4)
    if nodes == 10:
        largest = np.abs(model.hessian(at)).max()
        assert model.information(at) == pytest.approx(model.hessian(at), abs=1e-5 * largest)


def test_ten_nodes_are_as_good_as_thirty(people, mixed):
    more = ordinal.fit(FORMULA, people, random="place", nodes=30)
    assert _estimates(more) == pytest.approx(_estimates(mixed), rel=1e-6)
    assert more.random.sd == pytest.approx(mixed.random.sd, rel=1e-6)
    one = ordinal.fit(FORMULA, people, random="place", nodes=1)
    assert one.random.sd == pytest.approx(mixed.random.sd, rel=0.01)
    assert one.random.sd != mixed.random.sd


def test_the_quadrature_equals_an_integral_by_brute_force(people):
    few = people.iloc[:60]
    found = ordinal.fit("rating ~ x", few, random="place", nodes=30)
    u = np.linspace(-8, 8, 4001)
    density = np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi) * (u[1] - u[0])
    total, edges = 0.0, found.edges(few)
    for place in few["place"].unique():
        here = (few["place"] == place).to_numpy()
        shifted = edges[here][:, None, :] - found.random.sd * u[None, :, None]
        below = 1 / (1 + np.exp(-shifted))
        below = np.concatenate([0 * below[..., :1], below, 0 * below[..., :1] + 1], axis=2)
        codes = few["rating"].cat.codes.to_numpy()[here]
        at = np.arange(len(codes))
        chance = (below[at, :, codes + 1] - below[at, :, codes]).prod(axis=0)
        total += np.log(chance @ density)
    assert found.log_likelihood == pytest.approx(total, rel=1e-9)


@pytest.mark.parametrize("link", LINKS)
def test_one_node_is_laplaces_formula(people, link):
    found = ordinal.fit("rating ~ x", people, random="place", nodes=1, link=link)
    edges, codes = found.edges(people), people["rating"].cat.codes.to_numpy()
    total = 0.0
    for place in people["place"].cat.categories:
        here = np.flatnonzero(people["place"] == place)

        def height(v, here=here):
            below, _ = LINKS[link].below(edges[here] - found.random.sd * v)
            below = np.column_stack([np.zeros(len(here)), below, np.ones(len(here))])
            at = np.arange(len(here)), codes[here]
            chance = np.maximum(below[at[0], at[1] + 1] - below[at], 1e-300)
            return v**2 / 2 - np.log(chance).sum()

        mode = optimize.minimize_scalar(height, bounds=(-4, 4), options={"xatol": 1e-10}).x
        curve = (height(mode + 1e-3) - 2 * height(mode) + height(mode - 1e-3)) / 1e-6
        total -= height(mode) + np.log(curve) / 2
    assert found.log_likelihood == pytest.approx(total, abs=1e-5)


@pytest.mark.parametrize("how", [{}, {"nominal": "x"}, {"random": "place"}, {"link": "probit"}])
def test_frequencies_equal_repeated_rows(people, how):
    few = people.iloc[:200]
    repeated = few.loc[few.index.repeat(few["k"])].reset_index(drop=True)
    one, two = (
        ordinal.fit(FORMULA, repeated, **how),
        ordinal.fit(FORMULA, few, frequency="k", **how),
    )
    assert one.n == two.n == few["k"].sum()
    assert _estimates(two) == pytest.approx(_estimates(one), rel=1e-8)
    assert _errors(two) == pytest.approx(_errors(one), rel=1e-7)


def test_weighted_errors_are_the_sandwich_made_person_by_person(people):
    found = ordinal.fit(FORMULA, people, weights="w")
    design = np.column_stack([people["group"] == "b", people["group"] == "c", people["x"]])
    answer = people["rating"].cat.codes.to_numpy()

    def log_chance(parameters):
        edges = np.r_[-np.inf, parameters[3:], np.inf]
        x = design.astype(float) @ parameters[:3]
        below = 1 / (1 + np.exp(-(edges[answer + 1] - x)))
        return np.log(below - 1 / (1 + np.exp(-(edges[answer] - x))))

    at = _estimates(found)
    scores = optimize.approx_fprime(at, log_chance, 1e-7)
    w = people["w"].to_numpy() / people["w"].mean()
    patterns = to_patterns(FORMULA, people, weights="w")
    model = Cumulative(patterns.counts, patterns.exog, patterns.freed, LINKS["logit"])
    bread = np.linalg.inv(model.derivatives(at)[1] / people["w"].mean())
    n = len(people)
    covariance = n / (n - 1) * bread @ ((scores * w[:, None] ** 2).T @ scores) @ bread
    assert found.cov.to_numpy() == pytest.approx(covariance, rel=1e-4, abs=1e-8)
    assert (w @ scores) == pytest.approx(np.zeros(6), abs=1e-4)


# ---- What must not change the answer -----------------------------------------------------------


@given(seed=st.integers(0, 50), factor=st.sampled_from([0.01, 3.0, 1000.0]))
def test_neither_the_order_of_people_nor_the_unit_of_weights_matters(seed, factor):
    people = draw(150, seed)
    shuffled = people.sample(frac=1, random_state=seed).assign(w=lambda f: f["w"] * factor)
    one, two = (ordinal.fit("rating ~ x", each, weights="w") for each in (people, shuffled))
    assert _estimates(one) == pytest.approx(_estimates(two), rel=1e-7, abs=1e-9)
    assert _errors(one) == pytest.approx(_errors(two), rel=1e-7)


@given(seed=st.integers(0, 50))
def test_turning_the_scale_round_turns_the_signs(seed):
    people = draw(200, seed)
    turned = people.assign(rating=people["rating"].cat.reorder_categories(ANSWERS[::-1]))
    one, two = (ordinal.fit(FORMULA, each) for each in (people, turned))
    assert one.coefficients["estimate"].to_numpy() == pytest.approx(
        -two.coefficients["estimate"].to_numpy(), rel=1e-7, abs=1e-9
    )
    assert one.log_likelihood == pytest.approx(two.log_likelihood, rel=1e-10)


def test_another_baseline_changes_the_coefficients_but_no_prediction(people, fitted):
    turned = people.assign(group=people["group"].cat.reorder_categories(["c", "a", "b"]))
    other = ordinal.fit(FORMULA, turned)
    assert other.predict(turned).to_numpy() == pytest.approx(
        fitted.predict(people).to_numpy(), rel=1e-8
    )


def test_transformations_see_all_people_and_not_the_patterns(people, fitted):
    centred = ordinal.fit("rating ~ group + center(x)", people)
    assert _estimates(centred)[:3] == pytest.approx(_estimates(fitted)[:3], rel=1e-8)
    shift = fitted.coefficients["estimate"].iloc[2] * people["x"].mean()
    assert _estimates(centred)[3:] == pytest.approx(_estimates(fitted)[3:] - shift, rel=1e-8)
    assert centred.predict(people.head(3)).to_numpy() == pytest.approx(
        fitted.predict(people.head(3)).to_numpy(), rel=1e-8
    )


def test_many_combinations_are_counted_as_few_are(people):
    wide = people.assign(**{f"v{i}": people["x"] * i + np.arange(len(people)) for i in range(9)})
    formula = FORMULA + " + v1"
    one = ordinal.fit(formula, wide)
    assert one.n_patterns == len(people)
    few = ordinal.fit("rating ~ x", people)
    assert few.n_patterns == people["x"].nunique() < len(people)


# ---- Recovery ------------------------------------------------------------------------------------


def test_a_large_sample_recovers_the_truth():
    found = ordinal.fit(FORMULA, draw(200_000, seed=3)).coefficients.set_index("term")
    for term, value in TRUE.items():
        assert found.loc[term, "estimate"] == pytest.approx(value, abs=0.03)


def test_predicted_probabilities_are_those_of_the_model(people, fitted):
    predicted = fitted.predict(people)
    assert predicted.sum(axis=1).to_numpy() == pytest.approx(1.0)
    shares = people["rating"].value_counts(normalize=True, sort=False)
    assert predicted.mean().to_numpy() == pytest.approx(shares.to_numpy(), abs=0.02)


def test_a_group_that_was_not_seen_is_predicted_at_the_average(people, mixed):
    unseen = people.head(4).assign(place="elsewhere")
    here, there = mixed.predict(people.head(4)), mixed.predict(unseen)
    assert there.sum(axis=1).to_numpy() == pytest.approx(1.0)
    assert not np.allclose(here, there)
    average = ordinal.fit(FORMULA, people).predict(people.head(4))
    assert np.abs(there.to_numpy() - average.to_numpy()).max() < 0.06


# ---- What is left out, and said ----------------------------------------------------------------


def test_answers_and_categories_that_nobody_has_are_dropped_and_named(people):
    wider = people.assign(
        rating=people["rating"].cat.add_categories(["beyond"]),
        group=pd.Categorical(people["group"], ["none", "a", "b", "c"]),
    )
    found = ordinal.fit(FORMULA, wider)
    assert set(found.dropped) == {"rating: beyond", "group: none (the baseline; now a)"}
    assert found.coefficients["term"].tolist() == list(TRUE)


def test_empty_cells_of_an_interaction_are_dropped_and_named(people):
    holes = people[(people["group"] != "c") | (people["place"] != "q")]
    found = ordinal.fit("rating ~ group * place", holes)
    assert found.dropped == ("group[T.c]:place[T.q] (nobody, or a repeat of other terms)",)
    assert len(found.coefficients) == 2 + 7 + 13


def test_nothing_between_groups_is_found_as_nothing():
    people = draw(400, seed=5)
    found = ordinal.fit(FORMULA, people, random="place")
    assert found.random.sd == 0
    assert (found.random.effects["estimate"] == 0).all()
    test = ordinal.compare(found, ordinal.fit(FORMULA, people))
    assert (test.df, test.p_value) == (1, 1.0)
    low = ordinal.spread_interval(found)
    assert low["conf_low"] == 0
    assert low["conf_high"] > 0


# ---- Tests between models ----------------------------------------------------------------------


def test_likelihood_ratio_wald_and_score_agree_in_a_large_sample():
    people = draw(40_000, seed=2, spread=0.03)
    full, small = ordinal.fit(FORMULA + " + place", people), ordinal.fit(FORMULA, people)
    tests = ordinal.compare(full, small), ordinal.wald(full, "place")
    score = ordinal.score(small, FORMULA + " + place", people)
    assert {test.df for test in (*tests, score)} == {7}
    assert tests[0].statistic > 15
    for test in (tests[1], score):
        assert test.statistic == pytest.approx(tests[0].statistic, rel=0.005)


def test_the_simulated_p_of_the_score_agrees_with_chi_squared_in_large_cells(people):
    small = ordinal.fit("rating ~ x", people)
    plain = ordinal.score(small, "rating ~ x + place", people)
    rng = np.random.default_rng(1)
    drawn = ordinal.score(
        ordinal.fit("rating ~ x + group", people), "rating ~ x + group + group:x", people,
        simulations=199, rng=rng,
    )  # fmt: skip
    exact = ordinal.score(
        ordinal.fit("rating ~ x + group", people), "rating ~ x + group + group:x", people
    )
    assert drawn.p_value == pytest.approx(exact.p_value, abs=0.12)
    assert drawn.statistic == exact.statistic
    assert plain.p_value < 1e-6
    with pytest.raises(ValueError, match="simulations need a source of randomness"):
        ordinal.score(small, "rating ~ x + place", people, simulations=9)


def test_a_random_intercept_is_tested_by_the_mixture(people, fitted, mixed):
    test = ordinal.compare(mixed, fitted)
    assert test.statistic == pytest.approx(2 * (mixed.log_likelihood - fitted.log_likelihood))
    assert test.p_value < 1e-6


def test_the_profile_interval_ends_where_the_likelihood_has_fallen(people, mixed):
    interval = ordinal.spread_interval(mixed, conf_level=0.9)
    wide = ordinal.spread_interval(mixed)
    assert wide["conf_low"] < interval["conf_low"] < mixed.random.sd < interval["conf_high"]
    patterns = mixed.data
    model = Mixed(
        patterns.counts, patterns.exog, patterns.freed, LINKS["logit"], patterns.group, 10
    )
    best = optimize.minimize(
        lambda rest: model.value(np.r_[rest, wide["conf_high"]]), _estimates(mixed), tol=1e-10
    )
    assert 2 * (best.fun + mixed.log_likelihood) == pytest.approx(3.841459, abs=1e-3)


@pytest.mark.parametrize(
    ("full", "reduced", "message"),
    [
        (FORMULA, "rating ~ place", "is not inside"),
        (FORMULA, FORMULA, "is not inside"),
        ("rating ~ group", FORMULA, "is not inside"),
    ],
)
def test_models_that_are_not_nested_are_not_compared(people, full, reduced, message):
    with pytest.raises(ValueError, match=message):
        ordinal.compare(ordinal.fit(full, people), ordinal.fit(reduced, people))


def test_models_of_other_numbers_of_people_are_not_compared_and_both_are_named(people):
    some = ordinal.fit("rating ~ x", people.iloc[5:])
    said = f"{len(people):,} and {len(people) - 5:,} people; fit both to the same rows"
    with pytest.raises(ValueError, match=said):
        ordinal.compare(ordinal.fit(FORMULA, people), some)
    with pytest.raises(ValueError, match="people; fit both to the same rows"):
        ordinal.score(some, FORMULA, people)


def test_models_of_as_many_other_people_are_not_compared(people):
    full, others = ordinal.fit(FORMULA, people.iloc[1:]), people.iloc[:-1]
    assert len(others) == full.n
    with pytest.raises(ValueError, match="but not to the same people with the same answers"):
        ordinal.compare(full, ordinal.fit("rating ~ x", others))
    with pytest.raises(ValueError, match="but not to the same people with the same answers"):
        ordinal.score(ordinal.fit("rating ~ x", others), FORMULA, people.iloc[1:])


def test_models_of_answers_that_changed_hands_are_not_compared(people):
    """As many people gave each answer, in the same rows: another question, or a sorted column."""
    swapped = people.assign(rating=people["rating"].array[::-1])
    with pytest.raises(ValueError, match="not to the same people with the same answers"):
        ordinal.compare(ordinal.fit(FORMULA, people), ordinal.fit("rating ~ x", swapped))


def test_models_of_other_questions_or_answers_are_not_compared(people):
    renamed = people.assign(ease=people["rating"])
    with pytest.raises(ValueError, match=r"are models of rating \(.*\) and ease \("):
        ordinal.compare(ordinal.fit(FORMULA, people), ordinal.fit("ease ~ x", renamed))
    plain = ordinal.fit(FORMULA, people), ordinal.fit("rating ~ x", people)
    one, two = (
        assumptions.against_others(each, answers=answers)
        for each, answers in zip(plain, (["best"], ["good", "best"]), strict=True)
    )
    with pytest.raises(ValueError, match="not to the same people with the same answers"):
        ordinal.compare(one, two)


def test_models_of_people_in_another_order_or_with_an_answer_nobody_gave_are_compared(people):
    wider = people["rating"].cat.add_categories("beyond")
    turned = people.assign(rating=wider).iloc[::-1]
    full = ordinal.fit(FORMULA, people)
    known = ordinal.compare(full, ordinal.fit("rating ~ x", people))
    found = ordinal.compare(full, ordinal.fit("rating ~ x", turned))
    assert found.statistic == pytest.approx(known.statistic)


def test_models_of_other_frequencies_are_not_compared(people):
    counted = people.assign(times=2)
    poor, best = ((people["rating"] == answer).idxmax() for answer in ("poor", "best"))
    more = counted.assign(times=counted["times"].mask(people.index == poor, 3))
    more["times"] = more["times"].mask(people.index == best, 1)
    full = ordinal.fit(FORMULA, counted, frequency="times")
    same = ordinal.compare(full, ordinal.fit("rating ~ x", counted, frequency="times"))
    assert same.n == 2 * len(people)
    with pytest.raises(ValueError, match="not to the same people with the same answers"):
        ordinal.compare(full, ordinal.fit("rating ~ x", more, frequency="times"))


def test_weighted_models_have_no_likelihood_to_compare(people):
    found = ordinal.fit(FORMULA, people, weights="w")
    assert np.isnan(found.aic)
    with pytest.raises(ValueError, match="survey weights, so no likelihood; use wald"):
        ordinal.compare(found, ordinal.fit("rating ~ x", people, weights="w"))
    assert ordinal.wald(found, "group + x").df == 3


# ---- Refusals ----------------------------------------------------------------------------------


def _text(frame):
    return frame.assign(group=frame["group"].astype("str"))


def _without_best_in_c(frame):
    return frame[(frame["group"] != "c") | (frame["rating"] == "poor")]


@pytest.mark.parametrize(
    ("formula", "change", "message"),
    [
        ("rating ~ group", _text, "'group' is text; make it Categorical"),
        ("rating ~ nothing", lambda f: f, r"\['nothing'\] are not columns"),
        ("rating ~ cantre(x)", lambda f: f, r"\['cantre'\] are not columns"),
        ("rating ~ group +", lambda f: f, "is not a formula"),
        ("group ~ x", lambda f: f, "make it an ordered Categorical"),
        ("rating ~ x", lambda f: f.assign(x=f["x"].where(f["x"] < 2)), "values are missing: {'x'"),
        ("rating ~ x", lambda f: f[f["rating"] == "fair"], "a model needs two"),
        ("rating ~ x", lambda f: f[:0], "there is nobody in the data"),
        ("rating ~ x", lambda f: f.assign(x=f["x"] + np.inf), "'x' holds infinite values"),
        ("rating ~ x + y", lambda f: f.assign(y=2 * f["x"]), r"\['y'\] repeat others"),
        (
            "rating ~ y",
            lambda f: f.assign(y=(f["rating"] == "best") * 1.0),
            r"separated by \['y'\]",
        ),
        (FORMULA, _without_best_in_c, r"separated by \['group\[T.c\]'\]"),
    ],
)
def test_what_cannot_be_fitted_is_refused_with_advice(people, formula, change, message):
    with pytest.raises(ValueError, match=message):
        ordinal.fit(formula, change(people))


@pytest.mark.parametrize(
    ("how", "change", "message"),
    [
        ({"link": "cauchit"}, {}, "link is 'cauchit'; choose from logit, probit, cloglog"),
        ({"weights": "w"}, {"w": -1.0}, "-1.0 is among the weights"),
        ({"weights": "w"}, {"w": np.nan}, "nan is among the weights"),
        ({"weights": "w"}, {"w": 0.0}, "weights 'w' are all 0"),
        ({"weights": "v"}, {}, "'v', the column of weights, is not in the data"),
        ({"frequency": "k"}, {"k": 1.5}, r"a frequency is 1\.5; it counts people"),
        (
            {"random": "place", "weights": "w", "scaling": "mean"},
            {},
            "scaling is 'mean'; choose from size, effective, none",
        ),
        ({"random": "w"}, {}, "'w' is float64; make it Categorical"),
        ({"random": "group"}, {}, "'group' is a term and has a random intercept"),
        ({"random": "place", "nodes": 0}, {}, "nodes is 0"),
        ({"random": "one"}, {"one": "here"}, "'one' has one group, 'here'"),
    ],
)
def test_weights_and_groups_that_make_no_sense_are_refused(people, how, change, message):
    changed = people.assign(**change)
    if "one" in changed:
        changed["one"] = changed["one"].astype("category")
    with pytest.raises(ValueError, match=message):
        ordinal.fit(FORMULA, changed, **how)


def test_thresholds_that_cross_are_refused():
    people = draw(400, seed=8).assign(x=lambda f: f["x"] * (f["rating"] != "fair"))
    with pytest.raises(ValueError, match=r"cross for \d+ people|separated|did not converge"):
        ordinal.fit("rating ~ x", people.assign(x=people["x"] ** 3), nominal="x")


def test_a_search_that_does_not_end_says_so():
    _, end = minimise(lambda x: float(x[0]), lambda x: (np.ones(1), np.eye(1)), np.zeros(1), most=5)
    assert not end.converged
    assert "did not converge in 5 steps" in str(end)


def test_values_that_the_fit_did_not_see_are_refused_in_prediction(people, fitted, mixed):
    with pytest.raises(ValueError, match=r"'group' has values that the fit did not see: \['z'\]"):
        fitted.predict(people.head(2).assign(group="z"))
    with pytest.raises(ValueError, match="'x' is not a column"):
        fitted.predict(people[["group"]])
    with pytest.raises(ValueError, match="'place' is not a column; the fit has its groups"):
        mixed.predict(people[["group", "x"]])


@pytest.mark.parametrize("name", ["scale", "center", "log", "C"])
def test_a_predictor_may_have_the_name_of_a_function_of_formulas(name):
    rng = np.random.default_rng(5)
    data = pd.DataFrame({"x": rng.normal(size=90)})
    data["rating"] = pd.Categorical(rng.integers(0, 3, 90), ordered=True)
    plain = ordinal.fit("rating ~ x", data)
    named = ordinal.fit(f"rating ~ {name}", data.rename(columns={"x": name}))
    assert named.coefficients["term"].tolist() == [name]
    assert named.log_likelihood == plain.log_likelihood
