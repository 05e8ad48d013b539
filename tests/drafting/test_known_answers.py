"""Texts that many questionnaires offer are told, and put in order, in several wordings."""

import pytest

from analysis.drafting import known_answers


@pytest.mark.parametrize(
    "scale",
    [
        ["Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied",
         "Very satisfied"],
        ["Very dissatisfied", "Fairly dissatisfied", "Neither satisfied or dissatisfied",
         "Fairly satisfied", "Very satisfied"],
        ["Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree",
         "Strongly agree"],
        ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
        ["Very unlikely", "Fairly unlikely", "Neither likely nor unlikely", "Fairly likely",
         "Very likely"],
        ["Not at all likely", "Not very likely", "Quite likely", "Extremely likely"],
        ["Very poor", "Poor", "Fair", "Good", "Very good", "Excellent"],
        ["Very bad", "Bad", "Neither good nor bad", "Good", "Very good"],
        ["Very difficult", "Difficult", "Neither easy nor difficult", "Easy", "Very easy"],
        ["Never", "Rarely", "Sometimes", "Often", "Always"],
        ["Never", "Less than once a month", "Monthly", "Weekly", "Every day"],
        ["Not at all confident", "Not very confident", "Fairly confident", "Very confident"],
        ["Much worse", "Worse", "About the same", "Better", "Much better"],
        ["Not at all", "A little", "Somewhat", "A great deal"],
        ["1 - Very poor", "2 - Poor", "3 - Average", "4 - Good", "5 - Very good"],
    ],
)  # fmt: skip
def test_a_scale_is_put_in_order_from_worst_to_best(scale):
    counts = dict.fromkeys(reversed(scale), 10)
    name, places = known_answers.best_scale(counts)
    assert name
    assert sorted(places, key=places.get) == scale
    assert len(set(places.values())) == len(scale)


@pytest.mark.parametrize(
    "texts",
    [["Ware", "Hitchin"], ["Yes", "No"], ["Neutral", "Mixed"], ["Good morning", "Poor Tom"]],
)
def test_what_is_no_scale_has_no_order(texts):
    assert known_answers.best_scale(dict.fromkeys(texts, 10)) == ("", {})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Don't know", "dont_know"),
        ("I do not know", "dont_know"),
        ("Don’t know / can't say", "dont_know"),
        ("Not sure", "dont_know"),
        ("PREFER NOT TO SAY", "no_answer"),
        ("I'd rather not say", "no_answer"),
        ("Prefer not to answer.", "no_answer"),
        ("Not applicable", "not_asked"),
        ("Don't know the number of my PCSO", ""),
        ("No", ""),
        ("None of these", ""),
    ],
)
def test_kinds_of_missing_are_told(text, kind):
    assert known_answers.missing_kind(text) == kind


def test_bands_begin_where_they_say():
    bands = ["Under 18", "18-24", "25 to 34", "35–44", "45 - 54", "55+", "Over 74"]
    starts = [known_answers.band_start(band) for band in bands]
    assert starts == sorted(starts)
    assert None not in starts


@pytest.mark.parametrize("text", ["18", "12 May", "24/7", "101", "over the moon", "2 to go"])
def test_what_is_no_band_begins_nowhere(text):
    assert known_answers.band_start(text) is None
