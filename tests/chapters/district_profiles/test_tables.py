"""Tables of districts mark what is hidden, and count people beside a known population."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import population, survey
from analysis.chapters.district_profiles import tables
from analysis.privacy import HIDDEN_NUMBER

ROW = {
    "level": "North", "measure": "Content", "unit": "percent", "estimate": 0.5, "conf_low": 0.4,
    "conf_high": 0.6, "overall": 0.45, "gap": 0.05, "gap_low": -0.04, "gap_high": 0.13, "n": 80,
    "n_low": None, "n_high": None,
    "residents": None, "residents_low": None, "residents_high": None,
}  # fmt: skip


def _text(**numbers: float) -> dict:
    return tables.as_text(pd.DataFrame([ROW | numbers])).iloc[0].to_dict()


def test_shares_are_percent_and_gaps_are_points():
    assert _text() == {
        "level": "North", "measure": "Content", "estimate": "50% (40% to 60%)", "overall": "45%",
        "gap": "+5 (-4 to +13)", "n": 80, "n_low": None, "n_high": None,
    }  # fmt: skip


@pytest.mark.parametrize(("missing", "shown"), [(HIDDEN_NUMBER, "[c]"), (float("nan"), "[x]")])
def test_a_gap_says_why_it_is_not_there(missing, shown):
    assert _text(gap=missing)["gap"] == shown
    assert _text(gap=missing)["estimate"] == "50% (40% to 60%)"


def test_residents_stand_beside_where_any_are_estimated():
    ends = {"residents_low": 0.3, "residents_high": 0.62}
    assert _text(residents=0.48, **ends)["residents"] == "48% (30% to 62%)"
    assert "residents" not in _text(residents=HIDDEN_NUMBER)
    rows = pd.DataFrame([ROW | ends | {"residents": each} for each in (0.48, HIDDEN_NUMBER)])
    assert tables.as_text(rows)["residents"].tolist() == ["48% (30% to 62%)", "[c]"]


def test_a_hidden_estimate_is_marked():
    assert _text(estimate=HIDDEN_NUMBER)["estimate"] == "[c]"


@pytest.mark.parametrize("weighing", [None, SimpleNamespace(full=None)])
def test_people_are_counted_alone_where_their_population_is_not_known(weighing):
    people = pd.Series({"North": 40.0, "South": HIDDEN_NUMBER})
    rows = tables.people_by_district(people, weighing, None, None)
    assert rows.columns.tolist() == ["level", "n_rounded"]
    assert rows["level"].tolist() == ["North", "South"]


def test_people_stand_beside_their_population_where_it_is_known():
    herts = survey.load("herts_2023")
    responses = herts.responses()
    weighing = population.weigh(herts, responses)
    rows = tables.people_by_district(pd.Series(dtype=float), weighing, responses, herts.codebook)
    assert rows.columns.tolist() == ["level", "n_rounded", "population_share", "rate"]
    assert set(rows["level"]) <= set(responses["district"].cat.categories)
    assert rows["population_share"].sum() == pytest.approx(1)
