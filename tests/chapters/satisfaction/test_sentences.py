from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import report
from analysis.chapters.satisfaction import channel_sentences, sentences
from analysis.chapters.satisfaction.models import PartTests
from analysis.groups import Pooled
from analysis.ordinal import ModelTest
from analysis.proportions import Share
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip
SPREAD = pd.Series({"estimate": 0.1, "conf_low": 0.0, "conf_high": 0.4})
POOLED = Pooled(groups=pd.DataFrame(), spread=SPREAD / 2, overall=0.6, statistic=2.2, p_value=0.07)


def _survey(kind: str = "single") -> SimpleNamespace:
    codebook = SimpleNamespace(question=lambda role: SimpleNamespace(kind=kind))
    return SimpleNamespace(words=WORDS, codebook=codebook, used_role="used", other_channel="Other")


def _test(p_value: float) -> ModelTest:
    return ModelTest(kind="score", statistic=9.0, df=2, p_value=p_value, n=100)


def _part_tests(channels: float = 0.2, districts: float = 0.2, crossed: float = 0.2) -> PartTests:
    parts = {"channels": channels, "districts": districts, "crossed": crossed}
    family = pd.DataFrame({"term": list(parts), "p_adjusted": list(parts.values())})
    return PartTests(
        family=family, spread=SPREAD, channels=_test(channels), without_other=_test(0.3)
    )


def _channels() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": ["Web", "Phone", "Desk", "Other"], "estimate": [0.5, 0.7, 0.9, 0.1],
            "conf_low": 0.4, "conf_high": 0.8, "few": [False, False, True, False],
            "apart": [False, True, False, False],
        }
    )  # fmt: skip


def _districts(*chances: float) -> pd.DataFrame:
    """Return nine districts, of whom the lowest three are spoken of."""
    chances = [*chances, *[0.0] * (9 - len(chances))]
    return pd.DataFrame({"level": [*"ABCDEFGHI"], "chance_lowest": chances})


@pytest.mark.parametrize(("chance", "named"), [(0.49, False), (0.5, True), (0.51, True)])
def test_a_district_is_among_the_lowest_from_a_chance_of_a_half_on(chance, named):
    said = sentences.lowest_sentence(_districts(chance), 0.01)
    assert ("a half or more for A (" in said) == named
    assert said.startswith("For none of them") != named


@pytest.mark.parametrize(("p_adjusted", "said"), [(0.0499, True), (0.05, False), (0.0501, False)])
def test_no_district_is_among_the_lowest_unless_districts_differ(p_adjusted, said):
    assert bool(sentences.lowest_sentence(_districts(0.9), p_adjusted)) == said


@pytest.mark.parametrize(("count", "said"), [(2, False), (3, True)])
def test_of_two_districts_none_is_among_the_lowest(count, said):
    assert bool(sentences.lowest_sentence(_districts(0.9).head(count), 0.01)) == said


def test_the_likeliest_of_the_lowest_comes_first():
    assert sentences.lowest_sentence(_districts(0.6, 0.9, 0.7), 0.01) == (
        "The chance to be among the lowest 3 is a half or more for B (90%), C (70%) and A (60%)."
    )


@pytest.mark.parametrize(("chance", "said"), [(0.98, "98%"), (0.99, "99%"), (0.991, "over 99%")])
def test_a_chance_is_never_said_to_be_certain(chance, said):
    assert f"for A ({said})." in sentences.lowest_sentence(_districts(chance), 0.01)


@pytest.mark.parametrize(
    ("p_adjusted", "start"),
    [(0.0499, "Differences between"), (0.05, "These data do not"), (0.0501, "These data do not")],
)
def test_channels_depend_on_the_district_below_five_percent(p_adjusted, start):
    said = sentences.interaction_sentence(p_adjusted, "channels", "districts")
    assert said.startswith(start)
    assert "the district (" in said


def _apart(*apart: bool) -> pd.DataFrame:
    return pd.DataFrame({"level": ["Web", "Phone", "Desk"], "estimate": 0.5, "apart": apart})


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        ((False, False, False), "none of 3 differs from everybody."),
        ((False, True, False), "1 of 3 differs from everybody: phone."),
        ((True, True, False), "2 of 3 differ from everybody: web and phone."),
    ],
)
def test_the_channels_that_can_be_told_apart_are_counted_and_named(apart, said):
    assert channel_sentences.apart_sentence(_apart(*apart), "everybody").endswith(
        f"together, {said}"
    )


def test_hidden_channels_are_not_counted():
    shown = _apart(True, False, False).assign(estimate=[0.5, 0.5, None])
    assert "1 of 2 that can be shown differs" in channel_sentences.apart_sentence(
        shown, "everybody"
    )


def test_the_answer_that_gathers_all_others_is_quoted():
    said = channel_sentences.apart_sentence(_apart(True, True, False), "all", other="Phone")
    assert said.endswith('from all: web and "Phone".')


def test_what_rests_on_the_people_of_the_other_answer_is_said():
    said = channel_sentences.apart_sentence(
        _apart(True, False, False), "all", without=_test(0.2), other="X"
    )
    assert said.endswith('Without the people of "X" the test gives p = 0.200 (unadjusted).')


@pytest.mark.parametrize(("p_adjusted", "said"), [(0.0499, True), (0.05, False), (0.0501, False)])
def test_the_range_of_channels_is_said_where_they_differ(p_adjusted, said):
    _, run = channel_sentences.channel_texts(
        _survey(), _channels(), _part_tests(channels=p_adjusted)
    )
    assert bool(run) == said


def test_neither_few_people_nor_all_other_channels_are_an_end_of_the_range():
    _, run = channel_sentences.channel_texts(_survey(), _channels(), _part_tests(channels=0.01))
    assert run == (
        "Of channels with enough people to be named, the adjusted share runs from 50% (40% to 80%) "
        "for web to 70% (40% to 80%) for phone."
    )


def test_where_people_could_name_several_a_channel_is_compared_with_going_without():
    which, _ = channel_sentences.channel_texts(_survey("multiple"), _channels(), _part_tests())
    assert "1 of 4 differs from the same people without it: phone." in which
    which, _ = channel_sentences.channel_texts(_survey(), _channels(), _part_tests())
    assert "from everybody: phone. Without the people of" in which


@pytest.mark.parametrize("part", ["channels", "districts", "crossed"])
def test_each_part_is_judged_by_its_own_test(part):
    said = sentences.part_texts(WORDS, _part_tests(**{part: 0.01}))
    sure = [not each.startswith("These data do not") for each in said]
    assert sure == [part == each for each in ("channels", "districts", "crossed")]


def test_the_answer_has_a_paragraph_a_subject():
    overall = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    tests = _part_tests(channels=0.01, districts=0.01)
    said = sentences.answer_texts(_survey(), overall, _channels(), _districts(0.9), tests, POOLED)
    assert said[0] == "60% of 100 people were content (95% interval 50.0% to 70.0%)."
    assert said[1].startswith("The experience differs between channels")
    assert said[1].endswith("for phone.")
    assert said[2].startswith("The experience differs between districts")
    assert said[2].endswith("for A (90%).")


def test_an_answer_without_differences_names_no_range_and_nobody():
    overall = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    said = sentences.answer_texts(
        _survey(), overall, _channels(), _districts(0.9), _part_tests(), POOLED
    )
    assert [each.startswith("These data do not show") for each in said] == [False, True, True]
    assert said[1].endswith("(unadjusted).")
    assert "scale, 0.00 to 0.40)." in said[2]
    assert said[2].endswith(
        "By itself, the share that were content has a standard deviation between districts of "
        "5.0 points, 0.0 to 20.0 (p = 0.070, unadjusted)."
    )


def test_a_lack_of_evidence_is_not_taken_for_a_lack_of_difference():
    spread = report.spread_sentence("Satisfaction", "districts", 0.3, SPREAD)
    assert spread.startswith("These data do")
    table = pd.DataFrame({"p_adjusted": [0.001, 0.4]})
    assert report.odds_sentence(table).startswith("A test speaks against")


def test_nothing_is_said_of_parts_that_are_left_out():
    overall = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    none = PartTests(family=pd.DataFrame(), spread=None, channels=None, without_other=None)
    empty = pd.DataFrame(columns=["level", "chance_lowest"])
    said = sentences.answer_texts(_survey(), overall, empty, empty, none, None)
    assert said == [sentences.overall_sentence(overall, WORDS.satisfied), "", ""]
