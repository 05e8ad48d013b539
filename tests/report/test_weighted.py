"""A headline with weights: hidden where few would be told of, said where it changes something."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import report
from analysis.proportions import shares
from analysis.report import Weighted
from analysis.weights import Weights

CODEBOOK = SimpleNamespace(disclosure_threshold=10, disclosure_method="ranges")


def _weighing(n: int, *, seed: int = 1) -> SimpleNamespace:
    weights = pd.Series(np.random.default_rng(seed).uniform(0.5, 2.0, n))
    held = Weights(weights=weights)
    people = lambda frame: frame[frame.index.isin(weights.index)]  # noqa: E731
    return SimpleNamespace(weights=held, people=people)


def _yes(n: int, share: float = 0.4) -> pd.Series:
    return pd.Series(np.arange(n) % 10 < 10 * share)


def test_a_weighted_share_is_that_of_the_people_who_have_a_weight():
    weighing, yes = _weighing(80), _yes(100)
    found = report.weighted_share(yes, weighing, CODEBOOK)
    row = shares(yes.iloc[:80], weights=weighing.weights).iloc[0]
    assert (found.estimate, found.conf_low, found.n) == (row["estimate"], row["conf_low"], 80)
    w = weighing.weights.weights
    assert found.effective_n == pytest.approx(w.sum() ** 2 / (w**2).sum())
    assert report.weighted_share(yes, None, CODEBOOK) is None


@pytest.mark.parametrize(("heavy", "shown"), [(100, True), (99, False), (91, False), (90, True)])
def test_few_people_without_a_weight_hide_it(heavy, shown):
    found = report.weighted_share(_yes(100), _weighing(heavy), CODEBOOK)
    assert (found is not None) == shown
    row = pd.Series({"estimate": 0.1, "conf_low": 0.0, "conf_high": 0.2})
    weighing = _weighing(heavy)
    people = weighing.weights.weights.index
    assert (report.weighted_row(row, people, 100, weighing, CODEBOOK) is not None) == shown


def test_few_people_of_one_kind_hide_it():
    assert report.weighted_share(_yes(80, 0.1), _weighing(60), CODEBOOK) is None


def _plain(estimate: float, low: float, high: float) -> pd.Series:
    return pd.Series({"estimate": estimate, "conf_low": low, "conf_high": high})


def _heavy(estimate: float, low: float, high: float) -> Weighted:
    return Weighted(estimate=estimate, conf_low=low, conf_high=high, n=900, effective_n=500.4)


@pytest.mark.parametrize(
    ("share", "outside"), [(0.27, False), (0.26, True), (0.33, False), (0.34, True)]
)
def test_a_share_that_weights_move_out_of_its_interval_is_said_to_be(share, outside):
    said = report.weighted_clause(_plain(0.3, 0.27, 0.33), _heavy(share, share - 0.1, share + 0.1))
    assert ("outside that interval" in said) == outside
    assert "900 people, effective n 500" in said


@pytest.mark.parametrize(
    ("plain", "heavy", "said"),
    [
        ((0.1, 0.02, 0.18), (0.06, -0.02, 0.14), "with weights no difference is shown"),
        ((0.03, -0.003, 0.06), (0.06, 0.015, 0.1), "with weights alone a difference is shown"),
        ((-0.1, -0.18, -0.02), (-0.1, -0.2, -0.01), None),
        ((0.03, -0.01, 0.06), (0.02, -0.03, 0.07), None),
    ],
)
def test_a_difference_that_weights_decide_otherwise_is_said_to_be(plain, heavy, said):
    clause = report.weighted_clause(_plain(*plain), _heavy(*heavy), difference=True)
    assert (said or "") in clause
    assert ("with weights" in clause) == (said is not None)


def test_without_weights_a_sentence_stays_as_it_is():
    assert report.with_weights("30% agree.", _plain(0.3, 0.2, 0.4), None) == "30% agree."
