"""What notebook 01 says, on the boundaries of what it says."""

import pandas as pd
import pytest

from analysis.chapters.cleaned import sentences
from analysis.privacy import Rule

TEN = Rule(10)


def ledger(*excluded, received=100):
    after = received - pd.Series(excluded).cumsum()
    return pd.DataFrame(
        {
            "reason": [f"reason {number}" for number in range(len(excluded))],
            "rows_before": after + list(excluded),
            "rows_excluded": excluded,
            "rows_after": after,
        }
    )


def coverage(*answered):
    questions = [f"question {number}" for number in range(len(answered))]
    return pd.DataFrame({"question": questions, "asked": 10, "answered": answered})


def test_replies_received_are_those_before_the_first_step_and_kept_those_after_the_last():
    texts = sentences.answer_texts(ledger(5, 10, 5), 0, TEN)
    assert texts[0] == "Of 100 replies received, 80 are analysed."
    assert sentences.kept_sentence(ledger(5, 10, 5)).startswith("80 of 100 ")
    assert "100 replies in = 80 kept + 20 left out" in sentences.reconciled_sentence(ledger(5, 15))


def test_the_most_frequent_reason_is_named_wherever_it_stands():
    text = sentences.answer_texts(ledger(5, 10, 6), 0, TEN)[1]
    assert text.startswith("21 (21.0%) are left out")
    assert text.endswith("with 10, is: reason 1.")


def test_of_two_reasons_as_frequent_the_first_is_named():
    assert sentences.answer_texts(ledger(1, 7, 7), 0, TEN)[1].endswith("reason 1.")


def test_one_reply_left_out_is_enough_to_say_why():
    assert "1 (1.0%) are left out" in sentences.answer_texts(ledger(0, 1), 0, TEN)[1]


def test_where_nothing_is_left_out_no_reason_is_given():
    assert sentences.answer_texts(ledger(0, 0), 0, TEN)[1] == "None is left out."


@pytest.mark.parametrize(("doubtful", "said"), [(9, False), (10, True), (11, True)])
def test_doubtful_replies_are_counted_from_the_threshold_on(doubtful, said):
    text = sentences.answer_texts(ledger(1), doubtful, TEN)[2]
    assert text.startswith(f"{doubtful} of those kept") if said else text == ""


@pytest.mark.parametrize(("recoded", "left"), [(1, 0), (0, 1)])
def test_one_text_behind_other_is_enough_to_say_what_became_of_it(recoded, left):
    text = sentences.recoded_sentence(recoded, left)
    assert f"count as it: {recoded};" in text
    assert text.endswith(f"stay there: {left}.")


def test_no_text_behind_other_is_said():
    assert sentences.recoded_sentence(0, 0) == 'This survey has no free text behind "Other".'


def test_a_raw_file_that_changed_is_said():
    changed = sentences.written_sentence(pd.DataFrame({"a": [1]}), unchanged=False)
    assert changed.endswith("**The raw file changed: run this again.**")


def test_the_question_answered_least_is_the_one_with_the_smallest_share():
    rows = coverage(9, 4, 5).assign(asked=[10, 4, 10])
    assert '"question 2": 5 of 10 people asked (50.0%)' in sentences.least_answered_sentence(rows)


def test_of_two_questions_answered_as_little_the_first_is_named():
    assert '"question 1"' in sentences.least_answered_sentence(coverage(9, 3, 3))
