"""What every figure has: room for its words, named rows, an axis of percentages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._words import fitted, width, wrap

#: How wide figures are, in inches and in points.
INCHES, POINTS = 8, 576

#: What is free at both sides, and where axes end, as shares of the width.
MARGIN, RIGHT = 0.02, 0.96

#: How high a row is, in inches.
ROW = 0.36


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


def headed(title: str, subtitle: str, below: float) -> tuple[Figure, float, float]:
    """Make a figure with its finding at the top.

    Parameters
    ----------
    title, subtitle : str
        The finding; what is shown, of whom. Wrapped as needed.
    below : float
        Inches below these words.

    Returns
    -------
    tuple of matplotlib.figure.Figure, float and float
        `INCHES` wide; its height, and the height of the words, in inches.
    """
    room = POINTS * (1 - 2 * MARGIN)
    heading, under = wrap(title, room, 13, "bold"), wrap(subtitle, room, 10)
    top = 0.25 + 0.24 * len(heading) + 0.18 * len(under)
    total = top + below
    figure = Figure(figsize=(INCHES, total))
    start = 1 - 0.18 / total
    figure.text(
        MARGIN, start, "\n".join(heading), size=13, weight="bold", va="top", linespacing=1.25
    )
    start -= (0.24 * len(heading) + 0.06) / total
    figure.text(MARGIN, start, "\n".join(under), size=10, color=style.PALETTE[4], va="top")
    return figure, total, top


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
    bottom, height = 0.75, ROW * rows + 0.3
    figure, total, _ = headed(title, subtitle, height + bottom + 0.15)
    axes = figure.add_axes((0.34, bottom / total, RIGHT - 0.34, height / total))
    axes.tick_params(length=0)
    axes.tick_params(axis="y", pad=9)
    return figure, axes


@dataclass(frozen=True, kw_only=True)
class RowNames:
    """Names of rows as they are drawn, their size, and where the axes begin beside them."""

    texts: list[str]
    size: float
    left: float


def row_names(labels: Iterable[str], bold: Collection[int] = ()) -> RowNames:
    """Wrap the names of rows, and say where the axes begin.

    Parameters
    ----------
    labels : iterable of str
        From the first row to the last. A row has room for two lines: letters are smaller where
        one needs more, and what is still too long is cut before its number of people.
    bold : collection of int
        Rows that are headings.

    Returns
    -------
    RowNames
        `left` is a share of the width of the figure.
    """
    labels = list(labels)
    weights = ["bold" if at in bold else "normal" for at in range(len(labels))]
    for size, room in ((10.0, 214.0), (8.5, 236.0)):
        found = [
            fitted(label, room, sizes=(size,), most=2, weight=weight, end=end)
            for (label, end), weight in zip(map(_parted, labels), weights, strict=True)
        ]
        if not any("…" in line for lines, _ in found for line in lines[-2:]):
            break
    widest = max(
        width(line, size, weight)
        for (lines, _), weight in zip(found, weights, strict=True)
        for line in lines or [""]
    )
    texts = ["\n".join(lines) for lines, _ in found]
    return RowNames(texts=texts, size=size, left=widest / POINTS + 0.035)


def name_rows(axes: mpl.axes.Axes, labels: Iterable[str], bold: Collection[int] = ()) -> None:
    """Name the rows, and move the left edge of the axes so that no name is cut.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Rows at 0, 1, 2 and so on.
    labels, bold
        As for `row_names`.
    """
    names = row_names(labels, bold)
    axes.set_yticks(range(len(names.texts)), names.texts, size=names.size)
    for at in bold:
        axes.get_yticklabels()[at].set_weight("bold")
    box = axes.get_position()
    axes.set_position((names.left, box.y0, box.x1 - names.left, box.height))


def _parted(label: str) -> tuple[str, str]:
    """Part a name from the number of people behind it."""
    name, bracket, people = label.partition(" (n\u00a0=")
    return name, bracket + people


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
