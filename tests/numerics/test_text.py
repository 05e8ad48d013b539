"""Numbers as text say what is said of them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import report
from analysis.numerics import p_text


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
