"""Shares that are told as far as their counts allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.privacy import Rule, round_people, told_share, told_split
from analysis.proportions import share

rules = st.sampled_from([Rule(1), Rule(5), Rule(10)])


def _wilson(people, n):
    return share(np.repeat([True, False], [people, n - people]))


@given(st.integers(0, 80), st.integers(0, 80), rules)
def test_a_range_holds_the_share_and_the_interval_of_every_count_that_rounds_alike(yes, no, rule):
    n = yes + no
    told = told_share(yes, n, rule=rule, exact=False)
    if rule.few(yes):
        assert told is None
        return
    same = [
        each for each in range(n + 1)
        if round_people(each, rule=rule) == round_people(yes, rule=rule)
    ]  # fmt: skip
    assert told.low == pytest.approx(min(same) / n)
    assert told.high == pytest.approx(max(same) / n)
    for each in same:
        assert told.conf_low <= _wilson(each, n).conf_low + 1e-12
        assert told.conf_high >= _wilson(each, n).conf_high - 1e-12


@given(st.integers(0, 60), st.integers(0, 60), rules)
def test_a_range_of_two_rounded_counts_holds_the_share_and_its_interval(yes, no, rule):
    told = told_split(yes, no, rule=rule, exact=False)
    assert (told is None) == (not rule.enough(yes, no))
    if told is not None:
        right = _wilson(yes, yes + no)
        assert told.low - 1e-12 <= right.estimate <= told.high + 1e-12
        assert told.conf_low - 1e-12 <= right.conf_low
        assert told.conf_high + 1e-12 >= right.conf_high


def test_an_exact_share_is_wilsons():
    told, right = told_share(23, 187, rule=Rule(10), exact=True), _wilson(23, 187)
    assert told.exact
    assert told.low == told.high == told.estimate == right.estimate
    assert (told.conf_low, told.conf_high) == (right.conf_low, right.conf_high)
    assert told_split(23, 164, rule=Rule(10), exact=True) == told
