"""Kinds of figure: each takes the table of numbers to draw and computes nothing."""

import base64
import io
from dataclasses import dataclass

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from analysis import style, tables
from analysis.canvas import canvas, name_rows, percent_axis
from analysis.report import percent
from analysis.survey import Survey


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


def intervals(
    shares: pd.DataFrame, *, title: str, subtitle: str, overall: float, overall_label: str
) -> Figure:
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
    matplotlib.figure.Figure
        To be saved by `save`.
    """
    with style.apply():
        figure, axes = canvas(len(shares), title, subtitle)
        rows = range(len(shares))
        axes.axvline(overall, color=style.PAIR[1], lw=1.5, zorder=1)
        axes.annotate(
            f"{overall_label} {percent(overall)}",
            (overall, -0.62),
            xytext=(4, 0),
            textcoords="offset points",
            color="#B34700",
            va="center",
        )
        axes.hlines(rows, shares["conf_low"], shares["conf_high"], color=style.PAIR[0], lw=2)
        axes.scatter(shares["estimate"], rows, color=style.PAIR[0], s=45, zorder=3)
        if "raw_share" in shares:
            rings = {"facecolors": "white", "edgecolors": style.PAIR[0], "s": 26, "zorder": 2}
            axes.scatter(shares["raw_share"], rows, **rings)
        percent_axis(axes, 1.0)
        labels = [
            f"{level} (n\u00a0=\u00a0{int(n):,})"
            for level, n in zip(shares["level"], shares["n"], strict=True)
        ]
        name_rows(axes, labels)
        axes.set_ylim(len(shares) - 0.5, -0.95)
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


@dataclass(frozen=True, kw_only=True)
class SavedFigure:
    """A figure as a notebook shows it: the picture, and its text alternative as the text."""

    png: bytes
    alt: str

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple:
        picture = base64.b64encode(self.png).decode("ascii")
        data = {"image/png": picture, "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt, "width": 720}}


def save(
    figure: Figure, survey: Survey, name: str, *, numbers: pd.DataFrame, alt: str
) -> SavedFigure:
    """Save a figure with its numbers, and return it for display.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What to save.
    survey : Survey
        The survey; a synthetic one is named as such on the figure.
    name : str
        File name without ending, such as "03_shifts".
    numbers : pandas.DataFrame
        The numbers drawn, written beside the figure.
    alt : str
        Text alternative: what the figure shows, for who cannot see it.

    Returns
    -------
    SavedFigure
        Shows the PNG; its text is the alternative, so a change of it is noticed.

    Raises
    ------
    ValueError
        If the text alternative is empty.
    """
    if not alt.strip():
        raise ValueError(f"figure {name!r} has no text alternative; say what it shows")
    mark = "Synthetic data, made by this project: no person answered." * survey.codebook.synthetic
    source = mark or f"Source: {survey.codebook.title}."
    height = figure.get_figheight()
    with style.apply():
        figure.text(0.02, 0.12 / height, source, size=9, color=style.PALETTE[4])
        png, svg = io.BytesIO(), io.BytesIO()
        figure.savefig(png, format="png", dpi=200, metadata={"Software": None})
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    tables.replace_bytes(survey.figures / f"{name}.png", png.getvalue())
    tables.replace_bytes(survey.figures / f"{name}.svg", svg.getvalue())
    tables.write_csv(numbers, survey.figures / f"{name}.csv", synthetic=survey.codebook.synthetic)
    return SavedFigure(png=png.getvalue(), alt=alt)
