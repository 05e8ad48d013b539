import io
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis import figures
from analysis.figures import style

LONG = "Meeting an officer by appointment in a library or community hall"
WORDS = {
    "title": "The finding, told at some length so that it needs more than a single line here",
    "subtitle": "Share of 1,234 people, two answers each; ring: unadjusted; 12 of 25 shown",
}


def levels(count: int) -> list[str]:
    return [f"{LONG} {number}" for number in range(count)]


def shares(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"level": levels(count), "estimate": 0.4, "conf_low": 0.3, "conf_high": 0.5, "n": 1234}
    )


def _dumbbell(count):
    rows = pd.DataFrame({"channel": levels(count), "one": 0.4, "two": 0.42})
    return figures.dumbbell(rows, {"one": "Used most", "two": "Would prefer"}, **WORDS)


def _intervals(count):
    return figures.intervals(shares(count), overall=0.97, overall_label="Everybody", **WORDS)


def _dots(count):
    return figures.dots(shares(count), overall=0.97, **WORDS)


def _panels(count):
    parts = [
        shares(count).assign(channel=name) for name in ("Telephone", "Digital", "Face to face")
    ]
    means = pd.Series({"Telephone": -0.1, "Digital": 0.1, "Face to face": 0.0})
    return figures.panels(pd.concat(parts), means, **WORDS)


def _heat_map(count):
    names = [f"Meeting in person {number}" for number in range(min(count, 8))]
    table = pd.DataFrame(100, index=range(len(names)), columns=names)
    table.insert(0, "n", 1234)
    table.insert(0, "channel", names)
    return figures.heat_map(table, **WORDS)


def _diverging(count):
    table = pd.DataFrame({"level": levels(count), "n": 100})
    for answer in (
        "Very unlikely",
        "Unlikely",
        "Neither likely nor unlikely",
        "Likely",
        "Very likely",
    ):
        table[answer] = 20
    return figures.diverging(table, **WORDS)


def _funnel(count):
    rng = np.random.default_rng(count)
    groups = pd.DataFrame(
        {"level": [f"North East District {number}" for number in range(count)],
         "raw_share": rng.uniform(0.3, 0.5, count), "n": rng.integers(30, 200, count)}
    )  # fmt: skip
    return figures.funnel(groups, overall=0.4, overall_label="Everybody", **WORDS)


def _profile_panels(count):
    measures = [f"Would change: {LONG[:30]} {number}" for number in range(6)]
    names = [f"Yorkshire and the Humber {number}" for number in range(count)]
    rows = pd.DataFrame(
        [(name, measure, 0.01, -0.1, 0.1) for name in names for measure in measures],
        columns=["level", "measure", "gap", "gap_low", "gap_high"],
    )
    rows["measure"] = pd.Categorical(rows["measure"], measures)
    none = rows.iloc[:0].assign(credible=False)
    return figures.profile_panels(rows, none, dict.fromkeys(names, 100.0), **WORDS)


KINDS = [_dumbbell, _intervals, _dots, _panels, _heat_map, _diverging, _funnel, _profile_panels]


def boxes(figure) -> list[tuple[str, Bbox]]:
    """Return the words of a figure and where they are drawn."""
    with style.apply():
        figure.savefig(io.BytesIO(), format="png", dpi=figure.dpi)
    beyond = {
        id(label)
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        for label in (tick.label1, tick.label2)
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    shown = [
        text
        for text in figure.findobj(Text)
        if text.get_text().strip() and text.get_visible() and id(text) not in beyond
    ]
    return [(text.get_text(), text.get_window_extent()) for text in shown]


def overprinted(figure) -> list[tuple[str, str]]:
    inside = [
        (text, Bbox.from_extents(*(box.p0 + 1), *(box.p1 - 1))) for text, box in boxes(figure)
    ]
    return [
        (one, other)
        for (one, first), (other, second) in combinations(inside, 2)
        if Bbox.intersection(first, second)
    ]


def cut(figure) -> list[str]:
    whole = figure.bbox
    return [
        text
        for text, box in boxes(figure)
        if box.x0 < 0 or box.y0 < 0 or box.x1 > whole.x1 or box.y1 > whole.y1
    ]


@pytest.mark.parametrize("count", [3, 12, 25])
@pytest.mark.parametrize("draw", KINDS)
def test_no_words_are_overprinted_or_cut(draw, count):
    figure = draw(count)
    assert overprinted(figure) == []
    assert cut(figure) == []


@pytest.mark.parametrize("draw", KINDS)
def test_a_figure_can_be_told_without_seeing_it(draw):
    told = draw(3).get_label()
    assert told.startswith(f"{WORDS['title']}. ")
    assert WORDS["subtitle"] in told
    assert re.search(r"dots?\b|bars|cells|tile", told)
    assert re.search(r"across|length|numbers of people", told)
    assert 100 < len(told) < 600
