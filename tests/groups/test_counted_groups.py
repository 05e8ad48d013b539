import numpy as np
import pandas as pd
import pytest
from counted_people import counted, expanded
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import groups


def _rng():
    return np.random.default_rng(7)


@given(counted(most=30), st.integers(0, 99))
def test_means_are_tested_alike_on_counts_and_on_people(frame, seed):
    rows = expanded(frame, seed=seed)
    columns = ["a1", "a2", "b1"]
    for options in ({}, {"weight": "weight"}):
        one, two = (
            groups.means_test(
                each[columns] - 0.3 * each[["b2"]].to_numpy(),
                each["place"].cat.codes,
                frequency=times,
                **{key: each[name] for key, name in options.items()},
            )
            for each, times in ((rows, None), (frame, frame["people"]))
        )
        assert vars(one) == vars(two)


@settings(max_examples=15)
@given(counted(most=30), st.integers(0, 99))
def test_shares_are_pooled_alike_on_counts_and_on_people(frame, seed):
    rows = expanded(frame, seed=seed)
    times = frame["people"]
    reason = groups.pooling_obstacle(rows["a1"] == 1, rows["place"])
    assert groups.pooling_obstacle(frame["a1"] == 1, frame["place"], frequency=times) == reason
    if reason:
        return
    one = groups.pooled_shares(rows["a1"] == 1, rows["place"], rng=_rng(), draws=200)
    two = groups.pooled_shares(
        frame["a1"] == 1, frame["place"], rng=_rng(), draws=200, frequency=times
    )
    pd.testing.assert_frame_equal(one.groups, two.groups, check_exact=True)
    pd.testing.assert_series_equal(one.spread, two.spread, check_exact=True)
    assert (one.overall, one.statistic, one.p_value) == (two.overall, two.statistic, two.p_value)


@settings(max_examples=10)
@given(counted(most=30), st.integers(0, 99))
def test_a_multilevel_model_is_the_same_on_counts_and_on_people(frame, seed):
    rows = expanded(frame, seed=seed)
    if groups.pooling_obstacle(rows["a1"] == 1, rows["place"]):
        return
    how = {"by": "place", "held": ["age"]}
    one = groups.multilevel(rows["a1"] == 1, rows, rng=_rng(), draws=200, **how)
    two = groups.multilevel(
        frame["a1"] == 1, frame, rng=_rng(), draws=200, frequency="people", **how
    )
    pd.testing.assert_series_equal(one.spreads, two.spreads, check_exact=True)
    cells = groups.with_mix_of_all(rows, **how)
    pd.testing.assert_frame_equal(cells, groups.with_mix_of_all(frame, frequency="people", **how))
    pd.testing.assert_frame_equal(one.shares(cells), two.shares(cells), check_exact=True)


@given(counted(), st.integers(1, 20), st.booleans())
def test_groups_are_joined_alike_on_counts_and_on_people(frame, fewest, in_order):
    rows, times = expanded(frame), frame["people"]
    one = groups.joined(rows["age"], fewest, in_order=in_order)
    two = groups.joined(frame["age"], fewest, in_order=in_order, frequency=times)
    assert one.dtype == two.dtype
    assert one.tolist() == two.repeat(times).tolist()
    people = rows["age"].value_counts()
    try:
        crossed = groups.collapse(
            rows["age"], people, fewest=1, in_order=in_order, within=rows["a1"]
        )
    except ValueError as error:
        with pytest.raises(ValueError, match=str(error)):
            groups.collapse(frame["age"], people, fewest=1, in_order=in_order,
                            within=frame["a1"], frequency=times)  # fmt: skip
    else:
        found = groups.collapse(
            frame["age"], people, fewest=1, in_order=in_order, within=frame["a1"], frequency=times
        )
        assert found == crossed


def test_a_frequency_that_is_none_is_named_by_every_function():
    frame = pd.DataFrame({"yes": [True, False], "place": pd.Categorical(["a", "b"]), "n": [1, 1.5]})
    yes, place, times = frame["yes"], frame["place"], frame["n"]
    for tried in (
        lambda: groups.means_test(frame[["yes"]], place, frequency=times),
        lambda: groups.pooled_shares(yes, place, rng=_rng(), frequency=times),
        lambda: groups.pooling_obstacle(yes, place, frequency=times),
        lambda: groups.multilevel(yes, frame, by="place", held=[], rng=_rng(), frequency="n"),
        lambda: groups.with_mix_of_all(frame, by="place", held=["yes"], frequency="n"),
        lambda: groups.joined(place, 1, in_order=True, frequency=times),
    ):
        with pytest.raises(ValueError, match=r"a frequency is 1\.5; it counts people"):
            tried()
    other = pd.Series([1, 1], index=[7, 8])
    for tried in (
        lambda: groups.means_test(frame[["yes"]], place, frequency=other),
        lambda: groups.pooled_shares(yes, place, rng=_rng(), frequency=other),
        lambda: groups.joined(place, 1, in_order=True, frequency=other),
    ):
        with pytest.raises(ValueError, match="frequencies are not those of the same rows"):
            tried()
