from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.chapters.satisfaction import headlines
from analysis.primary import Primary
from analysis.proportions import Share

SURVEY = SimpleNamespace(
    words=SimpleNamespace(satisfied="were content", channels="channels"),
    used_role="used",
    other_channel="Other",
)
OVERALL = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)


def _plan(channels: float, *, more: bool = True) -> Primary:
    parts = {"channels": channels, "got": 0.02}
    family = pd.DataFrame({"term": list(parts), "p_adjusted": list(parts.values())})
    left_out = {} if more else {"together": "few"}
    made = SimpleNamespace(holds_more=more, terms=["used"] * more, left_out=left_out)
    return Primary(family=family, made=made)


def _shares(apart: object = True, few: object = False) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": ["Web", "Phone", "Desk"], "estimate": [0.5, 0.7, 0.6], "conf_low": 0.4,
            "conf_high": 0.8, "n": 50, "few": few, "apart": apart,
        }
    )  # fmt: skip


def _found(channels: float, shares: pd.DataFrame) -> dict[str, str]:
    rows = headlines.headline_rows(SURVEY, OVERALL, shares, _plan(channels), None)
    return {row["finding"]: row["sentence"].split(":")[0] for row in rows}


@pytest.mark.parametrize(("p_adjusted", "named"), [(0.0499, True), (0.05, False), (0.0501, False)])
def test_ends_are_headlines_where_groups_differ(p_adjusted, named):
    assert ("highest_channel" in _found(p_adjusted, _shares())) == named


def test_the_highest_and_the_lowest_are_told_apart():
    found = _found(0.01, _shares())
    assert list(found)[1:] == ["highest_channel", "lowest_channel"]
    assert list(found.values())[1:] == ["Phone", "Web"]


def test_channels_are_no_headline_unless_an_end_can_be_told_from_everybody():
    assert list(_found(0.01, _shares(apart=[False, False, True]))) == ["satisfied"]
    assert "highest_channel" in _found(0.01, _shares(apart=[True, False, False]))
    assert "highest_channel" in _found(0.01, _shares(apart=[False, True, False]))


def test_a_channel_of_few_people_is_no_headline():
    assert list(_found(0.01, _shares(few=[False, True, True]))) == ["satisfied"]
    assert _found(0.01, _shares(few=[False, True, False]))["highest_channel"] == "Desk"


@pytest.mark.parametrize("more", [True, False])
def test_a_share_is_called_adjusted_where_the_model_holds_more(more):
    plan = _plan(0.01, more=more)
    rows = headlines.headline_rows(SURVEY, OVERALL, _shares(), plan, None)
    assert (", adjusted (" in rows[1]["sentence"]) == more
    assert (", unadjusted (" in rows[1]["sentence"]) != more


def _got(*models: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"model": models, "share_yes": 0.6, "share_no": 0.5, "estimate": [0.2, 0.1][: len(models)],
         "conf_low": 0.0, "conf_high": 0.3, "p_value": 0.01, "n": 80}
    )  # fmt: skip


def _with_got(got: pd.DataFrame, *, more: bool = True) -> dict:
    words = SimpleNamespace(
        satisfied="were content", used="used", preferred="prefer", channel="way"
    )
    codebook = SimpleNamespace(question=lambda role: SimpleNamespace(kind="single"))
    survey = SimpleNamespace(words=words, used_role="used", other_channel="", codebook=codebook)
    plan = _plan(0.2, more=more)
    plan = Primary(family=plan.family, made=plan.made, got=got)
    return headlines.headline_rows(survey, OVERALL, _shares(), plan, None)[-1]


def test_two_models_give_one_headline_the_larger_one():
    row = _with_got(_got("plain", "reason"))
    assert (row["finding"], row["estimate"], row["n"]) == ("got_preferred", 0.1, 80)
    assert row["base"] == "people who also answered on preference and reason, and prefer some way"
    row = _with_got(_got("plain"))
    assert row["base"] == "people who also answered on preference, and prefer some way"


def test_the_difference_has_the_p_value_of_the_plan():
    assert "Holm-adjusted p = 0.020" in _with_got(_got("plain"))["sentence"]


def test_a_difference_is_called_adjusted_where_the_model_holds_more():
    assert "50%, adjusted: +20" in _with_got(_got("plain"))["sentence"]
    assert "50%: +20" in _with_got(_got("plain"), more=False)["sentence"]
    assert "50%, adjusted: +10" in _with_got(_got("plain", "reason"), more=False)["sentence"]
