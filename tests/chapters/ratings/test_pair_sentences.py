"""Two ratings go together if the interval of their correlation leaves out 0, and else need not."""

from types import SimpleNamespace

import pytest

from analysis.chapters.ratings import pair_sentences as said
from analysis.paired import RankCorrelation

NAMES = ("visibility", "accessibility")


def tau(low: float, high: float, estimate: float | None = None) -> RankCorrelation:
    middle = (low + high) / 2 if estimate is None else estimate
    return RankCorrelation(
        estimate=middle, std_error=0.1, conf_low=low, conf_high=high, statistic=2.0, p_value=0.04,
        n=500,
    )  # fmt: skip


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.2), (-0.2, 0.0)])
def test_an_interval_that_touches_zero_shows_nothing(low, high):
    found = tau(low, high)
    start = "These data do not show that visibility and accessibility go together: tau-b = "
    assert said.together_sentence(NAMES, found).startswith(start)
    assert "need not go together: tau-b" in said.together_title(NAMES, found)
    assert said.within_sentence(found, "districts").endswith("cannot tell from none.")


@pytest.mark.parametrize(("low", "high", "way"), [(0.001, 0.2, "higher"), (-0.2, -0.001, "lower")])
def test_an_interval_just_beside_zero_shows_that_they_go_together(low, high, way):
    found = tau(low, high)
    start = f"People who rate visibility higher tend to rate accessibility {way}: tau-b = "
    assert said.together_sentence(NAMES, found).startswith(start)
    title = said.together_title(NAMES, found)
    verb = "go together" if way == "higher" else "go opposite ways"
    assert title.startswith(f"Visibility and accessibility {verb}: tau-b")
    assert said.within_sentence(found, "districts").endswith("people of the same place too.")


def test_nothing_is_said_of_districts_that_are_not_compared():
    assert said.within_sentence(None, "districts") == ""


def test_a_better_experience_goes_with_a_rating_only_above_zero():
    at = said.experience_sentence({"visibility": tau(0.0, 0.2)}, "experience")
    assert at == (
        "These data do not show that who had a better experience gives a better rating of "
        "visibility (tau-b 0.10, 0.00 to 0.20; 500 people)."
    )
    above = said.experience_sentence({"visibility": tau(0.001, 0.2)}, "experience")
    assert above == (
        "Who had a better experience tends to give a better rating of visibility (tau-b 0.10, "
        "0.00 to 0.20; 500 people)."
    )


def test_a_worse_rating_is_not_called_a_better_one():
    text = said.experience_sentence({"visibility": tau(-0.3, -0.1)}, "experience")
    assert text.startswith("These data do not show that")


def test_several_ratings_name_the_measure_once():
    found = {"visibility": tau(0.1, 0.2), "accessibility": tau(0.1, 0.3)}
    text = said.experience_sentence(found, "experience")
    assert text.count("tau-b") == 1
    assert "visibility (tau-b 0.15, 0.10 to 0.20; 500 people) and accessibility (0.20" in text
    nothing = {name: tau(-0.1, 0.1) for name in NAMES}
    assert said.experience_sentence(nothing, "experience").count("tau-b") == 1


RATINGS = {name: SimpleNamespace(noun=name) for name in NAMES}


def test_a_survey_without_an_experience_has_no_sentence_on_it():
    together, experience = said.pair_texts(RATINGS, {NAMES: tau(0.1, 0.3)}, "experience")
    assert together == said.together_sentence(NAMES, tau(0.1, 0.3))
    assert experience == ""


def test_one_rating_alone_has_the_experience_and_nothing_together():
    taus = {("visibility", "satisfaction"): tau(0.1, 0.3)}
    alone = {"visibility": SimpleNamespace(noun="the view")}
    together, experience = said.pair_texts(alone, taus, "experience")
    assert together == ""
    assert experience.startswith("Who had a better experience tends to give a better rating of the")
    assert said.pair_texts(alone, {}, "experience") == ("", "")


def test_ratings_that_run_against_each_other_are_not_said_to_go_together():
    assert "accessibility go opposite ways: tau-b -0.20" in said.together_title(
        NAMES, tau(-0.3, -0.1)
    )


def test_each_rating_is_compared_with_the_experience():
    first, second = ((name, "satisfaction") for name in NAMES)
    taus = {NAMES: tau(0.1, 0.3), first: tau(0.1, 0.3), second: tau(-0.1, 0.3)}
    _, experience = said.pair_texts(RATINGS, taus, "experience")
    assert experience.startswith("Who had a better experience tends to give a better rating of vis")
    assert "these data do not show that of accessibility (0.10" in experience
