"""A kind of figure: shares with intervals as dots, in sections with a heading each."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import canvas, describe, line_of_all, name_rows, percent_axis
from analysis.report import percent


def dots(
    shares: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    overall: float | None = None,
    overall_label: str = "Everybody",
    ring: str = "raw_share",
    band: tuple[float, float] | None = None,
    start: float = 0.0,
    across: str = "share of people",
) -> Figure | None:
    """Draw a share with its interval for each row, and a second share as a ring.

    Parameters
    ----------
    shares : pandas.DataFrame
        `level, estimate, conf_low, conf_high`, shares from 0 to 1, and if there are such columns
        `n`, written behind the level; `ring`, a second share; and `section`: a gap and a heading
        where it changes. Drawn from top to bottom; rows without an estimate are left out.
    title, subtitle : str
        The finding; what is shown, of whom.
    overall : float, optional
        A share drawn as a line.
    overall_label : str
        What the line is called.
    ring : str
        The column of the second share.
    band : tuple of float, optional
        A range of shares that is shaded, from the lower to the higher.
    start : float
        Where the axis begins; above 0 only where lengths from 0 say nothing.
    across : str
        What the axis is, in the text that stands for the figure.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is nothing to draw.
    """
    rows = shares.dropna(subset=["estimate"]).reset_index(drop=True)
    if rows.empty:
        return None
    sections = rows["section"] if "section" in rows else pd.Series("", index=rows.index)
    new = sections.ne(sections.shift()) & sections.ne("")
    at = rows.index + new.cumsum()
    last = int(at.max())
    labels = [""] * (last + 1)
    for row, place in zip(rows.itertuples(), at, strict=True):
        size = f" (n\u00a0=\u00a0{int(row.n):,})" if "n" in rows else ""
        labels[place] = f"{row.level}{size}"
    top = -0.95 if overall is not None else -0.5
    with style.apply():
        figure, axes = canvas(last + 1 + (overall is not None) * 0.5, title, subtitle)
        if band is not None:
            axes.axvspan(*band, color=style.GRID, lw=0, zorder=0)
        axes.hlines(at, rows["conf_low"], rows["conf_high"], color=style.PAIR[0], lw=2)
        axes.scatter(rows["estimate"], at, color=style.PAIR[0], s=45, zorder=3, clip_on=not start)
        if ring in rows:
            rings = {"facecolors": "white", "edgecolors": style.PAIR[0], "s": 26, "zorder": 4}
            axes.scatter(rows[ring], at, **rings)
        percent_axis(axes, max(float(rows["conf_high"].max()), overall or 0.0))
        axes.set_xlim(left=start)
        if overall is not None:
            line_of_all(axes, overall, f"{overall_label} {percent(overall)}")
        for place, name in zip(at[new], sections[new], strict=True):
            labels[place - 1] = name
        name_rows(axes, labels, bold=[place - 1 for place in at[new]])
        axes.set_ylim(last + 0.5, top)
    describe(
        figure,
        title,
        subtitle,
        f"A dot with its interval for each of {len(rows)} rows; across: {across}",
    )
    return figure
