"""What sentences on digital channels name, on the boundary and just beside it."""

import numpy as np
import pandas as pd

from analysis import survey
from analysis.chapters.digital import headlines, sentences, titles
from analysis.proportions import Share

HERTS = survey.load("herts_2023")
WORDS = HERTS.words
NAMES = {"age": "age groups", "disability": "answers on disability"}


def _gaps(used, preferred, variable="age"):
    return pd.DataFrame(
        {
            "variable": variable, "level": list("abcdef")[: len(used)], "n": 50,
            "share_used": used, "share_preferred": preferred, "weighted": "",
            "estimate": np.subtract(preferred, used), "conf_low": -0.1, "conf_high": 0.1,
        }
    )  # fmt: skip


EVERYBODY = _gaps([0.3], [0.4], "everybody")


def _tests(p_adjusted, grouping="age"):
    rows = {"grouping": grouping, "test": ["used", "prefer", "gap"], "p_adjusted": p_adjusted}
    return pd.DataFrame(rows)


def _between(*p_adjusted):
    return sentences.between_groups_sentence(_tests(p_adjusted), NAMES)


# ---- The gap of everybody, and the groups at both ends ------------------------------------------


def test_a_hidden_gap_is_not_said():
    row = EVERYBODY.iloc[0]
    assert "30% used most recently" in sentences.gap_sentence(row, WORDS)
    assert "weighted" not in sentences.gap_sentence(row, WORDS)
    row = pd.Series(row.to_dict() | {"weighted": "20%, 30%"})
    assert "-10 to +10; with weights: 20% and 30%)" in sentences.gap_sentence(row, WORDS)
    assert sentences.gap_sentence(pd.Series(row.to_dict() | {"estimate": np.nan}), WORDS) == ""


def test_ends_are_the_groups_that_use_least_and_most():
    said = sentences.ends_sentence(_gaps([0.3, 0.1, 0.5], [0.4, 0.9, 0.2]), WORDS)
    assert said.startswith("Groups run from b (10%")
    assert " to c (50%" in said


def test_a_hidden_group_is_no_end_and_one_group_has_none():
    shown = _gaps([0.3, 0.1, 0.5], [0.4, np.nan, 0.2])
    assert sentences.ends_sentence(shown, WORDS).startswith(
        "Groups that may be shown run from a (30%"
    )
    assert sentences.ends_sentence(shown.iloc[:2], WORDS) == ""


# ---- What differs between groups ----------------------------------------------------------------


def test_a_test_differs_below_five_percent_and_not_at_it():
    assert _between(0.0499, 0.0499, 0.0499) == (
        "Between age groups use (p < 0.05), preference (p < 0.05) and the gap (p < 0.05) "
        "differ, Holm-adjusted."
    )
    assert _between(0.05, 0.05, 0.05) == (
        "Between age groups these data do not show that use (p = 0.050), preference (p = 0.050) "
        "or the gap (p = 0.050) differs, Holm-adjusted."
    )


def test_one_that_differs_and_two_that_do_not_have_their_verbs():
    assert _between(0.01, 0.3, 0.4) == (
        "Between age groups use (p = 0.010) differs; these data do not show that preference "
        "(p = 0.300) or the gap (p = 0.400) do, Holm-adjusted."
    )
    assert _between(0.01, 0.02, 0.4).endswith(
        "preference (p = 0.020) differ; these data do not show that the gap (p = 0.400) does, "
        "Holm-adjusted."
    )


def test_each_grouping_has_its_sentence():
    both = pd.concat([_tests([0.01] * 3), _tests([0.4] * 3, "disability")])
    said = sentences.between_groups_sentence(both, NAMES)
    assert said.index("age groups") < said.index("answers on disability")
    assert sentences.between_groups_sentence(both.iloc[:0], NAMES) == ""


# ---- Channels that were not on offer ------------------------------------------------------------


def _offer(first, second, n=(60, 50)):
    rows = {"n": n, "simultaneous_low": [first[0], second[0]]}
    return pd.DataFrame(rows | {"simultaneous_high": [first[1], second[1]]})


def test_an_interval_that_touches_0_does_not_leave_it_out():
    said = sentences.on_offer_sentence(_offer((0.0, 0.1), (0.0, 0.1)), ["Video chat"])
    assert "the interval of the gap holds 0 too; that people would rather" in said
    said = sentences.on_offer_sentence(_offer((-0.1, 0.0), (-0.1, 0.0)), ["Video chat"])
    assert "the interval of the gap holds 0 too; that people would rather" in said


def test_an_interval_just_beside_0_leaves_it_out_on_either_side():
    said = sentences.on_offer_sentence(_offer((0.001, 0.1), (-0.1, -0.001)), ["Video chat"])
    assert said.endswith("(video chat) the interval of the gap leaves out 0 too.")


def test_an_interval_that_changes_sides_of_the_question_is_said():
    said = sentences.on_offer_sentence(_offer((0.01, 0.1), (-0.01, 0.1)), ["Video chat"])
    assert "of the gap holds 0, while that of all leaves out 0; that people" in said
    said = sentences.on_offer_sentence(_offer((-0.01, 0.1), (0.01, 0.1)), ["Video chat"])
    assert said.endswith("of the gap leaves out 0, while that of all holds 0.")


def test_where_all_was_on_offer_nothing_is_said():
    rows = _offer((0.01, 0.1), (0.01, 0.1))
    assert sentences.on_offer_sentence(rows, []) == ""
    assert sentences.on_offer_sentence(rows.assign(n=60), ["Video chat"]) == ""


def test_the_answer_begins_with_everybody_and_ends_with_what_differs(monkeypatch):
    both = _offer((0.01, 0.1), (0.01, 0.1))
    monkeypatch.setattr(sentences, "with_and_without_absent", lambda *_: both)
    gaps = pd.concat([EVERYBODY, _gaps([0.1, 0.5], [0.9, 0.2])], ignore_index=True)
    people = pd.DataFrame({"used_digital": [1.0]})
    said = sentences.answer_text(HERTS, NAMES, people, gaps, _tests([0.01] * 3))
    assert said.startswith("Of 50 people 30% used most recently one of the digital channels")
    assert "leaves out 0 too. Groups run from a (10%" in said
    assert said.endswith("differ, Holm-adjusted.")


# ---- Users of digital channels who would rather not ---------------------------------------------


def test_only_what_is_not_hidden_is_said_of_people_who_would_rather_not():
    share = Share(estimate=0.5, conf_low=0.4, conf_high=0.6, n_yes=50, n=100)
    away = sentences.elsewhere_sentence(share, None, WORDS)
    back = sentences.elsewhere_sentence(None, share, WORDS)
    assert away.endswith("50% (40.0% to 60.0%; 100 people) would prefer another way.")
    assert back.startswith("Of people who used most recently another way, 50%")
    assert sentences.elsewhere_sentence(share, share, WORDS) == f"{away} {back}"
    assert sentences.elsewhere_sentence(None, None, WORDS).startswith("Too few people used most")


# ---- Title and note -----------------------------------------------------------------------------


def _title(gaps, *tests):
    shown = pd.concat([EVERYBODY, gaps], ignore_index=True)
    return titles.digital_title(shown, pd.concat(tests, ignore_index=True), WORDS)


def test_a_title_names_groups_below_five_percent_and_everybody_at_it():
    gaps = _gaps([0.3, 0.1, 0.5], [0.4, 0.9, 0.2])
    assert _title(gaps, _tests([0.4, 0.0499, 0.4])).startswith("20% (c) to 90% (b) would prefer")
    assert _title(gaps, _tests([0.01, 0.05, 0.01])).startswith("Everybody: 30% used most recently")


def test_a_title_names_the_grouping_whose_preference_differs_most():
    gaps = pd.concat([_gaps([0.3, 0.1], [0.4, 0.9]), _gaps([0.3, 0.1], [0.5, 0.6], "disability")])
    first, second = _tests([0.4, 0.04, 0.4]), _tests([0.4, 0.01, 0.4], "disability")
    assert _title(gaps, first, second).startswith("50% (a) to 60% (b)")
    first, second = _tests([0.4, 0.01, 0.4]), _tests([0.4, 0.04, 0.4], "disability")
    assert _title(gaps, first, second).startswith("40% (a) to 90% (b)")


def test_a_title_leaves_hidden_groups_out_and_needs_two():
    gaps = _gaps([np.nan, 0.1, 0.5], [0.1, 0.9, 0.2])
    clear = _tests([0.4, 0.01, 0.4])
    assert _title(gaps, clear).startswith("20% (c) to 90% (b)")
    assert _title(gaps.iloc[:2], clear).startswith("Everybody: ")


def test_a_title_without_numbers_says_what_is_drawn():
    shown = EVERYBODY.assign(estimate=np.nan)
    title = titles.digital_title(shown, _tests([0.4] * 3), WORDS)
    assert title == "Use of digital channels, and preference"
    assert titles.digital_title(shown.iloc[:0], _tests([0.4] * 3).iloc[:0], WORDS) == ""


def test_a_note_has_every_test_and_none_without_groups():
    tests = pd.DataFrame({"outcome": ["used"], "term": ["age"], "p_adjusted": [0.2]})
    note = titles.model_note(tests, NAMES)
    assert note == "Likelihood ratios, one family, Holm-adjusted: used, age groups: p = 0.200."
    assert titles.model_note(tests.iloc[:0], NAMES) == ""


# ---- Headlines ----------------------------------------------------------------------------------


def _headlines(outcome="prefer", p_adjusted=0.01, few=(False,) * 4):
    wish = pd.DataFrame(
        {"variable": ["age"] * 4 + ["disability"], "level": [*"abcd", "x"], "n": 50,
         "estimate": [0.4, 0.2, 0.1, np.nan, 0.05], "conf_low": 0.0, "conf_high": 1.0,
         "few": [*few, False]}
    )  # fmt: skip
    tests = pd.DataFrame({"outcome": [outcome], "term": ["age"], "p_adjusted": [p_adjusted]})
    rows = headlines.preference_rows(wish, tests, "would prefer one", "people")
    return {row["finding"]: row for row in rows}


def test_the_group_that_prefers_least_is_a_headline_below_five_percent():
    assert _headlines(p_adjusted=0.0499)["digital_by_age"]["estimate"] == 0.1
    assert _headlines(p_adjusted=0.05) == {}
    assert _headlines(outcome="used") == {}


def test_a_group_of_few_is_no_headline():
    assert _headlines(few=(False, False, True, False))["digital_by_age"]["estimate"] == 0.2
    assert _headlines(few=(True, True, True, False)) == {}
