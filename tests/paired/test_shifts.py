import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paired_people import UEBERSAX, indicators, patterns, people, several, tables
from scipy import stats

from analysis import paired, paths, survey
from analysis.numerics import critical_value
from analysis.paired import difference
from analysis.survey import bases
from analysis.weights import Weights, rake

NUMBERS = ["estimate", "std_error", "conf_low", "conf_high", "simultaneous_low",
           "simultaneous_high", "statistic", "p_value", "p_adjusted"]  # fmt: skip

NORMAL = pytest.approx(1.9599639845400545, rel=1e-12)


def _numbers(frame):
    return frame[NUMBERS].to_numpy(dtype=float)


def _some(cells):
    return np.sum(cells) > 1


def _weights(n, seed=3):
    return pd.Series(np.exp(np.random.default_rng(seed).normal(0, 0.5, n)))


# --- What a shift is --------------------------------------------------------------------------


def test_shifts_are_the_difference_of_the_margins():
    table = np.array(UEBERSAX)
    shifts = paired.shifts(*people(UEBERSAX))
    expected = (table.sum(axis=0) - table.sum(axis=1)) / table.sum()
    assert shifts["estimate"].to_numpy() == pytest.approx(expected)


def test_the_exact_p_is_the_doubled_binomial_tail_and_the_mid_p_less():
    used, preferred = people(UEBERSAX)
    row = paired.shifts(used, preferred).iloc[0]
    mid = paired.shifts(used, preferred, mid_p=True).iloc[0]
    assert (row["n_used_only"], row["n_preferred_only"]) == (15, 3)
    assert row["p_value"] == pytest.approx(2 * stats.binom.cdf(3, 18, 0.5))
    assert mid["p_value"] == pytest.approx(row["p_value"] - stats.binom.pmf(3, 18, 0.5))


def test_the_interval_is_that_of_bonett_and_price():
    row = paired.shifts(*people([[30, 12], [4, 54]])).iloc[0]
    used_only, preferred_only = 13 / 102, 5 / 102
    centre = preferred_only - used_only
    reach = 1.959963985 * np.sqrt((used_only + preferred_only - centre**2) / 102)
    assert row["conf_low"] == pytest.approx(centre - reach)
    assert row["conf_high"] == pytest.approx(centre + reach)


@pytest.mark.parametrize(("b", "c", "n"), [(12, 2, 50), (0, 1, 44), (20, 55, 400)])
def test_the_ends_of_tangos_interval_are_where_the_score_test_just_rejects(b, c, n):
    z = 1.96
    for end in difference.score_interval(np.array([0]), np.array([b]), np.array([c]), n, z):
        d = float(end[0])
        linear = -b - c + (2 * n - c + b) * d
        q = (np.sqrt(linear**2 + 8 * n * b * d * (1 - d)) - linear) / (4 * n)
        statistic = (c - b - n * d) / np.sqrt(n * (2 * q + d * (1 - d)))
        assert abs(statistic) == pytest.approx(z, rel=1e-9)
        log_likelihood = [
            sum(k * np.log(p) for k, p in zip((b, c, n - b - c), cells, strict=True) if k)
            for cells in ([each, each + d, 1 - 2 * each - d] for each in (q, q + 1e-5, q - 1e-5))
            if min(cells) > 0
        ]
        assert log_likelihood[0] == max(log_likelihood)


def test_a_channel_without_discordant_people_has_an_interval_all_the_same():
    row = paired.shifts(*people([[5, 2, 0], [2, 9, 0], [0, 0, 4]])).iloc[2]
    assert row["conf_low"] < -0.05 < 0.05 < row["conf_high"]
    assert (row["statistic"], row["p_value"]) == (0, 1)


@pytest.mark.parametrize("method", difference.METHODS)
def test_every_interval_turns_with_the_two_answers_and_holds_its_estimate(method):
    interval = difference.METHODS[method]
    for both, b, c, n in ((20, 12, 2, 50), (5, 0, 3, 30), (0, 1, 0, 12), (3, 4, 4, 40)):
        low, high = interval(*(np.array([each]) for each in (both, b, c)), n, 1.96)
        back_low, back_high = interval(*(np.array([each]) for each in (both, c, b)), n, 1.96)
        assert low[0] <= (c - b) / n <= high[0]
        assert (low[0], high[0]) == pytest.approx((-back_high[0], -back_low[0]))


def test_newcombes_example_has_his_limits():
    low, high = difference.square_and_add_interval(
        np.array([36]), np.array([2]), np.array([12]), 50, 1.96
    )
    assert (low[0], high[0]) == pytest.approx((0.0569, 0.3404), abs=6e-5)


# --- Simultaneous intervals -------------------------------------------------------------------


def test_one_channel_needs_no_wider_interval_and_more_channels_do():
    assert critical_value([np.eye(1)], 0.95) == NORMAL
    assert critical_value([np.eye(1)], 0.95, df=7) == pytest.approx(
        stats.t.isf(0.025, 7), rel=1e-12
    )
    independent = stats.norm.isf((1 - 0.95 ** (1 / 8)) / 2)
    assert critical_value([np.eye(8)], 0.95) == pytest.approx(independent, abs=1e-4)
    assert critical_value([np.eye(4), np.eye(4)], 0.95) == pytest.approx(independent, abs=1e-4)


def test_the_level_may_be_as_near_1_as_it_likes():
    independent = stats.norm.isf((1 - 0.99999 ** (1 / 8)) / 2)
    assert critical_value([np.eye(8)], 0.99999) == pytest.approx(independent, abs=1e-4)


def test_groups_with_a_df_have_one_spread():
    pair = np.array([[1.0, 0.5], [0.5, 1.0]])
    blocks = np.kron(np.eye(2), pair)
    together = critical_value([pair, pair], 0.95, df=20)
    assert together == critical_value([blocks], 0.95, df=20)
    assert critical_value([pair, pair], 0.95) == pytest.approx(
        critical_value([blocks], 0.95), abs=2e-4
    )


def test_a_channel_and_its_mirror_count_once():
    mirror = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert critical_value([mirror], 0.95) == NORMAL
    assert critical_value([np.diag([0.0, 1.0])], 0.99, df=12) == pytest.approx(
        stats.t.isf(0.005, 12), rel=1e-12
    )
    nearly = np.array([[1.0, -1 + 1e-12], [-1 + 1e-12, 1.0]])
    assert critical_value([nearly, np.zeros((2, 2))], 0.95) == NORMAL


def test_independent_single_statistics_have_sidaks_value():
    for number in (2, 10):
        sidak = stats.norm.isf((1 - 0.95 ** (1 / number)) / 2)
        assert critical_value([np.eye(1)] * number, 0.95) == pytest.approx(sidak, rel=1e-8)


def test_simultaneous_intervals_hold_the_pointwise_ones():
    used, preferred = people(UEBERSAX)
    weights = _weights(len(used))
    for frame in (paired.shifts(used, preferred), paired.shifts(used, preferred, weights=weights)):
        assert (frame["simultaneous_low"] < frame["conf_low"]).all()
        assert (frame["simultaneous_high"] > frame["conf_high"]).all()


# --- The global test --------------------------------------------------------------------------


@given(tables)
def test_without_weights_and_with_one_answer_the_wald_test_is_bhapkars(cells):
    if not _some(cells):
        return
    used, preferred = people(cells)
    ours, theirs = (
        paired.shift_test(used, preferred),
        paired.bhapkar(paired.counts(used, preferred)),
    )
    assert ours.df == theirs.df
    assert ours.statistic == pytest.approx(theirs.statistic, rel=1e-7, abs=1e-9)


def test_single_answers_and_their_indicators_give_the_same_result():
    used, preferred = people(UEBERSAX)
    two = [pd.get_dummies(answers, dtype=float) for answers in (used, preferred)]
    pd.testing.assert_frame_equal(paired.shifts(used, preferred), paired.shifts(*two))
    assert paired.shift_test(used, preferred) == paired.shift_test(*two)


def test_complete_agreement_is_no_evidence_weighted_or_not():
    used, preferred = people([[5, 0], [0, 7]])
    for weights in (None, _weights(12)):
        found = paired.shift_test(used, preferred, weights=weights)
        assert (found.statistic, found.df, found.p_value) == (0.0, 0, 1.0)
        rows = paired.shifts(used, preferred, weights=weights)
        assert (rows["p_value"] == 1).all()
        assert rows.notna().all().all()


# --- People who all move alike, or not at all -------------------------------------------------


def _alike(n, moved=True):
    return people([[0, n], [0, 0]] if moved else [[n, 0], [0, 0]])


@pytest.mark.parametrize("n", [2, 4, 30])
def test_if_all_move_alike_weighted_shifts_are_those_without_weights(n):
    used, preferred = _alike(n)
    plain = paired.shifts(used, preferred)
    for weights in (pd.Series(3.0, index=used.index), Weights(weights=pd.Series(3.0, used.index))):
        found = paired.shifts(used, preferred, weights=weights)
        assert found["p_value"].to_numpy() == pytest.approx(plain["p_value"].to_numpy())
        assert found["p_value"].iloc[0] == pytest.approx(2 * 0.5**n)
        assert (found["conf_high"] - found["conf_low"] > 1 / n).all()
        assert np.isfinite(_numbers(found)).all()
        t = stats.t.isf(0.025, n - 1)
        ends = difference.adjusted_wald_interval(0, np.array([n, 0]), np.array([0, n]), n, t)
        assert found["conf_low"].to_numpy() == pytest.approx(ends[0])
        assert found["conf_high"].to_numpy() == pytest.approx(ends[1])


def test_unlike_weights_of_people_who_move_alike_count_as_fewer():
    used, preferred = _alike(6)
    weights = pd.Series([1.0, 1, 1, 1, 1, 7])
    found = paired.shifts(used, preferred, weights=weights)
    assert found["p_value"].iloc[0] == pytest.approx(2 * 0.5 ** (144 / 54))


@pytest.mark.parametrize("n", [2, 30])
def test_if_nobody_moves_weighted_shifts_have_an_interval(n):
    used, preferred = _alike(n, moved=False)
    found = paired.shifts(used, preferred, weights=_weights(n))
    assert (found["estimate"] == 0).all()
    assert (found["p_value"] == 1).all()
    assert (found["conf_low"] < -1 / n).all()
    assert (found["conf_high"] > 1 / n).all()


@pytest.mark.parametrize("n", [2, 3, 5, 12])
def test_if_all_move_alike_the_global_test_has_a_finite_statistic_and_no_smaller_p_than_swaps(n):
    used, preferred = _alike(n)
    found = paired.shift_test(used, preferred)
    assert found.statistic == pytest.approx(n)
    exact = paired.permutation_test(
        used, preferred, n_permutations=2**n, rng=np.random.default_rng(1)
    )
    assert found.p_value == pytest.approx(max(exact.p_value, stats.chi2.sf(n, 1)))
    weighted = paired.shift_test(used, preferred, weights=_weights(n))
    assert weighted.statistic <= n
    assert weighted.p_value >= exact.p_value - 1e-12


def test_if_all_leave_one_channel_for_several_the_global_test_is_stuart_and_maxwells():
    used, preferred = people([[0, 4, 3], [0, 0, 0], [0, 0, 0]])
    found = paired.shift_test(used, preferred)
    known = paired.stuart_maxwell(paired.counts(used, preferred))
    assert (found.statistic, found.df) == (pytest.approx(known.statistic), known.df)
    assert found.p_value == pytest.approx(known.p_value)


@given(several)
def test_no_global_test_has_a_smaller_p_than_swapping_everybody_could_give(rows):
    used, preferred = indicators(rows)
    found = paired.shift_test(used, preferred)
    assert found.p_value >= min(1, 2 * 0.5**found.n_discordant)
    assert np.isfinite(found.statistic)


# --- Weights that know their margins ----------------------------------------------------------


def test_weights_without_margins_give_the_intervals_of_their_values():
    used, preferred = people(UEBERSAX)
    values = _weights(len(used))
    one = paired.shifts(used, preferred, weights=values)
    two = paired.shifts(used, preferred, weights=Weights(weights=values))
    assert _numbers(one) == pytest.approx(_numbers(two), rel=1e-9, abs=1e-12)
    first = paired.shift_test(used, preferred, weights=values)
    second = paired.shift_test(used, preferred, weights=Weights(weights=values))
    assert first.statistic == pytest.approx(second.statistic)


def test_a_shift_that_the_margins_tell_of_varies_less_with_raked_weights():
    used, preferred = people(UEBERSAX)
    margins = {"used": pd.Series({"k0": 50, "k1": 30, "k2": 20})}
    raked = rake(used.astype("str").to_frame("used"), margins)
    known = paired.shifts(used, preferred, weights=raked)
    unknown = paired.shifts(used, preferred, weights=raked.weights)
    assert known["estimate"].to_numpy() == pytest.approx(unknown["estimate"].to_numpy())
    assert (known["std_error"] < unknown["std_error"]).all()


def test_people_without_a_weight_and_frequencies_other_than_the_weights_are_refused():
    used, preferred = people(UEBERSAX)
    some = Weights(weights=_weights(len(used)).iloc[3:])
    with pytest.raises(ValueError, match="3 of 128 people have no weight"):
        paired.shifts(used, preferred, weights=some)
    every, times = Weights(weights=_weights(len(used))), pd.Series(2, index=used.index)
    with pytest.raises(ValueError, match="row 0 has the frequency 2, and 1 where the weights"):
        paired.shifts(used, preferred, weights=every, frequency=times)


# --- Properties -------------------------------------------------------------------------------


@given(several, st.randoms())
def test_the_order_of_people_and_channels_changes_nothing(rows, random):
    used, preferred = indicators(rows)
    people_order = random.sample(range(len(used)), len(used))
    channels = random.sample(list(used.columns), used.shape[1])
    one = paired.shifts(used, preferred).set_index("answer").loc[channels]
    moved = [each.iloc[people_order][channels] for each in (used, preferred)]
    two = paired.shifts(*moved).set_index("answer")
    left = [name for name in NUMBERS if not name.startswith("simultaneous")]
    assert one[left].to_numpy() == pytest.approx(two[left].to_numpy(), abs=1e-12)
    assert one[NUMBERS].to_numpy() == pytest.approx(two[NUMBERS].to_numpy(), abs=5e-3)
    first, second = paired.shift_test(used, preferred), paired.shift_test(*moved)
    assert first.df == second.df
    assert first.statistic == pytest.approx(second.statistic, rel=1e-8, abs=1e-9)


@given(several)
def test_swapping_the_two_answers_turns_every_shift_and_changes_no_test(rows):
    used, preferred = indicators(rows)
    weights = _weights(len(used))
    for given_weights in (None, weights):
        there = paired.shifts(used, preferred, weights=given_weights)
        back = paired.shifts(preferred, used, weights=given_weights)
        for low, high in (
            ("estimate", "estimate"),
            ("conf_low", "conf_high"),
            ("simultaneous_low", "simultaneous_high"),
        ):
            assert there[low].to_numpy() == pytest.approx(-back[high].to_numpy(), abs=1e-12)
        assert there["p_value"].to_numpy() == pytest.approx(back["p_value"].to_numpy())
    one, two = paired.shift_test(used, preferred), paired.shift_test(preferred, used)
    assert one.statistic == pytest.approx(two.statistic, rel=1e-8, abs=1e-9)


@given(several)
def test_a_channel_that_nobody_names_changes_nothing(rows):
    used, preferred = indicators(rows)
    wider = [each.assign(new=0.0) for each in (used, preferred)]
    for weights in (None, _weights(len(used))):
        one = paired.shifts(used, preferred, weights=weights)
        two = paired.shifts(*wider, weights=weights)
        columns = [name for name in NUMBERS if name != "p_adjusted"]
        assert one[columns].to_numpy() == pytest.approx(two[columns].to_numpy()[:-1], abs=1e-12)
        if weights is None or len(used) > used.shape[1]:
            first = paired.shift_test(used, preferred, weights=weights)
            second = paired.shift_test(*wider, weights=weights)
            assert first.df == second.df
            assert first.statistic == pytest.approx(second.statistic, rel=1e-8, abs=1e-9)


@given(several)
def test_counting_every_person_twice_doubles_the_wald_statistic(rows):
    used, preferred = indicators(rows)
    twice = [pd.concat([each, each], ignore_index=True) for each in (used, preferred)]
    one, two = paired.shift_test(used, preferred), paired.shift_test(*twice)
    assert two.df == one.df
    assert two.statistic == pytest.approx(2 * one.statistic, rel=1e-8, abs=1e-9)


@given(several, st.floats(1e-3, 1e4))
def test_the_unit_of_the_weights_changes_nothing(rows, unit):
    used, preferred = indicators(rows)
    weights = _weights(len(used))
    one = paired.shifts(used, preferred, weights=weights)
    two = paired.shifts(used, preferred, weights=weights * unit)
    assert _numbers(one) == pytest.approx(_numbers(two), rel=1e-9, abs=1e-9)
    if len(used) > used.shape[1]:
        first = paired.shift_test(used, preferred, weights=weights)
        second = paired.shift_test(used, preferred, weights=weights * unit)
        assert first.df == second.df
        assert first.statistic == pytest.approx(second.statistic, rel=1e-8, abs=1e-9)


@given(tables)
def test_patterns_with_their_frequency_are_the_same_as_rows(cells):
    if not _some(cells):
        return
    used, preferred = people(cells)
    kinds_used, kinds_preferred, n = patterns(cells)
    one = paired.shifts(used, preferred)
    two = paired.shifts(kinds_used, kinds_preferred, frequency=n)
    pd.testing.assert_frame_equal(one, two)
    first = paired.shift_test(used, preferred)
    assert first == paired.shift_test(kinds_used, kinds_preferred, frequency=n)


def test_patterns_with_their_frequency_and_weight_are_the_same_as_rows():
    used, preferred, n = patterns(UEBERSAX)
    weights = _weights(len(n))
    rows = np.repeat(np.arange(len(n)), n)
    each = [series.iloc[rows].reset_index(drop=True) for series in (used, preferred, weights)]
    one = paired.shifts(each[0], each[1], weights=each[2])
    two = paired.shifts(used, preferred, weights=weights, frequency=n)
    assert _numbers(one) == pytest.approx(_numbers(two), rel=1e-10)
    assert one["n"].tolist() == two["n"].tolist()


def test_each_group_has_the_shifts_of_its_people_alone():
    used, preferred = people(UEBERSAX)
    area = pd.Series(np.arange(len(used)) % 3, name="area").astype("category")
    rows = paired.shifts(used, preferred, by=area)
    assert list(rows.columns[:2]) == ["area", "answer"]
    alone = paired.shifts(used[area == 1], preferred[area == 1])
    here = rows[rows["area"] == 1].reset_index(drop=True)
    for column in ("estimate", "conf_low", "conf_high", "p_value", "n", "n_both"):
        assert here[column].to_numpy() == pytest.approx(alone[column].to_numpy())
    assert (here["simultaneous_low"] < alone["simultaneous_low"]).all()


def test_people_without_weight_or_frequency_are_not_there():
    used, preferred = people(UEBERSAX)
    area = pd.Series(["x"] * 3 + ["y", "z"] * 62 + ["y"], name="area")[: len(used)]
    weights = _weights(len(used)).where(area != "x", 0.0)
    here = area != "x"
    one = paired.shifts(used, preferred, weights=weights, by=area.astype("category"))
    two = paired.shifts(
        used[here], preferred[here], weights=weights[here], by=area[here].astype("category")
    )
    assert one["area"].tolist() == two["area"].tolist()
    assert _numbers(one) == pytest.approx(_numbers(two))
    frequency = (weights > 0).astype(int)
    left = paired.shifts(used, preferred, frequency=frequency)
    assert _numbers(left) == pytest.approx(_numbers(paired.shifts(used[here], preferred[here])))


# --- Known truth ------------------------------------------------------------------------------


def test_the_planted_shifts_of_the_default_survey_are_found():
    made = survey.load("herts_2023")
    with (paths.RAW / "herts_2023" / "simulation.toml").open("rb") as file:
        planted = tomllib.load(file)["channels"]
    base = bases.answered(made, made.responses(), ["used_last", "preferred"])
    answers = [bases.channels(made, base.frame, role) for role in ("used_last", "preferred")]
    rows = paired.shifts(*answers).set_index("answer")
    labels = made.codebook.question("preferred").labels
    for code, label in labels.items():
        used, preferred = (planted[key]["target"].get(code, 0.0) for key in ("used", "preferred"))
        row = rows.loc[label]
        assert row["simultaneous_low"] <= preferred - used <= row["simultaneous_high"], code


# --- Errors -----------------------------------------------------------------------------------


def _frame(**columns):
    return pd.DataFrame(columns, dtype=float)


@pytest.mark.parametrize(
    ("used", "preferred", "message"),
    [
        (_frame(a=[1, 0]), _frame(b=[1, 0]), r"answers \['a'\], preferred \['b'\]"),
        (_frame(a=[1, 2]), _frame(a=[1, 0]), "an indicator is 2.0"),
        (_frame(a=[1, None]), _frame(a=[1, 0]), "1 answers are missing"),
        (_frame(a=[1, 0]), _frame(a=[1]), "used holds 2 people, preferred 1"),
        (_frame(a=[1, 0]).set_axis([7, 7]),) * 2 + ("person 7 stands twice",),
        (_frame(a=[]), _frame(a=[]), "nobody answered both questions"),
        (pd.Series(["a", "b"]), pd.Series(["a", "b"]), "make them Categorical"),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_compared_are_refused(used, preferred, message):
    for function in (paired.shifts, paired.shift_test, paired.agreement, paired.reached):
        with pytest.raises(ValueError, match=message):
            function(used, preferred)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weights": pd.Series([1.0, np.inf])}, "inf is among the weights"),
        ({"weights": pd.Series([1.0, np.nan])}, "nan is among the weights"),
        ({"weights": pd.Series([1.0, -0.5])}, "-0.5 is among the weights"),
        ({"weights": pd.Series([0.0, 0.0])}, "all weights are 0"),
        ({"weights": pd.Series([1.0, 1.0], index=[5, 6])}, "weights are not those of the same"),
        ({"frequency": pd.Series([1.0, 1.5])}, "a frequency is 1.5"),
        ({"frequency": pd.Series([0, 0])}, "all frequencies are 0"),
    ],
)
def test_weights_and_frequencies_that_are_none_are_refused(options, message):
    used, preferred = _frame(a=[1, 0], b=[0, 1]), _frame(a=[0, 0], b=[1, 1])
    for function in (paired.shifts, paired.shift_test):
        with pytest.raises(ValueError, match=message):
            function(used, preferred, **options)


def test_groups_and_options_that_do_not_fit_are_refused():
    used, preferred = _frame(a=[1, 0]), _frame(a=[0, 0])
    with pytest.raises(ValueError, match="1 people are in no group"):
        paired.shifts(used, preferred, by=pd.Series(["x", None]))
    with pytest.raises(ValueError, match="the exact tests count people"):
        paired.shifts(used, preferred, weights=pd.Series([1.0, 2.0]), mid_p=True)
    area = pd.Series(["x", "y"])
    with pytest.raises(ValueError, match="x holds 1 person; weights need two"):
        paired.shifts(used, preferred, weights=pd.Series([1.0, 2.0]), by=area)
    with pytest.raises(ValueError, match="the base holds 1 person; weights need two"):
        paired.shifts(used, preferred, weights=pd.Series([0.0, 2.0]))
    with pytest.raises(ValueError, match="groups are not those of the same people"):
        paired.shifts(used, preferred, by=["x", "y"])
    with pytest.raises(ValueError, match="conf_level is 95"):
        paired.shifts(used, preferred, conf_level=95)
    with pytest.raises(ValueError, match="the answer 'a' has two columns"):
        paired.shifts(pd.concat([used, used], axis=1), pd.concat([used, used], axis=1))
    with pytest.raises(ValueError, match="weights must be numbers"):
        paired.shifts(used, preferred, weights=pd.Series(["much", "little"]))
    few = _frame(a=[1, 0], b=[0, 0]), _frame(a=[0, 1], b=[1, 1])
    with pytest.raises(ValueError, match="2 people are too few for a weighted test of 2 shifts"):
        paired.shift_test(*few, weights=pd.Series([1.0, 2.0]))
