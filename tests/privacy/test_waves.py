"""What is hidden in one of two waves cannot be told from what is shown of both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.privacy import (
    Rule,
    hidden_groups_in_either,
    hidden_in_either,
    hidden_weighted_in_either,
)

COUNTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=8)


@given(COUNTS, st.integers(1, 15))
def test_hidden_answers_that_add_up_hold_the_threshold_in_both_waves(counts, fewest):
    yes, rule = np.array(counts).T, Rule(fewest)
    n = yes.sum(axis=1)
    hidden = hidden_in_either(yes, n, rule=rule, complete=True)
    assert not rule.few(yes[:, ~hidden]).any()
    assert hidden.sum() != 1
    if hidden.any() and not hidden.all():
        assert not rule.few(yes[:, hidden].sum(axis=1)).any()


@given(COUNTS, st.integers(1, 15))
def test_an_answer_alone_is_hidden_where_few_of_a_wave_gave_it_or_did_not(counts, fewest):
    yes, rule = np.array(counts).T, Rule(fewest)
    n = yes.sum(axis=1)
    hidden = hidden_in_either(yes, n, rule=rule, complete=False)
    small = (rule.few(yes) | rule.few(n[:, None] - yes)).any(axis=0)
    assert hidden.tolist() == small.tolist()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=4, max_size=4))
def test_no_group_tells_its_one_hidden_answer(counts):
    yes, rule, member = np.array(counts).T, Rule(10), np.array([0, 0, 1, 1])
    groups = np.array([[wave[member == each].sum() for each in (0, 1)] for wave in yes])
    channels, hidden = hidden_groups_in_either(yes, groups, member, rule=rule)
    assert not rule.few(yes[:, ~channels]).any()
    assert not rule.few(groups[:, ~hidden]).any()
    for each in (0, 1):
        if not hidden[each]:
            assert channels[member == each].sum() != 1


@pytest.mark.parametrize("wave", [0, 1])
def test_a_weighted_share_is_hidden_where_few_of_one_wave_have_no_weight(wave):
    yes, n = [[40, 60], [40, 60]], [100, 100]
    heavy, n_heavy = [[30, 50], [30, 50]], [80, 80]
    how = {"rule": Rule(10), "complete": True}
    assert not hidden_weighted_in_either(yes, n, heavy, n_heavy, **how).any()
    heavy[wave], n_heavy[wave] = [38, 58], 96
    assert hidden_weighted_in_either(yes, n, heavy, n_heavy, **how).all()
