import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paired_people import UEBERSAX, VISION, people, square, tables
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable

from analysis import paired

TESTS = (paired.stuart_maxwell, paired.bhapkar, paired.bowker)


def _close(one, two):
    return one.statistic == pytest.approx(two.statistic, rel=1e-9, abs=1e-9) and one.df == two.df


@pytest.mark.parametrize(
    ("cells", "test", "statistic", "df"),
    [
        (VISION, paired.stuart_maxwell, 11.95657, 3),
        (UEBERSAX, paired.stuart_maxwell, 13.76471, 2),
        (UEBERSAX, paired.bhapkar, 15.42327, 2),
        (UEBERSAX, paired.bowker, 13.76923, 3),
        ([[794, 150], [86, 570]], paired.stuart_maxwell, 17.35593, 1),
    ],
)
def test_published_tables_give_the_published_results(cells, test, statistic, df):
    result = test(square(cells))
    assert result.statistic == pytest.approx(statistic, abs=1e-5)
    assert result.df == df


@given(tables)
def test_two_tests_equal_statsmodels_where_no_cell_is_empty(cells):
    table = square(cells) + 1
    theirs = SquareTable(table, shift_zeros=False)
    for name, ours in (("stuart_maxwell", paired.stuart_maxwell), ("bhapkar", paired.bhapkar)):
        assert _close(ours(table), theirs.homogeneity(method=name))


@given(tables, st.randoms())
def test_the_order_of_the_channels_changes_nothing(cells, random):
    table = square(cells)
    order = random.sample(list(table.index), len(table))
    for test in TESTS:
        assert _close(test(table), test(table.loc[order, order]))


@given(tables)
def test_swapping_the_two_answers_changes_no_test(cells):
    table = square(cells)
    for test in TESTS:
        assert _close(test(table), test(table.T))


@given(tables)
def test_a_channel_that_nobody_names_changes_no_test(cells):
    table = square(cells)
    wider = table.reindex(
        index=[*table.index, "new"], columns=[*table.columns, "new"], fill_value=0
    )
    for test in TESTS:
        assert _close(test(table), test(wider))
        assert test(table).n == test(wider).n


@given(tables)
def test_counting_every_person_twice_doubles_the_statistic(cells):
    table = square(cells)
    for test in TESTS:
        once, twice = test(table), test(2 * table)
        assert twice.statistic == pytest.approx(2 * once.statistic, rel=1e-9, abs=1e-9)
        assert twice.df == once.df


def test_complete_agreement_is_no_evidence_and_no_nan():
    for test in TESTS:
        result = test(square([[5, 0], [0, 7]]))
        assert (result.statistic, result.df, result.p_value) == (0.0, 0, 1.0)


def test_the_rank_does_not_depend_on_how_large_the_counts_are():
    cells = np.zeros((4, 4), dtype=int)
    cells[0, 1], cells[1, 0], cells[2, 3] = 10**9, 10**9 + 5 * 10**4, 1
    result = paired.stuart_maxwell(square(cells))
    assert result.df == 2
    expected = (5 * 10**4) ** 2 / (2 * 10**9 + 5 * 10**4) + 1
    assert result.statistic == pytest.approx(expected, rel=1e-12)


def test_a_category_with_equal_margins_still_counts():
    cells = [[5, 3, 2], [2, 9, 8], [3, 1, 7]]
    assert np.sum(cells, axis=0)[0] == np.sum(cells, axis=1)[0]
    assert paired.stuart_maxwell(square(cells)).df == 2


@pytest.mark.parametrize("n", [2, 5, 9])
def test_if_everybody_moved_alike_bhapkars_p_is_at_least_the_exact_one(n):
    result = paired.bhapkar(square([[0, n], [0, 0]]))
    assert (result.statistic, result.df) == (n, 1)
    assert result.p_value == max(2 * 0.5**n, stats.chi2.sf(n, 1))
    assert paired.stuart_maxwell(square([[0, 9], [0, 0]])).statistic == pytest.approx(9)


def test_bowker_counts_only_pairs_of_channels_that_somebody_exchanged():
    assert paired.bowker(square([[5, 4, 0], [1, 7, 0], [0, 0, 9]])).df == 1


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (square([[1, -2], [3, 4]]), "-2.0 is not a count"),
        (square([[1, float("nan")], [3, 4]]), "nan is not a count"),
        (square([[1, 2.5], [3, 4]]), "2.5 is not a count"),
        (square([[1, 2], [3, 4]]).set_axis(["x", "y"], axis=1), "same labels in the same order"),
    ],
)
def test_a_table_that_is_none_is_refused(table, message):
    for function in (*TESTS, paired.kappa, paired.quasi_symmetry):
        with pytest.raises(ValueError, match=message):
            function(table)


def test_the_table_has_every_category_in_its_order():
    used, preferred = people([[0, 2, 0], [0, 0, 0], [1, 0, 0]])
    table = paired.counts(used, preferred)
    assert table.to_numpy().tolist() == [[0, 2, 0], [0, 0, 0], [1, 0, 0]]
    other = preferred.cat.set_categories(["k2", "k1", "k0"])
    with pytest.raises(ValueError, match="give both the same list"):
        paired.counts(used, other)


# --- Agreement --------------------------------------------------------------------------------


def test_complete_agreement_has_kappa_1_and_still_an_interval():
    found = paired.kappa(square([[10, 0], [0, 10]]))
    assert (found.estimate, found.conf_high) == (1.0, 1.0)
    assert 0.5 < found.conf_low < 0.9


def test_complete_disagreement_has_an_interval_too():
    found = paired.kappa(square([[0, 5], [5, 0]]))
    assert found.estimate == found.conf_low == -1.0
    assert -1 < found.conf_high < 0


def test_kappa_has_no_value_where_one_question_has_one_answer():
    with pytest.raises(ValueError, match="all 52 people gave the answer 'k0'"):
        paired.kappa(square([[40, 12], [0, 0]]))


def test_kappa_has_no_value_where_everybody_gave_one_answer():
    with pytest.raises(ValueError, match="all 7 people gave the answer 'k1'"):
        paired.kappa(square([[0, 0], [0, 7]]))
    with pytest.raises(ValueError, match="the table holds nobody"):
        paired.kappa(square([[0, 0], [0, 0]]))


@given(tables)
def test_kappa_does_not_depend_on_which_answer_comes_first(cells):
    table = square(cells) + 1
    one, two = paired.kappa(table), paired.kappa(table.T)
    assert one.estimate == pytest.approx(two.estimate)
    assert one.conf_low == pytest.approx(two.conf_low)
    assert -1 <= one.conf_low <= one.estimate <= one.conf_high <= 1


def test_people_with_several_answers_agree_only_if_all_of_them_do():
    used = pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 0]})
    preferred = pd.DataFrame({"a": [1, 1, 0], "b": [0, 0, 0]})
    assert paired.agreement(used, preferred).n_yes == 2


def test_what_was_reached_is_counted_among_those_who_prefer_it():
    rows = paired.reached(*people(UEBERSAX)).set_index("answer")
    assert rows["n"].tolist() == [23, 45, 60]
    assert rows["estimate"].tolist() == pytest.approx([20 / 23, 30 / 45, 40 / 60])


def test_a_channel_that_nobody_prefers_has_no_share_that_reached_it():
    row = paired.reached(*people([[3, 0], [2, 0]])).iloc[1]
    assert row["n"] == 0
    assert row[["estimate", "conf_low", "conf_high"]].isna().all()


# --- Quasi-symmetry ---------------------------------------------------------------------------


def test_the_pulls_reproduce_the_margins_of_those_who_moved():
    found = paired.quasi_symmetry(square(VISION))
    pull = found.answers.set_index("answer")["estimate"].to_numpy()
    moved = np.array(VISION) - np.diag(np.diag(VISION))
    chance = 1 / (1 + np.exp(pull[:, None] - pull[None, :]))
    fitted = (moved + moved.T) * chance
    np.fill_diagonal(fitted, 0)
    assert fitted.sum(axis=0) == pytest.approx(moved.sum(axis=0), rel=1e-8)


def test_three_tests_of_symmetry_add_up():
    found = paired.quasi_symmetry(square(VISION))
    cells = np.array(VISION, dtype=float)
    upper = np.triu_indices(4, 1)
    there, back = cells[upper], cells.T[upper]
    half = (there + back) / 2
    symmetry = 2 * (there * np.log(there / half) + back * np.log(back / half)).sum()
    assert found.statistic + found.symmetry_statistic == pytest.approx(symmetry, rel=1e-9)
    assert found.df + found.symmetry_df == 6


def test_a_channel_that_nobody_leaves_has_no_finite_odds_and_is_named():
    found = paired.quasi_symmetry(square([[9, 4, 2, 3], [5, 9, 1, 2], [2, 2, 9, 1], [0, 0, 0, 5]]))
    assert found.outside == ("k3",)
    assert found.answers["answer"].tolist() == ["k0", "k1", "k2"]
    assert np.isfinite(found.pairs["estimate"]).all()


def test_quasi_symmetry_without_moves_both_ways_is_refused():
    with pytest.raises(ValueError, match="no two answers have moves in both directions"):
        paired.quasi_symmetry(square([[9, 4], [0, 2]]))


def test_two_channels_leave_nothing_for_quasi_symmetry_to_test():
    found = paired.quasi_symmetry(square([[9, 4], [2, 5]]))
    assert (found.df, found.p_value) == (0, 1.0)
    assert found.pairs.loc[0, "estimate"] == pytest.approx(np.log(4 / 2))
    assert found.pairs.loc[0, ["from_answer", "to_answer"]].tolist() == ["k0", "k1"]
