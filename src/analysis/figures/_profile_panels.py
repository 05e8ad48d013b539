"""A panel for each district: by how much it lies above or below the whole, measure by measure."""

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import describe, headed
from analysis.privacy import HIDDEN

#: Panels side by side.
ACROSS = 2


def profile_panels(
    rows: pd.DataFrame,
    gaps: pd.DataFrame,
    people: Mapping[str, float],
    *,
    title: str,
    subtitle: str,
) -> Figure | None:
    """Draw the gaps of every district with intervals, a panel a district, on one scale.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `Profiles.rows`: `level, measure, gap, gap_low, gap_high`; a missing gap is marked as
        hidden.
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it, all of them: credible ones are orange, pointers blue
        and the rest grey.
    people : mapping of str to float
        District -> about how many people answered; NA is not written.
    title, subtitle : str
        The finding; what is shown, of whom.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is nothing to draw.
    """
    if rows["gap"].isna().all():
        return None
    levels = sorted(rows["level"].astype("str").unique())
    measures = list(rows["measure"].cat.categories)
    kind = {
        (str(row.level), str(row.measure)): style.PAIR[1] if row.credible else style.PAIR[0]
        for row in gaps.itertuples()
    }
    ends = rows["gap_low"].min() - 0.01, rows["gap_high"].max() + 0.01
    step = next((each for each in (0.05, 0.1, 0.2) if (ends[1] - ends[0]) / each < 7), 0.5)
    ticks = np.arange(np.ceil(ends[0] / step), np.floor(ends[1] / step) + 1) * step
    tall, gap = 0.19 * len(measures) + 0.1, 0.62
    lines = -(-len(levels) // ACROSS)
    left, width, between = 0.335, 0.315, 0.025
    with style.apply():
        figure, total, top = headed(title, subtitle, lines * (tall + gap) + 0.6)
        for number, level in enumerate(levels):
            line, place = divmod(number, ACROSS)
            low = total - top - 0.3 - line * (tall + gap) - tall
            axes = figure.add_axes(
                (left + place * (width + between), low / total, width, tall / total)
            )
            mine = rows[rows["level"].astype("str") == level].set_index("measure")
            _draw(axes, mine, {each: kind.get((level, str(each)), style.GREY) for each in measures})
            axes.set_xlim(*ends)
            axes.set_ylim(len(measures) - 0.5, -0.5)
            about = people.get(level, np.nan)
            named = level if np.isnan(about) else f"{level} (n ≈ {about:,.0f})"
            head = axes.set_title(named, loc="left", size=10, weight="bold", pad=4)
            wide = axes.bbox.width / max(head.get_window_extent().width, 1.0)
            head.set_size(10 * min(1.0, wide))
            axes.set_xticks(ticks, [f"{100 * each:+.0f}" if each else "0" for each in ticks])
            axes.tick_params(length=0, labelsize=8)
            names = [_short(str(each)) for each in measures]
            axes.set_yticks(range(len(measures)), names if place == 0 else [""] * len(measures))
            widest = max(name.get_window_extent().width for name in axes.get_yticklabels())
            room = (left - 0.02) * figure.bbox.width
            axes.tick_params(axis="y", labelsize=8 * min(1.0, room / max(widest, 1.0)))
    kind = f"{len(levels)} panels, a dot with its interval for each of {len(measures)} measures"
    describe(figure, title, subtitle, f"{kind}; across: percentage points")
    return figure


def _short(name: str, most: int = 48) -> str:
    """Cut a name in its middle: what it is of stands at its start, and how it counts at its end."""
    if len(name) <= most:
        return name
    start, end = name[: most // 2 + 2], name[-(most // 2 - 3) :]
    return f"{start.rpartition(' ')[0] or start}…{end.partition(' ')[2] or end}"


def _draw(axes: mpl.axes.Axes, mine: pd.DataFrame, colours: Mapping[str, str]) -> None:
    """Draw the gaps of one district, a row a measure; a hidden one is marked."""
    axes.axvline(0, color=style.AXIS, lw=1, zorder=1)
    for at, (measure, colour) in enumerate(colours.items()):
        row = mine.loc[measure] if measure in mine.index else None
        if row is None or np.isnan(row["gap"]):
            axes.text(0, at, f" {HIDDEN}", size=7.5, va="center", color=style.GREY)
            continue
        axes.hlines(at, row["gap_low"], row["gap_high"], color=colour, lw=1.8)
        axes.scatter(row["gap"], at, color=colour, s=18, zorder=3)
