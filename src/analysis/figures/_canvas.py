"""What every figure has: room for its words, named rows, an axis of percentages."""

import textwrap
from collections.abc import Iterable

import matplotlib as mpl
from matplotlib.figure import Figure

from analysis.figures import style


def describe(figure: Figure, title: str, subtitle: str, kind: str) -> None:
    """Give a figure the text that stands for it where it cannot be seen.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Its label becomes the text: the finding, the kind of figure with its axes, of whom it is.
    title, subtitle : str
        As they stand on the figure.
    kind : str
        What is drawn, and what the axes are.
    """
    parts = [each.rstrip(". ") for each in (title, kind, subtitle) if each.strip()]
    figure.set_label("".join(f"{each}. " for each in parts).strip())


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
        From the first row to the last. A row has room for two lines: letters are smaller where
        one needs more, and what is still too long is cut before its number of people.
    """
    labels = list(labels)
    wrapped = [textwrap.fill(label, 36) for label in labels]
    small = any(label.count("\n") > 1 for label in wrapped)
    if small:
        wrapped = [_two_lines(label, 46) for label in labels]
    axes.set_yticks(range(len(wrapped)), wrapped, size=8.5 if small else 10)
    figure, box = axes.figure, axes.get_position()
    widest = max(label.get_window_extent().width for label in axes.get_yticklabels())
    left = widest / figure.bbox.width + 0.035
    axes.set_position((left, box.y0, box.x1 - left, box.height))


def _two_lines(label: str, width: int) -> str:
    """Wrap a name into two lines, cut where it is longer, with the people at its end kept."""
    name, bracket, people = label.partition(" (n\u00a0=")
    room = 2 * width - len(bracket + people) - 6
    if len(name) > room:
        name = textwrap.shorten(name, room, placeholder="…")
    return textwrap.fill(f"{name}{bracket}{people}", width)


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


def line_of_all(axes: mpl.axes.Axes, at: float, text: str) -> None:
    """Draw a vertical line with its name above the first row, on the side where there is room.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Its horizontal limits are set.
    at : float
        Where the line is.
    text : str
        Its name.
    """
    low, high = axes.get_xlim()
    right = at - low > 0.7 * (high - low)
    axes.axvline(at, color=style.PAIR[1], lw=1.5, zorder=1)
    axes.annotate(
        text, (at, -0.62), xytext=(-4 if right else 4, 0), textcoords="offset points",
        color=style.RUST, ha="right" if right else "left", va="center",
    )  # fmt: skip
