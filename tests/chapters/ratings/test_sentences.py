"""Sentences on ratings say that groups differ below five percent, and nothing without tests."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.chapters.ratings import sentences
from analysis.paired import RankCorrelation
from analysis.privacy import HIDDEN_NUMBER
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip

TAU = RankCorrelation(
    estimate=0.2, std_error=0.1, conf_low=0.1, conf_high=0.3, statistic=2.0, p_value=0.04, n=500
)

NAMES = ("visibility", "accessibility")

RATINGS = {name: SimpleNamespace(noun=name, best="good or very good") for name in NAMES}

OVERALL = pd.DataFrame(
    {
        "question": ["Visibility", "Accessibility"], "estimate": [0.28, 0.5],
        "conf_low": [0.25, 0.47], "conf_high": [0.31, 0.54], "n": [1072, 1045],
    }
)  # fmt: skip


def _tests(*p_adjusted: float) -> pd.DataFrame:
    names = [f"group {number}" for number in range(1, len(p_adjusted) + 1)]
    columns = ["test", "p_adjusted", "apart"]
    return pd.DataFrame({"test": names, "p_adjusted": p_adjusted, "apart": ""}, columns=columns)


def test_weights_stand_behind_the_share_of_those_who_answered():
    row = OVERALL.iloc[0].copy()
    row["weighted"], row["weighted_low"], row["weighted_high"] = 0.29, 0.25, 0.33
    row["n_weighted"], row["effective_n"] = 1009, 604.7
    assert sentences.rated_sentence(row, "good or very good") == (
        "Visibility: 28% of 1,072 people say good or very good (95% interval 25% to 31%); weighted "
        "to the population 29% (25% to 33%; 1,009 people, effective n 605)."
    )


def test_groups_differ_below_five_percent_and_not_at_it():
    assert sentences.differing_sentence(_tests(0.0499, 0.05), "visibility") == (
        "Visibility differs between group 1 (Holm-adjusted p < 0.05); these data do not show that "
        "it differs between group 2 (p = 0.050)."
    )


def test_groups_that_all_differ_leave_nothing_over():
    assert sentences.differing_sentence(_tests(0.01, 0.02), "visibility") == (
        "Visibility differs between group 1 (Holm-adjusted p = 0.010) and group 2 (p = 0.020)."
    )


def test_groups_of_which_none_differs_are_named_with_their_p_values():
    assert sentences.differing_sentence(_tests(0.2, 0.3), "visibility") == (
        "These data do not show that visibility differs between group 1 (Holm-adjusted p = 0.200) "
        "and group 2 (p = 0.300)."
    )


def test_nine_groups_are_named_and_a_tenth_is_counted():
    assert sentences.differing_sentence(_tests(*[0.2] * 9), "it").endswith("group 9 (p = 0.200).")
    assert sentences.differing_sentence(_tests(*[0.2] * 10), "It").endswith("and 1 more.")


def test_nothing_is_said_without_tests():
    assert sentences.differing_sentence(_tests(), "visibility") == ""


@pytest.mark.parametrize(
    ("p_adjusted", "title"),
    [
        (0.0499, "Visibility differs between group 1 (p < 0.05)"),
        (0.05, "Visibility: no difference between group 1 that these data can show"),
    ],
)
def test_a_title_calls_a_difference_only_what_is_below_five_percent(p_adjusted, title):
    assert sentences.differing_title("visibility", _tests(p_adjusted), "group 1") == title


def test_a_difference_is_said_with_where_it_lies():
    tests = _tests(0.04, 0.2).assign(apart="from 45% of a to 52% of b say good")
    title = sentences.differing_title("visibility", tests, "group 1")
    assert title == (
        "Visibility differs between group 1 (p = 0.040; from 45% of a to 52% of b say good)"
    )
    said = sentences.differing_sentence(tests, "visibility")
    assert said.count("from 45% of a to 52% of b say good") == 1
    assert "between group 1 (Holm-adjusted p = 0.040; from 45%" in said


def test_groups_without_a_test_have_a_title_that_claims_nothing():
    assert sentences.differing_title("view", _tests(), "ages") == "View: ages"


def test_a_share_that_may_not_be_shown_is_said_to_be_hidden():
    hidden = OVERALL.assign(estimate=[HIDDEN_NUMBER, 0.5])
    said = sentences.rated_sentence(hidden.iloc[0], "good or very good")
    assert said == (
        "Visibility: too few people say good or very good, or too few say something else, for the "
        "share to be shown."
    )
    title = sentences.rated_title(hidden, RATINGS)
    assert title == "Rated good or very good: accessibility 50%"
    nothing = sentences.rated_title(OVERALL.assign(estimate=HIDDEN_NUMBER), RATINGS)
    assert nothing == "Answers on visibility and accessibility"


def test_ratings_with_other_best_answers_each_name_theirs():
    other = RATINGS | {"accessibility": SimpleNamespace(noun="accessibility", best="easy")}
    assert sentences.rated_title(OVERALL, other) == (
        "Rated: visibility good or very good 28% and accessibility easy 50%"
    )


def test_the_answer_has_a_paragraph_on_ratings_and_on_what_goes_together():
    pairs = [NAMES, *((name, "satisfaction") for name in NAMES)]
    rated, between, together = sentences.answer_texts(
        OVERALL, RATINGS, dict.fromkeys(pairs, TAU), {}, WORDS
    )
    assert rated.startswith("Visibility: 28% of 1,072 people")
    assert "Accessibility: 50% of 1,045 people" in rated
    assert between == ""
    assert together.startswith("People who rate visibility higher tend to rate accessibility")
    assert "n = 500. Who had a better experience tends to give a better rating" in together


def test_the_answer_leaves_out_what_was_not_asked():
    _, between, together = sentences.answer_texts(OVERALL, RATINGS, {NAMES: TAU}, {}, WORDS)
    assert between == ""
    assert together.endswith("n = 500.")
    one = {"visibility": RATINGS["visibility"]}
    assert sentences.answer_texts(OVERALL.head(1), one, {}, {}, WORDS)[1:] == ["", ""]


def test_each_rating_needs_its_row():
    with pytest.raises(ValueError, match="zip"):
        sentences.answer_texts(OVERALL.head(1), RATINGS, {NAMES: TAU}, {}, WORDS)
    with pytest.raises(ValueError, match="zip"):
        sentences.rated_title(OVERALL.head(1), RATINGS)
