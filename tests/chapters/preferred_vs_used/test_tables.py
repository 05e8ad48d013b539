from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import privacy
from analysis.chapters.preferred_vs_used import changes, people, tables
from analysis.population import Weighing
from analysis.survey.exclusions import Ledger
from analysis.weights import Weights, rake

SURVEY = SimpleNamespace(not_offered=["Video"], other_channel="Other")


def _rows(**shifts: float) -> pd.DataFrame:
    return pd.DataFrame({"channel": list(shifts), "estimate": list(shifts.values())})


def test_the_largest_shift_may_be_a_loss():
    assert tables.largest_shift(SURVEY, _rows(Web=0.1, Phone=-0.2, Post=0.15))["channel"] == "Phone"


def test_channels_not_offered_and_all_others_are_no_headline():
    rows = _rows(Video=0.4, Other=-0.3, Web=0.1)
    assert tables.largest_shift(SURVEY, rows)["channel"] == "Web"
    assert tables.least_reached(SURVEY, rows)["channel"].tolist() == ["Web"]


def test_the_first_of_the_channels_reached_least_is_found():
    rows = _rows(Web=0.3, Phone=0.2, Post=0.2, Desk=None)
    assert tables.least_reached(SURVEY, rows)["channel"].tolist() == ["Phone"]
    assert tables.least_reached(SURVEY, rows.iloc[3:]).empty


@pytest.mark.parametrize(
    ("low", "high", "differs"),
    [(0.0, 0.2, False), (0.01, 0.2, True), (-0.2, 0.0, False), (-0.2, -0.01, True)],
)
def test_a_channel_differs_if_its_interval_leaves_out_0(monkeypatch, low, high, differs):
    rows = _rows(Web=0.1, Video=0.1, Phone=0.1).assign(conf_low=low, conf_high=high)
    monkeypatch.setattr(privacy, "shown_shifts", lambda *_: (rows, rows))
    survey = SimpleNamespace(
        codebook=None, used_role="", not_offered=["Video"], words=SimpleNamespace(channels="c")
    )
    channels, _ = tables.visible_shifts(survey, rows, rows)
    assert channels["differs"].tolist() == [differs] * 3
    assert channels["offered"].tolist() == [True, False, True]


def test_what_needs_weights_has_no_rows_without():
    answers = pd.Series(["Web"], dtype="category")
    assert changes.weighted_people(None, answers.to_frame()).empty
    assert changes.weighted_test(answers, answers, None) == {}
    assert tables.weighted_beside(
        _rows(Web=0.1), changes.weighted_shifts(answers, answers, None)
    ).empty


def _weighing(weights):
    return Weighing(weights=weights, ledger=Ledger(rows_in=weights.n), joined={}, full=None)


def test_shifts_with_weights_are_those_of_people_who_have_one_and_know_the_margins():
    kinds = pd.CategoricalDtype(["Web", "Post"])
    used = pd.Series(["Web"] * 30 + ["Post"] * 30, dtype=kinds)
    preferred = pd.Series(["Web"] * 10 + ["Post"] * 50, dtype=kinds)
    people = pd.DataFrame({"side": used.astype("str")}).iloc[:58]
    raked = rake(people, {"side": pd.Series({"Web": 20, "Post": 80})})
    found = changes.weighted_shifts(used, preferred, _weighing(raked))
    assert found["n"].tolist() == [58, 58]
    supplied = changes.weighted_shifts(used, preferred, _weighing(Weights(weights=raked.weights)))
    assert found["estimate"].to_numpy() == pytest.approx(supplied["estimate"].to_numpy())
    assert (found["std_error"] < 0.8 * supplied["std_error"]).all()
    test = changes.weighted_test(used, preferred, _weighing(raked))["Wald, weighted (F)"]
    assert test.statistic == pytest.approx(found["statistic"].iloc[0])


def test_a_few_people_with_a_weight_are_not_tested():
    kinds = pd.CategoricalDtype(["Web", "Post"])
    two = pd.Series(["Web", "Post"], dtype=kinds)
    for n, rows in ((1, 0), (2, 2)):
        weighing = _weighing(Weights(weights=pd.Series([1.5, 1.0][:n])))
        assert changes.weighted_test(two, two, weighing) == {}
        assert len(changes.weighted_shifts(two, two, weighing)) == rows


def test_tests_of_one_answer_are_not_made_of_several():
    one = pd.Series(["Web", "Post", "Web"], dtype="category")
    several = tables.indicators(one)
    assert changes.one_answer_tests(several, several) == {}
    assert changes.on_offer_test(several, several, ["Post"]) == {}
    assert changes.on_offer_test(one, one, []) == {}
    assert list(changes.one_answer_tests(one, one)) == ["Stuart-Maxwell", "Bowker"]


def test_nobody_is_compared_where_everybody_was_asked():
    answers = pd.Series(["Web", "Post"], dtype="category")
    assert tables.shown_comparison(answers, pd.Series([False, False]), None).empty


def test_the_four_groups_of_channels_that_shift_most_are_drawn():
    means = pd.Series({"a": 0.1, "b": -0.5, "c": 0.2, "d": 0.3, "e": -0.15})
    rows, most = people.shown_districts(None, means, None)
    assert most.index.tolist() == ["b", "d", "c", "e"]
    assert rows.empty
