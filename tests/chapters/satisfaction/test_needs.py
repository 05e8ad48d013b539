"""What of the notebook is left out, and for which reason."""

import pandas as pd
import pytest
import variants

from analysis import report, survey
from analysis.chapters.satisfaction import needs


@pytest.fixture
def left_out(variant):
    """Return what is left out of a survey like the default one."""
    return lambda change=None, **how: needs.left_out(variant(change=change, **how))


def column(role: str) -> str:
    return survey.load("herts_2023").codebook.question(role).column


def test_nothing_is_left_out_of_a_whole_survey(left_out):
    assert left_out() == {}


@pytest.mark.parametrize(
    ("without", "parts"),
    [
        (["district"], {"districts", "together", "mix", "residents"}),
        (["used", "used_last"], {"channels", "together", "odds", "got", "weights"}),
        (["preferred"], {"got"}),
        (["district", "used", "used_last"],
         {"channels", "districts", "together", "mix", "residents", "models", "odds", "got",
          "weights"}),
    ],
)  # fmt: skip
def test_a_question_that_was_not_asked_leaves_its_parts_out(left_out, without, parts):
    found = left_out(without=without)
    assert set(found) == parts
    assert all(reason.startswith("the survey did not ask") for reason in found.values())


def test_without_the_question_on_satisfaction_there_is_no_notebook(left_out):
    found = left_out(without=["satisfaction"])
    assert found == {report.NOTEBOOK: "the survey did not ask about satisfaction"}


def test_thirty_replies_say_nothing_of_satisfaction_or_of_everybody_alone(left_out):
    found = left_out(replies=30)
    assert set(found) & {report.NOTEBOOK, "channels"}


@pytest.mark.parametrize("role", ["age", "sex"])
def test_without_age_or_sex_no_district_is_given_another_mix(left_out, role):
    found = left_out(without=[role])
    assert {"mix", "residents"} <= set(found)
    assert found["mix"] == found["residents"] == f"the survey did not ask about {role}"


def test_two_districts_are_no_spread(left_out):
    found = left_out(variants.filled("district", ["Watford", "Dacorum"]))
    assert found["districts"] == "fewer than 3 districts have 10 people or more who answered"
    assert "channels" not in found


def test_one_channel_is_no_comparison(left_out):
    found = left_out(variants.filled("used_last", ["Website (online form)"]))
    assert found["channels"].startswith("of fewer than two channels can shares be shown")
    assert "districts" not in found
    assert found["weights"] == found["channels"]


def test_channels_whose_people_all_gave_the_best_answer_leave_the_model_out(left_out):
    def change(raw: pd.DataFrame) -> pd.DataFrame:
        used, rated = (raw[column(role)].str.strip() for role in ("used_last", "satisfaction"))
        others = (used != "Website (online form)") & (rated != "")
        return raw.assign(**{column("satisfaction"): rated.mask(others, "Very good")})

    found = left_out(change)
    assert "all answers lie at one side" in found["channels"]
    assert "ebsite" not in found["channels"]
    assert report.NOTEBOOK not in found


def test_with_two_answers_there_is_no_question_of_proportional_odds(left_out):
    found = left_out(variants.filled("satisfaction", ["Good", "Poor"]))
    assert found == {
        "odds": "people gave two different answers, and with two the odds are proportional"
    }
