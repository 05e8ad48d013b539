"""What notebook 10 says of simulated surveys: verdicts, units, signs, and what is planted."""

import numpy as np
import pandas as pd
import pytest

from analysis.chapters.known_truth import (
    explanations,
    names,
    planted,
    reasons,
    sentences,
    stored,
    tables,
    titles,
    units,
    verdicts,
)
from analysis.figures import dots
from analysis.synthetic import simulation
from analysis.validation import known_results


def judged(**values) -> pd.DataFrame:
    rows = pd.DataFrame({
        "quantity": ["satisfied", "same_answer", "composition"], "kind": "plain", "shown": 100,
        "truth": 0.5, "bias": 0.0, "bias_error": 0.01,
    } | values)  # fmt: skip
    rows["level"] = rows["quantity"].map(names.NAMES)
    rows["verdict"] = [
        verdicts.verdict(rate, error, verdicts.COVERAGE)
        for rate, error in zip(rows["coverage"], rows["coverage_error"], strict=True)
    ]
    return rows


@pytest.mark.parametrize(
    ("rate", "error", "wanted", "said"),
    [
        (0.95, 0.5, verdicts.COVERAGE, "in range"),
        (0.90, 0.01, verdicts.COVERAGE, "too low"),
        (0.90, 0.02, verdicts.COVERAGE, "outside, by no more than chance"),
        (0.99, 0.02, verdicts.COVERAGE, "outside, by no more than chance"),
        (0.99, 0.01, verdicts.COVERAGE, "too high"),
        (0.08, 0.005, verdicts.ERRORS, "too high"),
        (0.01, 0.005, verdicts.ERRORS, "too low"),
    ],
)
def test_a_rate_is_blamed_only_beyond_two_monte_carlo_errors(rate, error, wanted, said):
    assert verdicts.verdict(rate, error, wanted) == said


def test_the_answer_counts_every_verdict_and_does_not_take_no_finding_for_proof():
    rows = judged(coverage=[0.95, 0.92, 0.99], coverage_error=[0.05, 0.02, 0.001])
    said = sentences._intervals(rows, "without weights")
    assert "1 lies in the wanted range" in said
    assert "1 outside by no more than chance" in said
    assert "none is too low by more and 1 too high (age and sex of who answers, each" in said
    assert "lowest rate is 92.0% (same answer twice, Monte Carlo error 2.0)" in said
    assert "no proof" in said
    low = judged(coverage=[0.95, 0.80, 0.99], coverage_error=[0.05, 0.02, 0.001])
    said = sentences._intervals(low, "without weights")
    assert "1 is too low by more (same answer twice; furthest 80.0%)" in said
    assert "no proof" not in said


@pytest.mark.parametrize("name", ["without weights", "with weights"])
def test_what_is_said_of_no_row_does_not_contradict_the_rows_before(name):
    rows = judged(coverage=[0.95] * 3, coverage_error=[0.01] * 3)
    for made in (explanations.reason_list(rows, name), explanations.bias_list(rows, name)):
        assert len(made) == 1
        assert made[0].startswith(f"{name.capitalize()}: no ")


def test_the_title_of_coverage_says_in_which_direction():
    high = judged(coverage=[0.95, 0.95, 0.99], coverage_error=[0.01, 0.01, 0.001])
    assert "holds more often than wanted; none is shown to hold less" in titles.coverage_title(high)
    low = judged(coverage=[0.80, 0.80, 0.95], coverage_error=[0.01] * 3)
    assert titles.coverage_title(low).startswith("2 of 3 kinds of interval hold less often")


def test_the_figure_of_coverage_begins_near_80_percent_and_ends_at_100():
    for lowest, start in ((0.95, 0.8), (0.82, 0.75)):
        rows = titles.drawn(
            judged(coverage=[lowest, 0.97, 1.0], coverage_error=[0.015, 0.01, 0.02])
        )
        words = titles.coverage_words(rows)
        assert words["start"] == pytest.approx(start)
        figure = dots(rows, title="A finding", **words)
        axes = figure.axes[0]
        assert axes.get_xlim() == pytest.approx((start, 1.0))
        shaded = [
            each.get_extents().transformed(axes.transData.inverted()) for each in axes.patches
        ]
        assert len(shaded) == 1
        assert (shaded[0].x0, shaded[0].x1) == pytest.approx(verdicts.COVERAGE)
        assert "across: share of surveys" in figure.get_label()


def test_a_bias_is_written_in_its_own_unit():
    rows = judged(
        quantity=["satisfied", "districts", "visibility_accessibility"],
        coverage=[0.95] * 3, coverage_error=[0.01] * 3, bias=[-0.038, -0.038, 0.012],
        bias_error=[0.002] * 3,
    )  # fmt: skip
    shown = tables.shown_estimates(rows)
    assert shown["bias"].tolist() == ["-3.8 ± 0.2", "-0.038 ± 0.002", "+0.012 ± 0.002"]
    assert shown["unit"].tolist() == ["points", "logit scale", "tau-b, -1 to 1"]
    said = " ".join(explanations.bias_list(rows))
    assert "by -0.038 on the logit scale" in said
    assert "by -3.8 points" in said
    assert "by +0.012 on the scale of tau-b" in said


@pytest.mark.parametrize("name", list(known_results.NAMED))
def test_errors_of_extremes_are_turned_outwards_as_the_study_does(name):
    extremes = stored.read_table("extremes")
    mine = extremes[extremes["quantity"] == name]
    if mine.empty or name == "largest_gap":  # another gap in every survey, on either side
        pytest.skip("nothing stored")
    named = pd.DataFrame({"estimate": [np.sign(mine["truth"].iloc[-1])]})
    assert units.outwards(name, extremes) == known_results._outwards(name, named).iloc[0]


def test_cleaning_and_extremes_have_the_same_sign():
    cleaning = pd.DataFrame({
        "quantity": ["least_reached", "same_answer", "replies_kept"], "kind": "plain",
        "error_cleaned": [-0.046, -0.002, 0.0], "error_received": [-0.054, -0.022, 0.069],
        "difference": [-0.008, -0.02, 0.069], "difference_error": [0.001, 0.001, 0.001],
    })  # fmt: skip
    extremes = stored.read_table("extremes")
    shown = tables.shown_cleaning(cleaning, extremes).set_index("level")
    assert shown.loc["Channel least reached", "cleaned"] == "+4.6"
    assert shown.loc["Channel least reached", "difference"] == "+0.8 ± 0.1"
    assert shown.loc["Same answer twice", "received"] == "-2.2"
    assert shown.loc["Replies analysed", "unit"] == "points, of replies received"
    said = sentences.cleaning_sentence(cleaning, extremes)
    assert "same answer twice by -2.0 points" in said
    assert "channel least reached by +0.8 points" in said


def _planted(outcome: str, by: str) -> bool:
    """Tell whether simulation.toml lets a rating, or the channel preferred, depend on something."""
    made = simulation.default_parameters()
    table = made["channels"]["preferred"] if outcome == "preferred" else made[outcome]
    return by in {each["by"] for each in table.get("effect", [])} | {table.get("target_by")}


def test_what_is_said_to_be_planted_is_in_the_parameters():
    directly = {
        "test_video_age": _planted("video_use", "age_group"),
        "test_video_disability": _planted("video_use", "disability"),
        "test_video_channel": _planted("video_use", "used_last"),
        "video_against_preference": _planted("video_use", "was_preferred"),
        "test_digital_age": _planted("preferred", "age_group"),
        "test_digital_disability": _planted("preferred", "disability"),
        "test_channels": _planted("satisfaction", "used_last"),
        "test_districts": _planted("satisfaction", "district"),
        "test_got": _planted("satisfaction", "was_preferred"),
    }
    assert set(directly) <= set(names.TESTS)
    assert {name for name, there in directly.items() if not there} == {
        *planted.NONE,
        *planted.INDIRECT,
    }
    # By way of the channel preferred alone:
    assert _planted("video_use", "preferred")


def test_the_power_of_nothing_planted_is_not_written():
    rows = verdicts.judged_tests(stored.read_table("tests"))
    shown = tables.shown_tests(rows).set_index("level")
    for test in planted.NONE:
        assert shown.loc[names.TESTS[test], "power"] == "no effect planted"
    assert "%" in shown.loc[names.TESTS["test_video_age"], "power"]
    assert len(set(names.TESTS.values())) == len(names.TESTS)
    counts = rows.set_index("test")[["runs", "power_runs"]]
    video = shown.loc[names.TESTS["test_video_age"]]
    assert [video["surveys"], video["power_surveys"]] == [
        f"{n:,.0f}" for n in counts.loc["test_video_age"]
    ]


def test_what_was_simulated_too_seldom_is_not_said_to_be_hidden():
    row = {"quantity": "satisfied", "kind": "plain", "truth": 0.5, "bias": 0.0, "bias_error": 0.1,
           "coverage": 0.95, "coverage_error": 0.1}  # fmt: skip
    estimates = pd.DataFrame([
        row | {"replies": 60, "runs": 100, "shown": 5},
        row | {"replies": 1_200, "runs": 100, "shown": 90},
        row | {"replies": 5_000, "runs": 10, "shown": 10},
    ])  # fmt: skip
    made = tables.by_size(estimates, stored.read_table("extremes").iloc[:0].reindex(
        columns=known_results.EXTREMES))  # fmt: skip
    assert made["plain"].tolist() == [
        "hidden in most surveys", "95.0% (lowest 95.0%, satisfied)", "too few surveys simulated",
    ]  # fmt: skip


def test_an_extreme_is_explained_as_far_as_it_is_shown():
    row = {"kind": "plain", "replies": verdicts.REPLIES, "overstated_error": 0.01}
    over, under, neither = ("moved_most", "least_reached"), -0.05, 0.0
    for overstated, wanted in (
        (0.05, {"least_reached"}),
        (under, {"moved_most"}),
        (neither, set()),
    ):
        rows = pd.DataFrame([row | {"quantity": name, "overstated": overstated} for name in over])
        assert set(explanations.extreme_reasons(rows)) == {reasons.EXTREMES[e][1] for e in wanted}


def test_numbers_that_differ_open_with_a_warning():
    again = pd.DataFrame({"numbers": [10, 20], "equal": [10, 19]})
    assert sentences.again_sentence(again).startswith("**Warning: the stored tables")
    assert "of 30 numbers only 29 are equal" in sentences.again_sentence(again)
    same = sentences.again_sentence(again.assign(equal=again["numbers"]))
    assert same.endswith("of 30 numbers all are equal to those stored.")


def test_a_bias_has_the_reason_of_its_own_kind():
    rows = judged(
        quantity=["video_likely"] * 3, coverage=[0.95] * 3, coverage_error=[0.01] * 3,
        bias=[-0.006] * 3, bias_error=[0.001] * 3,
    )  # fmt: skip
    assert "no reason has been found" in explanations.bias_list(rows.assign(kind="plain"))[0]
    assert "did not tell age or sex" in explanations.bias_list(rows.assign(kind="weighted"))[0]


def test_gaps_of_measures_that_hardly_differ_are_told_apart():
    gaps = pd.DataFrame({
        "replies": [1_200] * 4 + [300], "spread": [0.01, 0.02, 0.05, 0.06, 0.01],
        "coverage": [1.0, 0.99, 0.94, 0.95, 0.5],
    })  # fmt: skip
    said = explanations.gaps_sentence(gaps)[0]
    assert "on the 2 whose districts" in said
    assert "99.5% of intervals" in said
    assert said.endswith("on the 2 where they spread by more 94.5%.")
    assert explanations.gaps_sentence(gaps.assign(spread=0.1)) == []
