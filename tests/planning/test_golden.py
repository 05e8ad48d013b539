"""Power beside that of base R (power.prop.test, binom.test), in tests/golden/power.csv."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import planning

GOLDEN = pd.read_csv(Path(__file__).parents[1] / "golden" / "power.csv")


@pytest.mark.parametrize("row", list(GOLDEN[GOLDEN["what"] == "mcnemar"].itertuples()))
def test_the_power_of_mcnemars_test_is_that_of_rs_binomial_tests(row):
    found = planning.mcnemar_power(row.first, row.second, row.n)
    assert found == pytest.approx(row.power, rel=1e-6)


@pytest.mark.parametrize("row", list(GOLDEN[GOLDEN["what"] == "groups"].itertuples()))
def test_the_power_of_two_shares_is_that_of_power_prop_test(row):
    found = planning.two_shares_power(row.first, row.second, row.n, row.n)
    assert found == pytest.approx(row.power, rel=1e-6)
