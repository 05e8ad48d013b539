"""A kind of figure: answers in order as bars around the middle one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import MARGIN, POINTS, canvas, describe, name_rows
from analysis.figures._words import fitted, width
from analysis.report import percent

_WORSE = LinearSegmentedColormap.from_list("worse", ["#F9C9A8", style.PALETTE[3]])

_BETTER = LinearSegmentedColormap.from_list("better", ["#A9BFD8", style.PALETTE[0]])

_MIDDLE = style.GRID

#: What a colour and the space beside it take of the legend, in points.
_HANDLE = 32


def diverging(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    labelled: int = 1,
    whole: float | None = None,
) -> Figure | None:
    """Draw answers in order as stacked bars around the middle of the scale.

    Parameters
    ----------
    table : pandas.DataFrame
        `level, n`, then a column an answer from worst to best, with people, sums of weights or
        shares. 0 is an answer that nobody gave, NA a hidden one: what is left of the whole is
        drawn hatched, one block for neighbouring answers. Rows without any number are left out.
    title, subtitle : str
        The finding; what is shown, of whom.
    labelled : int
        How many of the first rows have their percentages written.
    whole : float, optional
        1 for shares, which are written as they are, whatever rounded ones add up to; `n` by
        default.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if no row has a number. With an odd number of answers half of
        the middle one lies on either side of the line.
    """
    answers = list(table.columns[2:])
    table = table[table[answers].notna().any(axis=1)]
    if table.empty:
        return None
    shares, secret = _shares(table, table["n"] if whole is None else whole)
    written = shares if whole is None else table[answers].to_numpy(dtype=float) / whole
    half = len(answers) // 2
    before = shares[:, :half].sum(axis=1)
    if len(answers) % 2:
        before = before + shares[:, half] / 2
    starts = np.cumsum(shares, axis=1) - shares - before[:, None]
    colours = _colours(len(answers))
    with style.apply():
        named, columns, size = _legend(answers)
        room = 0.5 + 0.55 * -(-len(answers) // columns)
        figure, axes = canvas(len(table) + room, title, subtitle)
        for (row, at), share in np.ndenumerate(shares):
            if secret[row, at]:
                continue
            axes.barh(row, share, left=starts[row, at], height=0.72, color=colours[at],
                      edgecolor="white", lw=0.5)  # fmt: skip
            if row < labelled and share > 0.055:
                axes.text(starts[row, at] + share / 2, row,
                          percent(written[row, at]), ha="center", va="center", size=9,
                          color=style.ink(colours[at]))  # fmt: skip
        for row, first, last in _runs(secret):
            width = shares[row, first : last + 1].sum()
            axes.barh(row, width, left=starts[row, first], height=0.72, color="white",
                      hatch="////", edgecolor=style.GREY, lw=0.5)  # fmt: skip
        for answer, colour in zip(named, colours, strict=True):
            axes.bar(0, 0, color=colour, label=answer)
        axes.axvline(0, color=style.AXIS, lw=1, zorder=0.5)
        axes.grid(visible=False)
        axes.set_xlim(starts.min() - 0.02, (starts + shares).max() + 0.02)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        labels = [
            f"{level} (n\u00a0=\u00a0{int(n):,})"
            for level, n in zip(table["level"], table["n"], strict=True)
        ]
        name_rows(axes, labels)
        axes.set_ylim(len(table) - 0.5, -0.5)
        box = axes.get_position()
        scale = len(table) / (len(table) + room)
        axes.set_position((box.x0, box.y0, box.width, box.height * scale))
        figure.legend(loc="upper left", bbox_to_anchor=(0.015, box.y1 + 0.01), ncols=columns,
                      frameon=False, fontsize=size, handlelength=1, columnspacing=1.2)  # fmt: skip
    kind = f"Stacked bars around the middle answer, from {answers[0]} to {answers[-1]}"
    describe(figure, title, subtitle, f"{kind}; length: share of people")
    return figure


def _legend(answers: Sequence[str]) -> tuple[list[str], int, float]:
    """Return the names of answers as they stand in the legend, in how many columns, their size."""
    room = POINTS * (1 - 2 * MARGIN)
    for columns in (2 if len(answers) == 4 else 3, 2, 1):
        each = room / columns - _HANDLE
        if columns == 1 or all(width(answer, 9) <= each for answer in answers):
            made = [fitted(answer, each, sizes=(9,), most=1)[0][0] for answer in answers]
            return made, columns, 9
    raise AssertionError  # one column is always returned


def _shares(table: pd.DataFrame, whole: pd.Series | float) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of each answer, hidden ones filled up, and which are hidden."""
    people = table.iloc[:, 2:].to_numpy(dtype=float)
    secret, whole = np.isnan(people), np.asarray(whole, dtype=float)
    left = np.maximum(whole - np.nansum(people, axis=1), 0.0)
    each = np.divide(left, secret.sum(axis=1), out=np.zeros_like(left), where=secret.any(axis=1))
    filled = np.where(secret, each[:, None], people)
    return filled / filled.sum(axis=1, keepdims=True), secret


def _runs(secret: np.ndarray) -> list[tuple[int, int, int]]:
    """Return row, first and last answer of each run of hidden answers."""
    runs = []
    for row, hidden in enumerate(secret):
        edges = np.flatnonzero(np.diff(np.r_[0, hidden.astype(int), 0]))
        pairs = zip(edges[::2], edges[1::2], strict=True)
        runs += [(row, int(first), int(last) - 1) for first, last in pairs]
    return runs


def _colours(answers: int) -> list[object]:
    half = answers // 2
    strong = np.linspace(1, 0, half) if half > 1 else np.ones(1)
    middle = [_MIDDLE] if answers % 2 else []
    return [*(_WORSE(each) for each in strong), *middle, *(_BETTER(each) for each in strong[::-1])]
