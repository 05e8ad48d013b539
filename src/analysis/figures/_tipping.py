"""A kind of figure: an estimate with its band over a factor, and where a conclusion tips."""

from itertools import permutations, product

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

#: What is free between a line and its name, in points.
_GAP = 4


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
        marks = [(tipping, tipping_label, style.PAIR[1], "--")] * bool(inside)
        for each in dict.fromkeys((measured, 1 / measured)) if measured != 1 else ():
            if rows["gamma"].min() <= each <= rows["gamma"].max():
                marks.append((each, measured_label, style.GREY, ":"))
        _uprights(axes, marks)
        if inside:
            diamond = {"color": style.PAIR[1], "marker": "D", "s": 45, "zorder": 4}
            axes.scatter([tipping], [comparison], **diamond)
        words, size = fitted(across, 0.85 * POINTS, sizes=(10, 9, 8), most=1)
        axes.set_xlabel(words[0], size=size)
    kind = "A line with the band of its interval, a dot where the factor is 1; across, on a log "
    kind += f"scale: {in_sentence(across)}"
    lines = f"horizontal line: {in_sentence(comparison_label)}"
    lines += f"; dashed line: {in_sentence(tipping_label)}" * bool(inside)
    known = f"; dotted lines: {in_sentence(measured_label)}" * (len(marks) > int(inside))
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


def _uprights(axes: mpl.axes.Axes, marks: list[tuple[float, str, str, str]]) -> None:
    """Draw vertical lines up to their names above the axes, which so cover nothing."""
    low, high = np.log(axes.get_xlim())
    box = axes.get_position()
    scale, line = box.width * POINTS / (high - low), _LINE / 72 / axes.figure.get_figheight()
    names = [((np.log(at) - low) * scale, width(text, _LETTERS) + _GAP) for at, text, _, _ in marks]
    rows = [int(dashes == "--") for _, _, _, dashes in marks]
    ends = -box.x0 * POINTS, (1 - box.x0) * POINTS
    for (at, text, color, dashes), (row, right) in zip(
        marks, _placed(names, rows, ends), strict=True
    ):
        top = 1 + (row + 0.9) * line / box.height
        lw = 1 if dashes == ":" else 1.5
        axes.axvline(at, ymax=top, clip_on=False, zorder=1, color=color, lw=lw, ls=dashes)
        axes.annotate(
            text, (at, top), xycoords=("data", "axes fraction"), textcoords="offset points",
            xytext=(_GAP if right else -_GAP, 0), ha="left" if right else "right", va="top",
            color=style.RUST if dashes == "--" else color, size=_LETTERS, annotation_clip=False,
        )  # fmt: skip


def _placed(
    names: list[tuple[float, float]], rows: list[int], ends: tuple[float, float]
) -> list[tuple[int, bool]]:
    """Choose for names of vertical lines, place and width each, a row and a side.

    Of all ways the one in which fewest names meet another, a line that goes as high, or an end; of
    those equal the first: the rows given before their exchange, names towards the middle before.
    """
    middle = sum(ends) / 2

    def met(way: tuple[tuple[int, bool], ...]) -> int:
        spans = [
            (at, at + size) if right else (at - size, at)
            for (at, size), (_, right) in zip(names, way, strict=True)
        ]
        count = sum(not ends[0] <= span[0] < span[1] <= ends[1] for span in spans)
        for this, other in permutations(range(len(names)), 2):
            (low, high), line = spans[this], names[other][0]
            count += way[other][0] >= way[this][0] and low < line < high
            same = way[other][0] == way[this][0]
            count += same and low < spans[other][1] and spans[other][0] < high
        return count

    inwards = [at < middle for at, _ in names]
    ways = [
        tuple(
            (row ^ swap, side ^ turn) for row, side, turn in zip(rows, inwards, turns, strict=True)
        )
        for turns in sorted(product((False, True), repeat=len(names)), key=sum)
        for swap in (0, 1)
    ]
    return list(min(ways, key=met))
