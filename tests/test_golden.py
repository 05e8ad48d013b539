"""The same numbers as R (versions in golden/sessionInfo.txt), from golden/make.R run by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import margins, ordinal, paired

GOLDEN = Path(__file__).parent / "golden"
TESTS = pd.read_csv(GOLDEN / "paired_tests.csv")
ANSWERS = ["poor", "fair", "good", "best"]


@pytest.fixture(scope="module")
def cells():
    return pd.read_csv(GOLDEN / "paired_tables.csv")


@pytest.mark.parametrize("name", TESTS["table"])
def test_paired_tests_equal_coin_and_the_formula_of_bowker(cells, name):
    table = cells[cells["table"] == name].pivot_table(index="row", columns="column", values="n")
    golden = TESTS.set_index("table").loc[name]
    homogeneity, symmetry = paired.stuart_maxwell(table), paired.bowker(table)
    assert homogeneity.statistic == pytest.approx(golden["stuart_maxwell"], rel=1e-9)
    assert homogeneity.p_value == pytest.approx(golden["p_stuart_maxwell"], rel=1e-9)
    assert symmetry.statistic == pytest.approx(golden["bowker"], rel=1e-9)
    assert symmetry.df == golden["df_bowker"]


def test_mcnemar_equals_r():
    for row in pd.read_csv(GOLDEN / "mcnemar.csv").itertuples():
        b, c = int(row.used_only), int(row.preferred_only)
        used = pd.DataFrame({"a": [1.0] * (b + 50) + [0.0] * (c + 60)})
        preferred = pd.DataFrame({"a": [0.0] * b + [1.0] * (50 + c) + [0.0] * 60})
        shift = paired.shifts(used, preferred).iloc[0]
        assert (shift["n_used_only"], shift["n_preferred_only"]) == (b, c)
        assert shift["p_value"] == pytest.approx(row.p_value, rel=1e-9)
        assert shift["statistic"] == pytest.approx(row.statistic, rel=1e-12)


@pytest.fixture(scope="module")
def people():
    frame = pd.read_csv(GOLDEN / "clm_people.csv")
    return frame.assign(
        channel=frame["channel"].astype("category"),
        district=frame["district"].astype("category"),
        rating=pd.Categorical(frame["rating"], categories=ANSWERS, ordered=True),
    )


@pytest.fixture(scope="module")
def fitted(people):
    return ordinal.fit("rating ~ channel + district", people)


def test_the_cumulative_logit_model_equals_clm(fitted):
    golden = pd.read_csv(GOLDEN / "clm.csv")
    ours = pd.concat([fitted.thresholds, fitted.coefficients])
    names = [term.replace("[T.", "").rstrip("]").replace(" | ", "|") for term in ours["term"]]
    assert names == golden["term"].tolist()
    assert ours["estimate"].to_numpy() == pytest.approx(golden["estimate"].to_numpy(), rel=1e-6)
    assert ours["std_error"].to_numpy() == pytest.approx(golden["std_error"].to_numpy(), rel=1e-5)
    assert fitted.log_likelihood == pytest.approx(golden.loc[0, "log_likelihood"], rel=1e-10)


def test_the_likelihood_ratio_test_equals_anova_of_clm(people, fitted):
    golden = pd.read_csv(GOLDEN / "clm_anova.csv").iloc[0]
    test = ordinal.compare(fitted, ordinal.fit("rating ~ district", people))
    assert test.statistic == pytest.approx(golden["statistic"], rel=1e-7)
    assert test.df == golden["df"]
    assert test.p_value == pytest.approx(golden["p_value"], rel=1e-6)


def test_the_predicted_share_equals_that_of_clm(people, fitted):
    golden = pd.read_csv(GOLDEN / "margin.csv").iloc[0]
    rows = margins.top_share(fitted, people, ["channel"]).set_index("level")
    assert rows.loc[golden["level"], "estimate"] == pytest.approx(golden["share"], rel=1e-7)


def test_every_golden_file_is_made_by_the_script():
    made = set((GOLDEN / "make.R").read_text("utf-8").split('"'))
    files = {path.name for path in GOLDEN.glob("*.csv")}
    assert files <= made
    assert np.isfinite(TESTS["stuart_maxwell"]).all()
