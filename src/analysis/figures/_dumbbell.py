"""A kind of figure: two shares of each row, joined by a line."""

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import canvas, name_rows, percent_axis


def dumbbell(
    shares: pd.DataFrame, *, title: str, subtitle: str, used: str, preferred: str
) -> Figure:
    """Draw two shares of each channel, joined by a line.

    Parameters
    ----------
    shares : pandas.DataFrame
        `channel, share_used, share_preferred`, shares from 0 to 1; drawn from top to bottom.
    title, subtitle : str
        The finding; what is shown, of whom.
    used, preferred : str
        What the two shares are called, written beside the dots of the widest row.

    Returns
    -------
    matplotlib.figure.Figure
        To be saved by `save`.
    """
    with style.apply():
        figure, axes = canvas(len(shares), title, subtitle)
        rows = range(len(shares))
        axes.hlines(rows, shares["share_used"], shares["share_preferred"], color=style.GREY, lw=2)
        for column, colour, marker, size in zip(
            ("share_used", "share_preferred"), style.PAIR, ("o", "D"), (95, 38), strict=True
        ):
            sns.scatterplot(
                x=shares[column], y=rows, color=colour, marker=marker, s=size, ax=axes,
                zorder=3, clip_on=False,
            )  # fmt: skip
        axes.set(xlabel="", ylabel="")
        _label_pair(axes, shares, used, preferred)
        percent_axis(axes, max(shares["share_used"].max(), shares["share_preferred"].max()))
        name_rows(axes, shares["channel"].astype(str))
        axes.set_ylim(len(shares) - 0.5, -0.5)
    return figure


def _label_pair(axes: mpl.axes.Axes, shares: pd.DataFrame, used: str, preferred: str) -> None:
    """Name the two kinds of dot in the row where they are farthest apart."""
    gap = (shares["share_preferred"] - shares["share_used"]).abs().to_numpy()
    row = int(gap.argmax())
    at = shares.iloc[row]
    left_first = at["share_used"] < at["share_preferred"]
    for column, name, colour, left in (
        ("share_used", used, style.PAIR[0], left_first),
        ("share_preferred", preferred, "#B34700", not left_first),
    ):
        axes.annotate(
            name,
            (at[column], row),
            xytext=(-9 if left else 9, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            color=colour,
            weight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )
