"""A kind of figure: groups side by side, a dot with its interval for each row."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import POINTS, RIGHT, canvas, describe, name_rows, row_names
from analysis.figures._words import fitted
from analysis.figures._words import width as words_width

#: Distances of ticks that are tried, the finest first.
_STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

#: How far a number may reach beyond its panel, in points.
_BEYOND = 5


def panels(
    rows: pd.DataFrame,
    means: pd.Series,
    *,
    title: str,
    subtitle: str,
    by: str = "channel",
    order: Sequence[str] | None = None,
    points: bool = True,
) -> Figure | None:
    """Draw estimates of several levels with intervals, a panel a group of rows, on one scale.

    Parameters
    ----------
    rows : pandas.DataFrame
        `level`, the column `by`, `estimate, conf_low, conf_high` and, if there are such columns,
        `n` and `raw_estimate`, drawn as a ring; a level without an estimate is left out.
    means : pandas.Series
        The value of everybody for each panel, drawn as a line.
    title, subtitle : str
        The finding; what is shown, of whom.
    by : str
        The column that tells which panel a row is in.
    order : sequence of str, optional
        Levels from top to bottom; sorted by the first panel's estimate without.
    points : bool
        True for differences of shares, shown in points; False for numbers as they are.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is nothing to draw. Levels without an estimate in the
        first panel come last.
    """
    rows = rows.dropna(subset=["estimate"])
    if rows.empty:
        return None
    names = list(means.index)
    first = rows[rows[by] == names[0]].sort_values("estimate")
    levels = list(dict.fromkeys([*first["level"], *rows["level"]]) if order is None else order)
    order = {level: at for at, level in enumerate(levels)}
    sizes = rows.drop_duplicates("level").set_index("level").get("n")
    ends = min(rows["conf_low"].min(), 0.0) - 0.01, max(rows["conf_high"].max(), 0.0) + 0.01
    labels = levels
    if sizes is not None:
        labels = [f"{level} (n\u00a0=\u00a0{int(sizes[level]):,})" for level in levels]
    with style.apply():
        gap = 0.02
        width = (RIGHT - row_names(labels).left - gap * (len(names) - 1)) / len(names)
        heads = [
            fitted(str(name), width * POINTS, sizes=(10, 9, 8, 7), most=3, weight="bold")
            for name in names
        ]
        ticks, small = _ticks(ends, width * POINTS, points=points)
        room = 1.2 + 0.45 * (max(len(lines) for lines, _ in heads) - 1)
        figure, axes = canvas(len(order) + room, title, subtitle)
        name_rows(axes, labels)
        box = axes.get_position()
        height = box.height * len(order) / (len(order) + room)
        every = [axes]
        for number in range(1, len(names)):
            place = (box.x0 + number * (width + gap), box.y0, width, height)
            every.append(figure.add_axes(place))
            every[-1].set_yticks(range(len(order)), [""] * len(order))
            every[-1].tick_params(length=0)
        axes.set_position((box.x0, box.y0, width, height))
        for name, panel, (head, size) in zip(names, every, heads, strict=True):
            here = rows[rows[by] == name]
            at = here["level"].map(order).astype(int)
            panel.axvline(0, color=style.GREY, lw=1, zorder=1)
            panel.axvline(means[name], color=style.PAIR[1], lw=1.5, zorder=1)
            panel.hlines(at, here["conf_low"], here["conf_high"], color=style.PAIR[0], lw=2)
            panel.scatter(here["estimate"], at, color=style.PAIR[0], s=32, zorder=3)
            if "raw_estimate" in here:
                rings = {"facecolors": "white", "edgecolors": style.PAIR[0], "s": 18, "zorder": 2}
                panel.scatter(here["raw_estimate"], at, **rings)
            panel.set_xlim(*ends)
            panel.set_ylim(len(order) - 0.5, -0.5)
            panel.set_title("\n".join(head), loc="center", size=size, weight="bold", pad=8)
            panel.set_xticks(ticks, [_tick(each, points) for each in ticks], size=small)
    kind = f"Panels {', '.join(names)}: a dot with its interval for each of {len(order)} rows"
    across = "percentage points" if points else "log odds ratio"
    describe(figure, title, subtitle, f"{kind}; across: {across}")
    return figure


def _ticks(ends: tuple[float, float], room: float, *, points: bool) -> tuple[np.ndarray, float]:
    """Choose where the ticks are, so that their numbers fit side by side, and their size.

    Where the numbers of an axis do not, there is one on either side of 0, else 0 alone.
    """
    span = ends[1] - ends[0]
    for every, steps in ((True, _STEPS), (False, _STEPS[::-1])):
        for size, step in ((size, step) for size in (10, 8, 7) for step in steps):
            first, last = np.ceil(ends[0] / step), np.floor(ends[1] / step)
            ticks = np.arange(first, last + 1) * step if every else np.array([-step, step])
            wide = np.array([words_width(_tick(each, points), size) for each in ticks])
            inside = np.minimum(ticks - ends[0], ends[1] - ticks) * room / span
            ticks = ticks[inside >= wide / 2 - _BEYOND]
            if not 2 <= len(ticks) < 5:
                continue
            if wide.max() + 4 <= room * (ticks[1] - ticks[0]) / span:
                return ticks, size
    return np.array([0.0]), 7


def _tick(value: float, points: bool) -> str:
    shown = f"{100 * value:+.0f}" if points else f"{value:+.1f}"
    return shown if value else "0"
