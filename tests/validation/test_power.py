"""The committed table on power is what the code gives, and supports what is said of it."""

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.validation import power, power_page

KEYS = ["table", "test", "effect", "other", "n"]


@pytest.fixture(scope="module")
def committed():
    return pd.read_csv(paths.DOCS / "power.csv").drop(columns="data")


def test_the_page_is_made_from_the_table(committed):
    assert (paths.DOCS / "power.md").read_text("utf-8") == power_page.to_page(committed)


def test_every_part_is_in_the_table_with_all_its_runs(committed):
    runs = committed.groupby("table")["runs"].agg(set)
    assert runs["shift"] == runs["width"] == {power.RUNS}
    assert runs["groups"] == {power.RUNS, power.RUNS_FISHER}
    assert runs["spread"] == {power.RUNS_SPREAD}
    assert (committed["table"] == "spread").sum() == len(list(power.parts()))


def test_planned_power_is_within_two_points_of_the_simulated_one(committed):
    rows = committed[
        (committed["table"] != "width") & (committed["test"] != power_page.NOT_PLANNED)
    ]
    assert len(rows) == 16 + 10 + 8
    assert ((rows["planned"] - rows["simulated"]).abs() <= power_page.WANTED).all()


def test_exact_power_is_within_its_monte_carlo_error(committed):
    exact = committed[committed["test"].isin(["McNemar, exact", "Bonett-Price interval",
                                              "Newcombe interval"])]  # fmt: skip
    rows = exact[exact["table"] != "width"]
    far = (rows["planned"] - rows["simulated"]).abs() / rows["mc_error"]
    assert far.max() < 3.5
    assert (far**2).mean() == pytest.approx(1.0, abs=0.9)


def test_a_few_runs_again_give_the_same_numbers_and_agree_with_the_table(committed):
    again = [pd.DataFrame(power.of_shifts(4000)) for _ in range(2)]
    pd.testing.assert_frame_equal(*again)
    rows = pd.concat([again[0], pd.DataFrame(power.of_groups(4000, 200))])
    both = rows.merge(committed, on=KEYS, suffixes=("", "_then"))
    assert len(both) == len(rows)
    np.testing.assert_allclose(both["planned"], both["planned_then"], atol=1e-7)
    own = both[both["test"] != power_page.NOT_PLANNED]
    far = (own["planned"] - own["simulated"]).abs()
    assert (far <= power_page.WANTED + 0.01).all()  # a point more, for a tenth of the samples


def test_a_model_is_seen_with_about_the_planned_power(committed):
    row = power.of_spread(power_page.SIZES[0], 0.4, 40)[0]
    then = committed.set_index(["test", "effect"]).loc[(row["test"], 0.4)]
    assert row["planned"] == pytest.approx(then["planned"], abs=1e-7)
    assert row["simulated"] == pytest.approx(then["simulated"], abs=4 * row["mc_error"] + 0.02)


def test_a_test_of_the_spread_that_errs_too_often_is_told(committed):
    assert "it is conservative, and errs less often" in power_page.to_page(committed)
    none = (committed["table"] == "spread") & (committed["effect"] == 0)
    for rate, said in ((0.05, "that is its level"), (0.09, "MORE often than its level")):
        assert said in power_page.to_page(committed.assign(
            simulated=committed["simulated"].mask(none, rate)))  # fmt: skip


def test_a_power_far_from_the_planned_one_is_told(committed):
    off = committed.copy()
    off.loc[off.index[0], "simulated"] += 0.05
    assert "NOT within" in power_page.to_page(off)
    assert "NOT within" not in power_page.to_page(committed)
