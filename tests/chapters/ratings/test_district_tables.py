"""Districts are compared on the ratings that allow it, and drawn where the codebook places them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.ratings import district_tables, people


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="module")
def ratings(herts, responses):
    found = people.rated(herts, responses)
    return {"visibility": found["visibility"]}


@pytest.fixture(scope="module")
def compared(herts, responses, ratings):
    return district_tables.compared_districts(herts, responses, ratings, seed=3)


def test_tests_of_districts_are_found_by_what_is_rated(compared, ratings):
    table = district_tables.district_tests(compared, ratings)
    assert table.loc["visibility", "term"] == "Visibility of the police"
    assert table.loc["visibility", "p_adjusted"] == compared["visibility"].test.p_value


def test_without_districts_there_is_no_test():
    table = district_tables.district_tests({}, {})
    assert table.empty
    assert "p_adjusted" in table


def test_a_rating_that_everybody_gives_alike_is_not_compared(herts, responses, ratings):
    same = replace(ratings["visibility"], answers=ratings["visibility"].answers.map(
        lambda _: "Good").astype(ratings["visibility"].answers.dtype))  # fmt: skip
    found = district_tables.compared_districts(herts, responses, {"visibility": same}, seed=3)
    assert found == {}


def test_the_highest_share_stands_first_and_hidden_ones_last(compared):
    rows = compared["visibility"].rows.copy()
    rows.loc[0, "estimate"] = np.nan
    ranked = district_tables.highest_first(rows)
    fine = ranked[~ranked["few"].astype(bool)]
    assert fine["estimate"].dropna().is_monotonic_decreasing
    known = ranked.dropna(subset=["estimate"])
    assert known["few"].astype(bool).is_monotonic_increasing
    assert known["few"].any()
    shown = ranked["estimate"]
    assert shown.isna().tolist() == [False] * (len(rows) - 1) + [True]


def test_a_survey_that_places_no_districts_has_no_values_on_a_map(herts, compared):
    values = district_tables.map_values(compared, herts.codebook)["visibility"]
    rows = compared["visibility"].rows
    assert values["value"].dropna().tolist() == (100 * rows["estimate"]).dropna().tolist()
    assert values["coarse"].tolist() == rows["few"].astype(bool).tolist()
    without = replace(herts.codebook, questions=())
    assert district_tables.map_values(compared, without) == {}


def test_ratings_are_correlated_within_districts_if_two_or_more_were_named(responses):
    pair = responses[["visibility", "accessibility"]].dropna()
    found = district_tables.tau_within(pair, responses["district"])
    assert found.n == int(responses["district"].reindex(pair.index).notna().sum())
    assert district_tables.tau_within(pair, None) is None
    alone = responses["district"].where(responses["district"] == "Watford")
    assert district_tables.tau_within(pair, alone) is None


def test_answers_that_vary_in_no_district_are_not_correlated_within_them():
    scale = pd.CategoricalDtype([*"ab"], ordered=True)
    pair = pd.DataFrame({"one": pd.Series([*"aabb"], dtype=scale), "two": [*"abab"]})
    pair["two"] = pair["two"].astype(scale)
    assert district_tables.tau_within(pair, pd.Series([*"xxyy"])) is None
