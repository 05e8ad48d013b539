"""Use and preference with weights: of who has one, hidden where few people would be told of."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import population, survey
from analysis.chapters.preferred_vs_used import people, tables, weighted
from analysis.paired import shifts
from analysis.primary import pair
from analysis.survey import bases

KINDS = pd.CategoricalDtype(["Phone", "Web", "Other"])


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def compared(herts):
    _, used, preferred = pair.compared(herts, herts.responses())
    groups = [bases.grouped(herts, each) for each in (used, preferred)]
    return used, preferred, groups


def test_shares_of_groups_are_those_of_the_weighted_shifts(herts, compared):
    used, preferred, groups = compared
    weighing = population.weigh(herts, herts.responses())
    visible = tables.visible_shifts(herts, shifts(used, preferred), shifts(*groups))[1]
    found = weighted.weighted_shares(herts, visible, groups, weighing).set_index("channel")
    heavy = weighted.weighted_shifts(*groups, weighing).set_index("answer")
    known = found.dropna(subset=["weighted_used", "weighted_preferred"]).index
    assert {"Telephone", "Digital", "Face to face"} <= set(known)
    for mine, theirs in (
        ("weighted_used", "share_used"),
        ("weighted_preferred", "share_preferred"),
    ):
        assert found.loc[known, mine].to_numpy() == pytest.approx(heavy.loc[known, theirs])


def test_a_group_that_few_with_a_weight_used_is_hidden(herts):
    used = pd.Series(["Phone"] * 60 + ["Web"] * 30 + ["Other"] * 10, dtype=KINDS)
    groups = pd.DataFrame({"channel": ["Phone", "Web"], "estimate": 0.1,
                           "share_used": [0.6, 0.3], "share_preferred": [0.6, 0.3]})  # fmt: skip
    weights = pd.Series(np.linspace(0.5, 1.5, 68), index=range(68))
    held = SimpleNamespace(
        weights=SimpleNamespace(weights=weights), people=lambda frame: frame[frame.index < 68]
    )
    found = weighted.weighted_shares(herts, groups, [used, used], held).set_index("channel")
    assert pd.isna(found.loc["Web", "weighted_used"])
    assert found.loc["Web", "used_interval"] == "[c]"
    assert weighted.weighted_shares(herts, groups, [used, used], None).empty


def test_the_same_answer_is_told_of_people_who_named_a_channel(compared):
    used, preferred, _ = compared
    same = people.same_answer(used, preferred)
    assert same.sum() == (used.astype("str") == preferred.astype("str")).sum()
    assert set(same.index) <= set(used.index)
    several = pd.get_dummies(used).astype(float)
    none = several * 0
    assert people.same_answer(several, several).all()
    assert not people.same_answer(several, none).any()
    assert people.same_answer(none, none).empty


def test_one_answer_agrees_with_several_if_it_is_among_them():
    used = pd.DataFrame({"Phone": [1.0, 1, 0, 0], "Web": [1.0, 0, 1, 0], "Other": [0.0, 0, 0, 0]})
    preferred = pd.Series(["Web", "Web", "Web", "Web"], dtype=KINDS)
    assert people.same_answer(used, preferred).tolist() == [True, False, True, False]
    assert people.same_answer(preferred, used).tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({}, "gave the same answer to both questions"),
        ({"used_last": "multiple", "preferred": "multiple"}, "gave the same answer to both"),
        ({"used_last": "multiple"}, "named what they would prefer among what they used most"),
        ({"preferred": "multiple"}, "named what they used most recently among what they would"),
    ],
)
def test_what_agrees_is_said_by_how_many_answers_each_question_takes(herts, kinds, said):
    asked = tuple(
        replace(each, kind=kinds.get(each.role, each.kind)) for each in herts.codebook.questions
    )
    made = replace(herts, codebook=replace(herts.codebook, questions=asked))
    assert people.same_words(made).startswith(said)


def test_the_largest_shift_with_weights_is_that_of_its_channel(herts, compared):
    used, preferred, groups = compared
    weighing = population.weigh(herts, herts.responses())
    top = pd.DataFrame({"channel": ["101 by telephone"]})
    found = weighted.weighted_largest(herts, top, [(used, preferred), groups], weighing)
    rows = weighted.weighted_shifts(used, preferred, weighing).set_index("answer")
    row = rows.loc["101 by telephone"]
    assert (found.estimate, found.conf_low) == (row["estimate"], row["simultaneous_low"])
    assert found.n == len(weighing.people(used))
    grouped = pd.DataFrame({"channel": ["Digital"]})
    assert weighted.weighted_largest(herts, grouped, [(used, preferred), groups], weighing).n
    assert weighted.weighted_largest(herts, top.head(0), [groups], weighing) is None
    assert weighted.weighted_largest(herts, top, [groups], None) is None
