import numpy as np
import pandas as pd
import pytest
from ordinal_people import draw

from analysis import margins, ordinal

BEST = ["good", "best"]


@pytest.fixture(scope="module")
def people():
    return draw(800, seed=11, spread=0.6).assign(web=lambda f: (f["x"] > 0) * 1.0)


@pytest.fixture(scope="module")
def fitted(people):
    return ordinal.fit("rating ~ group + x", people)


def test_a_share_is_that_of_everybody_set_to_the_category(people, fitted):
    found = margins.predicted_shares(fitted, "group", answers=BEST)
    everybody = people.assign(group=pd.Categorical(["b"] * len(people), categories=[*"abc"]))
    expected = fitted.predict(everybody).mean()
    for answer, value in expected.items():
        row = found.frame(answer).set_index("level").loc["b"]
        assert row["estimate"] == pytest.approx(value)
        assert row["n"] == (people["group"] == "b").sum()
    assert found.frame()["estimate"][1] == pytest.approx(expected[["good", "best"]].sum())


def test_the_reference_is_everybody_as_they_are(people, fitted):
    found = margins.predicted_shares(fitted, "group", answers=["best"])
    assert found.reference[0, -1] == pytest.approx(fitted.predict(people)["best"].mean())


def test_two_groups_against_their_mean_have_the_exact_normal_quantile(people):
    """The two differences are one up to their sign and size, so 1.96 holds for both together."""
    two = people[people["group"] != "c"].assign(group=lambda f: f["group"].cat.codes)
    two["group"] = pd.Categorical.from_codes(two["group"], [*"ab"])
    model = ordinal.fit("rating ~ group", two)
    rows = margins.differences(margins.predicted_shares(model, "group", answers=BEST))
    around = (np.arctanh(rows["conf_high"]) - np.arctanh(rows["conf_low"])) / 2
    reach = around * (1 - rows["estimate"] ** 2) / rows["std_error"]
    assert rows["estimate"].iloc[0] * rows["estimate"].iloc[1] < 0
    assert reach.to_numpy() == pytest.approx(1.959963985, rel=1e-9)


def test_people_count_by_their_weights(people):
    weighted = ordinal.fit("rating ~ group + x", people, weights="w")
    found = margins.predicted_shares(weighted, "group", answers=BEST)
    expected = np.average(
        weighted.predict(people)[["good", "best"]].sum(axis=1), weights=people["w"]
    )
    assert found.reference[0, -1] == pytest.approx(expected)
    here = people[people["group"] == "a"]
    raw = np.average(here["rating"].isin(["good", "best"]), weights=here["w"])
    assert found.frame()["raw_share"][0] == pytest.approx(raw)


def test_every_combination_of_two_questions_has_a_row(people):
    found = margins.predicted_shares(
        ordinal.fit("rating ~ group + place", people), ["group", "place"], answers=BEST
    )
    table = found.frame()
    assert len(table) == 3 * 8
    assert table["n"].sum() == len(people)
    assert table["level"][0] == "a, p"


def test_other_predictors_can_be_held_at_stated_values(people, fitted):
    found = (
        margins.predicted_shares(fitted, "group", answers=BEST, at={"x": 1.0})
        .frame()
        .set_index("level")
    )
    one = pd.DataFrame({"group": pd.Categorical(["c"], [*"abc"]), "x": [1.0]})
    expected = fitted.predict(one)[["good", "best"]].sum(axis=1).iloc[0]
    assert found.loc["c", "estimate"] == pytest.approx(expected)


@pytest.mark.parametrize("how", [{}, {"nominal": "group"}, {"random": "place"}, {"weights": "w"}])
def test_intervals_and_differences_agree_with_simulated_parameters(people, how):
    fitted = ordinal.fit("rating ~ group + x", people, **how)
    found = margins.predicted_shares(fitted, "group", answers=BEST)
    draws = np.random.default_rng(5).multivariate_normal(fitted.parameters, fitted.cov, size=250)
    # The shares are smooth in the parameters: their first derivatives are checked numerically.
    moved = []
    for at, each in enumerate(fitted.parameters):
        step = 1e-5 * max(1.0, abs(each))
        pair = []
        for sign in (1, -1):
            parameters = fitted.parameters.copy()
            parameters[at] += sign * step
            pair.append(_with(fitted, parameters))
        moved.append((pair[0] - pair[1]) / (2 * step))
    assert pytest.approx(np.array(moved), abs=1e-6) == found.gradient[:, -1].T
    if how.get("random") or how.get("weights"):
        return
    simulated = np.array([_with(fitted, each) for each in draws])
    table, against = found.frame(), margins.differences(found, against="first")
    low, high = np.quantile(simulated, [0.025, 0.975], axis=0)
    assert table["conf_low"].to_numpy() == pytest.approx(low, abs=0.02)
    assert table["conf_high"].to_numpy() == pytest.approx(high, abs=0.02)
    spread = (simulated[:, 1:] - simulated[:, [0]]).std(axis=0)
    assert against["std_error"].to_numpy() == pytest.approx(spread, rel=0.15)


def _with(fitted, parameters):
    """Return the shares of the best answers of a fit with other parameters."""
    size, cuts = len(fitted.coefficients), len(fitted.thresholds)
    other = ordinal.OrdinalFit(
        **{
            name: getattr(fitted, name)
            for name in ("formula", "link", "cov", "log_likelihood", "convergence", "data")
        },
        coefficients=fitted.coefficients.assign(estimate=parameters[:size]),
        thresholds=fitted.thresholds.assign(estimate=parameters[size : size + cuts]),
        random=fitted.random
        and ordinal.RandomIntercept(
            group=fitted.random.group,
            sd=parameters[-1],
            effects=fitted.random.effects,
            nodes=fitted.random.nodes,
        ),
    )
    return margins.predicted_shares(other, "group", answers=BEST).estimate[:, -1]


def test_an_indicator_is_compared_with_not_having_it(people):
    fitted = ordinal.fit("rating ~ web + group", people)
    found = margins.indicators(fitted, ["web"], answers=BEST)
    rows = margins.differences(found)
    with_it, without = (
        fitted.predict(people.assign(web=value))[["good", "best"]].sum(axis=1).mean()
        for value in (1.0, 0.0)
    )
    assert rows.loc[0, "estimate"] == pytest.approx(with_it - without)
    assert rows.loc[0, "n"] == (people["x"] > 0).sum()
    same = margins.by_terms(fitted, ["web"], answers=BEST).frame()
    assert same["estimate"][0] == pytest.approx(with_it)
    assert margins.by_terms(fitted, ["group"], answers=BEST).frame()["level"].tolist() == [*"abc"]


def test_simultaneous_intervals_are_wider_and_pairs_are_all_there(people, fitted):
    found = margins.predicted_shares(fitted, "group", answers=BEST)
    pairs = margins.differences(found, against="pairs")
    assert pairs[["level", "against"]].to_numpy().tolist() == [["b", "a"], ["c", "a"], ["c", "b"]]
    half = (pairs["conf_high"] - pairs["conf_low"]) / 2
    assert (half > 1.96 * pairs["std_error"]).all()
    assert (pairs["p_adjusted"] >= pairs["p_value"]).all()


def _shares(fitted, by, answers=BEST, **how):
    return margins.predicted_shares(fitted, by, answers=answers, **how)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda f: _shares(f, "group", ["great"]), r"\['great'\] are no answers of 'rating'; its"),
        (lambda f: _shares(f, "group", []), "no answer of 'rating' is named"),
        (lambda f: _shares(f, "group", "best"), "answers is the text 'best'; give a list"),
        (lambda f: _shares(f, "age"), "'age' is not a predictor"),
        (lambda f: _shares(f, "x"), "'x' is a number; give it to `indicators`"),
        (lambda f: margins.indicators(f, ["x"], answers=BEST), "'x' has values besides 1 and 0"),
        (lambda f: _shares(f, "group", at={"group": "z"}), "'z' is not a category"),
        (lambda f: _shares(f, "group").frame("worst"), "'worst' is not among"),
        (lambda f: margins.differences(_shares(f, "group"), against="none"), "against is 'none'"),
    ],
)
def test_what_makes_no_sense_is_refused(fitted, call, message):
    with pytest.raises(ValueError, match=message):
        call(fitted)


@pytest.mark.parametrize("against", ["reference", "first", "pairs"])
def test_an_interval_of_a_difference_stays_between_minus_one_and_one(against):
    counts = {"a": [1, 14], "b": [14, 1], "c": [8, 7]}
    data = pd.DataFrame(
        {
            "rating": pd.Categorical(
                [
                    answer
                    for low, high in counts.values()
                    for answer in ["no"] * low + ["yes"] * high
                ],
                categories=["no", "yes"],
                ordered=True,
            ),
            "group": pd.Categorical(np.repeat([*"abc"], 15)),
        }
    )
    found = margins.predicted_shares(ordinal.fit("rating ~ group", data), "group", answers=["yes"])
    rows = margins.differences(found, against=against)
    by_delta = rows["estimate"].abs() + 2.3 * rows["std_error"]
    assert (by_delta > 1).any() == (against != "reference")
    assert ((rows["conf_low"] > -1) & (rows["conf_high"] < 1)).all()
    assert (rows["conf_low"] < rows["estimate"]).all()
    assert (rows["estimate"] < rows["conf_high"]).all()
