"""The headlines on who answered name what may be shown, and nothing else."""

import pandas as pd

from analysis.chapters.who_answered.headlines import headline_rows

LEAST_ALIKE = pd.DataFrame(
    {"category": ["young", "old"], "estimate": [0.2, 0.8], "conf_low": [0.1, 0.7],
     "conf_high": [0.3, 0.9], "population_share": [0.5, 0.5]}
)  # fmt: skip

MOVED = pd.DataFrame(
    {"headline": ["Content", "Visible"], "unweighted": [0.4, 0.4], "weighted": [0.5, 0.1],
     "estimate": [0.1, -0.3], "conf_low": [0.05, -0.4], "conf_high": [0.15, -0.2], "n": [80, 70]}
)  # fmt: skip


def _headlines(least_alike: pd.DataFrame, moved: pd.DataFrame) -> dict[str, tuple]:
    rows = headline_rows(least_alike, "the county", moved, told=90)
    return {row["finding"]: (row["estimate"], row["n"]) for row in rows}


def test_the_most_missing_and_the_headline_that_moves_most_are_named():
    assert _headlines(LEAST_ALIKE, MOVED) == {"most_missing": (0.2, 90), "moved_most": (-0.3, 70)}


def test_what_is_hidden_is_no_headline():
    hidden = LEAST_ALIKE.assign(estimate=float("nan"))
    assert set(_headlines(hidden, MOVED)) == {"moved_most"}
    assert set(_headlines(LEAST_ALIKE, MOVED.assign(estimate=float("nan")))) == {"most_missing"}
    assert _headlines(hidden, MOVED.assign(estimate=float("nan"))) == {}
