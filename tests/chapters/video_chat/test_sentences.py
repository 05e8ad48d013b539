"""What sentences on the video chat name, on the boundary and just beside it."""

import dataclasses

import numpy as np
import pandas as pd

from analysis import proportions, survey
from analysis.chapters.video_chat import headlines, sentences, service_sentences, titles
from analysis.report import Weighted

HERTS = survey.load("herts_2023")
NAMES = {"age": "age groups", "channel": "groups of channels used"}


def _tests(*p_adjusted):
    return pd.DataFrame({"term": list(NAMES)[: len(p_adjusted)], "p_adjusted": p_adjusted})


#: Half an interval: shares a tenth apart are apart.
WIDE = 0.04


def _shares(*estimates, variable="age", few=False):
    """Return groups called a, b and so on with adjusted shares."""
    return pd.DataFrame(
        {
            "variable": variable, "level": list("abcdef")[: len(estimates)], "few": few,
            "estimate": estimates, "n": 50,
        }
    ).assign(conf_low=lambda rows: rows["estimate"] - WIDE,
             conf_high=lambda rows: rows["estimate"] + WIDE)  # fmt: skip


def _places(*estimates):
    columns = {"estimate": estimates, "conf_low": 0.1, "conf_high": 0.9, "n": 90}
    levels = ["Inn", "Shop", "Bank", "Club"][: len(estimates)]
    return pd.DataFrame({"level": levels, **columns})


AGAINST = pd.Series(
    {"share_first": 0.3, "share_second": 0.35, "estimate": 0.05, "conf_low": -0.03,
     "conf_high": 0.13, "p_value": 0.2, "n_first": 300, "n_second": 200, "n": 500}
)  # fmt: skip


# ---- Who differs --------------------------------------------------------------------------------


def test_a_grouping_differs_below_five_percent_and_not_at_it():
    below = sentences.differ_sentence(_tests(0.0499), NAMES)
    assert below == "The share differs between age groups (p < 0.05), Holm-adjusted."
    at = sentences.differ_sentence(_tests(0.05), NAMES)
    assert at == (
        "These data do not show that the share differs between age groups (p = 0.050), "
        "Holm-adjusted."
    )


def test_groupings_that_differ_come_before_those_that_do_not():
    said = sentences.differ_sentence(_tests(0.4, 0.01), NAMES, how="Side by side, ")
    assert said == (
        "Side by side, the share differs between groups of channels used (p = 0.010). These data "
        "do not show that it differs between age groups (p = 0.400), Holm-adjusted."
    )


def test_shares_run_from_lowest_to_highest_only_where_a_grouping_differs():
    shares = _shares(0.4, 0.2, 0.6)
    said = sentences.range_sentences(shares, _tests(0.0499), NAMES)
    assert said == (
        "Between age groups, the adjusted share runs from 20% (16% to 24%) for b to 60% (56% to "
        "64%) for c."
    )
    assert sentences.range_sentences(shares, _tests(0.05), NAMES) == ""


def test_a_group_of_few_people_is_no_end_of_a_range():
    shares = _shares(0.1, 0.4, 0.6, 0.9, few=[True, False, False, True])
    said = sentences.range_sentences(shares, _tests(0.01), NAMES)
    assert "40% (36% to 44%) for b to 60% (56% to 64%) for c" in said


def test_a_range_is_that_of_its_own_grouping():
    shares = pd.concat([_shares(0.4, 0.6), _shares(0.1, 0.9, variable="channel")])
    assert "from 40%" in sentences.range_sentences(shares, _tests(0.01, 0.3), NAMES)


def test_who_would_use_it_is_what_differs_and_how_far():
    said = sentences.who_sentences(_tests(0.01), _shares(0.2, 0.6), NAMES)
    assert said.startswith("Adjusted for each other, the share differs between age groups")
    assert said.endswith("for b.")
    none = sentences.who_sentences(_tests(0.05), _shares(0.2, 0.6), NAMES)
    assert none.endswith("Holm-adjusted.")


# ---- Title of the adjusted shares ---------------------------------------------------------------

NOTHING = "These data do not show that any of these groupings differs"


def test_a_title_names_a_grouping_below_five_percent_and_not_at_it():
    shares = _shares(0.6, 0.2)
    assert titles.adjusted_title(shares, _tests(0.05), NAMES) == NOTHING
    assert titles.adjusted_title(shares, _tests(0.0499), NAMES) == (
        "Between age groups, the adjusted share runs from 20% (b) to 60% (a)"
    )


def test_a_title_names_the_grouping_that_differs_most():
    shares = pd.concat([_shares(0.6, 0.2), _shares(0.5, 0.1, variable="channel")])
    title = titles.adjusted_title(shares, _tests(0.04, 0.01), NAMES)
    assert title.startswith("Between groups of channels used, ")
    assert title.endswith("from 10% (b) to 50% (a)")
    title = titles.adjusted_title(shares, _tests(0.01, 0.04), NAMES)
    assert title.startswith("Between age groups, ")
    assert title.endswith("from 20% (b) to 60% (a)")


def test_a_title_leaves_out_hidden_groups_and_groups_of_few():
    shares = _shares(0.1, 0.4, np.nan, 0.6, few=[True, False, False, False])
    title = titles.adjusted_title(shares, _tests(0.01), NAMES)
    assert title.endswith("from 40% (b) to 60% (d)")


def test_a_title_names_those_from_whom_an_end_cannot_be_told():
    title = titles.adjusted_title(_shares(0.6, 0.55, 0.2, 0.54), _tests(0.01), NAMES)
    assert title.endswith("from 20% (c) to 60% (a; not clearly apart from b and d)")


def test_a_title_needs_two_groups_to_compare():
    assert titles.adjusted_title(_shares(0.4), _tests(0.01), NAMES) == NOTHING
    assert titles.adjusted_title(_shares(0.4, np.nan), _tests(0.01), NAMES) == NOTHING


# ---- Everybody, places, and whom it would serve -------------------------------------------------


def test_the_weighted_share_is_said_where_there_are_weights():
    overall = proportions.share(pd.Series([True, False] * 50))
    numbers = {"estimate": 0.6, "conf_low": 0.5, "conf_high": 0.7, "n": 90, "effective_n": 59.6}
    said = sentences.everybody_sentence(HERTS, overall, Weighted(**numbers))
    label = HERTS.codebook.population_counts.label
    assert f"; weighted to the {label}: 60% (50.0% to 70.0%; 90 people with a weight" in said
    assert said.endswith("who count as 60), outside the interval without weights.")
    inside = Weighted(**numbers | {"estimate": 0.55})
    assert sentences.everybody_sentence(HERTS, overall, inside).endswith("who count as 60).")
    assert "weight" not in sentences.everybody_sentence(HERTS, overall, None)


def test_weights_that_a_survey_brings_have_no_named_population():
    codebook = dataclasses.replace(HERTS.codebook, population_counts=None)
    plain = dataclasses.replace(HERTS, codebook=codebook)
    numbers = {"estimate": 0.6, "conf_low": 0.5, "conf_high": 0.7, "n": 90, "effective_n": 60}
    overall = proportions.share(pd.Series([True, False] * 50))
    said = sentences.everybody_sentence(plain, overall, pd.Series(numbers))
    assert "weighted to the population that the weights stand for: 60%" in said


def test_three_places_are_named_and_no_fourth():
    said = service_sentences.places_sentence(_places(0.6, 0.5, 0.4, 0.3))
    assert said == (
        "Of 90 people who named a place, 60% (10% to 90%) ticked inn, 50% (10% to 90%) ticked "
        "shop and 40% (10% to 90%) ticked bank."
    )


def test_a_hidden_place_gives_its_room_to_the_next():
    said = service_sentences.places_sentence(_places(0.6, np.nan, 0.4, 0.3))
    assert "ticked inn, 40% (10% to 90%) ticked bank and 30% (10% to 90%) ticked club" in said


def test_the_title_of_places_has_the_first_and_the_last_that_are_shown():
    title = titles.places_title(_places(0.6, 0.5, 0.4, np.nan))
    assert title == "Among the most often: inn (60%); among the least often: bank (40%)"
    places = _places(0.6, 0.5, 0.4).assign(conf_low=[0.58, 0.48, 0.3], conf_high=[0.7, 0.52, 0.49])
    title = titles.places_title(places)
    assert title == "Most often: inn (60%); among the least often: bank (40%)"


def test_one_place_is_neither_most_nor_least_and_none_has_no_title():
    assert titles.places_title(_places(np.nan, np.nan)) == ""
    assert titles.places_title(_places(np.nan, 0.4)) == "Shop (40%)"


def test_the_subtitle_of_places_speaks_of_rings_only_where_there_are_weights():
    with_weights = titles.places_subtitle(_places(0.5).assign(weighted_share=0.4))
    assert with_weights == "Share of 90 people who ticked it, 95% interval; ring: weighted"
    assert "ring" not in titles.places_subtitle(_places(0.5).assign(weighted_share=np.nan))


def test_the_caption_of_places_is_the_question_and_who_was_asked():
    caption = titles.places_caption(HERTS)
    assert caption.startswith(HERTS.codebook.question("video_place").wording)
    assert " Asked: people who" in caption


def test_who_used_another_channel_is_compared_with_who_did_not():
    said = service_sentences.against_sentence(AGAINST, "would", HERTS.words)
    assert said.startswith("Of 200 people who used another channel than the one they prefer 35%")
    assert "+5 points (95% interval -3 to +13; p = 0.200)" in said


def test_a_note_has_the_test_of_preference_and_not_of_the_others():
    tests = pd.DataFrame({"term": ["age", "prefers"], "p_value": [0.2, 0.3]})
    assert titles.preference_note(tests) == "Likelihood ratio of preference: p = 0.300."


def test_a_model_of_the_top_answers_is_said_to_move_a_share():
    far = pd.Series({"level": "16-24", "apart": 0.03, "outside": 0})
    assert "16-24, by 3 points" in sentences.top_sentence(far)


# ---- Answer and headlines -----------------------------------------------------------------------


def test_the_answer_has_a_paragraph_each_on_everybody_groups_and_places():
    overall = proportions.share(pd.Series([True, False] * 50))
    about = HERTS, NAMES, overall, None, _tests(0.01), _shares(0.2, 0.6)
    first, second, third = sentences.answer_texts(*about, _places(0.6), AGAINST)
    assert first.startswith("50% of 100 people")
    assert second.startswith("Adjusted for each other")
    assert third.startswith("Of 90 people who named a place")
    assert third.endswith("p = 0.200).")
    assert sentences.answer_texts(*about, _places(), AGAINST)[2].startswith("Of 200 people who")


def _headlines(tests, shares, places=None, against=AGAINST):
    overall = proportions.share(pd.Series([True, False] * 50))
    places = _places(0.6, 0.5) if places is None else places
    rows = headlines.headline_rows(HERTS, overall, None, tests, shares, places, against)
    return {row["finding"]: row for row in rows}


def test_headlines_are_of_groupings_below_five_percent():
    shares = _shares(0.4, 0.2, 0.6)
    rows = _headlines(_tests(0.0499), shares)
    assert list(rows) == [
        "video_likely", "video_age_lowest", "video_age_highest", "video_place",
        "video_against_preference",
    ]  # fmt: skip
    assert "video_age_lowest" not in _headlines(_tests(0.05), shares)


def test_headlines_name_the_lowest_and_the_highest_group_that_are_not_of_few():
    shares = _shares(0.4, 0.2, 0.6, 0.1, 0.9, np.nan, few=[False] * 3 + [True] * 2 + [False])
    rows = _headlines(_tests(0.01), shares)
    assert rows["video_age_lowest"]["estimate"] == 0.2
    assert rows["video_age_highest"]["estimate"] == 0.6
    assert rows["video_age_lowest"]["sentence"].startswith("Video chat, b: 20%")


def test_a_headline_of_groups_is_of_the_grouping_it_names():
    shares = pd.concat([_shares(0.4, 0.6), _shares(0.1, 0.9, variable="channel")])
    assert _headlines(_tests(0.01, 0.3), shares)["video_age_lowest"]["estimate"] == 0.4


def test_one_group_makes_no_headline_and_two_do():
    assert "video_age_lowest" not in _headlines(_tests(0.01), _shares(0.4, np.nan))
    assert "video_age_lowest" in _headlines(_tests(0.01), _shares(0.4, 0.5))


def test_the_place_named_most_is_a_headline_if_any_is_shown():
    rows = _headlines(_tests(0.05), _shares(0.4), places=_places(0.6, np.nan))
    assert rows["video_place"]["estimate"] == 0.6
    hidden = _headlines(_tests(0.05), _shares(0.4), places=_places(np.nan, np.nan))
    assert "video_place" not in hidden


def test_what_is_left_out_is_neither_said_nor_a_headline():
    nothing = HERTS, NAMES, None, None, _tests(), _shares(), _places(), None
    said = sentences.answer_texts(*nothing)
    assert said[0].startswith('Too few people answered "likely" or "very likely", or too few gave')
    assert said[1:] == ["", ""]
    rows = headlines.headline_rows(HERTS, None, None, _tests(), _shares(), _places(), None)
    assert rows == []
