"""What of the part on digital channels is left out, for each of its reasons."""

import dataclasses

from analysis import survey
from analysis.chapters.digital import needs

HERTS = survey.load("herts_2023")


def _without(*roles: str, **words: object) -> survey.Survey:
    """Return the default survey as if it had not asked some questions."""
    kept = tuple(each for each in HERTS.codebook.questions if each.role not in roles)
    spoken = dataclasses.replace(HERTS.words, **words)
    codebook = dataclasses.replace(HERTS.codebook, questions=kept, words=spoken)
    return dataclasses.replace(HERTS, codebook=codebook)


def test_of_everybody_nothing_is_left_out():
    assert needs.left_out(HERTS) == {}


def test_both_parts_need_digital_channels_use_and_preference():
    both = {"digital", "digital_model"}
    plain = needs.left_out(_without(digital_groups=()))
    assert plain == dict.fromkeys(both, "the codebook names no digital channels")
    unasked = needs.left_out(_without("preferred"))
    assert unasked == dict.fromkeys(both, "the survey did not ask what people prefer")
    assert set(needs.left_out(_without("used", "used_last"))) == both


def test_the_model_needs_age_or_disability():
    assert needs.left_out(_without("age")) == {}
    assert set(needs.left_out(_without("age", "disability"))) == {"digital_model"}


def test_nobody_who_used_a_digital_channel_leaves_both_out():
    codes = HERTS.coded_responses().assign(used_last="phone_101")
    left = needs.left_out(HERTS.holding(codes))
    assert set(left) == {"digital", "digital_model"}
    assert left["digital"].startswith("fewer than 10 people used a digital channel, or")


def test_few_people_leave_both_out():
    codes = HERTS.coded_responses().head(12)
    left = needs.left_out(HERTS.holding(codes))
    assert left["digital"] == "fewer than 20 people said what they used and what they prefer"
