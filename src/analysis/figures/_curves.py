"""A kind of figure: one number against another as lines, with named points on or beside them."""

from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.figures import style
from analysis.figures._canvas import canvas, describe
from analysis.figures._point_names import name_points
from analysis.figures._words import fitted
from analysis.report import listed

#: Colours of lines, and of the words that name them.
_LINES = ((style.PAIR[0], style.PAIR[0], "-"), (style.PAIR[1], style.RUST, "--"))


def curves(
    lines: pd.DataFrame,
    marks: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    across: str,
    up: str,
    shares: str = "up",
) -> Figure | None:
    """Draw one or two lines, and named points.

    Parameters
    ----------
    lines : pandas.DataFrame
        `line, x, y`: the points of each line in order. Lines fall to the right; the higher one of
        two is named at its left end, the other below its right end.
    marks : pandas.DataFrame
        `level, x, y`, and `line` if there are two lines: points, in the colour of their line;
        those without a name ("") are drawn alone. A missing number is left out.
    title, subtitle : str
        The finding; what is shown, of whom.
    across, up : str
        What the axes are.
    shares : str
        "up" if the vertical axis alone has shares, shown in percentage points; "both" if the
        horizontal one has too.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None without a line or with more than two.
    """
    names = list(dict.fromkeys(lines["line"]))
    marks = marks.dropna(subset=["x", "y"])
    if not 1 <= len(names) <= len(_LINES):
        return None
    with style.apply():
        figure, axes = canvas(9.5, title, subtitle)
        box = axes.get_position()
        axes.set_position((0.09, box.y0 + 0.03, 0.88, box.height - 0.06))
        _scale(axes, lines, marks, across, up, both=shares == "both")
        ends = lines.groupby("line")["y"].mean()
        beside = []
        for name, (colour, ink, kind) in zip(names, _LINES, strict=False):
            here = lines[lines["line"] == name]
            axes.plot(here["x"], here["y"], color=colour, lw=2, ls=kind, zorder=2)
            mine = marks if "line" not in marks else marks[marks["line"] == name]
            axes.scatter(mine["x"], mine["y"], color=colour, s=32, zorder=3)
            beside += _pieces(axes, here)
            beside.append(_named(axes, name, here, ink, above=ends[name] == ends.max()))
        name_points(axes, marks["x"], marks["y"], marks["level"], beside=beside)
    said = f"Lines: {listed(names)}; across: {across}; up: {up}"
    dots = f"; a dot each for {len(set(marks['level']) - {''})} names" * (not marks.empty)
    describe(figure, title, subtitle, said + dots)
    return figure


@dataclass(frozen=True)
class _Piece:
    """A piece of a line, for names to keep away from."""

    box: Bbox

    def get_window_extent(self) -> Bbox:
        """Return where it is, in dots of the picture."""
        return self.box


def _pieces(axes: mpl.axes.Axes, line: pd.DataFrame) -> list[_Piece]:
    """Cut a line into small boxes along its way."""
    at = axes.transData.transform(line[["x", "y"]].to_numpy(dtype=float))
    steps = np.linspace(0, len(at) - 1, 250)
    way = [np.interp(steps, np.arange(len(at)), each) for each in at.T]
    half = 1.5
    return [_Piece(Bbox.from_extents(x - half, y - half, x + half, y + half))
            for x, y in zip(*way, strict=True)]  # fmt: skip


def _named(
    axes: mpl.axes.Axes, name: str, line: pd.DataFrame, ink: str, *, above: bool
) -> mpl.text.Annotation:
    """Name a line, to the right of its left end or below its right end."""
    words, size = fitted(name, 260, sizes=(10, 9), most=2, weight="bold")
    end = line.loc[line["x"].idxmin() if above else line["x"].idxmax()]
    return axes.annotate(
        "\n".join(words), (end["x"], end["y"]), xytext=(12, 2) if above else (0, -12),
        textcoords="offset points", ha="left" if above else "right",
        va="center" if above else "top", color=ink, size=size, weight="bold",
    )  # fmt: skip


def _scale(
    axes: mpl.axes.Axes, lines: pd.DataFrame, marks: pd.DataFrame, across: str, up: str, *,
    both: bool,
) -> None:  # fmt: skip
    """Let the axes hold all lines and points, with room for names."""
    axes.grid(visible=True, axis="y")
    axes.grid(visible=False, axis="x")
    every = pd.concat([lines[["x", "y"]], marks[["x", "y"]]])
    room = (every.max() - every.min()) * 0.08
    low, high = every.min() - room * [1, 2.5], every.max() + room
    axes.set_xlim(max(low["x"], 0.0) if both else lines["x"].min(), high["x"])
    axes.set_ylim(0.0 if not both else max(low["y"], 0.0), high["y"])
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(mpl.ticker.MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(_points(axes.get_yticks()))
    axes.xaxis.set_major_formatter(_points(axes.get_xticks()) if both else "{x:,.0f}")
    axes.set_xlabel(across)
    axes.text(0.0, 1.01, up, transform=axes.transAxes, ha="left", va="bottom", size=10)


def _points(ticks: np.ndarray) -> mpl.ticker.FuncFormatter:
    """Write shares in points, with as many decimals as the ticks need."""
    decimals = next((each for each in range(3) if np.allclose(
        np.round(100 * ticks, each), 100 * ticks)), 3)  # fmt: skip
    return mpl.ticker.FuncFormatter(lambda value, _: f"{100 * value:.{decimals}f}")
