"""Shares of everybody and of groups show no few people, with weights beside them or without."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import population, privacy, proportions, report, survey
from analysis.chapters.ratings import people, tables
from analysis.privacy import is_hidden


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


def test_weighted_shares_of_groups_are_hidden_where_the_others_are(herts, responses, good):
    weighing = population.weigh(herts, responses)
    by = responses["district"]
    few = by.index[by == "Watford"][:3]
    yes = good & ((by.reindex(good.index) != "Watford") | good.index.isin(few))
    shown = tables.shares_by(yes, by, herts.codebook, weighing=weighing).set_index("level")
    assert shown.loc["Watford", "weighted"] == "[c]"
    assert (shown["weighted"] == "[c]").tolist() == shown["estimate"].isna().tolist()
    assert "% (" in shown.loc["Dacorum", "weighted"]


def test_tests_of_groups_are_one_family_with_the_names_of_both(responses):
    answers = {role: responses[role].dropna() for role in ("visibility", "accessibility")}
    found = {
        (role, name): proportions.rao_scott(answers[role], responses[column])
        for role in answers
        for name, column in {"ages": "age", "people by contact": "contacted"}.items()
    }
    table = tables.group_tests(found)
    assert table["question"].tolist() == ["Visibility"] * 2 + ["Accessibility"] * 2
    assert table["test"].tolist() == ["ages", "people by contact"] * 2
    assert table["p_value"].tolist() == [test.p_value for test in found.values()]
    assert (table["p_adjusted"] >= table["p_value"]).all()
    assert table["p_adjusted"].min() == pytest.approx(4 * table["p_value"].min())


def test_without_tests_the_tables_of_tests_are_empty_and_have_their_columns():
    assert tables.group_tests({}).empty
    assert {"question", "test", "p_adjusted"} <= set(tables.group_tests({}))
    assert tables.district_tests({}).empty
    assert "p_adjusted" in tables.district_tests({})


def test_a_rating_on_another_scale_has_no_bar_beside_the_first(herts, responses):
    first, second = responses["visibility"].dropna(), responses["accessibility"].dropna()
    other = second.cat.rename_categories({"Good": "Fine"})
    bars = tables.answer_bars({"visibility": first, "accessibility": second}, herts.codebook)
    assert bars["level"].tolist() == ["Visibility", "Accessibility"]
    assert bars["n"].tolist() == [len(first), len(second)]
    alone = tables.answer_bars({"visibility": first, "accessibility": other}, herts.codebook)
    assert alone["level"].tolist() == ["Visibility"]


def test_everybody_stands_above_the_groups(herts, responses):
    answers = responses["visibility"].dropna()
    groups = privacy.shown_answers(
        responses["contacted"].reindex(answers.index), answers, herts.codebook
    )
    bars = tables.below_everybody(groups, answers, herts.codebook)
    assert bars["level"].tolist() == ["Everybody", *groups["level"]]
    assert bars.columns.tolist() == groups.columns.tolist()
    assert bars["n"][0] == len(answers)


@pytest.fixture(scope="module")
def compared(herts, responses):
    answers = {"visibility": responses["visibility"].dropna()}
    rng = np.random.default_rng(3)
    return report.rated_districts(answers, responses["district"], herts, rng=rng)


def test_tests_of_districts_are_found_by_what_is_rated(compared):
    table = tables.district_tests(compared)
    assert table.loc["visibility", "term"] == "Visibility"
    assert table.loc["visibility", "p_adjusted"] == compared["visibility"].test.p_value


def test_a_survey_that_places_no_districts_has_no_values_on_a_map(herts, compared):
    values = tables.map_values(compared, herts.codebook)["visibility"]
    rows = compared["visibility"].rows
    assert values["value"].dropna().tolist() == (100 * rows["estimate"]).dropna().tolist()
    without = replace(herts.codebook, questions=())
    assert tables.map_values(compared, without) == {}


def test_ratings_are_correlated_within_districts_only_if_these_are_compared(responses, compared):
    names = ["visibility", "accessibility"]
    assert tables.tau_within(responses, names, {}) is None
    found = tables.tau_within(responses, names, compared)
    assert found.n == len(responses[[*names, "district"]].dropna())


def test_pairs_of_answers_are_rounded_and_few_people_hidden(herts, responses):
    pair = responses[["visibility", "accessibility"]].dropna()
    exact = pd.crosstab(pair["visibility"], pair["accessibility"], dropna=False).to_numpy()
    table = tables.answer_pairs(pair, herts.codebook)
    cells = table.iloc[:, 2:]
    assert table.columns[:2].tolist() == ["visibility", "n"]
    assert (cells.fillna(0) % 10 == 0).all(axis=None)
    assert is_hidden(cells)[exact < 10].all()
    assert table["n"].tolist() == (np.floor(exact.sum(axis=1) / 10 + 0.5) * 10).tolist()


def test_people_are_grouped_by_contact_channel_and_age(herts, responses):
    found = people.groupings(herts, responses)
    names = ["people with and without contact", "groups of channels used", "age groups"]
    assert list(found) == names
    assert found[names[0]].cat.categories.tolist() == ["Contact: yes", "Contact: no"]
    assert found[names[1]].notna().all()
    several = responses.drop(columns=herts.used_role)
    assert list(people.groupings(herts, several)) == [names[0], names[2]]


def test_people_are_not_grouped_by_what_was_not_asked(herts, responses):
    kept = tuple(each for each in herts.codebook.questions if each.role in ("used_last", "age"))
    asked = replace(herts, codebook=replace(herts.codebook, questions=kept))
    assert list(people.groupings(asked, responses)) == ["age groups"]
