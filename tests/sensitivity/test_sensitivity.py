"""Selection, E-values and bounds: published examples, hand counts, properties, known truth."""

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis import sensitivity
from analysis.paired import difference
from analysis.sensitivity import Contrast, Pairs

GAMMA = st.floats(0.05, 20.0)
SHARE = st.floats(0.01, 0.99)
COUNT = st.integers(1, 400)
PAIRS = st.builds(Pairs, both=COUNT, first_only=COUNT, second_only=COUNT, neither=COUNT)


def _share(gamma, share, reach=0.1):
    low, high = max(share - reach, 0.0), min(share + reach, 1.0)
    return sensitivity.shifted_share(gamma, estimate=share, conf_low=low, conf_high=high)


# Published: VanderWeele and Ding 2017, Ann. Intern. Med. 167 (3.9, 1.8 to 8.7: formula against
# breast milk and deaths by respiratory infection; 7.263034 as R's episensr prints it), and Hammond
# and Horn's 10.73 as R's EValue 4.1.3 prints it in its vignette. Of their second example, 0.80
# (0.71 to 0.91: breast-feeding and leukaemia), the ratios are theirs and the E-values worked out by
# hand: 1.25 + sqrt(1.25 x 0.25), and 1.0989 + sqrt(1.0989 x 0.0989).
@pytest.mark.parametrize(
    ("ratio", "low", "high", "estimate", "limit", "digits"),
    [
        (3.9, 1.8, 8.7, 7.26, 3.00, 2),
        (3.9, 1.8, 8.7, 7.263034, 3.0, 6),
        (10.73, 8.02, 14.36, 20.94777, 15.52336, 5),
        (0.80, 0.71, 0.91, 1.81, 1.43, 2),
    ],
)
def test_published_e_values(ratio, low, high, estimate, limit, digits):
    found = sensitivity.e_value(ratio, low, high)
    assert round(found.estimate, digits) == estimate
    assert round(found.limit, digits) == limit


def test_an_interval_that_holds_1_needs_no_confounder():
    assert sensitivity.e_value(1.2, 0.9, 1.6).limit == 1.0


@given(ratio=st.floats(0.1, 10.0))
def test_a_ratio_and_its_inverse_have_one_e_value(ratio):
    one = sensitivity.e_value(ratio, ratio * 0.9, ratio * 1.1)
    two = sensitivity.e_value(1 / ratio, 1 / (ratio * 1.1), 1 / (ratio * 0.9))
    assert one.estimate == pytest.approx(two.estimate)
    assert one.limit == pytest.approx(two.limit)


@given(ratio=st.floats(1.001, 50.0))
def test_a_confounder_of_that_strength_makes_the_ratio_and_no_weaker_one(ratio):
    """Ding and VanderWeele's bound, B = x y / (x + y - 1), is the ratio at x = y = E."""
    strength = sensitivity.e_value(ratio, ratio, ratio).estimate
    assert strength**2 / (2 * strength - 1) == pytest.approx(ratio)


def test_the_root_of_an_odds_ratio_is_within_a_quarter_of_the_risk_ratio():
    first, second = np.meshgrid(np.linspace(0.2, 0.8, 61), np.linspace(0.2, 0.8, 61))
    odds = first / (1 - first) / (second / (1 - second))
    near = np.array([sensitivity.ratio_of_odds(each) for each in odds.ravel()])
    ratio = near / (first / second).ravel()
    assert ratio.max() <= 1.25 + 1e-12
    assert ratio.min() >= 1 / 1.25 - 1e-12


@given(share=SHARE, reach=st.floats(0.0, 0.2))
def test_without_selection_a_share_stays(share, reach):
    found = _share(1.0, share, reach)
    assert found.estimate == pytest.approx(share)
    assert found.conf_high == pytest.approx(min(share + reach, 1.0))


@given(share=SHARE, one=GAMMA, two=GAMMA)
def test_selection_twice_is_selection_by_the_product(share, one, two):
    twice = _share(two, _share(one, share).estimate).estimate
    assert twice == pytest.approx(_share(one * two, share).estimate)


@given(share=SHARE, gamma=GAMMA)
def test_the_others_are_selected_the_other_way(share, gamma):
    assert _share(gamma, share).estimate == pytest.approx(1 - _share(1 / gamma, 1 - share).estimate)


@given(share=SHARE, one=GAMMA, two=GAMMA)
def test_the_more_readily_they_answer_the_fewer_they_are(share, one, two):
    assume(one < two * 0.999)
    assert _share(one, share).estimate > _share(two, share).estimate


@given(share=SHARE, gamma=GAMMA)
def test_the_gamma_between_two_shares_is_found_again(share, gamma):
    corrected = _share(gamma, share).estimate
    assert sensitivity.implied_gamma(share, corrected) == pytest.approx(gamma)


@given(pairs=PAIRS)
def test_without_selection_a_difference_has_bonett_and_prices_interval(pairs):
    found = sensitivity.shifted_difference(1.0, pairs=pairs, critical=2.5)
    counts = np.array([pairs.both]), np.array([pairs.first_only]), np.array([pairs.second_only])
    low, high = difference.adjusted_wald_interval(*counts, pairs.n, 2.5)
    assert found.estimate == pytest.approx((pairs.second_only - pairs.first_only) / pairs.n)
    assert (found.conf_low, found.conf_high) == pytest.approx((low[0], high[0]))


@given(pairs=PAIRS, one=GAMMA, two=GAMMA)
def test_the_more_readily_they_answer_the_less_the_second_has(pairs, one, two):
    assume(one < two * 0.999)
    first, second = (sensitivity.shifted_difference(each, pairs=pairs) for each in (one, two))
    assert first.estimate > second.estimate


@given(pairs=PAIRS, gamma=GAMMA)
def test_the_difference_is_that_of_people_counted_once_for_each_that_they_stand_for(pairs, gamma):
    """Gamma 1/2: each who says yes the second time stands for two; counted as such."""
    doubled = Pairs(
        both=2 * pairs.both, first_only=pairs.first_only, second_only=2 * pairs.second_only,
        neither=pairs.neither,
    )  # fmt: skip
    half = sensitivity.shifted_difference(0.5, pairs=pairs).estimate
    assert half == pytest.approx((doubled.second_only - doubled.first_only) / doubled.n)


@given(pairs=PAIRS, gamma=GAMMA)
def test_that_people_moved_cannot_turn_the_direction(pairs, gamma):
    found = sensitivity.shifted_difference(gamma, pairs=pairs, who="changed")
    assert np.sign(found.estimate) == np.sign(pairs.second_only - pairs.first_only)


@given(pairs=PAIRS)
def test_a_difference_tips_at_the_ratio_of_those_who_moved(pairs):
    ratio = pairs.second_only / pairs.first_only
    assume(ratio != 1 and 0.02 < ratio < 50)
    shifted = partial(sensitivity.shifted_difference, pairs=pairs)
    tipping, found = sensitivity.tipping_point(shifted), shifted(ratio)
    assert found.estimate == pytest.approx(0.0, abs=1e-12)
    assert tipping.estimate == pytest.approx(ratio, rel=1e-9)
    assert found.conf_low < 0.05
    plain = shifted(1.0)
    if plain.conf_low <= 0 <= plain.conf_high:
        assert tipping.interval == 1.0
    else:
        at = shifted(tipping.interval)
        end = at.conf_low if plain.estimate > 0 else at.conf_high
        assert end == pytest.approx(0.0, abs=1e-9)
        assert abs(np.log(tipping.interval)) <= abs(np.log(tipping.estimate)) + 0.2


@given(share=st.floats(0.55, 0.95))
def test_a_share_tips_where_its_odds_say(share):
    low, high = share - 0.04, share + 0.04
    shifted = partial(sensitivity.shifted_share, estimate=share, conf_low=low, conf_high=high)
    found = sensitivity.tipping_point(shifted, comparison=0.5)
    assert found.estimate == pytest.approx(share / (1 - share))
    assert found.interval == pytest.approx(low / (1 - low))
    ends = [sensitivity.implied_gamma(each, share) for each in (high, low)]
    assert found.noise == pytest.approx(min(ends, key=lambda each: abs(np.log(each))))


def test_what_no_factor_overturns_is_said():
    pairs = Pairs(both=10, first_only=0, second_only=90, neither=10)
    found = sensitivity.tipping_point(partial(sensitivity.shifted_difference, pairs=pairs))
    assert found.estimate == np.inf


@given(first=SHARE, second=SHARE)
def test_a_contrast_tips_at_the_odds_ratio(first, second):
    odds = first / (1 - first) / (second / (1 - second))
    assume(0.02 < odds < 50 and abs(np.log(odds)) > 0.01)
    pair = Contrast(first=first, second=second, var_first=1e-4, var_second=1e-4, cov=-2e-5)
    found = sensitivity.tipping_point(partial(sensitivity.shifted_contrast, contrast=pair))
    assert found.estimate == pytest.approx(odds)


def test_the_error_of_a_contrast_is_its_slope():
    def at(first):
        pair = Contrast(first=first, second=0.4, var_first=0.0, var_second=0.0)
        return sensitivity.shifted_contrast(1.7, contrast=pair).estimate

    slope = (at(0.6 + 1e-6) - at(0.6 - 1e-6)) / 2e-6
    pair = Contrast(first=0.6, second=0.4, var_first=0.0025, var_second=0.0)
    found = sensitivity.shifted_contrast(1.7, contrast=pair, critical=1.0)
    half = (np.arctanh(found.conf_high) - np.arctanh(found.conf_low)) / 2
    assert half * (1 - found.estimate**2) == pytest.approx(slope * 0.05, rel=1e-6)


def test_effective_pairs_have_the_standard_error_that_was_given():
    shares = Pairs(both=0.35, first_only=0.2, second_only=0.05, neither=0.4)
    made = sensitivity.effective_pairs(shares, std_error=0.031, n=900)
    found = sensitivity.shifted_difference(1.0, pairs=made, critical=2.0, added=0.0)
    assert found.estimate == pytest.approx(-0.15)
    assert found.conf_high - found.conf_low == pytest.approx(4 * 0.031)
    assert sensitivity.effective_pairs(shares, std_error=1e-6, n=900).n == pytest.approx(900)


@given(n_yes=st.integers(0, 300), others=st.integers(1, 300))
def test_without_missing_answers_bounds_are_walds_interval(n_yes, others):
    n = n_yes + others
    found, share = sensitivity.bounds(n_yes, n, 0), n_yes / n
    assert found.low == found.high == share
    reach = stats.norm.isf(0.025) * np.sqrt(share * (1 - share) / n)
    if reach:
        assert found.conf_low == pytest.approx(max(share - reach, 0.0), abs=1e-6)


@given(n_yes=st.integers(0, 200), others=st.integers(1, 200), unknown=st.integers(0, 200),
       said=st.floats(0.0, 1.0))  # fmt: skip
def test_bounds_hold_whatever_was_missing(n_yes, others, unknown, said):
    n = n_yes + others
    found = sensitivity.bounds(n_yes, n, unknown)
    truth = (n_yes + round(said * unknown)) / (n + unknown)
    assert found.low - 1e-12 <= truth <= found.high + 1e-12
    assert found.conf_low <= found.low
    assert found.high <= found.conf_high


def test_far_bounds_reach_as_a_one_sided_interval_does():
    found = sensitivity.bounds(400, 800, 800)
    error = np.sqrt(0.25 * 0.75 / 1600)
    assert (found.low - found.conf_low) / error == pytest.approx(stats.norm.isf(0.05), abs=1e-6)


def test_imbens_and_manskis_interval_covers_the_truth_at_its_level():
    """Simulated: the worst true share, at an end of the bounds, is covered 95% of the time."""
    rng, total, told = np.random.default_rng(20231015), 400, 0.97
    truth, hits, runs = 0.4, 0, 4000
    for _ in range(runs):
        answered = rng.random(total) < told
        yes = np.where(answered, rng.random(total) < truth / told, False)  # the unknown all say no
        found = sensitivity.bounds(int(yes.sum()), int(answered.sum()), int((~answered).sum()))
        hits += found.conf_low <= truth <= found.conf_high
    assert hits / runs == pytest.approx(0.95, abs=0.012)


def test_known_selection_is_undone():
    """Simulated: people who prefer it answer three times as readily; the shift comes back."""
    rng, people, gamma = np.random.default_rng(7), 200_000, 3.0
    kinds = rng.choice(4, size=people, p=[0.3, 0.2, 0.1, 0.4])  # both, first, second, neither
    chance = np.where(np.isin(kinds, [0, 2]), 0.06, 0.02)
    answered = kinds[rng.random(people) < chance]
    counts = np.bincount(answered, minlength=4)
    pairs = Pairs(both=counts[0], first_only=counts[1], second_only=counts[2], neither=counts[3])
    found = sensitivity.shifted_difference(gamma, pairs=pairs)
    assert found.conf_low < -0.1 < found.conf_high
    plain = sensitivity.shifted_difference(1.0, pairs=pairs)
    assert not plain.conf_low < -0.1 < plain.conf_high


def test_intervals_cover_as_often_under_selection_that_is_known():
    """Simulated: the corrected paired interval holds the truth in about 95% of samples."""
    rng, gamma, runs, hits = np.random.default_rng(11), 2.0, 3000, 0
    truth = np.array([0.3, 0.2, 0.1, 0.4])
    seen = truth * np.array([gamma, 1.0, gamma, 1.0])
    for counts in rng.multinomial(600, seen / seen.sum(), size=runs):
        made = Pairs(both=counts[0], first_only=counts[1], second_only=counts[2], neither=counts[3])
        found = sensitivity.shifted_difference(gamma, pairs=made)
        hits += found.conf_low <= -0.1 <= found.conf_high
    assert hits / runs == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: _share(0.0, 0.5), "gamma is 0.0"),
        (lambda: _share(float("nan"), 0.5), "gamma is nan"),
        (lambda: _share(1.0, 1.5), "give 0 to 1"),
        (lambda: sensitivity.implied_gamma(0.0, 0.5), "no odds"),
        (lambda: Pairs(both=-1, first_only=1, second_only=1, neither=1), "give counts"),
        (lambda: Pairs(both=0, first_only=0, second_only=0, neither=0), "give counts"),
        (lambda: sensitivity.e_value(2.0, 3.0, 4.0), "give them so"),
        (lambda: sensitivity.ratio_of_odds(0.0), "above 0"),
        (lambda: sensitivity.bounds(5, 4, 0), "no counts"),
        (lambda: sensitivity.tipping_point(lambda g: _share(g, 0.5), largest=1.0), "largest is"),
        (
            lambda: sensitivity.shifted_difference(
                1.0, pairs=Pairs(both=1, first_only=1, second_only=1, neither=1), who="x"
            ),
            "who is 'x'",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
