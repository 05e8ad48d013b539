"""A whole curve against curves of data in which nothing differs."""

import numpy as np
import pytest
from scipy import stats

from analysis.specifications.estimates import Estimate, Scores
from analysis.specifications.permuted import curve_p


def _paired(shift: float, seed: int, specifications: int = 12) -> list[Estimate]:
    rng = np.random.default_rng(seed)
    steps = rng.choice([-1.0, 0.0, 1.0], 300, p=[0.2 - shift / 2, 0.6, 0.2 + shift / 2])
    made = []
    for _ in range(specifications):
        kept = np.flatnonzero(rng.random(300) < 0.9)
        values = steps[kept]
        z = values.sum() / np.sqrt((values**2).sum())
        made.append(
            Estimate(
                estimate=values.mean(),
                p_value=2 * stats.norm.sf(abs(z)),
                scores=Scores(rows=kept, values=values),
            )
        )
    return made


def _grouped(effect: float, groups: int, seed: int) -> list[Estimate]:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, groups, 400)
    scores = rng.uniform(-1, 1, 400) + effect * (labels == 1)
    made = []
    for _ in range(10):
        kept = np.flatnonzero(rng.random(400) < 0.9)
        values, own = scores[kept] - scores[kept].mean(), labels[kept]
        test = stats.kruskal(*(values[own == at] for at in range(groups)))
        made.append(
            Estimate(
                estimate=values[own == 1].mean() - values[own != 1].mean(),
                p_value=test.pvalue,
                scores=Scores(rows=kept, values=values, labels=own),
            )
        )
    return made


def test_a_shift_is_found():
    of_median, of_share = curve_p(_paired(0.15, 1), rng=np.random.default_rng(1))
    assert of_median < 0.01
    # alike specifications find something all or none: of chance curves some are all significant
    assert of_share < 0.05


@pytest.mark.parametrize("seed", range(4, 10))
def test_one_specification_many_times_has_the_exact_p_of_its_swaps(seed):
    made = _paired(0.0, seed, 1) * 20
    steps = made[0].scores.values
    exact = stats.binomtest(int((steps > 0).sum()), int((steps != 0).sum())).pvalue
    found, _ = curve_p(made, rng=np.random.default_rng(seed), permutations=1999)
    assert abs(found - exact) < 4 * np.sqrt(exact * (1 - exact) / 1999) + 1 / 2000


@pytest.mark.parametrize("groups", [2, 5])
def test_groups_that_differ_are_found_and_others_are_not(groups):
    rng = np.random.default_rng(2)
    assert max(curve_p(_grouped(0.5, groups, 3), rng=rng)) < 0.01
    assert min(curve_p(_grouped(0.0, groups, 5), rng=rng)) > 0.05


def test_where_nothing_differs_five_in_a_hundred_curves_are_found():
    rng = np.random.default_rng(3)
    found = np.array([curve_p(_paired(0.0, seed, 5), rng=rng, permutations=99)
                      for seed in range(200)])  # fmt: skip
    share = (found <= 0.05).mean(axis=0)
    assert (share < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)).all()
    assert share[0] > 0.005


def test_without_a_test_there_is_no_curve():
    with pytest.raises(ValueError, match="no specification has a test"):
        curve_p([Estimate(estimate=0.5)], rng=np.random.default_rng(1))
