"""Groups that rate otherwise: shares as far as shown, tests, and where they differ most."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import population, privacy, proportions, survey
from analysis.chapters.ratings import group_tables, people


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="module")
def ratings(herts, responses):
    return people.rated(herts, responses)


@pytest.fixture(scope="module")
def good(ratings):
    return ratings["visibility"].good


def test_shares_by_group_hide_small_ones_and_one_more(herts):
    by = pd.Series(pd.Categorical(np.repeat([*"abc"], [200, 60, 12])))
    yes = pd.Series(np.tile([True, False], 136))
    shown = group_tables.shares_by(yes, by, herts.codebook).set_index("level")
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
    shown = group_tables.shares_by(yes, by, herts.codebook, weighing=weighing).set_index("level")
    assert shown.loc["Watford", "weighted"] == "[c]"
    assert (shown.loc[shown["estimate"].isna(), "weighted"] == "[c]").all()


def test_weighted_shares_of_groups_of_whom_few_have_no_weight_are_hidden(herts, responses, good):
    weighing, by = population.weigh(herts, responses), responses["age"]
    shown = group_tables.shares_by(good, by, herts.codebook, weighing=weighing).set_index("level")
    mine = by.reindex(good.index)
    without = mine.value_counts() - by.reindex(weighing.people(good).index).value_counts()
    few = without.index[(without > 0) & (without < 10)]
    many = without.index[without >= 10]
    assert len(few) >= 2
    assert (shown.loc[few, "weighted"] == "[c]").all()
    assert shown.loc[few, "estimate"].notna().any()
    assert len(many) >= 2
    assert shown.loc[many, "weighted"].str.contains("% (", regex=False).all()


def test_a_weighted_share_of_few_people_with_a_weight_is_hidden(herts, responses, good):
    weighing = population.weigh(herts, responses)
    by = responses["contacted"]
    weighted = good.index.isin(weighing.weights.weights.index)
    few = np.cumsum(weighted & good & (by.reindex(good.index) == "No")) > 9
    kept = good[~(weighted & few & (by.reindex(good.index) == "No"))]
    more = pd.Series(True, index=responses.index[:0])
    plain = pd.Series(np.arange(60) % 2 == 0, index=-np.arange(1, 61))
    by_all = pd.concat([by.astype("str"), pd.Series("No", index=plain.index)]).astype("category")
    yes = pd.concat([kept, plain, more]).astype(bool)
    shown = group_tables.shares_by(yes, by_all, herts.codebook, weighing=weighing)
    row = shown.set_index("level").loc["No"]
    assert pd.notna(row["estimate"])
    assert row["weighted"] == "[c]"


def test_tests_of_groups_are_one_family_with_the_names_of_both(responses, ratings):
    found = {
        (role, name): proportions.rao_scott(each.answers, responses[column])
        for role, each in ratings.items()
        for name, column in {"ages": "age", "people by contact": "contacted"}.items()
    }
    table = group_tables.group_tests(found, ratings, dict.fromkeys(found, "x"))
    assert table["role"].tolist() == ["visibility"] * 2 + ["accessibility"] * 2
    assert table["question"][0] == "Visibility of the police"
    assert table["test"].tolist() == ["ages", "people by contact"] * 2
    assert table["p_value"].tolist() == [test.p_value for test in found.values()]
    assert table["p_adjusted"].min() == pytest.approx(min(1, 4 * table["p_value"].min()))


def test_answers_that_are_all_the_same_are_not_tested(responses, ratings):
    by = responses["contacted"]
    same = ratings["visibility"].answers[ratings["visibility"].answers == "Good"]
    found = {("visibility", "people"): proportions.rao_scott(same, by)}
    table = group_tables.group_tests(found, ratings, {("visibility", "people"): ""})
    assert table.empty
    assert {"question", "test", "p_adjusted", "apart"} <= set(table)


def made(*counts: tuple) -> tuple[people.Rating, pd.Series]:
    """Make a rating of which groups a, b, ... gave each answer so often."""
    scale = ["Very poor", "Poor", "Good", "Very good"]
    at = np.repeat(np.arange(4 * len(counts)), np.ravel(counts))
    answers = pd.Series(pd.Categorical.from_codes(at % 4, scale, ordered=True))
    by = pd.Series(pd.Categorical.from_codes(at // 4, [*"abcd"[: len(counts)]]))
    named, best = tuple(scale[2:]), "good or very good"
    return people.Rating(noun="visibility", answers=answers, named=named, best=best), by


def test_groups_apart_in_the_best_answers_are_told_by_their_shares(herts):
    said = group_tables.most_apart(*made((100, 100, 50, 50), (50, 50, 100, 100)), herts.codebook)
    assert said == "from 33% of a to 67% of b say good or very good"


def test_groups_apart_in_other_answers_alone_are_told_by_the_answer_and_the_way(herts):
    said = group_tables.most_apart(*made((150, 15, 85, 50), (75, 90, 85, 50)), herts.codebook)
    assert said == (
        'good or very good alone does not show it (p = 1.000), most apart is "Poor", said less '
        "often by a than by the others"
    )


def test_an_answer_of_few_people_is_not_named_as_the_one_most_apart(herts):
    rating, by = made((100, 100, 4, 96), (60, 60, 80, 0))
    rating = replace(rating, named=("Poor",))  # a third of both
    said = group_tables.most_apart(rating, by, herts.codebook)
    shown = privacy.shown_answers(by, rating.answers, herts.codebook).set_index("level")
    named = said.split('"')[1]
    assert shown[named].notna().any()
    group = said.split(" often by ")[1][0]
    assert pd.notna(shown.loc[group, named])


def test_nothing_is_said_of_groups_that_may_not_be_shown(herts):
    assert group_tables.most_apart(*made((5, 5, 0, 0), (0, 0, 5, 5)), herts.codebook) == ""


def test_a_few_best_answers_are_not_their_share_less_the_others(herts):
    rating, _ = made((40, 30, 25, 4))
    row = group_tables.everybody_row("Everybody", rating, herts.codebook)
    assert pd.Series(row).drop(["level", "n"]).isna().tolist() == [False, False, True, True]
    rating, _ = made((15, 30, 40, 4))
    row = group_tables.everybody_row("Everybody", rating, herts.codebook)
    assert pd.Series(row).drop(["level", "n"]).isna().tolist() == [False, False, True, True]


def test_everybody_stands_above_the_groups_in_shares(herts, responses, ratings):
    answers = ratings["visibility"].answers
    groups = privacy.shown_answers(
        responses["contacted"].reindex(answers.index), answers, herts.codebook
    )
    bars = group_tables.below_everybody(groups, ratings["visibility"], herts.codebook)
    assert bars["level"].tolist() == ["Everybody", *groups["level"]]
    assert bars.columns.tolist() == groups.columns.tolist()
    assert bars["n"][0] == len(answers)
    told = privacy.rounded_distribution(answers, herts.codebook)["estimate"]
    assert bars.iloc[0, 2:].tolist() == told.tolist()
    own = groups["Poor"] / groups["n"]
    assert bars["Poor"][1:].tolist() == pytest.approx(own.tolist(), abs=0.0005)
