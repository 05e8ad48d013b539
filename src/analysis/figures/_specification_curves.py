"""A kind of figure: a panel a claim, its estimates under many specifications side by side."""

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures._canvas import INCHES, MARGIN, POINTS, RIGHT, describe, headed
from analysis.figures._words import fitted

#: Panels beside each other, and the inches of one: its axes, its name, and what is below.
_ACROSS, _HIGH, _HEAD, _FOOT = 3, 1.45, 0.62, 0.2

#: Room for the numbers of an axis, for the key, and for a note at the end, in inches.
_NUMBERS, _KEY, _NOTE = 0.52, 0.42, 0.3


def specification_curves(
    rows: pd.DataFrame, claims: pd.DataFrame, *, title: str, subtitle: str
) -> Figure | None:
    """Draw for each claim all its estimates in their order, with intervals.

    Parameters
    ----------
    rows : pandas.DataFrame
        `claim, estimate, conf_low, conf_high, same`, a row a specification; `same` tells whether it
        concludes as the report does.
    claims : pandas.DataFrame
        `claim, about, unit, estimate, comparison`, a row a panel: the report's estimate, drawn as a
        line, and what it is compared with. The unit is "share", "difference of shares", or a number
        as it is.
    title, subtitle : str
        The finding; what is shown, of whom.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if there is no claim with an estimate.
    """
    known = rows.dropna(subset=["estimate"])
    claims = claims[claims["claim"].isin(known["claim"])].reset_index(drop=True)
    if claims.empty:
        return None
    deep = -(-len(claims) // _ACROSS)
    each = _HEAD + _HIGH + _FOOT
    with style.apply():
        figure, total, top = headed(title, subtitle, deep * each + _KEY + _NOTE)
        width = (RIGHT - MARGIN) / _ACROSS
        _key(figure, 1 - (top + 0.2) / total)
        for number, claim in claims.iterrows():
            down, right = divmod(number, _ACROSS)
            left = MARGIN + right * width + _NUMBERS / INCHES
            floor = total - top - _KEY - down * each - _HEAD - _HIGH
            size = width - (_NUMBERS + 0.12) / INCHES
            axes = figure.add_axes((left, floor / total, size, _HIGH / total))
            mine = known[known["claim"] == claim["claim"]].sort_values("estimate", kind="stable")
            _panel(axes, mine, claim)
            words, letters = fitted(
                claim["about"], (size + _NUMBERS / INCHES) * POINTS, sizes=(9, 8), most=3,
                weight="bold",
            )  # fmt: skip
            figure.text(
                left - _NUMBERS / INCHES, (floor + _HIGH + 0.07) / total, "\n".join(words),
                size=letters, weight="bold", va="bottom",
            )  # fmt: skip
    kind = (
        f"A panel for each of {len(claims)} headlines: a dot with its interval for each "
        "specification; across: from the lowest estimate to the highest; a line at the report's"
    )
    describe(figure, title, subtitle, kind)
    return figure


def _panel(axes: mpl.axes.Axes, rows: pd.DataFrame, claim: pd.Series) -> None:
    at = pd.Series(range(len(rows)), index=rows.index)
    for same, color in ((True, style.PAIR[0]), (False, style.PAIR[1])):
        some = rows[rows["same"].astype(bool) == same]
        here = at[some.index]
        axes.vlines(here, some["conf_low"], some["conf_high"], color=color, lw=0.7, alpha=0.35)
        marker = "o" if same else "D"
        axes.scatter(here, some["estimate"], color=color, s=5, marker=marker, zorder=3, lw=0)
    axes.axhline(claim["comparison"], color=style.AXIS, lw=1, zorder=1)
    axes.axhline(claim["estimate"], color=style.GREY, lw=1, ls="--", zorder=2)
    axes.grid(visible=True, axis="y")
    axes.grid(visible=False, axis="x")
    axes.set_xticks([])
    axes.set_xlim(-1.5, len(rows) + 0.5)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0, labelsize=8)
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4, steps=[1, 2, 5, 10]))
    if claim["unit"] == "share":
        axes.yaxis.set_major_formatter(mpl.ticker.PercentFormatter(xmax=1, decimals=0))
    elif claim["unit"] == "difference of shares":
        axes.yaxis.set_major_formatter(
            lambda value, _: f"{round(100 * value):+d}".replace("+0", "0")
        )


def _key(figure: Figure, height: float) -> None:
    """Say what the two colours and the lines are."""
    at = MARGIN
    for mark, color, text in (
        ("●", style.PAIR[0], "concludes as the report"),
        ("◆", style.PAIR[1], "concludes otherwise"),
        ("- -", style.GREY, "the report's estimate"),
        ("—", style.AXIS, "no difference, or a half"),
    ):
        figure.text(at, height, mark, color=color, size=9, va="center", weight="bold")
        figure.text(at + 0.032, height, text, size=9, va="center")
        at += 0.24
