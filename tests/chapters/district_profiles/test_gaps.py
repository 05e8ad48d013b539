"""Which gaps are named: the largest three of a district, credible ones first."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.district_profiles import compared, headlines, profiles, short
from analysis.primary import pair
from analysis.privacy import HIDDEN_NUMBER
from analysis.survey.codebook import Words
from analysis.survey.measures import RATED, channel_groups
from analysis.tables import channels

NUMBERS = {"unit": "percent", "estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6, "overall": 0.4}


#: The gaps of three districts: the second may be as large as the first, the third not.
DISTRICTS = {"N": -0.3, "S": 0.22, "E": 0.1}


def _found(p_adjusted: dict, *rows: tuple) -> profiles.Profiles:
    """Make profiles of (district, measure, gap, clear)."""
    table = [
        {"level": level, "measure": measure, "gap": gap, "gap_low": gap, "gap_high": gap, "n": 90}
        | {"clear": clear, "size": abs(gap), "place": ""} | NUMBERS
        for level, measure, gap, clear in rows
    ]  # fmt: skip
    tests = pd.DataFrame({"measure": list(p_adjusted), "p_adjusted": list(p_adjusted.values())})
    tests["p_value"] = tests["p_adjusted"] / 2
    return profiles.Profiles(rows=pd.DataFrame(table), tests=tests)


def test_a_measure_at_five_percent_has_no_credible_gap_and_one_just_below_has():
    found = _found({"a": 0.0499, "b": 0.05}, ("N", "a", 0.1, True), ("N", "b", 0.3, True))
    gaps = profiles.largest_gaps(found)
    assert gaps[["measure", "credible"]].to_numpy().tolist() == [["a", True], ["b", False]]


def test_three_gaps_of_a_district_are_named_the_largest_of_either_sign_first():
    sizes = {"a": 0.1, "b": -0.4, "c": 0.3, "d": 0.2}
    rows = [(level, name, gap, True) for level in "SN" for name, gap in sizes.items()]
    gaps = profiles.largest_gaps(_found(dict.fromkeys(sizes, 0.01), *rows))
    assert gaps["level"].tolist() == ["N"] * 3 + ["S"] * 3
    assert gaps["measure"].tolist() == ["b", "c", "d"] * 2
    assert gaps["size"].tolist() == [0.4, 0.3, 0.2] * 2
    assert gaps.index.tolist() == [*range(6)]


def test_a_gap_whose_interval_holds_zero_is_not_named():
    found = _found({"a": 0.01}, ("N", "a", 0.1, False), ("S", "a", 0.1, True))
    assert profiles.largest_gaps(found)["level"].tolist() == ["S"]


def _headline(found: profiles.Profiles) -> tuple:
    row, kind = profiles.headline_gap(found, profiles.largest_gaps(found))
    return row["level"], row["measure"], kind


def test_the_headline_is_the_largest_credible_gap_even_if_a_pointer_is_larger():
    rows = [("N", "a", -0.2, True), ("S", "a", 0.1, True), ("E", "b", 0.5, True)]
    assert _headline(_found({"a": 0.01, "b": 0.3}, *rows)) == ("N", "a", "credible")


def test_the_headline_is_the_largest_pointer_if_no_gap_is_credible():
    rows = [("N", "a", 0.1, True), ("S", "a", -0.2, True), ("E", "b", 0.15, True)]
    assert _headline(_found({"a": 0.2, "b": 0.3}, *rows)) == ("S", "a", "pointer")


def test_without_pointers_the_headline_is_of_the_measure_that_differs_most():
    rows = [("N", "a", 0.1, False), ("S", "a", -0.2, False), ("E", "b", 0.5, False)]
    assert _headline(_found({"a": 0.2, "b": 0.3}, *rows)) == ("S", "a", "none")


def test_of_measures_with_equal_adjusted_p_the_smallest_raw_one_differs_most():
    found = _found({"a": 1.0, "b": 1.0}, ("N", "a", 0.5, False), ("S", "b", 0.1, False))
    found.tests["p_value"] = [0.9, 0.3]
    assert _headline(found) == ("S", "b", "none")


def test_a_hidden_gap_is_no_headline():
    rows = [("N", "a", 0.1, False), ("S", "a", HIDDEN_NUMBER, False)]
    assert _headline(_found({"a": 0.2}, *rows)) == ("N", "a", "none")


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


def test_the_five_changes_that_most_people_want_are_measures(herts):
    found = compared.changes_wanted(herts, herts.responses())
    counts = [int(yes.sum()) for yes in found.values()]
    assert len(counts) == 5
    assert counts == sorted(counts, reverse=True)
    more = compared.changes_wanted(herts, herts.responses(), most=6)
    assert [*more][:5] == [*found]
    assert int([*more.values()][5].sum()) <= counts[-1]


def test_a_survey_that_did_not_ask_for_changes_has_no_such_measures(demo):
    assert compared.changes_wanted(demo(), pd.DataFrame()) == {}


def test_a_codebook_without_themes_has_no_measures_of_changes(herts):
    without = replace(herts, codebook=replace(herts.codebook, themes=None))
    assert compared.changes_wanted(without, herts.responses()) == {}


def test_the_largest_gap_knows_how_many_may_be_as_large():
    found = _found({"a": 0.01}, *((name, "a", gap, True) for name, gap in DISTRICTS.items()))
    ends = found.rows["gap"].abs()
    rows = found.rows.assign(gap_low=ends - 0.05, gap_high=ends + 0.05)
    down = rows["gap"] < 0
    rows.loc[down, ["gap_low", "gap_high"]] = -rows.loc[down, ["gap_high", "gap_low"]].to_numpy()
    found = replace(found, rows=rows)
    row, _ = profiles.headline_gap(found, profiles.largest_gaps(found))
    assert (row["level"], row["near"]) == ("N", 1)
    said = headlines.largest_sentence(row, "credible", "everybody")
    assert said.endswith(" Its interval overlaps that of another: it is not shown to be larger.")
    alone = headlines.largest_sentence(row.drop("near"), "credible", "everybody")
    assert said.startswith(alone)


def test_ratings_count_the_best_answers_and_the_rest_yes(herts):
    responses = herts.responses()
    more = {"extra": pd.Series(np.arange(len(responses)) < 12, index=responses.index)}
    gathered = compared.measured_answers(herts, responses, more)
    named = {name: which for name, _, which in gathered}
    assert [name for name, *_ in gathered[:4]] == [
        "Used: telephone", "Prefer: telephone", "Prefer: digital", "Used what they would prefer"
    ]  # fmt: skip
    assert named["Used what they would prefer"] == named["extra"] == ["yes"]
    assert named["Visibility of the police: good or very good"] == ["Good", "Very good"]
    assert (gathered[-1][1] == "yes").sum() == 12


def test_a_survey_without_ratings_is_compared_on_the_rest(herts):
    kept = tuple(each for each in herts.codebook.questions if each.role not in RATED)
    asked = replace(herts, codebook=replace(herts.codebook, questions=kept))
    gathered = compared.measured_answers(asked, herts.responses(), {})
    assert [name.split(":")[0] for name, *_ in gathered] == [
        "Used", "Prefer", "Prefer", "Used what they would prefer"
    ]  # fmt: skip


def test_without_a_gap_to_show_there_is_no_headline():
    found = _found({"a": 0.2}, ("N", "a", HIDDEN_NUMBER, False))
    assert profiles.headline_gap(found, profiles.largest_gaps(found)) is None
    assert headlines.headline_rows(None, "everybody") == []


def test_what_people_use_and_prefer_is_counted_of_the_people_of_the_data_tables(herts):
    responses = herts.responses()
    counted = channels.compared(herts, responses)
    for name, yes in compared.channels_compared(herts, responses).items():
        role = herts.used_role if name.startswith("Used") else "preferred"
        assert yes.index.equals(counted[role].frame.index), name
        assert not name.endswith("other")


def test_those_who_stand_out_are_named_with_the_measure_on_which_districts_differ():
    found = _found({"a": 0.01, "b": 0.5}, ("N", "a", -0.3, True), ("S", "a", 0.2, True),
                   ("E", "a", 0.1, False), ("E", "b", 0.4, True))  # fmt: skip
    tests = found.tests.assign(status="secondary")
    said = short.short_texts(Words(), None, tests, profiles.largest_gaps(found))
    assert said == [
        "", "Of 2 other things compared, districts differ on 1: a (higher in S, lower in N)."
    ]  # fmt: skip


def test_a_channel_whose_shift_is_hidden_is_no_measure(herts, monkeypatch):
    responses = herts.responses()
    assert "Used: telephone" in compared.channels_compared(herts, responses)
    monkeypatch.setattr(pair, "hidden_shifts", lambda *_: (frozenset(), frozenset({"Telephone"})))
    assert not [each for each in compared.channels_compared(herts, responses) if "tele" in each]


def test_a_channel_that_few_prefer_who_were_not_asked_of_use_is_no_measure_of_preference(herts):
    responses = herts.responses()
    people = pair.asked_people(herts, responses)
    outside = people["preferred"].index.difference(people[herts.used_role].index)
    digital = channel_groups(herts, people["preferred"].loc[outside], "preferred")["Digital"]
    few = responses.drop(index=digital.index[digital][5:])
    found = list(compared.channels_compared(herts, few))
    assert "Prefer: digital" in compared.channels_compared(herts, responses)
    assert "Prefer: digital" not in found
    assert "Prefer: telephone" in found


def test_shifts_that_are_hidden_are_those_that_the_notebook_hides(herts):
    base, *answers = pair.compared(herts, herts.responses())
    channels_hidden, groups_hidden = pair.hidden_shifts(herts, *answers)
    shown = channels.compared(herts, herts.responses())[herts.used_role]
    assert channels_hidden == shown.hidden
    assert groups_hidden <= {"Telephone", "Digital", "Face to face", "Other"}
    assert base.n == len(shown.frame)


def test_of_many_measures_that_differ_three_are_named_without_districts():
    rows = [("N", name, 0.3, True) for name in "abcd"]
    found = _found(dict.fromkeys("abcd", 0.01), *rows)
    tests = found.tests.assign(status="secondary")
    said = short.short_texts(Words(), None, tests, profiles.largest_gaps(found, most=4))
    assert said[1] == "Of 4 other things compared, districts differ on 4: a, b, c and 1 more."
