"""The short answer on the video chat: with weights where they matter, no first place by chance."""

import pandas as pd

from analysis import survey
from analysis.chapters.video_chat import short
from analysis.proportions import Share

HERTS = survey.load("herts_2023")
NONE = (pd.DataFrame(), pd.DataFrame())


def _places(*ends: tuple) -> pd.DataFrame:
    rows = [
        {"level": name, "estimate": at, "conf_low": at - 0.05, "conf_high": at + 0.05, "n": 400}
        for name, at in ends
    ]
    return pd.DataFrame(rows, columns=["level", "estimate", "conf_low", "conf_high", "n"])


def test_a_place_is_the_first_only_if_its_interval_is_above_the_next():
    assert "most ticked library (56%" in short.place_sentence(
        _places(("Library", 0.56), ("Council office", 0.4))
    )
    assert short.place_sentence(_places(("Library", 0.45), ("Council office", 0.4))) == (
        "Of 400 people who named a place, library (45%, give or take 5 points) is among the places "
        "ticked most."
    )
    assert short.place_sentence(_places()) == ""


def test_a_hidden_share_says_nothing():
    assert short.short_texts(HERTS, HERTS.responses(), None, None, NONE, _places()) == [""]


def test_everybody_is_told_with_the_worst_answers():
    overall = Share(estimate=0.29, conf_low=0.266, conf_high=0.322, n_yes=307, n=1047)
    said = short.short_texts(HERTS, HERTS.responses(), overall, None, NONE, _places())
    assert said[0].endswith(
        "give or take 4 points. 54% answered very unlikely or unlikely, give or take 4 points."
    )
    assert said[1:] == ["", "", ""]
