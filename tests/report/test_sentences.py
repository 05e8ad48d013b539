"""Sentences of several notebooks, on the boundaries of what they say."""

import numpy as np
import pandas as pd
import pytest

from analysis import report

SPREAD = pd.Series({"estimate": 0.26, "conf_low": 0.09, "conf_high": 0.52})
BELOW, AT = 0.0499, 0.05


def shares(*rows):
    frame = pd.DataFrame(rows, columns=["level", "estimate"])
    return frame.assign(conf_low=frame["estimate"] - 0.04, conf_high=frame["estimate"] + 0.04)


@pytest.mark.parametrize(("p_value", "start"), [(BELOW, "Ease differs"), (AT, "These data do not")])
def test_groups_differ_below_a_p_value_of_a_twentieth(p_value, start):
    assert report.difference_sentence("Ease", "districts", p_value).startswith(start)
    text = report.spread_sentence("Ease", "districts", p_value, SPREAD)
    assert text.startswith(start)
    assert ("more than chance" in text) == (p_value == BELOW)


@pytest.mark.parametrize(
    ("p_value", "start", "shown"),
    [(BELOW, "A test speaks against", "< 0.05"), (AT, "The tests do not speak against", "= 0.050")],
)
def test_the_smallest_p_value_speaks_against_proportional_odds(p_value, start, shown):
    text = report.odds_sentence(pd.DataFrame({"p_adjusted": [0.7, p_value, 0.3]}))
    assert text.startswith(start)
    assert text.endswith(f"Holm-adjusted p {shown}).")
    assert report.odds_sentence(pd.DataFrame({"p_adjusted": []})) == ""


@pytest.mark.parametrize(
    ("outside", "said"),
    [(0, "every share stays within its"), (1, "1 leaves its"), (2, "2 leave their")],
)
def test_shares_outside_their_interval_are_counted(outside, said):
    text = report.furthest_sentence(pd.Series({"level": "Web", "apart": 0.03, "outside": outside}))
    assert text.endswith(f"by 3 points; {said} interval.")


@pytest.mark.parametrize(
    ("apart", "said"), [(0.004, "0 points"), (0.014, "1 point"), (0.016, "2 points")]
)
def test_a_move_is_said_in_whole_points(apart, said):
    text = report.furthest_sentence(pd.Series({"level": "Web", "apart": apart, "outside": 0}))
    assert f"that of web, by {said};" in text


def test_the_range_runs_from_the_lowest_to_the_highest_wherever_they_stand():
    rows = shares(("B", 0.5), ("C", 0.7), ("Hidden", np.nan), ("A", 0.4), ("D", 0.6))
    assert report.range_text("By group", rows) == (
        "By group, the adjusted share runs from 40% (36% to 44%) for A to 70% (66% to 74%) for C."
    )


def test_of_equal_shares_the_first_is_the_lowest_and_the_last_the_highest():
    rows = shares(("A", 0.4), ("B", 0.4), ("C", 0.6), ("D", 0.6))
    assert report.range_text("By group", rows).endswith(
        "for A to 60% (56% to 64%; not clearly apart from C) for D."
    )


def test_a_category_left_aside_is_no_end_of_the_range_and_is_said():
    rows = shares(("Other", 0.1), ("A", 0.4), ("B", 0.5))
    text = report.range_text("By group", rows, aside="Other")
    assert "from 40%" in text
    assert text.endswith('for B ("Other" aside).')
    assert "aside" not in report.range_text("By group", rows)


@pytest.mark.parametrize(("known", "said"), [(0, False), (1, False), (2, True)])
def test_a_range_takes_two_categories(known, said):
    rows = shares(("A", 0.4), ("B", 0.5)).iloc[:known]
    hidden = pd.concat([rows, shares(("C", np.nan), ("Other", 0.9))], ignore_index=True)
    assert bool(report.range_text("By group", hidden, aside="Other")) == said


def test_names_keep_their_capital_if_they_are_proper():
    rows = shares(("North", 0.4), ("South", 0.5))
    assert "for north to" in report.range_text("Between", rows)
    assert "for North to" in report.range_text("Between", rows, proper=True)


def test_those_from_whom_the_first_cannot_be_told_are_named_up_to_two():
    rows = shares(("A", 0.4), ("B", 0.42), ("C", 0.6), ("D", 0.44), ("E", 0.46))
    assert report.beside_first(rows) == "; not clearly apart from 3 others"
    assert report.beside_first(rows.iloc[:4]) == "; not clearly apart from B and D"
    assert report.beside_first(rows.iloc[[0, 2]]) == ""
