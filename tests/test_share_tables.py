"""Shares of everybody and of groups show no few people, with weights beside them or without."""

import numpy as np
import pandas as pd
import pytest

from analysis import population, proportions, share_tables, survey


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
    row = share_tables.overall_shares({"visibility": good}, weighing, herts.codebook).iloc[0]
    plain = proportions.share(good)
    mine = good[good.index.isin(weighing.weights.weights.index)]
    heavy = proportions.shares(mine, weights=weighing.weights).iloc[0]
    assert row["question"] == "Visibility"
    assert (row["estimate"], row["n"]) == (pytest.approx(plain.estimate), plain.n)
    assert row["conf_low"] == pytest.approx(plain.conf_low)
    assert abs(row["weighted"] - heavy["estimate"]) <= 0.005
    assert row["weighted_low"] <= heavy["conf_low"]
    assert row["weighted_high"] >= heavy["conf_high"]
    assert row["n_weighted"] == len(mine) < row["n"]
    assert row["effective_n"] < row["n_weighted"]


@pytest.mark.parametrize("yes", [9, 31])
def test_a_share_that_few_people_are_or_are_not_in_is_hidden(herts, yes):
    few = pd.Series(np.arange(40) < yes)
    enough = pd.Series(np.arange(40) < 10)
    shown = share_tables.overall_shares({"few": few, "enough": enough}, None, herts.codebook)
    assert shown["estimate"].isna().tolist() == [True, False]
    assert shown["n"].tolist() == [40, 40]
    assert "n_yes" not in shown
    assert share_tables.beside_weights(shown).equals(shown)


def test_weighted_shares_are_laid_out_as_text_and_hidden_with_the_others(herts, responses, good):
    weighing = population.weigh(herts, responses)
    none = pd.Series(False, index=good.index)
    both = {"visibility": good, "none": none}
    wide = share_tables.beside_weights(share_tables.overall_shares(both, weighing, herts.codebook))
    assert wide["weighted"].iloc[0].startswith("29% (")
    assert wide["weighted"].iloc[1] == "[c]"
    assert "weighted_low" not in wide


def test_shares_by_group_hide_small_ones_and_one_more(herts):
    by = pd.Series(pd.Categorical(np.repeat([*"abc"], [200, 60, 12])))
    yes = pd.Series(np.tile([True, False], 136))
    shown = share_tables.shares_by(yes, by, herts.codebook).set_index("level")
    assert shown["estimate"].isna().tolist() == [False, True, True]
    assert shown.loc["a", "estimate"] == 0.5
    low, high = shown.loc["a", ["conf_low", "conf_high"]] * 100
    assert low == pytest.approx(round(low))
    assert high == pytest.approx(round(high))
