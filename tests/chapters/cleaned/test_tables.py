"""The flags of the replies kept."""

import pandas as pd

from analysis import report
from analysis.chapters.cleaned import tables
from analysis.privacy import Rule, is_hidden


def responses(speeders, liners, n=100):
    rows = pd.Series(range(n))
    return pd.DataFrame({"flag_speeder": rows < speeders, "flag_straight_liner": rows < liners})


def test_a_flag_is_a_share_of_the_replies_kept():
    found = tables.flagged(responses(20, 10))
    assert found["flag"].tolist() == ["speeder", "straight liner"]
    assert found["n"].tolist() == [100, 100]
    assert found["share_flagged"].tolist() == [0.2, 0.1]


def test_a_flag_is_shown_from_the_threshold_on_and_the_others_stay():
    shown = tables.shown_flagged(tables.flagged(responses(10, 9)), Rule(10))
    assert is_hidden(shown["n_yes"]).tolist() == [False, True]
    assert is_hidden(shown["share_flagged"]).tolist() == [False, True]
    assert shown["n"].tolist() == [100, 100]


def test_a_survey_without_rules_for_doubtful_replies_has_no_table():
    found = tables.flagged(pd.DataFrame({"raw_row": [1, 2]}))
    shown = tables.shown_flagged(found, Rule(10))
    assert shown.empty
    assert str(report.show(shown, caption="Flags", otherwise="No rule.")) == "No rule."
