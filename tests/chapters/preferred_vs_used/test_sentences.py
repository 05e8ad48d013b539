from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.preferred_vs_used import claims, sentences
from analysis.chapters.preferred_vs_used.claims import Claims
from analysis.primary import Primary
from analysis.privacy import ToldShare
from analysis.proportions import Share
from analysis.survey.codebook import Words

HERTS = survey.load("herts_2023")
WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="No promise.",
)  # fmt: skip


def _shifts(estimate: list, differs: object = True, offered: object = True) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "channel": ["Web", "Phone", "Desk", "Post", "Fax"][: len(estimate)],
            "share_used": 0.4, "share_preferred": 0.5, "estimate": estimate, "conf_low": -0.1,
            "conf_high": 0.2, "differs": differs, "offered": offered,
        }
    )  # fmt: skip


def _named(said: str) -> list[str]:
    """Return the channels in the order in which a sentence names them."""
    at = {name: said.find(f"{name} (") for name in ("web", "phone", "desk", "post", "fax")}
    return sorted((name for name in at if at[name] >= 0), key=at.get)


def test_a_sentence_names_gains_and_losses_apart():
    said = sentences.shift_sentence(_shifts([0.1, -0.1]), WORDS)
    assert said == (
        "More people would prefer than used: web (40% against 50%; +10.0 points, -10.0 to +20.0)."
        "\n\n"
        "Fewer people would prefer than used: phone (40% against 50%; -10.0 points, -10.0 to "
        "+20.0)."
    )


def test_a_channel_that_does_not_differ_is_not_named():
    assert sentences.shift_sentence(_shifts([0.1, 0.2], [False, False]), WORDS) == ""


def test_a_hidden_channel_is_not_named():
    assert _named(sentences.shift_sentence(_shifts([None, -0.1]), WORDS)) == ["phone"]


def test_a_channel_that_was_not_offered_is_not_named():
    said = sentences.shift_sentence(_shifts([0.1, -0.1], True, [False, True]), WORDS)
    assert _named(said) == ["phone"]


def test_the_three_largest_gains_are_named_from_the_largest_on():
    said = sentences.shift_sentence(_shifts([0.1, 0.3, 0.2, 0.4]), WORDS)
    assert _named(said) == ["post", "phone", "desk"]
    assert said.endswith(", and 1 more.")


def test_the_three_largest_losses_are_named_from_the_largest_on():
    said = sentences.shift_sentence(_shifts([-0.1, -0.3, -0.2, -0.5, -0.4]), WORDS)
    assert _named(said) == ["post", "fax", "phone"]
    assert said.endswith(", and 2 more.")


def test_three_gains_are_all_there_are():
    said = sentences.shift_sentence(_shifts([0.1, 0.3, 0.2]), WORDS)
    assert _named(said) == ["phone", "desk", "web"]
    assert said.endswith("+20.0).")


def test_a_shift_of_nothing_is_neither_gain_nor_loss():
    assert sentences.shift_sentence(_shifts([0.0]), WORDS) == ""


def test_a_shift_beside_nothing_is_a_gain_or_a_loss():
    said = sentences.shift_sentence(_shifts([0.01, -0.01]), WORDS)
    assert [each.split(" ")[0] for each in said.split("\n\n")] == ["More", "Fewer"]


def test_channels_on_offer_alone_are_counted():
    shifts = _shifts([0.1, 0.1, 0.1], [True, True, False], [True, False, True])
    said = sentences.count_sentence(shifts, WORDS, 0.01, what="channels")
    assert said == (
        "What people used and what they would prefer differ for 1 of 2 channels on offer (95% "
        "intervals that hold together); swapping each person's answers, all at once (primary "
        "comparison): Holm-adjusted p = 0.010."
    )


def _tests(p_adjusted: list) -> pd.DataFrame:
    names = ["district", "age", "reason"][: len(p_adjusted)]
    return pd.DataFrame({"grouping": names, "p_adjusted": p_adjusted})


def test_groupings_that_differ_and_that_do_not_are_told_apart():
    said = sentences.grouping_sentence(_tests([0.0001, 0.3, 0.4]), WORDS)
    assert said == (
        "The shifts differ between districts (p < 0.001), Holm-adjusted. These data do not show "
        "that the shifts differ between age groups (p = 0.300) or reasons for contact (p = 0.400), "
        "Holm-adjusted."
    )


def test_nothing_is_said_of_groupings_where_there_are_none():
    assert sentences.grouping_sentence(_tests([]), WORDS) == ""


def test_three_groupings_that_differ_are_listed():
    said = sentences.grouping_sentence(_tests([0.01, 0.02, 0.03]), WORDS)
    assert "districts (p = 0.010), age groups (p = 0.020) and reasons for contact" in said


@pytest.mark.parametrize(
    ("p_adjusted", "start"),
    [(0.0499, "The shifts differ"), (0.05, "These data do not"), (0.0501, "These data do not")],
)
def test_a_grouping_differs_below_five_percent(p_adjusted, start):
    assert sentences.grouping_sentence(_tests([p_adjusted]), WORDS).startswith(start)


def _answer(same, p_adjusted, channels, groups, by_tests):
    asked = SimpleNamespace(kind="single")
    codebook = SimpleNamespace(
        disclosure_threshold=10, disclosure_method="ranges", question=lambda role: asked
    )
    groups_called = "groups of channels"
    survey = SimpleNamespace(
        words=WORDS, codebook=codebook, channel_groups=groups_called, used_role="used"
    )
    row = {"term": ["shift"], "status": "primary", "p_adjusted": [p_adjusted]}
    family = pd.DataFrame(row).dropna()
    plan = Primary(family=family)
    return sentences.answer_texts(survey, same, plan, (channels, groups), by_tests)


def test_the_answer_has_a_paragraph_a_subject():
    same = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    shifts = _shifts([0.1, -0.1])
    said = _answer(same, 0.2, shifts, shifts, _tests([0.3]))
    assert [each.split(" ")[0] for each in said] == ["60%", "More", "These", "No"]
    assert "(95% interval 50.0% to 70.0%). What people used" in said[0]


def test_the_answer_tells_of_groups_where_single_channels_are_too_small():
    hidden, groups = _shifts([None, -0.1]), _shifts([0.1, 0.2, 0.15])
    said = _answer(None, None, hidden, groups, _tests([]))
    assert said[0] == (
        "What people used and what they would prefer differ for 3 of 3 groups of channels (95% "
        "intervals that hold together)."
    )
    assert _named(said[1]) == ["phone", "desk", "web"]


def test_the_answer_keeps_silent_where_nothing_can_be_shown():
    hidden = _shifts([None, None])
    assert _answer(None, None, hidden, hidden, _tests([])) == ["", "", "", "No promise."]
    [said, *_] = _answer(None, 0.2, hidden, hidden, _tests([]))
    assert said == (
        "Swapping each person's answers, all at once (primary comparison): Holm-adjusted p = 0.200."
    )


@pytest.mark.parametrize(
    ("n_yes", "start"),
    [
        (10, "17% of 60"),
        (9, "Fewer than 10 of 60"),
        (50, "83% of 60"),
        (51, "All but fewer than 10 of 60"),
    ],
)
def test_the_share_with_the_same_answer_is_a_number_if_few_are_on_neither_side(n_yes, start):
    same = Share(estimate=n_yes / 60, conf_low=0.1, conf_high=0.9, n_yes=n_yes, n=60)
    said = sentences.same_sentence(HERTS, same)
    assert said.startswith(start)
    assert ("%" in said) == start[0].isdigit()


def _claim(*, rounded=False, contradict=0.25, near=0.5) -> Claims:
    ends = {"conf_low": 0.2, "conf_high": 0.6, "exact": not rounded}
    shares = [
        None
        if each is None
        else ToldShare(estimate=each, low=each - 0.1 * rounded, high=each, **ends)
        for each in (contradict, near)
    ]
    kappa = SimpleNamespace(estimate=0.93, conf_low=0.91, conf_high=0.95)
    return Claims(
        shown=pd.DataFrame(), n=1, yes=1000, kappa=kappa, contradict=shares[0], near=shares[1],
        rounded=rounded,
    )  # fmt: skip


def test_claims_are_said_with_their_numbers():
    assert claims.claim_paragraphs(_claim()) == [
        "Agreement of what 1 people said and answered: kappa 0.93 (0.91 to 0.95). Of 1,000 people "
        "who said yes, 25% (20.0% to 60.0%) prefer another channel all the same. Of these, 50% "
        "(20.0% to 60.0%) prefer another channel of the same group."
    ]


def test_claims_from_rounded_counts_are_ranges_and_kappa_is_widened():
    [said] = claims.claim_paragraphs(_claim(rounded=True))
    assert "kappa about 0.9 (0.9 to 1.0). Of about 1,000 people who said yes, 15% to 25%" in said
    assert "15% to 25% (counts are rounded; 95% interval 20% to 60%)" in said
    assert "Of these, 40% to 50%" in said


def test_claims_that_rest_on_too_few_people_are_not_said():
    [said] = claims.claim_paragraphs(_claim(contradict=None, near=None))
    assert said.endswith(
        "0.95). Which channels they prefer instead rests on too few people to be shown."
    )


def test_nothing_is_said_of_claims_where_nobody_was_asked():
    nothing = {"kappa": None, "contradict": None, "near": None, "rounded": False}
    nobody = Claims(shown=pd.DataFrame(), n=0, yes=0, **nothing)
    assert claims.claim_paragraphs(nobody) == []
    assert claims.claim_note(None, nobody) == ""
    assert claims.kappa_sentence(nobody) == ""


def _codebook() -> SimpleNamespace:
    question = SimpleNamespace(wording="Was it?")
    return SimpleNamespace(
        question=lambda role: question, disclosure_threshold=10, disclosure_method="ranges"
    )


def test_a_note_on_claims_says_when_counts_are_rounded():
    assert claims.claim_note(_codebook(), _claim()) == '"Was it?"'
    assert claims.claim_note(_codebook(), _claim(rounded=True)) == '"Was it?" Rounded to 10.'
