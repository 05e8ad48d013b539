"""Numbers as text say what is said of them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import report
from analysis.numerics import interval, outwards, p_text, ratio_interval

STEPS = {"percent": 0.001, "whole percent": 0.01, "points": 0.001, "whole points": 0.01}


@pytest.mark.parametrize(
    ("p_value", "text"),
    [
        (0.0, "p < 0.001"),
        (0.00099, "p < 0.001"),
        (0.001, "p = 0.001"),
        (0.0494, "p = 0.049"),
        (0.0496, "p < 0.05"),
        (0.04999999, "p < 0.05"),
        (0.05, "p = 0.050"),
        (0.0504, "p = 0.050"),
        (1.0, "p = 1.000"),
    ],
)
def test_a_p_value_reads_as_it_is_judged(p_value, text):
    assert p_text(p_value) == text


@given(st.floats(0.0, 1.0))
def test_a_p_value_as_shown_lies_on_the_side_of_five_percent_where_it_is(p_value):
    sign, shown = p_text(p_value).removeprefix("p ").split()
    assert (float(shown) < 0.05 or sign == "<") == (p_value < 0.05)


def test_tables_write_a_p_value_as_sentences_do():
    table = report.show(pd.DataFrame({"term": ["age"], "p_value": [0.0499]}), caption="Tests")
    assert table.frame["p"].tolist() == ["< 0.05"]


@pytest.mark.parametrize("kind", [*STEPS, "number"])
def test_a_shown_interval_is_never_inside_the_computed_one(kind):
    rng = np.random.default_rng(4)
    percents = kind in STEPS
    for low, high in np.sort(rng.uniform(0 if "percent" in kind else -1, 1, (500, 2)), axis=1):
        ends = [float(end.strip("%")) for end in interval(low, high, kind).split(" to ")]
        ends = [end / 100 for end in ends] if percents else ends
        step = STEPS.get(kind, 0.01)
        assert low - step < ends[0] <= low + 1e-8 * step
        assert high - 1e-8 * step <= ends[1] < high + step


def test_an_interval_that_is_rounded_already_stays():
    for at in range(101):
        low, high = outwards(at / 100, at * 0.01)
        assert (low, high) == (at / 100, at / 100)
    assert interval(0.29, 0.57, "whole percent") == "29% to 57%"


def test_many_intervals_are_rounded_to_steps_of_their_own():
    low, high = outwards(pd.Series([0.431, 0.431]), pd.Series([0.578, 0.578]), step=[0.01, 0.05])
    assert (low.tolist(), high.tolist()) == ([0.43, 0.4], [0.58, 0.6])


def test_an_end_that_rounds_to_0_has_no_sign():
    low, high = outwards(-0.3, -0.001)
    assert (low, high, np.signbit(high)) == (-0.3, 0.0, False)


def test_an_interval_without_an_upper_end_says_so():
    assert interval(0.104, np.inf, "number") == "0.10 or more"


@given(st.floats(1e-5, 1e6), st.floats(1.0, 50.0))
def test_the_interval_of_an_odds_ratio_holds_what_was_computed(low, times):
    shown = [float(end) for end in ratio_interval(low, low * times).split(" to ")]
    assert shown[0] <= low * (1 + 1e-6)
    assert shown[1] >= low * times * (1 - 1e-6)
    assert shown[0] >= low * 0.9 - 1e-9
    assert shown[1] <= low * times * 1.1 + 1e-9


def test_an_odds_ratio_without_end_is_said_as_such():
    assert ratio_interval(0.0, float("inf")) == "0 to inf"
