"""The committed table of recovery is what the code gives, and supports what is said of it."""

import numpy as np
import pandas as pd
import pytest

from analysis import __main__, ordinal, paths
from analysis.ordinal import find_link
from analysis.validation import (
    coverage,
    recovery,
    recovery_page,
    recovery_sentences,
    recovery_weights,
)
from analysis.validation.recovery_population import (
    CHANNELS,
    EFFECTS,
    PEOPLE,
    SCALES,
    SHARES,
    draw_sample,
)

KEYS = ["table", "link", "spread", "method", "term"]


@pytest.fixture(scope="module")
def committed():
    return pd.read_csv(paths.DOCS / "recovery.csv").drop(columns="data")


@pytest.mark.parametrize(
    ("part", "arguments", "tolerance"),
    [
        (recovery.channel_effects, (recovery.FIXED, "probit", 0.2, recovery.RUNS_LINKS), 1e-9),
        (recovery.laplace, (0.2, recovery.RUNS_LAPLACE), 1e-6),
    ],
)
def test_a_part_run_again_gives_its_rows(committed, part, arguments, tolerance):
    again = pd.DataFrame(part(*arguments))[recovery.COLUMNS]
    both = again.merge(committed, on=KEYS, suffixes=("", "_committed"))
    assert len(both) == len(again)
    for column in ("estimate", "mc_error", "runs", "failed"):
        assert both[column].to_numpy(dtype=float) == pytest.approx(
            both[f"{column}_committed"].to_numpy(dtype=float), rel=1e-6, abs=tolerance, nan_ok=True
        )


def test_a_small_part_with_random_districts_gives_rows_of_the_table(committed):
    again = pd.DataFrame(recovery.spread_between_districts(0.4, 4))
    assert len(again.merge(committed, on=KEYS)) == len(again)
    assert set(again["runs"] + again["failed"]) == {4}


def test_a_small_part_with_weights_and_groups_gives_rows_of_the_table(committed):
    again = pd.DataFrame(recovery_weights.weights_and_groups(recovery_weights.ANSWER, 0.4, 3))
    assert len(again.merge(committed, on=KEYS)) == len(again)
    assert set((again["runs"] + again["failed"])[again["term"] == "mean spread"]) == {3}


def test_weights_and_groups_undo_a_selection_and_t_holds_better_than_the_normal(committed):
    rows = committed[committed["table"] == recovery_weights.BOTH]
    found = rows.pivot_table(index=["method", "spread"], columns="term", values="estimate")
    assert set(rows["runs"][rows["term"] == "mean spread"]) == {recovery.RUNS_BOTH}
    selected = found.loc[recovery_weights.ANSWER]
    assert (selected["error of thresholds, unweighted"].abs() > 0.3).all()
    assert (found["error of thresholds"].abs() < 0.03).all()
    for part in ("effects", "thresholds", "spread"):
        assert (found[f"{part}, t"] > found[f"{part}, normal"]).all()
    assert found[["effects, t", "thresholds, t"]].min(axis=None) > 0.92


def test_the_page_is_made_from_the_table(committed):
    assert (paths.DOCS / "recovery.md").read_text("utf-8") == recovery_page.to_page(committed)


def test_every_part_is_in_the_table(committed):
    named = ["average", "sd(district)", "log-likelihood", "mean spread"]
    found = committed[committed["term"].isin(named)]
    made = set(zip(found["table"], found["link"], found["spread"], strict=True))
    kinds = {
        recovery.channel_effects: "channels",
        recovery.spread_between_districts: "spread",
        recovery.laplace: "laplace",
        recovery_weights.weights_and_groups: recovery_weights.BOTH,
    }
    for part, arguments in recovery.parts():
        link = arguments[1] if part is recovery.channel_effects else "logit"
        assert (kinds[part], link, arguments[-2]) in made


def test_no_run_is_lost_without_being_counted(committed):
    rows = committed[committed["table"].isin(["channels", "errors"])]
    asked = np.where(rows["link"] == "logit", recovery.RUNS, recovery.RUNS_LINKS)
    assert (rows["runs"] + rows["failed"]).to_numpy().tolist() == asked.tolist()


def test_intervals_of_channel_effects_hold_the_truth_as_often_as_they_say(committed):
    rows = committed[committed["table"] == "channels"]
    average = rows[rows["term"] == "average"]
    assert average["estimate"].between(0.93, 0.97).all()
    plain = rows[rows["method"] != recovery.WEIGHTED]
    logit = plain[plain["link"] == "logit"]
    assert logit["estimate"].between(0.93, 0.97).all()
    assert (plain["estimate"] - 2 * plain["mc_error"] < 0.97).all()
    assert (plain["estimate"] + 2 * plain["mc_error"] > 0.93).all()


def test_weighted_intervals_fall_a_little_short_and_the_page_says_so(committed):
    rows = committed[(committed["table"] == "channels") & (committed["method"] == "weighted")]
    assert rows["estimate"].between(0.92, 0.96).all()
    assert "Weighted intervals are a little too short" in recovery_page.to_page(committed)


def test_channel_effects_are_not_biased_by_more_than_a_small_sample_explains(committed):
    rows = committed[committed["table"] == "errors"]
    assert (rows["estimate"].abs() < 0.03 + 3 * rows["mc_error"]).all()


def test_the_spread_is_too_small_where_there_is_one_and_the_page_says_so(committed):
    bias = committed[committed["method"] == "bias"].set_index("spread")
    assert bias.loc[0.0, "estimate"] > 0
    page = recovery_page.to_page(committed)
    for spread in (0.2, 0.4):
        row = bias.loc[spread]
        assert row["estimate"] < -2 * row["mc_error"]
        sentence = f"Where the true spread is {spread:g}, the estimate is too small by"
        assert sentence in page


def test_spread_and_interval_are_those_of_districts_known_without_error_if_it_is_large(committed):
    ratio, coverage = recovery_sentences.known_limits(len(PEOPLE))
    rows = committed[(committed["table"] == "spread") & (committed["spread"] == 0.4)]
    rows = rows.set_index("method")
    assert rows.loc["mean", "estimate"] == pytest.approx(0.4 * ratio, abs=0.015)
    held = rows.loc[recovery_page.PROFILE]
    assert held["estimate"] == pytest.approx(coverage, abs=3 * held["mc_error"])


def test_the_interval_holds_a_spread_of_nothing_more_often_than_it_says(committed):
    rows = committed[committed["method"] == recovery_page.PROFILE].set_index("spread")
    assert rows.loc[0.0, "estimate"] > 0.95


def test_the_test_of_a_spread_keeps_its_size_and_gains_power(committed):
    rows = committed[committed["method"] == "50:50 mixture"].set_index("spread")
    assert rows.loc[0.0, "estimate"] < 0.05 + 2 * rows.loc[0.0, "mc_error"]
    assert rows["estimate"].is_monotonic_increasing


def test_intervals_of_single_districts_hold_less_than_they_say(committed):
    rows = committed[committed["term"] == "all districts"]
    assert (rows["estimate"] < 0.95 - 2 * rows["mc_error"]).all()


@pytest.mark.parametrize("link", SCALES)
def test_a_large_sample_gives_the_parameters_back(link):
    sample, districts = draw_sample(link, 0.4, np.random.default_rng(5), people=40 * PEOPLE)
    found = ordinal.fit("satisfaction ~ channel + district", sample, link=link)
    truth = np.r_[SCALES[link] * EFFECTS[1:], districts[1:] - districts[0]]
    away = (found.coefficients["estimate"] - truth) / found.coefficients["std_error"]
    assert (away.abs() < 4).all()
    assert found.coefficients["std_error"].max() < 0.1
    cuts = find_link(link).inverse(np.cumsum(SHARES)[:-1]) - districts[0]
    away = (found.thresholds["estimate"] - cuts) / found.thresholds["std_error"]
    assert (away.abs() < 4).all()


def test_a_large_sample_gives_districts_back_from_a_random_intercept():
    sample, districts = draw_sample("logit", 0.4, np.random.default_rng(6), people=40 * PEOPLE)
    rows = ordinal.fit("satisfaction ~ channel", sample, random="district").random.effects
    gap = (rows["estimate"] - rows["estimate"].mean()) - (districts - districts.mean())
    assert (gap.abs() < 4 * rows["std_error"]).all()
    assert rows["std_error"].max() < 0.06


def test_the_made_up_people_are_as_stated():
    sample, _ = draw_sample("logit", 0.0, np.random.default_rng(7), people=100 * PEOPLE)
    first = sample.loc[sample["channel"] == CHANNELS[0], "satisfaction"]
    shares = first.value_counts(normalize=True, sort=False)
    assert shares.to_numpy() == pytest.approx(SHARES, abs=0.01)
    weight = sample["weight"]
    assert weight.std() / weight.mean() == pytest.approx(0.5, abs=0.02)


def test_runs_without_a_fit_are_counted(monkeypatch):
    calls, true_fit = iter(range(8)), ordinal.fit

    def sometimes(*arguments, **options):
        if next(calls) % 4 == 0:
            raise ValueError("the answers are separated")
        return true_fit(*arguments, **options)

    monkeypatch.setattr(ordinal, "fit", sometimes)
    rows = pd.DataFrame(recovery.channel_effects(recovery.FIXED, "logit", 0.2, 8))
    assert set(rows["failed"]) == {2}
    assert set(rows["runs"]) == {6}
    assert "Of 8 runs 2 gave no fit" in recovery_sentences.failures(rows[:1], "fit")


def test_the_command_writes_both_files(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "DOCS", tmp_path)
    monkeypatch.setattr(paths, "OUT", tmp_path)  # not the lock of a run that goes on
    monkeypatch.setattr(coverage, "write_coverage", lambda: tmp_path / "coverage.md")
    monkeypatch.setattr(recovery, "parts", lambda: [
        (recovery.channel_effects, (recovery.FIXED, "logit", 0.2, 3)),
        (recovery.spread_between_districts, (0.2, 3)),
        (recovery.laplace, (0.2, 2)),
        (recovery_weights.weights_and_groups, (recovery_weights.ANSWER, 0.2, 2)),
    ])  # fmt: skip
    assert __main__.main(["coverage"]) == 0
    assert "recovery.md" in capsys.readouterr().out
    assert (tmp_path / "recovery.md").read_text("utf-8").startswith("# What the models")
    assert set(pd.read_csv(tmp_path / "recovery.csv")["data"]) == {"synthetic"}
