"""How numbers of specifications are rounded before they are stored."""

import numpy as np
import pandas as pd
import pytest

from analysis.specifications.rounding import rounded

UNITS = pd.Series({"a": "difference of shares", "b": "standard deviation, logit"})


def _shown(claim: str, **numbers: list) -> pd.DataFrame:
    size = len(next(iter(numbers.values())))
    table = pd.DataFrame({"claim": [claim] * size, **numbers})
    return rounded(table, UNITS, people=10)


def test_shares_are_in_whole_points_and_ends_outwards():
    shown = _shown("a", estimate=[-0.157], conf_low=[-0.1861], conf_high=[-0.1299])
    assert shown.loc[0, ["estimate", "conf_low", "conf_high"]].tolist() == [-0.16, -0.19, -0.12]
    assert not np.signbit(_shown("a", estimate=[-0.0004]).loc[0, "estimate"])


def test_other_scales_have_two_figures_and_two_decimals_at_most():
    shown = _shown("b", estimate=[0.0861, 0.262, 1.234, 12.34], conf_high=[0.0861, 0.262, 1.21, 12])
    assert shown["estimate"].tolist() == pytest.approx([0.09, 0.26, 1.2, 12], abs=1e-12)
    assert shown["conf_high"].tolist() == pytest.approx([0.09, 0.27, 1.3, 12], abs=1e-12)


def test_p_values_stay_on_their_side_of_a_twentieth():
    p_values = [4.8e-24, 0.00149, 0.0499999, 0.05, 0.2436, np.nan]
    shown = _shown("a", p_value=p_values)["p_value"]
    assert shown.tolist() == pytest.approx([0.001, 0.001, 0.049, 0.05, 0.24, np.nan], nan_ok=True)
    assert ((shown < 0.05) == (pd.Series(p_values) < 0.05)).all()


def test_what_has_no_estimate_stays_without():
    shown = _shown("a", estimate=[np.nan], conf_low=[np.nan], p_value=[np.nan], n=[0])
    assert shown[["estimate", "conf_low", "p_value"]].isna().all(axis=None)
    assert shown.loc[0, "n"] == 0


def test_the_order_tells_nothing_that_is_rounded_away():
    how = {"conf_low": [0.01] * 3, "conf_high": [0.2] * 3}
    shown = _shown("a", estimate=[0.101, 0.102, 0.104], number=[3, 1, 2], **how)
    assert shown["number"].tolist() == [1, 2, 3]
    some = _shown("a", variance=[0.404, 0.403, 0.401], choice=["late", "weights", "base"])
    assert some["choice"].tolist() == ["base", "late", "weights"]
