"""Power of two groups, of a spread, of a share; numbers of people solved for."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportion_effectsize,
    samplesize_confint_proportion,
    samplesize_proportions_2indep_onetail,
)

from analysis import ordinal, planning


def test_newcombe_power_is_that_of_all_samples_listed():
    first, second, n_first, n_second, power = 0.4, 0.6, 70, 25, 0.0
    for one in range(n_first + 1):
        for other in range(n_second + 1):
            low, high = confint_proportions_2indep(other, n_second, one, n_first, method="newcomb")
            if low > 0 or high < 0:
                power += stats.binom.pmf(one, n_first, first) * stats.binom.pmf(
                    other, n_second, second
                )
    assert planning.newcombe_power(first, second, n_first, n_second) == pytest.approx(power)


def test_two_shares_meet_statsmodels_by_other_roads():
    n = planning.smallest_n(lambda n: planning.two_shares_power(0.5, 0.6, n, n))
    assert n == np.ceil(samplesize_proportions_2indep_onetail(0.1, 0.5, 0.8, alpha=0.05))
    arcsine = NormalIndPower().power(proportion_effectsize(0.6, 0.5), n, 0.05)
    assert planning.two_shares_power(0.5, 0.6, n, n) == pytest.approx(arcsine, abs=0.005)


def test_a_share_meets_statsmodels():
    low, high = proportion_confint(30, 100, method="wilson")
    assert planning.share_width(0.3, 100) == pytest.approx(high - low)
    n = planning.smallest_n(lambda n: 1 - planning.share_width(0.5, n), power=1 - 0.1)
    assert n == pytest.approx(samplesize_confint_proportion(0.5, 0.05), abs=5)
    assert planning.share_power(0.5, 0.5, 80) == pytest.approx(0.05)


def test_what_a_number_of_people_shows_needs_that_number_of_people():
    for n in (45, 150, 712):
        effect = planning.least_effect(
            lambda d, n=n: planning.closed_power(d, 0.25, n), at_most=0.25
        )
        assert planning.closed_power(effect, 0.25, n) == pytest.approx(0.8, abs=1e-4)
        assert planning.closed_n(effect, 0.25) == pytest.approx(n, abs=1)


def test_nothing_is_found_where_nothing_is_seen():
    assert np.isnan(
        planning.least_effect(lambda d: planning.mcnemar_power(d, 0.05, 20), at_most=0.05)
    )
    assert np.isnan(planning.smallest_n(lambda n: 0.79, at_most=1000))
    assert planning.least_effect(lambda d: 0.9) == 0.0


def test_a_step_down_behind_the_first_number_that_is_enough_is_seen():
    powers = dict.fromkeys(range(100, 1000), 0.81) | {110: 0.79}
    assert planning.smallest_n(lambda n: powers.get(n, 0.0), at_most=999) == 111


def test_the_power_of_a_spread_is_the_same_by_both_routes_for_equal_groups():
    for spread in (0.0, 0.2, 0.35):
        rng = np.random.default_rng(7)
        drawn = planning.spread_power(spread, [80] * 10, 0.31, rng=rng, draws=20_000)
        known = planning.equal_spread_power(spread, 10, 80, 0.31)
        assert drawn == pytest.approx(known, abs=4 * np.sqrt(known * (1 - known) / 20_000))


def test_a_spread_is_seen_better_with_more_people_and_a_larger_spread():
    sizes = [40, 60, 80, 100]
    powers = [
        planning.spread_power(each, sizes, 0.31, rng=np.random.default_rng(3))
        for each in (0.1, 0.3, 0.6)
    ]
    assert powers == sorted(powers)
    assert planning.equal_spread_power(0.3, 10, 200, 0.31) > planning.equal_spread_power(
        0.3, 10, 100, 0.31
    )


def test_the_information_is_that_of_the_model():
    shares, n = np.array([0.13, 0.15, 0.15, 0.37, 0.20]), 40_000
    rows = pd.DataFrame(
        {
            "answer": pd.Categorical([*"abcde"] * 2, ordered=True),
            "group": pd.Categorical(["x"] * 5 + ["y"] * 5),
            "people": np.concatenate([n * shares, n * shares]).round().astype(int),
        }
    )
    fit = ordinal.fit("answer ~ group", rows, frequency="people")
    variance = float(fit.cov.iloc[0, 0])
    assert variance == pytest.approx(2 / (n * planning.spread_information(shares)), rel=0.001)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: planning.spread_information([0.5, 0.6]), "add up to 1"),
        (lambda: planning.equal_spread_power(0.2, 2, 50, 0.3), "three or more"),
        (lambda: planning.equal_spread_power(-0.2, 5, 50, 0.3), "above 0"),
        (lambda: planning.two_shares_power(0.0, 0.5, 50, 50), "between 0 and 1"),
        (lambda: planning.newcombe_power(0.4, 0.5, 0, 50), "1 or more"),
        (lambda: planning.share_width(1.0, 50), "between 0 and 1"),
        (lambda: planning.with_weights(100, 0.9), "1 or more"),
    ],
)
def test_what_has_no_meaning_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_weights_take_people():
    assert planning.with_weights(100, 1.0) == 100
    assert planning.with_weights(100, 1.805) == 181
