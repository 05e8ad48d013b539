"""Tests of groups: one family a grouping, Holm-adjusted, told by bounds."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import proportions
from analysis.numerics import holm
from analysis.tables import contrasts
from analysis.tables.asked import closed
from analysis.tables.groupings import Grouping, find_groupings

BOUNDS = {"< 0.001": 0.001, "< 0.01": 0.01, "< 0.05": 0.05, "0.05 or more": 1.0}


def test_p_values_are_those_of_rao_and_scott_adjusted_over_all_questions(questions, grouped):
    grouping = grouped["age"]
    mine = [each for each in questions.values() if each.role not in grouping.without]
    table = contrasts.family(mine, grouping, None)
    exact = []
    for asked in mine:
        tested = [asked.answers]
        if asked.several:
            tested = [asked.answers[name] == 1 for name in asked.labels]
        exact += [proportions.rao_scott(each, grouping.people).p_value for each in tested]
    adjusted = holm(exact)
    assert len(table) == len(adjusted) > 20
    ends = [0.0, *BOUNDS.values()]
    for p, told in zip(adjusted, table["p_adjusted"], strict=True):
        upper = BOUNDS[told]
        assert ends[ends.index(upper) - 1] <= p <= upper


def test_a_question_of_several_answers_has_a_test_for_each(questions, grouped):
    table = contrasts.family([questions["video_place"]], grouped["sex"], None)
    assert table["answer"].tolist() == questions["video_place"].labels


def test_groups_that_overlap_are_tested_one_by_one_against_the_others(variant):
    made = variant(replies=300, without=["used_last"])
    responses = made.responses()
    grouping = next(g for g in find_groupings(made, responses)[0] if g.key == "channel")
    mine = [each for each in closed(made, responses)[0] if each.role not in grouping.without]
    table = contrasts.family(mine, grouping, None)
    tested = [
        (each.answers[name] == 1, used)
        for each in mine
        if each.several
        for name in each.labels
        for used in grouping.people.columns
    ]
    tested += [(e.answers, used) for e in mine if not e.several for used in grouping.people]
    assert len(table) == len(tested)
    for _, rows in table.groupby(["question", "answer"]):
        assert rows["group"].tolist() == list(grouping.people.columns)
    exact = []
    for given, used in tested:
        told = grouping.people[used].reindex(given.index).dropna()
        by = (told == 1).map({True: "in", False: "out"}).astype("category")
        given = given.loc[told.index]
        if min(pd.crosstab(by, given).shape) > 1:
            exact.append(proportions.rao_scott(given, by).p_value)
    bounds = sorted(next(b for b in (0.001, 0.01, 0.05, 1.0) if p <= b) for p in holm(exact))
    assert sorted(BOUNDS[each] for each in table["p_adjusted"] if each) == bounds


def test_weights_that_fix_a_table_leave_nothing_to_test(questions, grouped, weighing):
    ages = grouped["age"].people
    joined = ages.astype("str").map(lambda age: weighing.joined.get(age, age)).where(ages.notna())
    grouping = replace(grouped["age"], people=joined.astype("category"))
    table = contrasts.family([questions["sex"]], grouping, weighing)
    assert table.loc[0, "p_adjusted"] in BOUNDS
    assert table.loc[0, "p_weighted"] == ""


@pytest.mark.parametrize("everybody", ["one group", "nobody"])
def test_groups_that_are_all_the_same_are_not_tested(questions, everybody):
    index = questions["visibility"].answers.index
    people = pd.Series("a" if everybody == "one group" else None, index=index)
    grouping = Grouping(
        key="made", name="made", people=people.astype(pd.CategoricalDtype(["a", "b"])), without=()
    )
    table = contrasts.family([questions["visibility"]], grouping, None)
    assert table["p_adjusted"].tolist() == [""]
