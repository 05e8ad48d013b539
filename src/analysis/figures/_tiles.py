"""A map of tiles: a square for each district, where the codebook places it."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures._canvas import describe
from analysis.privacy import HIDDEN
from analysis.survey.codebook import Codebook

#: What hatched tiles are.
COARSE_NOTE = "Hatched, without a shade: in steps of five, since few people gave one kind of answer"

_SHADES = LinearSegmentedColormap.from_list("tile", ["#EDF2F7", "#7A9CBF", style.PALETTE[0]])


def places(codebook: Codebook) -> dict[str, tuple[int, ...]]:
    """Return where the districts of a survey lie on its tile map.

    Parameters
    ----------
    codebook : Codebook
        Its answers to the role `district` may have a `tile`.

    Returns
    -------
    dict
        Label -> row and column, both from 0; empty if the codebook places none.
    """
    answers = codebook.question("district").answers if codebook.has("district") else ()
    return {answer.label: answer.tile for answer in answers if answer.tile}


def tile_map(
    values: pd.DataFrame,
    codebook: Codebook,
    *,
    title: str,
    subtitle: str,
    label: str = "level",
    value: str = "value",
    digits: int = 1,
    least: float = 0.0,
) -> Figure | None:
    """Draw a value of each district as a shaded square with its number.

    Parameters
    ----------
    values : pandas.DataFrame
        A row a district; a missing value is hidden, and a district without a
        place on the map is left out. With a column `coarse`, true of values in steps of five:
        these are hatched and have no shade, which would rank them by their rounding.
    codebook : Codebook
        Places the districts.
    title, subtitle : str
        The finding; what is shown, of whom.
    label, value : str
        The columns of names and of values.
    digits : int
        Decimals of the numbers.
    least : float
        The difference of two values that spans the whole shade at least, so that small
        differences do not look large.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if no district has both a place and a value. Tiles are of one
        size whatever the district's: the map shows neighbours, not areas.
    """
    at = places(codebook)
    named = values[label].astype("str")
    numbers = values.set_index(named)[value][named.isin(at).to_numpy()]
    if numbers.dropna().empty:
        return None
    coarse = values.get("coarse", pd.Series(False, index=values.index)).astype(bool)
    coarse = coarse.set_axis(named)[numbers.index] & numbers.notna()
    low, high = _shade_ends(numbers[~coarse].dropna(), least)
    subtitle += f". {COARSE_NOTE}" * bool(coarse.any())
    heading, below = textwrap.wrap(title, 70), textwrap.wrap(subtitle, 92)
    tall, wide = (1 + max(place[axis] for place in at.values()) for axis in (0, 1))
    top = 0.25 + 0.24 * len(heading) + 0.18 * len(below) + 0.15
    size = 1.35
    total = top + tall * size * 0.72 + 0.5
    with style.apply():
        figure = Figure(figsize=(8, total))
        figure.text(0.02, 1 - 0.18 / total, "\n".join(heading), size=13, weight="bold", va="top",
                    linespacing=1.25)  # fmt: skip
        under = 1 - (0.18 + 0.24 * len(heading) + 0.06) / total
        figure.text(0.02, under, "\n".join(below), size=10, color=style.PALETTE[4], va="top")
        width = min(0.96, wide * size / 8)
        axes = figure.add_axes((0.02, 0.45 / total, width, tall * size * 0.72 / total))
        axes.set_axis_off()
        axes.set_xlim(0, wide)
        axes.set_ylim(tall, 0)
        for level, number in numbers.items():
            _draw_tile(axes, at[level], level, number, digits=digits,
                       shade=_shade(number, low, high, coarse=coarse[level]))  # fmt: skip
    describe(
        figure,
        title,
        subtitle,
        f"A tile for each of {len(numbers)} places, as neighbours, with its number; darker: more",
    )
    return figure


def _shade_ends(known: pd.Series, least: float) -> tuple[float, float]:
    """Return the values at which the shade begins and ends."""
    if known.empty:
        return 0.0, 0.0
    spare = max(least - (known.max() - known.min()), 0.0) / 2
    return known.min() - spare, known.max() + spare


def _shade(number: float, low: float, high: float, *, coarse: bool) -> tuple | None:
    """Return the colour of a tile; white where hidden, None for a hatched one."""
    if coarse:
        return None
    depth = (number - low) / (high - low) if pd.notna(number) and high > low else 0.0
    return _SHADES(0.08 + 0.92 * depth) if pd.notna(number) else (1.0, 1.0, 1.0)


def _draw_tile(
    axes: Axes, place: tuple[int, ...], level: str, number: float, *, digits: int,
    shade: tuple | None,
) -> None:  # fmt: skip
    """Draw one tile with its name and number."""
    row, column = place
    hatched = shade is None
    fill = (1.0, 1.0, 1.0) if shade is None else shade
    axes.add_patch(
        Rectangle((column + 0.03, row + 0.04), 0.94, 0.92, facecolor=fill,
                  edgecolor="#B8BFC4", lw=0.8, hatch="////" if hatched else None)
    )  # fmt: skip
    text = f"{number:,.{digits}f}" if pd.notna(number) else HIDDEN
    how = {"ha": "center", "va": "center", "color": style.ink(fill)}
    if hatched:
        how["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    axes.text(column + 0.5, row + 0.36, textwrap.fill(level, 13), size=9, **how)
    axes.text(column + 0.5, row + 0.75, f"about {text}" if hatched else text,
              size=12, weight="bold", **how)  # fmt: skip
