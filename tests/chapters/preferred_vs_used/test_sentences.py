import pandas as pd

from analysis.chapters.preferred_vs_used import sentences
from analysis.privacy import Rule
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip


def _shifts(estimate: list, differs: list) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "channel": ["Web", "Phone"], "share_used": 0.4, "share_preferred": 0.5,
            "estimate": estimate, "conf_low": -0.1, "conf_high": 0.2, "differs": differs,
        }
    )  # fmt: skip


def test_a_sentence_names_gains_and_losses_apart():
    said = sentences.shift_sentence(_shifts([0.1, -0.1], [True, True]), WORDS)
    assert said.split("\n\n")[0].startswith("More people would prefer than used: web (40% against")
    assert said.split("\n\n")[1].startswith("Fewer people would prefer than used: phone")


def test_a_channel_that_does_not_differ_or_is_hidden_is_not_named():
    assert sentences.shift_sentence(_shifts([0.1, None], [False, True]), WORDS) == ""


def test_a_channel_that_was_not_offered_is_not_named():
    said = sentences.shift_sentence(_shifts([0.1, -0.1], [True, True]), WORDS, not_offered=["Web"])
    assert said.startswith("Fewer people")


NAMES = {"district": "districts", "age": "age groups", "reason": "reasons"}


def _tests(p_adjusted: list) -> pd.DataFrame:
    return pd.DataFrame({"grouping": ["district", "age", "reason"], "p_adjusted": p_adjusted})


def test_groupings_that_differ_and_that_do_not_are_told_apart():
    said = sentences.grouping_sentence(_tests([0.0001, 0.3, 0.4]), NAMES)
    assert said == (
        "The shifts differ between districts (p < 0.001), Holm-adjusted. These data do not show "
        "that the shifts differ between age groups (p = 0.300) or reasons (p = 0.400), "
        "Holm-adjusted."
    )
    assert sentences.grouping_sentence(_tests([0.1] * 3).iloc[:0], NAMES) == ""


def test_a_title_does_not_take_a_lack_of_evidence_for_a_lack_of_difference():
    title = sentences.between_title(_tests([0.2] * 3), "district", NAMES)
    assert (
        title
        == "These data do not show that shifts differ between districts (Holm-adjusted p = 0.200)"
    )


def test_the_group_that_keeps_most_is_told_from_rounded_counts():
    moves = pd.DataFrame(
        {"channel": ["A", "B", "C"], "n": [100, 40, 20], "A": [60, 10, None],
         "B": [10, 30, None], "C": [20, None, None]}
    )  # fmt: skip
    assert sentences.moves_title(moves.assign(n=[1000, 40, 20]), Rule(10)) == (
        "B keeps most of its people (about 75%), A keeps fewest of its people (about 6%)"
    )
    plain = "What people used, and what they would rather have"
    assert sentences.moves_title(moves.assign(n=[80, 40, 20]), Rule(10)) == plain
    assert sentences.moves_title(moves.iloc[[0, 2]], Rule(10)) == plain


def test_a_share_from_a_rounded_count_is_called_about():
    row = pd.Series(
        {"channel": "Web", "estimate": 0.3, "conf_low": 0.2, "conf_high": 0.4, "n": 101,
         "counted": "rounded to 10"}
    )  # fmt: skip
    said = sentences.reached_finding(row, WORDS)
    assert said == "Web: about 30% of the 101 people who would prefer it used it (20.0% to 40.0%)."
