import numpy as np
import pandas as pd
import pytest
from counted_people import counted, expanded
from hypothesis import given, settings
from hypothesis import strategies as st
from ordinal_people import draw

from analysis import margins, ordinal

FORMULA = "rating ~ group + x"


@pytest.fixture(scope="module")
def frame():
    """Counted rows, among them rows twice and rows that stand for nobody."""
    rows = draw(300, 5, spread=0.6)
    rows["x"] = rows["x"].round(0)
    rows["w"] = rows["w"].round(1) + 0.1
    return rows.assign(people=np.random.default_rng(6).integers(0, 4, len(rows)))


def _assert_same_fit(one, two):
    pd.testing.assert_frame_equal(one.coefficients, two.coefficients, check_exact=True)
    pd.testing.assert_frame_equal(one.thresholds, two.thresholds, check_exact=True)
    pd.testing.assert_frame_equal(one.cov, two.cov, check_exact=True)
    assert (one.log_likelihood, one.n, one.df) == (two.log_likelihood, two.n, two.df)
    assert (one.random is None) == (two.random is None)
    if one.random is not None:
        assert one.random.sd == two.random.sd
        pd.testing.assert_frame_equal(one.random.effects, two.random.effects, check_exact=True)


@pytest.mark.parametrize(
    ("formula", "how"),
    [
        (FORMULA, {}),
        (FORMULA, {"weights": "w"}),
        (FORMULA, {"random": "place"}),
        (FORMULA, {"random": "place", "weights": "w"}),
        (FORMULA, {"nominal": "group", "link": "probit"}),
        ("rating ~ group * x", {"weights": "w"}),
        ("rating ~ group + center(x)", {}),
        ("rating ~ scale(x)", {"weights": "w"}),
    ],
)
def test_models_and_their_margins_are_the_same_on_counts_and_on_people(frame, formula, how):
    rows = expanded(frame, seed=2)
    one = ordinal.fit(formula, rows if "(" not in formula else expanded(frame), **how)
    two = ordinal.fit(formula, frame, frequency="people", **how)
    _assert_same_fit(one, two)
    if "group" not in formula:
        return
    found = [
        margins.predicted_shares(each, "group", answers=["good", "best"]) for each in (one, two)
    ]
    pd.testing.assert_frame_equal(found[0].frame(), found[1].frame(), check_exact=True)
    contrasts = [margins.differences(each, against="pairs") for each in found]
    pd.testing.assert_frame_equal(*contrasts, check_exact=True)


def test_a_term_is_tested_alike_on_counts_and_on_people(frame):
    rows = expanded(frame, seed=3)
    one, two = (
        ordinal.score(
            ordinal.fit("rating ~ group", data, frequency=times),
            FORMULA,
            data,
            frequency=times,
            simulations=5,
            rng=np.random.default_rng(1),
        )
        for data, times in ((rows, None), (frame, "people"))
    )
    assert vars(one) == vars(two)


@settings(max_examples=25)
@given(
    counted(), st.integers(0, 99), st.sampled_from([{}, {"weights": "weight"}, {"random": "place"}])
)
def test_an_obstacle_is_the_same_on_counts_and_on_people(frame, seed, how):
    rows = expanded(frame, seed=seed)
    formula = "first ~ age + a1"
    assert ordinal.obstacle(formula, rows, **how) == ordinal.obstacle(
        formula, frame, frequency="people", **how
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (-1, r"-1\.0 is among the frequencies"),
        (0.5, r"a frequency is 0\.5; it counts people"),
        (np.nan, "nan is among the frequencies"),
        (0, "all frequencies are 0"),
    ],
)
def test_a_frequency_that_is_none_is_named(frame, values, said):
    wrong = frame.assign(people=values)
    for tried in (
        lambda: ordinal.fit(FORMULA, wrong, frequency="people"),
        lambda: ordinal.obstacle(FORMULA, wrong, frequency="people"),
        lambda: ordinal.score(ordinal.fit("rating ~ 1", frame), FORMULA, wrong, frequency="people"),
    ):
        with pytest.raises(ValueError, match=said):
            tried()
