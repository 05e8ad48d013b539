"""The short answer on satisfaction says what is bad, and of no channel more than is shown."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.satisfaction import short
from analysis.primary import Primary
from analysis.proportions import Share
from analysis.report import Weighted

HERTS = survey.load("herts_2023")
OVERALL = Share(estimate=0.56, conf_low=0.53, conf_high=0.6, n_yes=56, n=100)
ANSWERS = pd.DataFrame({"answer": ["Very poor", "Poor"], "estimate": [0.13, 0.15]})


def _plan(**p_adjusted: float) -> Primary:
    family = pd.DataFrame({"term": list(p_adjusted), "p_adjusted": list(p_adjusted.values())})
    got = pd.DataFrame(
        {"share_yes": [0.6, 0.63], "share_no": [0.5, 0.49], "model": "plain",
         "estimate": [0.1, 0.14], "conf_low": 0.07, "conf_high": 0.22, "n": 666}
    )  # fmt: skip
    return Primary(family=family, made=SimpleNamespace(), got=got)


def _channels(*apart: bool) -> pd.DataFrame:
    ends = {"conf_low": [0.35, 0.63], "conf_high": [0.45, 0.78]}
    return pd.DataFrame({"level": ["Web", "Desk"], "estimate": [0.4, 0.7], "apart": apart} | ends)


def test_everybody_is_told_with_the_worst_answers():
    said = short.everybody_sentence(HERTS, OVERALL, ANSWERS)
    assert said == (
        "56% of 100 people rated their experience good or very good, give or take 4 points. 28% "
        "answered very poor or poor, give or take 10 points."
    )
    hidden = ANSWERS.assign(estimate=[None, 0.15])
    assert short.everybody_sentence(HERTS, OVERALL, hidden).endswith("give or take 4 points.")


def test_channels_are_named_only_where_they_differ_and_one_is_apart():
    apart, none = _channels(False, True), _channels(False, False)
    assert short.channels_plain(HERTS, apart, _plan(channels=0.01)) == (
        "Rated differently from everybody: desk (70%, give or take 8 points)."
    )
    assert short.channels_plain(HERTS, none, _plan(channels=0.01)).endswith("cannot be said.")
    assert short.channels_plain(HERTS, apart, _plan(channels=0.05)) == (
        "That the experience differs between channels is not shown."
    )
    assert short.channels_plain(HERTS, apart, _plan()) == ""


def test_who_got_what_they_prefer_is_told_by_the_largest_model_where_it_differs():
    said = short.got_plain(HERTS, _plan(got=0.01))
    assert said.startswith("Of people who used most recently what they would prefer, 63% rated")
    assert said.endswith(
        "of the others, 49% (a difference of 14 points, give or take 8 points; 666 people)."
    )
    assert short.got_plain(HERTS, _plan(got=0.2)).endswith("and others is not shown.")
    assert short.got_plain(HERTS, _plan()) == ""


@pytest.mark.parametrize(
    ("p_adjusted", "low", "said"),
    [
        (0.01, -0.024, " Weighted to the population no difference is shown (+8 points, give or "),
        (0.01, 0.004, ""),
        (0.2, 0.004, ""),
    ],
)
def test_weights_are_told_where_they_lead_to_another_conclusion(p_adjusted, low, said):
    heavy = Weighted(estimate=0.08, conf_low=low, conf_high=0.17, n=590, effective_n=347.0)
    plain = short.got_plain(HERTS, _plan(got=p_adjusted))
    told = short.got_plain(HERTS, _plan(got=p_adjusted), heavy)
    assert told.startswith(plain)
    assert told.removeprefix(plain).startswith(said)
    assert bool(told.removeprefix(plain)) == bool(said)


def test_a_difference_that_weights_alone_show_is_told():
    plan = _plan(got=0.2)
    plan.got["conf_low"] = -0.01
    heavy = Weighted(estimate=0.08, conf_low=0.01, conf_high=0.17, n=590, effective_n=347.0)
    told = short.got_plain(HERTS, plan, heavy)
    assert told.endswith(
        " Weighted to the population one is shown (+8 points, give or take 9 points)."
    )
