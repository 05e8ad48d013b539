"""Who answered, beside the population."""

import pandas as pd
import pytest
from scipy import stats

from analysis import population, report, survey
from analysis.population._weighing import read_population


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
