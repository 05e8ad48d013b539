import pandas as pd
import pytest

from analysis.chapters.preferred_vs_used import headlines, titles
from analysis.privacy import Rule, told_share
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


def _stayed(*shares: tuple[int, int, bool]) -> dict:
    """Return groups called Aa, Bb and so on: how many of how many stay, and if it is exact."""
    names = ["Aa", "Bb", "Cc"]
    return {
        name: told_share(people, n, rule=Rule(10), exact=exact)
        for name, (people, n, exact) in zip(names, shares, strict=False)
    }


def test_the_share_of_a_group_is_exact_where_it_may_be_and_else_the_range_of_its_count():
    assert titles.moves_title(_stayed((59, 62, False), (40, 100, True))) == (
        "Aa keeps most of its people (88% to 100%), bb keeps fewest of its people (40%)"
    )
    assert titles.moves_title(_stayed((59, 62, True), (40, 100, False))) == (
        "Aa keeps most of its people (95%), bb keeps fewest of its people (35% to 44%)"
    )


def test_one_group_alone_keeps_neither_most_nor_fewest():
    assert titles.moves_title(_stayed((59, 62, True))) == titles.moves_title({}) == PLAIN


@pytest.mark.parametrize(("most", "title"), [(64, PLAIN), (65, "Aa keeps most of its people")])
def test_a_group_keeps_most_if_its_interval_lies_above_all_others_before_rounding(most, title):
    told = _stayed((most, 100, False), (40, 100, False), (40, 100, False))
    assert titles.moves_title(told).startswith(title)


@pytest.mark.parametrize(("few", "title"), [(35, PLAIN), (34, "Aa keeps fewest of its people")])
def test_a_group_keeps_fewest_if_its_interval_lies_below_all_others_before_rounding(few, title):
    told = _stayed((few, 100, False), (60, 100, False), (60, 100, False))
    assert titles.moves_title(told).startswith(title)


def test_the_nearest_other_group_decides():
    told = _stayed((80, 100, True), (75, 100, True), (50, 100, False))
    assert titles.moves_title(told) == "Cc keeps fewest of its people (45% to 54%)"


def test_the_figure_of_shifts_names_nothing_where_nothing_may_be_named():
    row = {"channel": "Web", "share_used": 0.4, "share_preferred": 0.5}
    assert titles.shifts_title(pd.DataFrame([row]), WORDS) == "Web: 40% used, 50% would prefer"
    assert titles.shifts_title(pd.DataFrame([row]).head(0), WORDS) == (
        "What people used, and what they would prefer"
    )


def test_a_share_from_a_rounded_count_is_the_range_that_rounding_leaves():
    row = pd.Series(
        {"channel": "Web", "low": 0.08, "high": 0.128, "conf_low": 0.05, "conf_high": 0.18,
         "n": 187, "shown": 4, "of": 4, "near": "apart from all others"}
    )  # fmt: skip
    who = "of the 187 people who would prefer it used it"
    assert headlines.reached_finding(row, WORDS) == (
        f"Web: 8% to 13% {who} (the count is rounded; 95% interval 5% to 18%)"
        "; lowest of 4, apart from all others."
    )
    row["tied"] = 1
    said = headlines.reached_finding(row, WORDS)
    assert said.endswith("; among the lowest of 4, apart from all others.")
    row["high"], row["tied"] = row["low"], 0
    assert headlines.reached_finding(row, WORDS) == (
        f"Web: 8% {who} (5.0% to 18.0%); lowest of 4, apart from all others."
    )


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
         "conf_low": 0.02, "conf_high": 0.18, "shown": 9, "of": 9, "near": "apart from all others"}
    )  # fmt: skip
    assert headlines.shift_finding(row, WORDS, 1234) == (
        "Web: 40% used, 50% would prefer; +10.0 points (+2.0 to +18.0), 1,234 people; largest "
        "of 9, apart from all others."
    )


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (9, "it used it (5.0% to 18.0%); lowest of 9, near."),
        (4, "it used it (5.0% to 18.0%); lowest of the 4 that may be shown (of 9), near."),
        (1, "it used it (5.0% to 18.0%); the only one of 9 that may be shown."),
    ],
)
def test_the_least_reached_of_those_shown_says_that_others_are_hidden(shown, said):
    row = pd.Series(
        {"channel": "Web", "low": 0.08, "high": 0.08, "conf_low": 0.05, "conf_high": 0.18,
         "n": 187, "shown": shown, "of": 9, "near": "near"}
    )  # fmt: skip
    assert headlines.reached_finding(row, WORDS).endswith(said)
