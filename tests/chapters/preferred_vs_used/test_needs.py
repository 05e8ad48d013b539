"""What of the notebook is left out, and for which reason."""

import pandas as pd
import pytest
import variants

from analysis import report, survey
from analysis.chapters.preferred_vs_used import needs

PHONE, WEB = "Telephone (101)", "Website (online form)"


@pytest.fixture
def left_out(variant):
    """Return what is left out of a survey like the default one."""
    return lambda change=None, **how: needs.left_out(variant(change=change, **how))


def test_nothing_is_left_out_of_a_whole_survey(left_out):
    assert left_out() == {}


@pytest.mark.parametrize(
    ("without", "reason"),
    [
        (["used", "used_last"], "the survey did not ask what people used"),
        (["preferred"], "the survey did not ask what people prefer"),
    ],
)
def test_without_one_of_the_two_questions_there_is_no_notebook(left_out, without, reason):
    assert left_out(replies=100, without=without) == {report.NOTEBOOK: reason}


def test_few_people_with_both_answers_are_no_notebook(left_out):
    found = left_out(replies=10)
    assert found == {report.NOTEBOOK: "fewer than 10 people answered both questions"}


def test_a_small_survey_keeps_what_may_be_shown(left_out):
    found = left_out(replies=30, seed=2)
    assert set(found) == {
        "outside", "tests", "shifts", "weights", "moves", "pairs", "reached", "between", "groups",
        "districts",
    }  # fmt: skip
    assert found["outside"].startswith("fewer than 10 people were not asked what they used")
    assert found["between"].startswith("fewer than 3 districts have 10 people or more")
    assert found["shifts"].startswith("the numbers of every channel, and of every group of")


def test_who_all_stay_are_not_tested(left_out):
    question = survey.load("herts_2023").codebook.question
    used, preferred = (question(role).column for role in ("used_last", "preferred"))
    found = left_out(
        lambda raw: raw.assign(
            **{preferred: raw[preferred].where(raw[used].str.strip() == "", raw[used])}
        )
    )
    assert found["tests"] == "fewer than 10 people gave two different answers"
    assert {"pairs", "reached"} <= set(found)
    assert "shifts" not in found


def _one_way(raw: pd.DataFrame) -> pd.DataFrame:
    return variants.filled("preferred", [WEB, PHONE])(variants.filled("used_last", [PHONE])(raw))


def test_moves_between_two_channels_in_one_direction_are_not_tested(left_out):
    found = left_out(_one_way, replies=300)
    assert found["tests"].startswith("all who gave two different answers moved between the same")


def test_no_shift_is_told_where_everybody_is_in_one_channel(left_out):
    one = [PHONE]
    found = left_out(
        lambda raw: variants.filled("preferred", one)(variants.filled("used_last", one)(raw)),
        replies=300,
    )
    assert found["shifts"].startswith("the numbers of every channel, and of every group of")
    assert found["moves"].startswith("the numbers of fewer than 2 groups of channels")


def test_two_districts_are_not_compared(left_out):
    found = left_out(variants.filled("district", ["Watford", "Dacorum"]))
    assert found["districts"] == "fewer than 3 districts have 10 people or more who answered"
    assert not {"between", "groups"} & set(found)


def test_a_survey_without_groups_of_people_compares_none(left_out):
    found = left_out(without=["district", "age", "reason"])
    assert {"between", "groups", "districts"} <= set(found)
    assert found["groups"] == (
        "the survey did not ask for the district and the survey did not ask about age"
    )


def test_several_channels_at_once_are_no_reason_but_for_claims(left_out):
    found = left_out(without=["used_last"])
    assert set(found) == {"claims"}
    assert found["claims"].startswith("people could name several channels, so that")
