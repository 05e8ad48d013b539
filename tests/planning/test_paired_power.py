"""Power of the paired tests: all samples listed, published numbers, simulation."""

import numpy as np
import pytest
from scipy import stats

from analysis import planning
from analysis.paired import difference, mcnemar_p


def _listed(rejects, shift: float, discordant: float, n: int) -> float:
    """Add up the multinomial probability of every pair of counts that is rejected."""
    off, on = (discordant - shift) / 2, (discordant + shift) / 2
    b, c = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    b, c = b[b + c <= n], c[b + c <= n]
    chances = stats.multinomial.pmf(
        np.column_stack([b, c, n - b - c]), n, [off, on, 1 - discordant]
    )
    return float(chances[rejects(b, c, n)].sum())


def _exact_test(b, c, n):
    return mcnemar_p(b, c, mid_p=False) <= 0.05


def _interval(b, c, n):
    low, high = difference.adjusted_wald_interval(None, b, c, n, stats.norm.isf(0.025))
    return (low > 0) | (high < 0)


@pytest.mark.parametrize(
    ("shift", "discordant", "n"),
    [(0.1, 0.25, 60), (-0.2, 0.3, 45), (0.0, 0.4, 80), (0.3, 0.3, 25), (0.02, 0.05, 12)],
)
def test_power_is_that_of_all_samples_listed_with_the_test_in_use(shift, discordant, n):
    exact = planning.mcnemar_power(shift, discordant, n)
    assert exact == pytest.approx(_listed(_exact_test, shift, discordant, n), abs=1e-10)
    interval = planning.shift_interval_power(shift, discordant, n)
    assert interval == pytest.approx(_listed(_interval, shift, discordant, n), abs=1e-10)


def test_published_numbers_come_out():
    # Connor 1987, p. 209, as R's MESS has him: 5% and 45% discordant, power 80%, 22 pairs (22.01).
    assert planning.closed_power(0.40, 0.50, 22.01) == pytest.approx(0.8, abs=1e-4)
    assert planning.closed_n(0.40, 0.50, power=0.799) == 22
    # R's MESS: 144 pairs, discordant 25% and 45%, exact, one-sided at 2.5%: 0.80.
    assert planning.mcnemar_power(0.20, 0.70, 144) == pytest.approx(0.80, abs=0.005)
    # Lachenbruch 1992: margins 80% and 90% leave 10% to 30% discordant.
    assert planning.discordant_ends(0.8, 0.9) == pytest.approx((0.1, 0.2, 0.3))


def test_the_exact_test_keeps_its_size_and_the_interval_nearly():
    for n in (30, 100, 400):
        assert planning.mcnemar_power(0.0, 0.25, n) <= 0.05
        assert 0.03 < planning.shift_interval_power(0.0, 0.25, n) < 0.055


def test_closed_forms_meet_the_interval_in_large_samples():
    for shift, discordant in ((0.05, 0.2), (0.04, 0.4)):
        n = planning.closed_n(shift, discordant)
        assert planning.closed_power(shift, discordant, n) == pytest.approx(0.8, abs=0.002)
        assert planning.shift_interval_power(shift, discordant, n) == pytest.approx(0.8, abs=0.02)
        assert planning.mcnemar_power(shift, discordant, n) == pytest.approx(0.8, abs=0.03)


def test_power_does_not_depend_on_the_direction():
    for power in (planning.mcnemar_power, planning.shift_interval_power, planning.closed_power):
        assert power(0.1, 0.3, 90) == pytest.approx(power(-0.1, 0.3, 90), abs=1e-12)


def test_the_width_is_that_of_the_interval_in_use():
    low, high = difference.adjusted_wald_interval(None, 40, 80, 400, stats.norm.isf(0.025))
    assert planning.shift_interval_width(0.1, 0.3, 400) == pytest.approx(high - low, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((0.3, 0.2, 50), "no smaller than the shift"),
        ((0.0, 0.0, 50), "above 0"),
        ((0.1, 0.2, 0), "1 or more"),
    ],
)
def test_what_is_no_shift_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        planning.mcnemar_power(*arguments)
    with pytest.raises(ValueError, match="level lies between"):
        planning.mcnemar_power(0.1, 0.2, 50, alpha=1.0)
    with pytest.raises(ValueError, match="use one of"):
        planning.closed_n(0.1, 0.2, method="guess")
    with pytest.raises(ValueError, match="others than 0"):
        planning.closed_n(0.0, 0.2)
    with pytest.raises(ValueError, match="between 0 and 1"):
        planning.discordant_ends(0.5, 1.5)
