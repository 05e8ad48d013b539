"""What of the notebook is left out, and for which reason."""

import dataclasses

import numpy as np
import pytest
import variants

from analysis import report, survey
from analysis.chapters.changes_wanted import needs


@pytest.fixture
def left_out(variant):
    """Return what is left out of a survey like the default one."""
    return lambda change=None, **how: needs.left_out(variant(change=change, **how))


def test_nothing_is_left_out_of_a_whole_survey(left_out):
    assert left_out() == {}


def test_without_the_question_what_to_change_there_is_no_notebook(left_out):
    found = left_out(replies=100, without=["change"])
    assert found == {report.NOTEBOOK: "the survey did not ask what to change"}


def test_without_themes_there_is_no_notebook(variant):
    made = variant(replies=100)
    without = dataclasses.replace(made, codebook=dataclasses.replace(made.codebook, themes=None))
    found = needs.left_out(without)
    assert found == {
        report.NOTEBOOK: "the codebook has no [[theme]] by which open answers are told"
    }


def test_few_people_who_would_change_something_are_no_notebook(left_out):
    found = left_out(replies=12, seed=1)
    assert found == {report.NOTEBOOK: "fewer than 10 people said what they would change"}


@pytest.mark.parametrize(
    ("without", "parts"),
    [
        (["preferred"], set()),
        (["change_why"], {"why", "crossed"}),
        (["district"], {"districts"}),
        (["used", "used_last"], {"channels"}),
        (["used", "used_last", "preferred"], {"channels"}),
        (["used", "used_last", "district"], {"channels", "districts", "tests"}),
    ],
)
def test_a_question_that_was_not_asked_leaves_its_parts_out(left_out, without, parts):
    found = left_out(without=without)
    assert set(found) == parts
    assert all(reason.startswith("the survey did not ask") for reason in found.values())


def test_several_channels_at_once_are_no_groups(left_out):
    found = left_out(without=["used_last"])
    assert found == {
        "channels": "people could name several channels, so that these do not part them into groups"
    }


def test_one_channel_is_no_comparison(left_out):
    found = left_out(variants.filled("used_last", ["Telephone (101)"]))
    assert found == {
        "channels": "those who said what they would change are not of two channels or more"
    }


def test_few_reasons_are_not_put_beside_changes(left_out):
    name = survey.load("herts_2023").codebook.question("change_why").column
    found = left_out(lambda raw: raw.assign(**{name: ["too slow"] * 9 + [""] * (len(raw) - 9)}))
    assert found == dict.fromkeys(["why", "crossed"], "fewer than 10 people gave a reason")


def test_reasons_of_which_none_can_be_shown_are_not_put_beside_changes(left_out):
    name = survey.load("herts_2023").codebook.question("change_why").column
    texts = np.resize(["No police on foot.", "Closed when I am free.", "It took ages."], 20)
    found = left_out(lambda raw: raw.assign(**{name: [*texts, *[""] * (len(raw) - 20)]}))
    assert set(found) == {"why", "crossed"}
    assert found["why"].endswith("in answers to both questions")
    assert found["crossed"].startswith("no change and reason go together in 10 answers")


def test_groups_of_few_people_are_not_shown(left_out):
    found = left_out(replies=30, seed=2)
    assert set(found) == {"why", "crossed", "channels", "districts", "tests"}
    assert found["tests"] == "no theme is named by 10 people or more, and not named by as many"
    assert found["channels"].startswith("in every group, of every theme, fewer than 10 people name")
