"""Shares that a model predicts: what is hidden, rounded and left out where few people answered."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis import privacy, survey

LARGE = {"n": 200, "n_top": 100, "estimate": 0.503, "conf_low": 0.431, "conf_high": 0.578}


@pytest.fixture(scope="module")
def codebook():
    return survey.load("herts_2023").codebook  # its threshold is 10


def _shares(*rows: dict) -> pd.DataFrame:
    frame = pd.DataFrame([LARGE | row for row in rows])
    frame["variable"], frame["std_error"] = "channel", 0.05
    frame["level"] = [f"c{at}" for at in range(len(frame))]
    return frame.assign(raw_share=frame["n_top"] / frame["n"])


def _differences(n: int) -> pd.DataFrame:
    row = {"estimate": 0.2, "conf_low": 0.1, "conf_high": 0.3, "p_adjusted": 0.0234}
    return pd.DataFrame([row] * n)


FEW = {"n": 120, "n_top": 6, "estimate": 0.06, "conf_low": 0.031, "conf_high": 0.162}


def test_enough_people_have_whole_percent_and_the_exact_p(codebook):
    shown = privacy.shown_predictions(_shares({}, {}, {}), codebook, differences=_differences(3))
    assert shown.loc[0, ["estimate", "conf_low", "conf_high"]].tolist() == [0.5, 0.43, 0.58]
    assert shown["p_shown"].tolist() == ["0.023"] * 3
    assert shown["difference"].tolist() == ["+20 (+10 to +30)"] * 3
    assert shown["apart"].all()
    assert not shown["few"].any()


def test_few_of_one_kind_are_shown_in_fives_outwards_without_a_difference(codebook):
    shares = _shares(FEW, {}, {}, {})
    shown = privacy.shown_predictions(shares, codebook, differences=_differences(4)).iloc[0]
    assert shown[["estimate", "conf_low", "conf_high"]].tolist() == [0.05, 0.0, 0.2]
    assert shown["few"]
    assert (shown["difference"], shown["p_shown"]) == ("[c]", "< 0.05")
    assert privacy.is_hidden(float(shown["raw_share"]))


@pytest.mark.parametrize(("n", "hidden"), [(99, True), (100, False)])
def test_a_category_of_which_five_percent_are_fewer_than_half_the_threshold_is_hidden(
    codebook, n, hidden
):
    shares = _shares(FEW | {"n": n}, {}, {}, {})
    shown = privacy.shown_predictions(shares, codebook, differences=_differences(4)).iloc[0]
    assert bool(privacy.is_hidden(float(shown["estimate"]))) is hidden
    assert shown["apart"] == (not hidden)
    assert (shown["p_shown"] == "[c]") is hidden


@pytest.mark.parametrize(("weight", "hidden"), [(0.5, False), (0.51, True)])
def test_a_district_that_is_more_its_own_than_everybodys_is_hidden_where_few_answered(
    codebook, weight, hidden
):
    shares = _shares(FEW, {}, {}, {}).assign(
        weight=weight, chance_lowest=0.444, chance_highest=0.222
    )
    shown = privacy.shown_predictions(shares, codebook)
    for name in ("estimate", "conf_low", "conf_high", "chance_lowest", "chance_highest"):
        assert bool(privacy.is_hidden(shown[name])[0]) is hidden, name
    assert shown["estimate"].notna()[1:].all()
    assert shown["chance_lowest"].iloc[-1] == 0.44
    assert shown["chance_highest"].iloc[-1] == 0.22


def room(rows: list[dict], hidden: np.ndarray) -> list[tuple[float, float]]:
    """Return the least and the most of each small hidden count, for who knows all the others."""
    yes, n = (np.array([row[name] for row in rows], dtype=float) for name in ("n_top", "n"))
    found = []
    for top in (yes, n - yes):
        for at in np.flatnonzero(hidden & (top < 10)):
            total = np.atleast_2d(hidden.astype(float))
            ends = [
                linprog(way * np.eye(len(n))[at], A_eq=total, b_eq=[top[hidden].sum()],
                        bounds=np.column_stack([np.zeros(len(n)), n])).x[at]
                for way in (1, -1)
            ]  # fmt: skip
            found.append((ends[0], ends[1]))
    return found


@pytest.mark.parametrize(
    "tops", [(6, 30, 40, 60, 100), (2, 3, 8, 30, 60, 100), (195, 190, 60, 100), (1, 2, 3, 199, 100)]
)
def test_unadjusted_shares_are_hidden_until_every_small_count_can_be_any(codebook, tops):
    rows = [{"n": 200, "n_top": each} for each in tops]
    shown = privacy.shown_predictions(_shares(*rows), codebook)
    hidden = privacy.is_hidden(shown["raw_share"])
    small = np.array([min(each, 200 - each) < 10 for each in tops])
    assert hidden[small].all()
    assert not hidden.all()
    found = room(rows, hidden)
    assert len(found) == small.sum()
    assert all(low <= 0 and high >= 9 for low, high in found)


def test_no_share_is_hidden_besides_that_need_not_be(codebook):
    rows = [{"n": 200, "n_top": each} for each in (6, 30, 40, 60, 100)]
    shown = privacy.shown_predictions(_shares(*rows), codebook)
    assert privacy.is_hidden(shown["raw_share"]).tolist() == [True] * 2 + [False] * 3


def test_hidden_shares_are_told_together(codebook):
    rows = [{"n": 200, "n_top": each} for each in (6, 30, 40, 60, 100)]
    shown = privacy.shown_margins(_shares(*rows), codebook)
    rest = shown[["rest_n", "rest_low", "rest_high"]]
    assert rest.iloc[:2].to_numpy().tolist() == [[400.0, 35.0, 44.0]] * 2
    assert rest.iloc[2:].isna().all(axis=None)
