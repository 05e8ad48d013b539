"""Ranges of people: whoever knows them and all totals finds every small count possible."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.privacy import Rule, range_words, ranged_answers, ranged_table

RULE = Rule(10)


def possible(low, high, lines, cell: int, value: float) -> bool:
    """Tell whether a cell can be a value, all others whole numbers in their ranges."""
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    low[cell] = high[cell] = value
    masks, least, most = lines
    found = milp(
        np.zeros(len(low)), integrality=np.ones(len(low)), bounds=Bounds(low, high),
        constraints=LinearConstraint(masks, least, most),
    )  # fmt: skip
    return found.status == 0


def totals(counts: pd.DataFrame) -> tuple:
    """Return the equations of rows and columns."""
    cells, _rows, _columns = counts.to_numpy(dtype=float), *counts.shape
    place = np.arange(counts.size).reshape(counts.shape)
    masks = [np.isin(np.arange(counts.size), line) for line in [*place, *place.T]]
    ends = np.concatenate([cells.sum(axis=1), cells.sum(axis=0)])
    return np.array(masks, dtype=float), ends, ends


def drawn(seed: int, shape: tuple[int, int]) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.poisson(rng.choice([2, 6, 15, 40, 100], shape)))


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (4, 4), (5, 3), (6, 5)])
@pytest.mark.parametrize("seed", range(8))
def test_every_small_count_keeps_all_its_values(shape, seed):
    counts = drawn(seed, shape)
    told = ranged_answers(counts, rule=RULE)
    low, high = told.low.to_numpy().ravel(), told.high.to_numpy().ravel()
    lines, cells = totals(counts), counts.to_numpy().ravel()
    assert ((low <= cells) & (cells <= high)).all()
    for cell in np.flatnonzero(cells < 10):
        for value in (0, 9):
            if possible(np.zeros(len(cells)), np.full(len(cells), np.inf), lines, cell, value):
                assert possible(low, high, lines, cell, value), (cell, value)


def test_counts_that_are_only_rounded_give_small_ones_away():
    narrow = 0
    for seed in range(8):
        counts = drawn(seed, (4, 4))
        cells, lines = counts.to_numpy().ravel(), totals(counts)
        around = np.floor(cells / 10 + 0.5) * 10
        low = np.where(cells < 10, 0, np.maximum(around - 5, 10))
        high = np.where(cells < 10, 9, around + 4)
        for cell in np.flatnonzero(cells < 10):
            narrow += not all(possible(low, high, lines, cell, each) for each in (0, 9))
    assert narrow > 5


def test_two_small_counts_whose_total_is_known_do_not_give_each_other_away():
    counts = pd.DataFrame([[9, 9], [50, 60]])
    told = ranged_answers(counts, rule=RULE)
    assert "under 20" in told.text.loc[0].tolist()
    ends = (told.low.to_numpy().ravel(), told.high.to_numpy().ravel())
    assert all(possible(*ends, totals(counts), cell, each) for cell in (0, 1) for each in (0, 9))


def test_answers_known_together_are_allowed_for():
    counts = pd.DataFrame({"poor": [40, 52, 31], "good": [38, 14, 33], "best": [25, 4, 3]})
    plain, told = (
        ranged_answers(counts, rule=RULE, together=each) for each in ([], ["good", "best"])
    )
    masks, least, most = totals(counts)
    place = np.arange(9).reshape(3, 3)
    more = np.array([np.isin(np.arange(9), row[1:]) for row in place], dtype=float)
    sums = counts[["good", "best"]].sum(axis=1).to_numpy(dtype=float)
    lines = np.vstack([masks, more]), np.append(least, sums), np.append(most, sums)
    for cell in (5, 8):
        ends = (told.low.to_numpy().ravel(), told.high.to_numpy().ravel())
        assert all(possible(*ends, lines, cell, each) for each in (0, 9))
    assert told.people.isna().to_numpy().sum() > plain.people.isna().to_numpy().sum()


def test_a_count_that_leaves_few_out_is_guarded_like_a_small_one():
    counts = pd.DataFrame([[95.0, 4, 60]])
    bases, total = np.array([[100, 50, 90]]), [159.0]
    told = ranged_table(
        counts, rule=RULE, row_totals=(total, total), bases=bases, exact=True
    )  # fmt: skip
    assert told.text.iloc[0].tolist()[:2] == ["91 to 100", "under 10"]
    low, high = told.low.to_numpy().ravel(), told.high.to_numpy().ravel()
    lines = np.ones((1, 3)), total, total
    assert all(possible(low, high, lines, 0, each) for each in (91, 100))
    assert all(possible(low, high, lines, 1, each) for each in (0, 9))


def test_exact_counts_stay_exact_where_they_give_nothing_away():
    counts = pd.DataFrame([[23.0, 41, 17]])
    told = ranged_table(counts, rule=RULE, row_totals=([81], [81]), exact=True)
    assert told.text.iloc[0].tolist() == ["23", "41", "17"]
    assert told.people.iloc[0].tolist() == [23, 41, 17]


def test_a_known_cell_is_no_room_for_others():
    counts = pd.DataFrame([[252, 62, 61, 7], [12, 208, 36, 2], [1, 15, 61, 1], [2, 7, 3, 4]])
    known = np.diag([True, True, True, False])
    ends = [(counts.sum(axis=axis),) * 2 for axis in (1, 0)]
    told = ranged_table(counts, rule=RULE, row_totals=ends[0], column_totals=ends[1], known=known)
    low, high = (each.to_numpy(dtype=float) for each in (told.low, told.high))
    low, high = (np.where(known, counts, each).ravel() for each in (low, high))
    for cell in np.flatnonzero(counts.to_numpy().ravel() < 10):
        assert all(possible(low, high, totals(counts), cell, each) for each in (0, 9))


def test_a_range_says_its_ends():
    assert range_words(10, 29) == "10 to 29"
    assert range_words(0, 19) == "under 20"
    assert range_words(1_000, 1_019) == "1,000 to 1,019"


@pytest.mark.parametrize(
    "empty",
    [pd.DataFrame(index=["a", "b"]), pd.DataFrame(columns=["x"], dtype=float), pd.DataFrame()],
)
def test_a_table_without_cells_stays_one(empty):
    told = ranged_table(empty, rule=Rule(10))
    assert told.people.shape == told.text.shape == empty.shape


def test_answers_known_together_are_ranges_where_one_would_tell_the_other():
    counts = pd.DataFrame(
        [[20, 20, 20, 25, 6], [20, 30, 20, 25, 25]], columns=[*"abcde"], index=["x", "y"]
    )
    shown = ranged_answers(counts, rule=RULE, together=[*"de"]).people
    assert shown.loc["x", ["d", "e"]].isna().all()
    assert shown.loc["x", ["a", "b", "c"]].tolist() == [20, 20, 20]
