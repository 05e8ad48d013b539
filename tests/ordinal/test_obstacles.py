import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import ordinal

SCALE = pd.CategoricalDtype(["bad", "fair", "good"], ordered=True)


def people(answers: str, groups: str) -> pd.DataFrame:
    names = {"b": "bad", "f": "fair", "g": "good"}
    rating = pd.Series([names[each] for each in answers], dtype=SCALE)
    return pd.DataFrame({"rating": rating, "group": pd.Categorical(list(groups))})


@pytest.mark.parametrize(
    ("answers", "groups", "said"),
    [
        ("bfgbfg", "ppqqpq", ""),
        ("gggbfg", "pppqqq", "in some category of group all answers lie at one side"),
        ("ffffff", "ppqqpq", "everybody gave the same answer"),
        ("bfgbfg", "pppppp", "everybody is in one category of group"),
    ],
)
def test_what_keeps_a_model_from_being_fitted_is_said(answers, groups, said):
    found = ordinal.obstacle("rating ~ group", people(answers, groups))
    assert found.startswith(said)
    assert bool(found) == bool(said)


def test_two_groupings_into_the_same_groups_are_an_obstacle():
    frame = people("bfgbfg", "ppqqpq")
    found = ordinal.obstacle("rating ~ group + again", frame.assign(again=frame["group"]))
    assert found == "two of its groupings put people into the same groups"


def test_people_without_weight_do_not_help():
    frame = people("gggbfgb", "pppqqqp").assign(weight=[1.0] * 6 + [0.0])
    assert ordinal.obstacle("rating ~ group", frame) == ""
    assert "one side" in ordinal.obstacle("rating ~ group", frame, weights="weight")


def test_one_group_of_a_random_intercept_is_an_obstacle():
    found = ordinal.obstacle("rating ~ 1", people("bfg", "ppp"), random="group")
    assert found == "everybody is in one category of group"


@given(st.integers(0, 10_000), st.integers(4, 25))
def test_a_model_is_fitted_where_there_is_no_obstacle_and_only_there(seed, n):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "rating": pd.Categorical.from_codes(rng.integers(0, 3, n), dtype=SCALE),
            "group": pd.Categorical.from_codes(rng.integers(0, 3, n), list("pqr")),
            "x": rng.integers(0, 2, n).astype(float),
        }
    )
    found = ordinal.obstacle("rating ~ group + x", frame)
    try:
        fitted = ordinal.fit("rating ~ group + x", frame)
    except ValueError:
        assert found
    else:
        assert not found, (found, fitted.coefficients)
