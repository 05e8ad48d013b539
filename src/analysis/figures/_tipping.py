"""A kind of figure: an estimate with its band over a factor, and where a conclusion tips."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import POINTS, canvas, describe, percent_axis
from analysis.figures._words import fitted, width
from analysis.report import in_sentence

#: Factors that the axis names, as far as it reaches and has room, the first ones first.
_TICKS = (1.0, 2.0, 4.0, 8.0, 3.0, 1.5, 6.0, 10.0)

#: What stands behind names.
_PAPER = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1}

#: How many rows high the axes are, with the names of vertical lines above them.
_ROWS = 10

#: How high a line of such names is, in points, and its letters.
_LINE, _LETTERS = 15, 9


def tipping_curve(
    rows: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    comparison: float,
    comparison_label: str,
    tipping: float,
    tipping_label: str,
    across: str,
    measured: float = 1.0,
    measured_label: str = "",
    points: bool = True,
) -> Figure | None:
    """Draw an estimate with its band over a factor on a log scale, and mark where it tips.

    Parameters
    ----------
    rows : pandas.DataFrame
        `gamma, estimate, conf_low, conf_high`; factors above 0, shares or differences of shares
        that fall as the factor rises (names of lines stand where such a band is not).
    title, subtitle : str
        The finding; what is shown, of whom.
    comparison : float
        The value that would change the conclusion, a horizontal line.
    comparison_label : str
        What the line is called.
    tipping : float
        The factor at which the band first includes it, a vertical line; left out where it is 1 or
        outside of `rows`.
    tipping_label : str
        What that line is called.
    across : str
        What the factor is, below the axis.
    measured : float
        A factor known from elsewhere, marked with its inverse; 1 for none.
    measured_label : str
        What it is called.
    points : bool
        True for a difference, on an axis of percentage points; False for a share in percent.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None with fewer than two rows.
    """
    if len(rows) < 2:
        return None
    with style.apply():
        figure, axes = canvas(_ROWS, title, subtitle)
        box = axes.get_position()
        above_axes = 2 * _LINE / 72 / figure.get_figheight()
        axes.set_position((0.09, box.y0 + 0.03, 0.85, box.height - 0.03 - above_axes))
        axes.grid(visible=True, axis="y")
        axes.grid(visible=False, axis="x")
        plain = float(np.interp(0.0, np.log(rows["gamma"]), rows["estimate"]))
        above = plain >= comparison
        _scales(axes, rows, comparison, points)
        band = {"color": style.PAIR[0], "alpha": 0.18, "lw": 0}
        axes.fill_between(rows["gamma"], rows["conf_low"], rows["conf_high"], **band)
        axes.plot(rows["gamma"], rows["estimate"], color=style.PAIR[0], lw=2)
        axes.axhline(comparison, color=style.PAIR[1], lw=1.5, zorder=1)
        _name(axes, comparison_label, comparison, below=above, clear_of=measured)
        axes.scatter([1.0], [plain], color=style.PAIR[0], s=45, zorder=3)
        inside = rows["gamma"].min() <= tipping <= rows["gamma"].max() and tipping != 1
        if inside:
            _upright(
                axes, tipping, tipping_label, 1, {"color": style.PAIR[1], "lw": 1.5, "ls": "--"}
            )
            diamond = {"color": style.PAIR[1], "marker": "D", "s": 45, "zorder": 4}
            axes.scatter([tipping], [comparison], **diamond)
        for each in dict.fromkeys((measured, 1 / measured)) if measured != 1 else ():
            if rows["gamma"].min() <= each <= rows["gamma"].max():
                _upright(axes, each, measured_label, 0, {"color": style.GREY, "lw": 1, "ls": ":"})
        words, size = fitted(across, 0.85 * POINTS, sizes=(10, 9, 8), most=1)
        axes.set_xlabel(words[0], size=size)
    kind = "A line with the band of its interval, a dot where the factor is 1; across, on a log "
    kind += f"scale: {in_sentence(across)}"
    lines = f"horizontal line: {in_sentence(comparison_label)}"
    lines += f"; dashed line: {in_sentence(tipping_label)}" * bool(inside)
    known = f"; dotted lines: {in_sentence(measured_label)}" * (measured != 1)
    describe(figure, title, subtitle, f"{kind}; {lines}{known}")
    return figure


def _scales(axes: mpl.axes.Axes, rows: pd.DataFrame, comparison: float, points: bool) -> None:
    """Let the axes hold the band and the comparison; name factors by how likely people are."""
    percent_axis(axes, 1.0)
    ends = min(rows["conf_low"].min(), comparison), max(rows["conf_high"].max(), comparison)
    room = 0.08 * (ends[1] - ends[0]) + 0.01
    axes.set_ylim(ends[0] - room, ends[1] + room)
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(6, steps=[1, 2, 5, 10]))
    if points:
        axes.yaxis.set_major_formatter(
            lambda value, _: f"{round(100 * value):+d}".replace("+0", "0")
        )
    else:
        axes.yaxis.set_major_formatter(axes.xaxis.get_major_formatter())
    axes.set_xscale("log")
    low, high = rows["gamma"].min(), rows["gamma"].max()
    axes.set_xlim(low * 0.97, high / 0.97)
    ticks = [each for end in _TICKS for each in dict.fromkeys((1 / end, end))]
    width, kept = (np.log(high) - np.log(low)) / 9, []
    for each in (each for each in ticks if low * 0.99 <= each <= high * 1.01):
        if all(abs(np.log(each / other)) >= width for other in kept):
            kept.append(each)
    kept = sorted(kept)
    axes.set_xticks(kept, [_tick(each) for each in kept])
    axes.minorticks_off()


def _tick(gamma: float) -> str:
    if gamma == 1:
        return "alike"
    if gamma > 1:
        return f"{gamma:g} times\nas likely"
    part = {1 / 2: "half", 1 / 1.5: "2/3"}.get(gamma, f"1/{1 / gamma:.0f}")
    return f"{part}\nas likely"


def _name(axes: mpl.axes.Axes, text: str, at: float, *, below: bool, clear_of: float) -> None:
    """Name the horizontal line where the band lies on its other side, clear of a vertical one."""
    low, high = np.log(axes.get_xlim())
    taken = (-abs(np.log(clear_of)) - low) / (high - low)
    place = max((0.3, 0.14, 0.4), key=lambda each: min(abs(each - taken), 0.14))
    axes.annotate(
        text, (place if below else 1 - place, at), xycoords=("axes fraction", "data"),
        xytext=(0, -4 if below else 4), textcoords="offset points", ha="center",
        va="top" if below else "bottom", color=style.RUST, size=9, bbox=_PAPER, zorder=5,
    )  # fmt: skip


def _upright(axes: mpl.axes.Axes, at: float, text: str, row: int, look: dict[str, object]) -> None:
    """Draw a vertical line up to its name above the axes, which so covers nothing.

    The name runs towards the middle, or where that is too near, away from it.
    """
    low, high = np.log(axes.get_xlim())
    box, line = axes.get_position(), _LINE / 72 / axes.figure.get_figheight()
    room = abs(np.log(at) - (low + high) / 2) / (high - low) * box.width * POINTS
    inwards = room >= width(text, _LETTERS) + 8
    rightwards = (at < 1) == inwards
    top = 1 + (row + 0.9) * line / box.height
    axes.axvline(at, ymax=top, clip_on=False, zorder=1, **look)
    color = style.RUST if look["color"] == style.PAIR[1] else look["color"]
    axes.annotate(
        text, (at, top), xycoords=("data", "axes fraction"), xytext=(4 if rightwards else -4, 0),
        textcoords="offset points", ha="left" if rightwards else "right", va="top", color=color,
        size=_LETTERS, annotation_clip=False,
    )  # fmt: skip
