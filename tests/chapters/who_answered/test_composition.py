"""Who answered, beside the population."""

import nbformat
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import population, report, survey
from analysis.chapters.who_answered import sentences, tables
from analysis.population._weighing import read_population
from analysis.proportions import shares
from analysis.publish import runs
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


def test_population_shares_are_those_of_the_census(herts, rows):
    counts = read_population(herts)
    by_district = counts.groupby("district", observed=True)["people"].sum()
    mine = rows[rows["margin"] == "district"].set_index("category")
    assert mine["population"].to_numpy() == pytest.approx(by_district[mine.index].to_numpy())
    assert mine["population_share"].sum() == pytest.approx(1)


def test_shares_are_of_those_who_told(herts, weighing, rows):
    people = weighing.people(herts.responses())
    mine = rows[rows["margin"] == "district"].set_index("category")
    known = people["district"].value_counts(normalize=True)
    assert mine["estimate"].to_dict() == pytest.approx(known[known > 0].to_dict())


def test_the_test_of_composition_is_pearsons(rows):
    district = rows[rows["margin"] == "district"]
    found = report.dissimilarity(rows).set_index("margin").loc["district"]
    expected = stats.chisquare(district["n"], district["population_share"] * district["n"].sum())
    assert (found["statistic"], found["p_value"]) == pytest.approx(tuple(expected))


def test_nothing_unlike_is_no_dissimilarity():
    alike = pd.DataFrame({"margin": "sex", "category": ["f", "m"], "n": [30, 70],
                          "population_share": [0.3, 0.7], "population": [3.0, 7.0]})  # fmt: skip
    assert report.dissimilarity(alike)["estimate"].item() == pytest.approx(0)


def test_small_categories_are_hidden_and_counts_rounded(herts, rows):
    few = rows[rows["margin"] == "district"].copy()
    few.loc[few.index[0], "n"] = 4
    shown = report.shown_composition(few, herts.codebook)
    assert shown["n_rounded"].isna().sum() == 2
    assert shown.loc[0, ["estimate", "rate", "factor"]].isna().all()
    assert (shown["n_rounded"].dropna() % 10 == 0).all()
    assert (shown["estimate"].dropna() * 100 % 1).round(6).isin([0, 1]).all()


def test_young_people_are_most_missing_as_planted(rows, herts):
    shown = report.shown_composition(rows, herts.codebook)
    few, many = sentences.extremes(shown[shown["margin"] == "age by sex"])
    assert few["category"].startswith("16-24")
    assert few["rate"] < many["rate"]


def test_weights_move_what_goes_with_age_and_not_what_does_not(herts, weighing):
    found = measures.headline_answers(herts, herts.responses())
    moved = tables.moved(found, weighing.weights).set_index("headline")
    clear = (moved["conf_low"] > 0) | (moved["conf_high"] < 0)
    assert clear[["Prefer: digital", "Video use: likely or very likely"]].all()
    assert not clear["Visibility: good or very good"]
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
    exact = tables.apart(found, outside)
    shown = tables.shown_apart(exact, herts.codebook)
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
    notebook = next(
        nbformat.read(path, as_version=4)
        for path in runs.notebook_paths()
        if path.stem == "02_who_answered"
    )
    said = "the survey brings no weights, and its codebook names no population"
    assert runs.lacking(notebook, demo()) == said


def test_a_hidden_answer_is_not_what_the_others_leave(herts, weighing):
    found = measures.headline_answers(herts, herts.responses())
    index = herts.responses().index
    outside = pd.Series(~index.isin(weighing.weights.weights.index), index=index)
    exact = tables.apart(found, outside)
    shown = tables.shown_apart(exact, herts.codebook)
    block = exact["headline"].str.startswith("Prefer: ")
    assert exact.loc[block, "yes_second"].sum() == exact.loc[block, "n_second"].iloc[0]
    hidden = exact.loc[block & shown["share_second"].isna(), "yes_second"]
    assert hidden.min() < 10
    assert len(hidden) >= 2
    assert hidden.sum() >= 10
