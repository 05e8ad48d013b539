import tracemalloc
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from counted_people import KINDS, counted, expanded
from hypothesis import given
from hypothesis import strategies as st

from analysis.patterns import count, distinct, merge, named_people, people_of, with_people

COLUMNS = [*KINDS, "a1", "b2"]


def _same(one, two):
    pd.testing.assert_frame_equal(one.frame, two.frame)
    pd.testing.assert_series_equal(one.people, two.people)


# --- Counting ---------------------------------------------------------------------------------


@given(counted(complete=False), st.integers(0, 99), st.sampled_from([COLUMNS, ["age"], ["a1"]]))
def test_counts_are_those_of_groupby_whatever_the_order_of_the_people(frame, seed, columns):
    people = expanded(frame, seed=seed)
    found = count(people, columns)
    keys = people.groupby(columns, observed=True, dropna=False).size().rename("people")
    pd.testing.assert_frame_equal(
        found.frame.assign(people=found.people), keys.reset_index(), check_dtype=True
    )
    _same(found, count(frame, columns, frequency="people"))
    assert found.n == len(people) == frame["people"].sum()


@given(counted(complete=False), st.lists(st.integers(0, 120), max_size=4), st.integers(0, 99))
def test_parts_put_together_are_the_whole_for_any_cut(frame, cuts, seed):
    people = expanded(frame, seed=seed)
    ends = [0, *sorted(min(cut, len(people)) for cut in cuts), len(people)]
    parts = [people.iloc[low:high] for low, high in pairwise(ends)]
    _same(merge(count(part, COLUMNS) for part in parts), count(people, COLUMNS))


@given(counted(complete=False))
def test_fewer_columns_are_counted_from_counts(frame):
    people = expanded(frame)
    _same(count(people, COLUMNS).of(["age", "a1"]), count(people, ["age", "a1"]))


def test_more_combinations_than_a_number_holds_are_counted_all_the_same():
    rng = np.random.default_rng(1)
    kinds = pd.CategoricalDtype([f"k{at}" for at in range(40)])
    columns = {
        f"c{at}": pd.Categorical.from_codes(rng.integers(-1, 40, 500), dtype=kinds)
        for at in range(30)
    }
    frame = pd.DataFrame(columns)
    people = pd.concat([frame, frame[::-1], frame[:100]], ignore_index=True)
    found = count(people, list(columns))
    keys = people.groupby(list(columns), observed=True, dropna=False).size().rename("people")
    pd.testing.assert_frame_equal(found.frame.assign(people=found.people), keys.reset_index())


def test_sparse_combinations_are_sorted_and_equal_those_with_a_place_each():
    rng = np.random.default_rng(2)
    people = pd.DataFrame({f"n{at}": rng.integers(0, 300, 4000) for at in range(3)})
    people["n0"] = people["n0"] // 150
    found = count(people, list(people))
    keys = people.groupby(list(people)).size().rename("people").reset_index()
    pd.testing.assert_frame_equal(found.frame.assign(people=found.people), keys)
    weighed = count(people.assign(w=1.0), list(people), weights="w")
    assert (weighed.weight == weighed.people).all()


def test_weights_and_their_squares_are_summed_over_the_people():
    people = pd.DataFrame({"yes": [1.0, 0.0, 1.0], "w": [0.5, 2.0, 3.0], "n": [2, 1, 1]})
    found = count(people, ["yes"], weights="w", frequency="n")
    assert found.weight.tolist() == [2.0, 4.0]
    assert found.weight_squared.tolist() == [4.0, 9.5]
    whole = merge([count(people[:1], ["yes"], weights="w", frequency="n"),
                   count(people[1:], ["yes"], weights="w", frequency="n")])  # fmt: skip
    assert whole.weight.tolist() == [2.0, 4.0]
    assert found.where(yes=1.0).weight_squared.tolist() == [9.5]


def test_text_booleans_and_whole_numbers_keep_their_type():
    people = pd.DataFrame({"text": ["b", "a", "b"], "yes": [True, False, True], "k": [7, 5, 7]})
    found = count(people, ["text", "yes", "k"])
    assert found.frame.dtypes.equals(people.dtypes)
    assert found.frame.to_numpy().tolist() == [["a", False, 5], ["b", True, 7]]
    gaps = pd.DataFrame(
        {"text": ["b", None, "b"], "mixed": pd.Series([None, "x", "x"], dtype=object)}
    )
    found = count(gaps, ["text", "mixed"])
    keys = gaps.groupby(["text", "mixed"], dropna=False).size().rename("people").reset_index()
    pd.testing.assert_frame_equal(found.frame.assign(people=found.people), keys)


def test_nobody_is_no_pattern():
    people = pd.DataFrame(
        {"age": pd.Series([], dtype=KINDS["age"]), "a1": pd.Series([], dtype=float)}
    )
    found = count(people, ["age", "a1"])
    assert (len(found), found.n, found.frame["age"].dtype) == (0, 0, KINDS["age"])


def test_a_row_costs_about_eight_bytes():
    rng = np.random.default_rng(3)
    kinds = pd.CategoricalDtype([f"k{at}" for at in range(30)])
    people = pd.DataFrame(
        {
            f"c{at}": pd.Categorical.from_codes(rng.integers(0, 30, 10**6), dtype=kinds)
            for at in range(5)
        }
    )
    tracemalloc.start()
    count(people.iloc[:, :2], ["c0", "c1"])
    few = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    tracemalloc.stop()
    assert few / len(people) < 12


# --- Selecting --------------------------------------------------------------------------------


@given(counted(complete=False))
def test_a_part_of_the_patterns_is_that_of_the_people(frame):
    people = expanded(frame)
    found = count(people, COLUMNS)
    _same(
        found.where(age=["young", "old"]),
        count(people[people["age"].isin(["young", "old"])], COLUMNS),
    )
    _same(found.where(found.frame["a1"] == 1), count(people[people["a1"] == 1], COLUMNS))
    _same(found.where(place="nowhere", b2=0.0),
          count(people[(people["place"] == "nowhere") & (people["b2"] == 0)], COLUMNS))  # fmt: skip


def test_answers_and_masks_that_are_not_there_are_refused():
    found = count(pd.DataFrame({"age": pd.Categorical(["old", "young"])}), ["age"])
    with pytest.raises(ValueError, match="'older' is no answer of 'age'; the answers are"):
        found.where(age="older")
    with pytest.raises(ValueError, match=r"\['sex'\] are no columns"):
        found.where(sex="f")
    with pytest.raises(ValueError, match="the mask has 1 values"):
        found.where(np.array([True]))
    with pytest.raises(ValueError, match="of type int64"):
        found.where(np.array([1, 0]))
    with pytest.raises(ValueError, match="the mask"):
        found.where(pd.Series([True, False], index=[5, 6]))


def test_what_cannot_be_counted_together_is_refused_and_named():
    one = pd.DataFrame({"age": pd.Categorical(["old"], ["old", "young"]), "w": [1.0]})
    two = pd.DataFrame({"age": pd.Categorical(["old"], ["young", "old"]), "w": [1.0]})
    with pytest.raises(ValueError, match=r"column 'age' is Categorical .*old.* in one part"):
        merge([count(one, ["age"]), count(two, ["age"])])
    with pytest.raises(ValueError, match="one part has the columns"):
        merge([count(one, ["age"]), count(one, ["w"])])
    with pytest.raises(ValueError, match="some parts have weights"):
        merge([count(one, ["age"]), count(one, ["age"], weights="w")])
    with pytest.raises(ValueError, match="no parts"):
        merge([])
    with pytest.raises(ValueError, match=r"\['sex'\] are no columns"):
        count(one, ["sex"])
    with pytest.raises(ValueError, match="'age' is named twice"):
        count(one, ["age", "age"])
    with pytest.raises(ValueError, match=r"-1\.0 is among the weights"):
        count(one.assign(w=-1.0), ["age"], weights="w")


# --- Frequencies ------------------------------------------------------------------------------

WRONG = [
    ([1, -2], "-2.0 is among the frequencies"),
    ([1, 1.5], "a frequency is 1.5"),
    ([1, np.nan], "nan is among the frequencies"),
    ([1, np.inf], "inf is among the frequencies"),
    ([0, 0], "all frequencies are 0"),
    (["x", "y"], "frequencies must be numbers"),
]


@pytest.mark.parametrize(("values", "said"), WRONG)
def test_wrong_frequencies_are_named(values, said):
    rows = pd.Series(["yes", "no"])
    with pytest.raises(ValueError, match=said):
        people_of(pd.Series(values), rows)
    with pytest.raises(ValueError, match=said):
        count(pd.DataFrame({"yes": rows, "n": values}), ["yes"], frequency="n")


def test_frequencies_of_other_rows_are_refused():
    rows = pd.Series(["yes", "no"], index=[3, 4])
    for wrong in (pd.Series([1, 1]), pd.Series([1], index=[3]), np.array([1, 1]), [1, 1]):
        with pytest.raises(ValueError, match="frequencies are not those of the same rows"):
            people_of(wrong, rows)
    with pytest.raises(ValueError, match="frequencies are not those of the same rows"):
        people_of(np.array([1]), rows.to_numpy())
    with pytest.raises(ValueError, match="'n', the column of frequency, is not in the data"):
        named_people(rows.to_frame("yes"), "n")


def test_rows_that_stand_for_nobody_are_left_out():
    frame = pd.DataFrame({"yes": [1.0, 0.0, 1.0], "n": [2, 0, 1]}, index=[5, 6, 7])
    left, people = named_people(frame, "n")
    assert (left.index.tolist(), people.to_dict()) == ([5, 7], {5: 2, 7: 1})
    rows, people = with_people(frame["yes"].to_numpy(), np.array([2, 0, 1]))
    assert (rows.tolist(), people.tolist()) == ([1.0, 1.0], [2, 1])
    assert with_people(frame, None)[0] is frame


# --- Distinct rows ----------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.1, -2.5, 3.0]), st.integers(-3, 10**12), st.booleans(),
            st.booleans(), st.integers(1, 5),
        ),
        min_size=1, max_size=30,
    ),
    st.integers(0, 99),
)  # fmt: skip
def test_distinct_rows_are_in_order_and_their_people_counted(rows, seed):
    table = pd.DataFrame(rows, columns=["a", "b", "c", "d", "people"])

    def columns(frame):
        return [frame["a"].to_numpy(), frame["b"].to_numpy(), frame[["c", "d"]].to_numpy()]

    found = distinct(columns(table), people=table["people"].to_numpy())
    expected = table.groupby(["a", "b", "c", "d"])["people"].sum().reset_index()
    keys = table[["a", "b", "c", "d"]].iloc[found.first].reset_index(drop=True)
    pd.testing.assert_frame_equal(keys, expected[["a", "b", "c", "d"]])
    assert found.people.tolist() == expected["people"].tolist()
    assert (keys.iloc[found.number].to_numpy() == table[["a", "b", "c", "d"]].to_numpy()).all()
    each = expanded(table, seed=seed)
    assert distinct(columns(each)).people.tolist() == expected["people"].tolist()


def test_many_columns_and_wide_numbers_do_not_overflow():
    rng = np.random.default_rng(4)
    values = rng.normal(size=(200, 12))
    doubled = np.vstack([values, values])
    found = distinct([doubled, rng.integers(0, 2, (400, 3)) * 0.0])
    assert len(found) == 200
    assert (found.people == 2).all()
    assert (doubled[found.first] == values[np.lexsort(values.T[::-1])]).all()
