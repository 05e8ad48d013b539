from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import paired, privacy, survey
from analysis.chapters.preferred_vs_used import changes, pairs, people, tables, weighted
from analysis.population import Weighing
from analysis.survey.exclusions import Ledger
from analysis.weights import Weights, rake

SURVEY = SimpleNamespace(not_offered=["Video"], other_channel="Other")


def _rows(**shifts: float) -> pd.DataFrame:
    rows = pd.DataFrame({"channel": list(shifts), "estimate": list(shifts.values())})
    size = rows["estimate"].astype(float)
    return rows.assign(conf_low=size - 0.04, conf_high=size + 0.04, low=size, high=size)


def _offered(**shifts: float) -> pd.DataFrame:
    return _rows(**shifts).assign(offered=lambda rows: rows["channel"] != "Video")


def _largest(rows: pd.DataFrame, groups: pd.DataFrame | None = None) -> list:
    """Return the channel that shifts most, how many are shown, and of how many."""
    groups = _offered(Web=None).head(0) if groups is None else groups
    found = tables.largest_shift(SURVEY, rows, groups)
    return found[["channel", "shown", "of"]].to_numpy().tolist()


def test_the_largest_shift_may_be_a_loss():
    assert _largest(_offered(Web=0.1, Phone=-0.2, Post=0.15)) == [["Phone", 3, 3]]


def test_the_largest_shift_knows_what_it_is_not_shown_to_exceed():
    def near(**shifts):
        rows = _offered(**shifts)
        return tables.largest_shift(SURVEY, rows, rows.head(0))["near"].item()

    assert (
        near(Web=0.1, Phone=-0.2, Post=0.15)
        == "but that of post may be as large, in either direction"
    )
    assert near(Web=0.1, Phone=-0.2) == "apart from all others"
    assert near(Web=0.12, Phone=-0.2, Post=0.15) == (
        "but those of post and web may be as large, in either direction"
    )
    assert near(Web=0.1) == ""


def test_a_largest_shift_knows_of_how_many_it_is_the_largest():
    rows = _offered(Web=0.1, Phone=-0.2, Post=None, Video=0.4, Other=0.3)
    assert _largest(rows) == [["Phone", 2, 3]]
    few, groups = _offered(Web=0.1, Phone=None), _offered(Near=0.1, Far=None, Video=None)
    assert _largest(few, groups) == [["Near", 1, 2]]


def test_channels_that_are_groups_of_their_own_are_shown_once():
    rows = _rows(Web=0.1, Phone=0.2)
    assert tables.groups_apart(rows, rows.iloc[::-1]).empty
    assert len(tables.groups_apart(rows, _rows(Digital=0.1, Phone=0.2))) == 2


def test_of_no_channel_there_is_no_largest_shift():
    assert _largest(_offered(Video=0.1, Other=0.2)) == []


@pytest.mark.parametrize(
    ("channels", "groups", "told"),
    [
        ({"Web": 0.1, "Phone": 0.2, "Post": None}, {"Digital": 0.1}, ["Web", "Phone"]),
        ({"Web": 0.1, "Phone": None, "Video": 0.2}, {"Digital": 0.1}, ["Digital"]),
        ({"Web": 0.1, "Phone": None}, {"Digital": None}, ["Web"]),
        ({"Web": None}, {"Digital": None}, []),
    ],
)
def test_groups_are_told_where_fewer_than_two_channels_on_offer_are(channels, groups, told):
    rows, grouped = tables.told_shifts(_offered(**channels), _offered(**groups))
    assert rows["channel"].tolist() == told
    assert grouped == (told == ["Digital"])


def test_channels_not_offered_and_all_others_are_no_headline():
    rows = _offered(Video=0.4, Other=-0.3, Web=0.1)
    assert _largest(rows) == [["Web", 1, 1]]
    assert tables.least_reached(SURVEY, rows)["channel"].tolist() == ["Web"]


def test_the_first_of_the_channels_reached_least_is_found():
    rows = _rows(Web=0.3, Phone=0.2, Post=0.2, Desk=None)
    found = tables.least_reached(SURVEY, rows)[["channel", "shown", "of"]]
    assert found.to_numpy().tolist() == [["Phone", 3, 4]]
    assert tables.least_reached(SURVEY, rows.iloc[3:]).empty


def test_the_middle_of_a_range_decides_and_ranges_that_reach_into_it_are_counted():
    rows = _rows(Web=0.3, Phone=0.27, Post=0.5).assign(low=[0.2, 0.27, 0.5], high=[0.3, 0.27, 0.5])
    found = tables.least_reached(SURVEY, rows).iloc[0]
    assert (found["channel"], found["tied"]) == ("Web", 1)
    assert found["kind"] == ' on offer ("Other" aside)'
    exact = tables.least_reached(SURVEY, _rows(Web=0.3, Phone=0.27, Post=0.5)).iloc[0]
    assert (exact["channel"], exact["tied"]) == ("Phone", 0)


@pytest.mark.parametrize(
    ("low", "high", "differs"),
    [(0.0, 0.2, False), (0.01, 0.2, True), (-0.2, 0.0, False), (-0.2, -0.01, True)],
)
def test_a_channel_differs_if_its_interval_leaves_out_0(monkeypatch, low, high, differs):
    rows = _rows(Web=0.1, Video=0.1, Phone=0.1).assign(conf_low=low, conf_high=high)
    groups = _rows(Near=0.1, Far=0.1).assign(conf_low=low, conf_high=high)
    monkeypatch.setattr(privacy, "shown_shifts", lambda *_: (rows, groups))
    asked = SimpleNamespace(groups={"Web": "Near", "Phone": "Near", "Video": "Far"})
    this = SimpleNamespace(
        codebook=SimpleNamespace(question=lambda _: asked), used_role="", not_offered=["Video"]
    )
    channels, groups = tables.visible_shifts(this, rows, groups)
    assert groups["offered"].tolist() == [True, False]
    assert groups["differs"].tolist() == [differs] * 2
    assert channels["differs"].tolist() == [differs] * 3
    assert channels["offered"].tolist() == [True, False, True]


def test_what_needs_weights_has_no_rows_without():
    answers = pd.Series(["Web"], dtype="category")
    assert weighted.weighted_people(None, answers.to_frame()).empty
    assert weighted.weighted_test(answers, answers, None) == {}
    assert tables.weighted_beside(
        _rows(Web=0.1), weighted.weighted_shifts(answers, answers, None)
    ).empty


def _weighing(weights):
    return Weighing(weights=weights, ledger=Ledger(rows_in=weights.n), joined={}, full=None)


def test_shifts_with_weights_are_those_of_people_who_have_one_and_know_the_margins():
    kinds = pd.CategoricalDtype(["Web", "Post"])
    used = pd.Series(["Web"] * 30 + ["Post"] * 30, dtype=kinds)
    preferred = pd.Series(["Web"] * 10 + ["Post"] * 50, dtype=kinds)
    people = pd.DataFrame({"side": used.astype("str")}).iloc[:58]
    raked = rake(people, {"side": pd.Series({"Web": 20, "Post": 80})})
    found = weighted.weighted_shifts(used, preferred, _weighing(raked))
    assert found["n"].tolist() == [58, 58]
    supplied = weighted.weighted_shifts(used, preferred, _weighing(Weights(weights=raked.weights)))
    assert found["estimate"].to_numpy() == pytest.approx(supplied["estimate"].to_numpy())
    assert (found["std_error"] < 0.8 * supplied["std_error"]).all()
    test = weighted.weighted_test(used, preferred, _weighing(raked))["Wald, weighted (F)"]
    assert test.statistic == pytest.approx(found["statistic"].iloc[0])


def test_a_few_people_with_a_weight_are_not_tested():
    kinds = pd.CategoricalDtype(["Web", "Post"])
    two = pd.Series(["Web", "Post"], dtype=kinds)
    for n, rows in ((1, 0), (2, 2)):
        weighing = _weighing(Weights(weights=pd.Series([1.5, 1.0][:n])))
        assert weighted.weighted_test(two, two, weighing) == {}
        assert len(weighted.weighted_shifts(two, two, weighing)) == rows


def test_tests_of_one_answer_are_not_made_of_several():
    one = pd.Series(["Web", "Post", "Web"], dtype="category")
    several = people.indicators(one)
    assert changes.one_answer_tests(several, several) == {}
    codebook = survey.load("herts_2023").codebook
    assert changes.on_offer_test(several, several, ["Post"], codebook) == {}
    assert changes.on_offer_test(one, one, [], codebook) == {}
    assert changes.pull_model(several, several, codebook) is None
    assert list(changes.one_answer_tests(one, one)) == ["Stuart-Maxwell", "Bowker"]


def test_nobody_is_compared_where_everybody_was_asked():
    answers = pd.Series(["Web", "Post"], dtype="category")
    assert people.shown_comparison(answers, pd.Series([False, False]), None).empty


def test_of_several_answers_one_that_few_did_not_give_is_hidden_too():
    answers = pd.DataFrame({"Web": [1.0] * 55 + [0.0] * 5, "Phone": [1.0, 0.0] * 30})
    outside = pd.Series([True, True, False, False] * 15)
    shown = people.shown_comparison(answers, outside, survey.load("herts_2023").codebook)
    assert shown["share_first"].isna().tolist() == [True, False]


def test_what_another_table_hides_of_the_first_group_is_hidden_here_too():
    answers = pd.Series(pd.Categorical(np.repeat([*"abcabc"], [60, 50, 40, 30, 25, 20])))
    outside, codebook = pd.Series(np.arange(225) >= 150), survey.load("herts_2023").codebook
    shown = people.shown_comparison(answers, outside, codebook, hidden=["b"])
    assert shown.set_index("answer")["estimate"].isna().to_dict() == {
        "a": False, "b": True, "c": False
    }  # fmt: skip


def test_the_four_groups_of_channels_that_shift_most_are_drawn():
    means = pd.Series({"a": 0.1, "b": -0.5, "c": 0.2, "d": 0.3, "e": -0.15})
    rows, most = people.shown_districts(None, means, None)
    assert most.index.tolist() == ["b", "d", "c", "e"]
    assert rows.empty


def _answers(*moves: tuple[str, str, int]) -> list[pd.Series]:
    kinds = pd.CategoricalDtype(["Web", "Phone", "Post"])
    rows = [(one, two) for one, two, n in moves for _ in range(n)]
    return [pd.Series(list(each), dtype=kinds) for each in zip(*rows, strict=True)]


@pytest.mark.parametrize(("post", "tested"), [(10, True), (9, False)])
def test_what_was_on_offer_is_tested_apart_if_enough_people_prefer_what_was_not(post, tested):
    pair = _answers(("Web", "Phone", 20), ("Web", "Post", post), ("Phone", "Phone", 30))
    codebook = survey.load("herts_2023").codebook
    assert bool(changes.on_offer_test(*pair, ["Post"], codebook)) == tested


@pytest.mark.parametrize(("back", "fitted"), [(4, True), (3, False)])
def test_quasi_symmetry_is_of_enough_people_who_moved_both_ways(back, fitted):
    pair = _answers(("Web", "Phone", 6), ("Phone", "Web", back), ("Web", "Post", 30))
    model = changes.pull_model(*pair, survey.load("herts_2023").codebook)
    assert (model is not None) == fitted


def test_channels_without_finite_odds_are_named_only_if_they_were_not_offered():
    pair = _answers(("Web", "Phone", 12), ("Phone", "Web", 12), ("Web", "Post", 30))
    model = changes.pull_model(*pair, survey.load("herts_2023").codebook)
    assert changes.pull_note(model, ["Post"]).endswith("Without finite odds: Post.")
    assert changes.pull_note(model, []).endswith("Without finite odds: 1 other.")


def test_few_people_with_two_different_answers_or_beside_everybody_are_hidden():
    codebook = survey.load("herts_2023").codebook
    ways = [("Web", "Web", 40), ("Web", "Phone", 20), ("Phone", "Web", 9)]
    every = paired.shift_test(*_answers(*ways))
    fewer = paired.shift_test(*_answers(*ways[:2]))
    table = changes.tests_beside({"all": every, "some": fewer}, codebook)
    assert table["n_discordant"].fillna(-1).tolist() == [29, -1]
    assert privacy.is_hidden(table["n_discordant"]).tolist() == [False, True]
    alone = changes.tests_beside({"all": paired.shift_test(*_answers(*ways[::2]))}, codebook)
    assert privacy.is_hidden(alone["n_discordant"]).tolist() == [True]


def test_a_test_without_degrees_of_freedom_is_left_out():
    moved = paired.shift_test(*_answers(("Web", "Phone", 20), ("Phone", "Web", 10)))
    still = paired.shift_test(*_answers(("Web", "Web", 20)))
    codebook = survey.load("herts_2023").codebook
    assert changes.tests_beside({"a": moved, "b": still}, codebook)["test"].tolist() == ["a"]


def test_who_stays_is_exact_where_nobody_is_rare_and_else_a_range():
    codebook = survey.load("herts_2023").codebook
    pair = _answers(
        ("Web", "Web", 59), ("Web", "Phone", 3), ("Phone", "Phone", 40), ("Phone", "Web", 20),
        ("Post", "Phone", 30), ("Post", "Post", 20), ("Phone", "Post", 10),
    )  # fmt: skip
    shifts = paired.shifts(*pair)
    moves = pairs.shown_moves(paired.moves(*pair), shifts, ["Web", "Phone", "Post"], codebook)
    told = pairs.stayed(moves, shifts, codebook)
    assert (told["Phone"].low, told["Phone"].high) == (40 / 70, 40 / 70)
    # 59 of 62 stay: the share would leave the others 0 to 7, so that it is not told.
    assert "Web" not in told
    ranges = pairs.ranged_moves(paired.moves(*pair), shifts, ["Web", "Phone", "Post"], codebook)
    assert ranges.loc[0, "Web"] == "50 to 69"
    assert ranges.loc[0, ["Phone", "Post"]].tolist() == ["under 20", "under 10"]
