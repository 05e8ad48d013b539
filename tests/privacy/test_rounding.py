"""Rounded tables hide what totals would give away, and no more people than that takes."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.privacy import Rule, round_table

RULE = Rule(4)

counts = st.lists(
    st.lists(st.one_of(st.integers(0, 5), st.integers(0, 60)), min_size=3, max_size=3),
    min_size=3, max_size=3,
)  # fmt: skip


def spans(shown: np.ndarray, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that a reader takes each cell for."""
    hidden, half = np.isnan(shown), 2
    least = np.where(hidden, 0, np.maximum(shown - half, 4))
    beyond = np.where(cells < 4, 3, np.inf)
    return least, np.where(hidden, beyond, shown + half - 1)


def gives_away(shown: np.ndarray, cells: np.ndarray, slack: int = 0) -> bool:
    """Tell whether a total less the others leaves a small cell fewer than 0 to 3."""
    least, most = spans(shown, cells)
    for axis in (0, 1):
        for at in np.argwhere(cells < 4):
            line = [slice(None), slice(None)]
            line[1 - axis] = at[1 - axis]
            mine = tuple(line)
            if np.isnan(shown[mine]).all():
                continue
            total = cells[mine].sum()
            others = np.arange(3) != at[axis]
            low = max(0, total - slack - most[mine][others].sum())
            high = min(3, total + slack - least[mine][others].sum())
            if high - low + 1 < 4:
                return True
    return False


@given(counts)
def test_no_small_cell_is_bounded_by_the_totals(rows):
    cells = np.array(rows)
    assert not gives_away(round_table(pd.DataFrame(cells), rule=RULE).to_numpy(), cells)


@settings(max_examples=40)
@given(counts)
def test_hardly_more_people_are_hidden_than_must_be(rows):
    cells = np.array(rows)
    shown = round_table(pd.DataFrame(cells), rule=RULE).to_numpy()
    first = np.where(cells < 4, np.nan, np.floor(cells / 4 + 0.5) * 4)
    free = [tuple(at) for at in np.argwhere(cells >= 4)]
    possible = []
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            trial = first.copy()
            for at in chosen:
                trial[at] = np.nan
            if not gives_away(trial, cells):
                possible.append(sum(cells[at] for at in chosen))
    hidden = int(cells[np.isnan(shown) & (cells >= 4)].sum())
    assert hidden <= 1.35 * min(possible)


def test_the_smallest_cell_of_a_line_is_hidden_with_a_small_one():
    cells = pd.DataFrame([[8, 304, 24], [40, 40, 40], [40, 40, 40]])
    shown = round_table(cells, rule=Rule(10)).to_numpy()
    assert np.isnan(shown[0]).tolist() == [True, False, True]


def test_many_people_beside_few_are_shown_where_totals_are_told_rounded():
    cells = pd.DataFrame(
        [[1650, 430, 1, 2], [900, 2900, 1218, 30], [40, 600, 0, 18], [12, 80, 1, 15]]
    )
    strict = round_table(cells, rule=Rule(10)).to_numpy()
    loose = round_table(cells, rule=Rule(10), exact_totals=False).to_numpy()
    assert np.isnan(strict[1, 2])
    assert loose[1, 2] == 1220
    assert np.isnan(loose[cells.to_numpy() < 10]).all()


@pytest.mark.parametrize("people", [40, 90])
def test_of_few_people_whole_percents_tell_a_total_exactly(people):
    cells = pd.DataFrame([[1, people // 2 - 1], [people // 4, people - people // 2 - people // 4]])
    strict = round_table(cells, rule=Rule(10))
    loose = round_table(cells, rule=Rule(10), exact_totals=False)
    pd.testing.assert_frame_equal(strict, loose)
