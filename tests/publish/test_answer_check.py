"""The answers that a check lists stand in the codebook's order, and small counts are not told."""

from collections.abc import Sequence

import pytest

from analysis import cleaning
from analysis.publish import answer_check

TIMES = "03/10/2023 10:00:00,03/10/2023 10:05:00"


@pytest.fixture
def lines(demo):
    """Return the lines of a survey with these replies; the threshold of demo is 2."""

    def make(*replies: str, change: Sequence[tuple[str, str]] = ()) -> list[str]:
        made = demo([f"{TIMES},{reply}" for reply in replies], *change)
        cleaned = cleaning.clean(made.read_raw(), made.codebook)
        return answer_check.answer_lines(cleaned, made.codebook)

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


# ---- Where every unlisted text counts as "Other" -------------------------------------------------

#: Any unlisted text about preference is "Other", and equal replies stay.
BARE = [
    ('recode = "channels"\nother = { code = "other", prefix = "Other:" }\n[[question]]\n'
     'id = "comment"', 'other = { code = "other", prefix = "" }\n[[question]]\nid = "comment"'),
    ("double_within_minutes = 60\n", ""),
]  # fmt: skip


def _others(found: list[str]) -> list[str]:
    return [line.strip() for line in found if "'Other'" in line]


def test_texts_that_count_as_other_are_counted_and_not_quoted(lines):
    replies = [f"Lives,No,,{text},x" for text in ["a pigeon"] * 9 + ["my neighbour", "smoke"]]
    found = lines(*replies, change=BARE)
    assert _others(found) == [
        "3 unlisted texts count as 'Other'; fewer than 2 of them given by 3 or more people"
    ]
    assert not [word for word in ("pigeon", "neighbour") if word in " ".join(found)]


def test_a_text_that_ten_people_gave_is_quoted_however_they_wrote_it(lines):
    replies = [f"Lives,No,,{text},x" for text in ["A pigeon", "a  PIGEON"] * 5 + ["smoke"] * 2]
    assert _others(lines(*replies, change=BARE))[1:] == [
        "'A pigeon' counts as 'Other' and was given by 10 people; add it to the answers or the "
        "recodes if it is one"
    ]


def test_texts_in_a_column_of_their_own_are_counted_and_those_behind_a_prefix_are_not(small):
    asked = (
        '[[question]]\nid = "used"\nkind = "single"\ncolumn = "Which?"\n'
        'answers = [{ code = "phone", label = "Phone" }, { code = "other", label = "Other" }]\n'
        'other = { code = "other", column = "Box" }\n[[question]]\nid = "z"\nkind = "text"\n'
        'column = "Z"\n'
    )
    texts = ["by pigeon"] * 12 + ["smoke"] * 2 + ["Phone"]
    made = small(
        asked, "Which?,Box,Z\n" + "".join(f",{text},{at}\n" for at, text in enumerate(texts))
    )
    found = answer_check.answer_lines(cleaning.clean(made.read_raw(), made.codebook), made.codebook)
    assert _others(found)[1:] == [
        "'by pigeon' counts as 'Other' and was given by 12 people; add it to the answers or the "
        "recodes if it is one"
    ]
    assert "smoke" not in " ".join(found)
    behind = asked.replace('column = "Box"', 'prefix = "Other:"').replace('"Z"', '"Box"')
    made = small(
        behind, "Which?,Box\n" + "".join(f"Other: {text},{at}\n" for at, text in enumerate(texts))
    )
    found = answer_check.answer_lines(cleaning.clean(made.read_raw(), made.codebook), made.codebook)
    assert _others(found) == []


def test_counts_of_texts_below_the_threshold_are_hidden(lines):
    change = [*BARE, ("disclosure_threshold = 2", "disclosure_threshold = 4")]
    replies = [f"Lives,No,,{text},x" for text in ["a pigeon"] * 3 + ["smoke", "drums"]]
    assert _others(lines(*replies, change=change)) == [
        "fewer than 4 unlisted texts count as 'Other'; fewer than 4 of them given by 3 or more "
        "people"
    ]
    few = [f"Lives,No,,{text},x" for text in "abcd"]
    assert _others(lines(*few, change=change)) == [
        "4 unlisted texts count as 'Other'; none of them given by 3 or more people"
    ]


def test_texts_of_replies_that_left_are_not_counted_and_listed_ones_say_nothing(lines):
    replies = ["Neither,No,,a pigeon,x", "Lives,No,,Website,x", "Lives,No,,Website,y"]
    assert _others(lines(*replies, change=BARE)) == []
