"""Ties and spreads at their boundary are listed; real differences beside them are found."""

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.verification import compare, differ
from analysis.verification.comparison import NUMBERS

GOLDEN = paths.ROOT / "tests" / "golden"


@pytest.fixture(scope="module")
def small() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Headlines of small surveys, and the same by R (tests/golden/recomputed.py records both)."""
    return tuple(pd.read_csv(GOLDEN / f"{name}_small.csv") for name in ("published", "recomputed"))


def _of(small, drawn: str, finding: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    both = [each[each["survey"] == drawn].drop(columns="survey") for each in small]
    published, own = [each[each["finding"] == finding] for each in both] if finding else both
    return published.astype(dict.fromkeys(NUMBERS, float)), own


@pytest.mark.parametrize("drawn", ["drawn_2", "drawn_9"])
def test_every_headline_of_a_small_survey_agrees_or_is_listed(small, drawn):
    table = compare(*_of(small, drawn)).set_index("finding")
    assert len(table) > 15
    assert not differ(table)
    assert list(table.index[table["outcome"] == "listed"]) == ["digital_gap"]


def _spread(small, drawn: str = "drawn_9", **numbers: float) -> tuple[str, str]:
    published, own = _of(small, drawn, "districts")
    return tuple(compare(published.assign(**numbers), own)[["outcome", "how"]].iloc[0])


def test_a_spread_where_the_likelihood_is_flat_is_listed_as_at_its_boundary(small):
    assert _spread(small)[0] == "agreed"
    outcome, how = _spread(small, estimate=2e-5)
    assert outcome == "listed"
    assert how.startswith("boundary: the likelihood is flat between 0 and 2e-05, to 1e-8")
    assert "conf_high: to 0.00001" in how


def test_a_spread_that_the_likelihood_tells_from_0_differs(small):
    flat_to = _of(small, "drawn_9", "districts")[1]["flat_to"].iloc[0]
    assert 1e-5 < flat_to < 1e-3
    for planted in (1.01 * flat_to, 0.001, -2e-5):
        assert _spread(small, estimate=planted)[0] == "differs"
    assert _spread(small, "drawn_2", estimate=0.0)[0] == "differs"


def test_an_end_that_differs_is_found_where_the_spread_is_at_its_boundary(small):
    high = _of(small, "drawn_9", "districts")[0]["conf_high"].iloc[0]
    outcome, how = _spread(small, estimate=2e-5, conf_high=high + 5e-5)
    assert outcome == "differs"
    assert how.startswith("conf_high: ")


def _gaps(**columns: list) -> pd.DataFrame:
    """Make candidates by R: three districts, the first two equal in steps of 0.001."""
    rows = {
        "finding": "largest_gap", "subject": ["is Ash's: ", "is Elm's: ", "is Oak's: "],
        "rank": [1, 2, 3], "estimate": [0.0661, 0.0659, 0.0649], "conf_low": [-0.02] * 3,
        "conf_high": [0.14] * 3, "n": [40, 30, 20], "error": 0.0, "heavy_error": 0.0,
        "problem": "", "choice": [-0.0661, -0.0659, -0.0649], "step": 0.001, "class": "none",
        "class_value": 0.0, "class_error": 0.0, "flat_to": 0.0,
    }  # fmt: skip
    return pd.DataFrame(rows | columns).assign(weighted=np.nan, weighted_low=np.nan)


def _about(place: int, own: pd.DataFrame, **numbers: float) -> tuple[str, str]:
    """Compare where the headline is about one of the candidates, with its numbers."""
    row = own.iloc[[place]].round({"estimate": 2})
    row = row.assign(sentence=f"The largest gap {row['subject'].iloc[0]}it.", **numbers)
    return tuple(compare(row, own)[["outcome", "how"]].iloc[0])


def test_two_gaps_that_are_equal_by_the_rule_are_a_tie():
    assert _about(0, _gaps())[0] == "agreed"
    outcome, how = _about(1, _gaps())
    assert outcome == "listed"
    assert how.startswith("tie: R names another first, is Ash's; both are equal in steps of 0.001")


def test_a_gap_that_is_smaller_than_the_largest_by_a_step_is_no_tie():
    assert _about(2, _gaps()) == ("differs", "R would choose another: is Ash's")
    near = _gaps(choice=[-0.0661, -0.0651, -0.0649])
    assert _about(1, near)[0] == "differs"


def test_the_numbers_of_a_tie_are_those_of_the_one_that_is_published():
    assert _about(1, _gaps(), n=40)[0] == "differs"
    assert _about(1, _gaps(), estimate=0.06)[0] == "differs"


@pytest.mark.parametrize(("apart", "outcome"), [(1e-6, "listed"), (1e-4, "differs")])
def test_without_steps_a_tie_is_one_to_the_digits_that_are_published(apart, outcome):
    own = _gaps(choice=[-0.0661, -0.0661 + apart, -0.0649], step=0.0)
    assert _about(1, own)[0] == outcome


@pytest.mark.parametrize(("error", "outcome"), [(0.006, "listed"), (0.004, "differs")])
def test_measures_whose_simulated_tests_overlap_are_a_tie_and_no_others(error, outcome):
    own = _gaps(**{"class": ["age", "wait", "wait"], "class_value": [0.4, 0.41, 0.41],
                   "class_error": [error, error, error]})  # fmt: skip
    assert _about(1, own)[0] == outcome
    assert _about(2, own)[0] == "differs"  # Elm has the larger gap on the same measure


def test_candidates_without_the_number_that_decides_are_no_tie():
    without = _gaps().drop(columns=["choice", "class_value"])
    assert _about(1, without)[0] == "differs"
