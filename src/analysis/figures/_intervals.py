"""A kind of figure: a share with its interval for each row, and the overall share as a line."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import canvas, describe, line_of_all, name_rows, percent_axis
from analysis.report import in_sentence, percent


def intervals(
    shares: pd.DataFrame, *, title: str, subtitle: str, overall: float, overall_label: str
) -> Figure | None:
    """Draw a share with its interval for each category, and the overall share as a line.

    Parameters
    ----------
    shares : pandas.DataFrame
        `level, estimate, conf_low, conf_high, n`, shares from 0 to 1; drawn from top to bottom.
        A column `raw_share` is drawn as rings, where it is not missing.
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
    """
    if shares.empty:
        return None
    with style.apply():
        figure, axes = canvas(len(shares), title, subtitle)
        rows = range(len(shares))
        axes.hlines(rows, shares["conf_low"], shares["conf_high"], color=style.PAIR[0], lw=2)
        axes.scatter(shares["estimate"], rows, color=style.PAIR[0], s=45, zorder=3)
        if "raw_share" in shares:
            rings = {"facecolors": "white", "edgecolors": style.PAIR[0], "s": 26, "zorder": 2}
            axes.scatter(shares["raw_share"], rows, **rings)
        percent_axis(axes, 1.0)
        line_of_all(axes, overall, f"{overall_label} {percent(overall)}")
        labels = [
            str(level) if pd.isna(n) else f"{level} (n\u00a0=\u00a0{int(n):,})"
            for level, n in zip(shares["level"], shares["n"], strict=True)
        ]
        name_rows(axes, labels)
        axes.set_ylim(len(shares) - 0.5, -0.95)
    kind = f"A dot with its interval for each of {len(shares)} rows; across: share of people"
    line = f"line: {in_sentence(overall_label)}, {percent(overall)}"
    describe(figure, title, subtitle, f"{kind}; {line}")
    return figure
