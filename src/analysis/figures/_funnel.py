"""A kind of figure: shares of groups by their size, with the limits of chance."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy import stats

from analysis.figures import style
from analysis.figures._canvas import canvas, describe, percent_axis
from analysis.figures._point_names import name_points
from analysis.report import listed, percent

#: Name, share of groups inside if none differs, and how the line is drawn.
LIMITS = (("95% limits", 0.95, "--"), ("99.8% limits", 0.998, ":"))

#: Of more groups those outside the 95% limits have their names.
MOST_NAMED = 14

#: Points so near lie on one another, in dots of the picture.
_ONE = 8


def funnel(
    groups: pd.DataFrame, *, title: str, subtitle: str, overall: float, overall_label: str
) -> Figure | None:
    """Draw the share of each group against its size, with the limits that chance sets.

    Parameters
    ----------
    groups : pandas.DataFrame
        `level, raw_share, n`; a missing share is left out. Names stand where they cover no other
        and no point; of more than `MOST_NAMED` groups those outside the 95% limits are named.
    title, subtitle : str
        The finding; what is shown, of whom.
    overall : float
        The share of everybody, from 0 to 1.
    overall_label : str
        What the line is called.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None with fewer than two groups: there is nothing to compare.

    Notes
    -----
    The limits hold 95% and 99.8% of groups that do not differ from everybody (binomial;
    Spiegelhalter 2005, Stat. Med. 24).
    """
    rows = groups.dropna(subset=["raw_share"])
    if len(rows) < 2:
        return None
    with style.apply():
        figure, axes = canvas(9, title, subtitle)
        box = axes.get_position()
        axes.set_position((0.09, box.y0 + 0.03, 0.88, box.height - 0.03))
        sizes = np.arange(max(5, int(rows["n"].min() * 0.6)), int(rows["n"].max() * 1.12) + 1)
        limits = [(name, *_limits(sizes, overall, level), line) for name, level, line in LIMITS]
        _scale(axes, sizes, [*rows["raw_share"], *(limits[-1][1][0], limits[-1][2][0])])
        named = []
        for name, low, high, line in limits:
            for end in (low, high):
                axes.plot(sizes, end, color=style.GREY, lw=1, ls=line)
            named.append(
                axes.annotate(
                    name,
                    (sizes[-1], low[-1]),
                    xytext=(0, -2),
                    textcoords="offset points",
                    ha="right",
                    va="top",
                    size=9,
                    color=style.GREY,
                )
            )
        axes.axhline(overall, color=style.PAIR[1], lw=1.5)
        named.append(
            axes.annotate(
                f"{overall_label} {percent(overall)}",
                (sizes[-1], overall),
                xytext=(0, 3),
                textcoords="offset points",
                ha="right",
                color=style.RUST,
                size=9,
            )
        )
        axes.scatter(rows["n"], rows["raw_share"], color=style.PAIR[0], s=36, zorder=3)
        out = rows["level"].isin(outside_limits(rows, overall))
        said = _shared(axes, rows[out | (len(rows) <= MOST_NAMED)])
        name_points(axes, rows["n"], rows["raw_share"], said.reindex(rows.index, fill_value=""),
                    beside=named)  # fmt: skip
    kind = "A dot a group; across: number of people; up: share of people"
    describe(figure, title, subtitle, f"{kind}; lines: what chance alone allows")
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
    ends = _limits(rows["n"].to_numpy(dtype=float), overall, level)
    out = (rows["raw_share"] < ends[0]) | (rows["raw_share"] > ends[1])
    return rows.loc[out, "level"].tolist()


def _limit(sizes: np.ndarray, share: float, quantile: float) -> np.ndarray:
    """Return the binomial quantile of shares, interpolated between counts (Spiegelhalter 2005)."""
    count = stats.binom.ppf(quantile, sizes, share)
    above, here = (stats.binom.cdf(each, sizes, share) for each in (count - 1, count))
    return (count - (here - quantile) / (here - above)) / sizes


def _limits(sizes: np.ndarray, share: float, level: float) -> list[np.ndarray]:
    return [_limit(sizes, share, (1 + sign * level) / 2) for sign in (-1, 1)]


def _shared(axes: mpl.axes.Axes, rows: pd.DataFrame) -> pd.Series:
    """Name points; those that lie on one another have one name together."""
    at = axes.transData.transform(rows[["n", "raw_share"]].to_numpy(dtype=float)).reshape(-1, 2)
    place = pd.Series(list(map(tuple, np.round(at / _ONE))), index=rows.index)
    said = rows["level"].astype(str).groupby(place, sort=False)
    names = said.transform(lambda each: listed(list(each), most=2))
    return names.where(~place.duplicated(), "")


def _scale(axes: mpl.axes.Axes, sizes: np.ndarray, shares: list[float]) -> None:
    """Let the axes hold the shares, with room for a name above and below."""
    axes.grid(visible=True, axis="y")
    axes.grid(visible=False, axis="x")
    percent_axis(axes, 1.0)
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(axes.xaxis.get_major_formatter())
    axes.xaxis.set_major_formatter("{x:.0f}")
    room = 0.12 * (max(shares) - min(shares)) + 0.02
    axes.set_xlim(sizes[0], sizes[-1])
    axes.set_ylim(max(0.0, min(shares) - room), min(1.0, max(shares) + room))
    axes.set_xlabel("People (n)")
