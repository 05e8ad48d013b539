"""What is empty where a question was not asked, and what is compared where it was."""

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.changes_wanted import contrasts, groups, tables, titles, what_why
from analysis.population import Weighing
from analysis.privacy import Rule
from analysis.survey.exclusions import Ledger
from analysis.themes.theme_codes import CodedThemes
from analysis.weights import Weights


@pytest.fixture
def unasked(monkeypatch):
    """Load the survey as if none of its questions had been asked."""
    herts = survey.load("herts_2023")
    monkeypatch.setattr(herts.__class__, "has", lambda *_: False)
    return herts


def _coded(**themes):
    return CodedThemes(role="change", indicators=pd.DataFrame(themes).astype(bool))


def test_where_nobody_was_asked_why_every_table_of_it_is_empty(unasked):
    why = tables.coded_if_asked(unasked, pd.DataFrame(), "change_why")
    what = _coded(a=[True] * 20)
    assert why.n == 0
    assert tables.shown_themes(why, unasked.codebook).empty
    crossed = what_why.what_and_why(what, why, unasked.codebook)
    assert what_why.same_and_other(what, why, unasked.codebook).empty
    assert what_why.other_pairs(crossed, rule=Rule(10)) == ""
    assert tables.same_share(what, why, unasked.codebook).n == 0


def test_where_nobody_was_asked_for_a_group_every_table_of_it_is_empty(unasked):
    coded, people = _coded(a=[True] * 20), pd.DataFrame()
    assert groups.groupings(unasked, people) == {}
    channels = groups.channel_groups(unasked, people)
    shown = groups.shown_theme_shares(coded, channels, unasked.codebook)
    wide = groups.themes_side_by_side(shown)
    assert groups.groups_side_by_side(wide).empty
    assert titles.group_headings(wide) == {"theme": "Theme"}
    assert contrasts.groups_against_others(coded, channels, shown).empty
    tests = contrasts.compare_groups(coded, {}, unasked.codebook)
    assert contrasts.shown_tests(tests).empty
    assert np.isnan(contrasts.p_of(tests, "Channel", "a"))


def test_two_rows_are_compared_and_one_is_not():
    rows = pd.DataFrame({"level": ["a", "b", "c"]})
    assert len(tables.two_or_more(rows)) == 3
    assert len(tables.two_or_more(rows.iloc[:2])) == 2
    assert tables.two_or_more(rows.iloc[:1]).empty


def test_themes_stand_beside_their_reasons_only_where_both_are_shown():
    themes = pd.DataFrame(
        {"level": ["a", "b", "c", tables.UNCODED], "estimate": [0.4, 0.3, 0.2, 0]}
    )
    reasons = themes.assign(estimate=[0.1, np.nan, 0.5, 0])
    pair = tables.what_beside_why(themes, reasons)
    assert pair.to_dict("list") == {
        "level": ["a", "c"], "share_what": [0.4, 0.2], "share_why": [0.1, 0.5],
    }  # fmt: skip


def test_groups_that_name_a_theme_come_largest_first_without_hidden_ones_and_no_group():
    shown = pd.DataFrame(
        {"level": ["x", "y", "z", groups.NO_GROUP], "theme": "a",
         "estimate": [0.2, 0.4, np.nan, 0.9], "n": 50}
    )  # fmt: skip
    assert groups.groups_naming(shown, "a")["level"].tolist() == ["y", "x"]
    assert groups.groups_naming(shown, "b").empty


def test_a_share_with_the_same_theme_is_of_people_with_a_theme_in_both():
    what = _coded(a=[True, True, False, False], b=[False, False, True, False])
    why = _coded(a=[True, False, True, True], b=[False, True, False, False])
    for times, of_nobody in ((4, False), (3, True)):
        many = [_coded(**pd.concat([each.indicators] * times)) for each in (what, why)]
        many = [
            CodedThemes(role="x", indicators=each.indicators.reset_index(drop=True))
            for each in many
        ]
        same = tables.same_share(*many, survey.load("herts_2023").codebook)
        assert (same.n_yes, same.n) == ((0, 0) if of_nobody else (4, 12))


def test_themes_are_not_weighted_where_few_people_have_a_weight():
    codebook, coded = survey.load("herts_2023").codebook, _coded(a=[True, False] * 20)
    for people, weighted in ((10, True), (9, False)):
        weights = Weights(weights=pd.Series(1.5, index=range(people)))
        weighing = Weighing(weights=weights, ledger=Ledger(rows_in=people), joined={}, full=None)
        table = tables.shown_themes(coded, codebook, weighing=weighing)
        assert ("weighted_estimate" in table) == weighted
        assert bool(titles.weighted_note(coded, weighing, rule=Rule(10))) == weighted


def test_an_open_question_that_few_answered_has_no_themes():
    herts, said = survey.load("herts_2023"), pd.DataFrame({"change_why": ["text"] * 9 + [None]})
    assert tables.coded_if_asked(herts, said, "change_why").n == 0
