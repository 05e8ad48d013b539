import numpy as np
import pytest
from scipy import stats

from analysis.numerics import density


def _chi(x):
    return 2 * np.log(np.maximum(x, 1e-300)) - x**2 / 2


@pytest.mark.parametrize("scale", [0.01, 1.0, 100.0])
@pytest.mark.parametrize("share", [1e-6, 0.025, 0.5, 0.975, 0.999])
def test_quantiles_are_exact_whatever_scale_is_guessed(scale, share):
    found = density(_chi, scale=scale)
    assert found.quantile(share) == pytest.approx(stats.chi(3).ppf(share), rel=1e-9)
    assert found.mode == pytest.approx(np.sqrt(2), rel=1e-6)


def test_a_tail_that_falls_like_one_over_the_square_is_integrated_to_its_end():
    found = density(lambda x: -np.log1p(x**2), scale=1.0)
    for share in (0.5, 0.975, 0.9999):
        assert found.quantile(share) == pytest.approx(np.tan(share * np.pi / 2), rel=1e-9)


@pytest.mark.parametrize("wide", [0.001, 0.01, 0.1])
def test_a_narrow_peak_far_from_the_ends_is_resolved(wide):
    found = density(lambda x: -(((x - 0.3) / wide) ** 2) / 2, scale=1.0, bounded=True)
    peak = stats.norm(0.3, wide)
    expected = peak.ppf(peak.cdf(0) + 0.9 * (peak.cdf(1) - peak.cdf(0)))
    assert found.quantile(0.9) == pytest.approx(expected, rel=1e-8)


def test_the_shortest_interval_begins_at_0_where_the_density_is_highest_there():
    low, high = density(lambda x: -x, scale=1.0).shortest(0.95)
    assert (low, high) == (0.0, pytest.approx(-np.log(0.05)))


def test_the_shortest_interval_has_ends_of_equal_density():
    low, high = density(_chi, scale=1.0).shortest(0.95)
    held = stats.chi(3).cdf(high) - stats.chi(3).cdf(low)
    assert held == pytest.approx(0.95, abs=1e-9)
    assert _chi(low) == pytest.approx(_chi(high), abs=1e-5)


def test_no_density_is_refused():
    with pytest.raises(ValueError, match="nodes a panel do not integrate this"):
        density(lambda x: np.sin(1e7 * x) * 50, scale=1.0, bounded=True)
