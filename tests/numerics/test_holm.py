import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from analysis.numerics import holm


@pytest.mark.parametrize("size", [1, 2, 7, 40])
def test_adjusted_p_values_are_those_of_statsmodels(size):
    rng = np.random.default_rng(size)
    for shape in (0.2, 1.0, 5.0):
        given = rng.beta(shape, 1.0, size=size)
        given[: size // 3] = given[0]  # ties
        expected = multipletests(given, method="holm")[1]
        assert holm(given) == pytest.approx(expected, rel=1e-12)


def test_of_no_test_there_is_no_p_value():
    assert holm([]).tolist() == []


def test_a_missing_p_value_stays_missing_and_counts_as_a_test():
    assert holm([0.01, np.nan, 0.2]) == pytest.approx([0.03, np.nan, 0.4], nan_ok=True)
