"""Answers crossed with groups: rounded so that no total or subtotal gives a small count away."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.privacy import Rule, crossed_shares, is_hidden, round_crossed

RULE = Rule(10)


def people(**answers) -> pd.DataFrame:
    return pd.DataFrame(answers, index=[f"group {at}" for at in range(len(answers["poor"]))])


def test_a_cell_that_a_subtotal_would_give_away_is_hidden():
    counts = people(poor=[54, 42, 53], good=[25, 21, 49], best=[26, 4, 3])
    plain = round_crossed(counts, rule=RULE)
    guarded = round_crossed(counts, rule=RULE, subtotals=[["good", "best"]])
    assert plain.loc["group 1", "good"] == 20
    assert is_hidden(guarded.loc["group 1", "good"])


def test_whoever_knows_totals_and_subtotals_finds_every_small_count_possible():
    rng, parts, seen = np.random.default_rng(5), [["poor", "fair"], ["good", "best"]], 0
    for _ in range(10):
        counts = people(**{name: rng.poisson(14, 4) for name in ("poor", "fair", "good", "best")})
        shown = round_crossed(counts, rule=RULE, subtotals=parts).to_numpy().ravel()
        place, cells = np.arange(16).reshape(4, 4), counts.to_numpy().ravel()
        lines = [*place, *place.T]
        sizes = counts.sum(axis=1).to_numpy()
        for part in (place[:, :2], place[:, 2:]):
            told = cells[part].sum(axis=1)
            lines += [*part[(told >= 10) & (sizes - told >= 10)]]
        masks = np.array([np.isin(np.arange(16), line) for line in lines], dtype=float)
        low = np.where(np.isnan(shown), 0, np.maximum(shown - 5, 10))
        high = np.where(np.isnan(shown), np.inf, shown + 4)
        for at in np.flatnonzero(cells < 10):
            aim = np.eye(1, 16, at)[0]
            for low_high, way in (((low, high), 1), ((low, high), -1)):
                found, free = (
                    linprog(way * aim, A_eq=masks, b_eq=masks @ cells,
                            bounds=np.column_stack(ends)).x[at]
                    for ends in (low_high, (np.zeros(16), np.full(16, np.inf)))
                )  # fmt: skip
                goal = max(free, 0) if way == 1 else min(free, 9)
                assert found <= goal + 1e-6 if way == 1 else found >= goal - 1e-6
                seen += 1
    assert seen > 20


def test_a_share_is_that_of_the_two_rounded_counts_and_its_interval_holds_all_behind_them():
    cells, n = pd.DataFrame({"yes": [20.0]}), pd.Series([60.0])
    told = {name: each.iloc[0, 0] for name, each in crossed_shares(cells, n, rule=RULE).items()}
    assert told["estimate"] == pytest.approx(1 / 3)
    for yes in (15, 24):
        for total in (55, 64):
            share = yes / total
            assert told["conf_low"] < share < told["conf_high"]


def test_the_share_of_a_whole_group_is_never_more_than_everybody():
    told = crossed_shares(pd.DataFrame({"yes": [20.0]}), pd.Series([20.0]), rule=RULE)
    assert told["estimate"].iloc[0, 0] == 1
    assert told["conf_high"].iloc[0, 0] <= 1


def test_what_is_hidden_of_people_or_of_groups_is_hidden_of_shares():
    hidden = round_crossed(people(poor=[40, 2, 60], good=[3, 50, 70]), rule=RULE)
    n = pd.Series([43.0, np.nan, 130.0], index=hidden.index)
    told = crossed_shares(hidden, n, rule=RULE)["estimate"]
    expected = hidden.isna()
    expected.loc["group 1"] = True
    assert told.isna().equals(expected)
    assert hidden.notna().any(axis=None)
