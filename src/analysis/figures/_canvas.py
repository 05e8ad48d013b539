"""What every figure has: room for its words, named rows, an axis of percentages."""

import textwrap
from collections.abc import Iterable

import matplotlib as mpl
from matplotlib.figure import Figure

from analysis.figures import style


def canvas(rows: float, title: str, subtitle: str) -> tuple[Figure, mpl.axes.Axes]:
    """Make a figure with room for its words.

    Parameters
    ----------
    rows : float
        How many rows the axes hold, which decides the height.
    title, subtitle : str
        The finding; what is shown, of whom. Wrapped as needed.

    Returns
    -------
    tuple of matplotlib.figure.Figure and matplotlib.axes.Axes
        Eight inches wide.
    """
    heading, below = textwrap.wrap(title, 70), textwrap.wrap(subtitle, 92)
    top = 0.25 + 0.24 * len(heading) + 0.18 * len(below) + 0.15
    bottom, height = 0.75, 0.36 * rows + 0.3
    total = top + height + bottom
    figure = Figure(figsize=(8, total))
    axes = figure.add_axes((0.34, bottom / total, 0.62, height / total))
    start = 1 - 0.18 / total
    figure.text(0.02, start, "\n".join(heading), size=13, weight="bold", va="top", linespacing=1.25)
    under = start - (0.24 * len(heading) + 0.06) / total
    figure.text(0.02, under, "\n".join(below), size=10, color=style.PALETTE[4], va="top")
    axes.tick_params(length=0)
    axes.tick_params(axis="y", pad=9)
    return figure, axes


def name_rows(axes: mpl.axes.Axes, labels: Iterable[str]) -> None:
    """Name the rows, and move the left edge of the axes so that no name is cut.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Rows at 0, 1, 2 and so on.
    labels : iterable of str
        From the first row to the last.
    """
    wrapped = [textwrap.fill(label, 36) for label in labels]
    axes.set_yticks(range(len(wrapped)), wrapped)
    figure, box = axes.figure, axes.get_position()
    widest = max(label.get_window_extent().width for label in axes.get_yticklabels())
    left = widest / figure.bbox.width + 0.035
    axes.set_position((left, box.y0, box.x1 - left, box.height))


def percent_axis(axes: mpl.axes.Axes, largest: float) -> None:
    """Make the horizontal axis one of shares from 0 to a little above the largest.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The axes.
    largest : float
        Share from 0 to 1.
    """
    axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(mpl.ticker.PercentFormatter(xmax=1, decimals=0))
    axes.set_xlim(0, min(1.0, largest * 1.25) if largest < 1 else 1.0)
