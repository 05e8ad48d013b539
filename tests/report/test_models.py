"""Models beside each other: which share moves, which leaves its interval, what is hidden."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis import margins, ordinal, report
from analysis.privacy import HIDDEN_NUMBER


@pytest.fixture
def first():
    rows = pd.DataFrame({"level": [*"abc"], "estimate": [0.5, 0.6, 0.7]})
    return rows.assign(conf_low=[0.4, 0.5, 0.6], conf_high=[0.6, 0.7, 0.8])


@pytest.mark.parametrize(("second", "outside"), [(0.4, 0), (0.39, 1), (0.6, 0), (0.61, 1)])
def test_a_share_on_the_end_of_its_interval_is_inside(first, second, outside):
    found = report.furthest(first, first.assign(estimate=[second, 0.6, 0.7]))
    assert found["outside"] == outside


@pytest.mark.parametrize("second", [0.45, 0.75])
def test_the_furthest_share_moves_up_or_down(first, second):
    found = report.furthest(first, first.assign(estimate=[0.51, second, 0.69]))
    assert found["level"] == "b"
    assert found["apart"] == pytest.approx(0.15)


def test_a_hidden_share_is_not_the_furthest(first):
    hidden = first.assign(estimate=[0.5, np.nan, 0.7], conf_low=[0.4, np.nan, 0.6])
    found = report.furthest(hidden, first.assign(estimate=[0.5, 0.6, 0.71]))
    assert (found["level"], found["outside"]) == ("c", 0)


def test_where_every_share_is_hidden_nothing_moves(first):
    hidden = first.assign(estimate=np.nan, conf_low=np.nan, conf_high=np.nan)
    found = report.furthest(hidden, hidden)
    assert np.isnan(found["apart"])
    assert found["outside"] == 0


def test_shares_of_two_models_are_whole_percent_and_say_what_is_hidden_or_absent(first):
    second = first.assign(estimate=[0.555, HIDDEN_NUMBER, np.nan])
    second = second.assign(conf_low=second["estimate"], conf_high=[0.7, 0.7, 0.7])
    table = report.models_beside(first, second)
    assert table["level"].tolist() == ["a", "b", "c"]
    assert table["first"].tolist() == ["50%", "60%", "70%"]
    assert table["first_interval"].tolist() == ["40% to 60%", "50% to 70%", "60% to 80%"]
    assert table["second"].tolist() == ["56%", "[c]", "[x]"]
    assert table["second_interval"].tolist() == ["55% to 70%", "[c]", "[x]"]


def test_people_with_and_without_are_compared_in_whole_points():
    rng = np.random.default_rng(3)
    got = pd.Series(np.repeat([1.0, 0.0], [90, 110]))
    codes = rng.integers(0, 3, 200)
    rating = pd.Categorical.from_codes(codes, ["bad", "fair", "good"], ordered=True)
    people = pd.DataFrame({"rating": rating, "got": got})
    found = margins.indicators(ordinal.fit("rating ~ got", people), ["got"], answers=["good"])
    exact = margins.differences(found).iloc[0]
    row = report.with_and_without({"Plain": found}, got).iloc[0]
    assert row[["model", "n", "n_yes"]].tolist() == ["Plain", 200, 90]
    numbers = ["estimate", "conf_low", "conf_high"]
    points = [round(100 * exact["estimate"]), math.floor(100 * exact["conf_low"])]
    points.append(math.ceil(100 * exact["conf_high"]))
    assert row[numbers].tolist() == [value / 100 for value in points]
    assert row["share_yes"] == round(found.estimate[0, -1], 2)
    assert row["share_no"] == round(found.reference[0, -1], 2)
    assert row["p_value"] == exact["p_value"]


def test_a_difference_that_rounds_to_nothing_has_no_sign():
    got = pd.Series(np.repeat([1.0, 0.0], [300, 300]))
    codes = np.concatenate([np.arange(300) % 3, np.arange(300) % 3])
    codes[2] = 1
    rating = pd.Categorical.from_codes(codes, ["bad", "fair", "good"], ordered=True)
    people = pd.DataFrame({"rating": rating, "got": got})
    found = margins.indicators(ordinal.fit("rating ~ got", people), ["got"], answers=["good"])
    assert -0.005 < margins.differences(found)["estimate"].item() < 0
    estimate = report.with_and_without({"Plain": found}, got)["estimate"].item()
    assert (estimate, np.signbit(estimate)) == (0.0, False)
