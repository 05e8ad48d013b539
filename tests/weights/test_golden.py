"""Raking, weighted shares and tests equal those of R's survey, from golden/weights.R."""

import numpy as np
import pandas as pd
import pytest
from golden import public_tables

from analysis import paths, population, proportions, survey, weights

GOLDEN = paths.ROOT / "tests" / "golden"


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="module")
def raked(herts, responses):
    return population.weigh(herts, responses).full


@pytest.fixture(scope="module")
def housing():
    cells = public_tables.housing()
    people = cells.loc[cells.index.repeat(cells["Freq"])].reset_index(drop=True)
    margins = {
        "Type": pd.Series({"Tower": 3000, "Apartment": 3000, "Atrium": 2500, "Terrace": 1500}),
        "Cont": pd.Series({"Low": 6000, "High": 4000}),
        "Infl": pd.Series({"Low": 2000, "Medium": 5000, "High": 3000}),
    }
    return people, margins


def test_raked_weights_equal_rake(raked, responses):
    golden = pd.read_csv(GOLDEN / "raked_weights.csv").set_index("raw_row")
    rows = responses.loc[raked.weights.index, "raw_row"]
    assert raked.weights.to_numpy() == pytest.approx(golden.loc[rows, "weight"], rel=1e-8)
    cut = weights.trim(raked, upper=3)
    assert cut.weights.to_numpy() == pytest.approx(golden.loc[rows, "trimmed"], rel=1e-8)


def test_margins_that_one_person_links_are_raked_as_by_calibrate():
    golden = pd.read_csv(GOLDEN / "raked_linked.csv")
    margins = {"a": pd.Series({"f": 500, "m": 500}), "b": pd.Series({"y": 500.5, "o": 499.5})}
    found = weights.rake(golden[["a", "b"]], margins)
    assert found.weights.to_numpy() == pytest.approx(golden["weight"].to_numpy(), rel=1e-8)


def test_the_margins_are_hit(raked):
    miss = raked.margins["weighted"] / raked.margins["population"] - 1
    assert miss.abs().max() < 1e-8


def _codes(herts, role):
    return herts.codebook.question(role).labels


@pytest.mark.parametrize("question", ["video_use", "visibility", "satisfaction"])
def test_weighted_shares_equal_svymean_and_svyciprop(question, herts, responses, raked):
    golden = pd.read_csv(GOLDEN / "raked_shares.csv", keep_default_na=False)
    golden = golden[golden["question"] == question]
    people = responses.loc[raked.weights.index]
    answers = people[question].dropna()
    labels, places = _codes(herts, question), _codes(herts, "district")
    whole = proportions.shares(answers, weights=raked, method="logit").set_index("answer")
    parts = proportions.shares(answers, by=people["district"], weights=raked, method="logit")
    parts = parts.set_index(["level", "answer"])
    assert len(golden) == 15
    for row in golden.itertuples():
        at = labels[row.answer]
        mine = parts.loc[(places[row.level], at)] if row.level else whole.loc[at]
        assert mine["estimate"] == pytest.approx(row.estimate, rel=1e-8)
        assert mine["std_error"] == pytest.approx(row.std_error, rel=1e-6)
        assert mine["conf_low"] == pytest.approx(row.logit_low, rel=1e-6)
        assert mine["conf_high"] == pytest.approx(row.logit_high, rel=1e-6)
        assert mine["n"] == row.n


def test_korn_and_graubards_interval_equals_svyciprop(responses, raked):
    golden = pd.read_csv(GOLDEN / "raked_beta.csv").iloc[0]
    yes = responses.loc[raked.weights.index, "contacted"] == "Yes"
    mine = proportions.shares(yes, weights=raked).iloc[0]
    for name in ("estimate", "std_error", "conf_low", "conf_high"):
        assert mine[name] == pytest.approx(golden[name], rel=1e-7)


@pytest.mark.parametrize("by", ["district", "age"])
def test_rao_and_scotts_test_equals_svychisq(by, responses, raked):
    name = {"district": "place_told", "age": "age_told"}[by]
    golden = pd.read_csv(GOLDEN / "raked_chisq.csv").set_index("by").loc[name]
    people = responses.loc[raked.weights.index]
    found = proportions.rao_scott(people["video_use"].dropna(), people[by], weights=raked)
    assert found.statistic == pytest.approx(golden["statistic"], rel=1e-6)
    assert found.df == pytest.approx(golden["df"], rel=1e-6)
    assert found.df_denominator == pytest.approx(golden["df_denominator"], rel=1e-6)
    assert found.p_value == pytest.approx(golden["p_value"], rel=1e-5)


def test_shares_after_trimming_equal_svymean_of_trimmed_weights(herts, responses, raked):
    golden = pd.read_csv(GOLDEN / "raked_trimmed.csv")
    people, cut = responses.loc[raked.weights.index], weights.trim(raked, upper=3)
    here = people["district"] == _codes(herts, "district")[golden["share"][1]]
    for yes, row in zip((people["contacted"] == "Yes", here), golden.itertuples(), strict=True):
        mine = proportions.shares(yes, weights=cut).iloc[0]
        assert mine["estimate"] == pytest.approx(row.estimate, rel=1e-8)
        assert mine["std_error"] == pytest.approx(row.std_error, rel=1e-6)


def test_a_public_table_raked_to_three_margins_equals_rake(housing):
    people, margins = housing
    raked = weights.rake(people, margins)
    golden = pd.read_csv(GOLDEN / "raked_housing.csv")
    mine = people[list(margins)].assign(weight=raked.weights).drop_duplicates()
    both = golden.merge(mine, on=list(margins), suffixes=("_r", ""))
    assert len(both) == len(golden) == 24
    assert both["weight"].to_numpy() == pytest.approx(both["weight_r"], rel=1e-8)


def test_shares_of_a_public_table_equal_svymean_svyciprop_and_svychisq(housing):
    people, margins = housing
    raked = weights.rake(people, margins)
    golden = pd.read_csv(GOLDEN / "raked_housing_shares.csv")
    answers = people["Sat"].astype(pd.CategoricalDtype(list(golden["answer"])))
    for method, ends in (("logit", "logit"), ("korn_graubard", "beta")):
        mine = proportions.shares(answers, weights=raked, method=method)
        assert mine["estimate"].to_numpy() == pytest.approx(golden["estimate"], rel=1e-8)
        assert mine["std_error"].to_numpy() == pytest.approx(golden["std_error"], rel=1e-6)
        assert mine["conf_low"].to_numpy() == pytest.approx(golden[f"{ends}_low"], rel=1e-6)
        assert mine["conf_high"].to_numpy() == pytest.approx(golden[f"{ends}_high"], rel=1e-6)
    found = proportions.rao_scott(answers, people["Type"].astype("category"), weights=raked)
    assert found.statistic == pytest.approx(golden["statistic"][0], rel=1e-6)
    assert found.p_value == pytest.approx(golden["p_value"][0], rel=1e-5)


def test_supplied_weights_equal_svymean_svyciprop_and_svychisq(ape11):
    golden = pd.read_csv(GOLDEN / "supplied_shares.csv").set_index("by")
    raw = ape11.read_raw()
    raw = raw[raw["Q8"].isin([*"1234"])]
    own = weights.Weights(weights=raw["wts"].astype(float))
    yes, row = raw["Q8"].isin(["1", "2"]), golden.iloc[0]
    for method, ends in (("logit", "logit"), ("korn_graubard", "beta")):
        mine = proportions.shares(yes, weights=own, method=method).iloc[0]
        assert mine["estimate"] == pytest.approx(row["estimate"], rel=1e-9)
        assert mine["std_error"] == pytest.approx(row["std_error"], rel=1e-9)
        assert mine["conf_low"] == pytest.approx(row[f"{ends}_low"], rel=1e-7)
        assert mine["conf_high"] == pytest.approx(row[f"{ends}_high"], rel=1e-7)
    for by, column in (("district", "gor"), ("age", "agegroups")):
        found = proportions.rao_scott(
            raw["Q8"].astype("category"), raw[column].astype("category"), weights=own
        )
        for name in ("statistic", "df", "df_denominator", "p_value"):
            assert getattr(found, name) == pytest.approx(golden.loc[by, name], rel=1e-7)


def test_kishs_design_effect_is_its_formula(raked):
    w = raked.weights.to_numpy()
    assert raked.design_effect == pytest.approx(1 + np.var(w) / np.mean(w) ** 2, rel=1e-12)
