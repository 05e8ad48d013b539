import io
import re
from itertools import combinations
from types import SimpleNamespace

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


def _specification_curves(count):
    rng = np.random.default_rng(count)
    names = [f"{LONG[:50]} of the claim {number}" for number in range(min(count, 12))]
    rows = pd.DataFrame(
        {"claim": np.repeat(names, 30), "estimate": rng.uniform(0, 0.9, 30 * len(names))}
    )
    rows = rows.assign(conf_low=rows["estimate"] - 0.1, conf_high=rows["estimate"] + 0.1)
    units = ["share", "difference of shares", "standard deviation, logit"]
    claims = pd.DataFrame({"claim": names, "about": names, "estimate": 0.4, "comparison": 0.5})
    claims["unit"] = [units[at % 3] for at in range(len(names))]
    return figures.specification_curves(
        rows.assign(same=rng.random(len(rows)) < 0.5), claims, **WORDS
    )


def _curve(count, *, far=1.0, share=0.62, tipping=1.3, measured=3.8):
    gamma = np.exp(np.linspace(-np.log(4 * far), np.log(4 * far), count))
    odds = share / (1 - share) / gamma
    rows = pd.DataFrame({"gamma": gamma, "estimate": odds / (1 + odds)})
    rows = rows.assign(conf_low=rows["estimate"] - 0.04, conf_high=rows["estimate"] + 0.04)
    return figures.tipping_curve(
        rows, comparison=0.5, comparison_label="Half of the people", tipping=tipping,
        tipping_label="interval includes a half", measured=measured, points=False,
        measured_label="strongest measured",
        across="How likely these people are to answer, against all others", **WORDS,
    )  # fmt: skip


KINDS = [
    _dumbbell, _intervals, _dots, _panels, _heat_map, _diverging, _funnel, _profile_panels, _curve,
    _specification_curves,
]  # fmt: skip


# ---- Harder words -------------------------------------------------------------------------------


def _tiles():
    answers = [
        SimpleNamespace(label=f"{LONG} {number}", tile=(number // 4, number % 4))
        for number in range(10)
    ]
    codebook = SimpleNamespace(
        has=lambda role: True, question=lambda role: SimpleNamespace(answers=answers)
    )
    values = pd.DataFrame({"level": [each.label for each in answers], "value": 1234.5})
    values["coarse"] = [True, *[False] * 9]
    return figures.tile_map(values, codebook, **WORDS)


def _heat_map_of_long_names():
    names = [f"{LONG} {number}" for number in range(8)]
    table = pd.DataFrame(123_456, index=range(8), columns=names)
    table.insert(0, "n", 1_234_567)
    table.insert(0, "channel", names)
    return figures.heat_map(table, **WORDS)


def _eight_panels():
    names = [f"{LONG} {number}" for number in range(8)]
    parts = [shares(12).assign(channel=name, conf_low=-0.9, conf_high=0.9) for name in names]
    return figures.panels(pd.concat(parts), pd.Series(0.1, index=names), **WORDS)


def _panels_far_apart():
    parts = [shares(3).assign(channel=name, conf_low=-0.93, conf_high=0.88) for name in [*"abcde"]]
    return figures.panels(pd.concat(parts), pd.Series(0.1, index=[*"abcde"]), **WORDS)


def _ten_answers():
    table = pd.DataFrame({"level": levels(3), "n": 100})
    for number in range(10):
        table[f"{LONG} {number}"] = 10
    return figures.diverging(table, **WORDS)


def _eleven_short_answers():
    table = pd.DataFrame({"level": levels(3), "n": 110})
    for number in range(11):
        table[str(number)] = 10
    return figures.diverging(table, **WORDS)


def _dumbbell_of_long_pair(low=0.02, high=0.98):
    rows = pd.DataFrame({"channel": levels(5), "one": low, "two": high})
    return figures.dumbbell(rows, {"one": f"{LONG} used", "two": f"{LONG} preferred"}, **WORDS)


def _dumbbell_in_the_middle():
    return _dumbbell_of_long_pair(0.45, 0.5)


def _funnel_of_equals():
    groups = pd.DataFrame({"level": [f"North East District {n}" for n in range(12)],
                           "raw_share": 0.4, "n": 80})  # fmt: skip
    return figures.funnel(groups, overall=0.4, overall_label="Everybody", **WORDS)


def _funnel_at_the_top():
    groups = pd.DataFrame({"level": [f"North East District {n}" for n in range(12)],
                           "raw_share": 0.9, "n": range(40, 160, 10)})  # fmt: skip
    return figures.funnel(groups, overall=0.9, overall_label="Everybody", **WORDS)


def _dots_in_sections():
    rows = shares(6).assign(section=[f"{LONG}: {LONG} {part}" for part in "aaabbb"])
    return figures.dots(rows, **WORDS)


def _wide_capitals():
    wide = {"title": "WWWWW MMMMM " * 20, "subtitle": "WWWWW MMMMM " * 20}
    names = ["WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW MMMMMMMMMM", "W" * 90]
    rows = shares(2).assign(level=names)
    return figures.intervals(rows, overall=0.5, overall_label="Everybody", **wide)


def _curve_from_below():
    return _curve(33, far=2.5, share=0.28, tipping=0.45, measured=0.5)


def _curve_that_tips_at_once():
    return _curve(33, share=0.53, tipping=1.01, measured=2.1)


def _curve_beside_the_measured():
    return _curve(33, share=0.75, tipping=2.0, measured=2.0)


def _curve_of_a_far_tail():
    return _curve(33, share=0.03, tipping=float("inf"), measured=1.0)


HARD = [
    _curve_from_below, _curve_that_tips_at_once, _curve_beside_the_measured, _curve_of_a_far_tail,
    _tiles, _heat_map_of_long_names, _eight_panels, _panels_far_apart, _ten_answers,
    _eleven_short_answers, _dumbbell_of_long_pair, _dumbbell_in_the_middle, _funnel_of_equals,
    _funnel_at_the_top, _dots_in_sections, _wide_capitals,
]  # fmt: skip


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


@pytest.mark.parametrize("draw", HARD)
def test_no_hard_words_are_overprinted_or_cut(draw):
    figure = draw()
    assert overprinted(figure) == []
    assert cut(figure) == []


def test_a_long_source_is_cut_to_its_line():
    title = f"{LONG} " * 4
    survey = SimpleNamespace(codebook=SimpleNamespace(synthetic=False, title=title))
    figure = _dumbbell(3)
    figures.show(figure, survey, "one")
    assert cut(figure) == []
    assert any(text.startswith("Source: ") and text.endswith("…") for text, _ in boxes(figure))


@pytest.mark.parametrize("draw", KINDS)
def test_a_figure_can_be_told_without_seeing_it(draw):
    told = draw(3).get_label()
    assert told.startswith(f"{WORDS['title']}. ")
    assert WORDS["subtitle"] in told
    assert re.search(r"dots?\b|bars|cells|tile", told)
    assert re.search(r"across|length|numbers of people", told)
    assert 100 < len(told) < 600
