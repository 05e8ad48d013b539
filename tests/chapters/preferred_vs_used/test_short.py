"""The short answer on use and preference names groups where there are any, and nothing hidden."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.chapters.preferred_vs_used import short
from analysis.proportions import Share
from analysis.survey.codebook import Words

WORDS = Words(used="used", preferred="would prefer")
NONE = pd.DataFrame(columns=["channel", "weighted_used", "weighted_preferred"])


def _survey(groups: str = "groups of channels") -> SimpleNamespace:
    asked = SimpleNamespace(groups={}, kind="single")
    codebook = SimpleNamespace(
        disclosure_threshold=10, disclosure_method="ranges", question=lambda role: asked
    )
    return SimpleNamespace(
        words=WORDS, channel_groups=groups, other_channel="Other", codebook=codebook,
        not_offered=[], used_role="used",
    )  # fmt: skip


def _rows(**used: float) -> pd.DataFrame:
    rows = [
        {"channel": name, "share_used": share, "share_preferred": 0.3, "estimate": 0.3 - share,
         "conf_low": 0.26 - share, "conf_high": 0.35 - share, "offered": True, "differs": True}
        for name, share in used.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_groups_are_named_most_used_first_and_the_rest_of_all_is_not():
    groups = _rows(Digital=0.2, Telephone=0.5, Other=0.1)
    groups["differs"] = [False, True, True]
    said = short.short_texts(_survey(), None, (_rows(Web=0.2), groups), NONE, n=700)[0]
    assert said == (
        "Telephone: 50% used, 30% would prefer; digital: 20% and 30%. Each is of 700 people, "
        "give or take 4 points. The two differ by more than chance for telephone."
    )


def test_without_groups_four_channels_are_named():
    channels = _rows(A=0.5, B=0.4, C=0.01, D=0.35, E=0.32, F=0.31)
    channels.loc[channels["channel"] == "C", "share_preferred"] = 0.02
    said = short.short_texts(_survey("channels"), None, (channels, channels), NONE, n=700)[0]
    named = said.split(". ")[0].split("; ")
    assert [each.split(":")[0] for each in named] == ["A", "B", "D", "E"]


def test_a_hidden_group_is_not_named_and_nothing_is_said_of_none():
    groups = _rows(Digital=0.2, Telephone=0.5)
    groups.loc[0, "estimate"] = None
    said = short.short_texts(_survey(), None, (groups, groups), NONE, n=700)[0]
    assert "igital" not in said
    groups["estimate"] = None
    assert short.short_texts(_survey(), None, (groups, groups), NONE, n=700) == [""] * 4


def test_shares_with_weights_are_told_of_groups_that_are_named_and_shown():
    heavy = pd.DataFrame(
        {"channel": ["Digital", "Telephone", "Other"], "weighted_used": [0.44, 0.45, 0.1],
         "weighted_preferred": [0.5, None, 0.1], "used_margin": [5, 6, 7],
         "preferred_margin": [4, None, 4]}
    )  # fmt: skip
    groups = _rows(Digital=0.2, Telephone=0.5, Other=0.1)
    said = short.short_texts(_survey(), None, (groups, groups), heavy, n=700)[1]
    assert said == "Weighted to the population: digital 44% and 50%, each give or take 5 points."


@pytest.mark.parametrize(
    ("n_yes", "said"),
    [
        (30, "50% of 60 gave the same answer to both questions, give or take 11 points."),
        (9, "Fewer than 10 of 60 gave the same answer to both questions."),
    ],
)
def test_the_same_answer_is_a_number_or_a_bound(n_yes, said):
    same = Share(estimate=n_yes / 60, conf_low=0.4, conf_high=0.61, n_yes=n_yes, n=60)
    assert short.same_plain(_survey(), same) == said
