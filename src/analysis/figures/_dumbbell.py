"""A kind of figure: two shares of each row, joined by a line."""

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import POINTS, RIGHT, canvas, describe, name_rows, percent_axis
from analysis.figures._words import fitted, width

#: Room to the right of the axes, in points.
_BEYOND = 20


def dumbbell(
    rows: pd.DataFrame, pair: Mapping[str, str], *, title: str, subtitle: str
) -> Figure | None:
    """Draw two shares of each row, joined by a line.

    Parameters
    ----------
    rows : pandas.DataFrame
        The first column names the rows, drawn from top to bottom.
    pair : mapping of str to str
        The two columns of shares, from 0 to 1 -> what they are called, written beside the dots of
        the row where they are farthest apart.
    title, subtitle : str
        The finding; what is shown, of whom.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is nothing to draw.
    """
    if rows.empty:
        return None
    shares = rows[list(pair)].astype(float)
    at = range(len(rows))
    with style.apply():
        figure, axes = canvas(len(rows), title, subtitle)
        first, second = pair
        axes.hlines(at, shares[first], shares[second], color=style.GREY, lw=2)
        for column, colour, marker, size in zip(
            pair, style.PAIR, ("o", "D"), (95, 38), strict=True
        ):
            sns.scatterplot(
                x=shares[column], y=at, color=colour, marker=marker, s=size, ax=axes,
                zorder=3, clip_on=False,
            )  # fmt: skip
        axes.set(xlabel="", ylabel="")
        percent_axis(axes, float(shares.max().max()))
        name_rows(axes, rows.iloc[:, 0].astype(str))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        _label_pair(axes, shares.reset_index(drop=True), pair)
    kind = f"Two dots for each of {len(rows)} rows, {' and '.join(pair.values())}"
    describe(figure, title, subtitle, f"{kind}; across: share of people")
    return figure


def _label_pair(axes: mpl.axes.Axes, shares: pd.DataFrame, pair: Mapping[str, str]) -> None:
    """Name the two kinds of dot in the row where they are farthest apart and there is room.

    Where no row has room, the names stand below the axis.
    """
    first, second = pair
    names = {column: fitted(name, 110, sizes=(10, 9), most=2, weight="bold")
             for column, name in pair.items()}  # fmt: skip
    wide = {
        column: max(width(line, size, "bold") for line in lines) + 12
        for column, (lines, size) in names.items()
    }
    scale = axes.bbox.width * 72 / axes.figure.dpi / np.diff(axes.get_xlim()).item()
    left, right = (
        pd.Series(np.where(shares[first] < shares[second], here, there), index=shares.index)
        for here, there in ((first, second), (second, first))
    )
    low, high = shares.min(axis=1), shares.max(axis=1)
    ample = (low * scale >= left.map(wide)) & (
        (axes.get_xlim()[1] - high) * scale + _BEYOND >= right.map(wide)
    )
    apart = (high - low).where(ample).dropna()
    colours = dict(zip(pair, (style.PAIR[0], style.RUST), strict=True))
    if apart.empty:
        _name_below(axes, pair)
        return
    row = shares.index.get_loc(apart.idxmax())
    for column, to_left in ((left.iloc[row], True), (right.iloc[row], False)):
        lines, size = names[column]
        axes.annotate(
            "\n".join(lines),
            (shares[column].iloc[row], row),
            xytext=(-9 if to_left else 9, 0),
            textcoords="offset points",
            ha="right" if to_left else "left",
            va="center",
            color=colours[column],
            size=size,
            weight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )


def _name_below(axes: mpl.axes.Axes, pair: Mapping[str, str]) -> None:
    """Name the two kinds of dot below the axis, at the right."""
    figure = axes.figure
    room = POINTS * 0.6
    lines = [fitted(name, room, sizes=(10, 9, 8), most=1, weight="bold") for name in pair.values()]
    marks = zip(lines, (style.PAIR[0], style.RUST), ("\u25cf", "\u25c6"), strict=True)
    for number, ((words, size), colour, mark) in enumerate(marks):
        figure.text(
            RIGHT, (0.34 - 0.17 * number) / figure.get_figheight(), f"{mark} {words[0]}",
            size=size, weight="bold", color=colour, ha="right", va="center",
        )  # fmt: skip
