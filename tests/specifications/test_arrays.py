"""Combinations of choices: balanced, with the report's first."""

from collections import Counter
from itertools import combinations as pairs

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.specifications import arrays

LEVELS = st.tuples(
    st.integers(0, 4), st.integers(0, 2), st.integers(0, 8)
)  # choices of three, of four and of two levels


@given(LEVELS)
def test_every_pair_of_levels_stands_equally_often(counts):
    three, four, two = counts
    sizes = [3] * three + [4] * four + [2] * two
    levels = {f"choice {at}": size for at, size in enumerate(sizes)}
    rows = arrays.combinations(levels, at_most=40)
    assert all(value == 0 for value in rows[0].values())
    assert len({tuple(row.items()) for row in rows}) == len(rows)
    for first, second in pairs(levels, 2):
        seen = Counter((row[first], row[second]) for row in rows)
        assert len(seen) == levels[first] * levels[second]
        assert len(set(seen.values())) == 1


def test_few_combinations_are_all_taken():
    rows = arrays.combinations({"a": 3, "b": 2, "c": 4}, at_most=24)
    assert len(rows) == len({tuple(row.values()) for row in rows}) == 24


def test_no_choice_is_confounded_with_two_others_together():
    signs = 1 - 2 * arrays.two_level_array(16, bits=5)
    assert signs.shape == (32, 16)
    for one, two in pairs(range(16), 2):
        both = signs[:, one] * signs[:, two]
        assert not np.any(both @ signs)


def test_a_mean_over_a_level_is_free_of_the_other_choices():
    levels = {"weights": 4, "covariates": 3, "link": 3} | {f"two {at}": 2 for at in range(9)}
    rows = arrays.combinations(levels, at_most=100)
    value = [10 * row["weights"] + row["covariates"] - 3 * row["two 4"] for row in rows]
    by_link = {at: np.mean([v for v, r in zip(value, rows, strict=True) if r["link"] == at])
               for at in range(3)}  # fmt: skip
    assert np.ptp(list(by_link.values())) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({"a": 5}, "1 to 4 levels"),
        ({"a": 0}, "1 to 4 levels"),
        ({f"c{at}": 2 for at in range(17)}, "there is room for 13 of three"),
    ],
)
def test_what_has_no_room_is_named(levels, said):
    with pytest.raises(ValueError, match=said):
        arrays.combinations(levels, at_most=8)
