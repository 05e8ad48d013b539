import numpy as np
import pandas as pd
import pytest
from ordinal_people import ANSWERS, draw
from scipy import special
from statsmodels.discrete.discrete_model import Logit

from analysis import assumptions, ordinal

FORMULA = "rating ~ group + x"


@pytest.fixture(scope="module")
def people():
    return draw(900, seed=4)


@pytest.fixture(scope="module")
def fitted(people):
    return ordinal.fit(FORMULA, people)


def _bent(n=3000):
    """People for whom x moves the boundaries by unlike distances."""
    rng = np.random.default_rng(1)
    x, group = rng.uniform(-1.5, 1.5, n), pd.Categorical(rng.choice([*"abc"], n))
    edges = np.array([-1.0, 0.2, 1.5]) - np.outer(x, [0.3, 0.6, 0.9])
    answer = (rng.random(n)[:, None] > special.expit(edges)).sum(axis=1)
    rating = pd.Categorical.from_codes(answer, ANSWERS, ordered=True)
    return pd.DataFrame({"rating": rating, "group": group, "x": x})


def test_the_cuts_are_binary_models_of_statsmodels(people, fitted):
    found = assumptions.brant(fitted).cuts.set_index(["cut", "term"])
    exog = pd.get_dummies(people["group"], drop_first=True, dtype=float).assign(x=people["x"])
    exog.insert(0, "one", 1.0)
    for cut, answer in enumerate(ANSWERS[:-1]):
        above = (people["rating"].cat.codes > cut).astype(float)
        theirs = Logit(above, exog).fit(disp=False, tol=1e-12)
        ours = found.loc[f"above {answer}"]
        assert ours["estimate"].to_numpy() == pytest.approx(theirs.params[1:], rel=1e-6)
        assert ours["std_error"].to_numpy() == pytest.approx(theirs.bse[1:], rel=1e-5)


def test_proportional_odds_are_kept_where_they_hold_and_refused_where_not():
    holds = [
        assumptions.brant(ordinal.fit(FORMULA, draw(400, seed))).table["p_value"].iloc[0]
        for seed in range(40)
    ]
    assert np.mean(np.array(holds) < 0.05) < 0.15
    bent = ordinal.fit(FORMULA, _bent())
    table = assumptions.brant(bent).table.set_index("term")
    assert table.loc["x", "p_adjusted"] < 1e-6
    assert table.loc["group", "p_adjusted"] > 0.01
    freed = assumptions.freed_terms(bent).set_index("term")
    assert freed.loc["x", "p_adjusted"] < 1e-6


def test_the_score_of_freeing_agrees_with_the_likelihood_ratio(fitted):
    freed = assumptions.freed_terms(fitted)
    for row in freed.itertuples():
        assert row.statistic == pytest.approx(row.likelihood_ratio, rel=0.1, abs=0.15)
    assert freed["df"].tolist() == [4, 2]


def test_tests_keep_their_size_where_categories_are_small():
    """Seven small groups: the observed information would reject about half of these."""
    design = np.random.default_rng(3)
    sizes = [300, 60, 18, 16, 14, 12, 12]
    group = pd.Categorical(np.repeat([*"abcdefg"], sizes))
    place = pd.Categorical(design.choice([*"pqrs"], sum(sizes)))
    rejected = np.zeros(2)
    for seed in range(80):
        latent = np.random.default_rng(seed).logistic(size=sum(sizes))
        answer = np.searchsorted([-1.9, -1.0, -0.3, 1.3], latent)
        rating = pd.Categorical.from_codes(answer, [*"vwxyz"], ordered=True)
        people = pd.DataFrame({"rating": rating, "group": group, "place": place})
        fitted = ordinal.fit("rating ~ group + place", people)
        freed = assumptions.freed_terms(fitted)["p_value"].iloc[0]
        crossed = ordinal.score(fitted, "rating ~ group * place", people).p_value
        rejected += np.array([freed, crossed]) < 0.05
    assert (rejected / 80 < 0.12).all()


def test_a_model_of_some_answers_against_the_others_is_a_binary_one(people, fitted):
    found = assumptions.against_others(fitted, answers=ANSWERS[-2:])
    exog = pd.get_dummies(people["group"], drop_first=True, dtype=float).assign(x=people["x"])
    exog.insert(0, "one", 1.0)
    top = people["rating"].isin(ANSWERS[-2:]).astype(float)
    theirs = Logit(top, exog).fit(disp=False, tol=1e-12)
    assert found.coefficients["estimate"].to_numpy() == pytest.approx(theirs.params[1:], rel=1e-6)
    assert found.n == len(people)


def test_answers_nobody_gave_move_no_answer_to_the_other_side(people, fitted):
    with_best = assumptions.against_others(fitted, answers=["good", "best"])
    turned = people.assign(rating=people["rating"].where(people["rating"] != "best", "good"))
    without = ordinal.fit(FORMULA, turned)
    found = assumptions.against_others(without, answers=["good", "best"])
    assert found.data.people.sum(axis=0).tolist() == with_best.data.people.sum(axis=0).tolist()
    assert found.log_likelihood == pytest.approx(with_best.log_likelihood)
    for answers, who in ((["best"], "nobody"), (ANSWERS[:3], "everybody")):
        with pytest.raises(ValueError, match=f"{who} gave one of the answers"):
            assumptions.against_others(without, answers=answers)
    with pytest.raises(ValueError, match=r"\['great'\] are no answers of 'rating'"):
        assumptions.against_others(fitted, answers=["great"])


def test_categories_that_separate_a_cut_are_left_out_and_named(people):
    apart = people[(people["group"] != "c") | (people["rating"] != "poor")]
    found = assumptions.brant(ordinal.fit(FORMULA, apart))
    assert found.left_out == ("group[T.c]",)
    assert found.n == (apart["group"] != "c").sum()
    without = apart[apart["group"] != "c"]
    again = assumptions.brant(ordinal.fit(FORMULA, without))
    assert found.table["statistic"].to_numpy() == pytest.approx(again.table["statistic"].to_numpy())
    freed = assumptions.freed_terms(ordinal.fit(FORMULA, apart)).set_index("term")
    assert np.isnan(freed.loc["group", "likelihood_ratio"])
    assert "separated by ['group[T.c]']" in freed.loc["group", "reason"]
    assert np.isfinite(freed.loc["group", "statistic"])


def test_a_baseline_that_separates_a_cut_is_left_out_too(people):
    apart = people[(people["group"] != "a") | (people["rating"] != "poor")]
    found = assumptions.brant(ordinal.fit(FORMULA, apart))
    assert found.n == (apart["group"] != "a").sum()
    assert len(found.left_out) == 1


def test_expected_counts_add_up_to_the_people_and_to_the_answers(people, fitted):
    table = assumptions.expected(fitted, "group")
    sums = table.groupby("level", observed=True)[["observed", "expected"]].sum()
    sizes = people["group"].value_counts().loc[sums.index].to_numpy()
    assert sums["observed"].to_numpy() == pytest.approx(sizes)
    assert sums["expected"].to_numpy() == pytest.approx(sizes)
    assert (table["n"].to_numpy()[::4] == sizes).all()


@pytest.mark.parametrize("how", [{"weights": "w"}, {"random": "place"}, {"nominal": "x"}])
def test_models_of_another_kind_are_refused(people, how):
    other = ordinal.fit(FORMULA, people, **how)
    for call in (assumptions.brant, assumptions.freed_terms):
        with pytest.raises(ValueError, match="has weights, groups or freed terms"):
            call(other)


def test_links_and_variables_of_another_kind_are_refused(people, fitted):
    with pytest.raises(ValueError, match="Brant's test is of logit models"):
        assumptions.brant(ordinal.fit(FORMULA, people, link="probit"))
    with pytest.raises(ValueError, match="'place' is not a predictor"):
        assumptions.expected(fitted, "place")
    with pytest.raises(ValueError, match="has a random intercept"):
        assumptions.expected(ordinal.fit(FORMULA, people, random="place"), "group")
