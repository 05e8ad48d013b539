from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.chapters.satisfaction import titles
from analysis.chapters.satisfaction.boundaries import GroupBrant
from analysis.ordinal import ModelTest
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip


def _survey(kind: str) -> SimpleNamespace:
    codebook = SimpleNamespace(question=lambda role: SimpleNamespace(kind=kind))
    return SimpleNamespace(words=WORDS, codebook=codebook, used_role="used")


def test_the_channels_told_apart_are_counted_in_the_title():
    drawn = pd.DataFrame({"apart": [True, False, True]})
    assert titles.channels_title(drawn, _survey("single")) == (
        "2 of the 3 channels shown can be told from everybody by the share that were content"
    )


def test_districts_run_from_the_lowest_to_the_highest():
    shown = pd.DataFrame({"level": ["A", "B", "C"], "estimate": [0.6, 0.5, 0.4], "few": False})
    assert titles.districts_title(shown, "districts").endswith("run from 40% in C to 60% in A")
    coarse = shown.assign(few=[False, False, True])
    assert titles.districts_title(coarse, "districts").endswith(
        "run from 50% in B to 60% in A; those in steps of five stand aside"
    )
    assert titles.districts_title(shown.assign(few=True), "districts").startswith("Shares of")


def test_hidden_districts_count_neither_as_shown_nor_for_chance():
    groups = pd.DataFrame({"raw_share": [*[0.5] * 20, None]})
    assert titles.funnel_title(["A", "B"], groups, "districts") == (
        "2 of 20 districts shown outside the 95% limits; chance alone: 1.0"
    )


def test_who_got_what_they_prefer_is_told_by_how_many_they_could_name():
    assert titles.got_who(_survey("single")) == "used what they would prefer"
    assert titles.got_who(_survey("multiple")) == "used every channel that they would prefer"


def test_a_difference_is_said_in_whole_points():
    row = pd.Series(
        {"share_yes": 0.6, "share_no": 0.5, "estimate": 0.1, "conf_low": 0.02, "conf_high": 0.18,
         "p_value": 0.01, "n": 1500}
    )  # fmt: skip
    assert titles.got_sentence(_survey("single"), row, adjusted=True) == (
        "Of people who used what they would prefer 60% were content, of the others 50%, adjusted: "
        "+10 points (+2 to +18; Holm-adjusted p = 0.010; 1,500 people)."
    )


def _shares(*estimates: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"level": ["Web", "Desk"], "estimate": estimates, "conf_low": 0.4, "conf_high": 0.6}
    )


def _test(p_value: float) -> ModelTest:
    return ModelTest(kind="score", statistic=9.0, df=2, p_value=p_value, n=100)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (0.0499, 0.01, "the same"),
        (0.05, 0.01, "something else"),
        (0.0501, 0.01, "something else"),
        (0.01, 0.0499, "the same"),
        (0.01, 0.05, "something else"),
        (0.2, 0.05, "the same"),
        (0.2, 0.0501, "the same"),
    ],
)
def test_two_models_find_the_same_if_both_or_neither_is_below_five_percent(first, second, verdict):
    tests = (_test(first), _test(second))
    said = titles.top_sentence(_shares(0.5, 0.5), _shares(0.5, 0.5), tests, WORDS)
    assert f"It finds {verdict} of channels" in said


def test_the_share_that_moves_most_is_named_with_those_that_leave_their_interval():
    tests = (_test(0.01), _test(0.02))
    said = titles.top_sentence(_shares(0.5, 0.5), _shares(0.47, 0.7), tests, WORDS)
    assert "that of desk, by 20 points; 1 leaves its interval." in said
    assert said.endswith("(p = 0.020, unadjusted).")


def test_nothing_is_said_of_a_model_that_has_no_estimates():
    assert titles.top_sentence(_shares(0.5, 0.5), pd.DataFrame(), (_test(0.1), None), WORDS) == ""


@pytest.mark.parametrize(("value", "inside"), [(0.09, 0), (0.1, 1), (0.3, 1), (0.5, 1), (0.51, 0)])
def test_an_interval_holds_a_value_at_its_ends(value, inside):
    cuts = pd.DataFrame({"conf_low": [0.1], "conf_high": [0.5], "proportional": [value]})
    assert titles.cuts_title(cuts).startswith(f"{inside} of 1 intervals")


def test_boundaries_are_of_groups_against_a_group_or_against_who_did_not():
    test = SimpleNamespace(n=1234)
    said = titles.cuts_subtitle(GroupBrant(test=test, names={}, against="Phone"))
    assert said == "Log odds ratio of an answer above each boundary, against Phone; 1,234 people"
    said = titles.cuts_subtitle(GroupBrant(test=test, names={}, against=""))
    assert said.endswith("against people who did not; 1,234 people")


def test_there_is_neither_title_nor_subtitle_without_a_test():
    assert titles.cuts_title(pd.DataFrame(columns=["level", "group"])) == ""
    assert titles.cuts_subtitle(GroupBrant(test=None, names={}, against="Phone")) == ""
