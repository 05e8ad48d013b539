"""Small categories join their neighbours, or are gathered where there is no order."""

import numpy as np
import pandas as pd
import pytest

from analysis import groups


def _joined(counts, fewest=10, within=None, *, in_order=True):
    ages = pd.Series(np.repeat([*"abcd"], counts), dtype=pd.CategoricalDtype([*"abcd"]))
    people = pd.Series(dict.fromkeys("abcd", 5))
    return groups.collapse(ages, people, fewest=fewest, within=within, in_order=in_order)


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


def test_nobody_in_any_level_is_refused_in_words():
    nobody = pd.Series([None] * 8, dtype=object)
    with pytest.raises(ValueError, match="only 0 people"):
        _joined([2, 2, 2, 2], fewest=1, within=nobody)


def test_a_level_that_stands_for_nobody_asks_for_no_people():
    ages = pd.Series(pd.Categorical([*"aabb"], categories=[*"ab"]))
    found = groups.collapse(
        ages,
        pd.Series({"a": 5, "b": 5}),
        fewest=2,
        in_order=True,
        within=pd.Series([*"fmfm"]),
        frequency=pd.Series([2, 0, 3, 0]),
    )
    assert found == {"a": "a", "b": "b"}


@pytest.mark.parametrize(
    ("counts", "names"),
    [
        ([20, 20, 20, 20], ["a", "b", "c", "d"]),
        ([3, 20, 20, 7], ["a and d", "b", "c", "a and d"]),
        ([3, 30, 20, 20], ["a and c", "b", "a and c", "d"]),
        ([4, 4, 20, 4], ["All others", "All others", "c", "All others"]),
        ([3, 3, 20, 3], ["All others"] * 4),
    ],
)
def test_categories_without_order_are_gathered_and_never_a_range(counts, names):
    found = _joined(counts, in_order=False)
    assert [found[each] for each in "abcd"] == names


def test_gathered_cells_are_large_enough_in_every_crossed_cell():
    sex = pd.Series(["f"] * 20 + ["m"] * 4 + ["f"] * 16 + ["m"] * 10 + ["f", "m"] * 15)
    found = _joined([24, 26, 15, 15], fewest=7, within=sex, in_order=False)
    assert [found[each] for each in "abcd"] == ["a and c", "b", "a and c", "d"]


def test_gathered_categories_do_not_take_the_name_of_another():
    names = ["Radio", "Post", "Visit", "All others"]
    source = pd.Series(np.repeat(names, [2, 2, 2, 20]), dtype=pd.CategoricalDtype(names))
    found = groups.joined(source, 5, in_order=False)
    assert found.value_counts().to_dict() == {"All others": 20, "Radio, Post, Visit": 6}


def test_fewer_people_than_a_group_needs_are_one_group():
    source = pd.Series(["a", "b", "c"], dtype=pd.CategoricalDtype([*"abc"]))
    assert groups.joined(source, 10, in_order=True).cat.categories.tolist() == ["a to c"]
    assert groups.joined(source, 10, in_order=False).cat.categories.tolist() == ["All others"]
    assert groups.joined(source[:0], 10, in_order=False).empty
