import numpy as np
import pandas as pd
import pytest
from scipy import optimize
from statsmodels.miscmodels.ordinal_model import OrderedModel

from analysis import likelihood, margins, ordinal

TRUE = {"group[T.b]": 0.8, "group[T.c]": -0.5, "x": 0.4}
THRESHOLDS = [-1.0, 0.2, 1.5]


def _people(n: int, seed: int) -> pd.DataFrame:
    """Return people whose answers follow a cumulative logit model with known parameters."""
    rng = np.random.default_rng(seed)
    group = pd.Categorical.from_codes(rng.integers(0, 3, n), ["a", "b", "c"])
    x = rng.normal(size=n)
    latent = rng.logistic(size=n) + np.array([0, 0.8, -0.5])[group.codes] + 0.4 * x
    answer = np.searchsorted(THRESHOLDS, latent)
    rating = pd.Categorical.from_codes(answer, ["poor", "fair", "good", "best"], ordered=True)
    return pd.DataFrame({"rating": rating, "group": group, "x": x})


@pytest.fixture(scope="module")
def people():
    return _people(800, seed=11)


@pytest.fixture(scope="module")
def fitted(people):
    return ordinal.fit("rating ~ group + x", people)


def test_the_fit_equals_statsmodels_by_another_route(people, fitted):
    exog = pd.get_dummies(people["group"], drop_first=True, dtype=float).assign(x=people["x"])
    model = OrderedModel(people["rating"].cat.codes, exog.to_numpy(), distr="logit")
    theirs = model.fit(
        start_params=model.fit(method="bfgs", disp=False).params, method="newton", disp=False
    )
    ours = fitted.coefficients
    assert ours["estimate"].to_numpy() == pytest.approx(theirs.params[:3], rel=1e-6)
    assert ours["std_error"].to_numpy() == pytest.approx(theirs.bse[:3], rel=1e-4)
    assert fitted.log_likelihood == pytest.approx(theirs.llf, rel=1e-10)


def test_the_gradient_and_hessian_are_those_of_the_likelihood(people):
    exog = people[["x"]].to_numpy()
    model = likelihood.CumulativeLogit(people["rating"].cat.codes.to_numpy(dtype=int), exog, 4)
    at = np.array([0.3, -0.8, 0.1, 1.2])
    gradient = optimize.approx_fprime(at, model.value, 1e-7)
    assert model.gradient(at) == pytest.approx(gradient, rel=1e-4)
    for row, column in enumerate(optimize.approx_fprime(at, model.gradient, 1e-7)):
        assert model.hessian(at)[row] == pytest.approx(column, rel=1e-4, abs=1e-4)


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    covered = np.zeros(len(TRUE))
    for seed in range(200):
        found = ordinal.fit("rating ~ group + x", _people(300, seed)).coefficients
        truth = found["term"].map(TRUE)
        covered += ((found["conf_low"] < truth) & (truth < found["conf_high"])).to_numpy()
    assert (covered >= 180).all()
    assert (covered < 200).any()


def test_predicted_probabilities_are_those_of_the_model(people, fitted):
    predicted = fitted.predict(people)
    assert predicted.sum(axis=1).to_numpy() == pytest.approx(1.0)
    shares = people["rating"].value_counts(normalize=True, sort=False)
    assert predicted.mean().to_numpy() == pytest.approx(shares.to_numpy(), abs=0.02)


def test_coefficients_and_answers_that_nobody_has_are_dropped_and_named(people):
    wider = people.assign(
        rating=people["rating"].cat.add_categories(["beyond"]),
        group=people["group"].cat.add_categories(["z"]),
    )
    fit = ordinal.fit("rating ~ group + x", wider)
    assert set(fit.dropped) == {"rating: beyond", "group: z"}
    assert fit.coefficients["term"].tolist() == list(TRUE)


def test_leaving_out_a_term_that_matters_is_noticed(people, fitted):
    test = ordinal.compare(fitted, ordinal.fit("rating ~ x", people))
    assert test.df == 2
    assert test.p_value < 1e-6


def _text(frame):
    return frame.assign(group=frame["group"].astype("str"))


@pytest.mark.parametrize(
    ("formula", "change", "message"),
    [
        ("rating ~ group", _text, "'group' is text; make it Categorical"),
        ("rating ~ nothing", lambda f: f, r"\['nothing'\] are not columns"),
        ("group ~ x", lambda f: f, "make it an ordered Categorical"),
        ("rating ~ x", lambda f: f.assign(x=f["x"].where(f["x"] < 2)), "values are missing: {'x'"),
        ("rating ~ x", lambda f: f[f["rating"].isin(["poor", "fair"])], "a model needs three"),
        ("rating ~ x + y", lambda f: f.assign(y=2 * f["x"]), "repeat each other"),
        ("rating ~ y", lambda f: f.assign(y=(f["rating"] == "best") * 1.0), "did not converge"),
    ],
)
def test_what_cannot_be_fitted_is_refused_with_advice(people, formula, change, message):
    with pytest.raises(ValueError, match=message):
        ordinal.fit(formula, change(people))


# ---- Shares predicted by the model -------------------------------------------------------------


def test_the_average_share_is_that_of_everybody_set_to_the_category(people, fitted):
    row = margins.top_share(fitted, people, ["group"]).set_index("level").loc["b"]
    everybody = people.assign(group=pd.Categorical(["b"] * len(people), categories=list("abc")))
    assert row["estimate"] == pytest.approx(
        fitted.predict(everybody)[["good", "best"]].sum(axis=1).mean()
    )
    assert row["n"] == (people["group"] == "b").sum()


def test_the_interval_of_a_share_agrees_with_simulated_parameters(people, fitted):
    row = margins.top_share(fitted, people, ["group"]).iloc[0]
    parameters = np.r_[fitted.coefficients["estimate"], fitted.thresholds["estimate"]]
    draws = np.random.default_rng(5).multivariate_normal(parameters, fitted.cov, size=4000)
    design = fitted.design_matrix(
        people.assign(group=pd.Categorical(["a"] * len(people), list("abc")))
    )
    shares = [(1 / (1 + np.exp(d[4] - design @ d[:3]))).mean() for d in draws]
    low, high = np.quantile(shares, [0.025, 0.975])
    assert row["conf_low"] == pytest.approx(low, abs=0.006)
    assert row["conf_high"] == pytest.approx(high, abs=0.006)


def test_an_indicator_gives_one_row_for_having_it(people):
    data = people.assign(used_web=(people["x"] > 0) * 1.0)
    fit = ordinal.fit("rating ~ used_web", data)
    rows = margins.top_share(fit, data, ["used_web"])
    assert rows["level"].tolist() == ["used_web"]
    assert rows.loc[0, "n"] == (people["x"] > 0).sum()


def test_a_share_of_all_answers_or_of_an_unknown_variable_is_refused(people, fitted):
    with pytest.raises(ValueError, match="top is 4; choose from 1 to 3"):
        margins.top_share(fitted, people, ["group"], top=4)
    with pytest.raises(ValueError, match="'age' is not a predictor"):
        margins.top_share(fitted, people, ["age"])
