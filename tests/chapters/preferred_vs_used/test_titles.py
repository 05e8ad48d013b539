import pandas as pd
import pytest

from analysis.chapters.preferred_vs_used import titles
from analysis.privacy import Rule
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip
PLAIN = "What people used, and what they would rather have"


def _tests(p_adjusted: float) -> pd.DataFrame:
    return pd.DataFrame({"grouping": ["district"], "p_adjusted": [p_adjusted]})


def test_a_title_does_not_take_a_lack_of_evidence_for_a_lack_of_difference():
    assert (
        titles.between_title(_tests(0.2), "district", WORDS)
        == "These data do not show that shifts differ between districts (Holm-adjusted p = 0.200)"
    )


@pytest.mark.parametrize(
    ("p_adjusted", "start"),
    [(0.0499, "Shifts differ"), (0.05, "These data do not"), (0.0501, "These data do not")],
)
def test_shifts_differ_below_five_percent(p_adjusted, start):
    assert titles.between_title(_tests(p_adjusted), "district", WORDS).startswith(start)


def test_there_is_no_title_for_people_who_were_not_compared():
    assert titles.between_title(_tests(0.01), "age", WORDS) == ""


def _moves(a: list, b: list, n: list) -> pd.DataFrame:
    return pd.DataFrame({"group": ["Aa", "Bb", "Cc"], "n": n, "Aa": a, "Bb": b, "Cc": None})


def test_the_group_that_keeps_most_is_told_from_rounded_counts():
    moves = _moves([60, 10, None], [10, 30, None], [1000, 40, 20])
    assert titles.moves_title(moves, Rule(10)) == (
        "Bb keeps most of its people (about 75%), aa keeps fewest of its people (about 6%)"
    )


def test_no_group_is_named_that_rounding_may_have_put_first():
    moves = _moves([60, 10, None], [10, 30, None], [80, 40, 20])
    assert titles.moves_title(moves, Rule(10)) == PLAIN


def test_one_group_alone_keeps_neither_most_nor_fewest():
    moves = _moves([60, 10, None], [10, 30, None], [80, 40, 20])
    assert titles.moves_title(moves.iloc[[0, 2]], Rule(10)) == PLAIN


def test_nothing_is_named_where_all_counts_are_hidden():
    moves = _moves([None, 10, None], [10, None, None], [80, 40, 20])
    assert titles.moves_title(moves, Rule(10)) == PLAIN


def _kept(first: float, second: float, third: float) -> pd.DataFrame:
    """Return groups of 100 people each, of whom so many stay."""
    groups = ["Aa", "Bb", "Cc"]
    kept = pd.DataFrame(0.0, index=range(3), columns=groups)
    for at, people in enumerate((first, second, third)):
        kept.iloc[at, at] = people
    kept.insert(0, "n", 100)
    kept.insert(0, "group", groups)
    return kept


@pytest.mark.parametrize(("most", "title"), [(50, PLAIN), (51, "Aa keeps most of its people")])
def test_a_group_keeps_most_if_no_rounding_could_put_another_level(most, title):
    assert titles.moves_title(_kept(most, 40, 40), Rule(10)).startswith(title)


@pytest.mark.parametrize(("fewest", "title"), [(50, PLAIN), (49, "Aa keeps fewest of its people")])
def test_a_group_keeps_fewest_if_no_rounding_could_put_another_level(fewest, title):
    assert titles.moves_title(_kept(fewest, 60, 60), Rule(10)).startswith(title)


def test_the_nearest_other_group_decides():
    assert titles.moves_title(_kept(80, 75, 60), Rule(10)) == (
        "Cc keeps fewest of its people (about 60%)"
    )
    assert titles.moves_title(_kept(20, 25, 60), Rule(10)) == (
        "Cc keeps most of its people (about 60%)"
    )


def test_two_groups_can_be_told_apart():
    moves = _kept(80, 30, 0).iloc[:2]
    assert titles.moves_title(moves, Rule(10)) == (
        "Aa keeps most of its people (about 80%), bb keeps fewest of its people (about 30%)"
    )


def test_a_group_keeps_no_more_than_all_its_people():
    moves = _kept(100, 40, 40).assign(n=[97, 100, 100])
    assert titles.moves_title(moves, Rule(10)) == "Aa keeps most of its people (about 100%)"


def test_a_share_from_a_rounded_count_is_called_about():
    row = pd.Series(
        {"channel": "Web", "estimate": 0.3, "conf_low": 0.2, "conf_high": 0.4, "n": 101,
         "counted": "rounded to 10"}
    )  # fmt: skip
    said = "30% of the 101 people who would prefer it used it (20.0% to 40.0%)."
    assert titles.reached_finding(row, WORDS) == f"Web: about {said}"
    row["counted"] = "exactly"
    assert titles.reached_finding(row, WORDS) == f"Web: {said}"


def test_the_spread_of_the_channels_kept_is_in_points():
    answers = pd.DataFrame(
        {"answer": ["Web", "Post"], "estimate": 0.123, "conf_low": 0.094, "conf_high": 0.2}
    )
    assert titles.spread_note(answers, ["Web"]) == (
        "Standard deviation between them in points: web 12.3 (9.4 to 20.0)."
    )


def test_a_channel_that_was_not_offered_is_named_in_the_note():
    assert titles.widened_note(["Video"]).endswith(
        "shows. Not offered for use, so preferred alone: Video."
    )


def test_the_largest_move_by_weights_is_said_without_its_sign():
    shifts = pd.DataFrame({"estimate": [0.1, 0.1]})
    said = titles.weighting_note(shifts, pd.DataFrame({"estimate": [0.12, 0.05]}))
    assert said == "Weighting moves no shift by more than 5.0 points. p: with weights."


def test_nothing_is_said_of_weights_where_there_are_none():
    shifts = pd.DataFrame({"estimate": [0.1]})
    assert titles.weighting_note(shifts, shifts.head(0)) == ""


def test_the_shift_of_a_channel_is_said_with_its_base():
    row = pd.Series(
        {"channel": "Web", "share_used": 0.4, "share_preferred": 0.5, "estimate": 0.1,
         "conf_low": 0.02, "conf_high": 0.18}
    )  # fmt: skip
    assert titles.shift_finding(row, WORDS, 1234) == (
        "Web: 40% used, 50% would prefer; +10.0 points (+2.0 to +18.0), 1,234 people."
    )
