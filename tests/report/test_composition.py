"""Who answered, beside the population."""

import pandas as pd
import pytest
from scipy import stats

from analysis import population, report, survey
from analysis.population import Weighing
from analysis.population._weighing import read_population
from analysis.survey.exclusions import Ledger
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


def margin(name, people, population=None):
    """Two categories as `composition` returns them, in a population of two halves."""
    rows = pd.DataFrame({"margin": name, "category": ["f", "m"], "n": people})
    rows["estimate"] = rows["n"] / rows["n"].sum()
    rows = rows.assign(conf_low=rows["estimate"] - 0.0301, conf_high=rows["estimate"] + 0.0301)
    return rows.assign(population_share=0.5, population=population)


def test_tests_of_several_margins_are_adjusted_as_one_family():
    both = pd.concat([margin("sex", [60, 40], 500.0), margin("age", [55, 45], 500.0)])
    found = report.dissimilarity(both)
    assert found["margin"].tolist() == ["sex", "age"]
    assert found["df"].tolist() == [1, 1]
    smaller, larger = found["p_value"]
    assert found["p_adjusted"].tolist() == pytest.approx([2 * smaller, larger])


def test_shares_that_the_weights_make_are_not_tested():
    found = report.dissimilarity(margin("sex", [60, 40])).iloc[0]
    assert found["estimate"] == pytest.approx(0.1)
    assert found[["statistic", "p_value", "p_adjusted"]].isna().all()


@pytest.mark.parametrize(("people", "shown"), [(9, False), (10, True)])
def test_a_category_is_shown_from_the_threshold_on(herts, people, shown):
    table = report.shown_composition(margin("sex", [people, 400], 500.0), herts.codebook)
    numbers = ["n_rounded", "estimate", "conf_low", "conf_high", "rate", "factor"]
    assert table[numbers].notna().all(axis=None) == shown
    assert table[numbers].isna().all(axis=None) != shown
    assert table["population_share"].tolist() == [0.5, 0.5]


def test_shares_are_rounded_their_intervals_outwards_and_rates_to_a_tenth(herts):
    row = report.shown_composition(margin("sex", [44, 56], 5100.0), herts.codebook).iloc[0]
    assert row[["n_rounded", "estimate", "conf_low", "conf_high"]].tolist() == [40, 0.44, 0.4, 0.48]
    assert (row["rate"], row["factor"]) == (8.6, 1.1)


def test_where_a_survey_brings_weights_they_make_the_population():
    people = pd.DataFrame({"sex": pd.Categorical(["f", "f", "m", None], [*"fxm"]), "district": "x"})
    people = people.assign(weight=[1.0, 2.0, 5.0, 9.0])
    own = Weights(weights=people["weight"])
    supplied = Weighing(weights=own, ledger=Ledger(rows_in=4), joined={}, full=None)
    found = report.composition(supplied, people)
    assert found["margin"].tolist() == ["district", "sex", "sex"]
    assert found.index.tolist() == [0, 1, 2]
    sex = found[found["margin"] == "sex"]
    assert sex["n"].tolist() == [2, 1]
    assert sex["estimate"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert sex["population_share"].tolist() == pytest.approx([3 / 8, 5 / 8])
    assert found["population"].isna().all()


def test_margins_are_shown_in_their_order(herts):
    both = pd.concat([margin("sex", [60, 40], 500.0), margin("age", [55, 45], 500.0)])
    shown = report.shown_composition(both, herts.codebook)
    assert shown["margin"].tolist() == ["sex", "sex", "age", "age"]
    assert shown.index.tolist() == [0, 1, 2, 3]
