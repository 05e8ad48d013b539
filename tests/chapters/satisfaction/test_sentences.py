from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import report
from analysis.chapters.satisfaction import channel_sentences, sentences
from analysis.chapters.satisfaction.models import WeightedSpread
from analysis.ordinal import ModelTest
from analysis.primary import DistrictVerdict, Primary, standing
from analysis.proportions import Share
from analysis.report import DistrictShares
from analysis.survey.codebook import Words

WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip
SPREAD = pd.Series({"estimate": 0.1, "conf_low": 0.0, "conf_high": 0.4})


def _survey(kind: str = "single") -> SimpleNamespace:
    codebook = SimpleNamespace(question=lambda role: SimpleNamespace(kind=kind))
    return SimpleNamespace(words=WORDS, codebook=codebook, used_role="used", other_channel="Other")


def _test(p_value: float) -> ModelTest:
    return ModelTest(kind="score", statistic=9.0, df=2, p_value=p_value, n=100)


def _plan(channels: float = 0.2) -> Primary:
    family = pd.DataFrame({"term": ["channels"], "p_adjusted": [channels]})
    return Primary(family=family, made=SimpleNamespace(holds_more=True))


def _verdict(p_adjusted: float) -> DistrictVerdict:
    """Return three districts of whom one is among the lowest."""
    rows = pd.DataFrame(
        {"level": [*"ABC"], "estimate": [0.5, 0.6, 0.6], "conf_low": 0.4, "conf_high": 0.6,
         "clear": False, "chance_lowest": [0.9, 0.1, 0.1], "chance_highest": 0.0}
    )  # fmt: skip
    test = _test(0.07)
    shares = DistrictShares(rows=rows, test=test, spread=SPREAD / 2, overall=0.6)
    return DistrictVerdict(
        status="primary",
        test=test, p_adjusted=p_adjusted, spread=SPREAD, shares=shares, lowest=3,
        standing=standing(rows, differ=p_adjusted < 0.05), mix=None, yes=pd.Series(dtype=bool),
    )  # fmt: skip


def _channels() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": ["Web", "Phone", "Desk", "Other"], "estimate": [0.5, 0.7, 0.9, 0.1],
            "conf_low": 0.4, "conf_high": 0.8, "few": [False, False, True, False],
            "apart": [False, True, False, False],
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("p_value", "start"),
    [(0.0499, "differences between"), (0.05, "these data do not"), (0.0501, "these data do not")],
)
def test_channels_depend_on_the_district_below_five_percent(p_value, start):
    said = sentences.interaction_sentence(_test(p_value), WORDS)
    assert said.startswith(f"Exploratory: {start}")
    assert "the district (" in said
    assert sentences.interaction_sentence(None, WORDS) == ""


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
        _survey(), _channels(), _plan(channels=p_adjusted), _test(0.3)
    )
    assert bool(run) == said


def test_neither_few_people_nor_all_other_channels_are_an_end_of_the_range():
    _, run = channel_sentences.channel_texts(
        _survey(), _channels(), _plan(channels=0.01), _test(0.3)
    )
    assert run == (
        "Of channels with enough people to be named, the adjusted share runs from 50% (40% to 80%; "
        "not clearly apart from phone) for web to 70% (40% to 80%; not clearly apart from web) for "
        "phone."
    )


def test_where_people_could_name_several_a_channel_is_compared_with_going_without():
    which, _ = channel_sentences.channel_texts(_survey("multiple"), _channels(), _plan(), None)
    assert "1 of 4 differs from the same people without it: phone." in which
    which, _ = channel_sentences.channel_texts(_survey(), _channels(), _plan(), _test(0.3))
    assert "from everybody: phone. Without the people of" in which


def test_the_answer_has_a_paragraph_a_subject():
    overall = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    plan = _plan(channels=0.01)
    said = sentences.answer_texts(_survey(), overall, _channels(), plan, _verdict(0.01), _test(0.3))
    assert said[0] == "60% of 100 people were content (95% interval 50.0% to 70.0%)."
    assert said[1].startswith("The experience differs between channels")
    assert said[1].endswith("for phone.")
    assert said[2].startswith("The experience differs between districts")
    assert said[2].endswith("A (50%, 40% to 60%), among the lowest 3 with a chance of 90%.")


def test_an_answer_without_differences_names_no_range_and_nobody():
    overall = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    said = sentences.answer_texts(
        _survey(), overall, _channels(), _plan(), _verdict(0.2), _test(0.3)
    )
    assert [each.startswith("These data do not show") for each in said[:3]] == [False, True, True]
    assert said[1].endswith("(unadjusted).")
    assert said[2].endswith("scale, 0.00 to 0.40).")
    assert sentences.shares_sentence(_verdict(0.2), WORDS) == (
        "By itself, the share that were content has a standard deviation between districts of "
        "5.0 points, 0.0 to 20.0 (secondary test, which uses less of each answer: p = 0.070, "
        "unadjusted)."
    )


def test_a_lack_of_evidence_is_not_taken_for_a_lack_of_difference():
    spread = report.spread_sentence("Satisfaction", "districts", 0.3, SPREAD)
    assert spread.startswith("These data do")
    table = pd.DataFrame({"p_adjusted": [0.001, 0.4]})
    assert report.odds_sentence(table).startswith("A test speaks against")


def test_nothing_is_said_of_parts_that_are_left_out():
    overall = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    empty = pd.DataFrame(columns=["level"])
    said = sentences.answer_texts(
        _survey(), overall, empty, Primary(family=pd.DataFrame()), None, None
    )
    assert said == [sentences.overall_sentence(overall, WORDS.satisfied), "", "", ""]


@pytest.mark.parametrize("without", [0, 51])
def test_the_weighted_spread_says_who_is_left_out_and_that_an_end_has_no_interval(without):
    ends = pd.Series({"estimate": 0.31, "conf_low": 0.12, "conf_high": 0.8})
    found = WeightedSpread(spread=ends, plain=0.2, n=100, without=without)
    said = sentences.weighted_spread_sentence(found, WORDS)
    assert "is 0.31 on the logit scale, 0.12 to 0.80 (secondary, rough interval; 100 people" in said
    assert ("51 without a weight are left out" in said) == bool(without)
    none = WeightedSpread(
        spread=pd.Series({"estimate": 0.0, "conf_low": float("nan"), "conf_high": float("nan")}),
        plain=0.1, n=100, without=without,
    )  # fmt: skip
    said = sentences.weighted_spread_sentence(none, WORDS)
    assert "is 0.00 on the logit scale (secondary, without an interval" in said
    assert "nan" not in said
    assert sentences.weighted_spread_sentence(None, WORDS) == ""
