"""Surveys from one population, what is true of it, and what is said of the difference."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import survey
from analysis.chapters.known_truth import stored
from analysis.errors import SurveyError
from analysis.validation import known_command, known_population, known_results, known_runs
from analysis.validation.known_surveys import AS_RECEIVED, draw_survey
from analysis.validation.known_values import _tau_b


@pytest.fixture(scope="module")
def calibrations():
    return known_command._calibrations(stored.read_table("calibration"))


@pytest.fixture(scope="module")
def truths():
    return stored.read_table("truths")


def of(truths, quantity, level=""):
    rows = truths[truths["quantity"] == quantity].assign(level=lambda e: e["level"].fillna(""))
    return rows.set_index("level").loc[level]


@pytest.mark.parametrize("replies", [60, 300, 1_200])
def test_a_survey_receives_as_many_replies_as_it_should(calibrations, replies):
    this = draw_survey(calibrations, known_population.EFFECTS, replies, 0)
    planned = known_population.scaled(known_population.parameters_of("effects"), replies)
    assert len(this.read_raw()) == replies
    assert len(this.responses()) == planned["replies"]["kept"]


def test_the_default_size_has_the_faults_of_the_default_survey():
    parameters = known_population.parameters_of("effects")
    assert known_population.scaled(parameters, 1_200) == parameters


def test_a_survey_is_the_same_again_and_another_number_is_another(calibrations):
    one, again, other = (
        draw_survey(calibrations, known_population.EFFECTS, 60, number).read_raw()
        for number in (0, 0, 1)
    )
    pd.testing.assert_frame_equal(one, again)
    assert not one.equals(other)


def test_as_received_nothing_leaves_and_other_texts_stay_other(calibrations):
    clean, raw = (
        draw_survey(calibrations, known_population.EFFECTS, 300, 0, **how)
        for how in ({}, {"treated": AS_RECEIVED})
    )
    assert len(raw.responses()) == 300 > len(clean.responses())
    other = clean.other_channel
    assert (raw.responses()["used_last"] == other).sum() > (
        clean.responses()["used_last"] == other
    ).sum()


def test_a_calibration_is_read_as_it_was_written():
    codebook, variant = survey.load("herts_2023").codebook, known_population.NULL
    _, found = known_population.draw_population(codebook, variant, people=2_000, seed=1)
    table = known_population.calibration_to_frame(found, variant)
    again = known_population.calibration_from_frame(table, variant, codebook)
    assert again.intercepts == found.intercepts
    np.testing.assert_array_equal(again.channels.used_scale, found.channels.used_scale)


def test_truths_are_the_targets_of_the_parameters_where_these_state_them(truths):
    parameters = known_population.parameters_of("effects")
    channels, labels = parameters["channels"], survey.load("herts_2023").codebook.question(
        "preferred"
    ).labels  # fmt: skip
    for code, share in channels["preferred"]["target"].items():
        shift = share - channels["used"]["target"].get(code, 0.0)
        assert of(truths, "shift", labels[code])["respondents"] == pytest.approx(shift, abs=0.002)
    agreement = of(truths, "same_answer")["respondents"]
    assert agreement == pytest.approx(channels["agreement"], abs=0.002)
    for role, name in (("visibility", "visibility_good"), ("video_use", "video_likely")):
        target = parameters[role]["target"]
        assert of(truths, name)["respondents"] == pytest.approx(target, abs=0.002)


def test_tau_b_of_a_table_is_that_of_its_people():
    counts = np.array([[4, 1, 0], [2, 5, 2], [0, 1, 6]])
    first, second = (np.repeat(each.ravel(), counts.ravel()) for each in np.indices((3, 3)))
    assert _tau_b(counts / counts.sum()) == pytest.approx(stats.kendalltau(first, second).statistic)


def reading(run, quantity, estimate, half=0.05, **more):
    return {
        "variant": "effects", "treated": "cleaned", "replies": 1_200, "run": run,
        "quantity": quantity, "level": np.nan, "kind": "plain", "estimate": estimate,
        "conf_low": estimate - half, "conf_high": estimate + half, "p_value": np.nan, "n": 100.0,
    } | more  # fmt: skip


def test_bias_and_coverage_are_those_of_the_errors_put_in(truths):
    true = of(truths, "satisfied")["respondents"]
    errors = [0.01, 0.03, 0.06, -0.04]
    readings = pd.DataFrame([reading(i, "satisfied", true + e) for i, e in enumerate(errors)])
    row = known_results.estimates(known_results.with_truth(readings, truths)).iloc[0]
    assert row["bias"] == pytest.approx(np.mean(errors))
    assert row["coverage"] == 0.75
    assert row["shown"] == 4


def test_weighted_estimates_are_compared_with_the_residents(truths):
    true = of(truths, "video_likely")
    assert true["residents"] - true["respondents"] > 0.04
    readings = pd.DataFrame([reading(0, "video_likely", true["residents"], kind="weighted")])
    assert known_results.with_truth(readings, truths)["error"].iloc[0] == pytest.approx(0)


def test_an_extreme_overstates_itself_in_its_own_direction(truths):
    label = survey.load("herts_2023").codebook.question("preferred").labels["phone_101"]
    true = of(truths, "shift", label)["respondents"]
    readings = pd.DataFrame([
        reading(run, name, true - 0.02, level=label)
        for run in range(2) for name in ("largest_shift", "shift")
    ])  # fmt: skip
    row = known_results.extremes(known_results.with_truth(readings, truths)).iloc[0]
    assert true < 0
    assert row["overstated"] == pytest.approx(0.02)
    assert row["right"] == 1.0


def test_a_test_that_finds_something_in_one_survey_of_four_is_counted_so():
    readings = pd.DataFrame([
        reading(run, "test_got", np.nan, variant="no effects", p_value=p)
        for run, p in enumerate([0.04, 0.06, 0.5, 0.9])
    ])  # fmt: skip
    row = known_results.error_rates(readings).iloc[0]
    assert (row["test"], row["rejected"], row["runs"]) == ("test_got", 0.25, 4)
    assert row["rejected_error"] == known_results.share_error(1, 4)


def test_parts_have_numbers_of_their_own_and_cover_all_runs():
    parts = known_runs.plan([300], {"most": 25})
    assert [(each.first, each.runs) for each in parts] == [(0, 10), (10, 10), (20, 5)]
    assert len({each.name for each in parts}) == 3


def test_a_part_that_is_kept_is_not_run_again(tmp_path, monkeypatch):
    monkeypatch.setattr(known_runs, "sources_sha256", lambda: "f" * 64)
    part = known_runs.plan([60], {"most": 10})[0]
    kept = tmp_path / ("f" * 12)
    kept.mkdir()
    pd.DataFrame([reading(0, "satisfied", 0.5)]).to_csv(kept / part.name, index=False)
    found = known_runs.run([part], stored.read_table("calibration"), workers=1, folder=tmp_path)
    assert found["estimate"].tolist() == [0.5]


def test_a_study_of_too_few_surveys_is_refused_in_one_sentence():
    with pytest.raises(SurveyError, match="a study of 3 surveys of 60 replies shows nothing; ask"):
        next(known_command.validate(runs=3))


def test_surveys_made_again_give_the_numbers_that_are_stored():
    again = known_command.run_again()
    assert again["numbers"].sum() > 100
    assert again["equal"].tolist() == again["numbers"].tolist()
