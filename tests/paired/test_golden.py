"""The same numbers as R (versions in golden/sessionInfo.txt), from golden/make.R run by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis import paired, paths, population, survey
from analysis.groups import means_test, normal_normal
from analysis.numerics import critical_value
from analysis.paired import difference

GOLDEN = paths.ROOT / "tests" / "golden"
PARTS = (
    "ordinal.R",
    "rank.R",
    "pooled.R",
    "weights.R",
    "weighted_mixed.R",
    "multilevel.R",
    "waves.R",
    "power.R",
)
TESTS = pd.read_csv(GOLDEN / "paired_tests.csv")


@pytest.fixture(scope="module")
def cells():
    return pd.read_csv(GOLDEN / "paired_tables.csv")


@pytest.mark.parametrize("name", TESTS["table"])
def test_paired_tests_equal_coin_and_the_formulas_of_bhapkar_bowker_and_cohen(cells, name):
    table = cells[cells["table"] == name].pivot_table(index="row", columns="column", values="n")
    golden = TESTS.set_index("table").loc[name]
    homogeneity, symmetry = paired.stuart_maxwell(table), paired.bowker(table)
    assert homogeneity.statistic == pytest.approx(golden["stuart_maxwell"], rel=1e-9)
    assert homogeneity.df == golden["df_stuart_maxwell"]
    assert homogeneity.p_value == pytest.approx(golden["p_stuart_maxwell"], rel=1e-9)
    assert paired.bhapkar(table).statistic == pytest.approx(golden["bhapkar"], rel=1e-9)
    assert symmetry.statistic == pytest.approx(golden["bowker"], rel=1e-9)
    assert symmetry.df == golden["df_bowker"]
    agreement = paired.kappa(table)
    assert agreement.estimate == pytest.approx(golden["kappa"], rel=1e-9, abs=1e-12)
    assert agreement.std_error == pytest.approx(golden["se_kappa"], rel=1e-9)


def test_mcnemar_equals_r():
    for row in pd.read_csv(GOLDEN / "mcnemar.csv").itertuples():
        b, c = int(row.used_only), int(row.preferred_only)
        used = pd.DataFrame({"a": [1.0] * (b + 50) + [0.0] * (c + 60)})
        preferred = pd.DataFrame({"a": [0.0] * b + [1.0] * (50 + c) + [0.0] * 60})
        shift = paired.shifts(used, preferred).iloc[0]
        mid = paired.shifts(used, preferred, mid_p=True).iloc[0]
        assert mid["p_value"] == pytest.approx(row.mid_p, rel=1e-9)
        assert (shift["n_used_only"], shift["n_preferred_only"]) == (b, c)
        assert shift["p_value"] == pytest.approx(row.p_value, rel=1e-9)
        assert shift["statistic"] == pytest.approx(row.statistic, rel=1e-12)


def test_tangos_interval_equals_the_one_found_by_maximising_the_likelihood():
    golden = pd.read_csv(GOLDEN / "tango.csv")
    b, c, n = (golden[name].to_numpy() for name in ("used_only", "preferred_only", "n"))
    low, high = difference.score_interval(0 * b, b, c, n, 1.9599639845400545)
    assert low == pytest.approx(golden["conf_low"].to_numpy(), abs=1e-6)
    assert high == pytest.approx(golden["conf_high"].to_numpy(), abs=1e-6)


def test_critical_values_equal_those_of_mvtnorm():
    shapes = pd.read_csv(GOLDEN / "correlations.csv")
    for row in pd.read_csv(GOLDEN / "critical_values.csv").itertuples():
        here = shapes[shapes["shape"] == row.shape]
        matrix = here.pivot_table(index="row", columns="column", values="value").to_numpy()
        assert critical_value([matrix], 0.95) == pytest.approx(row.normal, abs=2e-4)
        assert critical_value([matrix], 0.95, df=20) == pytest.approx(row.t_20, abs=6e-4)


def test_quasi_symmetry_equals_glm(cells):
    golden = pd.read_csv(GOLDEN / "quasi_symmetry.csv")
    vision = cells[cells["table"] == "vision"]
    table = vision.pivot_table(index="row", columns="column", values="n").astype(int)
    found = paired.quasi_symmetry(table)
    for column in ("estimate", "std_error"):
        ours = found.answers[column].to_numpy()
        assert ours == pytest.approx(golden[column].to_numpy(), rel=1e-6)
    assert found.statistic == pytest.approx(golden.loc[0, "deviance"], rel=1e-9)
    assert found.symmetry_statistic == pytest.approx(golden.loc[0, "gain"], rel=1e-9)
    assert found.df == golden.loc[0, "df"]


@pytest.fixture(scope="module")
def weighted():
    frame = pd.read_csv(GOLDEN / "weighted_people.csv")
    kinds = pd.CategoricalDtype(sorted(frame["used"].unique()))
    return frame.astype({"used": kinds, "preferred": kinds, "area": "category"})


INTERVAL = ["estimate", "std_error", "conf_low", "conf_high"]


def test_weighted_shifts_equal_svymean(weighted):
    golden = pd.read_csv(GOLDEN / "weighted_shifts.csv")
    ours = paired.shifts(weighted["used"], weighted["preferred"], weights=weighted["weight"])
    assert ours["answer"].tolist() == golden["channel"].tolist()
    for column in INTERVAL:
        assert ours[column].to_numpy() == pytest.approx(golden[column].to_numpy(), rel=1e-6)


def test_weighted_shifts_of_each_area_equal_svymean(weighted):
    golden = pd.read_csv(GOLDEN / "weighted_by_area.csv")
    ours = paired.shifts(
        weighted["used"], weighted["preferred"], weights=weighted["weight"], by=weighted["area"]
    )
    assert ours["area"].tolist() == golden["area"].tolist()
    for column in INTERVAL:
        assert ours[column].to_numpy() == pytest.approx(
            golden[column].to_numpy(), rel=1e-6, abs=1e-12
        )


@pytest.fixture(scope="module")
def raked():
    """Return raked weights of the default survey, and the two answers by code."""
    herts = survey.load("herts_2023")
    responses = herts.responses()
    codes = _turned(herts.codebook.question("preferred").labels)
    both = responses.dropna(subset=["used_last", "preferred"])
    found = population.weigh(herts, responses)
    both = both[both.index.isin(found.full.weights.index)]
    kinds = pd.CategoricalDtype(pd.read_csv(GOLDEN / "raked_shifts.csv")["channel"].unique())
    for name in ("used_last", "preferred"):
        both[name] = both[name].astype("str").map(codes).astype(kinds)
    return found.full, both, herts.codebook.question("district").labels


def _turned(labels):
    return {label: code for code, label in labels.items()}


def test_shifts_under_raked_weights_equal_svymean_of_the_raked_design(raked):
    golden = pd.read_csv(GOLDEN / "raked_shifts.csv", keep_default_na=False)
    weights, both, districts = raked
    assert set(golden["district"]) == {"", *both["district"].map(_turned(districts)).dropna()}
    for code, rows in golden.groupby("district"):
        here = both[both["district"] == districts[code]] if code else both
        ours = paired.shifts(here["used_last"], here["preferred"], weights=weights)
        for column in ("estimate", "std_error"):
            assert ours[column].to_numpy() == pytest.approx(rows[column].to_numpy(), abs=1e-8)


def test_shifts_of_groups_under_raked_weights_are_those_of_each_group(raked):
    weights, both, _ = raked
    told = both.dropna(subset=["district"])
    rows = paired.shifts(told["used_last"], told["preferred"], weights=weights, by=told["district"])
    for district, part in rows.groupby("district", observed=True):
        here = told[told["district"] == district]
        alone = paired.shifts(here["used_last"], here["preferred"], weights=weights)
        for column in INTERVAL:
            assert part[column].to_numpy() == pytest.approx(alone[column].to_numpy())


def test_the_global_test_under_raked_weights_equals_wald_of_svymean(raked):
    golden = pd.read_csv(GOLDEN / "raked_shift_test.csv").iloc[0]
    weights, both, _ = raked
    ours = paired.shift_test(both["used_last"], both["preferred"], weights=weights)
    assert (ours.df, ours.df_denominator) == (golden["df"], golden["df_denominator"])
    assert ours.statistic == pytest.approx(golden["statistic"], rel=1e-6)
    assert ours.p_value == pytest.approx(golden["p_value"], rel=1e-5)


def test_the_weighted_global_test_equals_regtermtest(weighted):
    golden = pd.read_csv(GOLDEN / "weighted_test.csv").iloc[0]
    ours = paired.shift_test(weighted["used"], weighted["preferred"], weights=weighted["weight"])
    assert (ours.df, ours.df_denominator) == (golden["df"], golden["df_denominator"])
    assert ours.statistic == pytest.approx(golden["statistic"], rel=1e-6)
    assert ours.p_value == pytest.approx(golden["p_value"], rel=1e-6)


def test_the_comparison_of_areas_equals_coins_quadratic_test(weighted):
    golden = pd.read_csv(GOLDEN / "between_areas.csv").iloc[0]
    values = sum(
        sign * pd.get_dummies(weighted[name], dtype=float).to_numpy()
        for sign, name in ((1, "preferred"), (-1, "used"))
    )
    found = means_test(values, weighted["area"].cat.codes.to_numpy())
    assert found.statistic * golden["df"] / found.df == pytest.approx(golden["statistic"], rel=1e-9)
    assert found.p_value == pytest.approx(golden["p_permutation"], abs=5e-3)


def test_the_spread_equals_reml_of_metafor_and_the_shrunken_groups_an_integral():
    for _, group in pd.read_csv(GOLDEN / "shrinkage.csv").groupby("set"):
        found = normal_normal(group["y"].to_numpy(), group["v"].to_numpy())
        scale = np.sqrt(group["v"].mean())
        assert found.spread["estimate"] == pytest.approx(
            group["tau"].iloc[0], rel=1e-5, abs=1e-4 * scale
        )
        assert found.groups["estimate"].to_numpy() == pytest.approx(
            group["posterior"].to_numpy(), abs=3e-4 * scale
        )


def test_every_golden_file_is_made_by_the_script():
    scripts = [(GOLDEN / name).read_text("utf-8") for name in ("make.R", *PARTS)]
    for part in PARTS:
        assert f'source(file.path(folder, "{part}"))' in scripts[0]
    made = set("".join(scripts).split('"'))
    made |= set((GOLDEN / "recomputed.py").read_text("utf-8").split('"'))
    files = {path.name for path in GOLDEN.glob("*.csv")}
    assert files <= made
    assert np.isfinite(TESTS["stuart_maxwell"]).all()
