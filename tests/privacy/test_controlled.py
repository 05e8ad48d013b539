"""Controlled rounding: numbers add up, are right on average, and tell no small count closely."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis import privacy, survey
from analysis.privacy import Rule, behind_cell, crossed_shares, ranged_table, round_crossed
from analysis.privacy import _protected as protected
from analysis.privacy._controlled import controlled_rounding

RULE = Rule(10, key="of the replies")


def lines_of(shape: tuple[int, int], *parts: slice) -> np.ndarray:
    """Return rows, columns, all, and parts of each row, as masks."""
    place = np.arange(shape[0] * shape[1]).reshape(shape)
    inner = [row[part] for part in parts for row in place]
    lines = [*place, *place.T, place.ravel(), *inner]
    return np.array([np.isin(np.arange(place.size), line) for line in lines], dtype=float)


def drawn(seed: int, shape: tuple[int, int]) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.poisson(rng.choice([0.5, 2, 6, 15, 40, 100], shape)).astype(float).ravel()


def exact(counts: pd.DataFrame) -> dict[str, tuple]:
    """Let readers know all totals of a table."""
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    return {"row_totals": (rows, rows), "column_totals": (columns, columns)}


def table(seed: int, shape: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(drawn(seed, shape).reshape(shape))


@pytest.mark.parametrize("shape", [(1, 4), (3, 3), (5, 4), (9, 8)])
@pytest.mark.parametrize("seed", range(5))
def test_counts_and_all_their_sums_become_a_multiple_above_or_below(shape, seed):
    counts, masks = drawn(seed, shape), lines_of(shape, slice(0, 2), slice(2, None))
    rounded = controlled_rounding(counts, masks, base=10, rng=np.random.default_rng(seed))
    assert (rounded % 10 == 0).all()
    assert (np.abs(rounded - counts) < 10).all()
    assert (np.abs(masks @ rounded - masks @ counts) < 10).all()


def test_counts_rounded_each_by_themselves_do_not_add_up():
    counts, masks, missed = drawn(3, (9, 8)), lines_of((9, 8)), 0
    rng = np.random.default_rng(3)
    for _ in range(20):
        alone = controlled_rounding(counts, np.zeros((0, 72)), base=10, rng=rng)
        missed += (np.abs(masks @ alone - masks @ counts) >= 10).any()
    assert missed > 10


def test_the_mean_of_many_draws_is_the_count():
    counts, masks = np.array([1.0, 9, 14, 25, 33, 0, 47, 6, 58]), lines_of((3, 3))
    n = 4000
    draws = np.array([
        controlled_rounding(counts, masks, base=10, rng=np.random.default_rng(seed))
        for seed in range(n)
    ])  # fmt: skip
    above = counts % 10
    errors = np.sqrt(above * (10 - above) / n)
    assert (np.abs(draws.mean(axis=0) - counts) <= 4 * errors + 1e-9).all()
    assert draws[:, 5].max() == 0


def test_sums_that_share_cells_in_any_way_leave_multiples_all_the_same():
    masks = np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])  # not totally unimodular
    for seed in range(20):
        rng = np.random.default_rng(seed)
        rounded = controlled_rounding(np.array([5.0, 5, 5]), masks, base=10, rng=rng)
        assert set(rounded) <= {0.0, 10.0}


def whole(low, high, masks, sums, cell: int, value: float) -> bool:
    """Tell whether a cell can be a value, all others whole numbers in their ranges."""
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    if not low[cell] <= value <= high[cell]:
        return False
    low[cell] = high[cell] = value
    found = milp(
        np.zeros(len(low)), integrality=np.ones(len(low)), bounds=Bounds(low, high),
        constraints=LinearConstraint(masks, sums, sums),
    )  # fmt: skip
    return found.status == 0


def values_left(low, high, masks, sums, cell: int) -> int:
    return sum(whole(low, high, masks, sums, cell, each) for each in range(40))


@pytest.mark.parametrize(("shape", "seed"), [*product([(2, 2), (3, 3), (4, 3), (5, 4)], range(6))])
def test_every_small_count_keeps_as_many_values_as_the_threshold(shape, seed):
    counts = table(seed, shape)
    told = ranged_table(counts, rule=RULE, **exact(counts))
    cells, masks = counts.to_numpy().ravel(), lines_of(shape)
    low, high = told.low.to_numpy().ravel(), told.high.to_numpy().ravel()
    assert ((low <= cells) & (cells <= high)).all()
    nothing = np.zeros(len(cells)), np.full(len(cells), np.inf)
    for cell in np.flatnonzero(cells < 10):
        left = values_left(low, high, masks, masks @ cells, cell)
        assert left >= min(10, values_left(*nothing, masks, masks @ cells, cell)), cell


def test_the_first_draw_alone_leaves_some_small_counts_too_little():
    narrow = 0
    for seed in range(12):
        cells, masks = drawn(seed, (3, 3)), lines_of((3, 3))
        rounded = controlled_rounding(cells, masks, base=10, rng=np.random.default_rng(seed))
        low, high = behind_cell(rounded, rule=RULE)
        nothing = np.zeros(9), np.full(9, np.inf)
        for cell in np.flatnonzero(cells < 10):
            left = values_left(low, high, masks, masks @ cells, cell)
            narrow += left < min(10, values_left(*nothing, masks, masks @ cells, cell))
    assert narrow > 3


def test_what_no_draw_can_protect_is_hidden(monkeypatch):
    counts = pd.DataFrame([[61, 4], [33, 2]])
    monkeypatch.setattr(protected, "TRIES", 1)
    hidden = []
    for number in range(30):
        rule = Rule(10, key=f"{number}")
        told = ranged_table(counts, rule=rule, **exact(counts))
        hidden.append(told.people.isna().to_numpy().sum())
        cells, masks = counts.to_numpy().ravel().astype(float), lines_of((2, 2))
        ends = (each.to_numpy().ravel() for each in (told.low, told.high))
        low, high = ends
        assert all(
            values_left(low, high, masks, masks @ cells, at)
            >= min(10, values_left(np.zeros(4), np.full(4, np.inf), masks, masks @ cells, at))
            for at in (1, 3)
        )
        assert told.text.isin(["[c]"]).to_numpy().tolist() == told.people.isna().to_numpy().tolist()
    assert max(hidden) > 0 == min(hidden)


def test_few_who_are_not_counted_are_guarded_too():
    told = ranged_table(pd.DataFrame([[91.0]]), rule=RULE, bases=np.array([[95.0]]))
    low, high = told.low.iloc[0, 0], told.high.iloc[0, 0]
    assert (told.people.iloc[0, 0], low, high) == (90, 81, 95)
    for key in map(str, range(20)):
        told = ranged_table(
            pd.DataFrame([[91.0]]), rule=Rule(10, key=key), bases=np.array([[95.0]])
        )
        assert told.high.iloc[0, 0] - told.low.iloc[0, 0] + 1 >= 10


def test_the_same_key_tells_the_same_and_another_key_does_not():
    counts = table(4, (4, 4))
    one, again, other = (
        ranged_table(counts, rule=Rule(10, key=key), **exact(counts)).people
        for key in ("one", "one", "other")
    )
    assert one.equals(again)
    assert not one.equals(other)


def test_parts_of_the_answers_of_a_group_add_up_too():
    rng, parts = np.random.default_rng(2), [["poor", "fair"], ["good", "best"]]
    for _ in range(8):
        counts = pd.DataFrame(
            {name: rng.poisson(14, 4) for name in ("poor", "fair", "good", "best")},
            index=list("abcd"),
        )
        shown = round_crossed(counts, rule=RULE, subtotals=parts)
        assert shown.notna().all(axis=None)
        for part in parts:
            assert ((shown[part].sum(axis=1) - counts[part].sum(axis=1)).abs() < 10).all()
        assert ((shown.sum() - counts.sum()).abs() < 10).all()


def test_intervals_of_shares_hold_all_that_rounded_counts_stand_for():
    people, n = pd.DataFrame({"yes": [20.0, 0.0]}), pd.Series([60.0, 50.0])
    told = crossed_shares(people, n, rule=RULE)
    for at, fewest, most in ((0, 11, 29), (1, 0, 9)):
        assert told["conf_low"].iloc[at, 0] <= fewest / 64
        assert told["conf_high"].iloc[at, 0] > most / 55
    assert told["estimate"]["yes"].tolist() == [pytest.approx(1 / 3), 0.0]


def test_a_codebook_without_a_key_is_refused():
    codebook = replace(survey.load("herts_2023").codebook, disclosure_method="controlled_rounding")
    with pytest.raises(ValueError, match=r"load it by survey\.load"):
        privacy.rule_of(codebook)


def test_the_key_does_not_show():
    assert "replies" not in repr(RULE)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_that_is_returned_is_narrow_by_its_own_check(seed, monkeypatch):
    left, hiding = [], protected._Table.hiding

    def kept(self, rounded):
        found = hiding(self, rounded)
        left.append(len(self.narrow(found)))
        return found

    monkeypatch.setattr(protected._Table, "hiding", kept)
    rng = np.random.default_rng(seed)
    for number in range(6):
        rule = Rule(10, key=f"{seed} {number}")
        n = pd.Series(rng.integers(10, 60, 3).astype(float))
        privacy.round_one(n.map(lambda each: float(rng.binomial(int(each), 0.9))), n, rule=rule)
        counts = pd.DataFrame(
            rng.poisson(rng.choice([1, 5, 15, 40], (4, 5))).astype(float), columns=list("abcde")
        )
        round_crossed(counts, rule=rule, subtotals=[["a", "b"], ["c", "d", "e"]])
    assert left == [0] * 12


def test_a_count_that_leaves_few_out_goes_down_and_is_never_hidden():
    bases = np.array([[29.0]])
    for count, shown in ((29.0, {20.0}), (24.0, {20.0}), (15.0, {10.0, 20.0}), (4.0, {0.0, 10.0})):
        told = {
            ranged_table(pd.DataFrame([[count]]), rule=Rule(10, key=str(key)), bases=bases)
            .people.iloc[0, 0]
            for key in range(60)
        }  # fmt: skip
        assert told == shown, count


def test_equal_counts_of_a_table_without_sums_need_not_go_the_same_way():
    counts, bases = pd.DataFrame([[1.0] * 12]), np.full((1, 12), 48.0)
    ups = [
        ranged_table(counts, rule=Rule(10, key=str(key)), bases=bases).people.gt(0).sum(axis=1)[0]
        for key in range(100)
    ]
    assert max(ups) < 8
    assert np.std(ups) < 2


def test_a_cell_that_stands_in_two_tables_without_sums_goes_one_way():
    one = pd.DataFrame([[4.0, 17]], index=["Wait"], columns=["Wait", "Staff"])
    for key in range(20):
        rule = Rule(10, key=str(key))
        whole = ranged_table(one, rule=rule, bases=np.array([[40.0, 40]])).people
        alone = ranged_table(one[["Wait"]], rule=rule, bases=np.array([[40.0]])).people
        assert whole.loc["Wait", "Wait"] == alone.loc["Wait", "Wait"]
