"""A kind of figure: counts of people as shaded cells."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures._canvas import POINTS, RIGHT, canvas, describe, name_rows, row_names
from analysis.figures._words import fitted, width, wrap
from analysis.privacy import HIDDEN

#: How long names of columns are that stand upright, in points.
_UPRIGHT = 82

_SHADES = LinearSegmentedColormap.from_list("share", ["#F3F6F9", "#7A9CBF", style.PALETTE[0]])


def heat_map(table: pd.DataFrame, *, title: str, subtitle: str) -> Figure | None:
    """Draw counts of people as shaded cells, each shaded by its share of the row.

    Parameters
    ----------
    table : pandas.DataFrame
        The names of the rows, `n`, then columns of counts of people; a missing one is hidden. A
        cell whose row and column have the same name is framed.
    title, subtitle : str
        The finding; what is shown, of whom.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is nothing to draw.
    """
    if table.empty:
        return None
    columns, names = list(table.columns[2:]), list(table.iloc[:, 0])
    people = table[columns].to_numpy(dtype=float)
    shares = people / table[["n"]].to_numpy(dtype=float)
    labels = [
        str(name) if np.isnan(n) else f"{name} (n\u00a0=\u00a0{int(n):,})"
        for name, n in zip(names, table["n"], strict=True)
    ]
    with style.apply():
        cell = (RIGHT - row_names(labels).left) * POINTS / len(columns)
        heads, size, upright = _heads(columns, cell)
        room = 3.4 if upright else 0.4 + 0.5 * max(head.count("\n") + 1 for head in heads)
        figure, axes = canvas(len(table) + room, title, subtitle)
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        for (row, column), share in np.ndenumerate(shares):
            known = not np.isnan(share)
            shade = _SHADES(min(share, 1.0)) if known else "none"
            same = columns[column] == names[row]
            frame = {"edgecolor": style.PAIR[1], "lw": 2} if same else {"edgecolor": style.GRID}
            axes.add_patch(
                Rectangle((column - 0.48, row - 0.45), 0.96, 0.90, facecolor=shade, **frame)
            )
            axes.text(
                column,
                row,
                f"{people[row, column]:,.0f}" if known else HIDDEN,
                ha="center",
                va="center",
                size=min(10, 10 * (cell - 4) / width(f"{people[row, column]:,.0f}", 10)),
                color=style.ink(shade) if known else style.GREY,
            )
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(table) - 0.5, -0.5)
        axes.xaxis.tick_top()
        axes.set_xticks(range(len(columns)), heads, size=size, rotation=90 if upright else 0)
        name_rows(axes, labels)
        box = axes.get_position()
        axes.set_position(
            (box.x0, box.y0, box.width, box.height * len(table) / (len(table) + room))
        )
    describe(
        figure,
        title,
        subtitle,
        f"Table of {len(table)} by {len(columns)} shaded cells with numbers of people",
    )
    return figure


def _heads(columns: Sequence[str], cell: float) -> tuple[list[str], float, bool]:
    """Wrap the names of columns, say their size and whether they stand upright."""
    words = [word for name in columns for word in str(name).split()]
    if all(width(word, 10) <= cell - 6 for word in words):
        lines = [wrap(str(name), cell - 6, 10) for name in columns]
        if max(map(len, lines)) <= 4:
            return ["\n".join(each) for each in lines], 10, False
    most = max(1, int(cell // 13))
    made = [fitted(str(name), _UPRIGHT, sizes=(10, 9, 8), most=most) for name in columns]
    size = min(each for _, each in made)
    lines = [fitted(str(name), _UPRIGHT, sizes=(size,), most=most)[0] for name in columns]
    return ["\n".join(each) for each in lines], size, True
