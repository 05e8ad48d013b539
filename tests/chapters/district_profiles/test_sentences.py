"""Sentences on gaps tell credible ones from pointers, and districts with one from those without."""

import numpy as np
import pandas as pd
import pytest

from analysis.chapters.district_profiles import headlines, sentences
from analysis.survey.codebook import Words

WORDS = Words(district="district", districts="districts")


def _gaps(*rows: tuple) -> pd.DataFrame:
    """Make gaps of (district, measure, credible) with the same numbers."""
    table = pd.DataFrame(rows, columns=["level", "measure", "credible"])
    table["credible"] = table["credible"].astype(bool)
    numbers = {"unit": "percent", "estimate": 0.5, "overall": 0.4}
    return table.assign(gap=0.1, gap_low=0.02, gap_high=0.18, place="", **numbers)


def _tests(*p_adjusted: float) -> pd.DataFrame:
    names = [f"m{number}" for number in range(1, len(p_adjusted) + 1)]
    return pd.DataFrame({"measure": names, "p_adjusted": p_adjusted, "status": "secondary"})


def test_a_pointer_stands_behind_the_credible_gap_of_the_same_district():
    gaps = _gaps(("North", "a", True), ("North", "b", False), ("South", "c", True))
    assert sentences.district_sentence(gaps, "North", "the county") == (
        "**North**: a 50%, everybody 40%: +10 points (+2 to +18). Pointers, to be looked at again: "
        "b 50%, everybody 40%: +10 points (+2 to +18)."
    )


def test_a_district_with_pointers_alone_has_no_difference():
    said = sentences.district_sentence(_gaps(("North", "a", False)), "North", "the county")
    assert said == (
        "**North**: no difference from the county that these data can show. Pointers, to be looked "
        "at again: a 50%, everybody 40%: +10 points (+2 to +18)."
    )


def test_a_gap_that_rounded_shares_do_not_make_says_so():
    gaps = _gaps(("North", "a", True)).assign(estimate=0.51)
    said = sentences.district_sentence(gaps, "North", "the county")
    assert said.endswith("a 51%, everybody 40%: +10 points before rounding (+2 to +18).")


def test_a_shift_is_told_in_points_and_an_end_at_zero_with_what_it_was():
    gaps = _gaps(("North", "a", True)).assign(unit="points", estimate=0.1, overall=0.0, gap_low=0.0)
    assert sentences.district_sentence(gaps, "North", "the county") == (
        "**North**: a +10, everybody 0: +10 points (0 to +18, without 0 before it is rounded)."
    )


def test_districts_differ_on_a_measure_below_five_percent_and_not_at_it():
    assert sentences.measures_sentence(_tests(0.0499, 0.05), "districts") == (
        "On 1 of 2 secondary measures districts differ by more than chance explains: m1 "
        "(Holm-adjusted p < 0.05)."
    )


def test_where_no_measure_differs_the_smallest_p_value_is_named():
    assert sentences.measures_sentence(_tests(0.3, 0.05, 0.9), "districts") == (
        "On none of 3 secondary measures do these data show that districts differ by more than "
        "chance explains (smallest Holm-adjusted p = 0.050)."
    )


def test_eight_measures_are_named_and_a_ninth_is_counted():
    eight = sentences.measures_sentence(_tests(*[0.01] * 8), "districts")
    assert eight.endswith("and m8 (Holm-adjusted p = 0.010).")
    assert sentences.measures_sentence(_tests(*[0.01] * 9), "districts").endswith("and 1 more.")


@pytest.mark.parametrize(
    ("gaps", "title"),
    [
        ([], "None of 10 districts has a gap to the whole that these data can show"),
        ([("N", "a", True)], "1 of 10 districts has a credible gap to the whole"),
        (
            [("N", "a", True), ("N", "b", True), ("S", "a", True)],
            "2 of 10 districts have a credible gap to the whole",
        ),
        (
            [("N", "a", False), ("N", "b", False)],
            "None of 10 districts has a credible gap to the whole, 1 a pointer",
        ),
    ],
)
def test_the_title_counts_districts_and_not_gaps(gaps, title):
    assert sentences.panels_title(_gaps(*gaps), 10, "districts") == title


def test_the_title_says_which_pointers_are_not_drawn():
    gaps = _gaps(("N", "a", False), ("S", "a", False)).assign(gap=[0.1, np.nan])
    title = sentences.panels_title(gaps, 10, "districts")
    assert title.endswith(", 2 a pointer (1 not drawn: hidden)")


def test_twelve_districts_without_a_gap_are_named_and_a_thirteenth_is_counted():
    levels = [f"d{number}" for number in range(1, 14)]
    assert sentences.rest_sentence(levels[:12], "all").startswith(", ".join(levels[:11]) + " and")
    assert " and 1 more: no difference" in sentences.rest_sentence(levels, "all")
    assert sentences.rest_sentence([], "all") == ""


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("credible", "The largest credible gap is North's: a +10 points from everybody (+2 to +18"),
        ("pointer", "No gap is credible; the largest pointer, to be looked at again"),
        ("none", "No gap is credible; on the measure on which they differ most, the"),
    ],
)
def test_the_largest_gap_is_called_what_it_is(kind, start):
    row = _gaps(("North", "a", True)).assign(n=50).iloc[0]
    assert headlines.largest_sentence(row, kind, "everybody").startswith(start)


def test_the_answer_lists_districts_with_a_gap_and_then_names_the_rest():
    gaps = _gaps(("North", "a", True), ("South", "b", False))
    levels = ["East", "North", "South", "West"]
    texts = sentences.answer_texts(WORDS, None, _tests(0.01, 0.2), gaps, levels, "everybody")
    assert texts[0] == ""
    assert texts[1].startswith("On 1 of 2 secondary measures districts differ")
    assert [line[:9] for line in texts[2].splitlines()] == ["- **North", "- **South"]
    assert texts[3] == "East and West: no difference from everybody that these data can show."
    assert texts[4] == ""
    assert texts[5].startswith("2 secondary measures are tested at once here")


def test_a_likely_place_is_a_pointer_of_its_own_kind():
    row = {"estimate": 0.5, "conf_low": 0.3, "conf_high": 0.6, "place": "among the lowest 3"}
    gaps = _gaps(("North", "a", False)).assign(**row)
    assert sentences.district_sentence(gaps, "North", "all").endswith(
        ". Pointers, to be looked at again: a 50% (30% to 60%), among the lowest 3."
    )


def test_a_primary_measure_is_not_counted_among_the_secondary():
    tests = _tests(0.01, 0.2).assign(status=["primary", "secondary"])
    texts = sentences.answer_texts(WORDS, None, tests, _gaps(), ["East"], "all")
    assert texts[1].startswith("These data do not show that districts differ on the one secondary")
    assert texts[5] == ""


def test_a_district_of_which_everything_is_hidden_is_not_said_to_be_like_the_rest():
    texts = sentences.answer_texts(
        WORDS, None, _tests(0.2), _gaps(), ["East", "West"], "all", ["West"]
    )
    assert texts[3] == "East: no difference from all that these data can show."
    assert texts[4] == "West: too few people answered for a difference to be shown."
    said = sentences.district_sentence(_gaps(), "West", "all", ["West"])
    assert said == "**West**: too few people answered for a difference to be shown."


def test_an_answer_without_any_gap_has_no_list():
    texts = sentences.answer_texts(WORDS, None, _tests(0.2), _gaps(), ["East", "West"], "all")
    assert texts[2] == ""
    assert texts[3].startswith("East and West")


def test_the_people_of_a_population_are_called_so():
    people = pd.DataFrame({"level": ["North"], "n_rounded": [40], "rate": [1.2]})
    title = sentences.people_title(people, "district")
    assert title == "People who belong to the population, by district"


@pytest.mark.parametrize(
    ("p_adjusted", "said"),
    [
        (0.01, "Districts differ on the one secondary measure, m1 (p = 0.010) by more than chance"),
        (0.3, "These data do not show that districts differ on the one secondary measure, m1 (p"),
    ],
)
def test_one_measure_is_said_as_one(p_adjusted, said):
    assert sentences.measures_sentence(_tests(p_adjusted), "districts").startswith(said)
    gaps = _gaps(("North", "a", False))
    assert sentences.answer_texts(WORDS, None, _tests(0.3), gaps, ["North"], "all")[-1] == ""
