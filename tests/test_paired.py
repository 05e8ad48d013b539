import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable

from analysis import paired

VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
UEBERSAX = [[20, 10, 5], [3, 30, 15], [0, 5, 40]]


def _table(cells):
    labels = [f"k{i}" for i in range(len(cells))]
    return pd.DataFrame(cells, index=labels, columns=labels)


def _people(cells):
    """Return the two answers of the people behind a table."""
    kinds = pd.CategoricalDtype([f"k{i}" for i in range(len(cells))])
    pairs = [(i, j) for i, row in enumerate(cells) for j, n in enumerate(row) for _ in range(n)]
    used, preferred = (
        pd.Series([f"k{pair[side]}" for pair in pairs], dtype=kinds) for side in (0, 1)
    )
    return used, preferred


tables = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 12), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def test_stuarts_vision_data_give_stuarts_result():
    test = paired.stuart_maxwell(_table(VISION))
    assert test.statistic == pytest.approx(11.95657, abs=1e-5)
    assert (test.df, test.n) == (3, 7477)


@given(tables)
def test_stuart_maxwell_equals_statsmodels_where_no_cell_is_empty(cells):
    table = _table(cells) + 1
    theirs = SquareTable(table, shift_zeros=False).homogeneity(method="stuart_maxwell")
    ours = paired.stuart_maxwell(table)
    assert ours.statistic == pytest.approx(theirs.statistic, rel=1e-9, abs=1e-9)
    assert ours.df == theirs.df


@given(tables, st.randoms())
def test_the_order_of_the_channels_changes_nothing(cells, random):
    table = _table(cells)
    order = random.sample(list(table.index), len(table))
    for test in (paired.stuart_maxwell, paired.bowker):
        one, two = test(table), test(table.loc[order, order])
        assert one.statistic == pytest.approx(two.statistic, rel=1e-9, abs=1e-9)
        assert one.df == two.df


@given(tables)
def test_swapping_the_two_answers_changes_no_test_and_turns_every_shift(cells):
    table = _table(cells)
    assert paired.bowker(table).statistic == pytest.approx(paired.bowker(table.T).statistic)
    used, preferred = _people(cells)
    if len(used):
        there, back = paired.shifts(used, preferred), paired.shifts(preferred, used)
        assert there["estimate"].to_numpy() == pytest.approx(-back["estimate"].to_numpy())
        assert there["conf_low"].to_numpy() == pytest.approx(-back["conf_high"].to_numpy())
        assert there["p_value"].to_numpy() == pytest.approx(back["p_value"].to_numpy())


@given(tables)
def test_a_channel_that_nobody_names_changes_no_test(cells):
    table = _table(cells)
    wider = table.reindex(
        index=[*table.index, "new"], columns=[*table.columns, "new"], fill_value=0
    )
    for test in (paired.stuart_maxwell, paired.bowker):
        one, two = test(table), test(wider)
        assert one.statistic == pytest.approx(two.statistic, rel=1e-9, abs=1e-9)
        assert (one.df, one.n) == (two.df, two.n)


def test_complete_agreement_is_no_evidence_and_no_nan():
    for test in (paired.stuart_maxwell, paired.bowker):
        result = test(_table([[5, 0], [0, 7]]))
        assert (result.statistic, result.df, result.p_value) == (0.0, 0, 1.0)


def test_bowker_counts_only_pairs_of_channels_that_somebody_exchanged():
    assert paired.bowker(_table([[5, 4, 0], [1, 7, 0], [0, 0, 9]])).df == 1


def test_shifts_are_the_difference_of_the_margins():
    used, preferred = _people(UEBERSAX)
    table = np.array(UEBERSAX)
    shifts = paired.shifts(used, preferred)
    expected = (table.sum(axis=0) - table.sum(axis=1)) / table.sum()
    assert shifts["estimate"].to_numpy() == pytest.approx(expected)


def test_the_exact_p_is_the_doubled_binomial_tail():
    used, preferred = _people(UEBERSAX)
    row = paired.shifts(used, preferred).iloc[0]
    tail = stats.binom.cdf(3, 18, 0.5)
    assert (row["n_used_only"], row["n_preferred_only"]) == (15, 3)
    assert row["p_value"] == pytest.approx(2 * tail)


def test_the_interval_is_that_of_bonett_and_price():
    used, preferred = _people([[30, 12], [4, 54]])
    row = paired.shifts(used, preferred).iloc[0]
    used_only, preferred_only = 13 / 102, 5 / 102
    centre = preferred_only - used_only
    reach = 1.959963985 * np.sqrt((used_only + preferred_only - centre**2) / 102)
    assert row["conf_low"] == pytest.approx(centre - reach)
    assert row["conf_high"] == pytest.approx(centre + reach)


def test_single_answers_and_their_indicators_give_the_same_shifts():
    used, preferred = _people(UEBERSAX)
    one = paired.shifts(used, preferred)
    two = paired.shifts(pd.get_dummies(used, dtype=float), pd.get_dummies(preferred, dtype=float))
    pd.testing.assert_frame_equal(one, two)


def test_people_with_several_answers_agree_only_if_all_of_them_do():
    used = pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 0]})
    preferred = pd.DataFrame({"a": [1, 1, 0], "b": [0, 0, 0]})
    assert paired.agreement(used, preferred).n_yes == 2


def _frame(**columns):
    return pd.DataFrame(columns, dtype=float)


@pytest.mark.parametrize(
    ("used", "preferred", "message"),
    [
        (_frame(a=[1, 0]), _frame(b=[1, 0]), r"channels \['a'\], preferred \['b'\]"),
        (_frame(a=[1, 2]), _frame(a=[1, 0]), "an indicator is 2.0"),
        (_frame(a=[1, None]), _frame(a=[1, 0]), "1 answers are missing"),
        (_frame(a=[1, 0]), _frame(a=[1]), "used holds 2 people, preferred 1"),
        (_frame(a=[1, 0]).set_axis([7, 7]),) * 2 + ("person 7 stands twice",),
        (_frame(a=[]), _frame(a=[]), "nobody answered both questions"),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_compared_are_refused(used, preferred, message):
    with pytest.raises(ValueError, match=message):
        paired.shifts(used, preferred)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (_table([[1, -2], [3, 4]]), "-2.0 is not a count"),
        (_table([[1, float("nan")], [3, 4]]), "nan is not a count"),
        (_table([[1, 2], [3, 4]]).set_axis(["x", "y"], axis=1), "same labels in the same order"),
    ],
)
def test_a_table_that_is_none_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        paired.bowker(table)
