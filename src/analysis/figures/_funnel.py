"""A kind of figure: shares of groups by their size, with the limits of chance."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy import stats

from analysis.figures import style
from analysis.figures._canvas import canvas, percent_axis
from analysis.report import percent


def funnel(
    groups: pd.DataFrame, *, title: str, subtitle: str, overall: float, overall_label: str
) -> Figure | None:
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
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is nothing to draw.

    Notes
    -----
    The limits hold 95% and 99.8% of groups that do not differ from everybody (binomial;
    Spiegelhalter 2005, Stat. Med. 24).
    """
    rows = groups.dropna(subset=["raw_share"])
    if rows.empty:
        return None
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
            textcoords="offset points", ha="right", color=style.RUST, size=9,
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
