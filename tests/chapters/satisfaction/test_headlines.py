from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.chapters.satisfaction import headlines
from analysis.chapters.satisfaction.models import PartTests
from analysis.proportions import Share

SURVEY = SimpleNamespace(
    words=SimpleNamespace(satisfied="were content"), used_role="used", other_channel="Other"
)
OVERALL = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)


def _tests(channels: float, districts: float) -> PartTests:
    parts = {"channels": channels, "districts": districts}
    family = pd.DataFrame({"term": list(parts), "p_adjusted": list(parts.values())})
    return PartTests(family=family, spread=None, channels=None, without_other=None)


def _shares(apart: object = True, few: object = False) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": ["Web", "Phone", "Desk"], "estimate": [0.5, 0.7, 0.6], "conf_low": 0.4,
            "conf_high": 0.8, "n": 50, "few": few, "apart": apart,
        }
    )  # fmt: skip


def _found(channels: float, districts: float, shares: pd.DataFrame) -> dict[str, str]:
    tests, nobody = _tests(channels, districts), pd.DataFrame()
    rows = headlines.headline_rows(SURVEY, OVERALL, shares, _shares(), tests, nobody)
    return {row["finding"]: row["sentence"].split(":")[0] for row in rows}


@pytest.mark.parametrize(("p_adjusted", "named"), [(0.0499, True), (0.05, False), (0.0501, False)])
def test_ends_are_headlines_where_groups_differ(p_adjusted, named):
    assert ("highest_channel" in _found(p_adjusted, 0.2, _shares())) == named
    assert ("highest_district" in _found(0.2, p_adjusted, _shares())) == named


def test_the_highest_and_the_lowest_are_told_apart():
    found = _found(0.01, 0.01, _shares())
    assert list(found)[1:] == [
        "highest_channel", "lowest_channel", "highest_district", "lowest_district",
    ]  # fmt: skip
    assert list(found.values())[1:] == ["Phone", "Web", "Phone", "Web"]


def test_channels_are_no_headline_unless_an_end_can_be_told_from_everybody():
    assert list(_found(0.01, 0.2, _shares(apart=[False, False, True]))) == ["satisfied"]
    assert "highest_channel" in _found(0.01, 0.2, _shares(apart=[True, False, False]))
    assert "highest_channel" in _found(0.01, 0.2, _shares(apart=[False, True, False]))


def test_a_hidden_district_is_no_headline():
    districts, nobody = _shares().assign(estimate=[None, 0.7, 0.6]), pd.DataFrame()
    rows = headlines.headline_rows(SURVEY, OVERALL, _shares(), districts, _tests(0.2, 0.01), nobody)
    assert rows[-1]["sentence"].startswith("Desk:")


def test_a_channel_of_few_people_is_no_headline():
    assert list(_found(0.01, 0.2, _shares(few=[False, True, True]))) == ["satisfied"]
    assert _found(0.01, 0.2, _shares(few=[False, True, False]))["highest_channel"] == "Desk"


def test_two_models_give_one_headline_the_larger_one():
    got = pd.DataFrame(
        {"model": ["plain", "reason"], "share_yes": 0.6, "share_no": 0.5, "estimate": [0.2, 0.1],
         "conf_low": 0.0, "conf_high": 0.3, "p_value": 0.01, "n": 80}
    )  # fmt: skip
    survey = SimpleNamespace(
        words=SimpleNamespace(
            satisfied="were content", used="used", preferred="prefer", channel="way"
        ),
        used_role="used", other_channel="",
        codebook=SimpleNamespace(question=lambda role: SimpleNamespace(kind="single")),
    )  # fmt: skip
    tests = _tests(0.2, 0.2)
    _, row = headlines.headline_rows(survey, OVERALL, _shares(), _shares(), tests, got)
    assert (row["finding"], row["estimate"], row["n"]) == ("got_preferred", 0.1, 80)
    assert row["base"] == "people who also answered on preference and reason, and prefer some way"
    _, row = headlines.headline_rows(survey, OVERALL, _shares(), _shares(), tests, got.head(1))
    assert row["base"] == "people who also answered on preference, and prefer some way"
