"""What of the notebook is left out, and for which reason."""

import pytest

from analysis import report, survey
from analysis.chapters.who_answered import needs
from analysis.survey import measures

RATED = ["preferred", *measures.RATED]


@pytest.mark.parametrize(
    ("without", "parts"),
    [
        ([], set()),
        (RATED[1:], set()),
        (RATED, {"moved"}),
        (["district", "age", "sex"], {report.NOTEBOOK}),
    ],
)
def test_what_a_survey_did_not_ask_is_left_out(variant, without, parts):
    assert set(needs.left_out(variant(without=without))) == parts


def test_headlines_of_people_without_a_weight_alone_are_not_weighted(variant):
    herts = survey.load("herts_2023")
    asked = [herts.codebook.question(role).column for role in RATED if herts.has(role)]
    lives = herts.codebook.question("connection").column

    def nobody_weighed_answers(raw):
        outside = raw[lives].str.strip().str.casefold() == "i work in hertfordshire"
        return raw.assign(**{name: raw[name].where(outside, "") for name in asked})

    found = needs.left_out(variant(change=nobody_weighed_answers))
    assert found == {"moved": "nobody with a weight answered what the headlines are made of"}
