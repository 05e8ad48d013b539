"""A kind of figure: counts of people as shaded cells."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures._canvas import canvas, describe, name_rows
from analysis.privacy import HIDDEN

#: Letters that stand side by side above all columns; with fewer for each column than its longest
#: word has, the names stand upright.
_LETTERS = 54

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
    wide = _LETTERS // len(columns)
    upright = max(len(word) for name in columns for word in str(name).split()) > wide
    room = 3.4 if upright else 0.9
    with style.apply():
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
                size=10,
                color=style.ink(shade) if known else style.GREY,
            )
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(table) - 0.5, -0.5)
        axes.xaxis.tick_top()
        heads = [textwrap.fill(name, 18 if upright else min(wide, 14)) for name in columns]
        axes.set_xticks(range(len(columns)), heads, size=10, rotation=90 if upright else 0)
        labels = [
            name if np.isnan(n) else f"{name} (n\u00a0=\u00a0{int(n):,})"
            for name, n in zip(names, table["n"], strict=True)
        ]
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
