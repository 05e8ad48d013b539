"""Small categories join their neighbours."""

import numpy as np
import pandas as pd
import pytest

from analysis import groups


def _joined(counts, fewest=10, within=None):
    ages = pd.Series(np.repeat([*"abcd"], counts), dtype=pd.CategoricalDtype([*"abcd"]))
    return groups.collapse(ages, pd.Series(dict.fromkeys("abcd", 5)), fewest=fewest, within=within)


@pytest.mark.parametrize(
    ("counts", "names"),
    [
        ([20, 20, 20, 20], ["a", "b", "c", "d"]),
        ([3, 20, 20, 20], ["a and b", "a and b", "c", "d"]),
        ([20, 3, 30, 20], ["a and b", "a and b", "c", "d"]),
        ([20, 3, 20, 20], ["a and b", "a and b", "c", "d"]),
        ([20, 30, 20, 0], ["a", "b", "c and d", "c and d"]),
        ([3, 3, 3, 20], ["a to c", "a to c", "a to c", "d"]),
    ],
)
def test_the_smallest_category_joins_its_smaller_neighbour(counts, names):
    found = _joined(counts, fewest=9 if counts == [3, 3, 3, 20] else 10)
    assert [found[each] for each in "abcd"] == names


def test_categories_are_joined_until_every_crossed_cell_is_large_enough():
    sex = pd.Series(["f"] * 20 + ["m"] * 4 + ["f"] * 16 + ["m"] * 10 + ["f", "m"] * 15)
    found = _joined([24, 26, 15, 15], fewest=7, within=sex)
    assert found["a"] == "a and b" == found["b"]
    assert found["c"] == "c"


def test_too_few_people_altogether_are_refused():
    with pytest.raises(ValueError, match="10 are needed in every cell"):
        _joined([2, 2, 2, 2])
