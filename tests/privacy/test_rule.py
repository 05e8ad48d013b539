"""What the disclosure threshold means, on the threshold and beside it."""

import numpy as np
import pandas as pd
import pytest

from analysis import privacy, survey
from analysis.privacy import Rule
from analysis.privacy._bounds import bounded_p


def test_the_rule_is_the_codebooks_threshold():
    codebook = survey.load("herts_2023").codebook
    assert privacy.rule_of(codebook) == Rule(codebook.disclosure_threshold)


def test_as_many_people_as_the_threshold_are_enough_and_one_less_is_few():
    rule = Rule(10)
    assert (rule.few(9), rule.few(10)) == (True, False)
    assert rule.few(np.array([[9, 10], [0, 11]])).tolist() == [[True, False], [True, False]]
    assert (rule.enough(10), rule.enough(10, 9), rule.enough()) == (True, False, True)


@pytest.mark.parametrize(("yes", "no", "found"), [(10, 10, True), (9, 30, False), (30, 9, False)])
def test_a_share_needs_enough_people_on_both_sides(yes, no, found):
    assert Rule(10).splits(pd.Series([True] * yes + [False] * no)) is found


def test_a_rare_answer_needs_a_large_group():
    assert [Rule(10).people_needed(share) for share in (0.5, 0.25, 0.75, 0.1)] == [20, 40, 40, 100]
    assert Rule(10).people_needed(0.0) == 1000
    assert Rule(10).people(3) == 30


@pytest.mark.parametrize(
    ("p_value", "coarse"),
    [
        (0.0009, "< 0.001"), (0.001, "< 0.01"), (0.0099, "< 0.01"), (0.01, "< 0.05"),
        (0.0499, "< 0.05"), (0.05, "0.05 or more"), (1.0, "0.05 or more"),
    ],
)  # fmt: skip
def test_a_coarse_p_value_is_the_next_higher_step_of_the_ladder(p_value, coarse):
    assert bounded_p(p_value, coarse=True) == coarse


def test_a_fine_p_value_has_three_decimals():
    assert [bounded_p(each, coarse=False) for each in (0.0234, 0.0009, 1.0)] == [
        "0.023", "< 0.001", "1.000",
    ]  # fmt: skip
