"""What is said in whole points holds the interval, and bad news is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import report, survey
from analysis.survey import measures

SHARES = st.floats(0.0, 1.0)


@given(ends=st.tuples(SHARES, SHARES, SHARES))
def test_a_margin_holds_the_interval_around_the_number_shown(ends):
    low, estimate, high = sorted(ends)
    row = pd.Series({"estimate": estimate, "conf_low": low, "conf_high": high})
    shown, points = round(100 * round(estimate, 2)), report.margin(row)
    assert shown - points <= 100 * low + 1e-5
    assert shown + points >= 100 * high - 1e-5
    assert points >= 1


def test_one_point_is_one_point():
    row = pd.Series({"estimate": 0.5, "conf_low": 0.495, "conf_high": 0.505})
    assert report.give_or_take(row) == "give or take 1 point"


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


def _answers(herts, role: str, estimates: list) -> pd.DataFrame:
    labels = list(herts.codebook.question(role).labels.values())
    return pd.DataFrame({"answer": labels, "estimate": estimates})


def test_the_worst_answers_are_as_many_as_the_best_and_added_up(herts):
    answers = _answers(herts, "satisfaction", [0.1, 0.2, 0.2, 0.3, 0.2])
    said = report.worst_sentence(herts, "satisfaction", answers, n=700)
    assert said == "30% answered very poor or poor, give or take 4 points"


def test_a_hidden_answer_hides_the_sum(herts):
    answers = _answers(herts, "satisfaction", [np.nan, 0.2, 0.2, 0.3, 0.2])
    assert report.worst_sentence(herts, "satisfaction", answers, n=700) == ""


@pytest.mark.parametrize(
    ("best", "worst"),
    [((), ["Very poor", "Poor"]), (("very_good",), ["Very poor"]), (("poor",), [])],
)
def test_the_worst_are_none_where_the_best_are_not_at_the_other_end(herts, best, worst):
    kept = tuple(
        replace(each, best=best) if each.role == "visibility" else each
        for each in herts.codebook.questions
    )
    made = replace(herts, codebook=replace(herts.codebook, questions=kept))
    assert measures.worst_answers(made, "visibility") == worst


def test_the_short_answer_stands_before_the_rest_and_names_its_data():
    shown = report.answer("Of 10, 4.", synthetic=False, short=["", "4 of 10.", "So it is."])
    assert shown.text == "**In short.** 4 of 10. So it is.\n\nOf 10, 4."
    assert report.answer("Of 10, 4.", synthetic=True, short=[""]).text.startswith("**Synthetic")
