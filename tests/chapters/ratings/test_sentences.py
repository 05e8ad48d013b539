"""Sentences on ratings say that groups differ below five percent, and nothing without tests."""

import pandas as pd
import pytest

from analysis.chapters.ratings import sentences
from analysis.paired import RankCorrelation
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip

TAU = RankCorrelation(
    estimate=0.2, std_error=0.1, conf_low=0.1, conf_high=0.3, statistic=2.0, p_value=0.04, n=500
)

BEST = dict.fromkeys(["visibility", "accessibility"], "good or very good")

OVERALL = pd.DataFrame(
    {
        "question": ["Visibility", "Accessibility"], "estimate": [0.28, 0.5],
        "conf_low": [0.25, 0.47], "conf_high": [0.31, 0.54], "n": [1072, 1045],
    }
)  # fmt: skip


def _tests(*p_adjusted: float) -> pd.DataFrame:
    names = [f"group {number}" for number in range(1, len(p_adjusted) + 1)]
    return pd.DataFrame({"test": names, "p_adjusted": p_adjusted}, columns=["test", "p_adjusted"])


def test_weights_stand_behind_the_share_of_those_who_answered():
    row = OVERALL.iloc[0].copy()
    row["weighted"], row["weighted_low"], row["weighted_high"] = 0.29, 0.25, 0.33
    row["n_weighted"], row["effective_n"] = 1009, 604.7
    assert sentences.rated_sentence(row, "good or very good") == (
        "Visibility: 28% of 1,072 people say good or very good (95% interval 25% to 31%); weighted "
        "to the population 29% (25% to 33%; 1,009 people, effective n 605)."
    )


def test_groups_differ_below_five_percent_and_not_at_it():
    assert sentences.differing_sentence(_tests(0.0499, 0.05), "Visibility") == (
        "Visibility differs between group 1 (Holm-adjusted p < 0.05); these data do not show that "
        "it differs between group 2 (p = 0.050)."
    )


def test_groups_that_all_differ_leave_nothing_over():
    assert sentences.differing_sentence(_tests(0.01, 0.02), "Visibility") == (
        "Visibility differs between group 1 (Holm-adjusted p = 0.010) and group 2 (p = 0.020)."
    )


def test_groups_of_which_none_differs_are_named_with_their_p_values():
    assert sentences.differing_sentence(_tests(0.2, 0.3), "Visibility") == (
        "These data do not show that visibility differs between group 1 (Holm-adjusted p = 0.200) "
        "and group 2 (p = 0.300)."
    )


def test_nine_groups_are_named_and_a_tenth_is_counted():
    assert sentences.differing_sentence(_tests(*[0.2] * 9), "It").endswith("group 9 (p = 0.200).")
    assert sentences.differing_sentence(_tests(*[0.2] * 10), "It").endswith("and 1 more.")


def test_nothing_is_said_without_tests():
    assert sentences.differing_sentence(_tests(), "Visibility") == ""


@pytest.mark.parametrize(
    ("p_adjusted", "title"),
    [
        (0.0499, "Visibility differs between ages (p < 0.05)"),
        (0.05, "Visibility: no difference between ages that these data can show"),
    ],
)
def test_a_title_calls_a_difference_only_what_is_below_five_percent(p_adjusted, title):
    test = pd.Series({"test": "ages", "p_adjusted": p_adjusted})
    assert sentences.differing_title("visibility", test) == title


def test_the_answer_has_a_paragraph_on_ratings_on_districts_and_on_what_goes_together():
    pairs = [tuple(BEST), *((name, "satisfaction") for name in BEST)]
    p_adjusted = pd.Series({"visibility": 0.01, "accessibility": 0.3})
    rated, between, together = sentences.answer_texts(
        OVERALL, BEST, dict.fromkeys(pairs, TAU), p_adjusted, WORDS
    )
    assert rated.startswith("Visibility: 28% of 1,072 people")
    assert "Accessibility: 50% of 1,045 people" in rated
    assert between.startswith("Between districts visibility (Holm-adjusted p = 0.010) differs")
    assert together.startswith("People who rate visibility higher tend to rate accessibility")
    assert "n = 500. Who had a better experience tends to give a better rating" in together


def test_the_answer_leaves_out_what_was_not_asked():
    nothing = pd.Series(dtype=float)
    _, between, together = sentences.answer_texts(OVERALL, BEST, {tuple(BEST): TAU}, nothing, WORDS)
    assert between == ""
    assert together.endswith("n = 500.")


def test_each_rating_needs_its_row():
    taus, p_adjusted = {tuple(BEST): TAU}, pd.Series(dtype=float)
    with pytest.raises(ValueError, match="zip"):
        sentences.answer_texts(OVERALL.head(1), BEST, taus, p_adjusted, WORDS)
    with pytest.raises(ValueError, match="zip"):
        sentences.rated_title(OVERALL.head(1), BEST)


def test_a_title_names_the_best_answers_of_each_rating_where_they_differ():
    overall = pd.DataFrame({"estimate": [0.28, 0.5]})
    best = {"visibility": "good or very good", "accessibility": "easy"}
    title = sentences.rated_title(overall, best)
    assert title == "Rated: visibility good or very good 28% and accessibility easy 50%"
