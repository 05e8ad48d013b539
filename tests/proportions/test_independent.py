"""Differences of independent samples: the numbers of R (golden/waves.R), and what must hold."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analysis import margins, ordinal, paired, paths, proportions, weights

GOLDEN = paths.ROOT / "tests" / "golden"
CHANNELS = pd.CategoricalDtype(["phone", "web", "desk"])
TOWNS = (
    {"north": 4000, "south": 3500, "west": 2500},
    {"north": 4100, "south": 3700, "west": 2200},
)
AGES = (
    {"young": 3300, "middle": 3600, "old": 3100},
    {"young": 3200, "middle": 3500, "old": 3300},
)


@pytest.fixture(scope="module")
def people():
    frame = pd.read_csv(GOLDEN / "waves_people.csv", dtype="str")
    kinds = {
        "used": CHANNELS,
        "preferred": CHANNELS,
        "area": pd.CategoricalDtype(["north", "south", "west"]),
        "wave": pd.CategoricalDtype(["w1", "w2"]),
        "rating": pd.CategoricalDtype(["bad", "poor", "good", "best"], ordered=True),
    }
    return frame.astype(kinds).assign(good=frame["rating"].isin(["good", "best"]))


def values(frame):
    """Return everything whose mean is compared: shares, and steps from use to preference."""
    used, preferred = (pd.get_dummies(frame[name], dtype=float) for name in ("used", "preferred"))
    return pd.concat(
        [
            frame["good"].astype(float),
            used.add_prefix("used_"),
            (preferred - used).add_prefix("shift_"),
        ],
        axis=1,
    )


def raked(people):
    """Return each wave's people with weights raked to its own margins."""
    found = []
    for wave, towns, ages in zip(("w1", "w2"), TOWNS, AGES, strict=True):
        mine = people[people["wave"] == wave]
        table = mine[["area", "age"]].astype("str")
        found.append(
            (mine, weights.rake(table, {"area": pd.Series(towns), "age": pd.Series(ages)}))
        )
    return found


def assert_equals(rows, golden):
    for name in ("first", "second", "estimate"):
        assert rows[name].to_numpy() == pytest.approx(golden[name].to_numpy(), abs=1e-8)
    assert rows["std_error"].to_numpy() == pytest.approx(golden["std_error"].to_numpy(), rel=1e-5)


def test_newcombes_interval_is_that_of_r_and_of_his_paper():
    golden = pd.read_csv(GOLDEN / "waves_counts.csv")
    for row in golden.itertuples():
        counts = ((row.x1, row.n1), (row.x2, row.n2))
        yes = pd.Series(np.concatenate([np.arange(n) < x for x, n in counts]))
        second = pd.Series(np.repeat([False, True], [n for _, n in counts]))
        found = proportions.compare(yes.astype(float).to_frame("yes"), second).iloc[0]
        wilson = [(x / n, *proportion_confint(x, n, method="wilson")) for x, n in counts]
        added = proportions.square_and_add(*wilson)
        for name, other in (("conf_low", added[0]), ("conf_high", added[1])):
            assert found[name] == pytest.approx(getattr(row, name), abs=1e-9)
            assert float(other) == pytest.approx(getattr(row, name), abs=1e-9)
        assert found["p_value"] == pytest.approx(row.p_value, rel=1e-6)
    paper = golden.iloc[0]  # 56 of 70 against 48 of 80, table II of the paper
    assert paper[["conf_low", "conf_high"]].round(4).tolist() == [0.0524, 0.3339]


def test_weighted_changes_equal_one_design_raked_within_waves(people):
    estimates = [
        proportions.linearised_means(values(mine), weights=made) for mine, made in raked(people)
    ]
    found = proportions.independent_differences(*estimates)
    golden = pd.read_csv(GOLDEN / "waves_raked.csv")
    assert found["answer"].tolist() == golden["measure"].tolist()
    assert_equals(found, golden)


def test_weighted_changes_of_a_part_of_the_people_equal_those_of_r(people):
    estimates = [
        proportions.linearised_means(values(mine[mine["used"] == "web"])[["good"]], weights=made)
        for mine, made in raked(people)
    ]
    assert_equals(
        proportions.independent_differences(*estimates), pd.read_csv(GOLDEN / "waves_domain.csv")
    )


def test_changes_of_shifts_equal_welchs_test_and_the_joined_intervals_of_r(people):
    golden = pd.read_csv(GOLDEN / "waves_shifts.csv")
    names = [f"shift_{each}" for each in CHANNELS.categories]
    parts = [people[people["wave"] == wave] for wave in ("w1", "w2")]
    found = proportions.independent_differences(
        *(proportions.linearised_means(values(each)[names]) for each in parts)
    )
    assert_equals(found, golden)
    for name, other in (("df", "df"), ("p_value", "p_value"), ("conf_low", "t_low"),
                        ("conf_high", "t_high")):  # fmt: skip
        assert found[name].to_numpy() == pytest.approx(golden[other].to_numpy(), rel=1e-6)
    shifts = [paired.shifts(each["used"], each["preferred"]) for each in parts]
    ends = [tuple(each[name] for name in ("estimate", "conf_low", "conf_high")) for each in shifts]
    low, high = proportions.square_and_add(*ends)
    assert low == pytest.approx(golden["conf_low"].to_numpy(), abs=1e-9)
    assert high == pytest.approx(golden["conf_high"].to_numpy(), abs=1e-9)


def test_the_wave_in_the_ordinal_model_equals_that_of_clm(people):
    golden = pd.read_csv(GOLDEN / "waves_satisfaction.csv").iloc[0]
    full = ordinal.fit("rating ~ wave + used + area", people)
    rest = ordinal.fit("rating ~ used + area", people)
    wave = full.coefficients.set_index("term").loc["wave[T.w2]"]
    assert wave["estimate"] == pytest.approx(golden["coefficient"], rel=1e-5)
    assert wave["std_error"] == pytest.approx(golden["std_error"], rel=1e-5)
    test = ordinal.compare(full, rest)
    assert test.statistic == pytest.approx(golden["lr"], rel=1e-6)
    shares = margins.predicted_shares(full, "wave", answers=["good", "best"]).frame()
    assert shares["estimate"].tolist() == pytest.approx(
        [golden["first"], golden["second"]], rel=1e-5
    )


def test_swapping_the_samples_turns_the_difference_round(people):
    estimates = [
        proportions.linearised_means(values(mine), weights=made) for mine, made in raked(people)
    ]
    one = proportions.independent_differences(*estimates)
    other = proportions.independent_differences(*estimates[::-1])
    assert one["conf_low"].to_numpy() == pytest.approx(-other["conf_high"].to_numpy(), abs=1e-14)
    assert one["p_value"].to_numpy() == pytest.approx(other["p_value"].to_numpy(), rel=1e-12)


def test_samples_that_do_not_vary_have_no_interval_and_other_answers_are_refused():
    alike = [pd.DataFrame({"a": [1.0] * 20}), pd.DataFrame({"a": [0.0] * 20})]
    row = proportions.independent_differences(
        *(proportions.linearised_means(each) for each in alike)
    ).iloc[0]
    assert row["estimate"] == -1.0
    assert row[["std_error", "conf_low", "conf_high", "p_value"]].isna().all()
    other = proportions.linearised_means(alike[0].rename(columns={"a": "b"}))
    with pytest.raises(ValueError, match=r"the first sample has \['a'\], the second \['b'\]"):
        proportions.independent_differences(proportions.linearised_means(alike[0]), other)
