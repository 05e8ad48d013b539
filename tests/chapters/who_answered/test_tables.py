"""Weights and headlines, and people without a weight."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import population, report, survey
from analysis.chapters.who_answered import contrasts, needs, tables
from analysis.privacy import is_hidden
from analysis.proportions import shares
from analysis.survey import measures
from analysis.weights import Weights


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def weighing(herts):
    return population.weigh(herts, herts.responses())


@pytest.fixture(scope="module")
def rows(herts, weighing):
    return report.composition(weighing, herts.responses())


def test_young_people_are_most_missing_as_planted(rows, herts):
    shown = report.shown_composition(rows, herts.codebook)
    few, many = tables.extremes(shown[shown["margin"] == "age by sex"])
    assert few["category"].startswith("16-")
    assert few["rate"] < many["rate"]


def test_weights_move_what_goes_with_age_and_not_what_does_not(herts, weighing):
    found = measures.headline_answers(herts, herts.responses())
    moved = tables.moved(found, weighing.weights).set_index("headline")
    clear = (moved["conf_low"] > 0) | (moved["conf_high"] < 0)
    assert clear[["Prefer: digital", "Video use: likely or very likely"]].all()
    assert not clear["Visibility of the police: good or very good"]
    assert moved.loc["Prefer: digital", "estimate"] > 0


def test_equal_weights_move_nothing():
    yes = pd.Series([True, False, True, True, False, False])
    moved = tables.moved({"a": yes}, Weights(weights=pd.Series(np.full(6, 2.5))))
    assert moved[["estimate", "std_error"]].to_numpy() == pytest.approx(np.zeros((1, 2)), abs=1e-12)


def test_the_error_of_a_move_holds_when_people_are_drawn_again(herts, weighing):
    rng, yes = np.random.default_rng(4), measures.headline_answers(herts, herts.responses())
    yes = yes["Video use: likely or very likely"]
    weights = weighing.weights.weights.reindex(yes.index).dropna()
    yes = yes[weights.index]
    plain = Weights(weights=weights)
    error = tables.moved({"a": yes}, plain)["std_error"].item()
    drawn = []
    for _ in range(600):
        at = rng.integers(0, len(yes), len(yes))
        w, y = weights.to_numpy()[at], yes.to_numpy()[at]
        drawn.append((w * y).sum() / w.sum() - y.mean())
    assert np.std(drawn) == pytest.approx(error, rel=0.1)


def test_weighted_headlines_are_weighted_shares(herts, weighing):
    found = measures.headline_answers(herts, herts.responses())
    moved = tables.moved(found, weighing.weights).iloc[-1]
    yes = found[moved["headline"]]
    mine = yes[yes.index.isin(weighing.weights.weights.index)]
    assert moved["weighted"] == shares(mine, weights=weighing.weights)["estimate"].item()


def test_few_people_outside_the_population_are_hidden(herts, weighing):
    found = measures.headline_answers(herts, herts.responses())
    index = herts.responses().index
    outside = pd.Series(~index.isin(weighing.weights.weights.index), index=index)
    exact = contrasts.apart(found, outside)
    shown = contrasts.shown_apart(exact, herts.codebook)
    small = exact[["yes_second"]].lt(10).any(axis=1) | exact["n_second"].sub(
        exact["yes_second"]
    ).lt(10)
    assert small.any()
    assert (
        shown.loc[small, ["share_first", "share_second", "estimate", "p_adjusted"]]
        .isna()
        .all(axis=None)
    )


def test_a_survey_without_weights_and_population_skips_the_notebook(demo):
    said = "the survey brings no weights, and its codebook names no population"
    assert needs.left_out(demo()) == {"notebook": said}


def test_a_hidden_answer_is_not_what_the_others_leave(herts, weighing):
    found = measures.headline_answers(herts, herts.responses())
    index = herts.responses().index
    outside = pd.Series(~index.isin(weighing.weights.weights.index), index=index)
    exact = contrasts.apart(found, outside)
    shown = contrasts.shown_apart(exact, herts.codebook)
    block = exact["headline"].str.startswith("Prefer: ")
    assert exact.loc[block, "yes_second"].sum() == exact.loc[block, "n_second"].iloc[0]
    hidden = exact.loc[block & shown["share_second"].isna(), "yes_second"]
    assert hidden.min() < 10
    assert len(hidden) >= 2
    assert hidden.sum() >= 10


def test_the_extremes_are_farthest_below_and_above_the_population():
    rows = pd.DataFrame({"category": [*"abcd"], "estimate": [0.30, 0.20, 0.40, np.nan],
                         "population_share": [0.31, 0.10, 0.45, 0.14]})  # fmt: skip
    few, many = tables.extremes(rows)
    assert (few["category"], many["category"]) == ("c", "b")


def test_the_headline_that_moves_most_moves_up_or_down():
    moved = pd.DataFrame({"headline": [*"abc"], "estimate": [0.10, -0.101, np.nan]})
    assert tables.moved_most(moved)["headline"] == "b"
    assert tables.moved_most(moved.assign(estimate=[0.102, -0.101, 0.0]))["headline"] == "a"


def test_a_survey_with_its_own_weights_has_factors_and_no_price(rows, herts, weighing):
    shown = report.shown_composition(rows, herts.codebook)
    assert list(tables.beside_population(shown, weighing))[-1] == "rate"
    assert len(tables.price_of_weights(weighing, [5.0, 4.0])) == 3
    own = replace(weighing, full=None)
    assert list(tables.beside_population(shown, own))[-1] == "factor"
    price = tables.price_of_weights(own, [5.0])
    assert price.empty
    assert list(price) == list(tables.price_of_weights(weighing, []))


def test_there_is_nothing_to_compare_where_everybody_has_a_weight(herts):
    yes = {"a": pd.Series([True, False])}
    assert contrasts.shown_apart(
        contrasts.apart(yes, pd.Series([False, False])), herts.codebook
    ).empty
    assert contrasts.apart(yes, pd.Series([True, True])).empty


def test_shown_moves_lose_no_more_than_their_last_digit(herts):
    numbers = {"unweighted": 0.4449, "weighted": 0.5051, "weighted_low": 0.449,
               "weighted_high": 0.551, "estimate": 0.0642, "conf_low": 0.0399,
               "conf_high": 0.0801}  # fmt: skip
    people = {"headline": "Visible", "n": 80, "n_all": 80}
    table = pd.DataFrame([numbers | people | {"n_yes": n, "n_all_yes": n} for n in (10, 9)])
    shown = tables.shown_moved(table, herts.codebook).drop(columns=["headline", "n"])
    assert shown.loc[0].tolist() == [0.44, 0.51, 0.44, 0.56, 0.064, 0.039, 0.081]
    assert shown.loc[1].isna().all()


def test_a_headline_of_which_few_people_have_no_weight_is_hidden(herts):
    yes = pd.Series(np.arange(120) % 2 == 0)
    weighed = {
        without: Weights(weights=pd.Series(1.0, index=yes.index[without:]))
        for without in (0, 3, 20)
    }
    shown = {
        without: tables.shown_moved(tables.moved({"a": yes}, weights), herts.codebook).iloc[0]
        for without, weights in weighed.items()
    }
    # 60 of 120 in another notebook, and here 58 of 117, would tell what the three said.
    hidden = {
        without: is_hidden(row[["unweighted", "weighted", "estimate"]]).all()
        for without, row in shown.items()
    }
    assert hidden == {0: False, 3: True, 20: False}
    few = Weights(weights=pd.Series(1.0, index=yes.index[15:]))
    moved = tables.moved({"a": yes}, few)
    # Of the 15 without a weight 8 said yes: 60 of 120, and here 52 of 105, would tell it.
    assert is_hidden(tables.shown_moved(moved, herts.codebook)["estimate"]).all()
    assert not is_hidden(
        tables.shown_moved(moved, herts.codebook, published=False)["estimate"]
    ).any()


def test_of_headlines_that_add_up_no_row_is_hidden_alone(herts):
    given = pd.Series(pd.Categorical(np.repeat([*"abc"], [60, 35, 5])))
    answers = {f"Prefer: {each}": given == each for each in given.cat.categories}
    rows = tables.moved(answers, Weights(weights=pd.Series(1.0, index=given.index)))
    shown = tables.shown_moved(rows, herts.codebook)
    assert is_hidden(shown["unweighted"]).tolist() == [False, True, True]


def test_headlines_stay_in_their_order_and_a_move_that_is_none_has_no_sign(herts):
    rng = np.random.default_rng(1)
    yes = {name: pd.Series(rng.random(200) < 0.5) for name in ("Visible", "Access")}
    exact = contrasts.apart(yes, pd.Series(np.arange(200) < 100))
    assert exact["headline"].tolist() == ["Visible", "Access"]
    assert exact.index.tolist() == [0, 1]
    shown = contrasts.shown_apart(exact, herts.codebook)
    assert shown["headline"].tolist() == ["Visible", "Access"]
    moved = tables.moved(yes, Weights(weights=pd.Series(np.ones(200))))
    shown = tables.shown_moved(moved.assign(estimate=-0.0001), herts.codebook)
    assert not np.signbit(shown["estimate"]).any()


def test_a_headline_without_anybody_who_has_a_weight_is_left_out(herts):
    weights = Weights(weights=pd.Series([1.0, 1.0], index=[7, 8]))
    yes = {"Visible": pd.Series([True, False]), "Access": pd.Series([True, False], index=[7, 8])}
    assert tables.moved(yes, weights)["headline"].tolist() == ["Access"]
    none = tables.moved({"Visible": yes["Visible"]}, weights)
    assert tables.shown_moved(none, herts.codebook).empty


@pytest.mark.parametrize("names", [["Visible"], ["Ways: a", "Ways: b"]])
def test_few_people_who_say_no_are_hidden_where_answers_do_not_add_up(herts, names):
    second = pd.Series(np.arange(200) < 100)
    almost_all = pd.Series(~second | (np.arange(200) < 95))
    rows = contrasts.apart({name: almost_all & (np.arange(200) < 150) for name in names}, second)
    assert rows["yes_second"].tolist() == [95] * len(names)
    assert contrasts.shown_apart(rows, herts.codebook)["share_second"].isna().all()


def test_a_headline_that_everybody_outside_says_yes_to_is_hidden(herts):
    second = pd.Series(np.arange(200) < 100)
    rows = contrasts.apart({"Visible": second | (np.arange(200) < 150)}, second)
    assert contrasts.shown_apart(rows, herts.codebook)["share_second"].isna().all()


def test_shown_comparisons_are_whole_points_and_their_intervals_no_narrower(herts):
    second = pd.Series(np.arange(260) < 101)
    rows = contrasts.apart({"Visible": pd.Series(np.arange(260) % 3 == 0)}, second)
    shown = contrasts.shown_apart(rows, herts.codebook)
    for name in ("share_first", "share_second", "estimate"):
        assert shown[name].item() == round(rows[name].item(), 2)
    assert 0 < rows["conf_low"].item() - shown["conf_low"].item() < 0.01
    assert 0 < shown["conf_high"].item() - rows["conf_high"].item() < 0.01
    none = contrasts.shown_apart(rows.assign(estimate=-0.001), herts.codebook)
    assert not np.signbit(none["estimate"].item())
