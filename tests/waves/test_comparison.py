"""A planted change is found, none is found where nothing changed, and few people stay hidden."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.privacy import HIDDEN, rule_of
from analysis.survey import bases, measures
from analysis.waves import sentences, shares

PLANTED = 0.40 - 0.275
VISIBILITY = "Visibility of the police: good or very good"


def test_a_planted_change_is_found_and_its_intervals_hold_it(changed):
    row = changed.rows.set_index("measure").loc[VISIBILITY]
    assert row["changed"]
    assert row["changed_weighted"]
    assert row["conf_low"] < PLANTED < row["conf_high"]
    assert row["weighted_low"] < PLANTED < row["weighted_high"]
    assert '"Visibility of the police: good or very good", from 28% in 2023' in " ".join(
        sentences.answer(changed)
    )


def test_nothing_else_is_called_a_change(changed):
    """But for a theme that fewer people named in the replies of 2023 than of any other seed."""
    others = changed.rows[~changed.rows["measure"].isin([VISIBILITY, "Access needs"])]
    assert len(others) > 50
    assert not others["changed"].any()


def test_replies_of_one_seed_show_no_change_at_all(same):
    told = same.rows[same.rows["estimate"].notna()]
    assert len(told) > 30
    assert (told[["estimate", "weighted"]].fillna(0.0) == 0.0).all(axis=None)
    assert not told["changed"].any()
    assert (told["conf_low"] < 0).all()
    assert (told["conf_high"] > 0).all()
    assert "none changed by more than chance explains" in sentences.answer(same)[0]


def test_shares_are_those_of_each_wave(changed):
    found = changed.waves
    for wave, column in zip(found.waves, ("first", "second"), strict=True):
        yes = measures.headline_answers(wave.survey, wave.responses)[VISIBILITY]
        row = changed.rows.set_index("measure").loc[VISIBILITY]
        assert row[column] == round(yes.mean(), 2)
        assert row[f"n_{column}"] == len(yes)


def test_the_weighted_change_knows_the_raking_of_both_waves(changed):
    """Without the margins of its raking each wave's share of a district's people would vary."""
    row = changed.rows.set_index("measure").loc[VISIBILITY]
    for wave, column in zip(changed.waves.waves, ("first", "second"), strict=True):
        assert wave.weighing is not None
        yes = measures.headline_answers(wave.survey, wave.responses)[VISIBILITY]
        mine = wave.weighing.people(yes)
        weight = wave.weighing.weights.weights.loc[mine.index]
        assert row[f"weighted_{column}"] == round(np.average(mine, weights=weight), 2)
        assert row[f"n_weighted_{column}"] == len(mine)


def test_what_is_hidden_in_one_wave_is_hidden_in_both(changed):
    rule = rule_of(changed.waves.second.survey.codebook)
    for role, family in (("used_last", "channels used"), ("preferred", "channels preferred")):
        counts = []
        for wave in changed.waves.waves:
            people = bases.answered(wave.survey, wave.responses, ["used_last", "preferred"]).frame
            counts.append(people[role].value_counts())
        rows = changed.family(family)
        for row in rows.itertuples():
            label = row.measure.split(": ", 1)[1]
            if any(rule.few(each[label]) for each in counts):
                assert np.isnan(row.estimate), label
                assert row.p_adjusted == HIDDEN, label
    hidden = changed.rows[changed.rows["estimate"].isna()]
    assert len(hidden) >= 2
    numbers = hidden.select_dtypes("number").drop(columns=["changed"], errors="ignore")
    assert numbers.isna().all(axis=None)


def test_the_hidden_answers_cannot_be_told_by_what_is_left(changed):
    """Of preference everybody gave one answer: what is hidden holds the threshold in both waves."""
    rule = rule_of(changed.waves.second.survey.codebook)
    hidden = changed.family("channels preferred").query("estimate.isna()")["measure"]
    labels = [each.split(": ", 1)[1] for each in hidden]
    assert len(labels) > 1
    for wave in changed.waves.waves:
        people = bases.answered(wave.survey, wave.responses, ["used_last", "preferred"]).frame
        assert rule.enough(people["preferred"].isin(labels).sum())


def test_the_larger_of_two_thresholds_holds(changed, compared, read_pair):
    few = changed.rows["estimate"].isna().sum()
    found = read_pair("herts_2023", "herts_2025")
    strict = [
        replace(
            each,
            survey=replace(
                each.survey, codebook=replace(each.survey.codebook, disclosure_threshold=60)
            ),
        )
        for each in found.waves
    ]
    rows = compared(replace(found, first=strict[0], second=strict[1])).rows
    assert rows["estimate"].isna().sum() > few
    told = rows[rows["estimate"].notna() & (rows["family"] != "satisfaction")]
    people = told[told["family"] != "shifts"]
    for column in ("first", "second"):
        counts = people[column] * people[f"n_{column}"]
        assert (counts >= 60 - 0.005 * people[f"n_{column}"]).all()


def test_families_are_adjusted_each_by_itself():
    rows = pd.DataFrame(
        {
            "family": ["a", "a", "b"],
            "p_adjusted": [0.02, 0.04, 0.03],
            "weighted_p": [0.01, np.nan, np.nan],
        }
    ).reindex(columns=shares.COLUMNS)
    found = shares.adjusted(rows)
    assert found["p_adjusted"].tolist() == [0.04, 0.04, 0.03]
    assert found["weighted_p"].tolist()[0] == 0.01


def test_shown_numbers_are_whole_points_with_intervals_outwards(changed):
    told = changed.rows[changed.rows["estimate"].notna()]
    numbers = told[["first", "second", "estimate", "conf_low", "conf_high"]] * 100
    assert np.allclose(numbers, numbers.round(), atol=1e-9)
    assert (told["conf_low"] <= told["estimate"]).all()


@pytest.mark.parametrize("number", ["2023", "2025"])
def test_the_short_answer_speaks_of_no_cause(changed, number):
    text = " ".join([*sentences.answer(changed), *sentences.limits(changed)])
    assert number in text
    assert not re.search(r"\b(caused|because of|led to|due to)\b", text)
