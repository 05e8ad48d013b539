"""Lines with named points."""

import numpy as np
import pandas as pd

from analysis import figures

LINES = pd.DataFrame(
    {"line": ["high"] * 3 + ["low"] * 3, "x": [20, 50, 100] * 2,
     "y": [0.3, 0.2, 0.15, 0.2, 0.12, 0.1]}
)  # fmt: skip
MARKS = pd.DataFrame(
    {"line": ["high", "high", "low"], "level": ["North", "South", ""], "x": [50, 100, 50],
     "y": [0.2, np.nan, 0.12]}
)  # fmt: skip
WORDS = {"title": "A finding", "subtitle": "n = 10", "across": "People", "up": "Points"}


def _texts(figure) -> list[str]:
    return [each.get_text() for each in figure.axes[0].texts]


def test_lines_and_points_are_named_and_missing_points_are_not_drawn():
    figure = figures.curves(LINES, MARKS, **WORDS)
    said = _texts(figure)
    assert {"high", "low", "North", "Points"} <= set(said)
    assert "South" not in said
    assert figure.get_label().startswith("A finding. Lines: high and low; across: People")
    drawn = [each.get_offsets() for each in figure.axes[0].collections]
    assert [len(each) for each in drawn] == [1, 1]


def test_names_of_lines_do_not_lie_on_one_another():
    axes = figures.curves(LINES, MARKS, **WORDS).axes[0]
    boxes = {each.get_text(): each.get_window_extent() for each in axes.texts}
    assert not boxes["high"].overlaps(boxes["low"])
    room = axes.get_window_extent().padded(2)
    for name in ("high", "low"):
        assert room.contains(*boxes[name].min)
        assert room.contains(*boxes[name].max)


def test_shares_are_told_in_points_with_the_decimals_that_ticks_need():
    fine = LINES.assign(x=LINES["x"] / 10_000, y=LINES["y"] / 10)
    axes = figures.curves(fine, MARKS.iloc[:0], shares="both", **WORDS).axes[0]
    told = [axes.xaxis.get_major_formatter()(each, 0) for each in (0.004, 0.006)]
    assert told == ["0.4", "0.6"]


def test_there_is_nothing_to_draw_without_lines_or_with_three():
    assert figures.curves(LINES.iloc[:0], MARKS, **WORDS) is None
    third = pd.concat([LINES, LINES.iloc[:3].assign(line="third")])
    assert figures.curves(third, MARKS, **WORDS) is None
