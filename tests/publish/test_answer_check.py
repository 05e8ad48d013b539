"""The answers that a check lists stand in the codebook's order, and small counts are not told."""

import pytest

from analysis import cleaning
from analysis.publish import answer_check

TIMES = "03/10/2023 10:00:00,03/10/2023 10:05:00"


@pytest.fixture
def lines(demo):
    """Return the lines of a survey with these replies; the threshold of demo is 2."""

    def make(*replies: str) -> list[str]:
        made = demo([f"{TIMES},{reply}" for reply in replies])
        cleaned = cleaning.clean(made.read_raw(), made.codebook)
        return answer_check.answer_lines(cleaned.responses, made.codebook)

    return make


def test_answers_stand_in_order_with_counts_at_the_threshold_alone(lines):
    found = lines(
        "Lives,Yes,By telephone;,Website,a", "Lives,Yes,By telephone;Website;,Website,b",
        "Lives,Yes,By telephone;,Don't know,c",
    )  # fmt: skip
    at = found.index("used (multiple; base: Everyone): answered: 3")
    assert found[at + 1 : at + 4] == [
        "  Telephone: 3",
        "  Website: fewer than 2",
        "  Other: nobody",
    ]


def test_kinds_of_missing_are_told_apart(lines):
    found = lines(
        "Lives,No,,Don't know,a", "Lives,No,,Don't know,b", "Lives,Yes,Website;,Website,c"
    )
    assert "used (multiple; base: Everyone): answered: fewer than 2; not asked: 2" in found
    assert "preferred (single; base: Everyone): answered: fewer than 2; don't know: 2" in found


def test_open_answers_and_times_are_not_listed(lines):
    found = " ".join(lines("Lives,Yes,Website;,Website,a secret"))
    assert "secret" not in found
    assert "comment" not in found
    assert "started" not in found
