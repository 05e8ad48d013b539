from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.chapters.satisfaction import notes
from analysis.chapters.satisfaction.boundaries import GroupBrant
from analysis.ordinal import ModelTest
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip


def _survey(kind: str = "single") -> SimpleNamespace:
    codebook = SimpleNamespace(question=lambda role: SimpleNamespace(kind=kind))
    return SimpleNamespace(
        words=WORDS, codebook=codebook, used_role="used", labels=lambda role: {"Web": "Web"}
    )


def test_one_question_is_one_term_and_several_channels_are_a_term_each():
    one, several = (notes.term_names(_survey(kind)) for kind in ("single", "multiple"))
    assert one == {"Web": "Web", "used": "Channel", "district": "District"}
    assert several == {"Web": "Web", "district": "District"}


def test_the_baseline_is_the_first_channel_where_people_gave_one_answer():
    channels = pd.DataFrame({"level": ["Web", "Desk"]})
    assert notes.baseline(_survey(), channels) == ", against Web"
    assert notes.baseline(_survey("multiple"), channels) == ""


@pytest.mark.parametrize(("expected", "small"), [(4.9, 1), (5.0, 0), (5.1, 0)])
def test_a_cell_is_small_below_an_expected_count_of_five(expected, small):
    cells = [pd.DataFrame({"expected": [expected, 20]}), pd.DataFrame({"expected": [30]})]
    said = notes.fit_note(GroupBrant(test=None, names={}, against=""), cells, WORDS)
    assert said == (
        f"Brant's test cannot be made. {small} of 3 cells of channels by answer have an expected "
        "count below 5."
    )


def test_the_test_of_groups_is_said_where_it_can_be_made():
    cells = [pd.DataFrame({"expected": [20]})]
    said = notes.fit_note(GroupBrant(test="chi2", names={}, against=""), cells, WORDS)
    assert said.startswith("Groups of fifty people or more: chi2. 0 of 1 cells")


def test_tests_with_weights_are_said_in_order():
    tests = [ModelTest(kind="w", statistic=s, df=2, p_value=0.01, n=100) for s in (1.0, 2.0)]
    assert notes.weighted_note(tests, WORDS) == (
        f"Wald tests, weighted: channels {tests[0]}; districts {tests[1]}."
    )


def test_nothing_is_said_of_weights_where_there_are_none():
    assert notes.weighted_note([], WORDS) == ""
