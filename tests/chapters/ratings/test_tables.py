"""Shares of everybody and of groups show no few people, with weights beside them or without."""

import numpy as np
import pandas as pd
import pytest

from analysis import population, proportions, survey
from analysis.chapters.ratings import tables


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="module")
def good(responses):
    answers = responses["visibility"].dropna()
    return answers.isin(answers.cat.categories[-2:])


def test_shares_of_everybody_are_those_of_proportions(herts, responses, good):
    weighing = population.weigh(herts, responses)
    row = tables.overall_shares({"visibility": good}, weighing, herts.codebook).iloc[0]
    plain = proportions.share(good)
    mine = good[good.index.isin(weighing.weights.weights.index)]
    heavy = proportions.shares(mine, weights=weighing.weights).iloc[0]
    assert row["question"] == "Visibility"
    assert (row["estimate"], row["n"]) == (pytest.approx(round(plain.estimate, 2)), plain.n)
    assert row["conf_low"] <= plain.conf_low < row["conf_low"] + 0.01
    assert abs(row["weighted"] - heavy["estimate"]) <= 0.005
    assert row["weighted_low"] <= heavy["conf_low"]
    assert row["weighted_high"] >= heavy["conf_high"]
    assert row["n_weighted"] == len(mine) < row["n"]
    assert row["effective_n"] < row["n_weighted"]


@pytest.mark.parametrize("yes", [9, 31])
def test_a_share_that_few_people_are_or_are_not_in_is_hidden(herts, yes):
    few = pd.Series(np.arange(40) < yes)
    enough = pd.Series(np.arange(40) < 10)
    shown = tables.overall_shares({"few": few, "enough": enough}, None, herts.codebook)
    assert shown["estimate"].isna().tolist() == [True, False]
    assert shown["n"].tolist() == [40, 40]
    assert "n_yes" not in shown
    rows = tables.unweighted_and_weighted(shown)
    assert rows["group"].unique().tolist() == ["people who answered"]
    assert rows["effective_n"].tolist() == rows["n"].tolist()


def test_weighted_shares_stand_below_the_others_and_are_hidden_with_them(herts, responses, good):
    weighing = population.weigh(herts, responses)
    both = {"visibility": good, "none": pd.Series(False, index=good.index)}
    overall = tables.overall_shares(both, weighing, herts.codebook)
    rows = tables.unweighted_and_weighted(overall)
    assert rows["question"].tolist() == ["Visibility", "Visibility", "None", "None"]
    assert rows["estimate"].isna().tolist() == [False, False, True, True]
    assert rows["n"].tolist()[:2] == [len(good), overall["n_weighted"][0]]
    assert rows["effective_n"][1] == overall["effective_n"][0]


def test_shares_by_group_hide_small_ones_and_one_more(herts):
    by = pd.Series(pd.Categorical(np.repeat([*"abc"], [200, 60, 12])))
    yes = pd.Series(np.tile([True, False], 136))
    shown = tables.shares_by(yes, by, herts.codebook).set_index("level")
    assert shown["estimate"].isna().tolist() == [False, True, True]
    assert shown.loc["a", "estimate"] == 0.5
    low, high = shown.loc["a", ["conf_low", "conf_high"]] * 100
    assert low == pytest.approx(round(low))
    assert high == pytest.approx(round(high))
