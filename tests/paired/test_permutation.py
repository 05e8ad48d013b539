from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from paired_people import UEBERSAX, indicators, patterns, people, several

from analysis import paired


def _test(used, preferred, n_permutations=999, seed=1, **options):
    rng = np.random.default_rng(seed)
    return paired.permutation_test(
        used, preferred, n_permutations=n_permutations, rng=rng, **options
    )


def test_all_swaps_of_a_few_people_give_the_exact_p_value():
    cells = [[4, 3, 1], [0, 5, 2], [1, 0, 6]]
    used, preferred = people(cells)
    found = _test(used, preferred)
    moved = [
        np.eye(3)[j] - np.eye(3)[i]
        for i, row in enumerate(cells)
        for j, n in enumerate(row)
        for _ in range(n)
        if i != j
    ]
    observed = paired.stuart_maxwell(paired.counts(used, preferred)).statistic
    covariance = np.linalg.pinv(sum(np.outer(d, d) for d in moved))
    statistics = [
        (total := np.array(signs) @ np.array(moved)) @ covariance @ total
        for signs in product((1, -1), repeat=len(moved))
    ]
    assert found.exact
    assert found.statistic == pytest.approx(observed)
    assert found.p_value == pytest.approx(np.mean(np.array(statistics) >= observed - 1e-9))


def test_one_channel_has_the_exact_p_value_of_mcnemar():
    used, preferred = people([[30, 9], [2, 20]])
    found = _test(used, preferred, n_permutations=50)
    assert found.exact
    expected = paired.shifts(used, preferred)["p_value"].to_numpy()
    assert found.answers["p_value"].to_numpy() == pytest.approx(expected)
    assert found.answers["p_adjusted"].to_numpy() == pytest.approx(expected)


def test_random_swaps_come_near_the_exact_p_values():
    used, preferred = people(UEBERSAX)
    exact = _test(used, preferred, n_permutations=100_000)
    random = _test(used, preferred, n_permutations=600)
    assert exact.exact
    assert not random.exact
    for column in ("p_value", "p_adjusted"):
        assert random.answers[column].to_numpy() == pytest.approx(
            exact.answers[column].to_numpy(), abs=0.03
        )


def test_the_random_p_value_counts_the_sample_itself():
    used, preferred = people([[40, 60], [0, 40]])
    found = _test(used, preferred, n_permutations=19)
    assert not found.exact
    assert found.p_value == pytest.approx(1 / 20)


def test_the_same_generator_gives_the_same_result_and_another_one_another():
    used, preferred = people([[20, 12, 9, 8], [8, 20, 9, 8], [7, 9, 20, 9], [9, 8, 7, 20]])
    one, two, other = (_test(used, preferred, seed=seed) for seed in (1, 1, 2))
    assert one.p_value == two.p_value
    pd.testing.assert_frame_equal(one.answers, two.answers)
    assert one.p_value != other.p_value


@given(several)
def test_the_largest_statistic_is_at_least_as_hard_to_beat_as_one_channels_own(rows):
    found = _test(*indicators(rows), n_permutations=60)
    assert (found.answers["p_adjusted"] >= found.answers["p_value"] - 1e-12).all()
    assert 0 < found.p_value <= 1


@given(several)
def test_swapping_the_answers_and_the_unit_of_weights_change_no_p_value(rows):
    used, preferred = indicators(rows)
    weights = pd.Series(np.linspace(0.5, 2, len(used)).round(2))
    one = _test(used, preferred, n_permutations=40, weights=weights)
    two = _test(preferred, used, n_permutations=40, weights=4 * weights)
    assert one.p_value == pytest.approx(two.p_value)
    assert one.answers["statistic"].to_numpy() == pytest.approx(
        -two.answers["statistic"].to_numpy()
    )


def test_patterns_with_their_frequency_are_the_same_as_rows():
    used, preferred = people(UEBERSAX)
    kinds_used, kinds_preferred, n = patterns(UEBERSAX)
    one = _test(used, preferred, n_permutations=200)
    two = _test(kinds_used, kinds_preferred, n_permutations=200, frequency=n)
    pd.testing.assert_frame_equal(one.to_frame(), two.to_frame())
    pd.testing.assert_frame_equal(one.answers, two.answers)


def test_complete_agreement_is_no_evidence():
    found = _test(*people([[5, 0], [0, 7]]))
    assert (found.statistic, found.df, found.p_value) == (0.0, 0, 1.0)
    assert (found.answers["p_adjusted"] == 1).all()


def test_a_permutation_test_of_nothing_is_refused():
    with pytest.raises(ValueError, match="n_permutations is 0"):
        _test(*people(UEBERSAX), n_permutations=0)
