"""People grouped in several ways at once."""

import numpy as np
import pandas as pd
import pytest

from analysis import margins, ordinal, report, survey

BEST = ["fair", "good"]


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(5)
    rating = pd.Categorical.from_codes(rng.integers(0, 3, 300), ["bad", "fair", "good"], True)
    place = pd.Categorical(rng.choice(["North", "South"], 300))
    age = pd.Categorical(rng.choice(["Old", "Young", "Middle"], 300))
    return pd.DataFrame({"rating": rating, "place": place, "age": age})


@pytest.fixture(scope="module")
def model(people):
    return ordinal.fit("rating ~ place + age", people)


@pytest.mark.parametrize(
    ("groups", "many"), [([], False), (["a", None], False), (["a", "b"], True), ([*"abc"], True)]
)
def test_people_are_in_several_groups_if_they_are_in_two(groups, many):
    assert report.has_two_groups(pd.Series(groups, dtype="object")) == many


def test_a_level_of_three_letters_follows_its_question_and_one_of_four_does_not():
    rows = pd.DataFrame({"variable": "hearing_loss", "level": ["Yes", "None"]})
    assert report.labelled(rows).tolist() == ["Hearing loss: yes", "None"]
    assert report.with_labels(rows)["level"].tolist() == ["Hearing loss: yes", "None"]


def test_each_term_is_tested_against_the_model_without_it(people, model):
    found = report.likelihood_ratios(people, "rating", ["place", "age"]).set_index("term")
    assert found["df"].to_dict() == {"place": 1, "age": 2}
    for term, others in (("place", "age"), ("age", "place")):
        alone = ordinal.compare(model, ordinal.fit(f"rating ~ {others}", people))
        assert found.loc[term, "p_value"] == pytest.approx(alone.p_value)


def test_the_only_term_is_tested_against_a_model_without_any(people):
    found = report.likelihood_ratios(people, "rating", ["age"]).iloc[0]
    full, empty = (ordinal.fit(f"rating ~ {terms}", people) for terms in ("age", "1"))
    assert found["p_value"] == pytest.approx(ordinal.compare(full, empty).p_value)


def test_predicted_shares_are_hidden_in_the_order_of_their_groupings(model):
    codebook = survey.load("herts_2023").codebook
    exact, differences = report.adjusted(model, ["place", "age"], answers=BEST)
    assert exact.index.tolist() == differences.index.tolist() == list(range(5))
    top = margins.predicted_shares(model, "place", answers=BEST).frame()["estimate"]
    assert exact["estimate"].iloc[:2].to_numpy() == pytest.approx(top.to_numpy())
    shown = report.shown_adjusted(exact, differences, codebook)
    assert shown.index.tolist() == list(range(5))
    assert shown["variable"].tolist() == ["place"] * 2 + ["age"] * 3
    assert shown["level"].tolist() == ["North", "South", "Middle", "Age: old", "Young"]
