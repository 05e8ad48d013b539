"""The figure of an estimate over a factor: what is drawn where."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis import figures
from analysis.figures import style

GAMMA = np.exp(np.linspace(-np.log(4), np.log(4), 33))
ROWS = pd.DataFrame(
    {"gamma": GAMMA, "estimate": 0.2 - 0.2 * np.log(GAMMA), "conf_low": 0.1 - 0.2 * np.log(GAMMA),
     "conf_high": 0.3 - 0.2 * np.log(GAMMA)}
)  # fmt: skip


def _curve(**how):
    words = {
        "title": "A finding", "subtitle": "n = 10", "comparison": 0.0,
        "comparison_label": "No shift", "tipping": float(np.exp(0.5)),
        "tipping_label": "interval includes 0", "across": "Factor", "measured": 0.5,
        "measured_label": "measured",
    }  # fmt: skip
    return figures.tipping_curve(ROWS, **(words | how))


def _upright(figure, dashes):
    lines = [each for each in figure.axes[0].lines if each.get_linestyle() == dashes]
    return sorted(float(each.get_xdata()[0]) for each in lines)


def test_the_tipping_point_is_where_the_band_reaches_the_line():
    figure = _curve()
    assert _upright(figure, "--") == [pytest.approx(np.exp(0.5))]
    low = np.interp(0.5, np.log(ROWS["gamma"]), ROWS["conf_low"])
    assert low == pytest.approx(0.0, abs=1e-9)
    marks = [each.get_offsets().tolist() for each in figure.axes[0].collections[1:]]
    assert [pytest.approx([1.0, 0.2])] in marks
    assert [pytest.approx([np.exp(0.5), 0.0])] in marks


def test_a_measured_factor_is_marked_in_both_directions():
    assert _upright(_curve(), ":") == [0.5, 2.0]
    assert _upright(_curve(measured=1.0), ":") == []
    assert _upright(_curve(measured=9.0), ":") == []


@pytest.mark.parametrize("tipping", [1.0, 7.0, float("inf"), 0.1])
def test_a_tipping_point_that_is_not_on_the_axis_is_not_drawn_nor_told(tipping):
    figure = _curve(tipping=tipping)
    assert _upright(figure, "--") == []
    assert "dashed" not in figure.get_label()


@pytest.mark.parametrize(
    ("tipping", "measured"),
    [
        (1.6, 0.5), (0.45, 0.5), (0.3, 0.3), (1.01, 2.1), (2.0, 2.0), (1.01, 0.95), (1.1, 1.06),
        (0.26, 0.28), (3.9, 3.7), (2.0, 1.0),
    ],
)  # fmt: skip
def test_names_of_lines_cover_no_line_and_each_vertical_line_has_one(tipping, measured):
    figure = _curve(tipping=tipping, measured=measured)
    figure.draw_without_rendering()
    axes, box = figure.axes[0], figure.axes[0].get_window_extent()
    names = [(each.get_text(), each.get_window_extent()) for each in axes.texts]
    assert len(names) == 1 + 1 + 2 * (measured != 1)
    lines = [each for each in axes.lines if each.get_linestyle() in (":", "--")]
    for text, name in names:
        assert text == "No shift" or name.y0 >= box.y1 - 1, text
        for line in lines:
            path = line.get_transform().transform_path(line.get_path()).vertices
            across, top = path[0, 0], path[:, 1].max()
            assert not (name.x0 < across < name.x1 and name.y0 < top), (text, across)


def test_an_axis_that_reaches_little_names_two_thirds():
    near = ROWS[ROWS["gamma"].between(0.6, 1.7)]
    axes = figures.tipping_curve(
        near, title="t", subtitle="s", comparison=0.0, comparison_label="c", tipping=1.0,
        tipping_label="t", across="a",
    ).axes[0]  # fmt: skip
    names = [each.get_text() for each in axes.get_xticklabels()]
    assert names == ["2/3\nas likely", "alike", "1.5 times\nas likely"]


def test_the_axis_names_how_likely_people_are():
    names = [each.get_text() for each in _curve().axes[0].get_xticklabels()]
    assert names == [
        "1/4\nas likely", "half\nas likely", "alike", "2 times\nas likely", "4 times\nas likely"
    ]  # fmt: skip


def test_a_difference_is_in_points_and_a_share_in_percent():
    for points, sign in ((True, "+20"), (False, "20%")):
        axes = _curve(points=points).axes[0]
        assert axes.yaxis.get_major_formatter()(0.2, 0) == sign


def test_lines_differ_by_more_than_colour_and_colours_are_of_the_palette():
    lines = list(_curve().axes[0].lines)
    assert {each.get_linestyle() for each in lines} == {"-", "--", ":"}
    assert {to_hex(each.get_color()).upper() for each in lines} <= {*style.PALETTE, style.GREY}


def test_a_line_of_one_point_is_no_figure():
    assert figures.tipping_curve(ROWS.head(1), title="t", subtitle="s", comparison=0.0,
                         comparison_label="c", tipping=1.0, tipping_label="t",
                         across="a") is None  # fmt: skip


def test_the_same_curve_is_the_same_bytes(demo):
    made = demo()
    for name in ("one", "two"):
        figures.save(_curve(), made, name, numbers=ROWS)
    for kind in ("png", "svg", "csv"):
        one, two = ((made.figures / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
        assert one == two
