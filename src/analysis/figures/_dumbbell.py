"""A kind of figure: two shares of each row, joined by a line."""

from collections.abc import Mapping

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import canvas, describe, name_rows, percent_axis


def dumbbell(
    rows: pd.DataFrame, pair: Mapping[str, str], *, title: str, subtitle: str
) -> Figure | None:
    """Draw two shares of each row, joined by a line.

    Parameters
    ----------
    rows : pandas.DataFrame
        The first column names the rows, drawn from top to bottom.
    pair : mapping of str to str
        The two columns of shares, from 0 to 1 -> what they are called, written beside the dots of
        the row where they are farthest apart.
    title, subtitle : str
        The finding; what is shown, of whom.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is nothing to draw.
    """
    if rows.empty:
        return None
    shares = rows[list(pair)].astype(float)
    at = range(len(rows))
    with style.apply():
        figure, axes = canvas(len(rows), title, subtitle)
        first, second = pair
        axes.hlines(at, shares[first], shares[second], color=style.GREY, lw=2)
        for column, colour, marker, size in zip(
            pair, style.PAIR, ("o", "D"), (95, 38), strict=True
        ):
            sns.scatterplot(
                x=shares[column], y=at, color=colour, marker=marker, s=size, ax=axes,
                zorder=3, clip_on=False,
            )  # fmt: skip
        axes.set(xlabel="", ylabel="")
        _label_pair(axes, shares, pair)
        percent_axis(axes, float(shares.max().max()))
        name_rows(axes, rows.iloc[:, 0].astype(str))
        axes.set_ylim(len(rows) - 0.5, -0.5)
    kind = f"Two dots for each of {len(rows)} rows, {' and '.join(pair.values())}"
    describe(figure, title, subtitle, f"{kind}; across: share of people")
    return figure


def _label_pair(axes: mpl.axes.Axes, shares: pd.DataFrame, pair: Mapping[str, str]) -> None:
    """Name the two kinds of dot in the row where they are farthest apart."""
    first, second = pair
    row = int((shares[second] - shares[first]).abs().to_numpy().argmax())
    at = shares.iloc[row]
    left_first = at[first] < at[second]
    for column, colour, left in (
        (first, style.PAIR[0], left_first),
        (second, style.RUST, not left_first),
    ):
        axes.annotate(
            pair[column],
            (at[column], row),
            xytext=(-9 if left else 9, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            color=colour,
            weight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )
