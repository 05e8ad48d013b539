"""Every notebook asks its question in the words of the survey."""

from dataclasses import replace

import pytest

from analysis import report, survey
from analysis.publish import runs

HERTS = survey.load("herts_2023")


def _without(*roles: str) -> survey.Survey:
    kept = tuple(each for each in HERTS.codebook.questions if each.role not in roles)
    return replace(HERTS, codebook=replace(HERTS.codebook, questions=kept))


@pytest.mark.parametrize("path", runs.notebook_paths(), ids=lambda path: path.stem)
def test_every_notebook_has_a_question(path):
    assert report.question(HERTS, path.stem).endswith("?")


def test_a_question_names_what_the_survey_asked():
    ratings, satisfied = "05_visibility_and_access", "04_satisfaction"
    assert report.question(HERTS, ratings) == (
        "How do people rate visibility of the police and accessibility of the police?"
    )
    assert report.question(_without("visibility"), ratings) == (
        "How do people rate accessibility of the police?"
    )
    assert report.question(HERTS, satisfied) == (
        "Does the experience differ by channel and district?"
    )
    assert report.question(_without("used", "used_last"), satisfied) == (
        "Does the experience differ by district?"
    )
    assert report.question(_without("used", "used_last", "district"), satisfied) == (
        "What do people say of the experience?"
    )
    assert report.question(HERTS, "09_else") == ""
