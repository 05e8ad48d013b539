"""Kinds of figure for ratings: answers in order as diverging bars, and a funnel of groups."""

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from scipy import stats

from analysis import style
from analysis.canvas import canvas, name_rows, percent_axis
from analysis.report import percent

_WORSE = LinearSegmentedColormap.from_list("worse", ["#F9C9A8", style.PALETTE[3]])
_BETTER = LinearSegmentedColormap.from_list("better", ["#A9BFD8", style.PALETTE[0]])
_MIDDLE = "#D9DCDE"


def diverging(table: pd.DataFrame, *, title: str, subtitle: str, labelled: int = 1) -> Figure:
    """Draw answers in order as stacked bars around the middle of the scale.

    Parameters
    ----------
    table : pandas.DataFrame
        `level, n`, then a column an answer from worst to best, with people or sums of weights. 0
        is an answer that nobody gave, NA a hidden one: what is left of `n` is drawn hatched, one
        block for neighbouring answers. Rows without any number are left out.
    title, subtitle : str
        The finding; what is shown, of whom.
    labelled : int
        How many of the first rows have their percentages written.

    Returns
    -------
    matplotlib.figure.Figure
        To be saved by `figures.save`. With an odd number of answers half of the middle one lies
        on either side of the line.
    """
    answers = list(table.columns[2:])
    table = table[table[answers].notna().any(axis=1)]
    shares, secret = _shares(table)
    half = len(answers) // 2
    before = shares[:, :half].sum(axis=1)
    if len(answers) % 2:
        before = before + shares[:, half] / 2
    starts = np.cumsum(shares, axis=1) - shares - before[:, None]
    colours = _colours(len(answers))
    with style.apply():
        figure, axes = canvas(len(table) + 1.6, title, subtitle)
        for (row, at), share in np.ndenumerate(shares):
            if secret[row, at]:
                continue
            axes.barh(row, share, left=starts[row, at], height=0.72, color=colours[at],
                      edgecolor="white", lw=0.5)  # fmt: skip
            if row < labelled and share > 0.055:
                strong = at in (0, len(answers) - 1)
                axes.text(starts[row, at] + share / 2, row, percent(share), ha="center",
                          va="center", size=9, color="white" if strong else "#262626")  # fmt: skip
        for row, first, last in _runs(secret):
            width = shares[row, first : last + 1].sum()
            axes.barh(row, width, left=starts[row, first], height=0.72, color="white",
                      hatch="////", edgecolor=style.GREY, lw=0.5)  # fmt: skip
        for answer, colour in zip(answers, colours, strict=True):
            axes.bar(0, 0, color=colour, label=answer)
        axes.axvline(0, color="#262626", lw=1, zorder=0.5)
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
        scale = len(table) / (len(table) + 1.6)
        axes.set_position((box.x0, box.y0, box.width, box.height * scale))
        columns = 2 if len(answers) == 4 else 3
        figure.legend(loc="upper left", bbox_to_anchor=(0.015, box.y1 + 0.01), ncols=columns,
                      frameon=False, fontsize=9, handlelength=1, columnspacing=1.2)  # fmt: skip
    return figure


def _shares(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of each answer, hidden ones filled up, and which are hidden."""
    people = table.iloc[:, 2:].to_numpy(dtype=float)
    secret, n = np.isnan(people), table["n"].to_numpy(dtype=float)
    left = np.maximum(n - np.nansum(people, axis=1), 0.0)
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


def funnel(
    groups: pd.DataFrame, *, title: str, subtitle: str, overall: float, overall_label: str
) -> Figure:
    """Draw the share of each group against its size, with the limits that chance sets.

    Parameters
    ----------
    groups : pandas.DataFrame
        `level, raw_share, n`; a missing share is left out.
    title, subtitle : str
        The finding; what is shown, of whom.
    overall : float
        The share of everybody, from 0 to 1.
    overall_label : str
        What the line is called.

    Returns
    -------
    matplotlib.figure.Figure
        To be saved by `figures.save`.

    Raises
    ------
    ValueError
        If no group has a share.

    Notes
    -----
    The limits hold 95% and 99.8% of groups that do not differ
        from everybody (binomial;
        Spiegelhalter 2005, Stat. Med. 24).
    """
    rows = groups.dropna(subset=["raw_share"])
    if rows.empty:
        raise ValueError("no group has a share that may be shown; leave the funnel out")
    with style.apply():
        figure, axes = canvas(9, title, subtitle)
        box = axes.get_position()
        axes.set_position((0.09, box.y0 + 0.03, 0.88, box.height - 0.03))
        sizes = np.arange(max(5, int(rows["n"].min() * 0.6)), int(rows["n"].max() * 1.12) + 1)
        for level, line, name in ((0.95, "--", "95% limits"), (0.998, ":", "99.8% limits")):
            ends = [_limit(sizes, overall, (1 + sign * level) / 2) for sign in (-1, 1)]
            for end in ends:
                axes.plot(sizes, end, color=style.GREY, lw=1, ls=line)
            axes.annotate(
                name, (sizes[-1], ends[0][-1]), xytext=(0, -2), textcoords="offset points",
                ha="right", va="top", size=9, color=style.GREY,
            )  # fmt: skip
        axes.axhline(overall, color=style.PAIR[1], lw=1.5)
        axes.annotate(
            f"{overall_label} {percent(overall)}", (sizes[-1], overall), xytext=(0, 3),
            textcoords="offset points", ha="right", color="#B34700", size=9,
        )  # fmt: skip
        axes.scatter(rows["n"], rows["raw_share"], color=style.PAIR[0], s=36, zorder=3)
        _name_points(axes, rows)
        axes.grid(visible=True, axis="y")
        axes.grid(visible=False, axis="x")
        axes.set_xlim(sizes[0], sizes[-1])
        percent_axis(axes, 1.0)
        axes.yaxis.set_major_formatter(axes.xaxis.get_major_formatter())
        axes.xaxis.set_major_formatter("{x:.0f}")
        axes.set_xlim(sizes[0], sizes[-1])
        axes.set_ylim(0, 1)
        axes.set_xlabel("People (n)")
    return figure


def outside_limits(groups: pd.DataFrame, overall: float, *, level: float = 0.95) -> list[str]:
    """Name the groups whose share lies outside the limits that chance sets.

    Parameters
    ----------
    groups : pandas.DataFrame
        As for `funnel`.
    overall : float
        The share of everybody, from 0 to 1.
    level : float
        The share of groups within the limits if none differs.

    Returns
    -------
    list of str
        Their names.

    Examples
    --------
    >>> groups = pd.DataFrame({"level": ["a", "b"], "raw_share": [0.9, 0.5], "n": [50, 50]})
    >>> outside_limits(groups, 0.55)
    ['a']
    """
    rows = groups.dropna(subset=["raw_share"])
    ends = [
        _limit(rows["n"].to_numpy(dtype=float), overall, (1 + sign * level) / 2) for sign in (-1, 1)
    ]
    out = (rows["raw_share"] < ends[0]) | (rows["raw_share"] > ends[1])
    return rows.loc[out, "level"].tolist()


def _limit(sizes: np.ndarray, share: float, quantile: float) -> np.ndarray:
    """Return the binomial quantile of shares, interpolated between counts (Spiegelhalter 2005)."""
    count = stats.binom.ppf(quantile, sizes, share)
    above, here = (stats.binom.cdf(each, sizes, share) for each in (count - 1, count))
    return (count - (here - quantile) / (here - above)) / sizes


def _name_points(axes: object, rows: pd.DataFrame) -> None:
    """Write names above or below their points, away from the nearest other one."""
    size, share = rows["n"].to_numpy(dtype=float), rows["raw_share"].to_numpy(dtype=float)
    wide = np.ptp(axes.get_xlim())
    for at, name in enumerate(rows["level"]):
        near = np.abs(size - size[at]) < 0.16 * wide
        near[at] = False
        gap = share[near] - share[at]
        crowded = (np.abs(gap) < 0.12).any() and (gap < 0).any() and (gap > 0).any()
        up = not gap.size or gap[np.abs(gap).argmin()] < 0
        at_right = size[at] > axes.get_xlim()[0] + 0.85 * wide
        place, across = (0, 6 if up else -6), "right" if at_right else "center"
        along = "bottom" if up else "top"
        if crowded:
            left = (size[near] > size[at]).mean() >= 0.5
            place, across = (-7 if left else 7, 0), "right" if left else "left"
            along = "center"
        axes.annotate(
            name, (size[at], share[at]), xytext=place, textcoords="offset points", ha=across,
            va=along, size=9, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3,
                                    "alpha": 0.8},
        )  # fmt: skip
