"""What shares and sizes of groups leave of few people beside them."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from analysis import privacy, survey
from analysis.privacy import Rule

RULE = Rule(10)
PEOPLE = st.tuples(st.integers(0, 500), st.integers(0, 500)).filter(lambda each: sum(each) > 0)
FEW = st.tuples(st.integers(0, 30), st.integers(0, 30))


def alike(yes: int, n: int, *, interval: bool = False) -> tuple[int, int]:
    """Return the fewest and the most people whose share of n is told the same."""
    people = np.arange(n + 1)
    low, high = proportion_confint(people, n, method="wilson")
    told = [np.round(np.round(people / n / 0.01, 9))]
    told += [np.floor(100 * low + 1e-9), np.ceil(100 * high - 1e-9)] if interval else []
    found = np.flatnonzero(np.all([each == each[yes] for each in told], axis=0))
    return int(found[0]), int(found[-1])


@settings(deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=12), FEW)
def test_where_shares_are_told_few_outside_can_be_as_many_as_the_threshold(groups, outside):
    shares = [(yes, yes + no) for yes, no in groups]
    total = np.sum([*groups, outside], axis=0)
    everybody = int(total[0]), int(total.sum())
    theirs = [alike(*each) for each in shares]
    ends = alike(*everybody, interval=True)
    low, high = (ends[end] - sum(each[1 - end] for each in theirs) for end in (0, 1))
    told = high - low + 1 < 10 and sum(outside) > 0 and not RULE.enough(*outside)
    how = {"shares": shares, "everybody": everybody, "rule": RULE}
    assert privacy.outside_told(*outside, **how) == told


def test_an_interval_beside_a_share_tells_more():
    how = {"shares": [(300, 900)], "everybody": (303, 923), "rule": RULE}
    assert not privacy.outside_told(3, 20, **how)
    assert privacy.outside_told(3, 20, **how, interval=True)


def test_exact_shares_of_small_groups_tell_of_the_few_in_none():
    codebook = survey.load("herts_2023").codebook
    yes = pd.Series(np.arange(150) % 3 == 0)
    groups = pd.Series(pd.Categorical(np.arange(145) % 5))
    assert privacy.tells_outside(yes, groups.index, codebook)
    assert privacy.outside_step(yes, groups, codebook) == privacy.COARSE
    assert not privacy.tells_outside(yes.iloc[:145], groups.index, codebook)
    assert privacy.outside_step(yes.iloc[:145], groups, codebook) == privacy.FINE
    large = pd.Series(np.arange(3000) % 3 == 0)
    halves = pd.Series(np.arange(2995) % 2)
    assert not privacy.tells_outside(large, halves.index, codebook)
    assert privacy.outside_step(large, halves, codebook) == privacy.FINE


@given(st.lists(st.integers(10, 400), min_size=3, max_size=12), st.integers(1, 9))
def test_rough_sizes_leave_a_small_group_all_it_could_be(sizes, small):
    shown = privacy.rough_sizes(pd.Series([*sizes, small]), rule=RULE)
    assert privacy.is_hidden(shown.iloc[-1]).all()
    told = shown.iloc[:-1]
    assert ((told["n_low"] <= sizes) & (sizes <= told["n_high"])).all()
    assert (told["n_low"] >= 10).all()
    total = sum(sizes) + small
    assert total - told["n_low"].sum() >= small
    assert total - told["n_high"].sum() <= small


def test_sizes_are_exact_where_no_group_is_small():
    shown = privacy.rough_sizes(pd.Series([31, 18, 10]), rule=RULE)
    assert shown["n"].tolist() == [31, 18, 10]
    assert shown[["n_low", "n_high"]].isna().all(axis=None)
